"""Holding a message, and how a hold ends: decided, withdrawn, lapsed."""

from datetime import time
from threading import Barrier, Thread

import pytest

from broker import desk
from broker.domain.errors import (
    AlreadyDecided,
    BrokerError,
    NoteNeeded,
    NoteRefused,
    NoteUnchecked,
    NotHere,
    ReasonNeeded,
    TooLate,
)
from broker.domain.message import Decision, State
from broker.domain.policy import HOLD, Terms
from broker.reading import today, whole
from tests.story import HOSTILE, decide, kept, types, withdraw
from tests.world import HOLDING, START, World


def test_a_hostile_message_is_held_and_the_other_parent_meets_nothing_of_it(world: World) -> None:
    family = world.family()
    before = types(world, family), today(family.ben, work=world.work(), clock=world.clock)
    message = world.send(family.anna, HOSTILE)
    assert kept(world, family, message).state is State.HELD
    after = types(world, family), today(family.ben, work=world.work(), clock=world.clock)
    assert after == before
    with pytest.raises(NotHere):
        whole(family.ben, message, work=world.work(), clock=world.clock)


@pytest.mark.parametrize(("decision", "folded"), [(Decision.RELEASE, False), (Decision.FOLD, True)])
def test_a_decision_takes_effect_after_thirty_seconds(
    world: World, decision: Decision, folded: bool
) -> None:
    family = world.family()
    message = world.send(family.anna, HOSTILE)
    decide(world, family, message, decision)
    world.clock.turn(seconds=29)
    world.run_due()
    assert kept(world, family, message).state is State.HELD
    world.clock.turn(seconds=1)
    world.run_due()
    delivered = kept(world, family, message)
    assert (delivered.state, delivered.folded) == (State.DELIVERED, folded)


def test_a_decision_can_be_undone_by_the_one_who_made_it_until_it_takes_effect(
    world: World,
) -> None:
    family = world.family()
    message = world.send(family.anna, HOSTILE)
    decide(world, family, message, Decision.RELEASE)
    args = family.case, message
    with pytest.raises(TooLate):
        desk.undo_decision(*args, family.anna.id, work=world.work(), clock=world.clock)
    desk.undo_decision(*args, family.mediator.id, work=world.work(), clock=world.clock)
    world.clock.turn(minutes=5)
    world.run_due()
    assert kept(world, family, message).state is State.HELD
    decide(world, family, message, Decision.FOLD)
    world.clock.turn(seconds=30)
    with pytest.raises(TooLate):
        desk.undo_decision(*args, family.mediator.id, work=world.work(), clock=world.clock)


def test_a_returned_message_carries_its_note_to_the_writer_alone(world: World) -> None:
    family = world.family()
    message = world.send(family.anna, HOSTILE)
    decide(world, family, message, Decision.RETURN, note="Please leave the first sentence out.")
    world.clock.turn(seconds=30)
    world.run_due()
    assert kept(world, family, message).state is State.RETURNED
    with world.work().reading() as work:
        assert work.messages.note(family.case, message) == "Please leave the first sentence out."
        assert [n.kind for n in work.outbox.of(family.case, family.anna.id)] == ["returned"]
        assert work.outbox.of(family.case, family.ben.id) == []


@pytest.mark.parametrize(
    ("decision", "words", "refusal"),
    [
        (Decision.FOLD, {"reason": " "}, ReasonNeeded),
        (Decision.RETURN, {"reason": ""}, ReasonNeeded),
        (Decision.RETURN, {"note": ""}, NoteNeeded),
        (Decision.RETURN, {"note": "[[you fool]]"}, NoteRefused),
        (Decision.RETURN, {"note": "!!broken"}, NoteUnchecked),
    ],
)
def test_a_decision_without_its_words_is_refused(
    world: World, decision: Decision, words: dict[str, str], refusal: type[BrokerError]
) -> None:
    family = world.family()
    message = world.send(family.anna, HOSTILE)
    with pytest.raises(refusal):
        decide(world, family, message, decision, **words)
    assert "decision.made" not in types(world, family, desk=True)


def test_delivering_as_it_is_needs_no_reason(world: World) -> None:
    family = world.family()
    decide(world, family, world.send(family.anna, HOSTILE), Decision.RELEASE, reason="", note="")


def test_only_a_mediator_of_the_case_decides(world: World) -> None:
    family, other = world.family(), world.family(tag="2")
    message = world.send(family.anna, HOSTILE)
    for member in (family.anna, family.ben, family.reader, other.mediator):
        with pytest.raises(NotHere):
            decide(world, family, message, Decision.RELEASE, mediator=member.id)


