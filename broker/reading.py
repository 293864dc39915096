"""What somebody is shown of a case, facts first, and the trace that it was shown.

Pages take these values as they are; nothing here changes a message. Parents meet messages through
their own shield; mediators and readers read whole texts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broker.domain.assessment import Assessment
from broker.domain.due import Notice
from broker.domain.errors import NotHere
from broker.domain.message import Hold, Message, State, Thread
from broker.domain.message import ref_of as ref_of
from broker.domain.people import Case, Member, Role
from broker.domain.shield import Shown, show
from broker.ports import Clock, Work

RECENT = timedelta(days=14)
WAITING = (State.PENDING, State.QUEUED, State.HELD)
OWN = (*WAITING, State.RETURNED, State.WITHDRAWN, State.DELIVERED)


@dataclass(frozen=True)
class Line:
    """One message as one member meets it. ``ref`` is empty before delivery."""

    message: Message
    shown: Shown
    assessment: Assessment
    thread: Thread
    author: str
    own: bool
    ref: str
    reply_ref: str = ""
    hold: Hold | None = None
    note: str = ""


@dataclass(frozen=True)
class ThreadPage:
    """A page of a thread, newest first; ``older`` is the key of the next page, if there is one.

    ``waiting``: a parent's own messages that are not delivered yet, on the first page.
    """

    thread: Thread
    lines: Sequence[Line]
    older: tuple[datetime, int] | None
    waiting: Sequence[Line] = ()


@dataclass(frozen=True)
class Today:
    """What waits for a parent: urgent notices first, then what asks, what is new, what waits."""

    urgent: Sequence[Line]
    asks: Sequence[Line]
    new: Sequence[Line]
    waiting: Sequence[Line]
    notices: Sequence[Notice]


@dataclass(frozen=True)
class Waiting:
    """A held message on a mediator's list; no name until it is opened."""

    hold: Hold
    case: Case


def threads(member: Member, *, work: Work) -> list[tuple[Thread, datetime]]:
    """Return the threads that hold something, the one with the newest message first."""
    with work.reading():
        last = work.messages.last_of_threads(member.case)
        rows = [(t, last[t.id]) for t in work.threads.of(member.case) if t.id in last]
    return sorted(rows, key=lambda row: row[1], reverse=True)


def thread_page(
    member: Member,
    thread: str,
    before: tuple[datetime, int] | None = None,
    *,
    work: Work,
    clock: Clock,
    size: int = 25,
) -> ThreadPage:
    """Return a page of a thread as this member meets it; the trace of it is kept."""
    with work.reading():
        found = work.threads.get(member.case, thread)
        if found.number is None:
            raise NotHere
        messages = work.messages.delivered(member.case, thread, before, size + 1)
        lines = lines_of(member, messages[:size], work)
        mine = [] if before else work.messages.own(member.case, member.id, WAITING)
        waiting = lines_of(member, [own for own in mine if own.thread == thread], work)
    _keep_trace(member, lines, work, clock, thread)
    last = messages[size - 1] if len(messages) > size else None
    older = (last.delivered_at, last.number) if last else None
    return ThreadPage(found, lines, older, waiting)  # type: ignore[arg-type]


def whole(member: Member, message_id: str, *, work: Work, clock: Clock) -> Line:
    """Return one delivered message with all its words; the trace of it is never shown (S6)."""
    with work.reading():
        message = work.messages.get(member.case, message_id)
        if message.state is not State.DELIVERED and message.author != member.id:
            raise NotHere
        line = lines_of(member, [message], work)[0]
    line = replace(line, shown=Shown("whole", (line.message.text,)))
    _keep_trace(member, [line], work, clock)
    return line


def sent(member: Member, *, work: Work) -> list[Line]:
    """Return a parent's own messages with where each stands, newest first."""
    with work.reading():
        return lines_of(member, work.messages.own(member.case, member.id, OWN), work)


def own(member: Member, message_id: str, *, work: Work) -> Line:
    """Return one own message in any state. Raises NotHere."""
    with work.reading():
        message = work.messages.get(member.case, message_id)
        if message.author != member.id:
            raise NotHere
        return lines_of(member, [message], work)[0]


