"""A transaction is all or nothing, and lasts once it is committed."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from broker import journey
from broker.domain.errors import AlreadyDecided, NotHere
from broker.domain.message import State
from broker.store.database import connect, journal
from broker.store.tables import entries, metadata
from tests.world import Family, World


def test_the_journal_is_durable_on_every_version_of_sqlite() -> None:
    assert journal((3, 40, 1)) == ("PRAGMA journal_mode=DELETE", "PRAGMA synchronous=EXTRA")
    assert journal((3, 51, 2))[0].endswith("DELETE")
    assert journal((3, 51, 3)) == ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")


def settings_of(engine: Engine) -> dict[str, object]:
    names = ("foreign_keys", "secure_delete", "trusted_schema", "journal_mode", "synchronous")
    with engine.connect() as connection:
        return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}


def test_a_connection_is_careful_and_durable(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'a.sqlite'}")
    kept = settings_of(engine)
    engine.dispose()
    assert (kept["foreign_keys"], kept["secure_delete"], kept["trusted_schema"]) == (1, 1, 0)
    mode = "wal" if sqlite3.sqlite_version_info >= (3, 51, 3) else "delete"
    assert kept["journal_mode"] == mode


def test_the_database_and_its_journals_are_for_their_owner_alone(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'a.sqlite'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (x)")
        files = [path for path in tmp_path.iterdir() if path.name.startswith("a.sqlite")]
        assert len(files) > 1, "a journal stands beside the database while it is written"
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    engine.dispose()


def everything(world: World) -> dict[str, list[tuple[object, ...]]]:
    with world.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def refuse(world: World, table: str) -> None:
    """Have the database refuse a new row of a table, as it would with its disk full."""
    with world.engine.begin() as connection:
        connection.exec_driver_sql(
            f"CREATE TRIGGER refuse BEFORE INSERT ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )


@pytest.mark.parametrize("table", ["messages", "bodies", "submissions", "keys", "threads", "jobs"])
def test_a_submission_that_fails_at_any_table_leaves_nothing_behind(
    world: World, table: str
) -> None:
    family = world.family()
    before = everything(world)
    refuse(world, table)
    with pytest.raises(IntegrityError, match="no room"):
        world.submit(family.anna, "You owe me [[liar]].")
    assert everything(world) == before


@pytest.mark.parametrize(
    ("words", "table"),
    [("[[liar]]", "entries"), ("[[liar]]", "holds"), ("[[liar]]", "jobs"), ("Friday", "entries")],
)
def test_an_acceptance_that_fails_at_any_table_leaves_the_message_pending(
    world: World, words: str, table: str
) -> None:
    family = world.family()
    message = world.submit(family.anna, words).message
    world.clock.turn(seconds=31)
    before = everything(world)
    refuse(world, table)
    with pytest.raises(IntegrityError, match="no room"):
        journey.accept(family.case, message, work=world.work(), clock=world.clock)
    assert everything(world) == before
    with world.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER refuse")
    journey.accept(family.case, message, work=world.work(), clock=world.clock)
    assert everything(world) != before


def test_a_transaction_that_fails_leaves_nothing_behind(world: World) -> None:
    family = world.family()
    with world.engine.connect() as connection:
        before = connection.execute(select(entries.c.leaf)).all()
    with pytest.raises(RuntimeError, match="in the middle"):
        _fail_in_the_middle(world, family)
    with world.engine.connect() as connection:
        assert connection.execute(select(entries.c.leaf)).all() == before
    with world.work().reading() as work:
        assert work.people.member(family.case, family.anna.id).shield == "flagged"


def _fail_in_the_middle(world: World, family: Family) -> None:
    with world.work() as work:
        work.logs.case(family.case).append("anchor", "broker", world.clock())
        work.people.set_shield(family.case, family.anna.id, "facts")
        raise RuntimeError("in the middle")


def test_a_reading_transaction_writes_nothing(world: World) -> None:
    family = world.family()
    with world.work().reading() as work:
        work.people.set_shield(family.case, family.anna.id, "facts")
    with world.work().reading() as work:
        assert work.people.member(family.case, family.anna.id).shield == "flagged"


def test_units_of_work_are_never_nested(world: World) -> None:
    work = world.work()
    with work, pytest.raises(RuntimeError, match="nested"), work:
        pass


def test_a_message_cannot_be_moved_twice_from_one_state(world: World) -> None:
    family = world.family()
    message = world.submit(family.anna, "Handover is on Friday.").message
    with world.work() as work:
        pending = work.messages.get(family.case, message)
        work.messages.move(pending, State.HELD)
        with pytest.raises(AlreadyDecided):
            work.messages.move(pending, State.DELIVERED)


def test_members_who_are_not_parents_are_no_authors(world: World) -> None:
    family = world.family()
    for member in (family.mediator, family.reader):
        with pytest.raises(NotHere):
            world.submit(member, "Handover is on Friday.")
