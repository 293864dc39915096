"""What of a delivered text a reader is shown first. Folding hides nothing for good: the whole is
one press away, and nothing here changes a text (rule 6 of the house).

``Shown`` holds everything a page may show of a folded message; the rest of it is not for the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from broker.domain.assessment import Ask, Assessment, Fact, Flag
from broker.domain.message import Message

GAP = "…"
"""Stands in a quoted fact or question where wording is folded away."""


@dataclass(frozen=True)
class Asked:
    """A question or request in the writer's words, without what is folded away."""

    text: str
    deadline: str | None = None


@dataclass(frozen=True)
class Shown:
    """One message as one reader meets it.

    ``kind``: whole, urgent (a notice names it; the words are on the next page), parts (flagged
    wording cut out), facts (facts and questions alone) or unchecked (folded behind "Not checked").
    ``parts``: the words that are shown, with None where wording is folded away.
    ``told`` and ``asked``: the answer card; empty where nothing was found or nothing may be shown.
    """

    kind: str
    parts: tuple[str | None, ...] = ()
    unsure: bool = False
    told: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()

    @property
    def folded(self) -> bool:
        """Whether something is folded away."""
        return self.kind != "whole"

    @property
    def searchable(self) -> str:
        """Everything of the message that is in sight, for the search of this reader."""
        asks = [ask.text for ask in self.asked]
        return "\n".join([*(part for part in self.parts if part), *self.told, *asks])


def show(message: Message, assessment: Assessment, shield: str, *, own: bool = False) -> Shown:
    """Return what is shown of a message under a reader's shield: nothing, flagged or facts."""
    if own:
        return Shown("whole", (message.text,))
    if message.urgent:
        return Shown("urgent")
    if not assessment.assessed and message.claim is None:
        return Shown("unchecked", unsure=True)
    if message.folded or (shield == "facts" and assessment.flags):
        return _card("facts", (), message, assessment)
    if shield == "flagged" and assessment.flags:
        return _card("parts", cut(message.text, assessment.flags), message, assessment)
    return whole(message, assessment)


def whole(message: Message, assessment: Assessment) -> Shown:
    """Return all words of a message, with what it asks."""
    asked = tuple(Asked(ask.text, ask.deadline) for ask in _asks(assessment))
    return Shown("whole", (message.text,), asked=asked)


def _card(
    kind: str, parts: tuple[str | None, ...], message: Message, assessment: Assessment
) -> Shown:
    """Return a folded message: only what stands outside of the folded words goes on the card."""
    asks, facts = _asks(assessment), _standing_alone(assessment)
    kept = [(ask, _visible(message.text, ask, assessment.flags)) for ask in asks]
    asked = tuple(Asked(words, ask.deadline) for ask, words in kept if words)
    words = (_visible(message.text, fact, assessment.flags) for fact in facts)
    told = tuple(dict.fromkeys(word for word in words if word))
    lost = len(asked) < len(asks)
    silent = assessment.answer_needed and not asked
    return Shown(kind, parts, unsure=lost or silent, told=told, asked=asked)


def _asks(assessment: Assessment) -> list[Ask]:
    asks = {(ask.start, ask.end): ask for ask in (*assessment.requests, *assessment.questions)}
    return [asks[place] for place in sorted(asks)]


def _standing_alone(assessment: Assessment) -> list[Fact]:
    """Return the facts that no longer fact and no question holds already."""
    longer: list[Fact | Ask] = [*assessment.facts, *_asks(assessment)]
    return [
        fact
        for fact in assessment.facts
        if not any(
            other.start <= fact.start and fact.end <= other.end and _size(other) > _size(fact)
            for other in longer
        )
    ]


def _size(found: Fact | Ask) -> int:
    return found.end - found.start


def _visible(text: str, found: Fact | Ask, flags: Iterable[Flag]) -> str:
    """Return the words of a fact or question without what is folded away; empty: nothing is left.

    Where it is a lesser part of a flagged span, the language step took it out of there as the fact
    or demand itself, and it stays whole (a deadline is never hidden).
    """
    meets = [flag for flag in flags if flag.start < found.end and found.start < flag.end]
    if not meets or any(_holds(flag, found) for flag in meets):
        return found.text
    if text[found.start : found.end] != found.text:
        return ""
    inside = tuple(
        Flag(
            max(flag.start - found.start, 0),
            min(flag.end, found.end) - found.start,
            flag.label,
            flag.source,
            flag.reason,
        )
        for flag in meets
    )
    parts = cut(found.text, inside)
    left = any(character.isalnum() for part in parts if part for character in part)
    return " ".join(part or GAP for part in parts) if left else ""


def _holds(flag: Flag, found: Fact | Ask) -> bool:
    inside = flag.start <= found.start and found.end <= flag.end
    return inside and _size(found) < flag.end - flag.start


def cut(text: str, flags: tuple[Flag, ...]) -> tuple[str | None, ...]:
    """Return the text without its flagged words, with None where they stood."""
    parts: list[str | None] = []
    at = 0
    for start, end in _merged(flags):
        if before := text[at:start].strip():
            parts.append(before)
        if not parts or parts[-1] is not None:
            parts.append(None)
        at = end
    if rest := text[at:].strip():
        parts.append(rest)
    return tuple(parts)


def _merged(flags: tuple[Flag, ...]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((flag.start, flag.end) for flag in flags):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
