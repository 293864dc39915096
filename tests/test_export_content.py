"""What stands in a record, and that both parents get the same message pages."""

import json

from broker import desk, imports
from broker.domain.message import Decision
from broker.record.machine import content_hash, machine_record
from tests.asking import gathered, made, thread_of
from tests.world import World


def test_both_parents_records_of_one_thread_have_equal_message_pages(world: World) -> None:
    family = world.family()
    first = world.send(family.anna, "Can you collect on Friday?", topic="handover")
    world.clock.turn(hours=1)
    world.send(family.ben, "Yes, at 17:30.", thread=thread_of(world, family), reply_to=first)
    names = {family.anna.id: "Anna Maria Holt", family.ben.id: "Benedict Venn"}
    annas = gathered(
        world, family.anna, thread=thread_of(world, family), own_events=True, names=names
    )
    bens = gathered(world, family.ben, thread=thread_of(world, family), purpose="self")
    assert annas.threads == bens.threads
    assert content_hash(annas) == content_hash(bens)
    assert [m.ref for m in annas.messages()] == ["T1-1", "T1-2"]
    assert [m.reply_ref for m in annas.messages()] == [None, "T1-1"]


def test_names_typed_for_a_record_stand_on_its_cover_alone(world: World) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    record = gathered(world, family.anna, names={family.ben.id: "  Benedict   Venn "})
    assert [party.name for party in record.parties] == ["Anna", "Benedict Venn"]
    assert {message.to for message in record.messages()} == {"Ben"}


def test_messages_that_were_not_delivered_are_in_nobodys_record(world: World) -> None:
    family = world.family()
    world.send(family.anna, "A delivered message.")
    world.send(family.anna, "canary-held [[you]]")
    returned = world.send(family.anna, "canary-returned [[you]]")
    desk.take_decision(
        family.case, returned, family.mediator.id, Decision.RETURN, reason="r", note="n",
        work=world.work(), assess=world.assess, clock=world.clock,
    )  # fmt: skip
    world.clock.turn(seconds=31)
    world.run_due()
    world.submit(family.anna, "canary-pending")
    for member in (family.anna, family.ben, family.mediator, family.reader):
        record = gathered(world, member, own_events=True)
        assert [m.text for m in record.messages()] == ["A delivered message."]
        assert b"canary" not in machine_record(record)


def test_the_message_pages_never_tell_when_a_message_was_accepted(world: World) -> None:
    family = world.family()
    message = world.send(family.anna, "Held a while. [[you]]")
    world.clock.turn(hours=3)
    desk.take_decision(
        family.case, message, family.mediator.id, Decision.RELEASE, reason="", note="",
        work=world.work(), assess=world.assess, clock=world.clock,
    )  # fmt: skip
    world.clock.turn(seconds=31)
    world.run_due()
    for member in (family.anna, family.ben, family.mediator):
        record = gathered(world, member, own_events=True)
        assert [m.accepted_at for m in record.messages()] == [None]
    said = [e.sentence for e in gathered(world, family.ben, own_events=True).events]
    assert not any(line.startswith(("Message", "Another message")) for line in said)


def test_what_happened_to_own_messages_stands_in_the_own_record_only_where_asked(
    world: World,
) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    asked = gathered(world, family.anna, own_events=True)
    assert "Message T1-1 of Anna was accepted." in [e.sentence for e in asked.events]
    assert len(asked.heads) == 2
    for record in (
        gathered(world, family.anna),
        gathered(world, family.ben, own_events=True),
        gathered(world, family.mediator, own_events=True),
    ):
        assert "accepted" not in " ".join(event.sentence for event in record.events)
        assert not any("message.accepted" in entry.text for entry in record.entries)
    assert len(gathered(world, family.anna).heads) == 1


def test_first_views_and_records_are_in_no_record(world: World) -> None:
    family = world.family()
    message = world.send(family.ben, "Can you collect on Friday?")
    with world.work() as work:
        work.logs.member(family.case, family.anna.id).append(
            "message.first_viewed", family.anna.id, world.clock(), message=message
        )
    made(world, family.anna)
    data = machine_record(gathered(world, family.anna, own_events=True))
    assert b"first_viewed" not in data
    assert b"record.made" not in data


def test_the_annex_tells_terms_joining_and_shared_grants(world: World) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    said = [event.sentence for event in gathered(world, family.ben).events]
    assert said[0].startswith("The case was opened. It is about the children.")
    assert any(
        line.startswith("Terms, version 1, in force from") and "held for a mediator" in line
        for line in said
    )
    assert "Anna joined the case (parent)." in said


def test_a_record_of_one_thread_holds_that_thread_and_says_that_there_are_others(
    world: World,
) -> None:
    family = world.family()
    world.send(family.anna, "About the handover.", topic="handover")
    world.send(family.anna, "About money.", topic="money")
    one = gathered(world, family.ben, thread=thread_of(world, family, 2))
    assert [thread.ref for thread in one.threads] == ["T2"]
    assert one.about.endswith("This record holds thread T2 only; the case has 2 threads.")
    other = thread_of(world, family, 1)
    assert not any(other in entry.text for entry in one.entries)
    whole = gathered(world, family.ben)
    assert [thread.ref for thread in whole.threads] == ["T1", "T2"]
    assert "only" not in whole.about


def test_imported_messages_are_numbered_apart_with_the_files_claim(world: World) -> None:
    family = world.family()
    line = json.dumps({
        "subject": "Old letters", "topic": "other", "time_zone": "Europe/London",
        "parties": [{"id": "p1", "display": "A"}, {"id": "p2", "display": "B"}],
        "messages": [{"n": 1, "from": "p1", "at": "2025-03-14T10:05:00+00:00", "text": "Hello."}],
    })  # fmt: skip
    thread = imports.read_file([line])[0]
    imports.bring_in(
        family.case, thread, {"p1": family.anna.id, "p2": family.ben.id}, family.mediator.id,
        work=world.work(), assess=world.assess, clock=world.clock,
    )  # fmt: skip
    record = gathered(world, family.ben)
    (message,) = record.messages()
    assert message.ref == "T1-i1"
    assert message.imported is not None
    assert (record.threads[0].first, record.threads[0].delivered) == (0, 0)
    assert "1 message was imported from a file into thread T1." in [
        event.sentence for event in record.events
    ]


def test_a_counsellors_copy_carries_no_logs(world: World) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    record = gathered(world, family.anna, purpose="counsellor", own_events=True)
    assert (record.heads, record.entries) == ((), ())
