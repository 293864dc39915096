"""Messages and threads, as the story needs them."""

from collections.abc import Iterable, Iterator
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

    def sent_by(self, case: str, author: str, form: str) -> Message | None:
        """Return the message a form has sent, whatever its words were. Raises TakenBack."""

    def add(
        self, message: Message, salt: bytes, assessment: Assessment, submission: Submission
    ) -> None:
        """Store a new message with its body and assessment, sealed, and spend its form key."""

    def store(self, message: Message, salt: bytes, assessment: Assessment) -> None:
        """Store a message that no form sent (import)."""

    def move(self, message: Message, state: State, **changes: Any) -> Message:
        """Write a new state (and times, number, folded) and return the message as it now is."""

    def destroy(self, message: Message) -> None:
        """Remove an undone message, its body, key and assessment; its form key stays spent."""

    def assessment(self, case: str, message: str) -> Assessment:
        """Return what the language step said of it."""

    def accepted_since(self, case: str, author: str, since: datetime) -> int:
        """Count a member's accepted messages, for the terms' count."""

    def note(self, case: str, message: str) -> str:
        """Return the mediator's note on a returned message; empty if there is none."""

    def assessments(self, case: str, wanted: Iterable[str]) -> dict[str, Assessment]:
        """Return the assessments of many messages by id."""

    def delivered(
        self, case: str, thread: str, before: tuple[datetime, int] | None = None, size: int = 25
    ) -> list[Message]:
        """Return delivered messages of a thread, newest first, older than a key (time, number)."""

    def delivered_to(self, case: str, author_not: str, since: datetime) -> list[Message]:
        """Return what others had delivered since a moment, newest first (for Today)."""

    def own(self, case: str, author: str, states: tuple[State, ...]) -> list[Message]:
        """Return a member's own messages in some states, newest first."""

    def answered(self, case: str, author: str) -> set[str]:
        """Return the ids of messages that a member has answered or is answering."""

    def all_delivered(self, case: str, thread: str | None = None) -> Iterator[Message]:
        """Return every delivered message of a case or thread, oldest first."""

    def find(self, case: str, words: str) -> list[Message]:
        """Return delivered messages whose text holds the words, by opening and scanning."""

    def last_of_threads(self, case: str) -> dict[str, datetime]:
        """Return when something was last delivered in each thread that holds anything."""

    def viewed(self, case: str, message: str, member: str) -> bool:
        """Say whether a member has met a message before."""

    def view(self, case: str, message: str, member: str, at: datetime) -> bool:
        """Keep a first view; False if there was one before."""


class Holds(Protocol):
    """Held messages and what was decided of them."""

    def get(self, case: str, message: str) -> Hold:
        """Return the hold on a message. Raises AlreadyDecided if there is none."""

    def of(self, person: str) -> list[Hold]:
        """Return the holds in all cases where this person is a mediator, oldest promise first."""

    def put(self, hold: Hold) -> None:
        """Store or replace the hold on a message."""

    def drop(self, case: str, message: str) -> None:
        """Remove the hold; what was decided stands in the logs."""


class Threads(Protocol):
    """Threads of a case and the numbers given in them."""

    def get(self, case: str, thread: str) -> Thread:
        """Return one thread. Raises NotHere."""

    def of(self, case: str) -> list[Thread]:
        """Return the threads in which something has been delivered or imported."""

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

    def get(self, case: str, member: str, draft: str, now: datetime) -> Draft:
        """Return a member's own draft, as long as it is kept. Raises NotHere."""

    def of(self, case: str, member: str, now: datetime) -> list[Draft]:
        """Return a member's drafts whose day is not over, newest first."""

    def drop(self, case: str, member: str, draft: str) -> None:
        """Destroy a draft and its key."""

    def drop_expired(self, now: datetime) -> int:
        """Destroy drafts whose day is over; return how many."""


class TermsBook(Protocol):
    """The terms of cases, each version kept."""

    def in_force(self, case: str, at: datetime) -> Terms:
        """Return the terms that count at a moment."""

    def all(self, case: str) -> list[Terms]:
        """Return every version, oldest first."""

    def add(self, case: str, new: Terms, since: datetime) -> Terms:
        """Add a version that counts from a moment on, and return it with its number."""
