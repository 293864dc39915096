"""What of a delivered text a reader is shown first. Folding hides nothing for good: the whole is
one press away, and nothing here changes a text (rule 6 of the house).
"""

from dataclasses import dataclass

from broker.domain.assessment import Assessment, Flag
from broker.domain.message import Message


@dataclass(frozen=True)
class Shown:
    """One message as one reader meets it.

    ``kind``: whole, urgent (a notice names it; the words are on the next page), parts (flagged
    wording cut out), facts (facts and questions alone) or unchecked (folded behind "Not checked").
    ``parts``: the words that are shown, with None where wording is folded away.
    """

    kind: str
    parts: tuple[str | None, ...] = ()
    unsure: bool = False

    @property
    def folded(self) -> bool:
        """Whether something is folded away."""
        return self.kind != "whole"


def show(message: Message, assessment: Assessment, shield: str, *, own: bool = False) -> Shown:
    """Return what is shown of a message under a reader's shield: nothing, flagged or facts."""
    if own:
        return Shown("whole", (message.text,))
    if message.urgent:
        return Shown("urgent")
    if not assessment.assessed and message.claim is None:
        return Shown("unchecked", unsure=True)
    if message.folded or (shield == "facts" and assessment.flags):
        return Shown("facts", unsure=_unsure(assessment))
    if shield == "flagged" and assessment.flags:
        return Shown("parts", cut(message.text, assessment.flags), _unsure(assessment))
    return Shown("whole", (message.text,))


def _unsure(assessment: Assessment) -> bool:
    """Whether there may be something to answer that no question, request or fact lists."""
    found = assessment.questions or assessment.requests or assessment.facts
    return assessment.answer_needed and not found


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