def today(member: Member, *, work: Work, clock: Clock) -> Today:
    """Return what waits for a parent today."""
    with work.reading():
        since = clock() - RECENT
        new = work.messages.delivered_to(member.case, member.id, since)
        answered = work.messages.answered(member.case, member.id)
        lines = lines_of(member, new, work)
        met = {m.id for m in new if work.messages.viewed(member.case, m.id, member.id)}
        waiting = lines_of(member, work.messages.own(member.case, member.id, WAITING), work)
        notices = [n for n in work.outbox.of(member.case, member.id) if n.seen_at is None]
    calm = [line for line in lines if line.shown.kind != "urgent"]
    return Today(
        urgent=[x for x in lines if x.shown.kind == "urgent" and x.message.id not in met],
        asks=[x for x in calm if x.assessment.answer_needed and x.message.id not in answered],
        new=[line for line in calm if line.message.id not in met],
        waiting=waiting,
        notices=notices,
    )


def found(member: Member, words: str, *, work: Work, clock: Clock) -> list[Line]:
    """Return delivered messages that hold the words. Folded wording is not searched."""
    wanted = words.strip().casefold()
    if not wanted:
        return []
    with work.reading():
        lines = lines_of(member, work.messages.find(member.case, words.strip()), work)
    shown = [line for line in lines if wanted in line.shown.searchable.casefold()][:100]
    if member.role is Role.MEDIATOR:
        _keep_trace(member, shown, work, clock)
    return shown


def waiting_for(person: str, *, work: Work) -> list[Waiting]:
    """Return the held messages of a mediator's cases, oldest promise first."""
    with work.reading():
        return [Waiting(hold, work.people.case(hold.case)) for hold in work.holds.of(person)]


def before(member: Member, message: Message, *, work: Work, count: int = 5) -> list[Line]:
    """Return the last messages of the thread that a held one belongs to."""
    with work.reading():
        last = work.messages.delivered(member.case, message.thread, None, count)
        return lines_of(member, last, work)


def lines_of(member: Member, messages: Iterable[Message], work: Work) -> list[Line]:
    """Return messages as this member meets them; inside a transaction."""
    rows = list(messages)
    told = work.messages.assessments(member.case, [message.id for message in rows])
    names = {place.id: place.name for place in work.people.members(member.case)}
    kept = {name: work.threads.get(member.case, name) for name in {row.thread for row in rows}}
    return [
        _line(member, row, told[row.id], kept[row.thread], names[row.author], work) for row in rows
    ]


def _line(
    member: Member, message: Message, told: Assessment, thread: Thread, author: str, work: Work
) -> Line:
    own_words = message.author == member.id
    shield = member.shield if member.role is Role.PARENT else None
    shown = (
        show(message, told, shield, own=own_words) if shield else Shown("whole", (message.text,))
    )
    returned = own_words and message.state is State.RETURNED
    held = own_words and message.state is State.HELD
    return Line(
        message=message,
        shown=shown,
        assessment=told,
        thread=thread,
        author=author,
        own=own_words,
        ref=ref_of(thread, message),
        reply_ref=_reply_ref(message, thread, work),
        hold=work.holds.get(member.case, message.id) if held else None,
        note=work.messages.note(member.case, message.id) if returned else "",
    )


def _reply_ref(message: Message, thread: Thread, work: Work) -> str:
    if message.reply_to is None:
        return ""
    return ref_of(thread, work.messages.get(message.case, message.reply_to))


def _keep_trace(
    member: Member, lines: Iterable[Line], work: Work, clock: Clock, thread: str = ""
) -> None:
    """Keep what was shown: a parent's first views in the own log, openings in the desk log."""
    if member.role is Role.PARENT:
        _keep_first_views(member, lines, work, clock)
    if member.role is Role.MEDIATOR:
        opened = [("thread", thread)] if thread else [("message", x.message.id) for x in lines]
        with work:
            for what, which in opened:
                log = work.logs.desk(member.case)
                log.append(f"{what}.opened", member.id, clock(), None, **{what: which})


def _keep_first_views(member: Member, lines: Iterable[Line], work: Work, clock: Clock) -> None:
    """Keep first views of others' words that were shown to a parent, in that parent's own log."""
    seen = [x for x in lines if not x.own and x.shown.kind in ("whole", "parts", "facts")]
    with work.reading():
        fresh = [x for x in seen if not work.messages.viewed(member.case, x.message.id, member.id)]
    if fresh:
        with work:
            for line in fresh:
                if work.messages.view(member.case, line.message.id, member.id, clock()):
                    work.logs.member(member.case, member.id).append(
                        "message.first_viewed", member.id, clock(), message=line.message.id
                    )
