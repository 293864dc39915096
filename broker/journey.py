"""The life of a message, top to bottom. Only this module moves one (rule 1 of the house).

    submit ─ pending (undo) ─ accept ─ decide ─┬─ deliver
                                               ├─ queue ─ deliver (hours and counts of the terms)
                                               └─ hold ── release | return | withdraw | lapse

Each function thinks first and then writes message, log entries and jobs in one transaction, or
nothing. It knows no page, no database and no language model: those come in through the ports.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from broker.domain.assessment import Assessment
from broker.domain.errors import CaseNotOpen, NotHere, TextTooLong, TooLate
from broker.domain.ids import new_id
from broker.domain.ledger import commitment
from broker.domain.message import (
    MOVES,
    UNDO_SECONDS,
    Decision,
    Hold,
    Message,
    Move,
    Receipt,
    State,
    Submission,
    readable,
)
from broker.domain.people import TOPICS_OF, CaseState, may, mediators
from broker.domain.policy import Standing, Terms, Verdict, decide, midnight, next_opening
from broker.ports import Assessor, Clock, Log, Work

# ---------- submit, undo, accept ----------


def submit(submission: Submission, *, work: Work, assess: Assessor, clock: Clock) -> Receipt:
    """Take a parent's words: check them, keep them pending for the undo time, once per form.

    The text is assessed outside of any transaction. An urgent message is accepted at once (S10).

    Raises:
        TextRefused, KeyReused, TakenBack, CaseNotOpen, NotHere

    """
    now = clock()
    readable(submission.text)
    with work.reading():
        if earlier := work.messages.of_key(submission):
            return _receipt(earlier)
        terms = _may_write(submission, work, now)
        zone = work.people.case(submission.case).zone
        names = [member.name for member in work.people.members(submission.case)]
    assessment = assess(submission.text, at=now, zone=zone, names=names)
    if len(submission.text) > terms.length and not assessment.urgent:
        raise TextTooLong(length=len(submission.text), limit=terms.length)
    with work:
        if earlier := work.messages.of_key(submission):
            return _receipt(earlier)
        _may_write(submission, work, now)
        return _receipt(_keep(submission, assessment, work, now))


def _may_write(submission: Submission, work: Work, now: datetime) -> Terms:
    author = work.people.member(submission.case, submission.author)
    if not may(author.role, "message.write"):
        raise NotHere
    case = work.people.case(submission.case)
    if case.state is not CaseState.OPEN or not author.current(now):
        raise CaseNotOpen
    if submission.thread is None and submission.topic not in TOPICS_OF[case.about]:
        raise NotHere
    if submission.reply_to is not None:
        answered = work.messages.get(submission.case, submission.reply_to)
        if answered.state is not State.DELIVERED or answered.thread != submission.thread:
            raise NotHere
    return work.terms.in_force(submission.case, now)


def _keep(submission: Submission, assessment: Assessment, work: Work, now: datetime) -> Message:
    case, salt = submission.case, secrets.token_bytes(32)
    undo_until = now if assessment.urgent else now + timedelta(seconds=UNDO_SECONDS)
    thread = (
        work.threads.get(case, submission.thread)
        if submission.thread
        else work.threads.of_topic(case, submission.topic)
    )
    message = Message(
        case=case,
        id=new_id(),
        thread=thread.id,
        author=submission.author,
        state=State.PENDING,
        text=submission.text,
        commitment=commitment(salt, submission.text),
        submitted_at=now,
        undo_until=undo_until,
        reply_to=submission.reply_to,
        urgent=assessment.urgent,
    )
    work.messages.add(message, salt, assessment, submission)
    if assessment.urgent:
        return _accept(message, work, now)
    work.jobs.add("message.accept", case, message.id, undo_until)
    return message


def _receipt(message: Message) -> Receipt:
    return Receipt(message.id, message.submitted_at, message.undo_until, message.commitment.hex())


def undo(case: str, author: str, message_id: str, *, work: Work, clock: Clock) -> Message:
    """Take a pending message back: it is destroyed without trace. Returns it for the writer.

    Raises:
        TooLate: its undo time has passed, or it was never pending.

    """
    with work:
        message = _own(case, author, message_id, work)
        if (message.state, Move.UNDO) not in MOVES or clock() >= message.undo_until:
            raise TooLate
        work.jobs.drop("message.accept", case, message_id)
        work.messages.destroy(message)
        return message


def accept(case: str, message_id: str, *, work: Work, clock: Clock) -> None:
    """Take a pending message for good: deliver it, queue it or hold it. Does so once."""
    with work:
        message = work.messages.get(case, message_id)
        if message.state is State.PENDING and clock() >= message.undo_until:
            _accept(message, work, clock())


def _accept(message: Message, work: Work, now: datetime) -> Message:
    assessment = work.messages.assessment(message.case, message.id)
    terms = work.terms.in_force(message.case, now)
    verdict = decide(assessment, terms, _standing(message, work, now))
    _own_log(message, work).append(
        "message.accepted", message.author, now, message.commitment, message=message.id
    )
    work.logs.desk(message.case).append(
        "message.assessed",
        "assessor",
        now,
        message=message.id,
        assessed=assessment.assessed,
        version=assessment.version,
        rules=[flag.source for flag in assessment.flags],
        move=verdict.move.value,
        reasons=list(verdict.reasons),
    )
    message = work.messages.move(message, message.state, accepted_at=now)
    return _MAKE[verdict.move](message, verdict, work, now)


def _standing(message: Message, work: Work, now: datetime) -> Standing:
    zone = work.people.case(message.case).zone
    day = midnight(now, zone)
    return Standing(
        now=now,
        zone=zone,
        accepted_today=work.messages.accepted_since(message.case, message.author, day),
        has_mediator=bool(mediators(work.people.members(message.case), now)),
    )


# ---------- deliver, queue, hold ----------


def _deliver(message: Message, verdict: Verdict, work: Work, now: datetime) -> Message:
    """Give the message its number and put the same commitment into the case log."""
    number = work.threads.next_number(message.case, message.thread)
    delivered = work.messages.move(
        message, _after(message, verdict.move),
        number=number, delivered_at=now, due_at=None, folded=verdict.folded,
    )  # fmt: skip
    work.logs.case(message.case).append(
        "message.delivered", message.author, now, message.commitment,
        message=message.id, thread=message.thread, number=number,
    )  # fmt: skip
    if message.urgent:
        _tell_mediators(message, work, now)
    return delivered


def _tell_mediators(message: Message, work: Work, now: datetime) -> None:
    for member in mediators(work.people.members(message.case), now):
        work.outbox.tell(message.case, member.id, "urgent", now, message=message.id)
        work.logs.desk(message.case).append(
            "urgent.told", "broker", now, message=message.id, mediator=member.id
        )


def _queue(message: Message, verdict: Verdict, work: Work, now: datetime) -> Message:
    """Keep the message until the terms let it through; nothing is lost (S11)."""
    assert verdict.until is not None
    _own_log(message, work).append("message.queued", "broker", now, message=message.id)
    work.jobs.add("message.deliver", message.case, message.id, verdict.until)
    return work.messages.move(
        message, _after(message, Move.QUEUE), due_at=verdict.until, folded=verdict.folded
    )


def deliver(case: str, message_id: str, *, work: Work, clock: Clock) -> None:
    """Deliver a queued message whose time has come."""
    with work:
        message = work.messages.get(case, message_id)
        if message.state is State.QUEUED:
            _deliver(message, Verdict(Move.DELIVER, folded=message.folded), work, clock())


def _hold(message: Message, verdict: Verdict, work: Work, now: datetime) -> Message:
    """Put the message before the mediator, with a promise and an end (S25)."""
    assert verdict.until is not None
    assert verdict.promise is not None
    for log in (_own_log(message, work), work.logs.desk(message.case)):
        log.append("message.held", "broker", now, message=message.id)
    work.holds.put(
        Hold(
            case=message.case,
            message=message.id,
            why=verdict.reasons[0],
            held_at=now,
            promise_at=verdict.promise,
            lapses_at=verdict.until,
        )
    )
    work.jobs.add("hold.lapse", message.case, message.id, verdict.until)
    return work.messages.move(message, _after(message, Move.HOLD), due_at=verdict.until)


_MAKE: dict[Move, Callable[[Message, Verdict, Work, datetime], Message]] = {
    Move.DELIVER: _deliver,
    Move.QUEUE: _queue,
    Move.HOLD: _hold,
}


# ---------- release, return, withdraw, lapse ----------


def carry_out(case: str, message_id: str, *, work: Work, clock: Clock) -> None:
    """Release or return a held message as its mediator decided 30 seconds ago."""
    with work:
        message = work.messages.get(case, message_id)
        if message.state is not State.HELD:
            return
        hold = work.holds.get(case, message_id)
        if hold.decision is None or hold.effective_at is None or clock() < hold.effective_at:
            return
        _end_hold(message, work)
        if hold.decision is Decision.RETURN:
            _return(message, hold, work, clock())
        else:
            _release(message, hold, work, clock())


def _release(message: Message, hold: Hold, work: Work, now: datetime) -> None:
    """Deliver in the terms' hours, so that the time of delivery tells no tale (S4)."""
    folded = hold.decision is Decision.FOLD
    work.logs.desk(message.case).append(
        "message.released", hold.decided_by or "", now, message=message.id, folded=folded
    )
    terms = work.terms.in_force(message.case, now)
    opens = next_opening(terms, replace(_standing(message, work, now), accepted_today=0))
    if opens > now:
        _queue(message, Verdict(Move.QUEUE, until=opens, folded=folded), work, now)
    else:
        _deliver(message, Verdict(Move.RELEASE, folded=folded), work, now)


