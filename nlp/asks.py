"""What a message asks of its reader, in the writer's own words, with deadlines.

A request may be worded as a question ("Can you bring …?"); it is listed once, as a request. Nothing
is listed from inside a flagged span but a real question or demand (`nlp.demands`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from nlp.clauses import Range, asking, clauses, imperative, questioning, sentences, trim
from nlp.demands import demands
from nlp.results import Ask, Context, Fact, Span

Found = tuple[tuple[Ask, ...], tuple[Ask, ...], bool]

_WANTED = re.compile(
    r"^(?:i|we)(?:['’]?m| am)? (?:need|request|require|would like|['’]d like|"
    r"asking (?:you )?(?:for|to)|after|am asking|"
    r"asked if|want) (?!to (?:go|get|say|talk|know what|be)\b)(?!a (?:break|"
    r"rest)\b)|^(?:you|u) (?:need to|must|have to|will need to|should) |"
    r"^(?:let|tell|remind|text|ring|call|email|message|send|give) me\b|"
    r"^(?:make sure|dont forget|don['’]t forget)\b|"
    r"^need (?:to (?:know|no)|\d)|^(?:kindly|please|pls|plz)\b(?! find\b)",
    re.IGNORECASE,
)
_DUE_SHARE = re.compile(
    r"\b(?:(?:your|ur) (?:half|share|part|\d\d?%).{0,40}?(?:[£$€]|\bis\b|\bdue\b|"
    r"\bcomes to\b|['’]s\b)|(?:you|u) (?:still )?owe me\b)",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"(?:please |pls |kindly )?(?:stop|leave me|keep away|stay away|leave us|"
    r"(?:do not|don['’]?t|never) (?:ever )?(?:contact|text|call|ring|phone|"
    r"message|email|come|speak|talk|ask|write|"
    r"post|follow|track|touch|go near|turn up|show up|send me|involve))\b|"
    r"(?:do not|don['’]?t|never)\b(?! forget)",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:how are (?:you|u|things)|you ok|all ok|ok|okay|right|yeah|eh|innit|is that ok)\b[?.! ]*$",
    re.IGNORECASE,
)


def find(
    doc: Doc, text: str, spans: Sequence[Span], facts: Sequence[Fact], context: Context
) -> Found:
    """Return the questions, the requests, and whether an answer is needed (guide: answer card)."""
    questions: list[Ask] = []
    requests: list[Ask] = []
    for start, end in _parts(doc, text, spans):
        kind = _kind(doc, text, start, end)
        if kind:
            ask = Ask(start, end, text[start:end], _deadline(start, end, facts))
            (questions if kind == "question" else requests).append(ask)
    for demand in demands(doc, text, spans):
        kind = (
            "question"
            if demand.form == "question" and not asking(text, demand.start, demand.end)
            else "request"
        )
        if demand.form != "fact" or _WANTED.match(text[demand.start : demand.end]):
            start, end = trim(text, demand.start, demand.end)
            ask = Ask(start, end, text[start:end], _deadline(start, end, facts))
            (questions if kind == "question" else requests).append(ask)
    owed = any(
        not _covered((m.start(), m.end()), spans, doc, text) for m in _DUE_SHARE.finditer(text)
    )
    return _ordered(questions), _ordered(requests), bool(questions or requests or owed)


def _ordered(asks: Sequence[Ask]) -> tuple[Ask, ...]:
    return tuple(sorted(asks, key=lambda a: (a.start, a.end)))


def _covered(words: Range, spans: Sequence[Span], doc: Doc, text: str) -> bool:
    """Tell whether words stand in a flagged span that keeps nothing of them."""
    inside = any(s.start < words[1] and words[0] < s.end for s in spans)
    return inside and not any(d.start <= words[0] < d.end for d in demands(doc, text, spans))


def _parts(doc: Doc, text: str, spans: Sequence[Span]) -> Iterator[Range]:
    """List the clauses that no span touches; a question that runs to its mark stays whole."""
    for a, b in sentences(text):
        pieces = clauses(doc, text, a, b)
        if pieces:
            pieces[-1] = (pieces[-1][0], b)
        for start, end in pieces:
            lead = re.match(r"(?i)(?:and|but|so|or|also|ok|n)\b[, ]+", text[start:end])
            start += lead.end() if lead else 0
            for at, stop in _outside(start, end, spans):
                yield trim(text, at, stop, " \t\r\n,;:-–—()")


def _outside(start: int, end: int, spans: Sequence[Span]) -> Iterator[Range]:
    at = start
    for span in sorted(spans, key=lambda s: s.start):
        if span.start < end and at < span.end:
            if span.start > at:
                yield at, span.start
            at = max(at, span.end)
    if at < end:
        yield at, end


def _kind(doc: Doc, text: str, start: int, end: int) -> str | None:
    """Tell a question from a request; neither for a boundary, a courtesy or a mere tag."""
    words = text[start:end]
    if len(words) < 4 or _COURTESY.match(words):
        return None
    if _BOUNDARY.match(words):
        return None
    if asking(text, start, end) and not words.lower().startswith("please find"):
        return "request"
    if questioning(text, start, end):
        return "question"
    if _WANTED.match(words) or imperative(doc, text, start, end):
        return "request"
    return None


def _deadline(start: int, end: int, facts: Sequence[Fact]) -> str | None:
    """Return the words of the deadline inside an ask, or its one date."""
    inside = [f for f in facts if start <= f.start and f.end <= end]
    due = next((f for f in inside if f.kind == "deadline"), None)
    return (due.value or due.text) if due else None
