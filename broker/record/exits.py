"""How the rendering process ends, and the sentence for whoever waits for the record."""

from collections.abc import Mapping
from enum import IntEnum


class Exit(IntEnum):
    """Exit statuses of the rendering process."""

    DONE = 0
    BROKEN = 10
    MEMORY = 11
    FONTS = 12
    ADDRESS = 13
    RECORD = 14
    TIME = 15


def N_(sentence: str) -> str:  # noqa: N802 - the name that the extractor looks for
    """Mark a sentence for translation; it is translated at the door."""
    return sentence


SENTENCES: Mapping[Exit, str] = {
    Exit.BROKEN: N_("The record could not be made. Nothing was changed. You can try again."),
    Exit.MEMORY: N_("The record is too large to be made in one piece. Choose fewer dates."),
    Exit.FONTS: N_(
        "The fonts of this installation are missing or were changed, so no record was made. "
        "Please tell the operator."
    ),
    Exit.ADDRESS: N_(
        "The record asked for something outside itself, so it was stopped. "
        "Please tell the operator."
    ),
    Exit.RECORD: N_(
        "What was collected for the record contradicts itself, so no record was made. "
        "Please tell the operator."
    ),
    Exit.TIME: N_("Making the record took too long and was stopped. Choose fewer dates."),
}
