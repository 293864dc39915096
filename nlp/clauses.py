"""Sentences and clauses, and whether one is an order, a question or a request.

Knows offsets, words and the parse. Knows nothing of labels, facts or rewriting. All offsets are
code points of the text as sent; `doc` is a parse of a copy of equal length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from nlp.vocabulary import CARE_VERBS, EMOJI

Range = tuple[int, int]


_ABBREVIATION = re.compile(
    r"\b(?:mr|mrs|ms|dr|prof|st|rd|ave|no|vs|approx|e\.g|i\.e|[a-z]|[ap]\.m)\.$", re.IGNORECASE
)


_STOP = re.compile(r"[.!?…]+[\"'’”)\]]*(?=\s|$)|\n+|\s+(?=[-–—]\s*$)")


NOT_A_REQUEST = re.compile(
    r"^(?:be (?:nice|kind|good|careful)|stop\b|come (?:home|back)|apologi[sz]e|"
    r"admit|beg|do (?:what|as)|"
    r"give me another|love|forgive|behave|grow|leave him|say sorry|"
    r"drop (?:the )?(?:charges?|police)|"
    r"tell (?:the )?(?:police|court|judge)|have (?:fun|it your)|keep (?:this|"
    r"it) up|get (?:lost|over|real)|"
    r"find (?:out|someone)|try\b)",
    re.IGNORECASE,
)


_ASK = re.compile(
    r"^(?:(?:please|pls|plz)[, ]+)?(?:can|could|will|would|cd|wud) (?:you|u|ya)\b", re.IGNORECASE
)


_AUX = (
    r"(?:is|are|was|were|do|does|did|have|has|can|could|will|would|shall|should|"
    r"may|might|isn['’]?t|aren['’]?t|"
    r"don['’]?t|doesn['’]?t|didn['’]?t|haven['’]?t|hasn['’]?t|can['’]?t|won['’]?t|r|cd|wud)"
)


_QUESTION = re.compile(
    r"^(?:(?:and|but|so|also|oi|ok|hi|hey|please|pls)[, ]+)*(?:"
    r"(?:who|what|when|where|which|why|how|wot|wat|wen|whose)(?:['’]s|s)?(?! (?:i|"
    r"you|u|he|she|we|they|it)\b)"
    rf"(?: (?!{_AUX}\b)\w+){{0,3}}(?:(?<=s)|(?<=['’]s)| {_AUX})\b(?! (?:none|not|my)\b)"
    rf"|(?:do|have) (?:i|you|u|ya|we|they)\b|(?!(?:do|have)\b){_AUX} (?:i|you|u|ya|"
    rf"he|she|it|we|they|there|this|that|the|my|your|ur|his|"
    rf"her|our|their|(?-i:[A-Z][a-z]+))\b)",
    re.IGNORECASE,
)


_LEAD_PLEASE = re.compile(
    r"^(?:please|pls|plz|kindly|just|and|so|then|also|now|ok|okay)[, ]+", re.IGNORECASE
)


def trim(text: str, start: int, end: int, junk: str = " \t\r\n,;:-–—") -> Range:
    """Narrow a range past blanks and loose punctuation at both ends."""
    while start < end and text[start] in junk:
        start += 1
    while end > start and text[end - 1] in junk:
        end -= 1
    return start, end


def sentences(text: str) -> list[Range]:
    """Cut a text into sentences at stops, line ends and runs of emoji (which belong to none)."""
    cuts: list[Range] = []
    for found in re.finditer(rf"{_STOP.pattern}|{EMOJI.pattern}", text):
        before = text[max(0, found.start() - 12) : found.start() + 1]
        if found.group().startswith(".") and len(found.group()) == 1:
            letter = text[found.end() :].lstrip()[:1]
            if _ABBREVIATION.search(before) and not (before[-2:-1] in "mM" and letter.isupper()):
                continue
        solid = found.group()[0] in ".!?…"
        cuts.append((found.end() if solid else found.start(), found.end()))
    pieces, at = [], 0
    for end, resume in [*cuts, (len(text), len(text))]:
        start, stop = trim(text, at, end, " \t\r\n")
        if stop > start:
            pieces.append((start, stop))
        at = max(resume, at)
    return pieces


def tokens(doc: Doc, start: int, end: int) -> list[Token]:
    """List the tokens that lie in a range, without blanks."""
    span = doc.char_span(start, end, alignment_mode="contract") if start < end else None
    return [t for t in span if not t.is_space] if span is not None else []


def finite(words: Sequence[Token]) -> bool:
    """Tell whether the words hold a verb that can carry a clause."""
    return any(
        t.tag_ in {"VBZ", "VBP", "VBD", "MD"} or (t.lower_ in {"'s", "’s"} and t.pos_ == "AUX")
        for t in words
    )


def imperative(doc: Doc, text: str, start: int, end: int) -> bool:
    """Tell whether a range is an order to the reader ("make sure …", "bring …")."""
    core = text[start:end]
    while found := _LEAD_PLEASE.match(core):
        core = core[found.end() :]
    first = re.match(r"[A-Za-z]+", core)
    if not first or first.group().lower() not in CARE_VERBS or NOT_A_REQUEST.match(core):
        return False
    words = tokens(doc, start + (end - start - len(core)), end)
    if len(words) < 2:
        return False
    after = (
        words[2] if len(words) > 2 and words[1].lower_ in {"up", "off", "in", "out"} else words[1]
    )
    if after.lower_ in {"of", "-"} or after.tag_ in {"VBZ", "VBD", "VBP", "MD"}:
        return False
    return after.lower_ not in {"is", "are", "was", "'s", "’s"}


def questioning(text: str, start: int, end: int) -> bool:
    """Tell whether a range is worded as a question, with or without its mark."""
    core = text[start:end]
    if core.rstrip("\"'’”) ").endswith("?"):
        return True
    return bool(_QUESTION.match(core)) and not re.match(
        r"(?i)(?:when|what|where|how|which)\b.*,", core
    )


def asking(text: str, start: int, end: int) -> bool:
    """Tell whether a range asks the reader to do something ("can you …", "please …")."""
    core = text[start:end]
    return bool(_ASK.match(core)) or bool(
        re.match(r"(?i)(?:please|pls|plz|kindly) (?!don['’]?t\b)\w+", core)
    )


def _opens_clause(words: Sequence[Token]) -> bool:
    """Tell whether these words can begin a clause of their own after a comma or a conjunction."""
    if not words:
        return False
    first = words[0]
    if first.lower_ in {"who", "which", "whom", "whose", "that", "because", "cos", "as", "since"}:
        return False
    if first.tag_ in {"MD", "VBP", "VBZ", "VBD"} and len(words) > 1:
        return words[1].tag_ == "PRP" or first.lower_ in CARE_VERBS
    if first.lower_ in CARE_VERBS and first.tag_ in {"VB", "NN", "NNP"}:
        return True
    return finite(words[1:])


def clauses(doc: Doc, text: str, start: int, end: int) -> list[Range]:
    """Cut a range at commas, dashes and conjunctions that begin another full clause."""
    words = tokens(doc, start, end)
    cuts = [start]
    first_verb = next((i for i, w in enumerate(words) if w.pos_ in {"VERB", "AUX"}), len(words))
    for i, word in enumerate(words[1:-1], 1):
        mark = word.lower_ in {",", ";", "-", "–", "—", "...", "…"} or word.text[:1] in "?!."
        link = word.lower_ in {"and", "but", "or", "n", "so"}
        if not (mark or link) or word.idx < cuts[-1]:
            continue
        after = [w for w in words[i + 1 : i + 40] if w.lower_ not in {"and", "but", "so"}]
        after = after[: _until_mark(after)]
        if _opens_clause(after) and i > first_verb:
            cuts.append(word.idx if link else word.idx + len(word))
    return [
        r
        for r in (trim(text, a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True))
        if r[1] > r[0]
    ]


def _until_mark(words: Sequence[Token]) -> int:
    return next((i for i, w in enumerate(words) if w.text in {",", ";", "—", "–"}), len(words))
