"""One transaction, and the two parts of the world that are no store: clock and assessor."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

from broker.domain.assessment import Assessment
from broker.ports.due import Exports, Jobs, Outbox
from broker.ports.evidence import Logs
from broker.ports.messages import Drafts, Holds, Messages, TermsBook, Threads
from broker.ports.people import Hasher, People, Sessions
from broker.settings import Settings


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Return now, aware, in UTC."""


class Assessor(Protocol):
    """Reads a text; never raises: what cannot be read is ``Assessment.unavailable``."""

    def __call__(self, text: str, *, at: datetime, zone: str, names: Sequence[str]) -> Assessment:
        """Return the assessment of one text."""


class Work(Protocol):
    """One transaction: all of it or nothing (rules 2 and 3). Only this commits.

    ``with work:`` writes; ``with work.reading():`` reads one consistent state.
    """

    messages: Messages
    holds: Holds
    threads: Threads
    people: People
    sessions: Sessions
    logs: Logs
    drafts: Drafts
    terms: TermsBook
    jobs: Jobs
    outbox: Outbox
    exports: Exports

    def __enter__(self) -> Self:
        """Begin; takes the write lock at once."""

    def __exit__(self, *exc: object) -> None:
        """Commit, or roll everything back if an exception passes."""

    def reading(self) -> AbstractContextManager[Self]:
        """Begin a transaction that only reads."""


@dataclass(frozen=True)
class Parts:
    """The parts of one installation, as ``app.py`` wires them; the doors get them whole."""

    settings: Settings
    work: Callable[[], Work]
    assess: Assessor
    hasher: Hasher
    clock: Clock
