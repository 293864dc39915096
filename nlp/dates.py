"""Dates in a message: which words are one, and which day they name (`nlp.times` has the hours).

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
MONTH = (
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
                  rf"th)?\s+(?:of\s+)?{MONTH}\b{_YEAR}"),
        ("day_month", rf"\b(?:(?:{_FULL}|{_ABBREVIATED}),?\s+(?:the\s+)?)?{_DAY}(?:st|nd|rd|"
                      rf"th)?\s+(?:of\s+)?{MONTH}\b{_YEAR}"),
        ("day_month", rf"\b(?:(?:{_FULL}|{_ABBREVIATED}),?\s+)?{MONTH}\s+(?:the\s+)?{_DAY}(?:st|"
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
                  rf"to)\s+(?-i:{MONTH.title()})\b(?! on\b)"),
        ("month", r"\b(?-i:January|February|April|June|July|August|September|October|November|"
                  r"December)\b"),
    )
)  # fmt: skip


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
        re.sub(rf"^.*?(?={_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH})", "", words), today, past
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
