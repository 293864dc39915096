"""What the desk's lists show: held messages, urgent notices and cases, without names or words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from broker import reading
from broker.domain.due import Notice
from broker.domain.message import Hold
from broker.domain.people import Case, Member, Role
from broker.ports import Work
from broker.reading import Line, Waiting
from broker.web import desk_words


@dataclass(frozen=True)
class Row:
    """A held message on the list, in words; no name until it is opened."""

    case: Case
    hold: Hold
    why: str
    waited: str
    promise: str
    late: bool


@dataclass(frozen=True)
class Urgent:
    """A notice that an urgent message was delivered."""

    case: Case
    notice: Notice
    line: Line
    at: str


def held(
    person: str, places: Sequence[Member], work: Work, now: datetime
) -> tuple[list[Row], list[Row]]:
    """Return what waits for a decision, oldest promise first, and what waits for its 30 seconds."""
    mine = {place.case for place in places}
    waiting = [w for w in reading.waiting_for(person, work=work) if w.hold.case in mine]
    undecided = [_row(w, now) for w in waiting if w.hold.decision is None]
    return undecided, [_row(w, now) for w in waiting if w.hold.decision is not None]


def _row(waiting: Waiting, now: datetime) -> Row:
    hold, case = waiting.hold, waiting.case
    return Row(
        case=case,
        hold=hold,
        why=desk_words.why(hold.why),
        waited=desk_words.waited(now - hold.held_at),
        promise=desk_words.at_home(hold.promise_at, case.zone, now),
        late=now > hold.promise_at,
    )


def longest(rows: Sequence[Row], now: datetime) -> timedelta | None:
    """Return how long the oldest has waited, or None where nothing waits."""
    return max((now - row.hold.held_at for row in rows), default=None)


def urgent(place: Member, work: Work, now: datetime) -> list[Urgent]:
    """Return the urgent notices that a mediator of a case has not taken off the list."""
    with work.reading() as reader:
        case = reader.people.case(place.case)
        notices = reader.outbox.of(place.case, place.id)
        unseen = [n for n in notices if n.kind == "urgent" and n.seen_at is None]
        found = [reader.messages.get(place.case, n.about["message"]) for n in unseen]
        lines = reading.lines_of(place, found, reader)
    return [
        Urgent(case, notice, line, desk_words.at_home(notice.at, case.zone, now))
        for notice, line in zip(unseen, lines, strict=True)
    ]


def case_row(case: str, work: Work) -> tuple[Case, list[Member]]:
    """Return a case with the parents' places that nobody has taken yet."""
    with work.reading() as reader:
        members = reader.people.members(case)
        missing = [m for m in members if m.role is Role.PARENT and m.person is None]
        return reader.people.case(case), missing
