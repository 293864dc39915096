"""The database is brought to its shape by versions, in one step or none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from broker.store import migrate
from broker.store.database import APPEND_ONLY, FROZEN, connect


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = connect(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    yield made
    made.dispose()


def triggers(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'"))
        return {row.sql for row in rows}


def test_an_empty_database_is_brought_to_the_newest_version(engine: Engine) -> None:
    migrate.upgrade(engine)
    assert migrate.current(engine) == migrate.newest() is not None


def test_after_all_versions_nothing_differs_from_the_tables(engine: Engine) -> None:
    assert migrate.differences(engine)
    migrate.upgrade(engine)
    assert migrate.differences(engine) == []


def test_the_versions_make_the_very_triggers_that_the_store_names(engine: Engine) -> None:
    migrate.upgrade(engine)
    assert triggers(engine) == {*APPEND_ONLY, FROZEN}


def test_a_second_upgrade_changes_nothing(engine: Engine) -> None:
    migrate.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO keys VALUES ('scope', 'owner', x'00')"))
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM keys")).scalar_one() == 1


def test_every_version_can_be_taken_back_and_made_again(engine: Engine) -> None:
    migrate.upgrade(engine)
    migrate.downgrade(engine)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    assert triggers(engine) == set()
    migrate.upgrade(engine)
    assert migrate.differences(engine) == []


def test_an_entry_of_the_ledger_cannot_be_changed_or_removed(engine: Engine) -> None:
    migrate.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO entries VALUES ('c/case', 0, x'00', x'00')"))
    for statement in ("UPDATE entries SET data = x'01'", "DELETE FROM entries"):
        with (
            pytest.raises(IntegrityError, match="evidence can only be appended"),
            engine.begin() as connection,
        ):
            connection.execute(text(statement))


def test_a_database_of_a_later_version_is_refused(engine: Engine) -> None:
    migrate.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrate.DatabaseNewer, match="later version"):
        migrate.upgrade(engine)
