"""Times of day in a message: which words are one, and which hour they name.

Where morning and afternoon both fit, the value says so: `ambiguous:05:00|17:00`. Knows no date.
"""

from __future__ import annotations

import re

from nlp.dates import MONTH
from nlp.results import Fact

_TIME_RULES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d£$€.:/])(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?(?:am|pm|a\.m\.?|"
        r"p\.m\.?)(?!\w))?(?![\d%])(?!\.\d)(?!\s*(?:ml|mg|kg|km|miles?|m\b|cm|l\b|"
        r"million|k\b|pounds|each))",
        r"(?<![\d£$€.:/])(?:1[0-2]|0?[1-9])\s?(?:am|pm|a\.m\.?|p\.m\.?)(?!\w)",
        r"\b(?:noon|midday|midnight)\b",
        r"\b(?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
        r"twelve)\s+o['’]?clock\b",
        r"\b(?:half|quarter|ten|twenty|five)(?:\s+(?:past|to))\s+(?:1[0-2]|[1-9]|one|"
        r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
        r"\bhalf\s+(?:[1-9]|1[0-2]|four|five|six|seven|eight|nine|three|two)\b(?!\s*(?:of|each))",
        r"(?<=\bat )(?:1[0-2]|[1-9])(?![\d:.]*\d)(?!st|nd|rd|th)(?!\s*(?:%|(?:years?|"
        r"months?|weeks?|days?|miles?|kids|different|times|per|of)\b))\b",
        r"(?<=\bat )(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
        r"twelve)\b(?!\s+(?:years?|months?|weeks?|of|different|and|times)\b)",
        r"(?:(?<=\btil )|(?<=\btill )|(?<=\buntil )|(?<=\bbefore )|(?<=\bby )|"
        r"(?<=\bfrom )|(?<=\bafter )|(?<=\baround )|(?<=\babout ))(?:1[0-2]|"
        r"[1-9])(?![\d:./]*\d)(?=\s*(?:[.,;!?)]|$|(?:on|to|til|till|until|and|not|at|"
        r"for|if|is|then|while|with|so|please|pls|tomorrow|tmrw|today|tonight|sharp|n|"
        r"or|in|as|when|instead)\b))",
        rf"(?:(?<=\bfrom )(?:1[0-2]|[1-9])(?=\s*(?:-|–|to)\s*\d))|(?:(?<=day )|"
        rf"(?<=\bfri )|(?<=\bsat )|(?<=\bsun )|(?<=\bmon ))(?:1[0-2]|"
        rf"[1-9])(?![\d:./]*\d)(?!\s*(?:st|nd|rd|th|{MONTH})\b)(?=\s*(?:[.,;!?)]|$|"
        rf"(?:at|til|till|until|to|from|not|pls|please|ok)\b))",
    )
)  # fmt: skip
_SPELT = "one two three four five six seven eight nine ten eleven twelve"
_HOURS = {w: i for i, w in enumerate(_SPELT.split(), 1)}


def times(text: str) -> list[Fact]:
    """Find the times of day."""
    found: list[Fact] = []
    for pattern in _TIME_RULES:
        for match in pattern.finditer(text):
            if not any(match.start() < f.end and f.start < match.end() for f in found):
                words = match.group()
                found.append(Fact(match.start(), match.end(), words, "time", _clock(words.lower())))
    return sorted(found, key=lambda f: f.start)


def _clock(words: str) -> str | None:
    """Write a time as HH:MM, as two where morning and afternoon both fit, or as None."""
    if words in {"noon", "midday"}:
        return "12:00"
    if words == "midnight":
        return "00:00"
    if found := re.match(r"(\d{1,2})(?:[:.](\d\d))?\s?(?:(a|p)\.?m)?", words):
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half:
            return f"{hour % 12 + (12 if half == 'p' else 0) if hour < 13 else hour:02}:{minute:02}"
        return _either(hour, minute, certain=hour > 12 or words.startswith("0"))
    if found := re.match(r"(half|quarter|ten|twenty|five)\s+(past|to)?\s*(\w+)", words):
        hour = _HOURS.get(found[3], int(found[3]) if found[3].isdigit() else 0)
        minute = {"half": 30, "quarter": 15, "ten": 10, "twenty": 20, "five": 5}[found[1]]
        return _either(hour - 1 or 12, 60 - minute) if found[2] == "to" else _either(hour, minute)
    hour = _HOURS.get(words.split()[0], 0)
    return _either(hour, 0) if hour else None


def _either(hour: int, minute: int, *, certain: bool = False) -> str:
    if certain:
        return f"{hour:02}:{minute:02}"
    return f"ambiguous:{hour % 12:02}:{minute:02}|{hour % 12 + 12:02}:{minute:02}"
