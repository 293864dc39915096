"""The grey-rock suggestion: what a message says once the flagged wording is left out.

Writes the kept parts (`nlp.pieces`) as sentences; what `nlp.check` faults is not offered. Knows
nothing of labels' rules, of people or of storage; the original is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from nlp.check import check
from nlp.clauses import sentences, tokens, trim
from nlp.leftovers import BLAME
from nlp.pieces import Piece, UnreadableError, dropped, pieces_of
from nlp.results import Ask, Fact, Span
from nlp.vocabulary import ARRANGEMENT, CONCRETE, EMOJI, HOSTILE
from nlp.wording import CALENDAR

Offer = tuple[str | None, str]


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
        pieces = pieces_of(doc, text, spans)
    except UnreadableError:
        return None, "check_failed"
    said = [p for p in pieces if p.form != "letter"]
    if not (_asked(text, said, facts) or (logistics and _arranges(doc, text, said, facts))):
        return None, "threat_left_out" if threat and logistics and pieces else "no_arrangements"
    words = _written(doc, text, pieces, spans)
    if _missing(pieces, facts, [*questions, *requests]) or check(
        text, words, dropped=dropped(text, pieces)
    ):
        return None, "check_failed"
    return words, "threat_left_out" if threat else "offered"


def _missing(pieces: Sequence[Piece], facts: Sequence[Fact], asks: Sequence[Ask]) -> bool:
    """Tell whether a counted fact or the beginning of an ask stands in no kept piece."""
    certain = {"date", "time", "amount", "percentage", "phone", "address", "deadline", "duration"}
    due = [f.start for f in facts if f.kind in certain] + [a.start for a in asks]
    return any(not any(p.start - 12 <= at < p.end for p in pieces) for at in due)


def _asked(text: str, said: Sequence[Piece], facts: Sequence[Fact]) -> bool:
    """Tell whether the kept pieces ask for a thing or name an hour, a sum or a number to ring."""
    telling = {"time", "amount", "deadline", "phone", "address", "percentage"}
    places = [f.start for f in facts if f.kind in telling]
    asked = [p for p in said if p.form in {"question", "request"}]
    named = any(p.start <= at < p.end for p in said for at in places)
    return named or any(ARRANGEMENT.search(text, p.start, p.end) for p in asked)


def _arranges(doc: Doc, text: str, said: Sequence[Piece], facts: Sequence[Fact]) -> bool:
    """Tell whether the kept pieces of a message with arrangements hold any of them."""
    things = {t.idx for t in doc if t.pos_ == "NOUN" and not HOSTILE.search(t.text)}
    for piece in said:
        words = text[piece.start : piece.end]
        if len(words.split()) > 3 and things & set(range(piece.start, piece.end)):
            return True
        if ARRANGEMENT.search(words) or CONCRETE.search(words):
            return True
    return any(p.start <= f.start < p.end for p in said for f in facts)


def _written(doc: Doc, text: str, pieces: Sequence[Piece], spans: Sequence[Span]) -> str:
    """Write the pieces as sentences."""
    out: list[str] = []
    for i, piece in enumerate(pieces):
        words = _named(doc, text, pieces, i)
        if piece.shouted:
            words = _lowered(doc, words, text)
        for pattern in BLAME:
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


def _sentence(words: str, piece: Piece, *, last: bool) -> str:
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
    capital = {t.text for t in doc if t.text.istitle()} | {w.title() for w in CALENDAR}

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


def _named(doc: Doc, text: str, pieces: Sequence[Piece], i: int) -> str:
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
    last = sentences(text[start:end])[-1:]
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
