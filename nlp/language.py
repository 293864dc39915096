"""The language step put together: text in, frozen Reading out.

Knows the order of the parts; each part keeps its own rules. No Doc leaves this module.
"""

from __future__ import annotations

from typing import Any

from nlp import asks, facts, flags, logistics, pipeline, rewrite, rules
from nlp.results import Context, NotAssessed, Reading

LONGEST = 8_000
"""Code points; the body limit of the broker."""
_PLAIN_CONTEXT = Context()


class Language:
    """The loaded model and rules; `read` may be called any number of times."""

    def __init__(self) -> None:
        self._model = pipeline.load_model()
        self._rules = rules.load()
        self.version = f"rules-{rules.fingerprint()}+{pipeline.MODEL}"

    def read(self, text: str, context: Context = _PLAIN_CONTEXT) -> Reading | NotAssessed:
        """Read one message; NotAssessed where the text cannot be analysed."""
        refused = unreadable(text)
        if refused is not None:
            return NotAssessed(refused)
        with self._model.memory_zone():
            doc = self._model(pipeline.soften(text))
            return self._reading(doc, text, context)

    def flags(self, text: str) -> flags.Flags:
        """Find flags and alerts alone: what `evaluate` and the tests of rules ask for."""
        with self._model.memory_zone():
            return flags.find(self._model(pipeline.soften(text)), text, self._rules)

    def _reading(self, doc: Any, text: str, context: Context) -> Reading:
        found = flags.find(doc, text, self._rules)
        alerts = tuple(sorted({span.label for span in found.alerts}))
        arranges = logistics.carries(text, found.spans)
        named = facts.find(doc, text, found.spans, context)
        questions, requests, answer = asks.find(doc, text, found.spans, named, context)
        offered, note = rewrite.suggest(
            doc, text, found.spans, named, questions, requests, logistics=arranges, alerts=alerts
        )
        if offered is not None and not self._plain(offered):
            offered, note = None, "check_failed"
        return Reading(
            spans=found.spans,
            labels=found.labels,
            alerts=alerts,
            severity=flags.severity(found.labels, alerts),
            logistics=arranges,
            facts=named,
            questions=questions,
            requests=requests,
            answer_needed=answer or bool(alerts),
            rewrite=offered,
            rewrite_note=note,
            alert_spans=found.alerts,
        )

    def _plain(self, words: str) -> bool:
        """Read a suggestion like any message: it is offered only where nothing is found in it."""
        found = flags.find(self._model(pipeline.soften(words)), words, self._rules)
        return not (found.spans or found.alerts)


def unreadable(text: str) -> str | None:
    """Give the id of the reason why a text cannot be analysed, or None."""
    if not text.strip():
        return "empty"
    if len(text) > LONGEST:
        return "too_long"
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        return "not_text"
    return None
