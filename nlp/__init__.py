"""The language step: `load().read(text, context=…)` gives a Reading or NotAssessed.

The face only. Importing it imports no spaCy; `load` does. It knows text, never people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.results import Ask, Context, Fact, NotAssessed, Reading, Span

if TYPE_CHECKING:
    from nlp.language import Language

__all__ = ["Ask", "Context", "Fact", "NotAssessed", "Reading", "Span", "load"]


def load() -> Language:
    """Load the model and the rules, once for a process; raise ModelChanged or BadRule."""
    from nlp.language import Language

    return Language()
