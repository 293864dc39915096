"""The facts of a message, word for word: each with its offsets, its kind and, if certain, a value.

Dates and times are read in `nlp.dates`, sums and numbers in `nlp.measures`, the rest here by tables
and the parse. Words in a flagged span count only where it asks for or offers them (`nlp.demands`).
Knows nothing of pages or holds; `nlp.moments` says when the named arrangements begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from spacy.tokens import Doc

from nlp.clauses import clauses, sentences, tokens, trim
from nlp.dates import dates
from nlp.demands import Demand, demands
from nlp.measures import measures, meet
from nlp.moments import moments
from nlp.results import Context, Fact, Span
from nlp.times import times
from nlp.vocabulary import ARRANGEMENT

__all__ = ["find", "moments"]

_CONDITION = re.compile(
    r"(?<!ask )(?<!asked )(?<!asks )(?<!know )(?<!see )(?<!wonder )(?<!as )\b(?:if"
    r"|unless|provided(?: that)?|as long as|only if|on condition that|"
    r"in case) (?!not\b|so\b)[^.,;!?\n]{4,160}",
    re.IGNORECASE,
)


_REFUSAL = re.compile(
    r"^(?:no\b(?![ -](?:worries|problem|one\b|need|idea))|(?:sorry,? )?(?:i|"
    r"we)(?:['’]m| am| are|['’]re)? (?:can['’]?t|cannot|can not|"
    r"won['’]?t|will not|not (?:able|willing|going|available|free)|do(?:n['’]?t|"
    r" not) agree|refuse)\b)|"
    r"\b(?:does(?:n['’]?t| not)|do(?:n['’]?t| not)|won['’]?t|will not) (?:work|suit)\b",
    re.IGNORECASE,
)


_AGREEMENT = re.compile(
    r"^(?:yes|yep|yeah|agreed|confirmed|ok|okay)\b|\b(?:that(?:['’]s|"
    r" is)? (?:fine|works|ok|okay)|works for me|"
    r"(?:i|we)(?:['’]m| am)? (?:agree|happy to|accept|can do|confirm)|said yes)\b",
    re.IGNORECASE,
)


_DUE = re.compile(
    r"(?:by|before|due(?: on| by| in)?|no later than|deadline is)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


_NUMBERED = re.compile(
    r"(?:\b(?:size|page|lane|year|room|gate|bay|code|no|"
    r"number) )?(?<![\w.])[a-z]?\d[\w#/]*(?:[.:]\d+)*",
    re.IGNORECASE,
)


_NO_NAME_WORDS = """
i mum mom mummy mommy dad daddy gp pe ok yes no please thanks thank dear hi hello hey it its
he she we you they what when where why who how the a an this that kind regards x
"""
_NO_NAME = frozenset(_NO_NAME_WORDS.split())


_HANDED_WORDS = """
bring send pack return collect fetch drop sign pay buy leave take give need want pick order
post wear lend borrow keep get wash find renew fill book cancel forget forgot remember print
forward
"""
_HANDED = frozenset(_HANDED_WORDS.split())


def find(doc: Doc, text: str, spans: Sequence[Span], context: Context) -> tuple[Fact, ...]:
    """List the facts in order of their place; what a flagged span merely says is not among them."""
    when = dates(text, context, _past(doc, text))
    hours = [t for t in times(text) if not meet(t, when)]
    sums = list(measures(text, context))
    taken = [*when, *hours, *sums]
    hours = [h for h in hours if not meet(h, sums)]
    when = [w for w in when if not meet(w, [s for s in sums if s.kind in {"phone", "address"}])]
    named = list(_names(doc, text, context, taken))
    things = list(_items(doc, text, [*taken, *named]))
    said = chain(
        when, hours, sums, named, things, _deadlines(text, [*when, *hours]), _clausal(doc, text)
    )
    kept = demands(doc, text, spans)
    free = [f for f in said if _counts(f, spans, kept)]
    return tuple(sorted(free, key=lambda f: (f.start, f.end, f.kind)))


def _past(doc: Doc, text: str) -> frozenset[int]:
    """List the offsets of sentences that tell of what was ("moved to" tells of what comes)."""
    gone: set[int] = set()
    for start, end in sentences(text):
        tags = {t.tag_ for t in tokens(doc, start, end)}
        moved = re.search(
            r"\b(?:moved|changed|booked|shifted|put back|arranged)\b", text[start:end]
        )
        if not moved and "VBD" in tags and not tags & {"MD", "VB", "VBP", "VBZ"}:
            gone.update(range(start, end))
    return frozenset(gone)


def _counts(fact: Fact, spans: Sequence[Span], kept: Sequence[Demand]) -> bool:
    inside = any(s.start < fact.end and fact.start < s.end for s in spans)
    return not inside or any(d.start <= fact.start and fact.end <= d.end for d in kept)


def _names(doc: Doc, text: str, context: Context, taken: Sequence[Fact]) -> Iterator[Fact]:
    """Find names: those the context knows, and what the parse takes for a person or a place."""
    found: list[Fact] = list(taken)
    known = [
        (m.start(), m.end(), "name")
        for n in context.names
        if n
        for m in re.finditer(rf"(?<!\w){re.escape(n)}(?!\w)", text, re.IGNORECASE)
    ]
    kinds = {"PERSON": "name", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "firm"}
    parsed = [
        (e.start_char, e.end_char, _kind_of(text, e.start_char, kinds[e.label_]))
        for e in doc.ents
        if e.label_ in kinds
    ]
    single = [(t.idx, t.idx + len(t), "name") for t in doc if t.pos_ == "PROPN" and t.is_title]
    for start, end, kind in chain(known, parsed, single):
        words = re.sub(r"['’]s$", "", text[start:end])
        fact = Fact(start, start + len(words), words, kind, None)
        proper = (kind == "name" and (start, end, kind) in known) or words[:1].isupper()
        if (
            proper
            and "\n" not in words
            and words.strip()
            and words.lower() not in _NO_NAME
            and not meet(fact, found)
        ):
            found.append(fact)
            yield fact


def _kind_of(text: str, start: int, kind: str) -> str:
    """Take an organisation for a place only where somebody is at it or goes to it."""
    if kind != "firm":
        return kind
    before = text[max(0, start - 24) : start]
    there = re.search(r"\b(?:at|in|to|from|near|outside) (?:the )?$", before)
    return "place" if there else "name"


def _items(doc: Doc, text: str, taken: Sequence[Fact]) -> Iterator[Fact]:
    """Find things to bring, sign or pay, and numbers that nothing else explains ("size 4")."""
    found = [f for f in taken if f.kind not in {"name"}]
    for chunk in doc.noun_chunks:
        root = chunk.root
        handed = root.dep_ in {"dobj", "nsubjpass"} and root.head.lemma_ in _HANDED
        if root.pos_ != "NOUN" or not (handed or ARRANGEMENT.search(root.text)):
            continue
        start = next(
            (
                t.idx
                for t in chunk
                if t.dep_ not in {"det", "poss"} and t.tag_ not in {"PRP$", "DT", "POS"}
            ),
            chunk.start_char,
        )
        start, end = trim(text, start, chunk.end_char)
        fact = Fact(start, end, text[start:end], "item", None)
        if start < end and not meet(fact, found):
            found.append(fact)
            yield fact
    for match in _NUMBERED.finditer(text):
        fact = Fact(match.start(), match.end(), match.group(), "item", None)
        if not meet(fact, found):
            yield fact


def _deadlines(text: str, when: Sequence[Fact]) -> Iterator[Fact]:
    for fact in when:
        if found := _DUE.search(text[max(0, fact.start - 24) : fact.start]):
            start = fact.start - len(found.group())
            yield Fact(start, fact.end, text[start : fact.end], "deadline", fact.value)


def _clausal(doc: Doc, text: str) -> Iterator[Fact]:
    """Find conditions, refusals and agreements: a clause each."""
    for match in _CONDITION.finditer(text):
        start, end = trim(text, *match.span())
        yield Fact(start, end, text[start:end], "condition", None)
    for a, b in sentences(text):
        for start, end in clauses(doc, text, a, b):
            start, end = trim(text, start, end, " .!\n\t,;:")
            core = re.match(r"(?i)(?:and|but|so|or|well)[, ]+", text[start:end])
            start += core.end() if core else 0
            for kind, pattern in (("refusal", _REFUSAL), ("agreement", _AGREEMENT)):
                if start < end and text[b - 1 : b] != "?" and pattern.search(text[start:end]):
                    yield Fact(start, end, text[start:end], kind, None)
                    break
