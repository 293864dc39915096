"""The parts of a message that a rewrite keeps, cut at clause level, and the parts it leaves out.

What stands outside the flagged spans is kept word for word; from inside one only what `nlp.demands`
names. Knows nothing of how a kept part is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from nlp.clauses import Range, asking, clauses, finite, imperative, questioning, sentences, tokens
from nlp.demands import demands
from nlp.leftovers import (
    BARRED_END,
    BARRED_START,
    BLAME,
    FILLER,
    LEAD,
    LEAD_AFTER_CUT,
    LETTER,
    OPEN_ENDED,
    SUBORDINATE,
    TAIL,
    UNFINISHED,
)
from nlp.results import Span
from nlp.vocabulary import ARRANGEMENT, CONCRETE


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the original that are kept, and the form they take."""

    start: int
    end: int
    form: str = "as_is"  # or request | question | fact | letter
    cut: bool = False  # whether something of its sentence was left out beside it
    shouted: bool = False
    joined: bool = False  # continues the piece before it


class UnreadableError(Exception):
    """A kept part could not be made a sentence."""


def pieces_of(doc: Doc, text: str, spans: Sequence[Span]) -> list[Piece]:
    """Cut what is kept out of the message, in order."""
    found: list[Piece] = []
    salvaged = demands(doc, text, spans)
    for a, b in sentences(text):
        kept = [Piece(d.start, d.end, d.form, True, _shouted(d.start, spans))
                for d in salvaged if a <= d.start < b]  # fmt: skip
        kept += _outside(doc, text, (a, b), spans)
        found += _joined(doc, text, sorted(kept, key=lambda p: p.start))
    return [p for run in _runs(found) if _stands(doc, text, run) for p in run]


