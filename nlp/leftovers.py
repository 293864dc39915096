"""Words that a cut leaves hanging, or that say nothing by themselves; tables for `nlp.pieces`."""

from __future__ import annotations

import re

FILLER = re.compile(
    r"(?:oi|lol|lmao|anyway|anyways|whatever|ok|okay|so|and|but|or|oh|wow|hey|hun|"
    r"babe|look|listen|well|"
    r"right|seriously|honestly|hope you['’]re well|btw|x+|ha+|haha|ugh|yeah|sure|"
    r"fine|also|ps|then|just|"
    r"because|cos|though|either way|on another note)[\s,.!:;?x-]*",
    re.IGNORECASE,
)


LEAD = re.compile(
    r"^(?:(?:and|but|or|oi|oh|lol|wow|anyway|anyways|hun|babe|n|"
    r"on another note)\b[,.!\s:-]*|[-–—,;:.!?)\"”’\s]+)+",
    re.IGNORECASE,
)


LEAD_AFTER_CUT = re.compile(r"^(?:so|then|btw|also|plus)\b[,\s]+(?=\w)", re.IGNORECASE)


TAIL = re.compile(
    r"(?:[\s,;:(\"“–—-]+|\b(?:and|but|or|so|because|cos|coz|since|which|though|"
    r"although|even though|not that|"
    r"while|anyway|if only|only|plus|just|oh|i|he|she|we|they)\b)+$",
    re.IGNORECASE,
)


BLAME = (
    re.compile(
        r"^(?:as usual|as always|once again|yet again|typically|of course|clearly|obviously),?\s+",
        re.I,
    ),
    re.compile(r",?\s+(?:as usual|as always|yet again|once again|like always)\b", re.IGNORECASE),
    re.compile(r",?\s+AGAIN\b"),
    re.compile(r"(?<=\w),?\s+again(?=[.!?]*$)"),
)


BARRED_END = frozenset({"DT", "IN", "CC", "TO", "MD", "PRP$", "WDT", "WP$"})


_BARRED_START_WORDS = """
which who whom whose that because cos than of not nor
"""
BARRED_START = frozenset(_BARRED_START_WORDS.split())


_UNFINISHED_WORDS = """
believe think know see wonder understand imagine guess suppose mean hope say
"""
OPEN_ENDED = frozenset({"yes", "no", "not", "is", "are", "was", "were", "be", "been", "'s", "’s"})
UNFINISHED = frozenset(_UNFINISHED_WORDS.split())


_SUBORDINATE_WORDS = """
if when unless until while although though as once since after before
"""
SUBORDINATE = frozenset(_SUBORDINATE_WORDS.split())


LETTER = re.compile(
    r"(?:(?:dear|hi|hello|hey)\s+[\w .'’-]{1,40},?|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2},?)"
)
