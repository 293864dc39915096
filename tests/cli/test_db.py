"""The database from a terminal."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from broker import cli
from broker.ports import Parts
from broker.settings import Settings
from broker.store.database import connect
from tests.cli.conftest import Run
from tests.world import MASTER, World


@pytest.fixture
def app(world: World, tmp_path: Path) -> Flask:
    """The commands over a database in which there is nothing yet."""
    made = Flask("broker")
    settings = Settings(data=tmp_path, database="", master=MASTER)
    made.extensions["broker"] = Parts(settings, world.work, world.assess, world.hasher, world.clock)
    made.extensions["engine"] = connect(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    cli.install(made)
    return made


def test_an_empty_database_says_so_and_is_brought_up(run: Run, app: Flask) -> None:
    assert run("db", "current").output.startswith("empty")
    assert run("db", "check").exit_code == 1
    assert run("db", "upgrade").exit_code == 0
    assert run("db", "upgrade").exit_code == 0
    assert run("db", "check").exit_code == 0
    app.extensions["engine"].dispose()


def test_a_table_that_differs_is_named(run: Run, app: Flask) -> None:
    run("db", "upgrade")
    with app.extensions["engine"].begin() as connection:
        connection.execute(text("ALTER TABLE cases ADD COLUMN other INTEGER"))
    told = run("db", "check")
    assert (told.exit_code, "other" in told.stderr) == (1, True)
    app.extensions["engine"].dispose()


def test_a_server_does_not_start_on_a_database_that_is_not_up_to_date(run: Run, app: Flask) -> None:
    told = run("serve", "--port", "0")
    assert (told.exit_code, "flask broker db upgrade" in told.stderr) == (1, True)
    app.extensions["engine"].dispose()


def test_a_command_on_an_empty_database_says_what_to_run(run: Run) -> None:
    told = run("ledger", "verify")
    assert told.exit_code == 1
    assert "Run: flask broker db upgrade" in told.stderr
