"""The desk's words: why a message is here, how long it waits, notes to begin from, marked words.

Knows no request; times of several cases are said in each case's own zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask_babel import get_locale, ngettext

from broker.domain.assessment import Flag
from broker.domain.message import State
from broker.domain.words import N_
from broker.web.language import say

WHY = {
    "severity_high": N_("Strongly flagged wording: the terms hold it"),
    "severity_low": N_("Mildly flagged wording: the terms hold it"),
    "severity_none": N_("The terms hold every message"),
    "severity_not_assessed": N_("The wording check did not run: the terms hold it"),
}
OTHER_WHY = N_("The terms hold it")

GONE = {
    State.WITHDRAWN: N_("Its writer has taken this message back. There is nothing left to decide."),
    State.RETURNED: N_("This one has been decided: it went back to its writer."),
    State.QUEUED: N_("This one has been decided: it goes out in the hours of the terms."),
    State.DELIVERED: N_("This one is not held any more: it has been delivered."),
}
"""What became of a message that is not held any more; other states are nobody's business here."""

NOTES = {
    "shorter": N_("Please send the arrangement alone. The marked words can be left out."),
    "question": N_("Please ask your question once, without the words around it."),
    "condition": N_("Please say what you need and by when, without a condition."),
    "past": N_("Please write about what comes next. What has been can be left out."),
    "private": N_("Please keep to what you arrange together. Private life can be left out."),
}
"""Notes to begin from; a mediator changes them as needed, and they are screened all the same."""

COUNTS = (
    N_("No"), N_("One"), N_("Two"), N_("Three"), N_("Four"), N_("Five"), N_("Six"), N_("Seven"),
    N_("Eight"), N_("Nine"), N_("Ten"),
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A run of a message's words; ``flags`` are the numbers of the points made of them, from 1."""

    text: str
    flags: tuple[int, ...]


def pieces(text: str, flags: Sequence[Flag]) -> list[Piece]:
    """Cut a text at the edges of its flags, so that overlapping ones can both be marked."""
    edges = {0, len(text), *(flag.start for flag in flags), *(flag.end for flag in flags)}
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    return [Piece(text[start:end], _over(start, end, flags)) for start, end in pairwise(cuts)]


def _over(start: int, end: int, flags: Sequence[Flag]) -> tuple[int, ...]:
    return tuple(n for n, flag in enumerate(flags, 1) if flag.start <= start and end <= flag.end)


def why(reason: str) -> str:
    """Return why a message is held, in words."""
    return say(WHY.get(reason, OTHER_WHY))


def counted(count: int) -> str:
    """Return a number for the beginning of a sentence: in words up to ten."""
    return say(COUNTS[count]) if count < len(COUNTS) else str(count)


def waited(length: timedelta) -> str:
    """Return how long something has waited: 2 hours 10 minutes."""
    minutes = max(int(length.total_seconds() // 60), 0)
    hours, minutes = divmod(minutes, 60)
    said = []
    if hours:
        said.append(ngettext("%(num)s hour", "%(num)s hours", hours))
    if minutes or not hours:
        said.append(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    return " ".join(said)


def at_home(at: datetime, zone: str, now: datetime) -> str:
    """Return a time in the zone of a case: 18:00, with the day where it is another one."""
    local = at.astimezone(ZoneInfo(zone))
    if local.date() == now.astimezone(ZoneInfo(zone)).date():
        return f"{local:%H:%M}"
    day = format_datetime(local, say(N_("EEEE d MMMM")), locale=get_locale() or "en")
    return say(N_("%(day)s, %(time)s"), day=day, time=f"{local:%H:%M}")


def lede(held: int, oldest: timedelta | None, urgent: int) -> str:
    """Return how things stand at the desk, in a sentence or three."""
    said = []
    if urgent:
        count = counted(urgent)
        said.append(
            ngettext("%(count)s urgent message.", "%(count)s urgent messages.", urgent, count=count)
        )
    if held:
        count = counted(held)
        said.append(
            ngettext("%(count)s held message.", "%(count)s held messages.", held, count=count)
        )
    if oldest is not None:
        said.append(say(N_("The oldest has waited %(span)s."), span=waited(oldest)))
    return " ".join(said) or say(N_("Nothing is waiting."))
