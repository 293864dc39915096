"""The mediators' desk: what waits, one held message, and the cases. Decides nothing itself.

There is no form here that could change a message's words.
"""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broker import desk as story
from broker import reading
from broker.domain.errors import (
    AlreadyDecided,
    BrokerError,
    ChoiceNeeded,
    NoteNeeded,
    NoteRefused,
    NoteUnchecked,
    NotHere,
    ReasonNeeded,
    TextRefused,
    TooLate,
)
from broker.domain.message import Decision, Hold, Message, State
from broker.domain.people import Member, Role
from broker.domain.policy import Terms
from broker.record import sentences
from broker.web import desk_lists, desk_words
from broker.web.guard import member, needs, parts, work
from broker.web.language import say, say_refusal

pages = Blueprint("desk", __name__)

FIELD = {
    ReasonNeeded: "#reason", NoteNeeded: "#note", NoteRefused: "#note", NoteUnchecked: "#note",
    ChoiceNeeded: "#do",
}  # fmt: skip
REFUSED = (*FIELD, TextRefused)


# ---------- what waits ----------


@pages.get("/m")
@needs("hold.see")
def index() -> str:
    """List what waits in this mediator's cases, oldest promise first."""
    places, now = _places(), parts().clock()
    held, decided = desk_lists.held(g.person.id, places, work(), now)
    urgent = [notice for place in places for notice in desk_lists.urgent(place, work(), now)]
    lede = desk_words.lede(len(held), desk_lists.longest(held, now), len(urgent))
    return render_template("desk/index.html", held=held, decided=decided, urgent=urgent, lede=lede)


def _places() -> list[Member]:
    return [place for place in g.places if place.role is Role.MEDIATOR]


@pages.post("/m/notices/<case>/<notice>/seen")
@needs("hold.see")
def seen(case: str, notice: str) -> ResponseReturnValue:
    """Take an urgent notice off this mediator's list."""
    with work() as writing:
        writing.outbox.seen(case, member().id, notice, parts().clock())
    return redirect(url_for("desk.index"), 303)


@pages.get("/m/cases")
@needs("hold.see")
def cases() -> str:
    """List this mediator's cases, by code."""
    rows = [desk_lists.case_row(place.case, work()) for place in _places()]
    return render_template("desk/cases.html", rows=rows)


# ---------- one held message ----------


@pages.get("/m/queue/<case>/<message>")
@needs("hold.decide")
def review(case: str, message: str) -> ResponseReturnValue:
    """Show a held message; the opening stands in the desk log."""
    return _review(message)


@pages.post("/m/queue/<case>/<message>")
@needs("hold.decide")
def decide(case: str, message: str) -> ResponseReturnValue:
    """Keep a decision, or begin a note from one of the templates."""
    if request.form.get("use") in desk_words.NOTES:
        return _review(message, note=_begun_note())
    try:
        story.take_decision(
            case, message, member().id, _choice(), reason=_typed("reason"), note=_typed("note"),
            work=work(), assess=parts().assess, clock=parts().clock,
        )  # fmt: skip
    except AlreadyDecided:
        return _gone(message)
    except REFUSED as refused:
        return _review(message, refused, note=_typed("note"))
    return redirect(url_for("desk.review", case=case, message=message), 303)


@pages.post("/m/queue/<case>/<message>/undo")
@needs("hold.decide")
def undo(case: str, message: str) -> ResponseReturnValue:
    """Take a decision back before it takes effect."""
    try:
        story.undo_decision(case, message, member().id, work=work(), clock=parts().clock)
    except (TooLate, AlreadyDecided):
        return _gone(message)
    return redirect(url_for("desk.review", case=case, message=message), 303)


def _typed(name: str) -> str:
    return request.form.get(name, "").replace("\r\n", "\n")


def _choice() -> Decision:
    try:
        return Decision(request.form.get("do", ""))
    except ValueError as error:
        raise ChoiceNeeded from error


def _begun_note() -> str:
    chosen = say(desk_words.NOTES[request.form["use"]])
    return "\n".join(part for part in (_typed("note").strip(), chosen) if part)


def _review(
    message: str, refused: BrokerError | None = None, note: str = ""
) -> ResponseReturnValue:
    try:
        held, hold = story.open_held(
            g.case.id, message, member().id, work=work(), clock=parts().clock
        )
    except AlreadyDecided:
        return _gone(message)
    if hold.decision is not None:
        return _decided(held, hold)
    page = render_template(
        "desk/review.html",
        **_of_message(held),
        hold=hold,
        why=desk_words.why(hold.why),
        promise=desk_words.at_home(hold.promise_at, g.case.zone, parts().clock()),
        lapses=desk_words.at_home(hold.lapses_at, g.case.zone, parts().clock()),
        notes=desk_words.NOTES,
        note=note,
        form=request.form,
        sentence=say_refusal(refused) if refused else "",
        field=FIELD.get(type(refused), "#reason") if refused else "",
    )
    return page, refused.status if refused else 200


def _of_message(held: Message) -> dict[str, Any]:
    """Return what the page shows of a held message: words, points, facts, what was before."""
    with work().reading() as reader:
        line = reading.lines_of(member(), [held], reader)[0]
        terms = reader.terms.in_force(held.case, held.accepted_at or held.submitted_at)
        people = reader.people.members(held.case)
    others = [p.name for p in people if p.role is Role.PARENT and p.id != held.author]
    return {
        "line": line,
        "to": ", ".join(others),
        "pieces": desk_words.pieces(held.text, line.assessment.flags),
        "before": reading.before(member(), held, work=work())[::-1],
        "terms": sentences.terms(_plain(terms), say),
    }


def _plain(terms: Terms) -> dict[str, Any]:
    hours = {"opens": f"{terms.opens:%H:%M}", "closes": f"{terms.closes:%H:%M}"}
    return {**vars(terms), **hours}


def _decided(held: Message, hold: Hold) -> ResponseReturnValue:
    """Show a decision that is kept and waits for its 30 seconds; only its maker can undo it."""
    own = hold.decided_by == member().id
    return render_template("desk/decided.html", message=held, hold=hold, own=own), (
        200 if own else 409
    )


def _gone(message: str) -> ResponseReturnValue:
    """Say what became of a message that cannot be decided any more."""
    with work().reading() as reader:
        found = reader.messages.get(g.case.id, message)
    if found.state is State.HELD:
        return _review(message)
    if found.state not in desk_words.GONE:
        raise NotHere
    return render_template("desk/gone.html", sentence=say(desk_words.GONE[found.state])), 409
