"""A record is asked for, made, taken and gone."""

import io
import json
import subprocess
from typing import Any

import pikepdf
import pytest
from sqlalchemy import text

from broker import exports
from broker.domain.due import Export
from broker.domain.errors import NotHere, RecordUnderWay, SettingRefused, TextRefused
from broker.jobs import sweep
from broker.record import gather as gathering
from tests.asking import Sheet, ask, broken, made, parts_of, run, standing, thread_of
from tests.world import World

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
