"""What a record leaves out, computed from the record itself (R2), and when the clocks changed (R4).

Pure: counts and times in, counts and times out. Sentences are made in `words`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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
    """Find the first and the last moment that the messages speak of, or None without any."""
    times = [message.delivered_at for message in messages if message.imported is None]
    times += [m.imported.file_time for m in messages if m.imported and m.imported.file_time]
    return (min(times), max(times)) if times else None


def clock_changes(zone: ZoneInfo, start: datetime, end: datetime) -> tuple[datetime, ...]:
    """Find the moments (UTC) between two times at which the offset of a zone changes (R4)."""
    changes = []
    here = start.replace(microsecond=0)
    while here < end:
        there = min(here + timedelta(days=1), end)
        if _offset(zone, here) != _offset(zone, there):
            changes.append(_first_second(zone, here, there))
        here = there
    return tuple(changes)


def _first_second(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
