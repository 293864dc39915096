"""From the words a rule matched to the clause that carries the hostility.

Knows the parse and offsets; no rule, no label but `coercion`, whose demand and lever are
one span. Source: the language guide, "Span".
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

ARRANGEMENT = re.compile(
    r"\d|\b(?:please|pls|plz|can (?:you|u|we|i)|could (?:you|we)|will you|would you|i need|"
    r"make sure|bring|send|collect|pick ?up|drop ?off|drop|fetch|sign|pay|transfer|"
    r"yes|no|i can|i'?ll|we'?ll|"
    r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|tomorrow|tmrw|tonight|noon|"
    r"january|february|april|june|july|august|september|october|november|december|"
    r"lunes|martes|jueves|viernes|domingo|ma[nñ]ana)\b",
    re.IGNORECASE,
)
"""What stands on the far side of a comma when an arrangement begins there."""

_STOPS = frozenset({",", ";", ":", "—", "–", "-", "--", "...", "…"})
_JOINS = frozenset({"but", "and", "so", "because", "n", "y", "pero", "anyway", "btw"})
_EDGE = " \t\r\n,;:—–-"
_LONG = 320
"""A sentence of more characters than this is cut at its clauses even around a coercion."""


def clause(text: str, doc: Any, start: int, end: int, label: str) -> tuple[int, int]:
    """Widen a match to the shortest clause or sentence that carries it, arrangements left out."""
    low, high = _sentence(text, doc, start, end)
    if not (label == "coercion" and high - low <= _LONG):
        low, high = _around(text, _pieces(doc, low, high), start, end)
    return _trimmed(text, low, high)


def _sentence(text: str, doc: Any, start: int, end: int) -> tuple[int, int]:
    """Give the parsed sentences that a match touches, never past a line break."""
    touched = doc.char_span(start, end, alignment_mode="expand")
    first, last = touched[0].sent, touched[-1].sent
    low, high = first.start_char, max(last.end_char, end)
    low = max(low, text.rfind("\n", low, start) + 1)
    stop = text.find("\n", end, high)
    return low, high if stop < 0 else stop


def _pieces(doc: Any, low: int, high: int) -> list[tuple[int, int]]:
    """Cut a sentence at its commas, dashes and joining words."""
    span = doc.char_span(low, high, alignment_mode="expand")
    cuts = [low]
    for token in span:
        if token.text in _STOPS:
            cuts.append(token.idx + len(token.text))
        elif token.lower_ in _JOINS and token.dep_ in ("cc", "mark", "advmod", "dep"):
            cuts.append(token.idx)
    cuts = sorted({min(max(cut, low), high) for cut in cuts} | {high})
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def _around(text: str, pieces: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    held = [at for at, (a, b) in enumerate(pieces) if a < end and b > start]
    first, last = held[0], held[-1]
    while first > 0 and not _arranges(text, pieces[first - 1]):
        first -= 1
    while last < len(pieces) - 1 and not _arranges(text, pieces[last + 1]):
        last += 1
    return pieces[first][0], pieces[last][1]


def _arranges(text: str, piece: tuple[int, int]) -> bool:
    return ARRANGEMENT.search(text, *piece) is not None


def _trimmed(text: str, low: int, high: int) -> tuple[int, int]:
    while low < high and text[low] in _EDGE:
        low += 1
    while high > low and text[high - 1] in _EDGE:
        high -= 1
    return low, high