def _runs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Group each piece with those that continue it."""
    runs: list[list[Piece]] = []
    for piece in pieces:
        if piece.joined and runs:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _shouted(at: int, spans: Sequence[Span]) -> bool:
    return any(s.label == "shouting" and s.start <= at < s.end for s in spans)


def _outside(doc: Doc, text: str, sentence: Range, spans: Sequence[Span]) -> list[Piece]:
    """List the parts of a sentence that no span covers, each cut where a new sentence fits."""
    a, b = sentence
    covered = sorted((s.start, s.end) for s in spans if s.start < b and a < s.end)
    gaps, at = [], a
    for start, end in covered:
        gaps.append((at, start))
        at = max(at, end)
    gaps.append((at, b))
    pieces = []
    for start, end in gaps:
        if start >= end:
            continue
        start, end = _tidy(text, start, end, cut=bool(covered))
        if start < end and not FILLER.fullmatch(text[start:end]):
            pieces += _split(doc, text, start, end, cut=bool(covered))
    return pieces


def _tidy(text: str, start: int, end: int, *, cut: bool) -> Range:
    """Leave the conjunctions and marks that a cut leaves hanging, and openers that say nothing."""
    body = text[start:end]
    if not LETTER.fullmatch(body.strip()) and (lead := LEAD.match(body)):
        start += lead.end()
    if (cut or start) and (lead := LEAD_AFTER_CUT.match(text[start:end])):
        start += lead.end()
    if cut and (tail := TAIL.search(text[start:end])):
        end = start + tail.start()
    for pattern in BLAME[:1]:
        if lead := pattern.match(text[start:end]):
            start += lead.end()
    return start, max(start, end)


def _split(doc: Doc, text: str, start: int, end: int, *, cut: bool) -> list[Piece]:
    """Cut at a comma before a question, an order or another full sentence."""
    whole = not cut and _alone(text, start, end) and LETTER.fullmatch(text[start:end])
    if whole and (
        text[start:end].endswith(",")
        or not tokens(doc, start, end)[1:]
        or end == len(text.rstrip())
    ):
        return [Piece(start, end, "letter", cut)]
    found: list[Range] = []
    for a, b in clauses(doc, text, start, end):
        first = re.match(r"\w+", text[a:b])
        linked = (
            first is None or first.group().lower() in {"and", "but", "or", "so", "n"} | SUBORDINATE
        )
        if found and (linked or not _separable(doc, text, found[-1], (a, b))):
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    found[-1:] = [(found[-1][0], end)] if found else [(start, end)]
    return [Piece(a, b, _form(doc, text, a, b), cut) for a, b in found]


def _alone(text: str, start: int, end: int) -> bool:
    """Tell whether a range has a line, or the start of the message and a comma, to itself."""
    opens = not text[:start].rstrip(" ") or text[:start].rstrip(" ").endswith("\n")
    return opens and (text[end:].lstrip(" ")[:1] in {"", "\n"})


def _separable(doc: Doc, text: str, left: Range, right: Range) -> bool:
    """Tell whether a comma between two clauses may become a stop."""
    opener = re.match(r"\w+", text[slice(*left)])
    if opener and opener.group().lower() in SUBORDINATE | {"but"}:
        return False
    if not text[left[1] : right[0]].strip().startswith((",", ";")) or not (
        finite(tokens(doc, *left)) or imperative(doc, text, *left)
    ):
        return False
    if tokens(doc, *left)[-1].lower_ in OPEN_ENDED:
        return False
    if questioning(text, *right) or imperative(doc, text, *right):
        return True
    words = tokens(doc, *right)
    return (
        bool(words) and words[0].tag_ in {"PRP", "DT", "PRP$", "NNP", "EX"} and finite(words[1:5])
    )


def _form(doc: Doc, text: str, start: int, end: int) -> str:
    if asking(text, start, end) or questioning(text, start, end):
        return (
            "question"
            if not re.match(r"(?i)(?:please|pls|plz|kindly)\b", text[start:end])
            else "request"
        )
    return "request" if imperative(doc, text, start, end) else "as_is"


def _joined(doc: Doc, text: str, pieces: list[Piece]) -> list[Piece]:
    """Put together what a dropped insertion had parted ("Mia, […], needs her coat")."""
    out: list[Piece] = []
    for piece in pieces:
        after = tokens(doc, piece.start, piece.end)
        before = tokens(doc, out[-1].start, out[-1].end) if out else []
        if before and after:
            listed = re.search(r"(?:^|\W)(and|or)\s+$", text[out[-1].end : piece.start])
            if listed and piece.start - out[-1].end < 8 and not finite(after):
                piece = replace(piece, start=out[-1].end + listed.start(1), joined=True)
            elif _continues(before, after, piece):
                piece = replace(piece, joined=True, form="as_is")
        out.append(piece)
    return out


def _continues(before: Sequence[Token], after: Sequence[Token], piece: Piece) -> bool:
    """Tell whether the words before a cut wait for the words after it."""
    last = before[-1]
    waiting = last.tag_ in BARRED_END or (last.tag_ == "PRP" and len(before) < 3)
    if waiting or last.lower_ in UNFINISHED | {"sure"}:
        return True
    if piece.form == "question" and not finite(after):
        return True
    if piece.form != "as_is":
        return False
    if after[0].lower_ in SUBORDINATE:
        return finite(before)
    hanging = after[0].tag_ in {"VBZ", "VBD", "VBP", "MD"} and not finite(before)
    return hanging or not finite(after)


def _stands(doc: Doc, text: str, run: Sequence[Piece]) -> bool:
    """Tell whether a run reads as a sentence; drop it if it says nothing, give up if it does.

    Raises `UnreadableError` where a broken piece holds a number, a date or an arrangement.
    """
    words = [t for p in run for t in tokens(doc, p.start, p.end) if not t.is_punct]
    body = " ".join(text[p.start : p.end] for p in run)
    if not words or FILLER.fullmatch(body):
        return False
    if not run[0].cut or run[0].form == "letter":
        return True
    if run[0].form != "as_is" and len(words) > 1 and words[-1].tag_ not in BARRED_END:
        return True
    if _whole(words, body):
        return True
    if CONCRETE.search(body) or ARRANGEMENT.search(body) or len(words) > 6:
        raise UnreadableError
    return False


def _whole(words: Sequence[Token], body: str) -> bool:
    if words[-1].tag_ in BARRED_END or words[0].lower_ in BARRED_START | {"’s", "'s"}:
        return False
    if words[0].lower_ in SUBORDINATE and words[-1].lower_ not in UNFINISHED:
        return "," in body and sum(finite([w]) for w in words) > 1
    if words[-1].lower_ in UNFINISHED or re.match(r"(?i)(?:no|yes|ok|okay|agreed)\b", body):
        return words[-1].lower_ not in UNFINISHED
    first = next((i for i, w in enumerate(words) if finite([w])), None)
    if first is None:
        things = any(w.pos_ in {"NOUN", "PROPN", "VERB", "AUX"} for w in words)
        return bool(CONCRETE.search(body)) and len(words) > 2 and things
    comma = body.find(",") + words[0].idx
    headless = (
        words[0].tag_ in {"DT", "PRP$", "NN", "NNS"} and words[0].idx < comma < words[first].idx
    )
    return not headless


def dropped(text: str, pieces: Sequence[Piece]) -> list[Range]:
    """List the ranges of the original that no piece holds, and the blame adverbs inside pieces."""
    out: list[Range] = []
    at = 0
    for piece in pieces:
        out.append((at, piece.start))
        for pattern in BLAME:
            out += [(piece.start + m.start(), piece.start + m.end())
                    for m in pattern.finditer(text[piece.start : piece.end])]  # fmt: skip
        at = piece.end
    out.append((at, len(text)))
    return [r for r in out if r[0] < r[1]]
