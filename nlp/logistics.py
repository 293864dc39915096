"""Whether a message carries arrangements: a property of the message, never a flag.

Knows words about schedule, handover, health, school, costs, things, travel and contact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.results import Span

_WHEN = re.compile(
    r"\b(?:\d{1,2}(?::|\.)\d\d|\d{1,2} ?(?:am|pm)\b|\d{1,2}(?:st|nd|rd|th)\b|(?:at|by|from|until|till|to|las?) \d{1,2}\b|"
    r"(?:mon|tues?|weds?(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:days?)?\b|tomorrow|tmrw|tonight|noon|midday|weekend|"
    r"half ?term|(?:january|february|march|april|june|july|august|september|october|november|december)\b|"
    r"lunes|martes|miercoles|jueves|viernes|sabado|domingo|ma[nñ]ana)|[£$€]\s?\d|\d\s?(?:%|kg|mg|ml|euros?|pounds|dollars)",
    re.IGNORECASE,
)
_WHAT = re.compile(
    r"\b(?:pick(?:ing|ed)?[ -]?up|drop(?:ping|ped)?[ -]?off|handover|exchange|collect(?:ing|ed|s)?|school|nursery|day ?care|"
    r"class|teacher|homework|uniform|kit|trip|club|practice|match|lesson|swimming|dentist|doctor|dr|gp|vet|clinic|hospital|"
    r"inhaler|medication|medicine|meds|dose|tablets?|jabs?|vaccin\w+|allerg\w+|appointment|prescription|receipts?|invoice|fees?|"
    r"maintenance|expenses|insurance|mortgage|rent|bill|bag|coat|shoes|boots|clothes|nappies|charger|ipad|passport|form|"
    r"document|keys|car ?seat|flights?|holiday|train|address|phone number|calendar|booking|booked|party|present|lunch|dinner|"
    r"bedtime|bath|fever|rash|tooth|dog|cat|hamster|forward|mediation|court|solicitor|attorney|lawyer|moving|funeral|"
    r"consultant|parcels?|house|boiler|sofa|pets?|snacks?|glasses|hat|jumper|jersey|gloves|cleats|skates|costume|"
    r"colegio|medico|escuela|mochila|cita)\b",
    re.IGNORECASE,
)
_OPEN = frozenset({"coercion", "stonewalling", "blame", "shouting", "triangulation"})
"""Labels whose spans may hold the arrangement itself."""


def carries(text: str, spans: Sequence[Span]) -> bool:
    """Say whether arrangements stand in the text outside what is merely hostile."""
    left = list(text)
    for span in spans:
        if span.label not in _OPEN:
            left[span.start : span.end] = " " * (span.end - span.start)
    rest = "".join(left)
    return _WHEN.search(rest) is not None or _WHAT.search(rest) is not None
