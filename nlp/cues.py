"""Words that tell where a clause begins or goes on when no mark says so, as in text-speak.

Tables alone, for `nlp.spans`.
"""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


ARRANGEMENT = re.compile(
    r"\d|[£$€]|\b(?:please|pls|plz|can (?:you|u|we|i)(?!['’]t)|could (?:you|u|we|i)|"
    r"will (?:you|u)|would (?:you|u)|i need|need \d|make sure|bring|send|collect|"
    r"pick(?:ing)? ?up|drop ?off|drop|fetch|sign|pay|transfer|yes|no|i can(?!['’]?t)|i'?ll|we'?ll|"
    r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|tomorrow|tmrw|tonight|noon|"
    r"january|february|april|june|july|august|september|october|november|december|"
    r"lunes|martes|jueves|viernes|domingo|ma[nñ]ana)\b",
    re.IGNORECASE,
)
"""What stands on the far side of a cut when an arrangement begins there."""
ITEM = re.compile(
    r"\b(?:handover|forms?|inhaler|puffer|medicine|meds|prescription|dentist|doctor|gp|vets?|"
    r"appointment|jabs?|glasses|passports?|receipts?|invoice|nappies|nappy|coat|jacket|shoes|"
    r"trainers|boots|uniform|kit|bags?|blazer|homework|charger|keys?|car seat|buggy|helmet|"
    r"lunch|tickets?|recital|concert|practice|lessons?|parents'? evening|fees?|suitcase|"
    r"bottle|gloves?|hat|sandals|cleats|costume|wetsuit|swimming|football)\b",
    re.IGNORECASE,
)
"""Things that are brought, paid or gone to: a clause beside the hostile one that names any."""
YOU = re.compile(r"\b(?:you|u|ur|your|you'?\w+|yourself|ya|tu|te|ti)\b", re.IGNORECASE)
TAIL = re.compile(
    r"\W*(?:the way|the same way|as|like|just like|than|which|who|while|or)\b", re.IGNORECASE
)
"""How a clause begins that goes on with the hostile one before it."""
STOPS = _words(", ; : — – - -- ... …")
ENDS = _words(". ! ?")
LINKS = _words("cc mark advmod dep")
"""The parser's relations of a word that joins two clauses."""
JOINS = _words("but and so because cos n y or pero anyway btw")
OPENERS = _words(
    "i im ive ill id you u ur youre youve youll we were weve well he hes she shes they theyre it "
    "its there theres can could will would do does did are r is have has maybe please pls plz "
    "just not dont what wot when where who why how if the my his her no yes need this that"
)
"""What may follow a joining word where a clause begins."""
SUBJECTS = _words(
    "i im ive ill u ur we weve he hes she shes they theyre its it's theres there's i'm i'll i've"
)
NEW = _words("its im ive ill i he she hes shes we i'm i'll")
"""Subjects that begin a clause even behind "u are"."""
NO_SUBJECT = _words("you u i we he she they")
HOLDING = _words(
    "that what wot wat how why if when where who which whose because cos coz bc as than like know "
    "no think thought believe hope wish say said says tell told see saw sure guess bet mean heard "
    "the a an my your ur his her to of for with about from all way time until till after before "
    "since while unless once and or but so n is are was were do does did dont can cant could will "
    "wont would should have has had not least thing everything anything be ok"
)
"""Words after which a pronoun goes on with the same clause."""
