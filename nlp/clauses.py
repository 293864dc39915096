"""Sentences, clauses and the demands that may be kept from inside a flagged span.

Knows offsets, words and the parse. Knows nothing of facts' values, of rewriting or of the checker.
All offsets are code points of the text as sent; `doc` is a parse of a copy of equal length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nlp.results import Span

Range = tuple[int, int]

EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f1e6-\U0001f1ff]+"
)
_ABBREVIATION = re.compile(
    r"\b(?:mr|mrs|ms|dr|prof|st|rd|ave|no|vs|approx|e\.g|i\.e|[a-z]|[ap]\.m)\.$", re.IGNORECASE
)
_STOP = re.compile(r"[.!?…]+[\"'’”)\]]*(?=\s|$)|\n+|\s+(?=[-–—]\s*$)")

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
CARE_VERBS = frozenset(
    [
        "answer",
        "add",
        "arrange",
        "attach",
        "book",
        "bring",
        "buy",
        "call",
        "check",
        "collect",
        "come",
        "complete",
        "confirm",
        "cover",
        "deliver",
        "drop",
        "email",
        "ensure",
        "fetch",
        "fill",
        "find",
        "forward",
        "get",
        "give",
        "hand",
        "have",
        "keep",
        "leave",
        "let",
        "look",
        "make",
        "meet",
        "move",
        "order",
        "pack",
        "pay",
        "pick",
        "post",
        "print",
        "provide",
        "put",
        "remember",
        "remind",
        "reply",
        "return",
        "ring",
        "send",
        "share",
        "sign",
        "sort",
        "swap",
        "take",
        "tell",
        "text",
        "update",
        "use",
        "wash",
        "write",
        "transfer",
        "refund",
        "renew",
        "cancel",
        "wear",
        "drive",
        "feed",
        "fix",
        "label",
        "lend",
        "pass",
        "pop",
        "stick",
        "chuck",
        "reimburse",
        "submit",
        "settle",
        "empty",
        "accept",
    ]
)
_NOT_A_REQUEST = re.compile(
    r"^(?:be (?:nice|kind|good|careful)|stop\b|come (?:home|back)|apologi[sz]e|"
    r"admit|beg|do (?:what|as)|"
    r"give me another|love|forgive|behave|grow|leave him|say sorry|"
    r"drop (?:the )?(?:charges?|police)|"
    r"tell (?:the )?(?:police|court|judge)|have (?:fun|it your)|keep (?:this|"
    r"it) up|get (?:lost|over|real)|"
    r"find (?:out|someone)|try\b)",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"^(?:(?:please|pls|plz)[, ]+)?(?:can|could|will|would|cd|wud) (?:you|u|ya)\b", re.IGNORECASE
)
_AUX = (
    r"(?:is|are|was|were|do|does|did|have|has|can|could|will|would|shall|should|"
    r"may|might|isn['’]?t|aren['’]?t|"
    r"don['’]?t|doesn['’]?t|didn['’]?t|haven['’]?t|hasn['’]?t|can['’]?t|won['’]?t|r|cd|wud)"
)
_QUESTION = re.compile(
    r"^(?:(?:and|but|so|also|oi|ok|hi|hey|please|pls)[, ]+)*(?:"
    r"(?:who|what|when|where|which|why|how|wot|wat|wen|whose)(?:['’]s|s)?(?! (?:i|"
    r"you|u|he|she|we|they|it)\b)"
    rf"(?: (?!{_AUX}\b)\w+){{0,3}}(?:(?<=s)|(?<=['’]s)| {_AUX})\b(?! (?:none|not|my)\b)"
    rf"|{_AUX} (?:i|you|u|ya|he|she|it|we|they|there|this|that|the|my|your|ur|his|"
    rf"her|our|their|(?-i:[A-Z])\w+)\b)",
    re.IGNORECASE,
)
_RHETORIC = re.compile(
    r"(?:how many times|who do you think|what (?:is|['’]s) wrong|why)\b", re.IGNORECASE
)
_LEAD_PLEASE = re.compile(
    r"^(?:please|pls|plz|kindly|just|and|so|then|also|now|ok|okay)[, ]+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Demand:
    """A range inside a flagged span that asks for or states something real, and its form.

    Forms: `request` (an order that becomes "Please …"), `question`, `fact` (said as it is).
    """

    start: int
    end: int
    form: str


def trim(text: str, start: int, end: int, junk: str = " \t\r\n,;:-–—") -> Range:
    """Narrow a range past blanks and loose punctuation at both ends."""
    while start < end and text[start] in junk:
        start += 1
    while end > start and text[end - 1] in junk:
        end -= 1
    return start, end


def sentences(text: str) -> list[Range]:
    """Cut a text into sentences at stops, line ends and runs of emoji (which belong to none)."""
    cuts: list[Range] = []
    for found in re.finditer(rf"{_STOP.pattern}|{EMOJI.pattern}", text):
        before = text[max(0, found.start() - 12) : found.start() + 1]
        if found.group().startswith(".") and len(found.group()) == 1:
            following = text[found.end() :].lstrip()[:1]
            if _ABBREVIATION.search(before) and not (before[-2:-1] in "mM" and following.isupper()):
                continue
        solid = found.group()[0] in ".!?…"
        cuts.append((found.end() if solid else found.start(), found.end()))
    pieces, at = [], 0
    for end, following in [*cuts, (len(text), len(text))]:
        start, stop = trim(text, at, end, " \t\r\n")
        if stop > start:
            pieces.append((start, stop))
        at = max(following, at)
    return pieces


def tokens(doc: Doc, start: int, end: int) -> list[Token]:
    """List the tokens that lie in a range, without blanks."""
    return [t for t in doc if t.idx >= start and t.idx + len(t) <= end and not t.is_space]


def finite(words: Sequence[Token]) -> bool:
    """Tell whether the words hold a verb that can carry a clause."""
    return any(t.tag_ in {"VBZ", "VBP", "VBD", "MD"} or (t.lower_ in {"'s", "’s"} and t.pos_ == "AUX")
               for t in words)  # fmt: skip


def imperative(doc: Doc, text: str, start: int, end: int) -> bool:
    """Tell whether a range is an order to the reader ("make sure …", "bring …")."""
    core = text[start:end]
    while found := _LEAD_PLEASE.match(core):
        core = core[found.end() :]
    first = re.match(r"[A-Za-z]+", core)
    if not first or first.group().lower() not in CARE_VERBS or _NOT_A_REQUEST.match(core):
        return False
    words = tokens(doc, start + (end - start - len(core)), end)
    if len(words) < 2:
        return False
    after = (
        words[2] if len(words) > 2 and words[1].lower_ in {"up", "off", "in", "out"} else words[1]
    )
    if after.lower_ in {"of", "-"} or after.tag_ in {"VBZ", "VBD", "VBP", "MD"}:
        return False
    return after.lower_ not in {"is", "are", "was", "'s", "’s"}


def questioning(text: str, start: int, end: int) -> bool:
    """Tell whether a range is worded as a question, with or without its mark."""
    core = text[start:end]
    if core.rstrip("\"'’”) ").endswith("?"):
        return True
    return bool(_QUESTION.match(core)) and not re.match(
        r"(?i)(?:when|what|where|how|which)\b.*,", core
    )


def asking(text: str, start: int, end: int) -> bool:
    """Tell whether a range asks the reader to do something ("can you …", "please …")."""
    core = text[start:end]
    return bool(_ASK.match(core)) or bool(
        re.match(r"(?i)(?:please|pls|plz|kindly) (?!don['’]?t\b)\w+", core)
    )


def _opens_clause(words: Sequence[Token]) -> bool:
    """Tell whether these words can begin a clause of their own after a comma or a conjunction."""
    if not words:
        return False
    first = words[0]
    if first.lower_ in {"who", "which", "whom", "whose", "that", "because", "cos", "as", "since"}:
        return False
    if first.tag_ in {"MD", "VBP", "VBZ", "VBD"} and len(words) > 1:
        return words[1].tag_ == "PRP" or first.lower_ in CARE_VERBS
    if first.lower_ in CARE_VERBS and first.tag_ in {"VB", "NN", "NNP"}:
        return True
    return finite(words[1:])


def clauses(doc: Doc, text: str, start: int, end: int) -> list[Range]:
    """Cut a range at commas, dashes and conjunctions that begin another full clause."""
    words = tokens(doc, start, end)
    cuts = [start]
    for i, word in enumerate(words[1:-1], 1):
        mark = word.lower_ in {",", ";", "-", "–", "—", "...", "…"} or word.text[:1] in "?!."
        link = word.lower_ in {"and", "but", "or", "n", "so"}
        if not (mark or link) or word.idx < cuts[-1]:
            continue
        after = [w for w in words[i + 1 :] if w.lower_ not in {"and", "but", "so"}]
        after = after[: _until_mark(after)]
        if _opens_clause(after) and any(w.pos_ in {"VERB", "AUX"} for w in words[:i]):
            cuts.append(word.idx if link else word.idx + len(word))
    return [r for r in (trim(text, a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True))
            if r[1] > r[0]]  # fmt: skip


def _until_mark(words: Sequence[Token]) -> int:
    return next((i for i, w in enumerate(words) if w.text in {",", ";", "—", "–"}), len(words))


_LEVER = re.compile(
    r"\b(?:if (?:you|u) (?:don['’]?t|do not|dont|won['’]?t|wont|refuse to|fail to|can['’]?t|cant)"
    r"|(?:unless|until|til|till) (?:you|u)(?:['’]ve)?) +(?:just |actually |finally |also )?",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r",?\s+or (?:else\b|(?:you|u|i|i['’]ll|you['’]ll|the kids|he|she|they|we|"
    r"nobody|no|ill|it|there)\b)",
    re.IGNORECASE,
)
_WANT = re.compile(
    r"(?:^|[,.] )(?=I(?:['’]m after|['’]d like| need| want| expect)\b)", re.IGNORECASE
)
_WANTED = re.compile(
    r"\bif (?:you|u) (?:want|wanna|ever want|expect|like)\b[^,.]*?(?:,|\bthen\b|"
    r"\b(?:you|u)['’]?(?:ll| will|"
    r" have to| need to| better|d better|['’]d better))\s*(?:(?:you|u)['’]?(?:ll|"
    r" will| have to| need to|"
    r"d better|['’]d better) )?",
    re.IGNORECASE,
)
_LEVER_END = re.compile(
    r",| (?:then|and|or|you|u|i|i['’]ll|he|she|they|we|the kids|there|"
    r"no)\b(?! (?:and|or)\b)|[.;:!?—–]|$",
    re.IGNORECASE,
)


def _arranges(words: str) -> bool:
    return bool(ARRANGEMENT.search(words) or CONCRETE.search(words))


def _leverage(doc: Doc, text: str, start: int, end: int) -> Iterator[Demand]:
    """Find the demand in a coercion span; the lever is left behind."""
    body = text[start:end]
    for found in _LEVER.finditer(body):
        at = start + found.end()
        stop = _verb_end(doc, text, at, end)
        if _arranges(text[at:stop]) and not _NOT_A_REQUEST.match(text[at:stop]):
            yield Demand(at, stop, "request")
            return
    for found in _WANTED.finditer(body):
        at = start + found.end()
        if imperative(doc, text, at, end) and _arranges(text[at:end]):
            yield Demand(*trim(text, at, end, " .!,"), "request")
            return
    if found := _ELSE.search(body):
        at, stop = trim(text, start, start + found.start(), " ,.!")
        if imperative(doc, text, at, stop) and _arranges(text[at:stop]):
            yield Demand(at, stop, "request")
            return
    if found := _WANT.search(body):
        parts = clauses(
            doc, text, start + found.end(), _sentence_end(text, start + found.end(), end)
        )
        if parts and _arranges(text[slice(*parts[0])]):
            yield Demand(*trim(text, *parts[0], " ,.!"), "fact")


def _sentence_end(text: str, at: int, end: int) -> int:
    return next((stop for _, stop in sentences(text[at:end])), end - at) + at


def _verb_end(doc: Doc, text: str, at: int, end: int) -> int:
    """Find where the clause of the verb at `at` ends: by the parse, bounded by the first mark."""
    mark = _LEVER_END.search(text, at + 1, end)
    words = tokens(doc, at, end)
    verb = next((w for w in words if w.pos_ in {"VERB", "AUX"}), None)
    limit = next((w.idx for w in words if w.text in {",", ";", ".", "!", "?", "—", "–"}), end)
    if verb is not None:
        inside = [w for w in verb.subtree if w.idx >= at and w.idx < limit and not w.is_punct]
        if inside and max(w.idx for w in inside) > verb.idx:
            stop = max(w.idx + len(w) for w in inside)
            subject = next((w.idx for w in words if w.idx > verb.idx and w.dep_ == "nsubj"
                            and w.head.i < verb.i + 60 and w.head != verb), stop)  # fmt: skip
            return trim(text, at, min(stop, subject))[1]
    return trim(text, at, mark.start() if mark else end)[1]


_ACCUSED = re.compile(
    r"^(?:(?:as usual|once again|yet again|again|well done|thanks|so)[, ]+)?(?=(?:you|u) "
    r"(?:forgot|left|missed|owe|didn['’]?t|did not|haven['’]?t|were|lost|kept|"
    r"sent|still have|still owe)\b)",
    re.IGNORECASE,
)


def _plain(words: str) -> bool:
    return not HOSTILE.search(words)


def _shown(doc: Doc, text: str, start: int, end: int, manner: bool) -> Iterator[Demand]:
    """Find requests, real questions and dated or itemised facts in the clauses of a span."""
    for a, b in sentences(text[start:end]):
        parts = clauses(doc, text, start + a, start + b)
        for at, stop in parts:
            if text[at:stop][:3].lower() in {"or ", "and", "but"}:
                at = trim(text, at + 3, stop)[0]
            form = _form(doc, text, at, stop, manner)
            if form:
                at += len(m.group()) if (m := _ACCUSED.match(text[at:stop])) else 0
                yield Demand(at, stop, form)


def _form(doc: Doc, text: str, at: int, stop: int, manner: bool) -> str | None:
    words = text[at:stop]
    core = words[m.end() :] if (m := _ACCUSED.match(words)) else words
    if not _arranges(core) or not _plain(core):
        return None
    if imperative(doc, text, at, stop):
        return "request"
    if asking(text, at, stop):
        return "question"
    if questioning(text, at, stop):
        real = (
            manner or CONCRETE.search(core) or re.match(r"(?i)(?:wh|wot|wat|did|has|have|is)", core)
        )
        return (
            "question" if real and not re.match(r"(?i)why\b|(?:are|do) (?:you|u)\b", core) else None
        )
    accused = m is not None and re.search(r"(?i)\b(?:the|her|his|their|my|£|\$|\d)", core)
    return "fact" if accused or (manner and CONCRETE.search(core)) else None


_NEVER_KEPT = frozenset(
    {"threat", "hoovering", "intrusion", "gaslighting", "triangulation", "stonewalling"}
)


def demands(doc: Doc, text: str, spans: Sequence[Span]) -> list[Demand]:
    """List what may be kept from inside flagged spans (guide: "Inside a flagged span a fact is …").

    A range that any label forbids (a threat, an intrusion) is never kept; leverage goes, its
    request stays; shouting by itself is a manner, so what it says is read like any words.
    """
    kept: list[Demand] = []
    for span in spans:
        if span.label in _NEVER_KEPT or _overlaps_other(span, spans):
            continue
        find = _leverage(doc, text, span.start, span.end) if span.label == "coercion" else _shown(
            doc, text, span.start, span.end, span.label == "shouting")  # fmt: skip
        kept += [d for d in find if not any(d.start < k.end and k.start < d.end for k in kept)]
    return sorted(kept, key=lambda d: d.start)


def _overlaps_other(span: Span, spans: Sequence[Span]) -> bool:
    """Tell whether a graver span lies on the same words, so that nothing of them is kept."""
    return any(
        o.label in _NEVER_KEPT or (span.label == "shouting" and o.label != "shouting")
        for o in spans if o is not span and o.start < span.end and span.start < o.end
    )  # fmt: skip
