"""What the language step is asked with and what it answers: plain frozen values.

Knows nothing of spaCy, of people or of the broker. Offsets are Unicode code points
of the text as sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Context:
    """What is known about a message beside its words. It never changes a flag."""

    written_at: datetime | None = None
    zone: str = "UTC"
    date_order: str = "DMY"
    names: tuple[str, ...] = ()
    spelling: str = "en-GB"


@dataclass(frozen=True)
class Span:
    """Words that earned a label, the rule that says so, and the id of a plain reason."""

    start: int
    end: int
    label: str
    source: str
    reason: str


@dataclass(frozen=True)
class Fact:
    """A date, time, amount, name, place or item, word for word; `value` is normalised or None."""

    start: int
    end: int
    text: str
    kind: str
    value: str | None


@dataclass(frozen=True)
class Ask:
    """A question or a request, in the writer's words, with its deadline where one is named."""

    start: int
    end: int
    text: str
    deadline: str | None


@dataclass(frozen=True)
class Reading:
    """All that was found in one message. `labels` and `alerts` are sorted.

    `alert_spans` holds the words behind the alerts, so that flags on the words of
    a self-harm alert can be kept from the other reader.
    """

    spans: tuple[Span, ...]
    labels: tuple[str, ...]
    alerts: tuple[str, ...]
    severity: str
    logistics: bool
    facts: tuple[Fact, ...]
    questions: tuple[Ask, ...]
    requests: tuple[Ask, ...]
    answer_needed: bool
    rewrite: str | None
    rewrite_note: str
    alert_spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class NotAssessed:
    """The text could not be analysed; `reason` is an id. It never means that the text is plain."""

    reason: str
