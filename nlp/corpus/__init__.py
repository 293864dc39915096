"""Messages of the domain, written for this project (CC0), and how they are read.

The files hold texts with their hostile words marked where they stand, `⟦label|words⟧`, because that
is what a person can write and mend; offsets are computed here. What the texts are and are not:
`nlp/corpus/README.md`. Knows nothing of models.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.flags import LABELS

FOLDER = Path(__file__).parent
ALERTS = frozenset({"self_harm", "safeguarding"})
FORMS = frozenset({
    "plain", "boundary", "blunt", "second_language", "autistic_direct", "trap", "mixed", "hostile",
    "alert",
})  # fmt: skip
PLAIN_FORMS = FORMS - {"mixed", "hostile", "alert"}
FACT_KINDS = frozenset({
    "date", "time", "duration", "amount", "percentage", "phone", "address", "name", "place", "item",
    "deadline", "condition", "refusal", "agreement",
})  # fmt: skip
MARK = re.compile(r"⟦([a-z_+]+)\|(.*?)⟧", re.DOTALL)


@dataclass(frozen=True)
class Gold:
    """One message as its writer meant it. Offsets in code points of `text`."""

    id: str
    writer: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    alerts: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    requests: tuple[str, ...]
    answer_needed: bool
    logistics: bool
    rewrite: str | None
    form: str
    register: str
    implicit: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all spans, each once, sorted."""
        return tuple(sorted({label for _, _, label in self.spans}))


def unmark(marked: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Return the text without its marks, and the spans they stood for."""
    text, spans, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        start = len(text)
        text += mark.group(2)
        spans += [(start, len(text), label) for label in mark.group(1).split("+")]
        at = mark.end()
    return text + marked[at:], tuple(spans)


def load(folder: Path = FOLDER) -> Iterator[Gold]:
    """Return every message of every writer, in the order of the files."""
    for file in sorted(folder.glob("w*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield _gold(file.stem, json.loads(line))


def _gold(writer: str, row: dict[str, Any]) -> Gold:
    text, spans = unmark(row["marked"])
    return Gold(
        id=row["id"],
        writer=writer,
        text=text,
        spans=spans,
        alerts=tuple(row["alerts"]),
        facts=tuple((words, kind) for words, kind in row["facts"]),
        questions=tuple(row["questions"]),
        requests=tuple(row["requests"]),
        answer_needed=row["answer_needed"],
        logistics=row["logistics"],
        rewrite=row["rewrite"],
        form=row["form"],
        register=row["register"],
        implicit=row["implicit"],
    )


def faults(gold: Gold) -> Iterator[str]:
    """Say what is wrong with one message as it was written down."""
    if not gold.text.strip() or "⟦" in gold.text or "⟧" in gold.text:
        yield "no text, or broken marks"
    for start, end, label in gold.spans:
        if label not in LABELS or gold.text[start:end] != gold.text[start:end].strip():
            yield f"span {label}: {gold.text[start:end]!r}"
    if set(gold.alerts) - ALERTS or gold.form not in FORMS:
        yield "unknown alert or form"
    if gold.form in PLAIN_FORMS and gold.spans:
        yield f"{gold.form}, but something is marked"
    for words in (*(fact for fact, _ in gold.facts), *gold.questions, *gold.requests):
        if words not in gold.text:
            yield f"not in the text: {words!r}"
    if {kind for _, kind in gold.facts} - FACT_KINDS:
        yield "unknown kind of fact"
    numbers = set(re.findall(r"\d+", gold.rewrite or "")) - set(re.findall(r"\d+", gold.text))
    if numbers:
        yield f"the rewrite has new numbers {sorted(numbers)}"
    if gold.rewrite and not gold.spans:
        yield "a rewrite of a plain message"
