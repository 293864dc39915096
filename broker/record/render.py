"""Make a PDF of a record in a process of its own, with limits on memory and time.

The record goes in by a pipe as its machine record, the PDF comes back by a pipe: nothing that a
person wrote touches a disk. The process sees none of our environment, so none of our secrets.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread, Timer
from typing import IO, Literal

from broker.record.exits import SENTENCES, Exit
from broker.record.fonts import FOLDER
from broker.record.machine import code, machine_record
from broker.record.value import Record

ROOT = Path(__file__).parents[2]
LONG = 350  # pages; above this a court may want volumes (R6)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one rendering may use: address space in bytes, time in seconds."""

    memory: int = 1536 * 2**20
    seconds: int = 120


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: `page` while setting, `pages` from the moment the total is known.

    The pages are set more than once, because their numbers stand in the index: then `page` starts
    again at 1, with `pages` known.
    """

    name: Literal["collecting", "setting", "writing", "done"]
    page: int | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished record: its bytes, its number of pages, its SHA-256 and the code on its feet."""

    data: bytes
    pages: int
    sha256: str
    code: str

    @property
    def long(self) -> bool:
        """True over 350 pages: worth a warning to whoever asked (R6)."""
        return self.pages > LONG


class RenderFailed(Exception):
    """No PDF was made. Holds a sentence that may be shown, and the way the process ended."""

    def __init__(self, exit_: Exit, detail: str = "") -> None:
        self.exit = exit_
        self.detail = detail
        super().__init__(SENTENCES[exit_])


def make_pdf(
    record: Record, *, progress: Callable[[Step], None] = lambda _step: None,
    limits: Limits = Limits(), fonts: Path = FOLDER,
) -> Pdf:  # fmt: skip
    """Make the PDF of a record. Raises `RenderFailed`; `progress` is called from this thread."""
    machine = machine_record(record)
    with TemporaryDirectory(prefix="record-fonts-") as scratch:
        work = _Work(limits, Path(scratch), fonts)
        return work.run(machine, progress)


class _Work:
    """One child process, from its start to its end."""

    def __init__(self, limits: Limits, scratch: Path, fonts: Path) -> None:
        self._limits, self._scratch, self._fonts = limits, scratch, fonts
        self._late = False
        self._pages = 0
        self._detail = ""

    def run(self, machine: bytes, progress: Callable[[Step], None]) -> Pdf:
        with self._child() as (child, lines), self._pumped(child, machine) as out:
            for line in lines:
                self._hear(json.loads(line), progress)
        self._judge(child.returncode)
        data = b"".join(out)
        return Pdf(data, self._pages, hashlib.sha256(data).hexdigest(), code(machine))

    @contextmanager
    def _child(self) -> Iterator[tuple[subprocess.Popen[bytes], IO[str]]]:
        ear, mouth = os.pipe()
        words = [mouth, self._limits.memory, self._limits.seconds, self._scratch, self._fonts]
        child = subprocess.Popen(
            [sys.executable, "-m", "broker.record", *map(str, words)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            pass_fds=[mouth], cwd=ROOT, env=self._environment(),
        )  # fmt: skip
        os.close(mouth)
        timer = Timer(self._limits.seconds, self._stop, [child])
        timer.start()
        try:
            with os.fdopen(ear) as lines:
                yield child, lines
        finally:
            timer.cancel()
            child.kill()
            child.wait()

    @contextmanager
    def _pumped(self, child: subprocess.Popen[bytes], machine: bytes) -> Iterator[list[bytes]]:
        """Feed and drain the child at once, so that neither waits for the other."""
        out: list[bytes] = []
        feeding = Thread(target=_feed, args=(child.stdin, machine))
        draining = Thread(target=_drain, args=(child.stdout, out))
        feeding.start()
        draining.start()
        try:
            yield out
            child.wait()
        finally:
            child.kill()
            feeding.join()
            draining.join()

    def _environment(self) -> dict[str, str]:
        here = str(self._scratch)
        return {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": here, "XDG_CACHE_HOME": here,
                "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
                "MALLOC_ARENA_MAX": "2", "TMPDIR": here}  # fmt: skip

    def _stop(self, child: subprocess.Popen[bytes]) -> None:
        self._late = True
        child.kill()

    def _hear(self, heard: dict[str, object], progress: Callable[[Step], None]) -> None:
        if "failed" in heard:
            self._detail = str(heard["failed"])
            return
        step = Step(heard["step"], heard.get("page"), heard.get("pages"))  # type: ignore[arg-type]
        self._pages = step.pages or self._pages
        progress(step)

    def _judge(self, status: int) -> None:
        if self._late or status == -signal.SIGXCPU:
            raise RenderFailed(Exit.TIME)
        if status != Exit.DONE:
            known = status in set(Exit)
            raise RenderFailed(Exit(status) if known else Exit.BROKEN, self._detail)


def _feed(pipe: IO[bytes], data: bytes) -> None:
    try:
        with pipe:
            pipe.write(data)
    except BrokenPipeError:
        return  # the child ended early; its exit status says why


def _drain(pipe: IO[bytes], out: list[bytes]) -> None:
    with pipe:
        out.append(pipe.read())
