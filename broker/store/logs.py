"""The ledger over SQL: append and read. Entries are kept as the exact bytes that were hashed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from broker.domain.ledger import Entry, Head, head, next_entry
from broker.store.tables import entries


class SqlLog:
    """``broker.ports.Log`` over SQL: one log, known by its origin."""

    def __init__(self, connection: Connection, origin: str) -> None:
        self._connection = connection
        self.origin = origin

    def append(
        self, type_: str, actor: str, at: datetime, body_commit: bytes | None = None, **meta: Any
    ) -> Entry:
        """Append an entry and return it. Raises ClockWentBack."""
        entry = next_entry(self._last(), self.origin, type_, actor, at, body_commit, meta)
        self._connection.execute(
            insert(entries).values(
                origin=self.origin,
                seq=entry.seq,
                data=entry.data,
                leaf=bytes.fromhex(entry.leaf),
            )
        )
        return entry

    def entries(self) -> list[Entry]:
        """Return the whole log, oldest first."""
        query = select(entries.c.seq, entries.c.data).where(entries.c.origin == self.origin)
        return [Entry(*row) for row in self._connection.execute(query.order_by(entries.c.seq))]

    def head(self) -> Head:
        """Return size and root, computed from the stored bytes."""
        return head(self.origin, self.entries())

    def _last(self) -> Entry | None:
        query = select(entries.c.seq, entries.c.data).where(entries.c.origin == self.origin)
        row = self._connection.execute(query.order_by(entries.c.seq.desc()).limit(1)).first()
        return Entry(*row) if row else None


class SqlLogs:
    """``broker.ports.Logs`` over SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def case(self, case: str) -> SqlLog:
        """Return the log of what both parents may know."""
        return SqlLog(self._connection, f"{case}/case")

    def member(self, case: str, member: str) -> SqlLog:
        """Return the log of one member's own acts."""
        return SqlLog(self._connection, f"{case}/member/{member}")

    def desk(self, case: str) -> SqlLog:
        """Return the log of the mediators' desk."""
        return SqlLog(self._connection, f"{case}/desk")

    def all(self) -> Iterator[tuple[str, SqlLog]]:
        """Return every log there is, by origin."""
        query = select(entries.c.origin).distinct().order_by(entries.c.origin)
        for origin in self._connection.execute(query).scalars().all():
            yield origin, SqlLog(self._connection, origin)
