"""Words that tell an arrangement from an attack, for clauses, demands, facts and the rewriter.

Tables alone. The checker keeps its own words, so that the two cannot be wrong together.
"""

from __future__ import annotations

import re

EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f1e6-\U0001f1ff]+"
)


ARRANGEMENT = re.compile(
    r"\b(?:school|nursery|daycare|handover|exchange|pick(?:ing|ed)?[ -]?up|"
    r"drop[ -]?off|drop|form|forms|"
    r"inhaler|puffer|medicine|medication|calpol|meds|prescription|dentist|doctor|"
    r"gp|vet|vets|clinic|"
    r"appointment|jabs?|injection|glasses|insulin|epipen|allerg\w*|passports?|"
    r"visa|birth certificate|"
    r"receipts?|invoice|payment|maintenance|rent|mortgage|tax|bill|bills|"
    r"insurance|deposit|share|half|"
    r"coat|jacket|shoes|trainers|boots|uniform|kit|bag|bags|clothes|jumper|socks|blazer|swim\w*|"
    r"homework|book|books|laptop|ipad|tablet|phone|charger|keys?|car seat|seat|"
    r"buggy|cot|bike|helmet|"
    r"toys?|teddy|bear|lunch|snack|nappies|nappy|wipes|bottle|blanket|tickets?|"
    r"party|trip|camp|club|"
    r"football|soccer|piano|swimming|ballet|recital|concert|match|game|practice|lesson|lessons|"
    r"holidays?|half[ -]term|weekends?|overnight|summer|christmas|xmas|easter|"
    r"dates?|schedule|calendar|"
    r"teacher|parents'? evening|report|fees?|consent|permission|documents?|papers?|licen[cs]e|"
    r"house|flat|boiler|dog|cat|lead|food|suitcase|van|account|login|password|number|address|email|"
    r"retainer|braces?|gloves?|gate|hat|hats|scarf|sandals|cleats|jersey|costume|"
    r"goggles|rashie|wetsuit|sleeping bag|stroller|pushchair|pram|sofa|piano|"
    r"furniture|"
    r"sign|swap|collect|fetch|confirm|kids?|children|boys|girls|him|her|baby|times?|day|days)\b",
    re.IGNORECASE,
)


CONCRETE = re.compile(
    r"\d|[£$€]|\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b|"
    r"\b(?:today|tomorrow|tmrw|tonight|tonite|noon|midday|midnight)\b",
    re.IGNORECASE,
)


HOSTILE = re.compile(
    r"\b(?:idiot|stupid|pathetic|useless|liar|lying|lies|lazy|selfish|moron|cow|"
    r"witch|bitch|bastard|"
    r"psycho|crazy|mental|insane|loser|worthless|disgusting|waste|joke|clown|precious|boyfriend|"
    r"girlfriend|fuck\w*|shit\w*|damn|bloody|hell|arse\w*|cunt|twat|prick|lawyer|regret|sorry|ever|"
    r"never|always|as usual|bother\w*|excuses?|drama|whin\w+|cry|grow up|run to|brain|busy with|"
    r"too busy|dare|care about|parent of the year|genius|princess|majesty|highness)\b",
    re.IGNORECASE,
)


_CARE_VERBS_WORDS = """
answer add do arrange attach book bring buy call check collect come complete confirm cover
deliver drop email ensure fetch fill find forward get give hand have keep leave let look
make meet move order pack pay pick post print provide put remember remind reply return ring
send share sign sort swap take tell text update use wash write transfer refund renew cancel
wear drive feed fix label lend pass pop stick chuck reimburse submit settle empty accept
"""
CARE_VERBS = frozenset(_CARE_VERBS_WORDS.split())
