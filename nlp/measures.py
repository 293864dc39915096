"""What a pattern alone can tell: sums, shares, durations, numbers to ring, addresses, titled names.

Each becomes a fact with a normal form where it is certain ("45.00 GBP", "PT2H"). Knows no parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.results import Context, Fact

_SPELT = "one two three four five six seven eight nine ten eleven twelve"
_NUMBER = {"a": 1, "an": 1} | {w: i for i, w in enumerate(_SPELT.split(), 1)}
_UNIT = {
    "min": "PT{}M",
    "hour": "PT{}H",
    "hr": "PT{}H",
    "day": "P{}D",
    "night": "P{}D",
    "week": "P{}W",
    "wk": "P{}W",
    "month": "P{}M",
    "year": "P{}Y",
    "yr": "P{}Y",
}


_DURATION = re.compile(
    r"\b(?:(\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[ -]?"
    r"(min(?:ute)?s?|hours?|hrs?|days?|nights?|weeks?|wks?|months?|years?|yrs?)(?: and a half)?|"
    r"half an hour|an hour and a half|a fortnight|a couple of (?:hours|days|weeks))\b",
    re.IGNORECASE,
)


_AMOUNT = re.compile(
    r"(?:[£$€]\s?\d[\d,]*(?:\.\d{1,2})?k?\b)|"
    r"\b\d[\d,]*(?:\.\d{1,2})?\s?(?:pounds?|quid|dollars?|bucks|euros?|"
    r"pence|GBP|USD|EUR|AUD)\b|\b\d+p\b|\b\d+(?:\.\d+)?\s?(?:ml|mg|g|kg|km|cm|mm|miles?|litres?)\b",
    re.IGNORECASE,
)


_PERCENT = re.compile(r"\b\d+(?:\.\d+)?\s?(?:%|per ?cent\b)", re.IGNORECASE)


_PHONE = re.compile(r"(?<![\w£$€.])\+?\(?\d[\d ().-]{5,17}\d(?![\w%])")


_ADDRESS = re.compile(
    r"\b\d+[a-z]?,? (?:[A-Z][\w'’]+ ){1,3}(?:Road|Rd|Street|St|Lane|Ln|Avenue|Ave|"
    r"Close|Drive|Dr|Way|Court|Ct|"
    r"Crescent|Place|Terrace|Gardens|Boulevard|Blvd|Hill|Square)\b|"
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|"
    r"\b[\w.+-]+@[\w-]+\.[\w.-]*\w|\bhttps?://\S+"
)


_PLACE = re.compile(
    r"\b(?:the|your|ur|my|his|her|our|their) (?:\w+ )?(?:school|station|car park|"
    r"garage|loft|library|clinic|vets?|"
    r"nursery|pool|leisure centre|park|surgery|hospital|hall|church|gym|club|shed|"
    r"kitchen|cafe|café|parking lot|"
    r"driveway|porch|front door|back door|place|house|flat|mum['’]?s|mom['’]?s|dad['’]?s)\b|"
    r"\b(?:[A-Z][\w'’]+ ){1,3}(?:Road|Street|Lane|Avenue|Park|School|Primary|"
    r"Academy|Station|Hospital|Centre|"
    r"Center|Library|Vet|Pool|Beach|Clinic|Surgery|Hall)\b"
)


_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Coach|Auntie|Aunt|Uncle|Nurse|Prof|Father|Sister)\.? [A-Z][\w'’-]+"
)


def meet(fact: Fact, others: Sequence[Fact]) -> bool:
    """Tell whether a fact overlaps one of the others."""
    return any(fact.start < o.end and o.start < fact.end for o in others)


def measures(text: str, context: Context) -> Iterator[Fact]:
    """Find what a pattern alone can tell: sums, shares, durations, numbers to ring, addresses."""
    table = (
        ("percentage", _PERCENT),
        ("amount", _AMOUNT),
        ("address", _ADDRESS),
        ("phone", _PHONE),
        ("duration", _DURATION),
        ("name", _TITLED),
        ("place", _PLACE),
    )
    found: list[Fact] = []
    for kind, pattern in table:
        for match in pattern.finditer(text):
            words = match.group()
            if kind == "phone" and (
                sum(c.isdigit() for c in words) < 7 or re.search(r"\d{4}-\d\d-\d\d|[:,]", words)
            ):
                continue
            fact = Fact(match.start(), match.end(), words, kind, _value(kind, words, context))
            if not meet(fact, found):
                found.append(fact)
                yield fact


def _value(kind: str, words: str, context: Context) -> str | None:
    if kind == "percentage":
        return re.sub(r"[^\d.]", "", words) + "%"
    if kind == "phone":
        return ("+" if words.startswith("+") else "") + re.sub(r"\D", "", words)
    if kind == "duration":
        return _span_of_time(words.lower())
    return _sum(words.lower(), context) if kind == "amount" else None


def _span_of_time(words: str) -> str | None:
    if words == "half an hour":
        return "PT30M"
    found = _DURATION.match(words)
    if not found or not found[1] or words.endswith("half"):
        return None
    number = found[1] if found[1][0].isdigit() else str(_NUMBER.get(found[1], 0))
    unit = next((u for u in _UNIT if found[2].startswith(u)), None)
    return _UNIT[unit].format(number) if unit else None


def _sum(words: str, context: Context) -> str | None:
    """Write a sum as "45.00 GBP"; a dollar is named only where the spelling tells which."""
    number = re.search(r"\d[\d,]*(?:\.\d+)?", words)
    digits = number.group().rstrip(",").replace(",", "") if number else "0"
    if unit := re.search(r"(?:ml|mg|kg|km|cm|mm|miles?|litres?|\dg)$", words):
        return f"{digits} {unit.group().lstrip('0123456789')}"
    dollar = {"en-US": "USD", "en-AU": "AUD", "en-CA": "CAD", "en-NZ": "NZD"}.get(context.spelling)
    signs = (("£|pound|quid|gbp", "GBP"), ("€|euro|eur", "EUR"), ("usd", "USD"), ("aud", "AUD"))
    code = next(
        (c for p, c in signs if re.search(p, words)),
        dollar if re.search(r"\$|dollar|buck", words) else None,
    )
    if re.search(r"\d\s?(?:p|pence)$", words):
        return f"{int(float(digits)) / 100:.2f} GBP"
    return f"{float(digits) * (1000 if words.endswith('k') else 1):.2f} {code}" if code else None
