"""Signing in and out. It knows cookies and addresses; whether a password fits is decided elsewhere.

One sentence answers every failure. After signing in the way leads only to pages of this service.
"""

import re

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from broker import accounts
from broker.domain.errors import BrokerError, SignInRefused, Throttled
from broker.web.guard import parts, public, work
from broker.web.headers import FORGET
from broker.web.language import say_refusal

pages = Blueprint("sign_in", __name__)

OWN_PATH = re.compile(r"/(?:[A-Za-z0-9_.~-]+(?:/[A-Za-z0-9_.~-]+)*/?)?(?:\?[A-Za-z0-9_.~=&-]*)?")
"""Paths of our own, ids and words alone: no second slash, no backslash, no escape, no colon."""


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def page() -> ResponseReturnValue:
    """Show the form, or take a name and a password."""
    if request.method == "GET":
        return _form()
    login, password = request.form.get("login", ""), request.form.get("password", "")
    try:
        return enter(login, password, way_back(request.form.get("next")))
    except (SignInRefused, Throttled) as refusal:
        return _form(refusal), refusal.status


def enter(login: str, password: str, way: str) -> Response:
    """Begin a session of this browser and go on. Raises SignInRefused, Throttled."""
    wired = parts()
    secret = accounts.sign_in(
        login, password, network(), work=work(), hasher=wired.hasher, clock=wired.clock,
    )  # fmt: skip
    _end_session()
    session.clear()
    response = redirect(way, 303)
    response.set_cookie(
        wired.settings.cookie, secret, path="/", httponly=True, samesite="Lax",
        secure=wired.settings.production,
    )  # fmt: skip
    return response


def network() -> str:
    """Return where this browser is, as far as a network can tell; no header of its own says so."""
    return request.remote_addr or ""


def _form(refusal: BrokerError | None = None) -> str:
    return render_template(
        "sign_in/page.html",
        login=request.form.get("login", ""),
        next=request.values.get("next", ""),
        kept=request.values.get("kept", ""),
        sentence=say_refusal(refusal) if refusal else None,
    )


def way_back(asked: str | None) -> str:
    """Return where to go after signing in: a path of our own, or the first page."""
    return asked if asked and OWN_PATH.fullmatch(asked) else url_for("home.page")


@pages.post("/sign-out")
@public
def out() -> ResponseReturnValue:
    """End this browser's session."""
    return forget(redirect(url_for("sign_in.page"), 303))


def forget(response: Response) -> Response:
    """End the session of this browser, in the store first, and have it forget what it keeps."""
    _end_session()
    session.clear()
    g.person = None
    response.delete_cookie(
        parts().settings.cookie, path="/", httponly=True, samesite="Lax",
        secure=parts().settings.production,
    )  # fmt: skip
    response.headers["Clear-Site-Data"] = FORGET
    return response


def _end_session() -> None:
    secret = request.cookies.get(parts().settings.cookie)
    if secret:
        accounts.sign_out(secret, work=work(), clock=parts().clock)
