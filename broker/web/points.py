"""What a writer is told of the words in front of them: points, a shorter version, what they give
away. Pure: an assessment and a text go in, values for page and JSON come out. Nothing is kept.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from broker.domain.assessment import GRAVE, Ask, Assessment, Fact, Flag

AT_ONCE = 3
"""How many points are shown before "more" (ux.md U1)."""

GRAVITY = (
    "threat", "coercion", "insult", "triangulation", "intrusion", "gaslighting", "guilt_trip",
    "hoovering", "baiting", "stonewalling", "blame", "sarcasm", "shouting",
)  # fmt: skip
"""Labels, gravest first."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")


@dataclass(frozen=True)
class Point:
    """One phrase to look at, and why. ``before`` and ``after`` are its offsets in UTF-16."""

    quote: str
    flag: Flag
    before: int
    after: int


@dataclass(frozen=True)
class Piece:
    """A stretch of a text beside another version. ``change``: same, left_out or put_in."""

    change: str
    text: str


@dataclass(frozen=True)
class Shorter:
    """A suggestion that keeps every fact: offered, never applied or stored (rule 6)."""

    text: str
    yours: tuple[Piece, ...]
    shorter: tuple[Piece, ...]
    kept: tuple[str, ...]


def points(text: str, assessment: Assessment, kept: Collection[str] = ()) -> list[Point]:
    """Return the points of a text, gravest first, without the phrases the writer keeps.

    Where the words speak of self-harm none is shown: they never count against the writer.
    """
    if "self_harm" in assessment.alerts:
        return []
    flags = sorted(assessment.flags, key=lambda flag: (_gravity(flag.label), flag.start))
    found: dict[tuple[int, int], Point] = {}
    for flag in flags:
        quote = text[flag.start : flag.end]
        if quote.strip() and quote not in kept:
            found.setdefault((flag.start, flag.end), _point(text, quote, flag))
    return list(found.values())


def _gravity(label: str) -> int:
    return GRAVITY.index(label) if label in GRAVITY else len(GRAVITY)


def _point(text: str, quote: str, flag: Flag) -> Point:
    before = utf16(text[: flag.start])
    after = before + utf16(quote)
    return Point(quote, flag, before, after)


def utf16(text: str) -> int:
    """Return how many UTF-16 units a browser counts for a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def grave(text: str, assessment: Assessment) -> list[str]:
    """Return the phrases that earn the one interruption page (U3)."""
    worst = GRAVE | {"threat"}
    return [point.quote for point in points(text, assessment) if point.flag.label in worst]


def marked(text: str, found: Iterable[Point]) -> list[tuple[bool, str]]:
    """Return the text in stretches, each with whether it is under discussion."""
    stretches, at = [], 0
    for start, end in sorted((point.flag.start, point.flag.end) for point in found):
        if end <= at:
            continue
        stretches += [(False, text[at : max(start, at)]), (True, text[max(start, at) : end])]
        at = end
    return [stretch for stretch in [*stretches, (False, text[at:])] if stretch[1]]


def without(text: str, phrase: str, assessment: Assessment) -> str:
    """Return the text without a phrase: where it was flagged, else where it first stands."""
    places = (f.start for f in assessment.flags if text[f.start : f.end] == phrase)
    start = next(places, text.find(phrase))
    if start < 0 or not phrase:
        return text
    return _joined(text[:start], text[start + len(phrase) :])


def _joined(before: str, after: str) -> str:
    """Close the gap that words leave behind: one space, and a capital where a sentence begins."""
    head, tail = before.rstrip(" "), after.lstrip(" ")
    if not head or head[-1] in ".!?\n":
        tail = tail.lstrip(",;: ") if head[-1:] != "\n" else tail
        tail = tail[:1].upper() + tail[1:]
    if tail[:1] and tail[0] in ".!?;:":
        head = head.rstrip(",;: ")
    glued = not head or not tail or head[-1] == "\n" or tail[0] in ".,;:!?\n"
    return head + ("" if glued else " ") + tail


def shorter(text: str, assessment: Assessment) -> Shorter | None:
    """Return the suggestion beside the writer's words, if there is one that changes them.

    Nothing is left out of words about danger: an alert brings no suggestion.
    """
    if assessment.alerts or assessment.rewrite is None or assessment.rewrite == text:
        return None
    yours, other = _compared(text, assessment.rewrite)
    return Shorter(assessment.rewrite, yours, other, _kept(assessment))


def _kept(assessment: Assessment) -> tuple[str, ...]:
    """Return the facts and questions that stand in the suggestion word for word."""
    told = (assessment.rewrite or "").casefold()
    found: list[Ask | Fact] = [*assessment.questions, *assessment.requests, *assessment.facts]
    return tuple(dict.fromkeys(fact.text for fact in found if fact.text.casefold() in told))


def _compared(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    was, now = _WORD.findall(old), _WORD.findall(new)
    yours: list[Piece] = []
    other: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        same = kind == "equal"
        yours.append(Piece("same" if same else "left_out", "".join(was[a:b])))
        other.append(Piece("same" if same else "put_in", "".join(now[c:d])))
    return tuple(p for p in yours if p.text), tuple(p for p in other if p.text)


def given_away(text: str, assessment: Assessment) -> list[str]:
    """Return which private things a text gives away: phone, address, card (S23)."""
    found = {fact.kind for fact in assessment.facts} & {"phone", "address"}
    if any(_luhn(match.group()) for match in _CARD.finditer(text)):
        found = (found - {"phone"}) | {"card"}
    return sorted(found)


def _luhn(number: str) -> bool:
    """Say whether the digits pass the check of payment cards (ISO/IEC 7812-1, annex B)."""
    digits = [int(character) for character in reversed(number) if character.isdecimal()]
    doubled = [d if place % 2 == 0 else d * 2 - 9 * (d > 4) for place, d in enumerate(digits)]
    return len(digits) >= 13 and any(digits) and sum(doubled) % 10 == 0
