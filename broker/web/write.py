"""Writing: what it is about, the words, a look over them, and sending. Knows no rule: what becomes
of a message is the journey's. What is tried here is not kept, and no suggestion is ever applied
without a press (U1, U2, U7).
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broker import journey, reading
from broker.domain.assessment import Assessment
from broker.domain.errors import BrokerError, NotHere
from broker.domain.ids import new_id
from broker.domain.message import UNDO_SECONDS, Draft, Message, Submission, readable
from broker.domain.people import TOPICS_OF
from broker.web import points
from broker.web.composer import (
    Words,
    assess,
    kept_phrases,
    lines,
    opened,
    other_parent,
    page,
    posted,
    refuse_longer,
    status,
)
from broker.web.drafts import KEPT
from broker.web.guard import member, needs, parts, work
from broker.web.language import say_refusal
from broker.web.reasons import reason

pages = Blueprint("write", __name__)

# ---------- what is it about ----------


@pages.get("/c/<case>/write")
@needs("message.write")
def topic(case: str) -> ResponseReturnValue:
    """Ask what the message is about."""
    chosen = request.args.get("topic")
    if chosen in TOPICS_OF[g.case.about]:
        return redirect(url_for("write.compose", case=case, topic=chosen), 303)
    with work().reading() as now:
        kept = now.drafts.of(case, member().id)
    return render_template(
        "write/topic.html", topics=TOPICS_OF[g.case.about], drafts=kept, missing=chosen is not None
    )


# ---------- the words ----------


@pages.route("/c/<case>/write/<topic>", methods=["GET", "POST"])
@needs("message.write")
def compose(case: str, topic: str) -> ResponseReturnValue:
    """Show the composer, or do what one of its buttons says."""
    if request.method == "GET":
        return page(opened(topic))
    words = posted(topic)
    button, given = _pressed()
    try:
        return _BUTTONS[button](words, given)
    except BrokerError as refusal:
        if isinstance(refusal, NotHere):
            raise
        return page(words, refusal=refusal)


# ---------- the composer's buttons ----------


def _pressed() -> tuple[str, str]:
    """Return which button was pressed, and what it was given."""
    for name in ("leave", "keep", "use", "back", "do"):
        if name in request.form:
            given = lines(request.form[name])
            return (given, "") if name == "do" and given in _BUTTONS else (name, given)
    return "check", ""


def _check(words: Words, given: str) -> ResponseReturnValue:
    return page(words, checked=True)


def _leave(words: Words, given: str) -> ResponseReturnValue:
    text = points.without(words.text, given, assess(words.text))
    return page(replace(words, text=text, before=words.text), checked=True)


def _keep(words: Words, given: str) -> ResponseReturnValue:
    return page(replace(words, kept=(*words.kept, given)), checked=True)


def _use(words: Words, given: str) -> ResponseReturnValue:
    offer = points.shorter(words.text, assess(words.text))
    if offer is None:
        return page(words, checked=True)
    return page(replace(words, text=offer.text, before=words.text), checked=True)


def _back(words: Words, given: str) -> ResponseReturnValue:
    return page(replace(words, text=words.before or words.text, before=""), checked=True)


def _keep_draft(words: Words, given: str) -> ResponseReturnValue:
    _put(words)
    return redirect(url_for("write.topic", case=g.case.id, kept=1), 303)


def _look(words: Words, given: str) -> ResponseReturnValue:
    refuse_longer(words.text, assess(words.text))
    draft = _put(words)
    return redirect(url_for("write.check", case=g.case.id, draft=draft), 303)


_BUTTONS: dict[str, Callable[[Words, str], ResponseReturnValue]] = {
    "check": _check,
    "do": _check,
    "leave": _leave,
    "keep": _keep,
    "use": _use,
    "back": _back,
    "draft": _keep_draft,
    "look": _look,
}


def _put(words: Words) -> str:
    """Keep the words as a draft for a day and return its id, the key of what it may send."""
    readable(words.text)
    with work() as now:
        sent = now.messages.sent_by(g.case.id, member().id, words.draft)
        if sent is not None and sent.text == words.text:
            return words.draft
        draft = words.draft if sent is None else new_id()
        now.drafts.put(
            Draft(
                g.case.id, draft, member().id, words.text, words.topic, words.thread,
                words.reply_to, parts().clock() + KEPT,
            )
        )  # fmt: skip
    return draft


@pages.post("/c/<case>/write/points")
@needs("message.write")
def live(case: str) -> ResponseReturnValue:
    """Return the points of the words in the box, for the script. Nothing is kept."""
    text = lines(request.form.get("text", ""))
    told = assess(text) if text.strip() else Assessment(assessed=True)
    found = points.points(text, told, kept_phrases())
    return jsonify(
        assessed=told.assessed,
        danger=told.urgent,
        status=status(told, len(found)),
        points=[
            {
                "quote": point.quote,
                "reason": reason(point.flag),
                "at": [point.before, point.after],
            }
            for point in found
        ],
    )


# ---------- looking it over, and sending ----------


@pages.route("/c/<case>/write/check/<draft>", methods=["GET", "POST"])
@needs("message.write")
def check(case: str, draft: str) -> ResponseReturnValue:
    """Show what will be sent and what happens then; send it when asked to."""
    found = _draft_or_sent(draft)
    if isinstance(found, Message):
        return redirect(url_for("sent.page", case=case, message=found.id), 303)
    if request.method == "GET" or request.form.get("stamp") != stamp(found):
        return _overview("write/check.html", found)
    if assess(found.text).grave and "paused" not in request.form:
        return redirect(url_for("write.pause", case=case, draft=draft), 303)
    try:
        return _send(found)
    except BrokerError as refusal:
        return _overview("write/check.html", found, refusal)


@pages.get("/c/<case>/write/pause/<draft>")
@needs("message.write")
def pause(case: str, draft: str) -> ResponseReturnValue:
    """Stop once before grave words are sent (U3)."""
    found = _draft_or_sent(draft)
    if isinstance(found, Message):
        return redirect(url_for("sent.page", case=case, message=found.id), 303)
    return _overview("write/pause.html", found)


def _draft_or_sent(draft: str) -> Draft | Message:
    """Return a draft, or the message it has become. Raises NotHere or TakenBack."""
    with work().reading() as now:
        sent = now.messages.sent_by(g.case.id, member().id, draft)
        return sent or now.drafts.get(g.case.id, member().id, draft)


def stamp(draft: Draft) -> str:
    """Return a mark of the words that were looked over, so that no others are sent."""
    return sha256(draft.text.encode()).hexdigest()[:24]


def _overview(
    template: str, draft: Draft, refusal: BrokerError | None = None
) -> ResponseReturnValue:
    told = assess(draft.text)
    verdict = reading.forecast(member(), told, work=work(), clock=parts().clock)
    found = points.points(draft.text, told)
    answer = render_template(
        template,
        draft=draft,
        to=other_parent(),
        told=told,
        count=len(found),
        phrases=points.grave(draft.text, told),
        gives=points.given_away(draft.text, told),
        verdict=verdict,
        seconds=UNDO_SECONDS,
        stamp=stamp(draft),
        problem=say_refusal(refusal) if refusal else "",
    )
    return answer, refusal.status if refusal else 200


def _send(draft: Draft) -> ResponseReturnValue:
    """Hand the draft's words to the journey; the draft's id is the key of this form."""
    submission = Submission(
        draft.case, draft.member, draft.text, draft.id, draft.topic, draft.thread, draft.reply_to
    )
    receipt = journey.submit(submission, work=work(), assess=parts().assess, clock=parts().clock)
    with work() as now:
        now.drafts.drop(draft.case, draft.member, draft.id)
    return redirect(url_for("sent.page", case=draft.case, message=receipt.message), 303)
