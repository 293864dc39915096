"""The life of a message until it is delivered or queued, told from outside, one sentence a test."""

from datetime import time, timedelta
from threading import Barrier, Thread

import pytest

from broker.domain.errors import (
    BrokerError,
    CaseNotOpen,
    KeyReused,
    NotHere,
    TakenBack,
    TextTooLong,
    TooLate,
)
from broker.domain.message import State
from broker.domain.policy import Terms
from broker.store.tables import cases
from tests.story import HOSTILE, kept, types, undo, withdraw
from tests.world import HOLDING, START, World


def test_a_message_waits_for_its_undo_time_and_is_then_delivered_with_a_number(
    world: World,
) -> None:
    family = world.family()
    receipt = world.submit(family.anna, "Handover is on Friday.")
    assert receipt.undo_until == START + timedelta(seconds=30)
    world.clock.turn(seconds=29)
    world.run_due()
    assert kept(world, family, receipt.message).state is State.PENDING
    world.clock.turn(seconds=1)
    world.run_due()
    message = kept(world, family, receipt.message)
    assert (message.state, message.number) == (State.DELIVERED, 1)
    assert types(world, family)[-1] == "message.delivered"
    assert types(world, family, family.anna)[-1] == "message.accepted"


def test_the_same_commitment_stands_in_the_writers_log_and_in_the_case_log(world: World) -> None:
    family = world.family()
    message = kept(world, family, world.send(family.anna, "Handover is on Friday."))
    with world.work().reading() as work:
        mine = work.logs.member(family.case, family.anna.id).entries()[-1]
        shared = work.logs.case(family.case).entries()[-1]
    assert mine.fields["body_commit"] == shared.fields["body_commit"] == message.commitment.hex()


def test_an_undone_message_comes_back_to_its_writer_and_leaves_no_entry(world: World) -> None:
    family = world.family()
    before = types(world, family, family.anna), types(world, family, desk=True)
    message = world.submit(family.anna, "Words I regret.").message
    assert undo(world, family.anna, message).text == "Words I regret."
    world.clock.turn(minutes=5)
    world.run_due()
    with pytest.raises(NotHere):
        kept(world, family, message)
    assert (types(world, family, family.anna), types(world, family, desk=True)) == before


def test_undo_is_too_late_from_the_second_that_was_promised(world: World) -> None:
    family = world.family()
    message = world.submit(family.anna, "Words.").message
    world.clock.turn(seconds=30)
    with pytest.raises(TooLate):
        undo(world, family.anna, message)


def test_nobody_else_can_undo_or_withdraw_a_message(world: World) -> None:
    family = world.family()
    message = world.submit(family.anna, "Words.").message
    for member in (family.ben, family.mediator):
        for act in (undo, withdraw):
            with pytest.raises(NotHere):
                act(world, member, message)


def test_a_double_press_sends_one_message_and_gives_the_same_receipt(world: World) -> None:
    family = world.family()
    first = world.submit(family.anna, "Words.", key="one-form")
    assert world.submit(family.anna, "Words.", key="one-form") == first
    world.clock.turn(seconds=31)
    world.run_due()
    assert world.submit(family.anna, "Words.", key="one-form") == first
    assert types(world, family).count("message.delivered") == 1


def test_other_words_under_the_same_form_are_refused(world: World) -> None:
    family = world.family()
    world.submit(family.anna, "Words.", key="one-form")
    with pytest.raises(KeyReused):
        world.submit(family.anna, "Other words.", key="one-form")


def test_a_form_whose_message_was_taken_back_sends_nothing_when_it_is_replayed(
    world: World,
) -> None:
    family = world.family()
    undo(world, family.anna, world.submit(family.anna, "Words.", key="one-form").message)
    with pytest.raises(TakenBack):
        world.submit(family.anna, "Words.", key="one-form")


def test_two_people_may_use_the_same_form_key(world: World) -> None:
    family = world.family()
    first = world.submit(family.anna, "Words.", key="one-form")
    assert world.submit(family.ben, "Words.", key="one-form").message != first.message


