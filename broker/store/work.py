"""One transaction. Nothing else in the house commits (rule 3)."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from broker.domain.errors import StoreRefused
from broker.store.due import SqlExports, SqlJobs, SqlOutbox
from broker.store.holds import SqlHolds
from broker.store.logs import SqlLogs
from broker.store.pages import SqlPages
from broker.store.people import SqlPeople
from broker.store.sessions import SqlSessions
from broker.store.threads import SqlDrafts, SqlTerms, SqlThreads
from broker.store.vault import Vault


class SqlWork:
    """``broker.ports.Work`` over SQL. Begun again after each end; never nested."""

    messages: SqlPages
    holds: SqlHolds
    threads: SqlThreads
    people: SqlPeople
    sessions: SqlSessions
    logs: SqlLogs
    drafts: SqlDrafts
    terms: SqlTerms
    jobs: SqlJobs
    outbox: SqlOutbox
    exports: SqlExports

    def __init__(self, engine: Engine, master: bytes) -> None:
        self._engine = engine
        self._master = master
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        """Begin; takes the write lock at once. Raises StoreRefused when it cannot."""
        return self._begin(writing=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit, or roll everything back if an exception passes."""
        self._end(commit=kind is None)
        if isinstance(error, OperationalError):
            raise StoreRefused from error

    @contextmanager
    def reading(self) -> Iterator[Self]:
        """Begin a transaction that only reads; it never waits for a writer to finish."""
        self._begin(writing=False)
        try:
            yield self
        finally:
            self._end(commit=False)

    def _begin(self, *, writing: bool) -> Self:
        if self._connection is not None:
            raise RuntimeError("a unit of work is never nested")
        connection = self._engine.connect().execution_options(writing=writing)
        try:
            connection.begin()
        except OperationalError as error:
            connection.close()
            raise StoreRefused from error
        self._connection = connection
        self._open(connection)
        return self

    def _open(self, connection: Connection) -> None:
        vault = Vault(connection, self._master)
        self.messages = SqlPages(connection, vault)
        self.holds = SqlHolds(connection, vault)
        self.threads = SqlThreads(connection, vault)
        self.people = SqlPeople(connection, vault)
        self.sessions = SqlSessions(connection, vault, self.people)
        self.logs = SqlLogs(connection)
        self.drafts = SqlDrafts(connection, vault)
        self.terms = SqlTerms(connection)
        self.jobs = SqlJobs(connection)
        self.outbox = SqlOutbox(connection)
        self.exports = SqlExports(connection, vault)

    def _end(self, *, commit: bool) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            raise RuntimeError("no work was begun")
        try:
            connection.commit() if commit else connection.rollback()
        except OperationalError as error:
            connection.rollback()
            raise StoreRefused from error
        finally:
            connection.close()
