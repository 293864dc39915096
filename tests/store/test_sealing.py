"""What lies on disk: sealed, bound to its place, append-only, and refused to other cases."""

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from broker import journey
from broker.domain.errors import NotHere
from broker.store.columns import Box, Sealed
from broker.store.tables import bodies, drafts, keys, messages, metadata
from broker.store.vault import Vault
from tests.world import HOLDING, MASTER, World

CANARY = "canary-wren-7421"


def files_of(world: World) -> bytes:
    folder = Path(str(world.engine.url.database)).parent
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


def test_after_a_thousand_messages_no_word_of_a_body_lies_on_disk(world: World) -> None:
    family = world.family(HOLDING)
    for number in range(1_000):
        hostile = f"[[{CANARY}]] " if number % 7 == 0 else ""
        world.submit(
            family.anna if number % 2 else family.ben, f"{hostile}{CANARY} on Friday {number}"
        )
    world.clock.turn(seconds=31)
    world.run_due()
    world.engine.dispose()
    assert CANARY.encode() not in files_of(world)


def test_names_and_sign_in_names_lie_sealed_too(world: World) -> None:
    world.family(tag="-heron")
    world.engine.dispose()
    assert b"heron" not in files_of(world)
    assert b"Ruth Calder" not in files_of(world)


def test_an_undone_message_leaves_no_key_and_no_body_behind(world: World) -> None:
    family = world.family()
    with world.engine.connect() as connection:
        before = set(connection.execute(select(keys.c.owner)).scalars())
    message = world.submit(family.anna, CANARY).message
    journey.undo(family.case, family.anna.id, message, work=world.work(), clock=world.clock)
    with world.engine.connect() as connection:
        assert set(connection.execute(select(keys.c.owner)).scalars()) == before
        assert connection.execute(select(bodies)).first() is None
        assert connection.execute(select(messages)).first() is None


@pytest.mark.parametrize("plain", ["words", b"words"])
def test_a_sealed_column_refuses_plain_words(world: World, plain: object) -> None:
    with world.engine.begin() as connection, pytest.raises(StatementError, match="sealed bytes"):
        connection.execute(insert(drafts).values(case_id="c", draft_id="d", text=plain))


def test_every_column_that_could_hold_words_is_sealed_or_named_here() -> None:
    plain = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if column.type.python_type in (str, bytes) and not isinstance(column.type, Sealed)
        if not column.name.endswith(("_id", "_hash", "_by")) and column.name != "scope"
    }  # fmt: skip
    assert plain == {
        ("cases", "about"), ("cases", "code"), ("cases", "state"), ("cases", "zone"),
        ("drafts", "reply_to"), ("drafts", "topic"),
        ("entries", "data"), ("entries", "leaf"), ("entries", "origin"),
        ("exports", "name"), ("exports", "page_size"), ("exports", "purpose"),
        ("exports", "sha256"), ("exports", "state"), ("exports", "step"),
        ("holds", "decision"), ("holds", "why"),
        ("jobs", "kind"), ("jobs", "subject"),
        ("keys", "owner"), ("keys", "wrapped"),
        ("members", "role"), ("members", "shield"),
        ("messages", "author"), ("messages", "cannot_wait"), ("messages", "commitment"),
        ("messages", "reply_to"), ("messages", "state"),
        ("notices", "about"), ("notices", "kind"),
        ("persons", "login_index"), ("persons", "password"),
        ("submissions", "author"), ("submissions", "form"), ("submissions", "mac"),
        ("terms", "body"),
        ("threads", "topic"),
        ("tries", "pair"),
    }  # fmt: skip


def test_a_body_moved_to_another_message_does_not_open(world: World) -> None:
    family = world.family()
    first, second = world.send(family.anna, "First."), world.send(family.anna, "Second.")
    with world.engine.begin() as connection:
        vault = Vault(connection, MASTER)
        rows = connection.execute(select(bodies.c.message_id, bodies.c.body))
        stored = {row.message_id: row.body for row in rows}
        assert vault.open_bytes(family.case, first, "body", stored[first]).endswith(b"First.")
        with pytest.raises(InvalidTag):
            vault.open_bytes(family.case, second, "body", stored[first])
        with pytest.raises(InvalidTag):
            vault.open_bytes(family.case, first, "assessment", stored[first])
        vault.destroy(family.case, first)
        with pytest.raises(NotHere):
            vault.open_bytes(family.case, first, "body", stored[first])


def test_a_flipped_bit_does_not_open(world: World) -> None:
    with world.engine.begin() as connection:
        vault = Vault(connection, MASTER)
        box = bytearray(vault.seal("case", "message", "body", "words"))
        assert vault.open("case", "message", "body", Box(box)) == "words"
        box[-1] ^= 1
        with pytest.raises(InvalidTag):
            vault.open("case", "message", "body", Box(box))


def test_another_master_key_opens_nothing(world: World) -> None:
    with world.engine.begin() as connection:
        box = Vault(connection, MASTER).seal("case", "message", "body", "words")
        with pytest.raises(InvalidTag):
            Vault(connection, bytes(32)).open("case", "message", "body", box)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET data = x'00'",
        "DELETE FROM entries",
        "UPDATE bodies SET body = x'00'",
        "UPDATE messages SET author = 'ben'",
        "UPDATE messages SET commitment = x'00'",
        "UPDATE messages SET submitted_at = '2020'",
    ],
)
def test_evidence_cannot_be_changed_by_a_statement(world: World, statement: str) -> None:
    family = world.family()
    world.send(family.anna, "Handover is on Friday.")
    with world.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text(statement))


def test_the_ledger_offers_no_way_to_change_an_entry(world: World) -> None:
    with world.work() as work:
        log = work.logs.case("case")
        assert {name for name in dir(log) if not name.startswith("_")} == {
            "append", "entries", "head", "origin",
        }  # fmt: skip


def test_the_database_itself_refuses_a_row_of_another_case(world: World) -> None:
    one, other = world.family(), world.family(tag="2")
    message = world.send(one.anna, "Handover is on Friday.")
    with world.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(
            text(
                "INSERT INTO views (case_id, message_id, member_id, at)"
                f" VALUES ('{other.case}', '{message}', '{other.anna.id}', '2026')"
            )
        )
    with world.work().reading() as work, pytest.raises(NotHere):
        work.messages.get(other.case, message)


def test_every_table_of_a_case_carries_the_case_in_its_key_and_its_foreign_keys() -> None:
    outside = {"persons", "sessions", "tries", "keys", "entries", "jobs"}
    for table in metadata.tables.values():
        if table.name in outside:
            continue
        assert "case_id" in table.primary_key.columns, table.name
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table.name != "persons":
                assert "case_id" in constraint.columns, f"{table.name}: {constraint.columns}"


def test_a_key_table_row_alone_tells_nothing(world: World) -> None:
    family = world.family()
    world.send(family.anna, CANARY)
    with world.engine.begin() as connection:
        wrapped = connection.execute(select(keys.c.wrapped)).scalars().all()
        assert all(len(row) == 1 + 12 + 32 + 16 for row in wrapped)
        connection.execute(update(keys).values(wrapped=wrapped[0]))
        with pytest.raises(InvalidTag):
            Vault(connection, MASTER).open(
                family.case, family.anna.id, "name", Box(b"\x01" + b"x" * 40)
            )