def test_twenty_presses_at_once_send_one_message(world: World) -> None:
    family, gate = world.family(), Barrier(8)
    receipts: list[object] = []

    def press() -> None:
        gate.wait()
        receipts.append(world.submit(family.anna, "Words.", key="one-form"))

    threads = [Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 8
    assert len(set(receipts)) == 1


@pytest.mark.parametrize(
    "text",
    ["", "  \n", "a\x00b", "\ud800", "x" * 8_001, "x" * 2_001],
    ids=["empty", "blank", "NUL", "surrogate", "over the hard limit", "over the terms"],
)
def test_a_text_that_cannot_be_taken_is_refused_with_a_sentence_and_leaves_nothing(
    world: World, text: str
) -> None:
    family = world.family()
    with pytest.raises(BrokerError) as refusal:
        world.submit(family.anna, text)
    assert refusal.value.status == 422
    with world.work().reading() as work:
        assert work.messages.own(family.case, family.anna.id, tuple(State)) == []


@pytest.mark.parametrize("text", ["\u202eevil", "😀" * 1_999, "e\u0301" * 500, "\ufeff bom"])
def test_strange_but_readable_text_arrives_byte_for_byte(world: World, text: str) -> None:
    family = world.family()
    assert kept(world, family, world.send(family.anna, text)).text == text


def test_s10_an_urgent_message_may_be_longer_than_the_terms_say(world: World) -> None:
    family = world.family()
    world.submit(family.anna, "!!threat " + "x" * 3_000)
    with pytest.raises(TextTooLong):
        world.submit(family.anna, "x" * 3_000)


def test_s10_an_urgent_message_is_delivered_at_once_and_the_mediator_is_told(world: World) -> None:
    family = world.family(Terms(modes=HOLDING.modes, opens=time(20), closes=time(21), per_day=1))
    message = kept(world, family, world.submit(family.anna, "!!threat").message)
    assert (message.state, message.folded) == (State.DELIVERED, False)
    with world.work().reading() as work:
        told = work.outbox.of(family.case, family.mediator.id)
    assert [(notice.kind, notice.about["message"]) for notice in told] == [("urgent", message.id)]
    with pytest.raises(TooLate):
        undo(world, family.anna, message.id)


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_nothing_is_sent_in_a_case_that_is_not_open(world: World, state: str) -> None:
    family = world.family()
    with world.engine.begin() as connection:
        connection.execute(cases.update().values(state=state))
    with pytest.raises(CaseNotOpen):
        world.submit(family.anna, "Words.")


@pytest.mark.parametrize("forged", [{"thread": "nothing"}, {"reply_to": "nothing"}, {"topic": "x"}])
def test_forged_ids_are_not_here(world: World, forged: dict[str, str]) -> None:
    family = world.family()
    with pytest.raises(NotHere):
        world.submit(family.anna, "Words.", **forged)


def test_ids_of_another_case_are_not_here(world: World) -> None:
    one, other = world.family(), world.family(tag="2")
    thread = kept(world, other, world.send(other.anna, "Words.")).thread
    with pytest.raises(NotHere):
        world.submit(one.anna, "Words.", thread=thread)


def test_a_held_message_of_the_other_parent_cannot_be_answered(world: World) -> None:
    family = world.family()
    held = kept(world, family, world.send(family.anna, HOSTILE))
    with pytest.raises(NotHere):
        world.submit(family.ben, "Words.", thread=held.thread, reply_to=held.id)


# ---------- queue ----------


def test_s11_a_message_outside_the_hours_waits_and_is_delivered_when_they_open(
    world: World,
) -> None:
    family = world.family(Terms(opens=time(12), closes=time(20)))
    message = world.send(family.anna, "Words.")
    queued = kept(world, family, message)
    assert (queued.state, queued.due_at) == (State.QUEUED, START.replace(hour=12))
    world.clock.turn(hours=3)
    world.run_due()
    assert kept(world, family, message).state is State.DELIVERED


def test_s11_a_flood_arrives_as_the_terms_count_and_none_is_lost(
    world: World,
) -> None:
    family = world.family(Terms(per_day=20))
    for number in range(120):
        world.submit(family.anna, f"Message {number}")
    world.clock.turn(seconds=31)
    world.run_due()
    delivered = []
    for _ in range(7):
        with world.work().reading() as work:
            delivered.append(len(list(work.messages.all_delivered(family.case))))
        world.clock.turn(days=1)
        world.run_due()
    assert delivered == [20, 40, 60, 80, 100, 120, 120]


def test_a_queued_message_can_be_withdrawn_and_never_arrives(world: World) -> None:
    family = world.family(Terms(opens=time(12), closes=time(20)))
    message = world.send(family.anna, "Words.")
    withdraw(world, family.anna, message)
    world.clock.turn(days=1)
    world.run_due()
    assert kept(world, family, message).state is State.WITHDRAWN
    assert "message.delivered" not in types(world, family)
