"""The assessor process: loads the language step once, forks readers, replaces those that end.

A reader takes one text at a time under a timer of the kernel that nothing in Python can hold up:
when the text's time is over the reader is killed in mid-reading, its client is told by the closed
line, and the parent forks another in milliseconds (threats.md E1). Readers end with their parent.
"""

import os
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from broker.assess import wire
from broker.ports import Assessor

READERS = 2
BACKLOG = 64
SLOWEST_S = 2.0
"""No request may ask for more time than this, whatever it says."""


def listen(path: Path) -> socket.socket:
    """Return the listening socket, readable by this user alone; an old file is replaced.

    Raises:
        OSError: the folder cannot be written, or the path is over the system's limit.

    """
    with suppress(FileNotFoundError):
        path.unlink()
    line = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        line.bind(str(path))
    finally:
        os.umask(before)
    line.listen(BACKLOG)
    return line


def serve(line: socket.socket, assess: Assessor, readers: int = READERS) -> None:
    """Answer until SIGTERM or SIGINT; keep so many readers alive."""
    alive: set[int] = set()
    lifeline, held = os.pipe()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    try:
        while True:
            while len(alive) < readers:
                alive.add(_fork(line, assess, lifeline, held))
            alive.discard(os.wait()[0])
    finally:
        for child in alive:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


def _stop(*_: object) -> None:
    sys.exit(0)


def _fork(line: socket.socket, assess: Assessor, lifeline: int, held: int) -> int:
    child = os.fork()
    if child:
        return child
    try:
        os.close(held)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        _read_on(line, assess, lifeline)
    finally:
        os._exit(0)


def _read_on(line: socket.socket, assess: Assessor, lifeline: int) -> None:
    """Take one text after another, until the parent is gone."""
    line.setblocking(False)
    while True:
        ready, _, _ = select.select([line.fileno(), lifeline], [], [])
        if lifeline in ready:
            return
        with suppress(BlockingIOError):
            client, _ = line.accept()
            with client:
                _answer(client, assess)


def _answer(client: socket.socket, assess: Assessor) -> None:
    """Read one text under the timer; whoever does not wait any more gets no answer."""
    latest = time.monotonic() + SLOWEST_S
    try:
        asked = wire.receive(client, latest)
        until = min(float(asked["until"]), latest)
        if (left := until - wire.MARGIN_S - time.monotonic()) <= 0:
            return
        signal.setitimer(signal.ITIMER_REAL, left)
        at = datetime.fromisoformat(asked["at"])
        found = assess(asked["text"], at=at, zone=asked["zone"], names=asked["names"])
        wire.send(client, wire.answer(found), until)
    except (OSError, KeyError, TypeError, ValueError):
        return  # a client that went away or sent rubbish; nothing of it is written anywhere
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
