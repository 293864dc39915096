"""An assessor process whose reader does what the text says: hang, spin, crash, raise, or read."""

import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

from broker.assess.process import listen, serve
from broker.domain.assessment import Assessment, Fact, Flag


class MarkedReader:
    """Obeys the first word of a text; everything else it reads as plain."""

    def __call__(self, text: str, *, at: datetime, zone: str, names: object) -> Assessment:
        act = {"hang": _hang, "spin": _spin, "crash": _crash, "raise": _raise}.get(text.split()[0])
        if act is not None:
            act()
        return Assessment(
            assessed=True,
            version=f"marked@{os.getpid()}",
            flags=(Flag(0, len(text), "insult", "marked@1", "contempt"),),
            facts=(Fact(0, 1, text[0], "item"),),
            severity="high",
            moments=(at, None),
            rewrite=f"{len(text)} in {zone}",
            rewrite_note="offered",
        )


def _hang() -> None:
    time.sleep(60)


def _spin() -> None:
    while True:
        pass


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _raise() -> None:
    raise RuntimeError("a text that must not be printed: raise")


if __name__ == "__main__":
    serve(listen(Path(sys.argv[1])), MarkedReader())
