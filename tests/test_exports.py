"""A record is asked for, made, taken and gone; both parents get the same message pages."""

import io
import json
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from sqlalchemy import text

from broker import desk, exports, imports
from broker.domain.due import Export
from broker.domain.errors import NotHere, RecordNotMade, RecordUnderWay, SettingRefused, TextRefused
from broker.domain.message import Decision
from broker.domain.people import Member
from broker.domain.policy import ADVISE, FOLD, Terms
from broker.exports import Wish
from broker.jobs import run_due, sweep
from broker.ports import Parts
from broker.record import gather as gathering
from broker.record.machine import content_hash, machine_record
from broker.record.value import Record
from broker.settings import Settings
from tests.world import MASTER, Family, World

OPEN_ALL = Terms(modes={"none": ADVISE, "low": ADVISE, "high": ADVISE, "not_assessed": FOLD})


class Sheet:
    """A file that costs nothing; the real one has a test below."""

    data, pages, sha256 = b"%PDF-1.7 nothing", 3, "ab" * 32


def plain(export: Export, **_: Any) -> Sheet:
    return Sheet()


def broken(why: str) -> Callable[..., Sheet]:
    def maker(export: Export, *, progress: Callable[[str, int], None], **_: Any) -> Sheet:
        progress("setting", 30)
        raise RecordNotMade(why=why)

    return maker


def parts_of(world: World) -> Parts:
    return Parts(
        Settings(Path("/nowhere"), "sqlite://", MASTER),
        world.work, world.assess, world.hasher, world.clock,
    )  # fmt: skip


def ask(world: World, member: Member, **wish: Any) -> Export:
    return exports.ask(
        member, Wish(**{"purpose": "court", **wish}), work=world.work(), clock=world.clock
    )


def run(world: World, maker: Callable[..., Any] = plain) -> None:
    run_due(parts_of(world), {"record.make": partial(exports.make, maker=maker)})


def made(world: World, member: Member, **wish: Any) -> Export:
    export = ask(world, member, **wish)
    run(world)
    return standing(world, export)


def standing(world: World, export: Export) -> Export:
    with world.work().reading() as work:
        return work.exports.any(export.case, export.id)


def gathered(world: World, member: Member, **wish: Any) -> Record:
    """Return the value of a record as the maker would gather it; nothing stays of the request."""
    export = ask(world, member, **wish)
    record = gathering.gather(export, work=world.work(), now=world.clock())
    run(world)
    return record


def thread_of(world: World, family: Family, number: int = 1) -> str:
    with world.work().reading() as work:
        return next(t.id for t in work.threads.of(family.case) if t.number == number)


# ---------- what both get ----------


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


# ---------- asking ----------


def test_one_record_at_a_time_is_made_for_a_member(world: World) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    ask(world, family.anna)
    with pytest.raises(RecordUnderWay):
        ask(world, family.anna)
    ask(world, family.ben)
    run(world)
    assert ask(world, family.anna).number == 2


def test_what_cannot_be_made_is_not_asked_for(world: World) -> None:
    family = world.family()
    other = world.family(tag="2")
    world.send(other.anna, "Of another case.")
    with pytest.raises(SettingRefused):
        ask(world, family.anna, purpose="everybody")
    with pytest.raises(SettingRefused):
        ask(world, family.anna, page_size="A3")
    with pytest.raises(TextRefused):
        ask(world, family.anna, names={family.anna.id: "x" * 121})
    with pytest.raises(TextRefused):
        ask(world, family.anna, names={family.anna.id: "a\x00b"})
    with pytest.raises(NotHere):
        ask(world, family.anna, thread=thread_of(world, other))


def test_names_typed_for_the_cover_are_sealed_and_gone_when_the_record_is_made(
    world: World,
) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    export = ask(world, family.anna, names={family.anna.id: "Canary Legalname"})
    with world.engine.connect() as connection:
        kept = connection.execute(text("SELECT asked FROM exports")).scalar_one()
    assert b"Canary" not in bytes(kept)
    run(world)
    with world.engine.connect() as connection:
        assert connection.execute(text("SELECT asked FROM exports")).scalar_one() is None
    with pytest.raises(NotHere), world.work().reading() as work:
        work.exports.asked(export)


# ---------- making ----------


def test_a_record_is_made_by_its_job_and_its_owners_log_alone_says_so(world: World) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    with world.work().reading() as work:
        before = [work.logs.case(family.case).head(), work.logs.desk(family.case).head(),
                  work.logs.member(family.case, family.ben.id).head()]  # fmt: skip
    export = made(world, family.anna)
    assert (export.state, export.pages, export.sha256) == ("ready", 3, "ab" * 32)
    assert exports.take(family.anna, export.id, work=world.work(), clock=world.clock)[1]
    with world.work().reading() as work:
        after = [work.logs.case(family.case).head(), work.logs.desk(family.case).head(),
                 work.logs.member(family.case, family.ben.id).head()]  # fmt: skip
        own = [e.fields["type"] for e in work.logs.member(family.case, family.anna.id).entries()]
    assert before == after
    assert own[-2:] == ["record.made", "record.taken"]


