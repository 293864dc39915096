"""The grey-rock suggestion: what a message says once the flagged wording is left out.

Works on clauses: what stands outside the flagged spans stays word for word; from inside a span only
a real demand, question or fact is kept (`nlp.clauses`). What `nlp.check` faults is not offered.
Knows nothing of labels' rules, of people or of storage; the original is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from nlp import check
from nlp.clauses import (
    ARRANGEMENT,
    CONCRETE,
    EMOJI,
    HOSTILE,
    Range,
    asking,
    clauses,
    demands,
    finite,
    imperative,
    questioning,
    sentences,
    tokens,
    trim,
)  # fmt: skip
from nlp.results import Ask, Fact, Span

Offer = tuple[str | None, str]

_FILLER = re.compile(
    r"(?:oi|lol|lmao|anyway|anyways|whatever|ok|okay|so|and|but|or|oh|wow|hey|hun|"
    r"babe|look|listen|well|"
    r"right|seriously|honestly|hope you['’]re well|btw|x+|ha+|haha|ugh|yeah|sure|"
    r"fine|also|ps|then|just|"
    r"because|cos|though|either way|on another note)[\s,.!:;?x-]*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:and|but|or|oi|oh|lol|wow|anyway|anyways|hun|babe|n|"
    r"on another note)\b[,.!\s:-]*|[-–—,;:.!?)\"”’\s]+)+",
    re.IGNORECASE,
)
_LEAD_AFTER_CUT = re.compile(r"^(?:so|then|btw|also|plus)\b[,\s]+(?=\w)", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:[\s,;:(\"“–—-]+|\b(?:and|but|or|so|because|cos|coz|since|which|though|"
    r"although|even though|not that|"
    r"while|anyway|if only|only|plus|just|oh)\b)+$",
    re.IGNORECASE,
)
_BLAME = (
    re.compile(
        r"^(?:as usual|as always|once again|yet again|typically|of course|clearly|obviously),?\s+",
        re.I,
    ),
    re.compile(r",?\s+(?:as usual|as always|yet again|once again|like always)\b", re.IGNORECASE),
    re.compile(r",?\s+AGAIN\b"),
    re.compile(r"(?<=\w),?\s+again(?=[.!?]*$)"),
)
_BARRED_END = frozenset({"DT", "IN", "CC", "TO", "MD", "PRP$", "WDT", "WP$"})
_BARRED_START = frozenset(
    ["which", "who", "whom", "whose", "that", "because", "cos", "than", "of", "not", "nor"]
)
_UNFINISHED = frozenset(
    [
        "believe",
        "think",
        "know",
        "see",
        "wonder",
        "understand",
        "imagine",
        "guess",
        "suppose",
        "mean",
        "hope",
        "say",
    ]
)
_SUBORDINATE = frozenset(
    [
        "if",
        "when",
        "unless",
        "until",
        "while",
        "although",
        "though",
        "as",
        "once",
        "since",
        "after",
        "before",
    ]
)
_LETTER = re.compile(
    r"(?:(?:dear|hi|hello|hey)\s+[\w .'’-]{1,40},?|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2},?)"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of the original that are kept, and the form they take."""

    start: int
    end: int
    form: str = "as_is"  # or request | question | fact | letter
    cut: bool = False  # whether something of its sentence was left out beside it
    shouted: bool = False
    joined: bool = False  # continues the piece before it


class _Unreadable(Exception):
    """A kept part could not be made a sentence."""


def suggest(
    doc: Doc,
    text: str,
    spans: Sequence[Span],
    facts: Sequence[Fact],
    questions: Sequence[Ask],
    requests: Sequence[Ask],
    *,
    logistics: bool,
    alerts: Sequence[str],
) -> Offer:
    """Offer one calm version, or none, with the note that says why.

    Nothing is offered beside a self-harm alert: a version without the cry would hide it.
    """
    if not spans:
        return None, "plain"
    if "self_harm" in alerts:
        return None, "check_failed"
    threat = any(s.label == "threat" for s in spans)
    try:
        pieces = _pieces(doc, text, spans)
    except _Unreadable:
        return None, "check_failed"
    if not logistics or not _arranges(text, pieces, facts, [*questions, *requests]):
        return None, "threat_left_out" if threat and logistics and pieces else "no_arrangements"
    words = _written(doc, text, pieces, spans)
    if check.check(text, words, dropped=_dropped(text, pieces)):
        return None, "check_failed"
    return words, "threat_left_out" if threat else "offered"


