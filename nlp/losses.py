"""What a rewrite left behind of its original: numbers, names, negations, modals, questions.

One half of `nlp.check`; compares two texts and imports nothing of the rewriter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.wording import (
    ASKS,
    LEVERS,
    MODAL,
    NEGATION,
    Fault,
    Word,
    content,
    following,
    words_of,
)

_ALL: frozenset[str] = frozenset()


def lost_polarity(before: Sequence[Word], after: Sequence[Word]) -> Iterator[Fault]:
    """Find kept words whose negation or modal was left behind.

    A word is let through where it also stood free of it, or where a condition ("if you don't sign")
    has become a request ("please sign"), as the guide rules.
    """
    for code, group in (("negation", NEGATION), ("modal", MODAL)):
        bound, free = _governed(before, group)
        still, loose = _governed(after, group)
        for word in (bound & free) - {""}:
            if _tally(before, word, group) != _tally(after, word, group) and (
                _tally(before, word, _ALL) == _tally(after, word, _ALL)
            ):
                yield Fault(f"lost_{code}", word)
        for word in (bound - free) & (loose - still):
            if not _became_request(code, before, after, word):
                yield Fault(f"lost_{code}", word)


def _tally(words: Sequence[Word], word: str, group: frozenset[str]) -> int:
    """Count a word: in all (no group), or as governed by one of a group."""
    if not group:
        return sum(w.norm == word for w in words)
    return sum(w.norm in group and following(words, i) == word for i, w in enumerate(words))


def _governed(words: Sequence[Word], group: frozenset[str]) -> tuple[set[str], set[str]]:
    bound = {following(words, i) for i, w in enumerate(words) if w.norm in group} - {""}
    free = set()
    for i, word in enumerate(words):
        if content(word):
            j, held = i - 1, False
            while j >= 0 and not content(words[j]) and words[j].sentence == word.sentence:
                held, j = held or words[j].norm in group, j - 1
            if not held:
                free.add(word.norm)
    return bound, free


def _became_request(code: str, before: Sequence[Word], after: Sequence[Word], word: str) -> bool:
    asked = any(
        w.norm == word and "please" in {x.norm for x in after[max(0, i - 3) : i]}
        for i, w in enumerate(after)
    )
    asked = asked or any(
        w.norm == word and {"can", "you"} <= {x.norm for x in after[max(0, i - 4) : i]}
        for i, w in enumerate(after)
    )
    levered = any(
        w.norm == word and LEVERS[code] & {x.norm for x in before[max(0, i - 7) : i]}
        for i, w in enumerate(before)
    )
    return asked and levered


_CUE = re.compile(
    r"\b(?:never|always|ever|regret|watch|parked|saw|love|remember|believe|"
    r"imagin\w+|gave up|everyone|mother|mum|"
    r"sorry for|lawyer|solicitor|again|nobody|whose|who|you['’]re|ur|youre|wonder|"
    r"thanks|wow|nice|funny|"
    r"your (?:own|new))\b|!|\?\?|(?-i:[A-Z]{3,} [A-Z]{2,})",
    re.IGNORECASE,
)


def lost(original: str, kept: Sequence[Word], after: Sequence[Word], told: bool) -> Iterator[Fault]:
    """Find numbers and names (and, with `dropped`, negations and modals) that are missing."""
    said = {w.norm for w in after}
    count = {w.norm: 0 for w in kept}
    for word in kept:
        must = word.number or word.name or (told and word.norm in NEGATION | MODAL)
        if not must or word.norm in said:
            continue
        if told or not _left_out(original, kept, word, said):
            count[word.norm] += 1
            yield Fault("missing", word.raw)


_PRICED = re.compile(r"[£$€]|\d[:.]\d\d|\d ?[ap]\.?m\b", re.IGNORECASE)


_LEVERED = re.compile(
    r"\b(?:if|unless|until) (?:you|u)\b.*?(?:,|\bthen\b|\b(?:you|u|i|they|"
    r"we)(?:['’]ll| can| won['’]?t| will| get)\b)"
    r"|\bor (?:you|u|i|else|no|nobody|the)\b|^no [^,.]*,(?= no\b)",
    re.IGNORECASE | re.DOTALL,
)


def _left_out(original: str, words: Sequence[Word], word: Word, said: set[str]) -> bool:
    """Tell, without `dropped`, whether a word went with a whole hostile sentence or with a lever.

    A sentence counts as hostile by its own words, or where it speaks of the reader and names no sum
    and no hour; what is said in one clause with kept words may never go.
    """
    whole = [w for w in words if w.sentence == word.sentence]
    body = original[whole[0].start : whole[-1].end + 3]
    lever = _LEVERED.search(original, whole[0].start, whole[-1].end)
    if lever and word.start >= lever.end() and {"please", "can"} & said:
        return True
    if lever and any(content(w) and w.norm in said for w in whole if w.start < lever.end()):
        return False
    near = _clause(original, whole, word)
    if len(near) > 1 and sum(w.norm in said for w in near) >= 0.5 * len(near):
        return False
    telling = [w for w in whole if content(w) and not w.number]
    gone = sum(w.norm not in said for w in telling) >= 0.6 * len(telling)
    personal = {"you", "your", "me"} & {w.norm for w in whole} and not _PRICED.search(body)
    return gone and bool(personal or _CUE.search(body))


def _clause(original: str, whole: Sequence[Word], word: Word) -> list[Word]:
    """List the content words between the commas around a word, without the word and the numbers."""
    first = max(original.rfind(c, 0, word.start) for c in ",;:")
    last = min((i for c in ",;:" if (i := original.find(c, word.end)) >= 0), default=len(original))
    return [
        w for w in whole if first < w.start < last and content(w) and not w.number and w != word
    ]


def _marks(text: str) -> list[tuple[int, list[str], bool, str]]:
    """List each sentence as its end, its content words, whether it asks, and its first word."""
    out = []
    for found in re.finditer(r"[^.!?\n]*(?:[.](?=\S)[^.!?\n]*)*[.!?\n]*", text):
        words = words_of(found.group())
        if words:
            told = [w.norm for w in words if content(w)]
            out.append((found.end(), told, "?" in found.group(), words[0].norm))
    return out


def lost_questions(
    original: str, rewrite: str, dropped: Sequence[tuple[int, int]]
) -> Iterator[Fault]:
    """Find questions that became statements, and statements that became questions."""
    source = _marks(original)
    for _, told, asks, first in _marks(rewrite):
        if not told:
            continue
        best = max(source, key=lambda s: len(set(told) & set(s[1])), default=None)
        shared = len(set(told) & set(best[1])) if best else 0
        if best is None or shared * 2 < len(set(told)):
            continue
        if asks and not best[2] and first not in ASKS and best[3] not in ASKS:
            yield Fault("question_added", " ".join(told))
        if not asks and best[2] and first in ASKS and first != "please":
            yield Fault("question_lost", " ".join(told))
    yield from _dropped_questions(original, rewrite, dropped)


def _dropped_questions(
    original: str, rewrite: str, dropped: Sequence[tuple[int, int]]
) -> Iterator[Fault]:
    if not dropped:
        return
    marks = [m.start() for m in re.finditer(r"\?+", original)]
    due = [i for i in marks if not any(a <= i < b for a, b in dropped)]
    if len(due) > rewrite.count("?"):
        yield Fault("question_lost", "?")