def _return(message: Message, hold: Hold, work: Work, now: datetime) -> None:
    """Give the message back to its writer with the mediator's note; nobody else learns of it."""
    work.messages.move(message, _after(message, Move.RETURN), due_at=None, note=hold.note)
    for log in (_own_log(message, work), work.logs.desk(message.case)):
        log.append("message.returned", "mediator", now, message=message.id)
    work.outbox.tell(message.case, message.author, "returned", now, message=message.id)


def withdraw(case: str, author: str, message_id: str, *, work: Work, clock: Clock) -> None:
    """Take back a message that is queued or held; its writer's log keeps that it was there.

    Raises:
        TooLate: it has been delivered, returned or withdrawn.

    """
    with work:
        message = _own(case, author, message_id, work)
        state = _after(message, Move.WITHDRAW)
        work.jobs.drop("message.deliver", case, message_id)
        if message.state is State.HELD:
            _end_hold(message, work)
            work.logs.desk(case).append("message.withdrawn", author, clock(), message=message_id)
        work.messages.move(message, state, due_at=None)
        _own_log(message, work).append("message.withdrawn", author, clock(), message=message_id)


def lapse(case: str, message_id: str, *, work: Work, clock: Clock) -> None:
    """End a hold that nobody decided in time: the message is delivered folded (S25)."""
    with work:
        message = work.messages.get(case, message_id)
        if message.state is not State.HELD or clock() < work.holds.get(case, message_id).lapses_at:
            return
        _end_hold(message, work)
        work.logs.desk(case).append("message.lapsed", "broker", clock(), message=message_id)
        _deliver(message, Verdict(Move.LAPSE, folded=True), work, clock())


def _end_hold(message: Message, work: Work) -> None:
    work.holds.drop(message.case, message.id)
    for kind in ("hold.lapse", "hold.carry_out"):
        work.jobs.drop(kind, message.case, message.id)


# ---------- shared by the moves ----------


def _after(message: Message, move: Move) -> State:
    """Return the state that follows, as the table of moves says; refuse every other move."""
    state = MOVES.get((message.state, move))
    if state is None:
        raise TooLate
    return state


def _own(case: str, author: str, message_id: str, work: Work) -> Message:
    message = work.messages.get(case, message_id)
    if message.author != author:
        raise NotHere
    return message


def _own_log(message: Message, work: Work) -> Log:
    return work.logs.member(message.case, message.author)
