"""Score the flags on gold messages: flagged or not, false alarms, and label by label.

Knows gold rows (`text`, `labels`, `optional_labels`) and the guide's neighbours; no rewrite.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.flags import LABELS

Pair = tuple[frozenset[str], frozenset[str], frozenset[str]]
"""Wanted, found and optional labels of one message."""
NEIGHBOURS = frozenset(
    frozenset(pair)
    for pair in (
        ("sarcasm", "baiting"),
        ("sarcasm", "insult"),
        ("blame", "insult"),
        ("coercion", "threat"),
        ("intrusion", "baiting"),
        ("intrusion", "threat"),
    )
)
"""Labels that count half for each other on the same message (guide, "First that fits")."""


@dataclass(frozen=True)
class Score:
    """Hits, false alarms and misses, in messages; halves are possible."""

    hit: float = 0
    extra: float = 0
    missed: float = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.hit + other.hit, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Give the share of what was found that was wanted."""
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Give the share of what was wanted that was found."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def report(gold: Path) -> str:
    """Read the gold messages with the shipped rules and give a table of scores."""
    import nlp

    language = nlp.load()
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line]
    found = [language.flags(row["text"]) for row in rows]
    pairs = [_pair(row, flags.labels) for row, flags in zip(rows, found, strict=True)]
    alerted = [bool(flags.alerts) for flags in found]
    return table(pairs) + "".join(
        f"{line}\n" for line in (*forms(rows, pairs), alerts(rows, alerted))
    )


def forms(rows: Iterable[Mapping[str, Any]], pairs: Iterable[Pair]) -> list[str]:
    """Count false alarms by form of message, where the rows tell it."""
    seen: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for row, (wanted, found, _) in zip(rows, pairs, strict=True):
        if "form" in row and not wanted:
            seen[row["form"]] += 1
            alarms[row["form"]] += bool(found)
    return [f"false alarms, {form} {alarms[form]} of {seen[form]}" for form in sorted(seen)]


def alerts(rows: Iterable[Mapping[str, Any]], alerted: Iterable[bool]) -> str:
    """Score "an alert or not" by message."""
    pairs = [(bool(row.get("alerts")), found) for row, found in zip(rows, alerted, strict=True)]
    hit, extra, missed = (
        pairs.count(kind) for kind in ((True, True), (False, True), (True, False))
    )
    return _line("alert", Score(hit, extra, missed))


def _pair(row: Mapping[str, Any], found: Iterable[str]) -> Pair:
    wanted = frozenset(row["labels"]) - {"none"}
    return wanted, frozenset(found), frozenset(row.get("optional_labels") or ())


def table(pairs: list[Pair]) -> str:
    """Lay the scores of all messages out as text."""
    whole, plain = flagged(pairs), sum(1 for wanted, _, may in pairs if not wanted and not may)
    lines = [f"{len(pairs)} messages", _line("flagged", whole)]
    lines.append(f"false alarms on plain messages {whole.extra:.0f} of {plain}")
    lines += [_line(label, of_label(label, pairs)) for label in LABELS]
    return "\n".join(lines) + "\n"


def _line(name: str, score: Score) -> str:
    return f"{name:13} P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}"


def flagged(pairs: Iterable[Pair]) -> Score:
    """Score "flagged or not"; a message whose labels are all optional counts for neither."""
    total = Score()
    for wanted, found, may in pairs:
        if wanted:
            total += Score(hit=1) if found else Score(missed=1)
        elif found and not may:
            total += Score(extra=1)
    return total


def of_label(label: str, pairs: Iterable[Pair]) -> Score:
    """Score one label; a neighbour on the same message counts half."""
    return sum((_one(label, *pair) for pair in pairs), Score())


def _one(label: str, wanted: frozenset[str], found: frozenset[str], may: frozenset[str]) -> Score:
    if label in wanted and label in found:
        return Score(hit=1)
    if label in wanted:
        half = 0.5 if _near(label, found - wanted) else 0.0
        return Score(hit=half, missed=1 - half)
    if label in found and label not in may:
        return Score(extra=0.5 if _near(label, wanted - found) else 1.0)
    return Score()


def _near(label: str, others: Iterable[str]) -> bool:
    return any(frozenset((label, other)) in NEIGHBOURS for other in others)
