"""The door of set-up: `python -m deploy TASK`, called by deploy/start.sh.

Knows how to end: each ending is an exit status and, where something was wrong, a sentence.
"""

import contextlib
import io
import os
import signal
import sys
import traceback
from types import FrameType
from typing import NoReturn

from deploy.refusal import SetupError, from_error
from deploy.tasks import LOG, ROOT, TASKS

INTERRUPTED = 130  # as a shell counts a program that Ctrl-C ended
STOPS = (signal.SIGTERM, signal.SIGINT)


def main(words: list[str]) -> int:
    """Carry out one task; return the exit status."""
    task = TASKS.get(words[0] if words else "")
    if task is None:
        return _refuse(f"Commands: {', '.join(TASKS)}")
    os.chdir(ROOT)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter shows "?"
            stream.reconfigure(errors="replace")
    for number in STOPS:
        signal.signal(number, _stop)
    try:
        task()
    except SetupError as refusal:
        return _refuse(str(refusal))
    except KeyboardInterrupt:
        return _refuse("Stopped.", INTERRUPTED)
    except OSError as error:
        return _refuse(str(from_error(error, doing="setting up", folder=ROOT)))
    except Exception as error:  # a person gets a sentence; its authors find the rest in the log
        _remember()
        return _refuse(f"Set-up met something that it does not know: {error}. More is in {LOG}.")
    return 0


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """End once: make and the terminal may each send a signal, and the second finds us leaving."""
    for stop in STOPS:
        signal.signal(stop, signal.SIG_IGN)
    raise KeyboardInterrupt


def _refuse(sentence: str, status: int = 1) -> int:
    print(f"\n{sentence}", file=sys.stderr, flush=True)
    return status


def _remember() -> None:
    with contextlib.suppress(OSError), LOG.open("a", encoding="utf-8") as file:
        traceback.print_exc(file=file)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
