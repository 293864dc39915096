"""A message and the states it can be in. What moves one is written in ``broker.journey``."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from broker.domain.errors import TextEmpty, TextTooLong, TextUnreadable

HARD_LIMIT = 8_000
"""Code points; the case's terms may say less, never more."""

UNDO_SECONDS = 30
DECISION_SECONDS = 30


class State(StrEnum):
    """Where a message stands."""

    PENDING = "pending"
    QUEUED = "queued"
    HELD = "held"
    DELIVERED = "delivered"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can happen to a message."""

    UNDO = "undo"
    DELIVER = "deliver"
    QUEUE = "queue"
    HOLD = "hold"
    RELEASE = "release"
    RETURN = "return"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"


class Decision(StrEnum):
    """What a mediator can make of a held message; the words stay as they are."""

    RELEASE = "release"
    FOLD = "fold"
    RETURN = "return"


MOVES: dict[tuple[State, Move], State | None] = {
    (State.PENDING, Move.UNDO): None,
    (State.PENDING, Move.DELIVER): State.DELIVERED,
    (State.PENDING, Move.QUEUE): State.QUEUED,
    (State.PENDING, Move.HOLD): State.HELD,
    (State.QUEUED, Move.DELIVER): State.DELIVERED,
    (State.QUEUED, Move.WITHDRAW): State.WITHDRAWN,
    (State.HELD, Move.RELEASE): State.DELIVERED,
    (State.HELD, Move.QUEUE): State.QUEUED,
    (State.HELD, Move.RETURN): State.RETURNED,
    (State.HELD, Move.LAPSE): State.DELIVERED,
    (State.HELD, Move.WITHDRAW): State.WITHDRAWN,
}
"""Every move there is; ``None``: the message is destroyed without trace. The rest is refused."""


@dataclass(frozen=True)
class Claim:
    """What an imported file says of a message; nobody here witnessed it (R4)."""

    sender: str
    at: datetime
    file_number: int


@dataclass(frozen=True)
class Message:
    """One message as it was sent. Times are aware UTC; ``number`` is given at delivery."""

    case: str
    id: str
    thread: str
    author: str
    state: State
    text: str
    commitment: bytes
    submitted_at: datetime
    undo_until: datetime
    accepted_at: datetime | None = None
    delivered_at: datetime | None = None
    due_at: datetime | None = None
    number: int | None = None
    reply_to: str | None = None
    cannot_wait: str | None = None
    urgent: bool = False
    folded: bool = False
    claim: Claim | None = None


@dataclass(frozen=True)
class Submission:
    """What a parent hands in: words, where they belong, and the key of the form that sent them."""

    case: str
    author: str
    text: str
    key: str
    topic: str = "other"
    thread: str | None = None
    reply_to: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What the writer gets back; the same for the same form and words, however often sent."""

    message: str
    submitted_at: datetime
    undo_until: datetime
    commitment: str


@dataclass(frozen=True)
class Thread:
    """A thread of a case. ``number`` is given at its first delivery, ``title`` only if imported."""

    case: str
    id: str
    topic: str
    title: str
    number: int | None
    delivered: int
    imported: int


@dataclass(frozen=True)
class Hold:
    """A message that waits for a mediator. ``decision`` takes effect at ``effective_at``."""

    case: str
    message: str
    why: str
    held_at: datetime
    promise_at: datetime
    lapses_at: datetime
    decision: Decision | None = None
    decided_by: str | None = None
    effective_at: datetime | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Draft:
    """Words on their way to being sent; kept 24 hours, seen by their writer alone."""

    case: str
    id: str
    member: str
    text: str
    topic: str
    thread: str | None
    reply_to: str | None
    kept_until: datetime


def ref_of(thread: Thread, message: Message) -> str:
    """Return the stable reference of a delivered message: T3-142, or T3-i12 if imported (R3)."""
    if message.number is None:
        return ""
    return f"T{thread.number}-{'i' if message.claim else ''}{message.number}"


def readable(text: str, limit: int = HARD_LIMIT) -> str:
    """Return the text if it can be kept byte for byte, else say what is wrong with it.

    Raises:
        TextEmpty, TextTooLong, TextUnreadable

    """
    if not text.strip():
        raise TextEmpty
    _refuse_unkeepable(text)
    if len(text) > limit:
        raise TextTooLong(length=len(text), limit=limit)
    return text


def _refuse_unkeepable(text: str) -> None:
    for character in text:
        if character < " " and character not in "\t\n":
            raise TextUnreadable(what=f"U+{ord(character):04X}")
        if "\ud800" <= character <= "\udfff":
            raise TextUnreadable(what=f"U+{ord(character):04X}")
