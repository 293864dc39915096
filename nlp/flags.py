"""Which words are flagged: rules, shouting, boundaries and quotations brought together.

Knows the guide's order among labels and its severity table. The context of a message is
not among its arguments: it never changes a flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from nlp import quotes, shouting, view
from nlp.clauses import trim
from nlp.results import Span
from nlp.rules import Match, Rules
from nlp.spans import bridged, clause

LABELS = (
    "threat", "coercion", "gaslighting", "hoovering", "guilt_trip", "triangulation", "intrusion",
    "stonewalling", "insult", "baiting", "blame", "sarcasm", "shouting",
)  # fmt: skip
"""All labels; on the same words the earlier one stays (guide: "First that fits")."""
ALERTS = ("self_harm", "safeguarding")
BOUNDARY = "boundary"
EXCLUDED = "plain"
_HIGH = frozenset(LABELS) - {"threat", "sarcasm", "shouting", "blame"}
_SHOUT = ("shouting.capitals-01@1", "shouting")


@dataclass(frozen=True)
class Flags:
    """Flagged spans and the words behind alerts, both in order."""

    spans: tuple[Span, ...]
    alerts: tuple[Span, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Give the union of the spans' labels, sorted."""
        return tuple(sorted({span.label for span in self.spans}))


Found = tuple[Span, tuple[int, int]]
"""A span and the words of it that a rule matched."""


def severity(labels: Iterable[str], alerts: Iterable[str]) -> str:
    """Compute the severity of a message from its labels and alerts (guide, "Severity")."""
    held = set(labels)
    if set(alerts) or "threat" in held:
        return "urgent"
    if held & _HIGH:
        return "high"
    return "low" if held else "none"


def find(doc: Any, text: str, rules: Rules) -> Flags:
    """Find the flags and alerts of a text, given the Doc of its analysis copy."""
    matches = _matches(text, rules)
    calm = [(m.start, m.end) for m in matches if m.rule.label in (BOUNDARY, EXCLUDED)]
    quoted = quotes.sourced(text)
    hostile = [m for m in matches if m.rule.label in LABELS and not _within(m, [*calm, *quoted])]
    spans = bridged(text, doc, _distinct(_span(text, doc, match, hostile) for match in hostile))
    insults = [span for span in spans if span.label == "insult"]
    spans += _shouts(text, matches, insults, quoted)
    alerts = [
        _span(text, doc, m, ()) for m in matches if m.rule.label in ALERTS and not _within(m, calm)
    ]
    spans = [_tidied(text, span) for span in spans]
    return Flags(_ordered(spans), _ordered(_distinct(alerts)))


def _matches(text: str, rules: Rules) -> list[Match]:
    found = list(rules.matches(view.plain(text)))
    folded = view.evading(text)
    if folded is not None:
        found += [m for m in rules.matches(folded) if m.rule.label not in (BOUNDARY, EXCLUDED)]
    return found


def _within(match: Match, ranges: list[tuple[int, int]]) -> bool:
    return any(low <= match.start and match.end <= high for low, high in ranges)


def _span(text: str, doc: Any, match: Match, hostile: Iterable[Match]) -> Found:
    """Widen a match to its clause, but not over the words of another label."""
    label = match.rule.label
    others = [(m.start, m.end) for m in hostile if m.rule.label != label]
    low, high = clause(text, doc, (match.start, match.end), label, others)
    return Span(low, high, label, match.rule.source, match.rule.reason), (match.start, match.end)


def _distinct(spans: Iterable[Found]) -> list[Span]:
    """Keep one span where two share words: the earlier label, and the wider of one label.

    A later label keeps what lies outside, where the words that earned it lie there.
    """
    kept: list[Span] = []
    for span, core in sorted(spans, key=_graver):
        rival = next((k for k in kept if k.start < span.end and span.start < k.end), None)
        if rival is None:
            kept.append(span)
        elif rival.label == span.label and span.end > rival.end:
            kept[kept.index(rival)] = _joined(rival, span)
        elif rival.label != span.label and (rest := _beside(span, core, kept)) is not None:
            kept.append(rest)
    return kept


def _tidied(text: str, span: Span) -> Span:
    """Take off the loose marks that a cut left at the ends."""
    start, end = trim(text, span.start, span.end)
    return replace(span, start=start, end=end) if start < end else span


def _graver(found: Found) -> tuple[int, int, int]:
    span = found[0]
    return LABELS_AND_ALERTS.index(span.label), span.start, -span.end


def _beside(span: Span, core: tuple[int, int], kept: list[Span]) -> Span | None:
    """Cut a span back to what no kept span holds; None where that would cut its own match."""
    low = max([k.end for k in kept if k.end <= core[0]] + [span.start])
    high = min([k.start for k in kept if k.start >= core[1]] + [span.end])
    free = all(k.end <= low or k.start >= high for k in kept)
    return replace(span, start=low, end=high) if free else None


LABELS_AND_ALERTS = (*LABELS, *ALERTS)


def _joined(first: Span, second: Span) -> Span:
    return Span(first.start, second.end, first.label, first.source, first.reason)


def _shouts(
    text: str, matches: list[Match], insults: list[Span], quoted: list[tuple[int, int]]
) -> list[Span]:
    bounds = [(m.start, m.end) for m in matches if m.rule.label == BOUNDARY]
    bounds = [b for b in bounds if not any(_near(text, b, i) for i in insults)]
    quiet = [*(_line(text, b) for b in bounds), *quoted, *quotes.inside(text)]
    return [Span(a, b, "shouting", _SHOUT[0], _SHOUT[1]) for a, b in shouting.runs(text, quiet)]


def _near(text: str, bound: tuple[int, int], insult: Span) -> bool:
    """Say whether an insult stands beside a boundary, in the same sentence or next to it."""
    gap = text[min(bound[1], insult.end) : max(bound[0], insult.start)]
    return len(re.findall(r"[.!?\n]", gap)) <= 1


def _line(text: str, bound: tuple[int, int]) -> tuple[int, int]:
    """Widen a boundary to its line: what repeats it in capitals belongs to it."""
    low = text.rfind("\n", 0, bound[0]) + 1
    high = text.find("\n", bound[1])
    return low, len(text) if high < 0 else high


def _ordered(spans: list[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.label)))
