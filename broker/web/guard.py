"""Closed unless opened (rule 8): every request passes here, and a view says who may come.

A view is marked ``@public`` or ``@needs("an.action")`` from the permission table. An unmarked view
is refused to everybody. What somebody may not see answers as if it were not there.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from broker import accounts
from broker.domain.errors import NotHere
from broker.domain.people import Member, Role, may
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


def install(app: Flask) -> None:
    """Put the guard before every request of the application."""
    app.before_request(_guard)


def _guard() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    permission = getattr(view, "permission", PUBLIC if request.endpoint == "static" else None)
    g.person = g.member = g.case = None
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
    secret = request.cookies.get(parts().settings.cookie)
    session = accounts.whoever(secret, work=work(), clock=parts().clock) if secret else None
    g.session = session
    if session is not None and session.state == "live":
        g.person = session.person


def _to_sign_in() -> ResponseReturnValue:
    """Send to the sign-in page; words that were posted are kept for whoever wrote them (S17)."""
    kept = drafts.keep_posted() if request.method == "POST" else False
    back = request.path if request.method == "GET" else None
    return redirect(url_for("sign_in.page", next=back, kept=1 if kept else None), 303)


def _find_place(permission: str) -> None:
    """Find what the person is here, and refuse what the table does not allow."""
    case = (request.view_args or {}).get("case")
    with work().reading() as reading:
        places = [p for p in reading.people.memberships(g.person.id) if p.current(parts().clock())]
        if case is not None:
            g.member = next((place for place in places if place.case == case), None)
            g.case = reading.people.case(case)
    g.places = places
    roles = {g.member.role} if g.member else set()
    if case is None:
        roles = {place.role for place in places} | ({Role.OPERATOR} if g.person.operator else set())
    if not any(may(role, permission) for role in roles):
        raise NotHere


def member() -> Member:
    """Return the member this request acts as; only in views with a case."""
    if g.member is None:
        raise NotHere
    found: Member = g.member
    return found
