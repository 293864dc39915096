"""A copy of the project's set-up in a folder of the test's own, and ways to start it there."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUTER_MAKE = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "PORT")  # of the make that runs the tests
BASE_PYTHON = getattr(sys, "_base_executable", sys.executable)


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit status, and all that it printed."""

    status: int
    said: str

    def refused_with(self, *words: str) -> bool:
        """Tell whether it ended with these words, an exit status, and no traceback."""
        return (
            self.status != 0
            and all(word in self.said for word in words)
            and "Traceback" not in self.said
        )


@dataclass(frozen=True)
class Checkout:
    """A folder with the project's Makefile and set-up, and nothing installed."""

    folder: Path

    def make(self, *words: str, before: tuple[str, ...] = (), **environment: str) -> Ended:
        """Run make here. `before` are words put in front of it, such as a limit."""
        around = {name: value for name, value in os.environ.items() if name not in OUTER_MAKE}
        done = subprocess.run(
            [*before, "make", *words],
            cwd=self.folder,
            env={**around, "PYTHON": BASE_PYTHON, "LC_ALL": "C.UTF-8", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        return Ended(done.returncode, done.stdout)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout that a test may do to what it likes."""
    folder = tmp_path / "breakwater"
    folder.mkdir()
    shutil.copytree(
        ROOT / "deploy", folder / "deploy", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    return Checkout(folder)
