"""What a record leaves out, computed from the record itself (R2), and when the clocks changed (R4).

Pure: counts and times in, counts and times out. Sentences are made in `words`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from broker.record.value import Message, Record, Thread


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of a thread's range stands in the record; imported messages do not count."""

    thread: str
    title: str
    first: int
    last: int
    asked: int
    included: int
    withheld: int
    earlier: int
    later: int
    imported: int

    @property
    def whole(self) -> bool:
        """True when no delivered message of the thread is missing from the record."""
        return not (self.withheld or self.earlier or self.later)


def completeness(thread: Thread) -> Completeness:
    """Count what the record holds of a thread; no count of the caller's is believed (R2)."""
    asked = thread.last - thread.first + 1 if thread.delivered else 0
    included = len(thread.sent)
    return Completeness(
        thread=thread.ref,
        title=thread.title,
        first=thread.first,
        last=thread.last,
        asked=asked,
        included=included,
        withheld=asked - included,
        earlier=max(thread.first - 1, 0),
        later=thread.delivered - thread.last,
        imported=len(thread.imported),
    )


def is_partial(record: Record) -> bool:
    """Tell whether anything was left out: by a filter, by date, or simply missing."""
    return bool(record.filters) or not all(completeness(t).whole for t in record.threads)


def sent_between(messages: Sequence[Message]) -> tuple[datetime, datetime] | None:
    """Find the first and last delivery; without any, the first and last time that a file claims."""
    times = [message.delivered_at for message in messages if message.imported is None]
    claims = [m.imported.file_time for m in messages if m.imported and m.imported.file_time]
    times = times or claims
    return (min(times), max(times)) if times else None


def printed_between(messages: Sequence[Message]) -> tuple[datetime, datetime] | None:
    """Find the first and last time printed with any message, claimed or not."""
    times = [message.delivered_at for message in messages]
    times += [m.imported.file_time for m in messages if m.imported and m.imported.file_time]
    return (min(times), max(times)) if times else None


def clock_changes(zone: ZoneInfo, start: datetime, end: datetime) -> tuple[datetime, ...]:
    """Find the moments (UTC) between two times at which the offset of a zone changes (R4)."""
    changes = []
    here, last = int(start.timestamp()), int(end.timestamp())
    while here < last:
        there = min(here + _DAY, last)
        if _offset(zone, here) != _offset(zone, there):
            changes.append(_first_second(zone, here, there))
        here = there
    return tuple(changes)


_DAY = 86_400  # seconds; no zone changes twice in one


def _first_second(zone: ZoneInfo, before: int, after: int) -> datetime:
    """Halve whole seconds until `after` is the first one with the new offset."""
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return datetime.fromtimestamp(after, UTC)


def _offset(zone: ZoneInfo, second: int) -> timedelta | None:
    return datetime.fromtimestamp(second, zone).utcoffset()
