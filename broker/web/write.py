"""Writing: what it is about, the words, a look over them, and sending. Knows no rule: what becomes
of a message is the journey's. What is tried here is not kept, and no suggestion is ever applied
without a press (U1, U2, U7).
"""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from broker import journey
from broker.domain.assessment import Assessment
from broker.domain.errors import BrokerError, NotHere, TakenBack
from broker.domain.ids import new_id
from broker.domain.message import Draft, Submission, readable
from broker.domain.people import TOPICS_OF
from broker.ports import Work
from broker.web import points
from broker.web.composer import (
    Words,
    assess,
    kept_phrases,
    lines,
    more,
    opened,
    page,
    posted,
    refuse_longer,
    status,
)
from broker.web.drafts import KEPT
from broker.web.guard import member, needs, parts, work
from broker.web.overview import overview, stamp
from broker.web.reasons import reason

pages = Blueprint("write", __name__)


@pages.get("/c/<case>/write")
@needs("message.write")
def topic(case: str) -> ResponseReturnValue:
    """Ask what the message is about."""
    chosen = request.args.get("topic")
    if chosen in TOPICS_OF[g.case.about]:
        draft = request.args.get("draft")
        return redirect(url_for("write.compose", case=case, topic=chosen, draft=draft), 303)
    with work().reading() as now:
        kept = now.drafts.of(case, member().id, parts().clock())
    return render_template(
        "write/topic.html",
        topics=TOPICS_OF[g.case.about],
        drafts=kept,
        kept="kept" in request.args,
        taken="taken" in request.args,
        missing=chosen is not None,
        draft=request.args.get("draft"),
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


def _change_topic(words: Words, given: str) -> ResponseReturnValue:
    """Ask again what it is about; the words come along as a draft."""
    draft = _put(words) if words.text.strip() else None
    return redirect(url_for("write.topic", case=g.case.id, draft=draft), 303)


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
    "topic": _change_topic,
    "look": _look,
}


def _put(words: Words) -> str:
    """Keep the words as a draft for a day and return its id, the key of what it may send."""
    readable(words.text)
    with work() as now:
        draft = _key_for(words, now)
        if draft is None:
            return words.draft
        now.drafts.put(
            Draft(
                g.case.id, draft, member().id, words.text, words.topic, words.thread,
                words.reply_to, parts().clock() + KEPT,
            )
        )  # fmt: skip
    return draft


def _key_for(words: Words, now: Work) -> str | None:
    """Return the key to send these words with: a new one if this form has sent others.

    None: this very form has sent these very words (the writer went back and pressed again).
    """
    try:
        sent = now.messages.sent_by(g.case.id, member().id, words.draft)
    except TakenBack:
        return new_id()
    if sent is None:
        return words.draft
    return None if sent.text == words.text else new_id()


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
        more=more(len(found)),
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
    found = _draft_or_way_on(draft)
    if not isinstance(found, Draft):
        return found
    if request.method == "GET" or request.form.get("stamp") != stamp(found):
        return overview("write/check.html", found)
    if assess(found.text).grave and "paused" not in request.form:
        return redirect(url_for("write.pause", case=case, draft=draft), 303)
    try:
        return _send(found)
    except BrokerError as refusal:
        return overview("write/check.html", found, refusal)


@pages.get("/c/<case>/write/pause/<draft>")
@needs("message.write")
def pause(case: str, draft: str) -> ResponseReturnValue:
    """Stop once before grave words are sent (U3)."""
    found = _draft_or_way_on(draft)
    return overview("write/pause.html", found) if isinstance(found, Draft) else found


def _draft_or_way_on(draft: str) -> Draft | Response:
    """Return a draft, or where to go when it was sent or taken back already. Raises NotHere."""
    me, case = member().id, g.case.id
    with work().reading() as now:
        try:
            sent = now.messages.sent_by(case, me, draft)
        except TakenBack:
            return redirect(url_for("write.topic", case=case, taken=1), 303)
        if sent is None:
            return now.drafts.get(case, me, draft, parts().clock())
    return redirect(url_for("sent.page", case=case, message=sent.id), 303)


def _send(draft: Draft) -> ResponseReturnValue:
    """Hand the draft's words to the journey; the draft's id is the key of this form."""
    submission = Submission(
        draft.case, draft.member, draft.text, draft.id, draft.topic, draft.thread, draft.reply_to
    )
    receipt = journey.submit(submission, work=work(), assess=parts().assess, clock=parts().clock)
    with work() as now:
        now.drafts.drop(draft.case, draft.member, draft.id)
    return redirect(url_for("sent.page", case=draft.case, message=receipt.message), 303)
