"""The record as a plain value: everything that the pages say, already decided.

Frozen dataclasses of the standard library. Who may see what, which names are used and which
times are shown was decided by whoever built the value; nothing here knows of a database, a
language or a page. Times are aware and in UTC. A value that contradicts itself is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

_HALF = re.compile("[\ud800-\udfff]")
Preset = Literal["court", "solicitor", "counsellor", "self"]
Paper = Literal["A4", "Letter"]


class RecordError(ValueError):
    """A record value contradicts itself, so that no honest page can be made of it."""


def _in_utc(*times: datetime | None) -> None:
    for time in times:
        if time is not None and time.utcoffset() != UTC.utcoffset(None):
            raise RecordError("A time in a record has to be aware and in UTC.")


def _sayable(*texts: str) -> None:
    """Refuse half characters: they cannot be written as UTF-8, so they cannot be proved later."""
    for text in texts:
        if _HALF.search(text):
            raise RecordError("A text in a record holds half a character.")


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the case, with the name chosen for this export (S2)."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What an imported file says of a message; nobody here saw it happen (R4).

    `at_text` is the time as it stood in the file, `file_time` the same as a time where it could
    be read.
    """

    sender: str
    at_text: str
    file_time: datetime | None

    def __post_init__(self) -> None:
        _in_utc(self.file_time)
        _sayable(self.sender, self.at_text)


@dataclass(frozen=True, slots=True)
class Attachment:
    """The name and kind of a file that came with a message."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it was delivered: its whole text, never a fold or a suggestion (R3).

    `accepted_at` is given only where S4 allows it: a second time would tell that a message was
    held. `urgent` is the kind that the *writer* ticked, in words; what the language step found
    never stands in a record (R11). An imported message has a `claim`; its `delivered_at` is
    then the time of the import.
    """

    ref: str
    number: int
    delivered_at: datetime
    accepted_at: datetime | None
    author: str
    to: str
    topic: str
    reply_ref: str | None
    text: str
    imported: Claim | None = None
    urgent: str | None = None
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        _in_utc(self.delivered_at, self.accepted_at)
        _sayable(self.author, self.to, self.topic, self.text)


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread, or a part of one: `first` to `last` is the range that was asked for.

    `delivered` counts every message ever delivered in the thread, inside the range or not;
    imported ones are not among them. A thread in which nothing was delivered has 0, 0 and 0.
    """

    ref: str
    title: str
    first: int
    last: int
    delivered: int
    messages: tuple[Message, ...]

    def __post_init__(self) -> None:
        _sayable(self.title)
        numbers = [message.number for message in self.sent]
        if numbers != sorted(set(numbers)):
            raise RecordError(f"The messages of thread {self.ref} are not in order.")
        if not 0 <= self.first <= self.last <= self.delivered or (
            self.delivered and not self.first
        ):
            raise RecordError(f"The range of thread {self.ref} is not possible.")
        if numbers and not self.first <= numbers[0] <= numbers[-1] <= self.last:
            raise RecordError(f"A message of thread {self.ref} lies outside its range.")

    @property
    def sent(self) -> tuple[Message, ...]:
        """Messages that were delivered here."""
        return tuple(message for message in self.messages if message.imported is None)

    @property
    def imported(self) -> tuple[Message, ...]:
        """Messages that came from a file, numbered apart (R4)."""
        return tuple(message for message in self.messages if message.imported is not None)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the annex: something that happened to the case, as a finished sentence (R16)."""

    at: datetime
    sentence: str

    def __post_init__(self) -> None:
        _in_utc(self.at)
        _sayable(self.sentence)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a log at the time of the export: its length and the root of its tree, in hex."""

    log: str
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a log, with its canonical text exactly as it is stored."""

    log: str
    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that one export says.

    `filters` are finished sentences ("Only the topic handovers."): one of them is enough to mark
    every page PARTIAL. `language` is a BCP 47 tag, `zone` an IANA name.
    """

    record_id: str
    export_number: int
    made_at: datetime
    software: str
    case_label: str
    about: str
    parties: tuple[Party, ...]
    requester: str
    purpose: Preset
    zone: str
    threads: tuple[Thread, ...]
    events: tuple[Event, ...] = ()
    heads: tuple[Head, ...] = ()
    entries: tuple[Entry, ...] = ()
    filters: tuple[str, ...] = ()
    paper: Paper = "A4"
    language: str = "en-GB"

    def __post_init__(self) -> None:
        _in_utc(self.made_at)
        _sayable(self.case_label, self.requester, *self.filters, *(p.name for p in self.parties))
        ZoneInfo(self.zone)

    def messages(self) -> Iterator[Message]:
        """Go through every message of the record, thread by thread."""
        for thread in self.threads:
            yield from thread.messages
