"""One transaction, and the two parts of the world that are no store: clock and assessor."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
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

    @property
    def messages(self) -> Messages:
        """Messages with their words and assessments."""

    @property
    def holds(self) -> Holds:
        """What waits for a mediator."""

    @property
    def threads(self) -> Threads:
        """Threads and their numbers."""

    @property
    def people(self) -> People:
        """Persons, cases and places in them."""

    @property
    def sessions(self) -> Sessions:
        """Signed-in browsers and failed tries."""

    @property
    def logs(self) -> Logs:
        """The ledger."""

    @property
    def drafts(self) -> Drafts:
        """What is being written."""

    @property
    def terms(self) -> TermsBook:
        """The terms of cases."""

    @property
    def jobs(self) -> Jobs:
        """What falls due."""

    @property
    def outbox(self) -> Outbox:
        """Notices."""

    @property
    def exports(self) -> Exports:
        """Records that were asked for."""

    def __enter__(self) -> Self:
        """Begin; takes the write lock at once."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
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
