"""The words of a text as the checker compares them: folded, opened, with their neighbours.

Imports nothing of what it helps to check, and keeps its own tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CALENDAR_WORDS = """
monday tuesday wednesday thursday friday saturday sunday january february march april june
july august september october november december christmas easter
"""
CALENDAR = frozenset(_CALENDAR_WORDS.split())


_FRAME_WORDS = """
please can you confirm the is are it and i
"""
FRAME = frozenset(_FRAME_WORDS.split())


_NEGATION_WORDS = """
not no never none nobody nothing neither nor without cannot
"""
NEGATION = frozenset(_NEGATION_WORDS.split())


_MODAL_WORDS = """
can could will would shall should may might must need
"""
MODAL = frozenset(_MODAL_WORDS.split())


_WHO_WORDS = """
i you he she we they who my your his her our their
"""
WHO = frozenset(_WHO_WORDS.split())


HELPING = frozenset(["do", "does", "did", "is", "are", "was", "were", "has", "have"])


LEVERS = {"negation": {"if", "unless", "until"}, "modal": MODAL | {"if", "unless", "until"}}


BOUND = frozenset(["by", "before", "after", "until", "till", "til", "from", "since"])


_PASSING_WORDS = """
a an the to of at on in for with by from before after until till til since and or but so if
then than as that this these those is are was were be been am do does did has have had it i
you he she we they who my your his her our their me him them us not no never 's 'd please
just can could will would shall should may might must need always again usual actually
really even there here too also up yes ok never bother
"""
_PASSING = frozenset(_PASSING_WORDS.split())


_SHORT = {
    "dont": "do not",
    "wont": "will not",
    "cant": "can not",
    "cannot": "can not",
    "didnt": "did not",
    "doesnt": "does not",
    "isnt": "is not",
    "arent": "are not",
    "wasnt": "was not",
    "havent": "have not",
    "hasnt": "has not",
    "wouldnt": "would not",
    "couldnt": "could not",
    "shouldnt": "should not",
    "im": "i am",
    "ive": "i have",
    "youre": "you are",
    "u": "you",
    "ur": "your",
    "r": "are",
    "n": "and",
    "hes": "he is",
    "shes": "she is",
    "thats": "that is",
    "pls": "please",
    "plz": "please",
    "kindly": "please",
    "youll": "you will",
    "theyre": "they are",
}


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
class Word:
    """One word as compared: folded, with where it stood and how it was written."""

    norm: str
    raw: str
    start: int
    end: int
    sentence: int
    opens: bool

    @property
    def number(self) -> bool:
        """Whether it holds a figure."""
        return any(c.isdigit() for c in self.norm)

    @property
    def name(self) -> bool:
        """Whether it is written like a name: a capital where a sentence does not begin."""
        return (
            self.raw[:1].isupper()
            and not self.opens
            and self.raw[:2] not in {"I'", "I’"}
            and self.norm not in WHO
            and not (self.raw.isupper() and len(self.raw) > 1)
        ) or self.norm in CALENDAR


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


def words_of(text: str) -> list[Word]:
    """Split a text into its words, in order; a contraction gives its parts."""
    out: list[Word] = []
    sentence, opens, at = 0, True, 0
    for found in _WORD.finditer(text):
        between = text[at : found.start()]
        if re.search(r"[.!?…](?:\s|$|[\"”')])|\n", between):
            sentence, opens = sentence + 1, True
        for norm in _split(found.group()):
            out.append(Word(norm, found.group(), found.start(), found.end(), sentence, opens))
        opens, at = False, found.end()
    return out


def content(word: Word) -> bool:
    """Tell whether a word says something by itself (no article, pronoun, modal or link)."""
    return word.norm not in _PASSING


def near(words: Sequence[Word], i: int, step: int) -> str:
    """Return the nearest content word on one side, or an empty string at the end of the text."""
    j = i + step
    while 0 <= j < len(words) and not content(words[j]):
        j += step
    return words[j].norm if 0 <= j < len(words) else ""


def following(words: Sequence[Word], i: int) -> str:
    """Return the next content word of the same sentence, or an empty string."""
    j = i + 1
    while j < len(words) and not content(words[j]):
        j += 1
    return words[j].norm if j < len(words) and words[j].sentence == words[i].sentence else ""


def pairs(words: Sequence[Word], group: frozenset[str]) -> set[tuple[str, str]]:
    """Pair each word of a group with the content word that follows it."""
    return {(w.norm, following(words, i)) for i, w in enumerate(words) if w.norm in group}


_ASKS_WORDS = """
who what when where which why how is are do does did have has can could will would shall
should may wot whats wheres whens please wat
"""
ASKS = frozenset(_ASKS_WORDS.split())
