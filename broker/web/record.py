"""Records: asking for one, waiting for it, taking it. Everybody meets their own alone (S5)."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from flask.typing import ResponseReturnValue

from broker import exports, reading
from broker.domain.due import Export
from broker.domain.errors import BrokerError, RecordUnderWay, SettingRefused, TextRefused
from broker.domain.message import Thread
from broker.domain.people import Member
from broker.domain.words import N_
from broker.exports import Wish
from broker.record.exits import SENTENCES, Exit
from broker.web.guard import member, needs, parts, work
from broker.web.language import say, say_refusal
from broker.web.words import thread_name

pages = Blueprint("record", __name__)

PURPOSES = {
    "court": (N_("A court"), N_("Every message whole, numbered pages, with the logs.")),
    "solicitor": (N_("A solicitor"), N_("The same as for a court.")),
    "counsellor": (N_("A counsellor"), N_("Every message whole, without the logs.")),
    "self": (N_("Myself"), ""),
}
ALL = "all"
"""What the form says where no single thread was chosen."""

PAPERS = {"A4": N_("A4"), "Letter": N_("Letter (North America)")}
STATES = {
    "waiting": N_("being prepared"),
    "working": N_("being prepared"),
    "ready": N_("ready"),
    "failed": N_("not made"),
    "expired": N_("no longer kept"),
}
STEPS = {
    "waiting": N_("Waiting for its turn."),
    "collecting": N_("Collecting the messages."),
    "setting": N_("Setting the pages."),
    "writing": N_("Writing the file."),
    "done": N_("Done."),
}
SO_FAR = N_("Page %(page)s so far.")
FAILED_AT = {
    "waiting": N_("It stopped before it began."),
    "collecting": N_("It stopped while the messages were collected."),
    "setting": N_("It stopped while the pages were set."),
    "writing": N_("It stopped while the file was written."),
}
PAGE = {
    "waiting": "record_pages/preparing.html",
    "working": "record_pages/preparing.html",
    "ready": "record_pages/ready.html",
    "failed": "record_pages/failed.html",
    "expired": "record_pages/expired.html",
}
"""State → page; also which states there are."""


@dataclass(frozen=True)
class Choice:
    """A thread that can be chosen, and how much is in it."""

    thread: Thread
    name: str
    count: int


def step_words(export: Export) -> str:
    """Return how far a record is, in words."""
    step, _, page = export.step.partition(" ")
    if step == "setting" and page.isdigit() and int(page):
        return say(SO_FAR, page=int(page))
    return say(STEPS.get(step, STEPS["waiting"]))


def failed_words(export: Export) -> tuple[str, str]:
    """Return at which step it failed, and why, in sentences that may be shown."""
    step, _, why = export.step.partition(" ")
    reason = Exit.__members__.get(why.upper(), Exit.BROKEN)
    return say(FAILED_AT.get(step, FAILED_AT["waiting"])), say(SENTENCES.get(reason, ""))


@pages.get("/c/<case>/records")
@needs("record.take")
def index(case: str) -> str:
    """List this member's own records."""
    found = exports.index(member(), work=work(), clock=parts().clock)
    names = {choice.thread.id: choice for choice in _choices()}
    return render_template(
        "record_pages/index.html", exports=found, names=names, states=STATES, purposes=PURPOSES
    )


@pages.route("/c/<case>/records/new", methods=["GET", "POST"])
@needs("record.make")
def new(case: str) -> ResponseReturnValue:
    """Ask whom it is for and what is in it, show the answers, and take the request."""
    if request.method == "GET" or request.form.get("step") == "change":
        return _form(_parents(), request.values.to_dict())
    try:
        return _STEPS.get(request.form.get("step", ""), _check)(_wish())
    except (TextRefused, SettingRefused, RecordUnderWay) as refused:
        return _form(_parents(), request.form.to_dict(), refused)


def _form(
    people: list[Member], typed: dict[str, str], refused: BrokerError | None = None
) -> ResponseReturnValue:
    page = render_template(
        "record_pages/new.html",
        **_offered(people),
        typed=typed,
        sentence=_sentence(refused) if refused else "",
    )
    return page, refused.status if refused else 200


def _sentence(refused: BrokerError) -> str:
    if isinstance(refused, TextRefused):
        return say(N_("A name for the cover cannot be used. Up to 120 letters, on one line."))
    if isinstance(refused, SettingRefused):
        return say(N_("Choose who the record is for, and the paper."))
    return say_refusal(refused)


def _offered(people: list[Member]) -> dict[str, Any]:
    return {
        "purposes": PURPOSES, "papers": PAPERS, "parents": people, "choices": _choices(),
    }  # fmt: skip


def _parents() -> list[Member]:
    with work().reading() as reader:
        return exports.parents(reader, g.case.id)


def _choices() -> list[Choice]:
    rows = reading.threads(member(), work=work())
    found = [Choice(t, thread_name(t), t.delivered + t.imported) for t, _ in rows]
    return sorted(found, key=lambda choice: choice.thread.number or 0)


def _wish() -> Wish:
    form = request.form
    return Wish(
        purpose=form.get("purpose", ""),
        thread=None if form.get("thread") in (None, ALL) else form["thread"],
        page_size=form.get("page_size", ""),
        names={parent.id: form.get(f"name_{parent.id}", "") for parent in _parents()},
        own_events=form.get("own_events") == "yes",
    )


def _check(wish: Wish) -> ResponseReturnValue:
    """Show the answers before anything is made."""
    wish = exports.checked(member(), wish, work=work())
    people = _parents()
    return render_template("record_pages/check.html", **_offered(people), wish=wish)


def _make(wish: Wish) -> ResponseReturnValue:
    export = exports.ask(member(), wish, work=work(), clock=parts().clock)
    return redirect(url_for("record.page", case=export.case, export=export.id), 303)


_STEPS = {"check": _check, "make": _make}


@pages.get("/c/<case>/records/<export>")
@needs("record.take")
def page(case: str, export: str) -> str:
    """Show where a record stands: being prepared, ready, failed or expired."""
    found = _standing(export)
    step, why = failed_words(found)
    return render_template(
        PAGE[found.state],
        export=found,
        words=step_words(found),
        step=step,
        why=why,
        purpose=PURPOSES[found.purpose][0],
        choices=[c for c in _choices() if found.thread in (None, c.thread.id)],
    )


@pages.get("/c/<case>/records/<export>/state")
@needs("record.take")
def state(case: str, export: str) -> ResponseReturnValue:
    """Return where a record stands, for the page that waits."""
    found = _standing(export)
    over = found.state not in exports.RUNNING
    return jsonify(state=found.state, words=step_words(found), over=over)


@pages.post("/c/<case>/records/<export>/again")
@needs("record.make")
def again(case: str, export: str) -> ResponseReturnValue:
    """Try once more to make a record that failed."""
    exports.retry(member(), export, work=work(), clock=parts().clock)
    return redirect(url_for("record.page", case=case, export=export), 303)


@pages.get("/c/<case>/records/<export>/file")
@needs("record.take")
def file(case: str, export: str) -> ResponseReturnValue:
    """Hand the finished file over; its name holds no names."""
    found, data = exports.take(member(), export, work=work(), clock=parts().clock)
    told = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return FlaskResponse(data, mimetype="application/pdf", headers=told)


def _standing(export: str) -> Export:
    return exports.standing(member(), export, work=work(), clock=parts().clock)
