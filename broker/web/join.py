"""Joining a case by a code on paper (S15). Nothing of the case is told before the code is used.

The code travels in the form, never in an address.
"""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broker import accounts
from broker.domain.errors import BrokerError, CodeRefused, Throttled
from broker.web.guard import parts, public, work
from broker.web.language import say_refusal
from broker.web.sign_in import enter, network

pages = Blueprint("join", __name__)


@pages.route("/join", methods=["GET", "POST"])
@public
def page() -> ResponseReturnValue:
    """Take a code, then a name and a password; or fill the place with who is signed in."""
    if request.method == "GET":
        return _form("join/code.html")
    try:
        return _step(request.form.get("code", ""))
    except (CodeRefused, Throttled) as refusal:
        return _form("join/code.html", refusal), refusal.status
    except BrokerError as refusal:
        return _form("join/account.html", refusal), refusal.status


def _step(code: str) -> ResponseReturnValue:
    if g.person is not None:
        accounts.join_as(code, g.person.id, network(), work=work(), clock=parts().clock)
        return redirect(url_for("home.page"), 303)
    if "login" not in request.form:
        accounts.look_at_code(code, network(), work=work(), clock=parts().clock)
        return _form("join/account.html")
    login, password = request.form["login"], request.form.get("password", "")
    accounts.join(
        code, login, password, network(), work=work(), hasher=parts().hasher, clock=parts().clock
    )
    return enter(login, password, url_for("home.page"))


def _form(template: str, refusal: BrokerError | None = None) -> str:
    return render_template(
        template,
        code=request.form.get("code", ""),
        login=request.form.get("login", ""),
        sentence=say_refusal(refusal) if refusal else None,
    )
