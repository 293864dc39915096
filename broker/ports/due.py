"""Jobs, notices and exports, as the story needs them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from broker.domain.due import Export, Job, Notice


class Jobs(Protocol):
    """What falls due (the outbox): rows written with what caused them."""

    def add(self, kind: str, case: str, subject: str, due_at: datetime) -> None:
        """Add a job; the same kind, case and subject is moved, not doubled."""

    def drop(self, kind: str, case: str, subject: str) -> None:
        """Remove a job that is no longer needed."""

    def claim(self, now: datetime) -> Job | None:
        """Take the next due job for two minutes, or None."""

    def done(self, job: Job) -> None:
        """Remove a finished job."""

    def again(self, job: Job, at: datetime) -> None:
        """Put a failed job back."""


class Outbox(Protocol):
    """What members are told. On their pages now; by mail later."""

    def tell(self, case: str, member: str, kind: str, at: datetime, **about: str) -> None:
        """Tell one member something: a kind and ids."""

    def of(self, case: str, member: str) -> list[Notice]:
        """Return a member's notices, newest first."""

    def seen(self, case: str, member: str, notice: str, at: datetime) -> None:
        """Mark a notice as seen by its owner."""


class Exports(Protocol):
    """Records asked for and made; the file is sealed and kept for seven days."""

    def add(self, export: Export, asked: Mapping[str, Any] | None = None) -> None:
        """Store a request; what was typed for it (names for the cover) is sealed."""

    def asked(self, export: Export) -> dict[str, Any]:
        """Return what was typed for it. Raises NotHere once the record is made or has expired."""

    def next_number(self, case: str, member: str) -> int:
        """Return the next export number of this member (nobody else's exports show in it)."""

    def get(self, case: str, member: str, export: str) -> Export:
        """Return a member's own export. Raises NotHere."""

    def of(self, case: str, member: str) -> list[Export]:
        """Return a member's exports, newest first."""

    def any(self, case: str, export: str) -> Export:
        """Return an export for the job that makes it. Raises NotHere."""

    def note(self, export: Export, **changes: Any) -> Export:
        """Write state, step, pages, hash or name."""

    def put_file(self, export: Export, data: bytes) -> None:
        """Seal and keep the finished file."""

    def file(self, export: Export) -> bytes:
        """Return the finished file. Raises NotHere when it has expired."""

    def drop_expired(self, now: datetime) -> int:
        """Destroy files and keys past their time; return how many."""
