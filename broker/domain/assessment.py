"""What the language step said of a text, as plain values. It says nothing of a person (S14).

A text that could not be assessed is never treated as plain (S24): ``Assessment.unavailable``.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

SEVERITIES = ("none", "low", "high", "urgent")
GRAVE = frozenset({"insult", "coercion"})
"""Labels that earn the one interruption page (ux.md U3); urgent messages do as well."""


@dataclass(frozen=True)
class Flag:
    """Words under discussion: offsets in code points, the rule and the reason, never the words."""

    start: int
    end: int
    label: str
    source: str
    reason: str


@dataclass(frozen=True)
class Fact:
    """A fact in the writer's own words; ``value`` is a normal form where one is certain."""

    start: int
    end: int
    text: str
    kind: str
    value: str | None = None


@dataclass(frozen=True)
class Ask:
    """A question or request in the writer's own words, with its deadline if it names one."""

    start: int
    end: int
    text: str
    deadline: str | None = None


@dataclass(frozen=True)
class Assessment:
    """One reading of one text. ``moments``: UTC times named in it; None: named but unresolved."""

    assessed: bool
    version: str = ""
    why_not: str | None = None
    flags: tuple[Flag, ...] = ()
    alerts: tuple[str, ...] = ()
    severity: str = "none"
    logistics: bool = False
    facts: tuple[Fact, ...] = ()
    questions: tuple[Ask, ...] = ()
    requests: tuple[Ask, ...] = ()
    answer_needed: bool = False
    moments: tuple[datetime | None, ...] = ()
    rewrite: str | None = None
    rewrite_note: str = "not_assessed"

    @classmethod
    def unavailable(cls, why: str) -> "Assessment":
        """Return the assessment of a text that nobody could read; ``why`` is a reason id."""
        return cls(assessed=False, why_not=why)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all flags, each once, sorted."""
        return tuple(sorted({flag.label for flag in self.flags}))

    @property
    def urgent(self) -> bool:
        """Whether it is delivered at once and whole (S10)."""
        return self.assessed and self.severity == "urgent"

    @property
    def grave(self) -> bool:
        """Whether the writer is stopped once before sending (ux.md U3)."""
        return self.urgent or bool(GRAVE & set(self.labels))


def to_plain(assessment: Assessment) -> dict[str, Any]:
    """Return what is kept of an assessment; a suggestion is never kept (S4, R11)."""
    plain = asdict(assessment)
    del plain["rewrite"], plain["rewrite_note"]
    plain["moments"] = [at.isoformat() if at else None for at in assessment.moments]
    return plain


def from_plain(plain: dict[str, Any]) -> Assessment:
    """Return the assessment kept as ``to_plain`` wrote it."""
    moments = tuple(datetime.fromisoformat(at) if at else None for at in plain["moments"])
    return Assessment(
        **{
            **plain,
            "flags": tuple(Flag(**flag) for flag in plain["flags"]),
            "facts": tuple(Fact(**fact) for fact in plain["facts"]),
            "questions": tuple(Ask(**ask) for ask in plain["questions"]),
            "requests": tuple(Ask(**ask) for ask in plain["requests"]),
            "alerts": tuple(plain["alerts"]),
            "moments": moments,
        }
    )
