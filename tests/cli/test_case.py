"""Opening a case from a terminal, its codes, terms and readers, and bringing a thread in."""

import json
import re
from pathlib import Path

import pytest

from broker import accounts
from broker.domain.people import Role
from tests.cli.conftest import Run
from tests.world import PASSWORD, World

CODE = re.compile(r"^([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})  (\w+): (.+) \(place (\w+)\)$", re.M)
OPEN = ("case", "open", "--about", "pet", "--parent", "Anna", "--parent", "Ben")


def code_of(world: World, case: str) -> str:
    with world.work().reading() as work:
        return work.people.case(case).code


def notices(world: World, case: str, member: str) -> list[str]:
    with world.work().reading() as work:
        return [notice.kind for notice in work.outbox.of(case, member)]


def thread_file(folder: Path, **changes: object) -> Path:
    thread = {
        "subject": "Autumn", "topic": "school", "time_zone": "Europe/London",
        "parties": [{"id": "a", "display": "A."}, {"id": "b", "display": "B."}],
        "messages": [
            {"n": 1, "from": "a", "at": "2025-11-01T10:00:00+00:00", "text": "Book bag?"},
            {"n": 2, "from": "b", "at": "2025-11-01T10:05:00+00:00", "text": "Yes.", "reply_to": 1},
        ],
        **changes,
    }  # fmt: skip
    path = folder / "threads.jsonl"
    path.write_text(json.dumps(thread) + "\n", encoding="utf-8")
    return path


def test_a_case_is_opened_with_a_code_for_each_place(world: World, run: Run) -> None:
    told = run(*OPEN, "--mediator", "Ruth", "--reader", "J. Okafor", "--hold", "high")
    assert told.exit_code == 0, told.output
    places = CODE.findall(told.output)
    assert [(role, name) for _, role, name, _ in places] == [
        ("parent", "Anna"), ("parent", "Ben"), ("mediator", "Ruth"), ("reader", "J. Okafor"),
    ]  # fmt: skip
    member = accounts.join(
        places[0][0],
        "anna",
        PASSWORD,
        "net",
        work=world.work(),
        hasher=world.hasher,
        clock=world.clock,
    )
    assert (member.role, member.name, member.id) == (Role.PARENT, "Anna", places[0][3])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--hold", "high"), "only in a case with a mediator"),
        (("--zone", "Atlantis/Main"), "zone cannot be Atlantis/Main"),
        (("--parent", "Carl"), "people cannot be"),
    ],
)
def test_a_case_that_cannot_be_is_refused_in_a_sentence(
    run: Run, words: tuple[str, ...], sentence: str
) -> None:
    told = run(*OPEN, *words)
    assert told.exit_code == 1
    assert sentence in told.stderr
    assert "Traceback" not in told.output
    assert run("case", "list").output == ""


def test_a_new_code_replaces_the_old_one(world: World, run: Run) -> None:
    old = CODE.findall(run(*OPEN).output)[0]
    case = run("case", "list").output[:4]
    new = CODE.findall(run("case", "code", case, "anna").output)[0]
    assert new[3] == old[3]
    with world.work().reading() as work:
        assert work.people.place_of_code(old[0], world.clock()) is None
        assert work.people.place_of_code(new[0], world.clock()) is not None


def test_a_filled_place_gets_no_new_code(world: World, run: Run) -> None:
    family = world.family()
    told = run("case", "code", family.case, "Anna")
    assert (told.exit_code, "has joined already" in told.stderr) == (1, True)


def test_new_terms_change_what_is_named_and_keep_the_rest(world: World, run: Run) -> None:
    family = world.family()
    told = run("case", "terms", code_of(world, family.case), "--hold", "low", "--opens", "08:00",
               "--closes", "20:00", "--per-day", "6")  # fmt: skip
    assert told.exit_code == 0, told.output
    with world.work().reading() as work:
        first, second = work.terms.all(family.case)
    assert (second.modes["low"], second.modes["high"]) == ("hold", "advise")
    assert (second.opens.hour, second.closes.hour, second.per_day) == (8, 20, 6)
    assert (second.length, second.hold_hours) == (first.length, first.hold_hours)
    assert "terms_set" in notices(world, family.case, family.anna.id)
    run("case", "terms", family.case, "--hold-nothing")
    with world.work().reading() as work:
        assert not work.terms.all(family.case)[-1].holds


