"""From the words a rule matched to the clause that carries the hostility.

Knows the parse, surface cues and offsets; no rule, no label but `coercion`, whose demand and
lever are one span. Source: the language guide, "Span".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from nlp.clauses import finite
from nlp.cues import (
    ARRANGEMENT,
    ENDS,
    HOLDING,
    ITEM,
    JOINS,
    LINKS,
    NEW,
    NO_SUBJECT,
    OPENERS,
    STOPS,
    SUBJECTS,
    TAIL,
    YOU,
)
from nlp.results import Span
from nlp.vocabulary import CARE_VERBS, CONCRETE, EMOJI, HOSTILE

_EDGE = " \t\r\n,;:—–-"
_GAP = 60
_LONG = 320
"""A sentence of more characters than this is cut at its clauses even around a coercion."""
Range = tuple[int, int]


def clause(text: str, doc: Any, match: Range, label: str, others: Sequence[Range] = ()) -> Range:
    """Widen a match to the clause or sentence that carries it; arrangements stay outside.

    `others` are words that earned another label: a clause that holds any is not taken in.
    """
    start, end = match
    low, high = _sentence(text, doc, start, end)
    words = [t for t in doc.char_span(low, high, alignment_mode="expand") if not t.is_space]
    run_on = _run_on(words)
    if label == "coercion" and high - low <= _LONG:
        after = [p for p in _pieces(words, run_on, low, high) if p[0] >= end]
        high = next((a for a, b in after if _dated(text, a, b, a in run_on)), high)
    else:
        low, high = _around(text, doc, _pieces(words, run_on, low, high), match, others)
    return _trimmed(text, low, high, start, end)


def _sentence(text: str, doc: Any, start: int, end: int) -> Range:
    """Give the parsed sentences that a match touches, never past a line break."""
    touched = doc.char_span(start, end, alignment_mode="expand")
    first, last = touched[0].sent, touched[-1].sent
    low, high = first.start_char, max(last.end_char, end)
    low = max(low, text.rfind("\n", low, start) + 1)
    stop = text.find("\n", end, high)
    return low, high if stop < 0 else stop


def _pieces(words: Sequence[Any], run_on: Sequence[int], low: int, high: int) -> list[Range]:
    """Cut a sentence at its commas, dashes, emoji, joining words and run-on clauses."""
    cuts = [low, *run_on]
    for token, after in pairwise([*words, None]):
        if token.text in STOPS or EMOJI.fullmatch(token.text) or token.text in ENDS:
            cuts.append(token.idx + len(token.text))
        elif _joins(token, after):
            cuts.append(token.idx)
    cuts = sorted({min(max(cut, low), high) for cut in cuts} | {high})
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def _joins(token: Any, after: Any) -> bool:
    """Tell whether a joining word opens a clause: by the parse, or by the word behind it."""
    if token.lower_ not in JOINS:
        return False
    opens = after is not None and (
        after.lower_.replace("'", "") in OPENERS or after.lower_ in CARE_VERBS
    )
    return opens or (token.lower_ not in {"or", "so"} and token.dep_ in LINKS)


def _run_on(words: Sequence[Any]) -> list[int]:
    """Find where a new clause begins without any mark, as in text-speak."""
    cuts: list[int] = []
    begun = 0
    for at, token in enumerate(words):
        if token.text in STOPS or token.text in ENDS or token.lower_ in JOINS:
            begun = at + 1
        elif at - begun > 2 and _begins(words[begun : at + 4], at - begun):
            cuts.append(token.idx)
            begun = at
    return cuts


def _begins(words: Sequence[Any], at: int) -> bool:
    """Tell whether the word at `at` opens a clause behind a clause that is already whole."""
    token, before = words[at], words[at - 1].lower_
    if before in {"are", "r"} and words[at - 2].lower_ in {"u", "you"} and token.lower_ in NEW:
        return True
    if before.replace("'", "") in HOLDING or before.endswith("n't") or not _spoken(words[:at]):
        return False
    if token.lower_ in SUBJECTS:
        return len(words) > at + 1 and (finite(words[at + 1 :]) or token.lower_ in {"its", "im"})
    need = token.lower_ == "need" and before not in NO_SUBJECT
    picks = token.lower_ == "pick" and len(words) > at + 1 and words[at + 1].lower_ == "up"
    return need or picks or (token.lower_ == "bring" and before not in SUBJECTS)


def _spoken(words: Sequence[Any]) -> bool:
    """Tell whether words hold a verb, however it is spelt."""
    return finite(words) or any(w.pos_ in {"VERB", "AUX"} or w.lower_ == "dont" for w in words)


def _around(
    text: str, doc: Any, pieces: list[Range], match: Range, others: Sequence[Range]
) -> Range:
    def closed(piece: Range) -> bool:
        taken = any(_meet(piece, o) and not _meet(match, o) for o in others)
        return taken or _apart(text, doc, piece)

    held = [at for at, piece in enumerate(pieces) if _meet(piece, match)]
    first, last = held[0], held[-1]
    while first > 0 and not closed(pieces[first - 1]):
        first -= 1
    while last < len(pieces) - 1 and not closed(pieces[last + 1]):
        last += 1
    return pieces[first][0], pieces[last][1]


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def bridged(text: str, doc: Any, spans: Sequence[Span]) -> list[Span]:
    """Join spans of one label that one short sentence parts, where it arranges nothing."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        last = out[-1] if out else span
        gap = text[last.end : span.start]
        if last.label == span.label and last is not span and _bridge(text, doc, last, span, gap):
            out[-1] = replace(last, end=max(last.end, span.end))
        else:
            out.append(span)
    return out


def _bridge(text: str, doc: Any, left: Span, right: Span, gap: str) -> bool:
    short = bool(gap.strip()) and len(gap) <= _GAP and "\n" not in gap
    return short and not _apart(text, doc, (left.end, right.start))


def _apart(text: str, doc: Any, piece: Range) -> bool:
    """Tell whether a clause beside the hostile one says something of its own."""
    if _arranges(text, *piece):
        return True
    body = text[slice(*piece)]
    if TAIL.match(body) or YOU.search(body) or HOSTILE.search(body):
        return False
    words = doc.char_span(*piece, alignment_mode="contract") or ()
    named = any(w.dep_ in {"nsubj", "nsubjpass"} and w.pos_ in {"NOUN", "PROPN"} for w in words)
    return named and finite(list(words))


def _dated(text: str, low: int, high: int, run_on: bool) -> bool:
    """Tell whether a clause behind a lever is an arrangement of its own."""
    if run_on:
        return _arranges(text, low, len(text))
    return bool(CONCRETE.search(text, low, high)) and not YOU.search(text, low, high)


def _arranges(text: str, low: int, high: int) -> bool:
    return bool(ARRANGEMENT.search(text, low, high) or ITEM.search(text, low, high))


def _trimmed(text: str, low: int, high: int, start: int, end: int) -> Range:
    """Take marks and emoji off both ends, never into the match itself."""
    while low < min(high, start) and (text[low] in _EDGE or EMOJI.match(text[low])):
        low += 1
    while high > max(low, end) and (text[high - 1] in _EDGE or EMOJI.match(text[high - 1])):
        high -= 1
    return low, high
