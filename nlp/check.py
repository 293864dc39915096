"""The separate check of a rewrite against its original (language guide, rewrite, rule 10).

Takes two texts and nothing else of what made them: no spans, no parse, no facts, and it imports
nothing of the rewriter. It compares words: what the rewrite says must stand in the original beside
the same neighbours, and what the original says must stand in the rewrite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlp.losses import lost, lost_polarity, lost_questions
from nlp.wording import (
    BOUND,
    FRAME,
    HELPING,
    MODAL,
    NEGATION,
    WHO,
    Fault,
    Word,
    following,
    near,
    pairs,
    words_of,
)

_RUDE = re.compile(
    r"\b(?:idiot|moron|liar|pathetic|useless|lazy|selfish|stupid|bitch|bastard|"
    r"fuck\w*|shit\w*|cunt|twat|prick|"
    r"loser|worthless|scum|psycho|regret this|or else)\b",
    re.IGNORECASE,
)


def check(original: str, rewrite: str, dropped: Sequence[tuple[int, int]] = ()) -> list[Fault]:
    """List what is wrong with a rewrite; an empty list lets it be offered.

    `dropped` names the ranges of the original that were left out on purpose: outside them each
    digit group, name, negation, modal and question mark must stand. Without it the same holds for
    each digit group and name of every sentence of which anything is kept, and of every sentence
    that shows no hostile wording of its own.
    """
    before, after = words_of(original), words_of(rewrite)
    if not after:
        return [Fault("empty", rewrite)]
    kept = [w for w in before if not any(a <= w.start and w.end <= b for a, b in dropped)]
    return [
        *_manner(rewrite),
        *_added(before, after),
        *_moved((before, kept), after),
        *_polarity((before, kept), after),
        *lost(original, kept if dropped else before, after, bool(dropped)),
        *lost_questions(original, rewrite, dropped),
    ]


def _manner(rewrite: str) -> Iterator[Fault]:
    if found := _RUDE.search(rewrite):
        yield Fault("rude", found.group())
    if "!" in rewrite or "??" in rewrite:
        yield Fault("shouting", "!")
    if not rewrite[:1].isupper() and not rewrite[:1].isdigit() and rewrite[:1] not in "£$€¿¡\"“'":
        yield Fault("no_capital", rewrite[:20])


def _added(before: Sequence[Word], after: Sequence[Word]) -> Iterator[Fault]:
    """Find words that the original does not hold and the closed list does not allow."""
    known = {w.norm for w in before} | FRAME
    for word in after:
        if word.norm not in known:
            yield Fault("changed_number" if word.number else "added_word", word.raw)


def _moved(sources: Sequence[Sequence[Word]], after: Sequence[Word]) -> Iterator[Fault]:
    """Find numbers, names and calendar words that stand beside other neighbours than before.

    `sources` holds the original whole and without what was dropped: a cut makes new neighbours.
    """
    there: dict[str, set[tuple[str, ...]]] = {}
    for words in sources:
        for j, word in enumerate(words):
            there.setdefault(word.norm, set()).add(_beside(words, j))
    for i, word in enumerate(after):
        places = there.get(word.norm)
        if (word.number or word.name) and places:
            here = _beside(after, i)
            same = any(a and a == b for place in places for a, b in zip(here, place, strict=True))
            if not same and any(here):
                yield Fault("moved", word.raw)


def _beside(words: Sequence[Word], i: int) -> tuple[str, ...]:
    """Return the content words on both sides, and the two words just before in the sentence."""
    two = [w.norm for w in words[max(0, i - 2) : i] if w.sentence == words[i].sentence]
    return near(words, i, -1), near(words, i, 1), " ".join(two) if len(two) == 2 else ""


def _polarity(sources: Sequence[Sequence[Word]], after: Sequence[Word]) -> Iterator[Fault]:
    """Find negations, modals, persons and limits that govern another word than before."""
    for code, group in (
        ("negation", NEGATION),
        ("modal", MODAL),
        ("person", WHO),
        ("limit", BOUND),
    ):
        there = {p for words in sources for p in pairs(words, group)}
        for i, word in enumerate(after):
            pair = (word.norm, following(after, i))
            if word.norm in group and pair[1] and pair not in there and not _framed(after, i):
                yield Fault(code, " ".join(pair))
    yield from _turned(sources[0], after)
    yield from lost_polarity(sources[0], after)


def _turned(before: Sequence[Word], after: Sequence[Word]) -> Iterator[Fault]:
    """Find "you can" where the original asks "can you", and orders made of a condition."""
    there = {(a.norm, b.norm) for a, b in pairwise(before)}
    for a, b in pairwise(after):
        if b.norm in MODAL | HELPING and (a.norm in WHO or a.name or a.opens):
            turned = (b.norm, a.norm) in there and (a.norm, b.norm) not in there
            if turned:
                yield Fault("question_lost", f"{a.norm} {b.norm}")
    for i, word in enumerate(after):
        if word.norm == "please" and [w.norm for w in after[i + 1 : i + 3]] == ["do", "not"]:
            verb = following(after, i + 2)
            if not _forbidden(before, verb):
                yield Fault("negation", f"please do not {verb}")


def _forbidden(before: Sequence[Word], verb: str) -> bool:
    """Tell whether the original forbids the verb anywhere but in a condition."""
    return any(
        w.norm in NEGATION
        and following(before, i) == verb
        and not {"if", "unless", "until"} & {x.norm for x in before[max(0, i - 4) : i]}
        for i, w in enumerate(before)
    )


def _framed(words: Sequence[Word], i: int) -> bool:
    """Tell whether a word belongs to "Please can you …" or "Can you confirm …"."""
    near = [w.norm for w in words[max(0, i - 2) : i + 3] if w.sentence == words[i].sentence]
    return (
        words[i].norm in {"can", "you"}
        and "can" in near
        and "you" in near
        and (words[i].opens or (i > 0 and words[i - 1].norm in {"please", "can"}))
    )
