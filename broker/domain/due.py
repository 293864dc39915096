"""What falls due, what members are told, and the records they ask for: plain values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Job:
    """Something that falls due. ``kind`` names its handler; ``subject`` what it is about."""

    id: str
    kind: str
    case: str
    subject: str
    due_at: datetime
    attempts: int = 0


@dataclass(frozen=True)
class Notice:
    """Something a member is told on their pages: a kind and ids, never text."""

    case: str
    id: str
    member: str
    kind: str
    at: datetime
    about: dict[str, str]
    seen_at: datetime | None = None


@dataclass(frozen=True)
class Export:
    """A record being made or ready. ``state``: waiting, working, ready, failed or expired."""

    case: str
    id: str
    member: str
    number: int
    thread: str | None
    purpose: str
    page_size: str
    state: str
    step: str
    made_at: datetime
    expires_at: datetime
    pages: int | None = None
    sha256: str | None = None
    name: str = ""

    @property
    def reference(self) -> str:
        """The last part of the file's name, such as ``K7Q2``: how people name this record."""
        return self.name.removesuffix(".pdf").rpartition("-")[2]
