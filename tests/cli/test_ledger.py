"""What was changed behind the ledger's back is found, with its log and its number."""

import pytest
from sqlalchemy import text

from tests.cli.conftest import Run
from tests.world import Family, World


def tamper(world: World, *statements: str) -> None:
    with world.engine.begin() as connection:
        for name in ("entries_no_update", "entries_no_delete", "bodies_no_update"):
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("DROP TRIGGER messages_frozen"))
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def family(world: World) -> Family:
    made = world.family()
    world.send(made.anna, "Handover is on Friday.")
    world.send(made.ben, "Yes.")
    return made


def test_an_untouched_ledger_holds(run: Run, family: Family) -> None:
    told = run("ledger", "verify", "--heads")
    assert (told.exit_code, told.stderr) == (0, "")
    assert "The ledger holds: 6 logs" in told.output
    assert f"{family.case}/case  " in told.output


LAST = "origin LIKE '%/case' AND seq = 6"
TAMPERED = {
    "an entry's bytes": (
        "UPDATE entries SET data = replace(CAST(data AS TEXT), 'delivered', 'imported')"
        f" WHERE {LAST}",
        "/case, entry 6: the stored leaf is not the hash of the entry",
    ),
    "bytes and leaf of an entry in the middle": (
        "UPDATE entries SET data = x'7b7d' WHERE origin LIKE '%/case' AND seq = 2",
        "/case, entry 2: not an entry",
    ),
    "an entry taken out": (
        "DELETE FROM entries WHERE origin LIKE '%/case' AND seq = 3",
        "/case, entry 3: out of sequence",
    ),
    "a stored leaf": (
        f"UPDATE entries SET leaf = x'00' WHERE {LAST}",
        "/case, entry 6: the stored leaf is not the hash of the entry",
    ),
    "the last entry cut off": (
        "DELETE FROM entries WHERE origin LIKE '%/case' AND seq = "
        "(SELECT max(seq) FROM entries WHERE origin LIKE '%/case')",
        "was delivered without an entry",
    ),
    "two sealed bodies exchanged": (
        "UPDATE bodies SET body = (SELECT other.body FROM bodies AS other"
        " WHERE other.message_id <> bodies.message_id)",
        "does not match its commitment",
    ),
    "a body destroyed": ("DELETE FROM bodies", "is not there"),
}


@pytest.mark.parametrize(("statement", "fault"), TAMPERED.values(), ids=TAMPERED.keys())
def test_what_was_changed_is_named(
    world: World, run: Run, family: Family, statement: str, fault: str
) -> None:
    tamper(world, statement)
    told = run("ledger", "verify")
    assert told.exit_code == 1
    assert fault in told.stderr
    assert "The ledger does not hold" in told.stderr


def test_a_body_sealed_anew_with_other_words_is_found(
    world: World, run: Run, family: Family
) -> None:
    """Somebody with the master key replaces a text; the commitment in the log still tells."""
    with world.work().reading() as work:
        message = next(iter(work.messages.all_delivered(family.case)))
        box = work.messages._vault.seal(family.case, message.id, "body", b"\0" * 32 + b"Other.")
    tamper(world, f"UPDATE bodies SET body = x'{box.hex()}' WHERE message_id = '{message.id}'")
    told = run("ledger", "verify")
    assert told.exit_code == 1
    assert f"message {message.id} does not match its commitment" in told.stderr