def test_a_second_decision_gets_a_clear_sentence_and_changes_nothing(world: World) -> None:
    family = world.family()
    message = world.send(family.anna, HOSTILE)
    decide(world, family, message, Decision.FOLD)
    with pytest.raises(AlreadyDecided):
        decide(world, family, message, Decision.RELEASE)


def test_a_writer_who_withdraws_in_between_wins_and_the_mediator_is_told(world: World) -> None:
    family = world.family()
    message = world.send(family.anna, HOSTILE)
    decide(world, family, message, Decision.RELEASE)
    withdraw(world, family.anna, message)
    world.clock.turn(minutes=1)
    world.run_due()
    assert kept(world, family, message).state is State.WITHDRAWN
    with pytest.raises(AlreadyDecided):
        decide(world, family, message, Decision.FOLD)


def test_s25_a_hold_lapses_two_hours_before_its_arrangement_and_is_delivered_folded(
    world: World,
) -> None:
    family = world.family()
    message = world.send(family.anna, HOSTILE + " !!at 2026-11-23T15:00")
    world.clock.now = START.replace(hour=12, minute=59)
    world.run_due()
    assert kept(world, family, message).state is State.HELD
    world.clock.now = START.replace(hour=13)
    world.run_due()
    delivered = kept(world, family, message)
    assert (delivered.state, delivered.folded) == (State.DELIVERED, True)


def test_a_hold_that_nobody_decides_lapses_by_its_limit(world: World) -> None:
    family = world.family()
    message = world.send(family.anna, HOSTILE)
    world.clock.turn(hours=24)
    world.run_due()
    assert kept(world, family, message).folded
    assert types(world, family, desk=True)[-1] == "message.lapsed"


def test_s4_a_release_outside_the_hours_waits_for_them_so_that_the_hour_tells_no_tale(
    world: World,
) -> None:
    family = world.family(Terms(modes=HOLDING.modes, opens=time(8), closes=time(20)))
    message = world.send(family.anna, HOSTILE)
    world.clock.now = START.replace(hour=21)
    decide(world, family, message, Decision.FOLD)
    world.clock.turn(seconds=30)
    world.run_due()
    queued = kept(world, family, message)
    assert (queued.state, queued.folded) == (State.QUEUED, True)
    world.clock.now = START.replace(day=24, hour=8)
    world.run_due()
    delivered = kept(world, family, message)
    assert (delivered.state, delivered.folded) == (State.DELIVERED, True)


def test_s24_a_message_that_was_not_checked_is_delivered_folded(world: World) -> None:
    family = world.family()
    message = kept(world, family, world.send(family.anna, "!!broken"))
    assert (message.state, message.folded) == (State.DELIVERED, True)


def test_opening_a_held_message_stands_in_the_desk_log(world: World) -> None:
    family = world.family()
    message = world.send(family.anna, HOSTILE)
    opened, hold = desk.open_held(
        family.case, message, family.mediator.id, work=world.work(), clock=world.clock
    )
    assert (opened.text, hold.why) == (HOSTILE, "severity_high")
    assert types(world, family, desk=True)[-1] == "message.opened"


def test_s6_a_first_view_stands_once_in_the_readers_own_log(world: World) -> None:
    family = world.family()
    message = world.send(family.anna, "Words.")
    for _ in range(3):
        whole(family.ben, message, work=world.work(), clock=world.clock)
    assert types(world, family, family.ben).count("message.first_viewed") == 1
    assert "message.first_viewed" not in types(world, family)
    assert "message.first_viewed" not in types(world, family, family.anna)


def test_two_mediators_deciding_at_once_make_one_delivery(world: World) -> None:
    family, gate = world.family(), Barrier(4)
    message = world.send(family.anna, HOSTILE)
    outcomes: list[object] = []

    def press(decision: Decision) -> None:
        gate.wait()
        try:
            outcomes.append(decide(world, family, message, decision).decision)
        except AlreadyDecided:
            outcomes.append(None)

    threads = [Thread(target=press, args=(d,)) for d in (*Decision, Decision.FOLD)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([outcome for outcome in outcomes if outcome]) == 1
    assert types(world, family, desk=True).count("decision.made") == 1


def test_terms_that_hold_everything_hold_a_plain_message_too(world: World) -> None:
    family = world.family(Terms(modes={**HOLDING.modes, "none": HOLD}))
    assert kept(world, family, world.send(family.anna, "Words.")).state is State.HELD
