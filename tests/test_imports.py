"""Bringing in a thread from a file: the file's claims stay claims."""

import json
from datetime import UTC, datetime

import pytest

from broker import imports
from broker.domain.errors import FileRefused, NotHere
from broker.domain.ledger import verify
from broker.reading import thread_page
from tests.world import Family, World


def message(
    n: int, sender: str, at: str, text: str, reply_to: int | None = None
) -> dict[str, object]:
    return {"n": n, "from": sender, "at": at, "text": text, "reply_to": reply_to}


TOLD = {
    "subject": "Night shifts",
    "topic": "schedule",
    "time_zone": "Europe/London",
    "parties": [{"id": "a", "display": "Seun"}, {"id": "b", "display": "Harriet"}],
    "messages": [
        message(1, "a", "2025-10-26T01:52:00+01:00", "On my break."),
        message(2, "b", "2025-10-26T01:17:00+00:00", "[[Awake]], as it goes.", 1),
        message(3, "a", "2025-10-26T02:00:00+00:00", "!!threat"),
    ],
}


def bring_in(world: World, family: Family, **places: str) -> str:
    thread = imports.read_file([json.dumps(TOLD)])[0]
    return imports.bring_in(
        family.case,
        thread,
        places or {"a": family.anna.id, "b": family.ben.id},
        family.mediator.id,
        work=world.work(),
        assess=world.assess,
        clock=world.clock,
    )


def test_r4_an_imported_message_keeps_the_files_time_as_its_claim(world: World) -> None:
    family = world.family()
    thread = bring_in(world, family)
    page = thread_page(family.ben, thread, work=world.work(), clock=world.clock)
    assert [line.ref for line in page.lines] == ["T1-i3", "T1-i2", "T1-i1"]
    last = page.lines[1].message
    assert last.delivered_at == world.clock()
    assert last.claim is not None
    assert last.claim.at == datetime(2025, 10, 26, 1, 17, tzinfo=UTC)
    assert page.lines[1].reply_ref == "T1-i1"


def test_r4_the_entry_is_the_importers_and_names_what_the_file_claims(world: World) -> None:
    family = world.family()
    bring_in(world, family)
    with world.work().reading() as work:
        entries = work.logs.case(family.case).entries()
    assert verify(f"{family.case}/case", entries) == []
    entry = entries[-1].fields
    assert (entry["type"], entry["actor"]) == ("message.imported", family.mediator.id)
    assert entry["meta"]["claimed_at"] == "2025-10-26T02:00:00.000Z"
    assert entry["meta"]["claimed_author"] == family.anna.id


def test_both_parents_are_told_of_an_import(world: World) -> None:
    family = world.family()
    bring_in(world, family)
    with world.work().reading() as work:
        for parent in (family.anna, family.ben):
            assert [n.kind for n in work.outbox.of(family.case, parent.id)] == ["imported"]


def test_r4_an_import_takes_no_number_of_the_thread(world: World) -> None:
    family = world.family()
    thread = bring_in(world, family)
    world.send(family.anna, "Handover is on Friday.", thread=thread)
    page = thread_page(family.ben, thread, work=world.work(), clock=world.clock)
    assert page.lines[0].ref == "T1-1"


def test_a_party_without_a_parents_place_is_refused_and_nothing_is_imported(world: World) -> None:
    family = world.family()
    for places in ({"a": family.anna.id}, {"a": family.anna.id, "b": family.reader.id}):
        with pytest.raises(NotHere):
            bring_in(world, family, **places)
    with world.work().reading() as work:
        assert work.threads.of(family.case) == []


def with_message(at: str, text: str) -> str:
    return json.dumps({**TOLD, "messages": [message(1, "a", at, text)]})


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "TypeError"),
        ("{}", "KeyError"),
        (json.dumps({**TOLD, "messages": [message(1, "a", "2025-10-26T01:52:00", "x")]}), "offset"),
        (json.dumps({**TOLD, "messages": [message(1, "a", "soon", "x")]}), "ValueError"),
        (json.dumps({**TOLD, "messages": [message(1, "a", "2025-10-26T01:52Z", "")]}), "TextEmpty"),
        (
            json.dumps({**TOLD, "messages": [message(1, "a", "2025-10-26T01:52Z", "\ud800")]}),
            "U+D8",
        ),
        (json.dumps({**TOLD, "subject": "Old \ud800"}), "U+D8"),
        (json.dumps({**TOLD, "subject": "x" * 201}), "201 characters"),
        (json.dumps({**TOLD, "time_zone": "Atlantis/Main"}), "Atlantis"),
        (json.dumps({**TOLD, "parties": [{"id": "a", "display": "A\0"}]}), "U+0000"),
        (json.dumps({**TOLD, "parties": [{"id": "a", "display": "A"}]}), "b is no party"),
        ("[" * 100_000, "RecursionError"),
    ],
)
def test_a_file_that_cannot_be_read_names_the_line_and_the_reason(line: str, why: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        imports.read_file([json.dumps(TOLD), line])
    assert "Line 2" in str(refusal.value)
    assert why in str(refusal.value)


def test_a_topic_we_do_not_know_becomes_other_so_that_the_thread_can_be_answered(
    world: World,
) -> None:
    family = world.family()
    (told,) = imports.read_file([json.dumps({**TOLD, "topic": "weather"})])
    thread = imports.bring_in(
        family.case, told, {"a": family.anna.id, "b": family.ben.id}, family.mediator.id,
        work=world.work(), assess=world.assess, clock=world.clock,
    )  # fmt: skip
    with world.work().reading() as work:
        assert work.threads.get(family.case, thread).topic == "other"
