"""Why words were flagged, in plain sentences about the words, never about a person (S14).

Reason ids come from the language step. One that is unknown here gets a neutral sentence.
"""

from broker.domain.assessment import Flag
from broker.domain.words import N_
from broker.reading import Line
from broker.web.language import say

REASONS: dict[str, str] = {
    "baiting": N_("May read as an invitation to argue."),
    "blame": N_("Says whose fault it is. The arrangement can be said without it."),
    "coercion": N_("Sets a condition or a pressure that may read as a threat."),
    "contempt": N_("May read as an insult."),
    "gaslighting": N_("Says what the other person remembers, feels or thinks."),
    "guilt_trip": N_("May read as meant to make somebody feel guilty."),
    "harm": N_("May read as a threat of harm."),
    "hoovering": N_("Is about the relationship, not about an arrangement."),
    "insult": N_("May read as an insult."),
    "intrusion": N_("Asks about private life, not about an arrangement."),
    "safeguarding": N_("May speak of somebody who is not safe."),
    "sarcasm": N_("May read as mockery."),
    "self_harm": N_("May speak of harm to oneself."),
    "shouting": N_("Capital letters may read as shouting."),
    "stonewalling": N_("Closes the matter without an answer."),
    "threat": N_("May read as a threat."),
    "triangulation": N_("Uses a child, or somebody else, to carry the point."),
}
OTHER = N_("May read as hostile.")

LABELS: dict[str, str] = {
    "baiting": N_("an invitation to argue"),
    "blame": N_("blame"),
    "coercion": N_("pressure"),
    "gaslighting": N_("what the other person thinks or feels"),
    "guilt_trip": N_("guilt"),
    "hoovering": N_("the relationship"),
    "insult": N_("an insult"),
    "intrusion": N_("private life"),
    "safeguarding": N_("somebody who is not safe"),
    "sarcasm": N_("mockery"),
    "self_harm": N_("harm to oneself"),
    "shouting": N_("shouting"),
    "stonewalling": N_("no answer"),
    "threat": N_("a threat"),
    "triangulation": N_("somebody else between the two"),
}
OTHER_LABEL = N_("hostile wording")

ALERTS: dict[str, str] = {
    "threat": N_("This message may hold a threat"),
    "self_harm": N_("This message may speak of harm to oneself"),
    "safeguarding": N_("This message may speak of somebody who is not safe"),
}
OTHER_ALERT = N_("This message may be urgent")


def reason(flag: Flag) -> str:
    """Return why these words were flagged, as a plain sentence."""
    return say(REASONS.get(flag.reason) or REASONS.get(flag.label) or OTHER)


def label_name(label: str) -> str:
    """Return a kind of wording in plain words, for the middle of a sentence or a list."""
    return say(LABELS.get(label, OTHER_LABEL))


def alert_name(line: Line) -> str:
    """Return the kind of an urgent message, without any of its words (S10)."""
    told = {*line.assessment.labels, *line.assessment.alerts}
    return say(next((name for kind, name in ALERTS.items() if kind in told), OTHER_ALERT))
