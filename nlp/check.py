"""The separate check of a rewrite against its original (language guide, "Grey-rock rewrite", rule 10).

Takes two texts and nothing else of what made them: no spans, no parse, no facts, and it imports
nothing of the rewriter. It compares words: what the rewrite says must stand in the original beside
the same neighbours, and what the original says must stand in the rewrite.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "christmas",
        "easter",
    ]
)
_FRAME = frozenset(["please", "can", "you", "confirm", "the", "is", "are", "it", "and", "i"])
_NEGATION = frozenset(
    ["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot"]
)
_MODAL = frozenset(
    ["can", "could", "will", "would", "shall", "should", "may", "might", "must", "need"]
)
_WHO = frozenset(
    ["i", "you", "he", "she", "we", "they", "who", "my", "your", "his", "her", "our", "their"]
)
_EMPTY: frozenset[str] = frozenset()
_HELPING = frozenset(["do", "does", "did", "is", "are", "was", "were", "has", "have"])
_LEVERS = {"negation": {"if", "unless", "until"}, "modal": _MODAL | {"if", "unless", "until"}}
_BOUND = frozenset(["by", "before", "after", "until", "till", "til", "from", "since"])
_PASSING = frozenset(
    [
        "a",
        "an",
        "the",
        "to",
        "of",
        "at",
        "on",
        "in",
        "for",
        "with",
        "by",
        "from",
        "before",
        "after",
        "until",
        "till",
        "til",
        "since",
        "and",
        "or",
        "but",
        "so",
        "if",
        "then",
        "than",
        "as",
        "that",
        "this",
        "these",
        "those",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "am",
        "do",
        "does",
        "did",
        "has",
        "have",
        "had",
        "it",
        "i",
        "you",
        "he",
        "she",
        "we",
        "they",
        "who",
        "my",
        "your",
        "his",
        "her",
        "our",
        "their",
        "me",
        "him",
        "them",
        "us",
        "not",
        "no",
        "never",
        "'s",
        "'d",
        "please",
        "just",
        "can",
        "could",
        "will",
        "would",
        "shall",
        "should",
        "may",
        "might",
        "must",
        "need",
        "always",
        "again",
        "usual",
        "actually",
        "really",
        "even",
        "there",
        "here",
        "too",
        "also",
        "up",
        "yes",
        "ok",
        "never",
        "bother",
    ]
)
_RUDE = re.compile(
    r"\b(?:idiot|moron|liar|pathetic|useless|lazy|selfish|stupid|bitch|bastard|"
    r"fuck\w*|shit\w*|cunt|twat|prick|"
    r"loser|worthless|scum|psycho|regret this|or else)\b",
    re.IGNORECASE,
)
_SHORT = {
    "dont": "do not", "wont": "will not", "cant": "can not", "cannot": "can not", "didnt": "did not",
    "doesnt": "does not", "isnt": "is not", "arent": "are not", "wasnt": "was not", "havent": "have not",
    "hasnt": "has not", "wouldnt": "would not", "couldnt": "could not", "shouldnt": "should not",
    "im": "i am", "ive": "i have", "youre": "you are", "u": "you", "ur": "your", "r": "are", "n": "and",
    "hes": "he is", "shes": "she is", "thats": "that is", "pls": "please", "plz": "please",
    "kindly": "please", "youll": "you will", "theyre": "they are",
}  # fmt: skip
_PARTS = ((re.compile(r"won['’]t$"), "will not"), (re.compile(r"can['’]t$"), "can not"),
          (re.compile(r"shan['’]t$"), "shall not"), (re.compile(r"n['’]t$"), " not"),
          (re.compile(r"['’]ll$"), " will"), (re.compile(r"['’]re$"), " are"),
          (re.compile(r"['’]ve$"), " have"), (re.compile(r"['’]m$"), " am"),
          (re.compile(r"['’]d$"), " 'd"))  # fmt: skip
_WORD = re.compile(r"[£$€]?\d+(?:[.:,/]\d+)*%?|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLITIC = re.compile(r"^(it|he|she|that|there|what|where|who|when|how)['’]s$")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a rewrite may not be offered: a code for tables, and the words concerned."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class _Word:
    """One word as compared: folded, with where it stood and how it was written."""

    norm: str
    raw: str
    start: int
    end: int
    sentence: int
    opens: bool

    @property
    def number(self) -> bool:
        return any(c.isdigit() for c in self.norm)

    @property
    def name(self) -> bool:
        """Whether it is written like a name: a capital where a sentence does not begin."""
        return (self.raw[:1].isupper() and not self.opens and self.raw[:2] not in {"I'", "I’"}
            and self.norm not in _WHO
                and not (self.raw.isupper() and len(self.raw) > 1)) or self.norm in CALENDAR  # fmt: skip


def check(original: str, rewrite: str, dropped: Sequence[tuple[int, int]] = ()) -> list[Fault]:
    """List what is wrong with a rewrite; an empty list lets it be offered.

    `dropped` names the ranges of the original that were left out on purpose: outside them each
    digit group, name, negation, modal and question mark must stand. Without it the same holds for
    each digit group and name of every sentence of which anything is kept, and of every sentence
    that shows no hostile wording of its own.
    """
    before, after = _words(original), _words(rewrite)
    if not after:
        return [Fault("empty", rewrite)]
    left = [w for w in before if any(a <= w.start and w.end <= b for a, b in dropped)]
    kept = [w for w in before if w not in left]
    return [
        *_manner(rewrite), *_added(before, after), *_moved(before, after),
        *_polarity(before, after), *_lost(original, kept if dropped else before, after, bool(dropped)),
        *_questions(original, rewrite, dropped),
    ]  # fmt: skip


def _split(raw: str) -> list[str]:
    """Fold one word: contractions opened, the possessive taken off, short forms spelt out."""
    low = raw.lower().replace("’", "'")
    if low in _SHORT:
        return _SHORT[low].split()
    if found := _CLITIC.match(low):
        return [found.group(1), "is"]
    for pattern, said in _PARTS:
        if pattern.search(low):
            return pattern.sub(said, low).split()
    return [low.removesuffix("'s").strip("'") or low]


def _words(text: str) -> list[_Word]:
    out: list[_Word] = []
    sentence, opens, at = 0, True, 0
    for found in _WORD.finditer(text):
        between = text[at : found.start()]
        if re.search(r"[.!?…](?:\s|$|[\"”')])|\n", between):
            sentence, opens = sentence + 1, True
        for norm in _split(found.group()):
            out.append(_Word(norm, found.group(), found.start(), found.end(), sentence, opens))
        opens, at = False, found.end()
    return out


def _content(word: _Word) -> bool:
    return word.norm not in _PASSING


def _near(words: Sequence[_Word], i: int, step: int) -> str:
    """Return the nearest content word on one side, or an empty string at the end of the text."""
    j = i + step
    while 0 <= j < len(words) and not _content(words[j]):
        j += step
    return words[j].norm if 0 <= j < len(words) else ""


def _next(words: Sequence[_Word], i: int) -> str:
    j = i + 1
    while j < len(words) and not _content(words[j]):
        j += 1
    return words[j].norm if j < len(words) and words[j].sentence == words[i].sentence else ""


def _manner(rewrite: str) -> Iterator[Fault]:
    if found := _RUDE.search(rewrite):
        yield Fault("rude", found.group())
    if "!" in rewrite or "??" in rewrite:
        yield Fault("shouting", "!")
    if not rewrite[:1].isupper() and not rewrite[:1].isdigit() and rewrite[:1] not in "£$€¿¡\"“'":
        yield Fault("no_capital", rewrite[:20])


def _added(before: Sequence[_Word], after: Sequence[_Word]) -> Iterator[Fault]:
    """Find words that the original does not hold and the closed list does not allow."""
    known = {w.norm for w in before} | _FRAME
    for word in after:
        if word.norm not in known:
            yield Fault("changed_number" if word.number else "added_word", word.raw)


def _moved(before: Sequence[_Word], after: Sequence[_Word]) -> Iterator[Fault]:
    """Find numbers, names and calendar words that stand beside other neighbours than before."""
    for i, word in enumerate(after):
        if not (word.number or word.name):
            continue
        here = (_near(after, i, -1), _near(after, i, 1))
        there = [
            (_near(before, j, -1), _near(before, j, 1))
            for j, w in enumerate(before)
            if w.norm == word.norm
        ]
        if there and not any(
            (here[0] == a and here[0]) or (here[1] == b and here[1]) or not any(here)
            for a, b in there
        ):
            yield Fault("moved", word.raw)


def _follows(words: Sequence[_Word], kind: Callable[[_Word], bool]) -> set[tuple[str, str]]:
    return {(w.norm, _next(words, i)) for i, w in enumerate(words) if kind(w)}


def _polarity(before: Sequence[_Word], after: Sequence[_Word]) -> Iterator[Fault]:
    """Find negations, modals, persons and limits that govern another word than before."""
    for code, group in (
        ("negation", _NEGATION),
        ("modal", _MODAL),
        ("person", _WHO),
        ("limit", _BOUND),
    ):
        there = _follows(before, lambda w, g=group: w.norm in g)  # type: ignore[misc]
        for i, word in enumerate(after):
            pair = (word.norm, _next(after, i))
            if word.norm in group and pair[1] and pair not in there and not _framed(after, i):
                yield Fault(code, " ".join(pair))
    yield from _turned(before, after)
    yield from _lost_polarity(before, after)


def _turned(before: Sequence[_Word], after: Sequence[_Word]) -> Iterator[Fault]:
    """Find "you can" where the original asks "can you", and orders made of a condition."""
    there = {(a.norm, b.norm) for a, b in pairwise(before)}
    for a, b in pairwise(after):
        if b.norm in _MODAL | _HELPING and (a.norm in _WHO or a.name or a.opens):
            turned = (b.norm, a.norm) in there and (a.norm, b.norm) not in there
            if turned:
                yield Fault("question_lost", f"{a.norm} {b.norm}")
    for i, word in enumerate(after):
        if word.norm == "please" and [w.norm for w in after[i + 1 : i + 3]] == ["do", "not"]:
            verb = _next(after, i + 2)
            if not _forbidden(before, verb):
                yield Fault("negation", f"please do not {verb}")


def _forbidden(before: Sequence[_Word], verb: str) -> bool:
    """Tell whether the original forbids the verb anywhere but in a condition."""
    return any(
        w.norm in _NEGATION and _next(before, i) == verb
        and not {"if", "unless", "until"} & {x.norm for x in before[max(0, i - 4) : i]}
        for i, w in enumerate(before)
    )  # fmt: skip


def _framed(words: Sequence[_Word], i: int) -> bool:
    """Tell whether a word belongs to "Please can you …" or "Can you confirm …"."""
    near = [w.norm for w in words[max(0, i - 2) : i + 3] if w.sentence == words[i].sentence]
    return words[i].norm in {"can", "you"} and "can" in near and "you" in near and (
        words[i].opens or (i > 0 and words[i - 1].norm in {"please", "can"}))  # fmt: skip


def _lost_polarity(before: Sequence[_Word], after: Sequence[_Word]) -> Iterator[Fault]:
    """Find kept words whose negation or modal was left behind.

    A word is let through where it also stood free of it, or where a condition ("if you don't sign")
    has become a request ("please sign"), as the guide rules.
    """
    for code, group in (("negation", _NEGATION), ("modal", _MODAL)):
        bound, free = _governed(before, group)
        still, loose = _governed(after, group)
        for word in (bound & free) - {""}:
            if _tally(before, word, group) != _tally(after, word, group) and (
                _tally(before, word, _EMPTY) == _tally(after, word, _EMPTY)
            ):
                yield Fault(f"lost_{code}", word)
        for word in (bound - free) & (loose - still):
            if not _became_request(code, before, after, word):
                yield Fault(f"lost_{code}", word)


def _tally(words: Sequence[_Word], word: str, group: frozenset[str]) -> int:
    """Count a word: in all (no group), or as governed by one of a group."""
    if not group:
        return sum(w.norm == word for w in words)
    return sum(w.norm in group and _next(words, i) == word for i, w in enumerate(words))


def _governed(words: Sequence[_Word], group: frozenset[str]) -> tuple[set[str], set[str]]:
    bound = {_next(words, i) for i, w in enumerate(words) if w.norm in group} - {""}
    free = set()
    for i, word in enumerate(words):
        if _content(word):
            j, held = i - 1, False
            while j >= 0 and not _content(words[j]) and words[j].sentence == word.sentence:
                held, j = held or words[j].norm in group, j - 1
            if not held:
                free.add(word.norm)
    return bound, free


def _became_request(code: str, before: Sequence[_Word], after: Sequence[_Word], word: str) -> bool:
    asked = any(
        w.norm == word and "please" in {x.norm for x in after[max(0, i - 3) : i]}
        for i, w in enumerate(after)
    )
    asked = asked or any(w.norm == word and {"can", "you"} <= {x.norm for x in after[max(0, i - 4) : i]}
                         for i, w in enumerate(after))  # fmt: skip
    levered = any(
        w.norm == word and _LEVERS[code] & {x.norm for x in before[max(0, i - 7) : i]}
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


def _lost(
    original: str, kept: Sequence[_Word], after: Sequence[_Word], told: bool
) -> Iterator[Fault]:
    """Find numbers and names (and, with `dropped`, negations and modals) that are missing."""
    said = {w.norm for w in after}
    count = {w.norm: 0 for w in kept}
    for word in kept:
        must = word.number or word.name or (told and word.norm in _NEGATION | _MODAL)
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


def _left_out(original: str, words: Sequence[_Word], word: _Word, said: set[str]) -> bool:
    """Tell, without `dropped`, whether a word went with a whole hostile sentence or with a lever.

    A sentence counts as hostile by its own words, or where it speaks of the reader and names no sum
    and no hour; what is said in one clause with kept words may never go.
    """
    whole = [w for w in words if w.sentence == word.sentence]
    body = original[whole[0].start : whole[-1].end + 3]
    lever = _LEVERED.search(original, whole[0].start, whole[-1].end)
    if lever and word.start >= lever.end() and {"please", "can"} & said:
        return True
    if lever and any(_content(w) and w.norm in said for w in whole if w.start < lever.end()):
        return False
    near = _clause(original, whole, word)
    if len(near) > 1 and sum(w.norm in said for w in near) >= 0.5 * len(near):
        return False
    content = [w for w in whole if _content(w) and not w.number]
    gone = sum(w.norm not in said for w in content) >= 0.6 * len(content)
    personal = {"you", "your", "me"} & {w.norm for w in whole} and not _PRICED.search(body)
    return gone and bool(personal or _CUE.search(body))


def _clause(original: str, whole: Sequence[_Word], word: _Word) -> list[_Word]:
    """List the content words between the commas around a word, without the word and the numbers."""
    first = max(original.rfind(c, 0, word.start) for c in ",;:")
    last = min((i for c in ",;:" if (i := original.find(c, word.end)) >= 0), default=len(original))
    return [
        w for w in whole if first < w.start < last and _content(w) and not w.number and w != word
    ]


def _marks(text: str) -> list[tuple[int, list[str], bool, str]]:
    """List each sentence as its end, its content words, whether it asks, and its first word."""
    out = []
    for found in re.finditer(r"[^.!?\n]*(?:[.](?=\S)[^.!?\n]*)*[.!?\n]*", text):
        words = _words(found.group())
        if words:
            content = [w.norm for w in words if _content(w)]
            out.append((found.end(), content, "?" in found.group(), words[0].norm))
    return out


_ASKS = frozenset(
    [
        "who",
        "what",
        "when",
        "where",
        "which",
        "why",
        "how",
        "is",
        "are",
        "do",
        "does",
        "did",
        "have",
        "has",
        "can",
        "could",
        "will",
        "would",
        "shall",
        "should",
        "may",
        "wot",
        "whats",
        "wheres",
        "whens",
        "please",
        "wat",
    ]
)


def _questions(original: str, rewrite: str, dropped: Sequence[tuple[int, int]]) -> Iterator[Fault]:
    """Find questions that became statements, and statements that became questions."""
    source = _marks(original)
    for _, content, asks, first in _marks(rewrite):
        if not content:
            continue
        best = max(source, key=lambda s: len(set(content) & set(s[1])), default=None)
        shared = len(set(content) & set(best[1])) if best else 0
        if best is None or shared * 2 < len(set(content)):
            continue
        if asks and not best[2] and first not in _ASKS and best[3] not in _ASKS:
            yield Fault("question_added", " ".join(content))
        if not asks and best[2] and first in _ASKS and first != "please":
            yield Fault("question_lost", " ".join(content))
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
