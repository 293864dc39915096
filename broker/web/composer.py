"""The composer: what stands in it, where the words belong, and its page. Nothing of it is stored.

It knows no button and sends nothing (``broker.web.write``).
"""

from dataclasses import dataclass, replace

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from broker import reading
from broker.domain.assessment import Assessment
from broker.domain.errors import BrokerError, NotHere, TextTooLong
from broker.domain.ids import ALPHABET, new_id
from broker.domain.message import Draft, State, readable
from broker.domain.people import TOPICS, TOPICS_OF, Role
from broker.domain.policy import Terms
from broker.domain.words import N_
from broker.web import points
from broker.web.guard import member, parts, work
from broker.web.language import say, say_refusal
from broker.web.numbers import in_words

SAY = {
    "yes": N_("Yes, that works."),
    "no": N_("No, that does not work."),
    "by": N_("I will confirm by "),
}
"""Answers a reader may begin with. They assert nothing the reader did not pick."""

STATUS = (
    N_("Nothing to look at in the wording."),
    N_("One point to look at"),
    N_("%(count)s points to look at"),
)
NOT_CHECKED = N_(
    "Wording check is not available. You can still send;"
    " your message will be marked as not checked."
)

MOST_KEPT = 30
"""Phrases a writer may keep on one page."""


@dataclass(frozen=True)
class Words:
    """What stands in the composer: the words, where they belong, and what the writer settled."""

    topic: str
    text: str = ""
    draft: str = ""
    thread: str | None = None
    reply_to: str | None = None
    reply_ref: str = ""
    kept: tuple[str, ...] = ()
    before: str = ""


def page(
    words: Words, *, checked: bool = False, refusal: BrokerError | None = None, note: str = ""
) -> ResponseReturnValue:
    """Return the composer with words in it; nothing of them is stored."""
    told = assess(words.text) if checked else None
    found = points.points(words.text, told, words.kept) if told else []
    answer = render_template(
        "write/compose.html",
        words=words,
        to=other_parent(),
        told=told,
        status=status(told, len(found)) if told else "",
        points=found,
        at_once=points.AT_ONCE,
        more=more(len(found)),
        marked=points.marked(words.text, found),
        shorter=points.shorter(words.text, told) if told else None,
        limit=_terms().length,
        length=len(words.text),
        problem_said=say_refusal(refusal) if refusal else "",
        note=note,
    )
    return answer, refusal.status if refusal else 200


def assess(text: str) -> Assessment:
    """Return what the language step says of words that nobody has sent; they are not kept.

    Raises:
        TextRefused: nothing could be kept of them either.

    """
    readable(text)
    with work().reading() as now:
        names = [place.name for place in now.people.members(g.case.id)]
    return parts().assess(text, at=parts().clock(), zone=g.case.zone, names=names)


def status(told: Assessment, count: int) -> str:
    """Return in one line how the wording stands."""
    if not told.assessed:
        return say(NOT_CHECKED)
    return say(STATUS[min(count, 2)], count=in_words(count, first=True))


def more(count: int) -> str:
    """Return how many points stand behind the first ones; empty: none."""
    rest = count - points.AT_ONCE
    return say(N_("%(count)s more"), count=in_words(rest, first=True)) if rest > 0 else ""


def refuse_longer(text: str, told: Assessment) -> None:
    """Refuse words over the length of the terms; urgent ones pass (S10). Raises TextTooLong."""
    limit = _terms().length
    if len(text) > limit and not told.urgent:
        raise TextTooLong(length=len(text), limit=limit)


def opened(topic: str) -> Words:
    """Return what the composer opens with: nothing, a draft, or an answer that was picked."""
    if draft := request.args.get("draft"):
        with work().reading() as now:
            kept = now.drafts.get(g.case.id, member().id, draft, parts().clock())
        return _of_draft(kept, topic)
    words = Words(topic, _begun(request.args.get("say", "")), new_id())
    return placed(words, request.args.get("thread"), request.args.get("reply_to"))


def _begun(picked: str) -> str:
    return say(SAY[picked]) if picked in SAY else ""


def _of_draft(draft: Draft, topic: str) -> Words:
    words = Words(topic, draft.text, draft.id)
    return placed(words, draft.thread, draft.reply_to)


def posted(topic: str) -> Words:
    """Return what was posted from the composer. Raises NotHere."""
    form = request.form
    words = Words(
        topic,
        lines(form.get("text", "")),
        _form_id(form.get("draft", "")),
        kept=kept_phrases(),
        before=lines(form.get("before", "")),
    )
    return placed(words, form.get("thread"), form.get("reply_to"))


def kept_phrases() -> tuple[str, ...]:
    """Return the phrases that the writer keeps on this page."""
    return tuple(lines(phrase) for phrase in request.form.getlist("kept")[:MOST_KEPT])


def lines(text: str) -> str:
    """Return posted text with its lines ended as they were typed: browsers post CRLF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _form_id(given: str) -> str:
    fits = len(given) == 16 and set(given) <= set(ALPHABET)
    return given if fits else new_id()


def placed(words: Words, thread: str | None, reply_to: str | None) -> Words:
    """Return the words with thread and answered message, both within reach. Raises NotHere."""
    with work().reading() as now:
        ref = ""
        if reply_to:
            answered = now.messages.get(g.case.id, reply_to)
            if answered.state is not State.DELIVERED:
                raise NotHere
            thread = answered.thread
            ref = reading.ref_of(now.threads.get(g.case.id, thread), answered)
        topic = now.threads.get(g.case.id, thread).topic if thread else words.topic
    if topic not in (TOPICS if thread else TOPICS_OF[g.case.about]):
        raise NotHere
    return replace(
        words, topic=topic, thread=thread or None, reply_to=reply_to or None, reply_ref=ref
    )


def other_parent() -> str:
    """Return the name of the parent who is written to."""
    with work().reading() as now:
        others = [m for m in now.people.members(g.case.id) if m.role is Role.PARENT]
    return next(other.name for other in others if other.id != member().id)


def _terms() -> Terms:
    with work().reading() as now:
        return now.terms.in_force(g.case.id, parts().clock())
