"""Text → language step → ``Assessment``, over a socket of one assessor process for all workers.

The only package that speaks to ``nlp``. This face imports no language model: a web worker that
holds a ``Client`` stays small. What cannot be read is ``Assessment.unavailable`` with a reason id,
never an exception and never "plain"; no text is logged (threats.md, attack 59).
"""

import socket
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from broker.assess import wire
from broker.domain.assessment import Assessment
from broker.ports import Assessor

LIMIT_S = 2.0
"""Wall-clock seconds for one text in all: connecting, waiting for a free reader, reading."""

NOT_RUNNING, TOO_SLOW, CRASHED, UNREADABLE = "not_running", "too_slow", "crashed", "unreadable"
"""Why a text was not assessed, beside what the language step itself says."""


class Client:
    """``broker.ports.Assessor`` over the assessor's socket; one connection for each text."""

    def __init__(self, path: Path, limit_s: float = LIMIT_S) -> None:
        self._path = str(path)
        self._limit_s = limit_s

    def running(self) -> bool:
        """Say whether an assessor listens."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(self._limit_s)
            try:
                line.connect(self._path)
            except OSError:
                return False
        return True

    def __call__(self, text: str, *, at: datetime, zone: str, names: Sequence[str]) -> Assessment:
        """Return the assessment of one text, within the limit."""
        until = time.monotonic() + self._limit_s
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(self._limit_s)
                line.connect(self._path)
                wire.send(line, wire.question(text, at, zone, names, until), until)
                return wire.assessment(wire.receive(line, until))
        except TimeoutError:
            return Assessment.unavailable(TOO_SLOW)
        except wire.Closed:
            return Assessment.unavailable(_how_it_closed(until))
        except OSError:
            return Assessment.unavailable(NOT_RUNNING)
        except Exception:
            return Assessment.unavailable(UNREADABLE)


def _how_it_closed(until: float) -> str:
    """Say why: a reader that ran out of time is stopped a moment before our own limit ends."""
    return TOO_SLOW if until - time.monotonic() < wire.MARGIN_S * 2 else CRASHED


def in_process_unless_running(assess: Assessor) -> Assessor:
    """Return what commands read with: the running assessor, or else the language step itself."""
    if not isinstance(assess, Client) or assess.running():
        return assess
    from broker.assess.reader import Reader  # loads the language model

    return Reader()
