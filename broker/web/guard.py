"""Closed unless opened (rule 8): every request passes here, and a view says who may come.

A view is marked ``@public`` or ``@needs("an.action")`` from the permission table. An unmarked view
is refused to everybody. What somebody may not see answers as if it were not there.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from broker import accounts
from broker.domain.errors import NotHere
from broker.domain.people import Member, Person, Role, may
from broker.ports import Parts, Work
from broker.web import drafts

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"


def public(view: View) -> View:
    """Mark a view that needs no sign-in."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


def needs(action: str) -> Callable[[View], View]:
    """Mark a view with the action of ``broker.domain.people.PERMISSIONS`` it stands for."""

    def mark(view: View) -> View:
        view.permission = action  # type: ignore[attr-defined]
        return view

    return mark


def parts() -> Parts:
    """Return the parts of this installation."""
    wired: Parts = current_app.extensions["broker"]
    return wired


def work() -> Work:
    """Return a fresh unit of work."""
    return parts().work()


class SignedIn:
    """A person as Flask-Login wants to see one, for ``current_user`` in templates."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, person: Person) -> None:
        self.name = person.name
        self._id = person.id

    def get_id(self) -> str:
        """Return the person's id."""
        return self._id


def install(app: Flask) -> None:
    """Put the guard before every request: first where it comes from, then who, then the token."""
    app.before_request(_from_here)
    app.before_request(_guard)
    CSRFProtect(app)
    login = LoginManager(app)
    login.session_protection = None
    login.request_loader(_current)


def _current(_: object) -> SignedIn | None:
    person = g.get("person")
    return SignedIn(person) if person else None


def _from_here() -> None:
    """Refuse what another site posts, where the browser tells; the token answers for the rest."""
    g.person = g.member = g.case = g.session = None
    g.places = []
    elsewhere = request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none")
    if elsewhere and request.method not in ("GET", "HEAD"):
        raise NotHere


def _guard() -> ResponseReturnValue | None:
    if request.endpoint == "static":
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    permission = getattr(view, "permission", None)
    _find_person()
    if view is None or permission == PUBLIC:
        return None
    if permission is None:
        raise NotHere
    if g.person is None:
        return _to_sign_in()
    _find_place(permission)
    return None


def _find_person() -> None:
    """Find who this is by the store's session alone; no header and no other cookie says so."""
    secret = request.cookies.get(parts().settings.cookie)
    if not secret:
        return
    g.session = accounts.whoever(secret, work=work(), clock=parts().clock)
    if g.session is not None and g.session.state == "live":
        g.person = g.session.person
        now = parts().clock()
        with work().reading() as reading:
            g.places = [p for p in reading.people.memberships(g.person.id) if p.current(now)]


def asked_by_script() -> bool:
    """Whether a script of a page asks, which wants data: nothing it sends is kept (ux.md U1)."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def _to_sign_in() -> ResponseReturnValue:
    """Send to the sign-in page; words that were posted are kept for whoever wrote them (S17)."""
    if asked_by_script():
        return jsonify(sign_in=url_for("sign_in.page")), 401
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("sign_in.page", next=request.path), 303)
    kept = drafts.keep_posted(parts())
    if kept is None and drafts.posted():
        return drafts.give_back()
    return redirect(url_for("sign_in.page", next=drafts.page_of(kept), kept=kept and 1), 303)


def _find_place(permission: str) -> None:
    """Find what the person is here, and refuse what the table does not allow."""
    case = (request.view_args or {}).get("case")
    roles = {place.role for place in g.places} | ({Role.OPERATOR} if g.person.operator else set())
    if case is not None:
        g.member = next((place for place in g.places if place.case == case), None)
        roles = {g.member.role} if g.member else set()
    if g.member is not None:
        with work().reading() as reading:
            g.case = reading.people.case(g.member.case)
    if not any(may(role, permission) for role in roles):
        raise NotHere


def member() -> Member:
    """Return the member this request acts as; only in views with a case."""
    if g.member is None:
        raise NotHere
    found: Member = g.member
    return found
