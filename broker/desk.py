"""The mediators' desk: what is decided of a held message, and what is opened, each with its trace.

Nothing here moves a message or touches its words: a decision is kept; ``broker.journey`` carries
it out when its 30 seconds are over.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from broker.domain.errors import (
    AlreadyDecided,
    NoteNeeded,
    NoteRefused,
    NoteUnchecked,
    NotHere,
    ReasonNeeded,
    TooLate,
)
from broker.domain.message import DECISION_SECONDS, Decision, Hold, Message, readable
from broker.domain.people import may
from broker.ports import Assessor, Clock, Work


def open_held(
    case: str, message_id: str, mediator: str, *, work: Work, clock: Clock
) -> tuple[Message, Hold]:
    """Return a held message with its hold; the opening stands in the desk log.

    Raises:
        AlreadyDecided: it is not held any more.

    """
    with work:
        _is_mediator(case, mediator, work, clock())
        hold = work.holds.get(case, message_id)
        work.logs.desk(case).append("message.opened", mediator, clock(), message=message_id)
        return work.messages.get(case, message_id), hold


def take_decision(
    case: str,
    message_id: str,
    mediator: str,
    decision: Decision,
    *,
    reason: str,
    note: str,
    work: Work,
    assess: Assessor,
    clock: Clock,
) -> Hold:
    """Keep what a mediator decided; it takes effect after 30 seconds (``carry_out``).

    Raises:
        ReasonNeeded, NoteNeeded, NoteRefused, NoteUnchecked, AlreadyDecided, NotHere

    """
    now = clock()
    _complete(decision, reason, note)
    if decision is Decision.RETURN:
        _screen(note, assess, now)
    with work:
        _is_mediator(case, mediator, work, now)
        hold = _undecided(case, message_id, work)
        effective = now + timedelta(seconds=DECISION_SECONDS)
        work.logs.desk(case).append(
            "decision.made", mediator, now, message=message_id, decision=decision.value
        )
        work.jobs.add("hold.carry_out", case, message_id, effective)
        decided = replace(
            hold, decision=decision, decided_by=mediator, effective_at=effective,
            reason=reason, note=note,
        )  # fmt: skip
        work.holds.put(decided)
        return decided


def _complete(decision: str, reason: str, note: str) -> None:
    if decision is not Decision.RELEASE and not reason.strip():
        raise ReasonNeeded
    if decision is Decision.RETURN and not note.strip():
        raise NoteNeeded
    for text in filter(str.strip, (reason, note)):
        readable(text)


def _screen(note: str, assess: Assessor, now: datetime) -> None:
    """Refuse a note that would be flagged in a message, or that nobody could check (S12, S24)."""
    told = assess(note, at=now, zone="UTC", names=())
    if not told.assessed:
        raise NoteUnchecked
    if told.labels:
        raise NoteRefused


def _is_mediator(case: str, mediator: str, work: Work, now: datetime) -> None:
    member = work.people.member(case, mediator)
    if not may(member.role, "hold.decide") or not member.current(now):
        raise NotHere


def _undecided(case: str, message_id: str, work: Work) -> Hold:
    hold = work.holds.get(case, message_id)
    if hold.decision is not None:
        raise AlreadyDecided
    return hold


def undo_decision(case: str, message_id: str, mediator: str, *, work: Work, clock: Clock) -> None:
    """Take a decision back before it takes effect; only the one who made it can.

    Raises:
        TooLate, AlreadyDecided

    """
    with work:
        hold = work.holds.get(case, message_id)
        if hold.decided_by != mediator or not hold.effective_at or clock() >= hold.effective_at:
            raise TooLate
        work.jobs.drop("hold.carry_out", case, message_id)
        work.holds.put(
            replace(hold, decision=None, decided_by=None, effective_at=None, reason="", note="")
        )
        work.logs.desk(case).append("decision.undone", mediator, clock(), message=message_id)