def test_a_reader_is_let_in_until_the_end_of_a_day_in_the_zone(world: World, run: Run) -> None:
    family = world.family()
    told = run("case", "reader", family.case, "P. Quill", "--until", "2026-12-24")
    assert CODE.findall(told.output)[0][1:3] == ("reader", "P. Quill")
    with world.work().reading() as work:
        found = work.people.members(family.case)[-1]
    assert found.until is not None
    assert found.until.isoformat() == "2026-12-25T00:00:00+00:00"
    assert "reader_added" in notices(world, family.case, family.ben.id)
    assert run("case", "reader", family.case, "X", "--until", "2026-11-22").exit_code == 1


def test_a_thread_is_brought_in_by_a_mediator_who_signs_in(
    world: World, run: Run, tmp_path: Path
) -> None:
    family, file = world.family(), thread_file(tmp_path)
    words = ("case", "import", str(file), "--case", family.case, "--as", "a=Anna", "--as", "b=Ben")
    assert run(*words, typed=("mediator", "a wrong password")).exit_code == 1
    assert run(*words, typed=("anna", PASSWORD)).exit_code == 1
    told = run(*words, typed=("mediator", PASSWORD))
    assert told.exit_code == 0, told.output
    assert PASSWORD not in told.output
    with world.work().reading() as work:
        entries = [entry.fields for entry in work.logs.case(family.case).entries()]
        kept = list(work.messages.all_delivered(family.case))
    imported = [entry for entry in entries if entry["type"] == "message.imported"]
    assert [entry["actor"] for entry in imported] == [family.mediator.id] * 2
    assert [entry["meta"]["claimed_author"] for entry in imported] == [
        family.anna.id, family.ben.id,
    ]  # fmt: skip
    assert imported[0]["at"] != imported[0]["meta"]["claimed_at"]
    assert kept[1].reply_to == kept[0].id
    for parent in (family.anna, family.ben):
        assert "imported" in notices(world, family.case, parent.id)


REFUSED = {
    "a party nobody claims": ({}, ("a=Anna",), "Say who these are, with --as: b"),
    "a place that is not there": ({}, ("a=Anna", "b=Nobody"), "no single place Nobody"),
    "a place that is no parent's": ({}, ("a=Anna", "b=Ruth Calder"), "not yours"),
    "a file that is not one": ({"messages": 7}, ("a=Anna", "b=Ben"), "Line 1 of the file"),
}


@pytest.mark.parametrize(("changes", "claims", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_an_import_that_cannot_be_leaves_nothing_behind(
    world: World, run: Run, tmp_path: Path,
    changes: dict[str, object], claims: tuple[str, ...], sentence: str,
) -> None:  # fmt: skip
    family, file = world.family(), thread_file(tmp_path, **changes)
    named = [word for claim in claims for word in ("--as", claim)]
    told = run("case", "import", str(file), "--case", family.case, *named, "--by", "mediator")
    assert told.exit_code == 1
    assert sentence in told.stderr
    with world.work().reading() as work:
        assert list(work.messages.all_delivered(family.case)) == []


def test_bytes_that_are_no_text_are_refused_with_their_line(
    world: World, run: Run, tmp_path: Path
) -> None:
    family, file = world.family(), thread_file(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"Yes.", b"\xff\xfe"))
    told = run("case", "import", str(file), "--case", family.case, "--as", "a=Anna",
               "--as", "b=Ben", "--by", "mediator")  # fmt: skip
    assert (told.exit_code, "Line 1 of the file" in told.stderr) == (1, True)


def test_a_parent_cannot_act_for_the_mediator(world: World, run: Run) -> None:
    family = world.family()
    told = run("case", "terms", family.case, "--hold-nothing", "--by", "anna")
    assert (told.exit_code, "may not do this" in told.stderr) == (1, True)


def test_an_unknown_case_is_a_sentence(run: Run) -> None:
    told = run("case", "terms", "ZZZZ", "--per-day", "3")
    assert (told.exit_code, "There is no case ZZZZ" in told.stderr) == (1, True)
