"""What may be kept from inside a flagged span: a real demand, question or itemised fact.

The guide's rules 5 and 6: leverage goes, its request stays; of a threat, an intrusion and their
like nothing stays. Knows nothing of how a rewrite is worded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from nlp.clauses import (
    NOT_A_REQUEST,
    asking,
    clauses,
    imperative,
    questioning,
    sentences,
    tokens,
    trim,
)
from nlp.results import Span
from nlp.vocabulary import ARRANGEMENT, CONCRETE, HOSTILE


@dataclass(frozen=True, slots=True)
class Demand:
    """A range inside a flagged span that asks for or states something real, and its form.

    Forms: `request` (an order that becomes "Please …"), `question`, `fact` (said as it is).
    """

    start: int
    end: int
    form: str


_LEVER = re.compile(
    r"\b(?:if (?:you|u) (?:don['’]?t|do not|dont|won['’]?t|wont|refuse to|fail to|can['’]?t|cant)"
    r"|(?:unless|until|til|till) (?:you|u)(?:['’]ve)?) +(?:just |actually |finally |also )?",
    re.IGNORECASE,
)


_BETTER = re.compile(
    r"either (?:(?:you|u) )?|(?:you|u)(?:['’]d better| better|['’]ll| will|"
    r" have to| need to|['’]re going to) ",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r",?\s+or (?:else\b|(?:you|u|i|i['’]ll|you['’]ll|the kids|he|she|they|we|"
    r"nobody|no|ill|it|there)\b)",
    re.IGNORECASE,
)


_WANT = re.compile(
    r"(?:^|[,.] )(?=I(?:['’]m after|['’]d like| need| want| expect)\b)", re.IGNORECASE
)


_WANTED = re.compile(
    r"\bif (?:you|u) (?:want|wanna|ever want|expect|like)\b[^,.]*?(?:,|\bthen\b|"
    r"\b(?:you|u)['’]?(?:ll| will|"
    r" have to| need to| better|d better|['’]d better))\s*(?:(?:you|u)['’]?(?:ll|"
    r" will| have to| need to|"
    r"d better|['’]d better) )?",
    re.IGNORECASE,
)


_LEVER_END = re.compile(
    r",| (?:then|and|or|you|u|i|i['’]ll|he|she|they|we|the kids|there|"
    r"no)\b(?! (?:and|or)\b)|[.;:!?—–]|$",
    re.IGNORECASE,
)


def _arranges(words: str) -> bool:
    return bool(ARRANGEMENT.search(words) or CONCRETE.search(words))


def _leverage(doc: Doc, text: str, start: int, end: int) -> Iterator[Demand]:
    """Find the demand in a coercion span; the lever is left behind."""
    body = text[start:end]
    for found in _LEVER.finditer(body):
        at = start + found.end()
        stop = _verb_end(doc, text, at, end)
        if _arranges(text[at:stop]) and not NOT_A_REQUEST.match(text[at:stop]):
            yield Demand(at, stop, "request")
            return
    for found in _WANTED.finditer(body):
        at = start + found.end()
        if imperative(doc, text, at, end) and _arranges(text[at:end]):
            yield Demand(*trim(text, at, end, " .!,"), "request")
            return
    if other := _ELSE.search(body):
        at, stop = trim(text, start, start + other.start(), " ,.!")
        if better := _BETTER.match(text[at:stop]):
            at += better.end()
        if imperative(doc, text, at, stop) and _arranges(text[at:stop]):
            yield Demand(at, stop, "request")
            return
    if wanted := _WANT.search(body):
        at = start + wanted.end()
        parts = clauses(doc, text, at, _sentence_end(text, at, end))
        if parts and _arranges(text[slice(*parts[0])]):
            yield Demand(*trim(text, *parts[0], " ,.!"), "fact")
            return
    yield from (d for d in _shown(doc, text, start, end, False) if d.form == "request")


def _sentence_end(text: str, at: int, end: int) -> int:
    return next((stop for _, stop in sentences(text[at:end])), end - at) + at


def _verb_end(doc: Doc, text: str, at: int, end: int) -> int:
    """Find where the clause of the verb at `at` ends: by the parse, bounded by the first mark."""
    mark = _LEVER_END.search(text, at + 1, end)
    words = tokens(doc, at, end)
    verb = next((w for w in words if w.pos_ in {"VERB", "AUX"}), None)
    limit = next((w.idx for w in words if w.text in {",", ";", ".", "!", "?", "—", "–"}), end)
    if verb is not None:
        inside = [w for w in verb.subtree if w.idx >= at and w.idx < limit and not w.is_punct]
        if inside and max(w.idx for w in inside) > verb.idx:
            stop = max(w.idx + len(w) for w in inside)
            subject = next((w.idx for w in words if w.idx > verb.idx and w.dep_ == "nsubj"
                            and w.head.i < verb.i + 60 and w.head != verb), stop)  # fmt: skip
            return trim(text, at, min(stop, subject))[1]
    return trim(text, at, mark.start() if mark else end)[1]


_RHETORIC = re.compile(
    r"(?:how many times|how hard|who do (?:you|u) think|what(?: is|['’]s|s) wrong|"
    r"why|(?:are|do) (?:you|u))\b",
    re.IGNORECASE,
)


_MOTIVE = re.compile(
    r",?\s+(?:because|cos|coz|since|as if|so (?:you|u)|while (?:you|u))\b", re.IGNORECASE
)
_HANGING = re.compile(r"(?:or|and|but|oi|so|oh|then)\b[, ]+", re.IGNORECASE)


_OWNED = re.compile(r"\b(?:the|her|his|their|my|\d)|[£$€]", re.IGNORECASE)


_PLAIN_QUESTION = re.compile(
    r"(?:who|what|when|where|which|wot|wat|did|has|have|is)", re.IGNORECASE
)


_ACCUSED = re.compile(
    r"^(?:(?:as usual|once again|yet again|again|well done|thanks|so)[, ]+)?(?=(?:you|u) "
    r"(?:forgot|left|missed|owe|didn['’]?t|did not|haven['’]?t|were|lost|kept|"
    r"sent|still have|still owe)\b)",
    re.IGNORECASE,
)


def _shown(doc: Doc, text: str, start: int, end: int, manner: bool) -> Iterator[Demand]:
    """Find requests, real questions and dated or itemised facts in the clauses of a span."""
    for a, b in sentences(text[start:end]):
        for at, stop in clauses(doc, text, start + a, start + b):
            if lead := _HANGING.match(text[at:stop]):
                at += lead.end()
            form = _salvaged(doc, text, at, stop, manner)
            if form:
                lead = _ACCUSED.match(text[at:stop])
                motive = _MOTIVE.search(text, at, stop) if form == "fact" else None
                yield Demand(
                    at + (lead.end() if lead else 0), motive.start() if motive else stop, form
                )


def _salvaged(doc: Doc, text: str, at: int, stop: int, manner: bool) -> str | None:
    """Return the form in which a clause of a flagged span may be kept, or None."""
    accused = _ACCUSED.match(text[at:stop])
    core = text[at + (accused.end() if accused else 0) : stop]
    if not _arranges(core) or HOSTILE.search(core):
        return None
    if imperative(doc, text, at, stop):
        return "request"
    if asking(text, at, stop):
        return "question"
    if questioning(text, at, stop):
        real = manner or CONCRETE.search(core) or _PLAIN_QUESTION.match(core)
        return "question" if real and not _RHETORIC.match(core) else None
    itemised = accused is not None and _OWNED.search(core)
    return "fact" if itemised or (manner and CONCRETE.search(core)) else None


_NEVER_KEPT = frozenset(
    {"threat", "hoovering", "intrusion", "gaslighting", "triangulation", "stonewalling"}
)


def demands(doc: Doc, text: str, spans: Sequence[Span]) -> list[Demand]:
    """List what may be kept from inside flagged spans (guide: "Inside a flagged span a fact is …").

    A range that any label forbids (a threat, an intrusion) is never kept; leverage goes, its
    request stays; shouting by itself is a manner, so what it says is read like any words.
    """
    kept: list[Demand] = []
    for span in spans:
        if span.label in _NEVER_KEPT or _overlaps_other(span, spans):
            continue
        find = _leverage(doc, text, span.start, span.end) if span.label == "coercion" else _shown(
            doc, text, span.start, span.end, span.label == "shouting")  # fmt: skip
        kept += [d for d in find if not any(d.start < k.end and k.start < d.end for k in kept)]
    return sorted(kept, key=lambda d: d.start)


def _overlaps_other(span: Span, spans: Sequence[Span]) -> bool:
    """Tell whether a graver span lies on the same words, so that nothing of them is kept."""
    return any(
        o.label in _NEVER_KEPT or (span.label == "shouting" and o.label != "shouting")
        for o in spans if o is not span and o.start < span.end and span.start < o.end
    )  # fmt: skip
