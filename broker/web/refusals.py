"""What is said when something cannot be done: a sentence, what still stands, and the way on.

What was typed is handed back. An answer never says whether a page exists for somebody else, and
never shows how the program failed; a number leads the operator to it.
"""

from flask import Flask, current_app, g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from broker.domain.errors import BrokerError, KeyReused, NotHere
from broker.domain.ids import new_id
from broker.domain.words import N_
from broker.web import guard
from broker.web.language import say, say_refusal

NOTHING_DONE = N_("That did not go through")
NOT_SENT = N_("Your message was not sent")
TOO_LONG_OPEN = N_("This page was open too long. Your text is still here.")

PAGES: dict[int, tuple[str, str]] = {
    400: (NOTHING_DONE, N_("The page did not reach us whole. Go back and try again.")),
    404: (N_("Not here"), NotHere.sentence),
    405: (N_("Not here"), NotHere.sentence),
    409: (NOTHING_DONE, N_("Someone else, or the clock, was first. Nothing was changed.")),
    413: (N_("Too long"), N_("That was too long to send. Up to 8,000 letters can be sent.")),
    415: (NOTHING_DONE, N_("The page did not reach us whole. Go back and try again.")),
    422: (NOTHING_DONE, N_("Something on the page has to be changed first.")),
    429: (N_("Too many tries"), N_("There were too many tries. Wait a while, then try again.")),
    500: (N_("This did not work"), N_("Something failed on our side. Nothing was sent twice.")),
    503: (N_("Not just now"), N_("This cannot be reached just now. Try again in a minute.")),
}
SAME_AS_404 = frozenset({401, 403, 404, 410})

AGAIN = frozenset({422, 503})
"""Refusals after which the same form can be sent again; a spent form cannot."""

TYPED = ("text", "note", "reason")
"""Fields people write in; they come back as fields to write in."""
NEVER = frozenset({"csrf_token", "password", "code", *TYPED})


def install(app: Flask) -> None:
    """Answer refusals with pages."""
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(CSRFError, _token)
    app.register_error_handler(BrokerError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)


def _wrong_host(_: SecurityError) -> ResponseReturnValue:
    """Answer a host name that is not ours in plain text: no address could be built for a page."""
    return "400\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def _token(_: CSRFError) -> ResponseReturnValue:
    """Hand back what was typed, in a fresh form to go on with."""
    if _typed():
        return _page(400, say(NOT_SENT), say(TOO_LONG_OPEN), again=g.person is not None)
    return _page(400, say(NOTHING_DONE), say(N_("This page was open too long. Try again.")))


def _refused(refusal: BrokerError) -> ResponseReturnValue:
    if refusal.status == 404:
        return _plain(404)
    title = NOT_SENT if "text" in _typed() else PAGES.get(refusal.status, PAGES[400])[0]
    again = refusal.status in AGAIN and not isinstance(refusal, KeyReused) and g.person is not None
    return _page(refusal.status, say(title), say_refusal(refusal), again=again)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code and 300 <= error.code < 400:
        return error
    return _plain(404 if error.code in SAME_AS_404 else error.code or 500)


def _failed(error: Exception) -> ResponseReturnValue:
    number = "E-" + new_id(4).upper()
    current_app.logger.error("%s at %s", number, request.endpoint, exc_info=error)
    return _plain(500, number=number)


def _plain(status: int, number: str = "") -> ResponseReturnValue:
    title, sentence = PAGES.get(status, PAGES[500 if status >= 500 else 400])
    return _page(status, say(title), say(sentence), number=number)


def _page(
    status: int, title: str, sentence: str, *, again: bool = False, number: str = ""
) -> ResponseReturnValue:
    g.store_failed = status >= 500
    if guard.asked_by_script():
        return jsonify(sentence=sentence), status
    typed = _typed() if status not in (404, 405) else {}
    page = render_template(
        "refusals/page.html", title=title, sentence=sentence, number=number, typed=typed,
        hidden=_hidden() if again else [], again=again and bool(typed),
        action=request.full_path.rstrip("?"),
        way_on=url_for("home.page" if g.person else "sign_in.page"),
    )  # fmt: skip
    return page, status


def _typed() -> dict[str, str]:
    """Return what somebody wrote in this request, by field."""
    if g.get("unreadable"):
        return {}
    try:
        return {name: request.form[name] for name in TYPED if request.form.get(name)}
    except RequestEntityTooLarge:
        g.unreadable = True
        return {}


def _hidden() -> list[tuple[str, str]]:
    return [(k, v) for k, v in request.form.items(multi=True) if k not in NEVER]
