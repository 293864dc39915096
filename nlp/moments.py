"""When the arrangements that a message names begin, for the broker's holds and notices.

Knows facts with their values, and the context; no text and no parse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from nlp.dates import written_on, zone_of
from nlp.results import Context, Fact

_STRETCH = re.compile(
    r"days$|weekends$|^(?:every|all|the|alternate|last)\b|month|week$|fortnight|"
    r"summer|^(?:[A-Z][a-z]+)$(?<!ter)(?<!mas)(?<!ing)"
)


def moments(facts: Sequence[Fact], context: Context) -> tuple[datetime | None, ...]:
    """Say in UTC when the named arrangements begin, by the earliest reading; no past ones.

    None stands for a date that could not be read. A day without an hour counts from its midnight
    (today: from the moment of writing); a bare 1 to 6 is afternoon, a bare 7 to 11 morning.
    """
    now = written_on(context)
    days = [
        f for f in facts if f.kind == "date" and not (f.value is None and _STRETCH.search(f.text))
    ]
    hours = [f for f in facts if f.kind == "time"]
    if now is None:
        return tuple(None for _ in [*days, *hours])
    out: list[datetime | None] = []
    free = list(hours)
    for day in days:
        near = min(free, key=lambda h: _gap(h, day), default=None)
        if near is not None and _gap(near, day) <= 40:
            free.remove(near)
        else:
            near = None
        out += _moment(day.value, near.value if near else None, now, context)
    for hour in free:
        day_before = next(
            (d.value for d in reversed(days) if d.start < hour.start), now.date().isoformat()
        )
        out += _moment(day_before, hour.value, now, context)
    return tuple(out)


def _gap(a: Fact, b: Fact) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _moment(
    day: str | None, hour: str | None, now: datetime, context: Context
) -> Sequence[datetime | None]:
    """Return the one moment, nothing where it has passed, or None where the day is not known."""
    if day is None:
        return [None]
    read = [date.fromisoformat(d.split("/")[0]) for d in day.removeprefix("ambiguous:").split("|")]
    begin = [datetime.combine(d, _hour(hour), zone_of(context)) for d in read]
    if hour is None:
        return [max(m, now).astimezone(UTC) for m in begin if m.date() >= now.date()][:1]
    return sorted(m.astimezone(UTC) for m in begin if m >= now)[:1]


def _hour(value: str | None) -> time:
    if value is None:
        return time(0)
    first, _, second = value.removeprefix("ambiguous:").partition("|")
    early = time.fromisoformat(first)
    return time.fromisoformat(second) if second and early.hour < 7 else early
