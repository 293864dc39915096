"""Whether a message carries arrangements: a property of the message, never a flag.

Knows words about schedule, handover, health, school, costs, things, travel and contact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.results import Span

_WHEN = re.compile(
    r"\b(?:\d+\b|\d{1,2}(?::|\.)\d\d|\d{1,2} ?(?:am|pm)\b|\d{1,2}(?:st|nd|rd|th)\b|(?:at|by|from|"
    r"until|"
    r"till|to|las?) \d{1,2}\b|"
    r"(?:mon|tues?|weds?(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:days?)?\b|tomorrow|tmrw|tonight|"
    r"noon|midday|weekend|"
    r"half ?term|(?:january|february|march|april|june|july|august|september|october|november|"
    r"december)\b|"
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo|ma[nñ]ana)|[£$€]\s?\d|\d\s?(?:%|kg|mg|"
    r"ml|euros?|pounds|dollars)",
    re.IGNORECASE,
)
_WHAT = re.compile(
    r"\b(?:pick(?:ing|ed)?[ -]?up|drop(?:ping|ped)?[ -]?off|handover|exchange|collect(?:ing|ed|"
    r"s)?|school|nursery|day ?care|"
    r"class|teacher|homework|uniform|kit|trip|club|practice|match|lesson|swimming|dentist|doctor|"
    r"dr|gp|vet|clinic|hospital|"
    r"inhaler|medication|medicine|meds|dose|tablets?|jabs?|vaccin\w+|allerg\w+|appointment|"
    r"prescription|receipts?|invoice|fees?|"
    r"maintenance|expenses|insurance|mortgage|rent|bill|bag|coat|shoes|boots|clothes|nappies|"
    r"charger|ipad|passport|form|"
    r"document|keys|car ?seat|flights?|holiday|train|address|phone number|calendar|booking|"
    r"booked|party|present|lunch|dinner|"
    r"bedtime|bath|fever|rash|tooth|dog|cat|hamster|forward|mediation|court|solicitor|attorney|"
    r"lawyer|moving|funeral|"
    r"consultant|parcels?|house|boiler|sofa|pets?|snacks?|glasses|hat|jumper|jersey|gloves|"
    r"cleats|skates|costume|"
    r"colegio|medico|escuela|mochila|cita)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
ENOUGH = 7
"""So many words beside what is hostile are taken to arrange something."""
_OPEN = frozenset({"coercion", "stonewalling", "blame", "shouting", "triangulation"})
"""Labels whose spans may hold the arrangement itself."""


def carries(text: str, spans: Sequence[Span]) -> bool:
    """Say whether arrangements stand in the text outside what is merely hostile."""
    left = list(text)
    for span in spans:
        if span.label not in _OPEN:
            left[span.start : span.end] = " " * (span.end - span.start)
    rest = "".join(left)
    if _WHEN.search(rest) is not None or _WHAT.search(rest) is not None:
        return True
    return bool(spans) and len(_WORDS.findall(rest)) >= ENOUGH
