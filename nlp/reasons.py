"""Why words are flagged: reason ids, each with one plain sentence for people.

Sentences speak of the words, never of the person. They are marked for gettext and
translated at the door.
"""

from __future__ import annotations


def N_(sentence: str) -> str:  # noqa: N802 - the name gettext looks for
    """Mark a sentence for translation; give it back as it is."""
    return sentence


REASONS = {
    "threat": N_("These words can be read as a threat, or as saying that somebody is watched."),
    "coercion": N_("These words tie one thing to another: give in, or lose something."),
    "insult": N_("These words call names or show contempt."),
    "blame": N_("These words judge conduct in general instead of naming one event."),
    "baiting": N_("These words ask for a reaction, not for an answer."),
    "sarcasm": N_("These words say one thing and mean another, or mock."),
    "gaslighting": N_("These words cast doubt on what somebody remembers or feels."),
    "guilt_trip": N_("These words press by guilt or by what is owed."),
    "hoovering": N_("These words are about the relationship that ended."),
    "intrusion": N_("These words ask about private life or comment on it."),
    "triangulation": N_("These words bring a child or other people into the dispute."),
    "stonewalling": N_("These words hold back what is needed for care now."),
    "shouting": N_("These words are in capitals or end in many marks, which reads as shouting."),
    "self_harm": N_("These words can mean that somebody may harm themselves."),
    "safeguarding": N_("These words can mean that a child or a parent is in danger."),
    "boundary": N_("These words set a limit. They are not flagged."),
    "plain": N_("These words have a plain meaning here. They are not flagged."),
}