def _arranges(
    text: str, pieces: Sequence[_Piece], facts: Sequence[Fact], asks: Sequence[Ask]
) -> bool:
    """Tell whether the kept pieces hold anything to arrange."""
    said = [p for p in pieces if p.form != "letter"]
    inside = [
        any(p.start <= x.start < p.end for p in said) for x in [*facts, *asks]
    ]  # fmt: skip
    return any(inside) or any(
        ARRANGEMENT.search(text[p.start : p.end]) or CONCRETE.search(text[p.start : p.end])
        for p in said
    )


def _pieces(doc: Doc, text: str, spans: Sequence[Span]) -> list[_Piece]:
    """Cut what is kept out of the message, in order."""
    found: list[_Piece] = []
    salvaged = demands(doc, text, spans)
    for a, b in sentences(text):
        kept = [_Piece(d.start, d.end, d.form, True, _shouted(d.start, spans))
                for d in salvaged if a <= d.start < b]  # fmt: skip
        kept += _outside(doc, text, (a, b), spans)
        found += _joined(doc, text, sorted(kept, key=lambda p: p.start))
    return [p for p in found if _stands(doc, text, p)]


def _shouted(at: int, spans: Sequence[Span]) -> bool:
    return any(s.label == "shouting" and s.start <= at < s.end for s in spans)


def _outside(doc: Doc, text: str, sentence: Range, spans: Sequence[Span]) -> list[_Piece]:
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
        if start < end and not _FILLER.fullmatch(text[start:end]):
            pieces += _split(doc, text, start, end, cut=bool(covered))
    return pieces


def _tidy(text: str, start: int, end: int, *, cut: bool) -> Range:
    """Leave the conjunctions and marks that a cut leaves hanging, and openers that say nothing."""
    body = text[start:end]
    if not _LETTER.fullmatch(body.strip()) and (lead := _LEAD.match(body)):
        start += lead.end()
    if (cut or start) and (lead := _LEAD_AFTER_CUT.match(text[start:end])):
        start += lead.end()
    if cut and (tail := _TAIL.search(text[start:end])):
        end = start + tail.start()
    for pattern in _BLAME[:1]:
        if lead := pattern.match(text[start:end]):
            start += lead.end()
    return start, max(start, end)


def _split(doc: Doc, text: str, start: int, end: int, *, cut: bool) -> list[_Piece]:
    """Cut at a comma before a question, an order or another full sentence."""
    whole = not cut and _alone(text, start, end) and _LETTER.fullmatch(text[start:end])
    if whole and (
        text[start:end].endswith(",")
        or not tokens(doc, start, end)[1:]
        or end == len(text.rstrip())
    ):
        return [_Piece(start, end, "letter", cut)]
    found: list[Range] = []
    for a, b in clauses(doc, text, start, end):
        first = re.match(r"\w+", text[a:b])
        linked = (
            first is None or first.group().lower() in {"and", "but", "or", "so", "n"} | _SUBORDINATE
        )
        if found and (linked or not _separable(doc, text, found[-1], (a, b))):
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    found[-1:] = [(found[-1][0], end)] if found else [(start, end)]
    return [_Piece(a, b, _form(doc, text, a, b), cut) for a, b in found]


def _alone(text: str, start: int, end: int) -> bool:
    """Tell whether a range has a line, or the start of the message and a comma, to itself."""
    opens = not text[:start].rstrip(" ") or text[:start].rstrip(" ").endswith("\n")
    return opens and (text[end:].lstrip(" ")[:1] in {"", "\n"})


