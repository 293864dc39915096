"""Rules as data: the small pattern language, its compiler and the gate in front of it.

A pattern is words with `|`, `( )`, `?`, macros in `< >` and bounded gaps (`_` up to three
words, `__` up to eight). It has no repetition, so no pattern can be made slow by a text.
Knows views and rows; no spaCy, no sentence.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp.view import View

PATTERNS = Path(__file__).with_name("patterns")
_SEP = r"[^a-z0-9.?!\n]{1,4}"
_WORD = r"[a-z0-9*]{1,24}"
_ALLOWED = re.compile(r"[a-z0-9 ()|?_<>^$*-]+")
_ASKED_MARK = "\x01"
_SIGNS = {
    "\x03": r"(?=[^a-z0-9.!?\n,;]{0,4}(?:[.!?\n,;—–☀-➿🀀-🫿]|\Z| - ))",
    "\x02": r"(?:\A|(?<=[.!?\n,;:-] )|(?<=[.!?\n\"]))",
    _ASKED_MARK: r"(?=[^.!\n]{0,80}\?)",
}
"""The end of a clause (a mark, dash, emoji or the end), its start, "a question mark follows"."""


class BadRule(ValueError):
    """A row of a pattern file is not a rule."""


@dataclass(frozen=True)
class Rule:
    """One row: what it is called, what it matches, and how it proves itself."""

    id: str
    version: int
    label: str
    reason: str
    pattern: str
    anchors: frozenset[str]
    catches: tuple[str, ...]
    leaves: tuple[str, ...]
    regex: re.Pattern[str]

    @property
    def source(self) -> str:
        """Give the name under which a flag is recorded."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True)
class Match:
    """A rule that matched, with the range in the text as sent."""

    rule: Rule
    start: int
    end: int


def compiled(pattern: str) -> re.Pattern[str]:
    """Turn the pattern language into a regular expression without nested repetition."""
    if not _ALLOWED.fullmatch(pattern):
        raise BadRule(f"a sign that the pattern language does not know: {pattern}")
    text = re.sub("( _)? ?<q>", _ASKED_MARK, pattern)
    text = re.sub("<([a-z]+)>", lambda name: f"({_macro(name[1])})", text)
    text = text.replace("*", r"\*").replace("(", "(?:")
    text = text.replace("^ ", "^").replace(" $", "$").replace("^", "\x02").replace("$", "\x03")
    text = _gaps(text)
    for sign, meant in _SIGNS.items():
        text = text.replace(sign, meant)
    return re.compile(rf"(?<![a-z0-9])(?:{text})(?![a-z0-9])")


def _gaps(text: str) -> str:
    text = text.replace(" __ __ ", f"(?:{_SEP}{_WORD}){{0,14}}~")
    text = text.replace(" __ ", f"(?:{_SEP}{_WORD}){{0,8}}~")
    text = text.replace(" _ ", f"(?:{_SEP}{_WORD}){{0,3}}~")
    return text.replace(" ", "~").replace("~", _SEP)


def _macro(name: str) -> str:
    known = _macros()
    if name not in known:
        raise BadRule(f"no macro is called {name}")
    return known[name]


@cache
def _macros() -> dict[str, str]:
    loaded: dict[str, str] = json.loads((PATTERNS / "macros.json").read_text(encoding="utf-8"))
    return loaded


def rule(row: dict[str, object]) -> Rule:
    """Make a rule of a row of a pattern file."""
    pattern = str(row["pattern"])
    return Rule(
        id=str(row["id"]),
        version=int(str(row["version"])),
        label=str(row["label"]),
        reason=str(row["reason"]),
        pattern=pattern,
        anchors=frozenset(_strings(row["anchors"])),
        catches=tuple(_strings(row["catches"])),
        leaves=tuple(_strings(row["leaves"])),
        regex=compiled(pattern),
    )


def _strings(value: object) -> list[str]:
    if not isinstance(value, list):
        raise BadRule(f"a list was expected: {value!r}")
    return [str(each) for each in value]


class Rules:
    """All rules, behind a gate: only those whose anchor word stands in the text are tried."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.all = tuple(rules)
        self._by_anchor: dict[str, list[int]] = {}
        for at, each in enumerate(self.all):
            for anchor in each.anchors:
                self._by_anchor.setdefault(anchor, []).append(at)

    def matches(self, view: View) -> Iterator[Match]:
        """Find every match, in the order of the files."""
        gated = {at for word in view.words() for at in self._by_anchor.get(word, ())}
        for at in sorted(gated):
            for hit in self.all[at].regex.finditer(view.text):
                if hit.end() > hit.start():
                    yield Match(self.all[at], *view.origin(hit.start(), hit.end()))


def load(folder: Path = PATTERNS) -> Rules:
    """Read every pattern file."""
    files = sorted(folder.glob("*.jsonl"))
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return Rules(rule(json.loads(line)) for line in lines if line.strip())


def fingerprint(folder: Path = PATTERNS) -> str:
    """Name this set of rules: eight hex digits of the SHA-256 of its files."""
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:8]
