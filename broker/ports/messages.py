"""Messages and threads, as the story needs them."""

from datetime import datetime
from typing import Any, Protocol

from broker.domain.assessment import Assessment
from broker.domain.message import Draft, Hold, Message, State, Submission, Thread
from broker.domain.policy import Terms


class Messages(Protocol):
    """Messages of all states, their sealed bodies, assessments and holds."""

    def get(self, case: str, message: str) -> Message:
        """Return one message. Raises NotHere."""

    def of_key(self, submission: Submission) -> Message | None:
        """Return what this form sent before. Raises KeyReused or TakenBack."""

    def add(self, message: Message, salt: bytes, assessment: Assessment, key: str) -> None:
        """Store a new message with its body and assessment, sealed."""

    def move(self, message: Message, state: State, **changes: Any) -> Message:
        """Write a new state (and times, number, folded) and return the message as it now is."""

    def destroy(self, message: Message) -> None:
        """Remove an undone message, its body, key and assessment; its form key stays spent."""

    def assessment(self, case: str, message: str) -> Assessment:
        """Return what the language step said of it."""

    def accepted_between(self, case: str, author: str, since: datetime, until: datetime) -> int:
        """Count a member's accepted messages, for the terms' count."""

    def hold(self, case: str, message: str) -> Hold:
        """Return the hold on a message. Raises AlreadyDecided if there is none."""

    def put_hold(self, hold: Hold) -> None:
        """Store or replace the hold on a message."""

    def drop_hold(self, case: str, message: str) -> None:
        """Remove the hold; what was decided stands in the logs."""

    def view(self, case: str, message: str, member: str, at: datetime) -> bool:
        """Keep a first view; False if there was one before."""


class Threads(Protocol):
    """Threads of a case and the numbers given in them."""

    def get(self, case: str, thread: str) -> Thread:
        """Return one thread. Raises NotHere."""

    def of_topic(self, case: str, topic: str) -> Thread:
        """Return the standing thread of a topic, making it if there is none."""

    def add(self, case: str, topic: str, title: str) -> Thread:
        """Add a thread with a title of its own (import)."""

    def next_number(self, case: str, thread: str, *, imported: bool = False) -> int:
        """Give the next number in this thread; gives the thread its own number if it has none."""


class Drafts(Protocol):
    """Drafts, kept for a day and then gone."""

    def put(self, draft: Draft) -> None:
        """Store or replace a draft."""

    def get(self, case: str, member: str, draft: str) -> Draft:
        """Return a member's own draft. Raises NotHere."""

    def of(self, case: str, member: str) -> list[Draft]:
        """Return a member's drafts, newest first."""

    def drop(self, case: str, member: str, draft: str) -> None:
        """Destroy a draft and its key."""


class TermsBook(Protocol):
    """The terms of cases, each version kept."""

    def in_force(self, case: str, at: datetime) -> Terms:
        """Return the terms that count at a moment."""

    def add(self, case: str, terms: Terms, since: datetime) -> None:
        """Add a version that counts from a moment on."""