def _separable(doc: Doc, text: str, left: Range, right: Range) -> bool:
    """Tell whether a comma between two clauses may become a stop."""
    opener = re.match(r"\w+", text[slice(*left)])
    if opener and opener.group().lower() in _SUBORDINATE | {"but"}:
        return False
    if not text[left[1] : right[0]].strip().startswith((",", ";")) or not (
        finite(tokens(doc, *left)) or imperative(doc, text, *left)
    ):
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


def _joined(doc: Doc, text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Put together what a dropped insertion had parted ("Mia, […], needs her coat")."""
    out: list[_Piece] = []
    for piece in pieces:
        words = tokens(doc, piece.start, piece.end)
        if out and words and piece.form == "as_is":
            before = tokens(doc, out[-1].start, out[-1].end)
            hanging = words[0].tag_ in {"VBZ", "VBD", "VBP", "MD"} and not finite(before)
            trailing = (
                (words[0].tag_ in {"IN", "TO"} and words[0].lower_ not in _SUBORDINATE)
                or words[0].tag_ == "CC"
            ) and not finite(words)
            listed = re.search(r"(?:^|\W)(and|or)\s+$", text[out[-1].end : piece.start])
            if listed and piece.start - out[-1].end < 8 and not finite(words):
                piece = replace(piece, start=out[-1].end + listed.start(1), joined=True)
            elif hanging or trailing:
                out[-1] = replace(out[-1], form="as_is" if hanging else out[-1].form)
                piece = replace(piece, joined=True)
        out.append(piece)
    return out


def _stands(doc: Doc, text: str, piece: _Piece) -> bool:
    """Tell whether a piece reads as a sentence; drop it if it says nothing, give up if it does.

    Raises `_Unreadable` where a broken piece holds a number, a date or an arrangement.
    """
    words = [t for t in tokens(doc, piece.start, piece.end) if not t.is_punct]
    body = text[piece.start : piece.end]
    if not words or _FILLER.fullmatch(body):
        return False
    if not piece.cut or piece.form in {"letter", "request", "question", "fact"} or piece.joined:
        return True
    if _whole(words, body):
        return True
    if CONCRETE.search(body) or ARRANGEMENT.search(body) or len(words) > 6:
        raise _Unreadable
    return False


def _whole(words: Sequence[Token], body: str) -> bool:
    if words[-1].tag_ in _BARRED_END or words[0].lower_ in _BARRED_START | {"’s", "'s"}:
        return False
    if words[-1].lower_ in _UNFINISHED:
        return False
    if words[0].lower_ in _SUBORDINATE:
        return "," in body and sum(finite([w]) for w in words) > 1
    if re.match(r"(?i)(?:no|yes|ok|okay|agreed)\b", body):
        return True
    first = next((i for i, w in enumerate(words) if finite([w])), None)
    if first is None:
        return bool(CONCRETE.search(body)) and len(words) > 1
    comma = body.find(",") + words[0].idx
    headless = (
        words[0].tag_ in {"DT", "PRP$", "NN", "NNS"} and words[0].idx < comma < words[first].idx
    )
    return not headless


def _dropped(text: str, pieces: Sequence[_Piece]) -> list[Range]:
    """List the ranges of the original that no piece holds, and the blame adverbs inside pieces."""
    out: list[Range] = []
    at = 0
    for piece in pieces:
        out.append((at, piece.start))
        for pattern in _BLAME:
            out += [(piece.start + m.start(), piece.start + m.end())
                    for m in pattern.finditer(text[piece.start : piece.end])]  # fmt: skip
        at = piece.end
    out.append((at, len(text)))
    return [r for r in out if r[0] < r[1]]


def _written(doc: Doc, text: str, pieces: Sequence[_Piece], spans: Sequence[Span]) -> str:
    """Write the pieces as sentences."""
    out: list[str] = []
    for i, piece in enumerate(pieces):
        words = _named(doc, text, pieces, i)
        if piece.shouted:
            words = _lowered(doc, words, text)
        for pattern in _BLAME:
            words = pattern.sub("", words)
        words = re.sub(r"\s+", " ", EMOJI.sub("", words)).strip()
        joined = i + 1 < len(pieces) and pieces[i + 1].joined
        sentence = _sentence(words, piece, last=not joined)
        if piece.joined and out:
            tail = sentence[:1].lower() + sentence[1:] if words[:1].islower() else sentence
            out[-1] = f"{out[-1]} {tail}"
        else:
            out.append(sentence)
    return " ".join(out)


def _sentence(words: str, piece: _Piece, *, last: bool) -> str:
    """Give one piece its capital, its "Please" and its closing mark."""
    if piece.form == "letter":
        return words
    if piece.form == "request":
        core = re.sub(r"^(?:please|pls|plz|kindly|just)[,\s]+", "", words, flags=re.IGNORECASE)
        first = core.split(" ", 1)[0]
        core = core if first.isupper() and len(first) > 1 else core[:1].lower() + core[1:]
        words = f"Please {core}"
    words = words[:1].upper() + words[1:]
    if not last:
        return words.rstrip(" .!?,;")
    mark = "?" if piece.form == "question" and not words.startswith("Please ") else "."
    closed = re.sub(r"[\s.!?…,;:–—-]+$", "", words)
    if (
        words.endswith((")", '"', "”", "’"))
        and closed == words
        and re.search(r"[.!?][)\"”’]$", words)
    ):
        return words
    if re.search(r"\b[ap]\.m\.$", words):
        return words
    return closed + ("?" if words.rstrip().endswith("?") else mark)


def _lowered(doc: Doc, words: str, text: str) -> str:
    """Write shouted words in lower case, but for days, months, names and short forms."""
    capital = {t.text for t in doc if t.text.istitle()} | {w.title() for w in check.CALENDAR}

    def lower(found: re.Match[str]) -> str:
        word = found.group()
        if not word.isupper() or word in {"GP", "PE", "I", "NHS", "ID", "TV", "UK", "US"}:
            return word
        if word.title() in capital or word.title().removesuffix("'S") in capital:
            return word[0] + word[1:].lower()
        return word.lower()

    return re.sub(r"[^\W\d]+(?:['’][^\W\d]+)*", lower, words)


_PRONOUN = re.compile(r"\b(it|they|them)\b(['’](?:s|re)\b)?", re.IGNORECASE)
_VERB = {"'s": " is", "’s": " is", "'re": " are", "’re": " are"}


def _named(doc: Doc, text: str, pieces: Sequence[_Piece], i: int) -> str:
    """Give a pronoun its noun where the noun's own clause was left out just before it."""
    piece = pieces[i]
    words = text[piece.start : piece.end]
    since = pieces[i - 1].end if i else 0
    found = _PRONOUN.search(words)
    if not found or (
        i
        and re.search(
            r"\b(?:the|a|an|my|your|his|her|our|their|\w+['’]s)\s",
            text[pieces[i - 1].start : since],
        )
    ):
        return words
    before = tokens(doc, piece.start, piece.start + found.start())
    if any(t.pos_ in {"NOUN", "PROPN"} for t in before):
        return words
    plural = found.group(1).lower() != "it"
    noun = _antecedent(doc, text, since, piece.start, plural)
    if noun is None:
        return words
    return (
        words[: found.start()]
        + noun
        + _VERB.get((found.group(2) or "").lower(), "")
        + words[found.end() :]
    )


def _antecedent(doc: Doc, text: str, start: int, end: int, plural: bool) -> str | None:
    """Find the one owned thing in the left-out words just before; none where two would fit."""
    last = [r for r in sentences(text[start:end])][-1:]
    chunks = []
    for chunk in doc.noun_chunks:
        root = chunk.root
        inside = last and start + last[0][0] <= chunk.start_char and chunk.end_char <= end
        fits = root.tag_ == ("NNS" if plural else "NN") and root.dep_ in {"dobj", "nsubj", "pobj"}
        owned = any(c.dep_ == "poss" or c.lower_ == "the" for c in root.children)
        words = text[chunk.start_char : chunk.end_char]
        if inside and fits and owned and ARRANGEMENT.search(words) and not HOSTILE.search(words):
            chunks.append(trim(text, chunk.start_char, chunk.end_char))
    return text[slice(*chunks[0])] if len(chunks) == 1 else None
