"""The engine and how it is made durable and careful. One setting chooses the database.

SQLite before 3.51.3 can lose a WAL in a reset (``docs/adr``): the rollback journal is used there.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

WAL_IS_SAFE = (3, 51, 3)
CAREFUL = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",
)
APPEND_ONLY = tuple(
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
    f" BEGIN SELECT RAISE(ABORT, '{table}: evidence can only be appended'); END"
    for table, verb in (("entries", "UPDATE"), ("entries", "DELETE"), ("bodies", "UPDATE"))
)
FROZEN = (
    "CREATE TRIGGER messages_frozen BEFORE UPDATE OF"
    " case_id, message_id, thread_id, author, commitment, submitted_at, claim ON messages"
    " BEGIN SELECT RAISE(ABORT, 'messages: what was written is never rewritten'); END"
)
"""Triggers of SQLite; the migration creates them. Bodies may be destroyed, never changed."""


def journal(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> tuple[str, ...]:
    """Return the pragmas that make a commit durable on this version of SQLite (threats.md E6)."""
    if version >= WAL_IS_SAFE:
        return ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")
    return ("PRAGMA journal_mode=DELETE", "PRAGMA synchronous=EXTRA")


def connect(url: str) -> Engine:
    """Return the engine for a database URL."""
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", _make_private)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _make_private(_: Any, __: Any, arguments: list[Any], ___: Any) -> None:
    """Make the file for its owner alone; SQLite gives the same mode to the journals beside it.

    What keeps it from being made is said by SQLite itself a moment later.
    """
    with suppress(OSError):
        Path(arguments[0]).touch(mode=0o600)


def _prepare(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    for pragma in (*CAREFUL, *journal()):
        connection.execute(pragma)


def _begin(connection: Any) -> None:
    writing = connection.get_execution_options().get("writing", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
