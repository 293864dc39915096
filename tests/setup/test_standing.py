"""A second start begins at once only where everything is ready."""

import json
import sqlite3
from pathlib import Path

import pytest

from deploy import standing

NEWEST = max(version.name.split("_")[0] for version in standing.VERSIONS.glob("[0-9]*.py"))


def a_database(folder: Path, version: str) -> None:
    with sqlite3.connect(folder / "broker.sqlite") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (version,))
    connection.close()


def test_a_database_of_the_newest_shape_is_ready(tmp_path: Path) -> None:
    a_database(tmp_path, NEWEST)
    assert standing.database_is_ready(tmp_path)


def test_an_older_a_broken_or_no_database_is_not(tmp_path: Path) -> None:
    assert not standing.database_is_ready(tmp_path)
    (tmp_path / "broker.sqlite").write_bytes(b"not a database, but as long as a header needs" * 3)
    assert not standing.database_is_ready(tmp_path)
    (tmp_path / "broker.sqlite").unlink()
    a_database(tmp_path, "0000")
    assert not standing.database_is_ready(tmp_path)


def test_a_database_elsewhere_is_left_to_the_products_own_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_database(tmp_path, NEWEST)
    monkeypatch.setenv("BROKER_DATABASE", "sqlite:///elsewhere")
    assert not standing.database_is_ready(tmp_path)


@pytest.mark.parametrize(
    ("told", "ready"),
    [(None, False), ("", False), ("[]", False), (json.dumps({"complete": False}), False),
     (json.dumps({"complete": True}), True)],
)  # fmt: skip
def test_a_demo_is_ready_when_it_was_made_to_its_end(
    tmp_path: Path, told: str | None, ready: bool
) -> None:
    if told is not None:
        (tmp_path / "demo-logins.json").write_text(told)
    assert standing.demo_is_ready(tmp_path) is ready
