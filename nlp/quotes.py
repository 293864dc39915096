"""Words that the writer quotes, with a source or without.

Knows quotation marks and the phrases that name a source; no label.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(
    r"[\"“«]([^\"”»\n]{2,600})[\"”»]|"
    r"(?<!\w)[‘']([^’'\n]{2,300}(?:[’']\w[^’'\n]{0,300}){0,6})[’'](?!\w)"
)
_SOURCE = re.compile(
    r"(?:\b(?:you|u|he|she|they|your (?:message|email|text|mum|mom|dad|solicitor)|"
    r"message \d{1,5}|msg \d{1,5}|"
    r"email of|text of|i quote|quote)\b[^\"“‘\n.]{0,80})$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:wrote|said|sent|texted|messaged|put|typed|called|emailed|told|replied|quote|reads?|"
    r"says?|"
    r"message|msg|email|text|voicemail|asked)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^\s{0,2}[,(]?\s{0,2}(?:message|msg|your (?:message|text|email)|"
    r"you (?:wrote|said|texted|sent)|\()",
    re.IGNORECASE,
)
_UNMARKED = re.compile(
    r"\b(?:you|u) (?:wrote|texted|messaged|emailed|"
    r"sent)\b[^:\n]{0,60}:\s{1,2}(?P<said>[^\n.!?]{2,300}[.!?]?)",
    re.IGNORECASE,
)


def inside(text: str) -> list[tuple[int, int]]:
    """Give every range between quotation marks."""
    return [found.span() for found in _QUOTED.finditer(text)]


def sourced(text: str) -> list[tuple[int, int]]:
    """Give the quotations whose source is named: "you wrote on Monday: …", "message 12"."""
    named = [span for span in inside(text) if _has_source(text, *span)]
    return named + [found.span("said") for found in _UNMARKED.finditer(text)]


def _has_source(text: str, start: int, end: int) -> bool:
    before = _SOURCE.search(text[max(0, start - 120) : start])
    if before is not None and _SAID.search(before[0]):
        return True
    return _AFTER.match(text[end : end + 40]) is not None
