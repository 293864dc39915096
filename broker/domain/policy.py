"""The case's terms, and what they make of an accepted message. Pure: times and counts come in.

Severity ``urgent`` passes everything (S10). A hold never outlasts the arrangement in it (S25).
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from broker.domain.assessment import Assessment
from broker.domain.errors import MediatorNeeded, SettingRefused
from broker.domain.message import HARD_LIMIT, Move

ADVISE, HOLD, FOLD = "advise", "hold", "fold"
MODES: dict[str, tuple[str, ...]] = {
    "none": (ADVISE, HOLD),
    "low": (ADVISE, HOLD),
    "high": (ADVISE, HOLD),
    "not_assessed": (FOLD, HOLD),
}
"""Which modes each severity can be given; urgent messages have none to choose."""

BEFORE_ARRANGEMENT = timedelta(hours=2)


@dataclass(frozen=True)
class Terms:
    """What the family agreed on, or was ordered to. Hours are in the case's zone."""

    version: int = 1
    since: datetime | None = None
    modes: dict[str, str] = field(
        default_factory=lambda: {
            "none": ADVISE,
            "low": ADVISE,
            "high": ADVISE,
            "not_assessed": FOLD,
        }
    )
    opens: time = time(0, 0)
    closes: time = time(0, 0)
    per_day: int = 40
    length: int = 2_000
    hold_hours: int = 24
    promise_hours: int = 12

    @property
    def holds(self) -> bool:
        """Whether any severity is held, so that somebody has to look."""
        return HOLD in self.modes.values()

    @property
    def always_open(self) -> bool:
        """Whether messages are delivered at every hour."""
        return self.opens == self.closes


@dataclass(frozen=True)
class Standing:
    """What ``decide`` needs to know beside message and terms."""

    now: datetime
    zone: str
    accepted_today: int
    has_mediator: bool


@dataclass(frozen=True)
class Verdict:
    """What becomes of a message. ``until``: queue time or lapse of the hold; reasons are ids."""

    move: Move
    reasons: tuple[str, ...] = ()
    until: datetime | None = None
    promise: datetime | None = None
    folded: bool = False


def midnight(now: datetime, zone: str) -> datetime:
    """Return when the day of a case began, which is where a day's count begins."""
    return datetime.combine(now.astimezone(ZoneInfo(zone)), time(), ZoneInfo(zone))


def decide(assessment: Assessment, terms: Terms, at: Standing) -> Verdict:
    """Say whether an accepted message is delivered, queued or held.

    A text that was not assessed is held or delivered folded, never treated as plain (S24).
    """
    if assessment.urgent:
        return Verdict(Move.DELIVER, ("urgent",))
    unread = not assessment.assessed
    row = "not_assessed" if unread else assessment.severity
    mode = terms.modes[row]
    if mode == HOLD and at.has_mediator:
        return _hold(assessment, terms, at, row)
    folded = unread or mode == HOLD
    opens = next_opening(terms, at)
    if opens > at.now:
        return Verdict(Move.QUEUE, ("terms_hours",), opens, folded=folded)
    return Verdict(Move.DELIVER, (row,), folded=folded)


def _hold(assessment: Assessment, terms: Terms, at: Standing, row: str) -> Verdict:
    """Hold until the limit or the arrangement; where that has passed, deliver folded at once."""
    lapse = lapses_at(assessment.moments, at.now, timedelta(hours=terms.hold_hours))
    if lapse <= at.now:
        return Verdict(Move.DELIVER, ("arrangement_soon",), folded=True)
    promise = min(at.now + timedelta(hours=terms.promise_hours), lapse)
    return Verdict(Move.HOLD, (f"severity_{row}",), lapse, promise, folded=True)


def lapses_at(moments: tuple[datetime | None, ...], now: datetime, limit: timedelta) -> datetime:
    """Return when a hold that begins now must end (S25).

    Args:
        moments: times named in the message, UTC; None: named, but could not be resolved.

    """
    if None in moments:
        return now
    ends = [moment - BEFORE_ARRANGEMENT for moment in moments if moment and moment >= now]
    return max(now, min([now + limit, *ends]))


def next_opening(terms: Terms, at: Standing) -> datetime:
    """Return the first moment from now on at which the terms let a message through (S11)."""
    local = at.now.astimezone(ZoneInfo(at.zone))
    if days := at.accepted_today // terms.per_day:
        return _opening_of(local + timedelta(days=days), terms, at.zone)
    if _within(local.time(), terms):
        return at.now
    today = _opening_of(local, terms, at.zone)
    return today if today > at.now else _opening_of(local + timedelta(days=1), terms, at.zone)


def _within(clock: time, terms: Terms) -> bool:
    if terms.always_open:
        return True
    if terms.opens < terms.closes:
        return terms.opens <= clock < terms.closes
    return clock >= terms.opens or clock < terms.closes


def _opening_of(day: datetime, terms: Terms, zone: str) -> datetime:
    opening = datetime.combine(day.date(), terms.opens, tzinfo=ZoneInfo(zone))
    return opening.astimezone(ZoneInfo("UTC"))


def checked(terms: Terms, *, has_mediator: bool) -> Terms:
    """Return the terms if they can be set in this case.

    Raises:
        MediatorNeeded: they hold messages and nobody could look at them.
        SettingRefused: a value is out of its range.

    """
    if terms.holds and not has_mediator:
        raise MediatorNeeded
    for row, modes in MODES.items():
        if terms.modes.get(row) not in modes:
            raise SettingRefused(name=row, value=terms.modes.get(row))
    for name, least, most in (
        ("per_day", 1, 500),
        ("length", 100, HARD_LIMIT),
        ("hold_hours", 1, 72),
        ("promise_hours", 1, 72),
    ):
        if not least <= getattr(terms, name) <= most:
            raise SettingRefused(name=name, value=getattr(terms, name))
    return terms
