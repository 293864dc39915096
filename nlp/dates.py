"""Dates and times in a message: which words are one, and which day or hour they name.

Our own rules accept the words; `dateparser` reads only a day and a month that they accepted ("may
not care", "March on" and "second" are never dates). Where two readings fit, the value says so:
`ambiguous:2026-04-03|2026-03-04`. Knows nothing of flags; the context never changes what is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import dateparser

from nlp.results import Context, Fact

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPANISH = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_FULL = "|".join(_DAYS)
_ABBREVIATED = r"mon|tues?|weds?|thurs?|thu|fri|sat|sun"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_TH = rf"{_DAY}(?:st|nd|rd|th)"
_LINK = r"(?:\s*(?:-|–|to|and|&|until|til|till|,)\s*)"
_YEAR = r"(?:,?\s+(?:20)\d\d)?"
_OPEN = r"(?:on|this|next|last|by|til|till|until|from|before|after|every|for|and|to)\s+"

#: The kinds of date words, the most telling first: (name, pattern).
_DATE_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("iso", r"\b20\d\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])\b"),
        ("range", rf"\b{_DAY}(?:st|nd|rd|th)?{_LINK}{_DAY}(?:st|nd|rd|"
                  rf"th)?\s+(?:of\s+)?{_MONTH}\b{_YEAR}"),
        ("day_month", rf"\b(?:(?:{_FULL}|{_ABBREVIATED}),?\s+(?:the\s+)?)?{_DAY}(?:st|nd|rd|"
                      rf"th)?\s+(?:of\s+)?{_MONTH}\b{_YEAR}"),
        ("day_month", rf"\b(?:(?:{_FULL}|{_ABBREVIATED}),?\s+)?{_MONTH}\s+(?:the\s+)?{_DAY}(?:st|"
                      rf"nd|rd|th)?(?![\d:.]*\d)(?!\s*(?:am|pm))\b{_YEAR}"),
        ("numeric", rf"(?<![\d/.£$€-]){_DAY}[/.-](?:1[0-2]|0?[1-9])[/.-](?:20)?\d\d(?![\d/])"),
        ("numeric", r"(?<![\d/.£$€-])(?!24/7|1/[234]\b|50/50)(?:3[01]|[12]\d|0?[1-9])/(?:3[01]|"
                    r"[12]\d|0?[1-9])(?![\d/%])"),
        ("weekday", rf"\b(?:(?:this|next|last|every)\s+)?(?<!mothering )(?<!palm )(?<!easter )"
                    rf"(?<!good )(?:{_FULL})(?:\s+(?:the\s+)?{_TH})?s?\b"),
        ("weekday", rf"(?:(?<=\bon )|(?<=\bby )|(?<=\bthis )|(?<=\bnext )|(?<=\btil )|(?<=\blast )|"
                    rf"(?<=\buntil )|(?<=\bfrom ))(?:{_ABBREVIATED})\b"),
        ("weekday", rf"\b(?:{_ABBREVIATED})\b(?=\s+(?:at\s+)?\d|\s+(?:ni(?:te|ght)|morning|"
                    rf"afternoon|am|pm|eve)\b|\s+{_TH})"),
        ("weekday", r"\b(?:mon|tues?|weds?|thurs?|thu|fri)\b(?=\s*(?:[.,!?]|$))"),
        ("spanish", rf"\b(?:{'|'.join(_SPANISH)})\b"),
        ("ordinal", rf"\b(?:the\s+)?{_TH}\b(?!\s+(?:time|one|floor|year|grade|birthday|child|"
                    rf"place|class|gate|item|form|attempt|message|party|person|day|wedding|anniversary|"
                    rf"street|st\b|ave))"),
        ("relative", r"\b(?:today|tonight|tonite|2nite|tomorrow|tomoz|tmrw|tmr|"
                     r"tomoro|yesterday)\b"),
        ("spell", r"\b(?:this|next|last|every other|every|all|the|alternate)\s+(?:week(?:end)?|"
                  r"wkend|wknd|weekends|fortnight|month|half[ -]term|summer)\b"),
        ("feast", r"\b(?:christmas|xmas|new year'?s?)(?:\s+(?:day|eve))?\b|\bboxing day\b|"
                  r"\b(?:easter(?! egg)(?:\s+(?:sunday|monday))?|thanksgiving|half[ -]term)\b"),
        ("month", rf"\b(?:in|by|until|since|of|early|late|mid|next|last|for|during|and|,|from|"
                  rf"to)\s+(?-i:{_MONTH.title()})\b(?! on\b)"),
        ("month", r"\b(?-i:January|February|April|June|July|August|September|October|November|"
                  r"December)\b"),
    )
)  # fmt: skip
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
        rf"[1-9])(?![\d:./]*\d)(?!\s*(?:st|nd|rd|th|{_MONTH})\b)(?=\s*(?:[.,;!?)]|$|"
        rf"(?:at|til|till|until|to|from|not|pls|please|ok)\b))",
    )
)  # fmt: skip
_SPELT = "one two three four five six seven eight nine ten eleven twelve"
_HOURS = {w: i for i, w in enumerate(_SPELT.split(), 1)}


def zone_of(context: Context) -> ZoneInfo:
    """Return the context's zone, or UTC where the name is not known."""
    try:
        return ZoneInfo(context.zone)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def written_on(context: Context) -> datetime | None:
    """Return the moment of writing in the context's zone (a naive one is taken as UTC)."""
    at = context.written_at
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone_of(context))


