"""Shouting: a manner, read off the capitals and the marks of the text as sent.

Knows letters only. Boundaries in capitals are no shouting; the caller says where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_CAPITALS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MARKS = re.compile(r"[!?]{3,}")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?]*")
_READER = re.compile(r"\b(?:you|u|ur|your|you'?re|yourself|ya|tu|te|usted)\b", re.IGNORECASE)
_KIND = re.compile(
    r"\b(?:happy|birthday|yay|woo+|hooray|congrat\w*|well done|won|love[ds]?|goal|amazing|"
    r"thank\w*|thx|"
    r"brilliant|proud|please|pls|plz|sorry|wow|good luck|excit\w*|omg|haha\w*|xx+|feliz|gracias|"
    r"merry|"
    r"christmas|cumple\w*|passed|first place|great|bravo|ole)\b",
    re.IGNORECASE,
)
_CALM = re.compile(
    r"\b(?:ambulance|hospital|emergency|urgent|allergic|allergy|a&e|do not (?:freeze|bend|open|"
    r"feed|"
    r"give|touch)|not (?:for|with)|labelled|label|sign says|says|titled|called|headed)\b",
    re.IGNORECASE,
)
_SHORT = 3
_INITIALS = _words(
    """
    ADHD EHCP SENCO SEND ASAP FAQ USB GMT BST AEST AEDT NAPLAN CAMHS DVLA HMRC IKEA ALDI NHS
    CSA FIFA UEFA NCT DBS PTA INSET MMR ASOS GCSE SATS YMCA FERPA HIPAA FAFSA AFL NRL DIY LEGO
    NASA EMDR IBAN BSB ATAR QLD NSW MCFC ICU MRI ECG EEG CVS HOA SUV TSA PDF JPEG IEP OT PT
    SLT
    """
)


def runs(text: str, quiet: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Find runs of shouted words and of marks, outside the quiet ranges."""
    for found in (*_capital_runs(text), *_mark_runs(text)):
        if not any(a < found[1] and b > found[0] for a, b in quiet):
            yield found


def _capital_runs(text: str) -> Iterator[tuple[int, int]]:
    run: list[re.Match[str]] = []
    for word in _CAPITALS.finditer(text):
        if _loud(word[0]) and (not run or _joined(text[run[-1].end() : word.start()])):
            run.append(word)
            continue
        if _shouts(text, run):
            yield _wide(text, run)
        run = [word] if _loud(word[0]) else []
    if _shouts(text, run):
        yield _wide(text, run)


def _loud(word: str) -> bool:
    return word.isupper()


def _joined(between: str) -> bool:
    return "\n" not in between and len(between) <= _SHORT and not between.isalnum()


def _shouts(text: str, run: list[re.Match[str]]) -> bool:
    words = [word[0] for word in run if word[0] not in _INITIALS]
    spoken = [word for word in words if len(word) > _SHORT or word.lower() in _COMMON]
    if len(words) < 2 or len(spoken) < 2 or not any(len(word) > 2 for word in spoken):
        return False
    around = text[max(0, run[0].start() - 24) : run[-1].end()]
    said = text[run[0].start() : run[-1].end()]
    return not (_KIND.search(said) or _CALM.search(around))


_COMMON = _words(
    """
    i a you u me my the is are was to do not no so it if in on at we he she her him his and but
    who why how all any one two six ten day now out off get got let put say sed had has can did
    them am be by go or up us oi hav tel for ask see man lie bad car key mum dad job own ill im
    ive dont wont
    """
)


def _wide(text: str, run: list[re.Match[str]]) -> tuple[int, int]:
    end = run[-1].end()
    while end < len(text) and text[end] in "!?.":
        end += 1
    return run[0].start(), end


def _mark_runs(text: str) -> Iterator[tuple[int, int]]:
    for marks in _MARKS.finditer(text):
        start = max((text.rfind(stop, 0, marks.start()) for stop in ".!?\n"), default=-1) + 1
        said = text[start : marks.end()]
        if _READER.search(said) and not _KIND.search(said):
            low = start + len(said) - len(said.lstrip())
            yield low, marks.end()
