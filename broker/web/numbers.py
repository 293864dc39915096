"""Numbers as people say them: up to ten in words."""

from broker.domain.words import N_
from broker.web.language import say

WORDS = (
    N_("none"), N_("one"), N_("two"), N_("three"), N_("four"), N_("five"),
    N_("six"), N_("seven"), N_("eight"), N_("nine"), N_("ten"),
)  # fmt: skip


def in_words(count: int, *, first: bool = False) -> str:
    """Return a count in words up to ten; ``first``: it begins a sentence."""
    said = say(WORDS[count]) if count < len(WORDS) else str(count)
    return said[:1].upper() + said[1:] if first else said
