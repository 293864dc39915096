"""The language step in this process: loads ``nlp`` and turns its readings into assessments.

Imported by the assessor process, the demo and tests alone, never by a web worker.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from broker.domain.assessment import Ask, Assessment, Fact, Flag
from nlp import NotAssessed, Reading, load
from nlp.facts import moments
from nlp.language import Language
from nlp.results import Context


class Reader:
    """``broker.ports.Assessor`` without a socket and without a limit of time."""

    def __init__(self) -> None:
        self._step = _language_step()
        self.version = str(self._step.version)

    def __call__(self, text: str, *, at: datetime, zone: str, names: Sequence[str]) -> Assessment:
        """Return the assessment of one text; what fails in the language step is "crashed"."""
        context = Context(written_at=at, zone=zone, names=tuple(names))
        try:
            found = self._step.read(text, context=context)
            if isinstance(found, NotAssessed):
                return Assessment.unavailable(found.reason)
            return told(found, context, self.version)
        except Exception:  # whatever a model raises on some text must not stop a message
            return Assessment.unavailable("crashed")


@cache
def _language_step() -> Language:
    """Load the model and the rules, once for a process."""
    return load()


def told(reading: Reading, context: Context, version: str) -> Assessment:
    """Return a reading in the broker's own words."""
    return Assessment(
        assessed=True,
        version=version,
        flags=tuple(Flag(s.start, s.end, s.label, s.source, s.reason) for s in reading.spans),
        alerts=reading.alerts,
        severity=reading.severity,
        logistics=reading.logistics,
        facts=tuple(Fact(f.start, f.end, f.text, f.kind, f.value) for f in reading.facts),
        questions=tuple(Ask(a.start, a.end, a.text, a.deadline) for a in reading.questions),
        requests=tuple(Ask(a.start, a.end, a.text, a.deadline) for a in reading.requests),
        answer_needed=reading.answer_needed,
        moments=moments(reading.facts, context),
        rewrite=reading.rewrite,
        rewrite_note=reading.rewrite_note,
    )
