"""What the annex and the cover say of a case, in sentences; and terms in words, for pages as well.

Each function takes ``say``, a gettext function. Knows names and numbers; knows no message's words.
"""

from collections.abc import Callable, Mapping
from typing import Any

from broker.domain.words import N_

Say = Callable[[str], str]

TOPICS: Mapping[str, str] = {
    "handover": N_("Handovers"),
    "schedule": N_("Days and times"),
    "health": N_("Health"),
    "school": N_("School"),
    "money": N_("Money"),
    "belongings": N_("Belongings"),
    "visits": N_("Visits to the house"),
    "other": N_("Something else"),
}
TOPICS_OF: Mapping[tuple[str, str], str] = {
    ("pet", "health"): N_("Vet and health"),
    ("house", "money"): N_("Money and bills"),
    ("house", "belongings"): N_("Furniture and belongings"),
}
"""The same words as on the pages, so that paper and screen agree (a test compares them)."""

ABOUT = {
    "children": N_("It is about the children."),
    "pet": N_("It is about a pet."),
    "house": N_("It is about a house."),
}

ROLES = {
    "parent": N_("parent"),
    "mediator": N_("mediator"),
    "reader": N_("reader"),
}

MODES = {
    ("none", "hold"): N_("Messages without flagged wording are held for a mediator."),
    ("low", "hold"): N_("Messages with mildly flagged wording are held for a mediator."),
    ("high", "hold"): N_("Messages with strongly flagged wording are held for a mediator."),
    ("not_assessed", "hold"): N_("Messages that could not be checked are held for a mediator."),
    ("not_assessed", "fold"): N_("Messages that could not be checked are delivered folded."),
}
"""Severity and mode in words; ``advise`` needs none: the writer is told, and that is all."""

PLAIN = N_("Wording is pointed out to the writer; nothing is held.")
URGENT = N_("Urgent messages are delivered at once.")

CASE_EVENTS = {
    "case.paused": N_("The case was paused."),
    "case.stopped": N_("Writing in the case was stopped."),
    "case.closed": N_("The case was closed."),
}

OWN_EVENTS = {
    "message.accepted": N_("%(what)s was accepted."),
    "message.queued": N_("%(what)s was kept for the hours or counts of the terms."),
    "message.held": N_("%(what)s was held for a mediator."),
    "message.returned": N_("%(what)s was returned to its writer."),
    "message.withdrawn": N_("%(what)s was taken back by its writer."),
}
"""What happened to the asker's own messages before delivery; first views never (S6)."""


def topic(id_: str, about: str, say: Say) -> str:
    """Return a topic in words, in a case about children, a pet or a house."""
    return say(TOPICS_OF.get((about, id_)) or TOPICS.get(id_, TOPICS["other"]))


def role(id_: str, say: Say) -> str:
    """Return a role in words."""
    return say(ROLES.get(id_, id_))


def terms(told: Mapping[str, Any], say: Say) -> list[str]:
    """Return the terms of a case in sentences, from their plain form (as the case log holds it)."""
    modes = [say(MODES[row]) for row in told["modes"].items() if row in MODES]
    held = any(mode == "hold" for mode in told["modes"].values())
    lines = modes if held else [say(PLAIN), *modes]
    if held:
        lines.append(_holding(told, say))
    return [*lines, say(URGENT), _hours(told, say), _counts(told, say)]


def _holding(told: Mapping[str, Any], say: Say) -> str:
    sentence = say(
        "A mediator looks at a held message within %(promise)s hours;"
        " a hold ends after %(hold)s hours at the latest."
    )
    return sentence % {"promise": told["promise_hours"], "hold": told["hold_hours"]}


def _hours(told: Mapping[str, Any], say: Say) -> str:
    if told["opens"] == told["closes"]:
        return say("Messages are delivered at every hour.")
    return say("Messages are delivered from %(opens)s to %(closes)s.") % told


def _counts(told: Mapping[str, Any], say: Say) -> str:
    sentence = say(
        "Up to %(per_day)s messages a day from each parent, each of up to %(length)s characters."
    )
    return sentence % told