def dates(
    text: str, context: Context, past: Iterator[int] | frozenset[int] = frozenset()
) -> list[Fact]:
    """Find the dates; `past` holds the offsets of words in sentences that tell of what was."""
    gone = frozenset(past)
    found: list[Fact] = []
    for name, pattern in _DATE_RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if name == "month" and not text[start].isupper():
                start += re.match(r"\S+\s+", match.group()).end()  # type: ignore[union-attr]
            if not any(start < f.end and f.start < end for f in found):
                value = _resolved(name, text[start:end], context, past=start in gone)
                found.append(Fact(start, end, text[start:end], "date", value))
    return sorted(found, key=lambda f: f.start)


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


def _resolved(name: str, words: str, context: Context, *, past: bool) -> str | None:
    now = written_on(context)
    if name == "iso":
        return words if _real(*map(int, words.split("-"))) else None
    if name == "numeric":
        return _numeric(words, context, now.date() if now else None)
    if now is None:
        return None
    low, today = words.lower(), now.date()
    if name == "range":
        return _range(low, today, past)
    rule = {"day_month": _day_month, "weekday": _weekday, "spanish": _weekday, "ordinal": _ordinal,
            "relative": _relative, "feast": _feast}.get(name)  # fmt: skip
    return rule(low, today, past) if rule else None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(words: str, context: Context, today: date | None) -> str | None:
    """Read 03/04 both ways where both are days; the family's order comes first."""
    parts = [int(p) for p in re.split(r"[/.-]", words)]
    if len(parts) == 2 and today is None:
        return None
    orders = [(parts[0], parts[1]), (parts[1], parts[0])]
    if context.date_order.upper().startswith("M"):
        orders.reverse()
    found: list[str] = []
    for day, month in orders:
        if len(parts) == 3:
            there = _real(parts[2] + (2000 if parts[2] < 100 else 0), month, day)
        else:
            there = _coming(day, month, today) if today else None
        if there and there.isoformat() not in found:
            found.append(there.isoformat())
    return "ambiguous:" + "|".join(found) if len(found) == 2 else next(iter(found), None)


def _coming(day: int, month: int, today: date, past: bool = False) -> date | None:
    """Return the day of this year, or the next (or last) year's where this one has gone by."""
    there = _real(today.year, month, day)
    if past and (there is None or there > today):
        return _real(today.year - 1, month, day) or there
    if not past and (there is None or there < today):
        return _real(today.year + 1, month, day) or there
    return there


def _day_month(words: str, today: date, past: bool) -> str | None:
    core = re.sub(rf"^(?:{_FULL}|{_ABBREVIATED}),?\s+(?:the\s+)?|\bof\b|\bthe\b", " ", words)
    read = dateparser.parse(
        re.sub(r"\s+", " ", core).strip(),
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, datetime.min.time()),
            "PREFER_DATES_FROM": "past" if past else "future",
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
    return read.date().isoformat() if read else None


def _range(words: str, today: date, past: bool) -> str | None:
    days = [int(d) for d in re.findall(r"\d{1,2}(?!\d)", re.sub(r"20\d\d", "", words))]
    last = _day_month(
        re.sub(rf"^.*?(?={_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH})", "", words), today, past
    )
    first = _real(int(last[:4]), int(last[5:7]), days[0]) if last and days else None
    return f"{first.isoformat()}/{last}" if first and last else last


def _weekday(words: str, today: date, past: bool) -> str | None:
    if words.endswith("days") or words.startswith("every"):
        return None
    core = re.sub(r"^(?:this|next|last)\s+", "", words)
    if number := re.search(r"\d+", core):
        return _ordinal(number.group(), today, past)
    index = next(
        (i for i in range(7) if _DAYS[i].startswith(core[:3]) or _SPANISH[i] == core), None
    )
    if index is None:
        return None
    ahead = (index - today.weekday()) % 7
    if words.startswith("last") or past:
        return (today - timedelta(days=(-ahead) % 7 or 7)).isoformat()
    first, then = today + timedelta(days=ahead), today + timedelta(days=ahead + 7)
    if words.startswith("next") or ahead == 0:
        return (
            f"ambiguous:{first.isoformat()}|{then.isoformat()}"
            if ahead or not words.startswith("next")
            else then.isoformat()
        )
    return first.isoformat()


def _ordinal(words: str, today: date, past: bool) -> str | None:
    number = re.search(r"\d+", words)
    day, month = int(number.group()) if number else 0, today.replace(day=1)
    for _ in range(4):
        there = _real(month.year, month.month, day)
        if there and (there <= today if past else there >= today):
            return there.isoformat()
        month = (month - timedelta(days=1) if past else month + timedelta(days=32)).replace(day=1)
    return None


def _relative(words: str, today: date, past: bool) -> str | None:
    days = {"today": 0, "tonight": 0, "tonite": 0, "2nite": 0, "yesterday": -1}.get(words, 1)
    return (today + timedelta(days=days)).isoformat()


def _feast(words: str, today: date, past: bool) -> str | None:
    fixed = {
        "christmas day": (25, 12),
        "xmas day": (25, 12),
        "christmas eve": (24, 12),
        "xmas eve": (24, 12),
        "boxing day": (26, 12),
        "new year's day": (1, 1),
        "new year's eve": (31, 12),
    }.get(words)
    there = _coming(*fixed, today, past) if fixed else None
    return there.isoformat() if there else None
