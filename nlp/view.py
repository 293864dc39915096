"""The copy of a text that rules are matched on: folded, lower case, with a way back.

Zero-width splits, marks, look-alike letters, text-speak and repeated letters are folded
away. Each character of a view knows which characters of the text it came from. Knows no rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Cell = tuple[str, int, int]
"""One folded character and the half-open range of the text it stands for."""

_LOOKALIKES = dict(
    zip(
        "абвгдеёзікклмнорстухуѕјԁԛѡһյօսοαερτυνικβγѵӏıɑɡ",
        "abbrdee3ikklmhopctyxysjdqwhjouoaeptuvikbyvliag",
        strict=True,
    )
)
_QUOTES = dict.fromkeys("“”„«»‟", '"') | dict.fromkeys("‘’‛ʼ´`′", "'")
_WORD = re.compile(r"[a-z0-9*]+")
_LEET = str.maketrans("013457@$!|", "oieastasil")
_LEET_WORD = re.compile(
    r"(?<![\w@$!|])(?=[a-z0-9@$!|]*[a-z])[a-z0-9@$!|]*[0-9@$!|]+[a-z]+[a-z0-9@$]*"
)
_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z][ ._-]){3,40}[a-z](?![a-z0-9])")

SPOKEN = {
    "u": "you", "ya": "you", "yu": "you", "yew": "you", "yous": "you", "yall": "you",
    "ur": "your", "yr": "your", "yer": "your", "yor": "your", "yore": "your", "urself": "yourself",
    "r": "are", "n": "and", "nd": "and", "adn": "and", "teh": "the", "dat": "that",
    "wot": "what", "wat": "what", "wots": "whats", "wats": "whats", "bc": "because",
    "cos": "because", "coz": "because", "cuz": "because", "bcos": "because", "becuz": "because",
    "nvr": "never", "neva": "never", "nevr": "never", "alwys": "always", "allways": "always",
    "eva": "ever", "evr": "ever", "every1": "everyone", "evry1": "everyone", "any1": "anyone",
    "some1": "someone", "no1": "noone", "pls": "please", "plz": "please", "ppl": "people",
    "wiv": "with", "w": "with", "luv": "love", "wil": "will", "shud": "should", "cud": "could",
    "wud": "would", "hav": "have", "av": "have", "dnt": "dont",
    "kno": "know", "knw": "know", "noe": "know", "b": "be", "b4": "before",
    "2day": "today", "2nite": "tonight", "tonite": "tonight", "2moro": "tomorrow",
    "tmrw": "tomorrow", "tmr": "tomorrow", "gona": "gonna", "thru": "through", "ova": "over",
    "muther": "mother", "farther": "father", "mite": "might", "rite": "right", "lil": "little",
    "lisen": "listen", "wen": "when", "wer": "where", "hoo": "who", "awnser": "answer",
    "anser": "answer", "beleive": "believe", "definately": "definitely", "realy": "really",
    "stil": "still", "dya": "do you", "dyou": "do you", "wanna": "want to", "gotta": "got to",
    "youve": "you have", "theyve": "they have", "thier": "their", "sumone": "someone",
    "fone": "phone", "fukin": "fucking", "fuckin": "fucking", "fkn": "fucking", "effing": "fucking",
    "fking": "fucking", "fk": "fuck", "fuk": "fuck", "biatch": "bitch", "btch": "bitch",
    "azz": "ass", "arse": "ass", "arsehole": "asshole", "mam": "mum", "mom": "mum",
    "mommy": "mum", "mummy": "mum", "mama": "mum", "daddy": "dad", "papa": "dad",
}  # fmt: skip
"""Text-speak and common misspellings, as they are read aloud."""

_MASKED = ("fuck", "fucking", "fucker", "shit", "bitch", "cunt", "asshole", "bastard", "dick",
           "prick", "twat", "wanker", "slut", "whore", "bullshit")  # fmt: skip


def _masks(word: str) -> Iterator[str]:
    yield re.sub("[aeiou]", "*", word)
    yield re.sub("[aeiou]", "*", word, count=1)
    yield word[0] + "*" * (len(word) - 2) + word[-1]
    yield word[0] + "*" * (len(word) - 1)
    yield word[0] + "**" + word[3:]


SPOKEN |= {mask: word for word in _MASKED for mask in _masks(word) if "*" in mask}


@dataclass(frozen=True)
class View:
    """Folded text; `origin(a, b)` gives the range of the original that text[a:b] stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Give the original half-open range of a non-empty range of the view."""
        return self.starts[start], self.ends[end - 1]

    def words(self) -> frozenset[str]:
        """Give the distinct words, for the gate in front of the rules."""
        return frozenset(_WORD.findall(self.text))


def plain(text: str) -> View:
    """Fold the text as an honest writer meant it."""
    return _view(_spoken(_unrepeated(_folded(text))))


def evading(text: str) -> View | None:
    """Fold leet and spaced-out letters too; None where the text holds neither."""
    cells = _unrepeated(_folded(text))
    seen = "".join(cell[0] for cell in cells)
    if not (_LEET_WORD.search(seen) or _SPACED.search(seen)):
        return None
    return _view(_spoken(_unspaced(_unleeted(cells))))


def _view(cells: list[Cell]) -> View:
    signs, starts, ends = zip(*cells, strict=True) if cells else ((), (), ())
    return View("".join(signs), tuple(starts), tuple(ends))


def _folded(text: str) -> list[Cell]:
    cells: list[Cell] = []
    for at, sign in enumerate(text):
        for folded in _fold(sign):
            cells.append((folded, at, at + 1))
    return _without_apostrophes(cells)


def _fold(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    if unicodedata.category(sign) in ("Cf", "Mn", "Me"):
        return ""
    sign = _QUOTES.get(sign, sign)
    parts = unicodedata.normalize("NFKD", sign.lower())
    return "".join(_LOOKALIKES.get(p, p) for p in parts if not unicodedata.combining(p))


def _without_apostrophes(cells: list[Cell]) -> list[Cell]:
    kept = []
    for at, cell in enumerate(cells):
        inside = 0 < at < len(cells) - 1
        if cell[0] == "'" and inside and cells[at - 1][0].isalpha() and cells[at + 1][0].isalpha():
            continue
        kept.append(cell)
    return kept


def _unrepeated(cells: list[Cell]) -> list[Cell]:
    """Fold three or more of the same letter into one: "loooser"."""
    out: list[Cell] = []
    at = 0
    while at < len(cells):
        upto = at
        while upto < len(cells) and cells[upto][0] == cells[at][0]:
            upto += 1
        if upto - at > 2 and cells[at][0].isalpha():
            out.append((cells[at][0], cells[at][1], cells[upto - 1][2]))
        else:
            out.extend(cells[at:upto])
        at = upto
    return out


def _spoken(cells: list[Cell]) -> list[Cell]:
    return _replaced(cells, _WORD, lambda word: SPOKEN.get(word, word))


def _unleeted(cells: list[Cell]) -> list[Cell]:
    return _replaced(cells, _LEET_WORD, lambda word: word.translate(_LEET))


def _unspaced(cells: list[Cell]) -> list[Cell]:
    return _replaced(cells, _SPACED, lambda word: re.sub("[ ._-]", "", word))


def _replaced(cells: list[Cell], found: re.Pattern[str], new: Callable[[str], str]) -> list[Cell]:
    seen = "".join(cell[0] for cell in cells)
    out: list[Cell] = []
    done = 0
    for hit in found.finditer(seen):
        word = new(hit[0])
        if word == hit[0]:
            continue
        start, end = cells[hit.start()][1], cells[hit.end() - 1][2]
        out += cells[done : hit.start()]
        out += [(sign, start, end) for sign in word]
        done = hit.end()
    return out + cells[done:]