@pytest.mark.parametrize("why", ["memory", "time", "broken"])
def test_pages_that_cannot_be_set_end_in_a_failed_record_that_can_be_asked_again(
    world: World, why: str
) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    export = ask(world, family.anna)
    run(world, broken(why))
    assert (standing(world, export).state, standing(world, export).step) == (
        "failed", f"setting {why}",
    )  # fmt: skip
    exports.retry(family.anna, export.id, work=world.work(), clock=world.clock)
    run(world)
    assert standing(world, export).state == "ready"


def test_a_maker_that_crashes_ends_in_a_failed_record_and_is_not_hidden(world: World) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    export = ask(world, family.anna)

    def crash(export: Export, **_: Any) -> Sheet:
        raise RuntimeError("words of a message")

    with pytest.raises(RuntimeError):
        exports.make(export.case, export.id, work=world.work(), clock=world.clock, maker=crash)
    assert standing(world, export).state == "failed"


def test_a_record_whose_worker_died_is_made_by_the_next(world: World) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    export = ask(world, family.anna)

    class Killed(BaseException):
        pass

    def dies(export: Export, **_: Any) -> Sheet:
        raise Killed

    with pytest.raises(Killed):
        run(world, dies)
    assert standing(world, export).state == "working"
    world.clock.turn(minutes=10)
    run(world)
    assert standing(world, export).state == "ready"


# ---------- taking, and the end ----------


def test_nobody_takes_the_record_of_somebody_else(world: World) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    export = made(world, family.anna)
    for member in (family.ben, family.mediator, family.reader):
        with pytest.raises(NotHere):
            exports.take(member, export.id, work=world.work(), clock=world.clock)
        with pytest.raises(NotHere):
            exports.standing(member, export.id, work=world.work(), clock=world.clock)
        assert exports.index(member, work=world.work(), clock=world.clock) == []


def test_a_record_is_gone_with_its_key_after_seven_days(world: World) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    export = made(world, family.anna)
    world.clock.turn(days=7)
    with pytest.raises(NotHere):
        exports.take(family.anna, export.id, work=world.work(), clock=world.clock)
    sweep(parts_of(world), world.clock())
    assert standing(world, export).state == "expired"
    with world.engine.connect() as connection:
        owners = connection.execute(text("SELECT owner FROM keys")).scalars().all()
        assert export.id not in owners
        assert connection.execute(text("SELECT file FROM exports")).scalar_one() is None


def test_nothing_is_made_for_somebody_whose_place_has_ended(world: World) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday?")
    export = ask(world, family.reader)
    with world.engine.begin() as connection:
        connection.execute(
            text("UPDATE members SET until = :at WHERE member_id = :id"),
            {"at": "2026-11-23T09:00:01.000000Z", "id": family.reader.id},
        )
    run(world)
    assert standing(world, export).state == "waiting"


# ---------- the real thing, once ----------


def messages_of(data: bytes) -> tuple[list[Any], str]:
    """Return the messages of the embedded machine record, and the reference of the record."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        body = json.loads(pdf.attachments["record.json"].get_file().read_bytes())
    return body["record"]["threads"], body["record"]["record_id"]


def pages_of(data: bytes) -> list[str]:
    """Return the text of the message pages, without the foot that names the record."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True)
    assert done.returncode == 0, done.stderr
    pages = done.stdout.decode().split("\f")
    kept = [page.splitlines() for page in pages if "Delivered Monday" in page]
    return ["\n".join(x for x in page if not x.startswith("Record ")) for page in kept]


def test_a_real_record_opens_and_holds_the_same_messages_for_both(world: World) -> None:
    family = world.family()
    world.send(family.anna, "Can you collect on Friday? 🙂\nAt the school gate.", topic="handover")
    world.send(family.ben, "Yes.", topic="handover")
    found = []
    for member in (family.anna, family.ben):
        export = ask(world, member)
        steps: list[str] = []

        def maker(export: Export, steps: list[str] = steps, **told: Any) -> Any:
            progress = told.pop("progress")

            def tell(step: str, page: int) -> None:
                steps.append(step)
                progress(step, page)

            return gathering.make(export, progress=tell, **told)

        run(world, maker)
        ready, data = exports.take(member, export.id, work=world.work(), clock=world.clock)
        assert ready.name.startswith("record-2026-11-23-")
        assert (ready.pages or 0) >= 4
        assert steps[0] == "collecting"
        threads, reference = messages_of(data)
        assert reference == ready.reference
        found.append((threads, pages_of(data)))
    assert found[0] == found[1]
    assert "At the school gate." in " ".join(found[0][1])
