"""Words that arrived when nobody was signed in any more (S17): sealed for whoever wrote them.

They become a draft of the person whose session had fallen asleep or ended, in the case of the
address they were sent to, and are shown only after that person has signed in again. Nothing that
is kept already is written over.
"""

from datetime import timedelta

from flask import current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broker.domain.errors import TextRefused
from broker.domain.ids import new_id
from broker.domain.message import Draft, readable
from broker.domain.people import TOPICS, Member, may
from broker.ports import Parts, Work

KEPT = timedelta(hours=24)
MOST = 30
"""Drafts of one member beyond which signed-out browsers add none."""


def posted() -> str:
    """Return the message text of this request, or nothing."""
    return request.form.get("text", "").replace("\r\n", "\n")


def keep_posted(parts: Parts) -> Draft | None:
    """Seal the posted text as a draft of the person its session names; None if that cannot be."""
    if g.session is None or g.session.person.disabled or not _readable(posted()):
        return None
    with parts.work() as work:
        member = _writer(work, parts)
        if member is None:
            return None
        if len(work.drafts.of(member.case, member.id, parts.clock())) >= MOST:
            return None
        draft = _draft(member, work, parts)
        work.drafts.put(draft)
        return draft


def _readable(text: str) -> bool:
    try:
        readable(text)
    except TextRefused:
        return False
    return True


def _writer(work: Work, parts: Parts) -> Member | None:
    case = (request.view_args or {}).get("case")
    for place in work.people.memberships(g.session.person.id):
        if place.case == case and place.current(parts.clock()):
            return place if may(place.role, "message.write") else None
    return None


def _draft(member: Member, work: Work, parts: Parts) -> Draft:
    asked = {**request.args, **request.form, **(request.view_args or {})}
    threads = {thread.id for thread in work.threads.of(member.case)}
    return Draft(
        case=member.case,
        id=new_id(),
        member=member.id,
        text=posted(),
        topic=asked["topic"] if asked.get("topic") in TOPICS else "other",
        thread=asked["thread"] if asked.get("thread") in threads else None,
        reply_to=None,
        kept_until=parts.clock() + KEPT,
    )


def page_of(draft: Draft | None) -> str | None:
    """Return where a draft is written on, once its person has signed in."""
    if draft is None or "write.compose" not in current_app.view_functions:
        return None
    return url_for("write.compose", case=draft.case, topic=draft.topic, draft=draft.id)


def give_back() -> ResponseReturnValue:
    """Show words that cannot be kept for anybody to the browser that sent them."""
    return render_template("refusals/given_back.html", text=posted()), 401
