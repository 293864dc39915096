"""The ledger, as the story needs it: append and read, nothing else."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol

from broker.domain.ledger import Entry, Head


class Log(Protocol):
    """One log of the ledger: append and read, nothing else (rule 5)."""

    def append(
        self, type_: str, actor: str, at: datetime, body_commit: bytes | None = None, **meta: Any
    ) -> Entry:
        """Append an entry and return it."""

    def entries(self) -> list[Entry]:
        """Return the whole log, oldest first."""

    def head(self) -> Head:
        """Return size and root, computed from the stored bytes."""


class Logs(Protocol):
    """The logs of a case. A parent's pages carry the case log and that parent's own."""

    def case(self, case: str) -> Log:
        """Return the log of what both parents may know."""

    def member(self, case: str, member: str) -> Log:
        """Return the log of one member's own acts."""

    def desk(self, case: str) -> Log:
        """Return the log of the mediators' desk."""

    def all(self) -> Iterator[tuple[str, "Log"]]:
        """Return every log there is, by origin."""
