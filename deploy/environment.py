"""The virtual environment: makes it, fills it from the locked lists, and knows when it is whole.

A mark inside the environment says what is in it. While something is being installed the mark
says "unfinished", so that an environment broken off half-way is never taken for a whole one: it
is made anew. Knows pip and requirement files; does not know what the packages are for.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.programs import carry_out
from deploy.refusal import SetupError, from_error

MARK = "installed.json"
INCOMING = "incoming"  # packages on their way in lie on the disk whose room was looked at
# Only what was locked, only ready-made packages, nothing asked, nothing compiled beforehand.
PIP = "-m pip install --no-input --require-hashes --no-deps --only-binary :all: --no-compile"
QUIET = {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}


@dataclass(frozen=True)
class Environment:
    """A virtual environment in one folder, made for one checkout."""

    folder: Path
    log: Path

    @property
    def python(self) -> Path:
        """The environment's own Python."""
        return self.folder / "bin" / "python"

    def holds(self, lists: Sequence[Path]) -> bool:
        """Tell whether all of these requirement lists, as they are now, were installed whole."""
        mark = self._mark()
        return mark.get("made_for") == self._made_for() and all(
            mark.get(each.name) == _digest(each) for each in lists
        )

    def make(self) -> None:
        """Make the environment, unless a whole one for this Python and this folder is there."""
        if self._mark().get("made_for") == self._made_for() and self.python.exists():
            return
        self.remove()
        try:
            (self.folder / INCOMING).mkdir(parents=True)
            self._write({})
        except OSError as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise from_error(error, doing="making it", folder=self.folder.parent) from None
        try:
            self._carry_out([sys.executable, "-m", "venv", "--without-pip", self.folder])
            self._carry_out([self.python, "-m", "ensurepip", "--default-pip"])
            self._write({"made_for": self._made_for()})
        except (SetupError, OSError):
            self.remove()
            raise

    def install(self, lists: Sequence[Path], say: Callable[[str], None]) -> None:
        """Install requirement lists; the last one must contain the packages of the others.

        When it fails, the environment is removed: the room is free again, and the next start
        finds nothing half-made.
        """
        mark = {"made_for": self._made_for()}
        self._write({})
        (self.folder / INCOMING).mkdir(exist_ok=True)
        fetched = _Fetched(lists[-1], say)
        try:
            self._carry_out([self.python, *PIP.split(), "-r", lists[-1]], on_line=fetched)
            shutil.rmtree(self.folder / INCOMING, ignore_errors=True)
            self._write(mark | {each.name: _digest(each) for each in lists})
        except (SetupError, OSError):
            self.remove()
            raise

    def remove(self) -> None:
        """Remove the environment, whole or not, if we made it."""
        if not self.folder.exists() and not self.folder.is_symlink():
            return
        if self.folder.is_symlink() or not (self.folder / MARK).exists():
            raise SetupError(
                f"{self.folder} was made by somebody else. Put it aside and start again: "
                f"mv {self.folder} {self.folder}.aside"
            )
        shutil.rmtree(self.folder, ignore_errors=True)

    def _carry_out(
        self, command: Sequence[str | Path], on_line: Callable[[str], None] = lambda line: None
    ) -> None:
        carry_out(
            command,
            doing="installing packages",
            folder=self.folder.parent,
            log=self.log,
            extra=QUIET | {"TMPDIR": str(self.folder / INCOMING)},
            on_line=on_line,
        )

    def _made_for(self) -> str:
        """Name what an environment depends on: where it lies and the Python below it."""
        return f"{self.folder} {sys.executable} {sys.version}"

    def _mark(self) -> dict[str, str]:
        try:
            mark = json.loads((self.folder / MARK).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return mark if isinstance(mark, dict) else {}

    def _write(self, mark: dict[str, str]) -> None:
        (self.folder / MARK).write_text(json.dumps(mark, indent=1), encoding="utf-8")


class _Fetched:
    """Counts the packages that pip speaks of, and says at each quarter how far it is."""

    def __init__(self, requirements: Path, say: Callable[[str], None]) -> None:
        names = requirements.read_text(encoding="utf-8").splitlines()
        self.of = sum(line[:1].isalnum() for line in names)
        self.seen = 0
        self.say = say

    def __call__(self, line: str) -> None:
        if line.startswith("Installing collected packages"):
            self.say("all packages are here; putting them in place")
        if not line.startswith(("Collecting ", "Processing ")):
            return
        self.seen += 1
        if self.seen % max(1, self.of // 4) == 0:
            self.say(f"{self.seen} of about {self.of} packages")


def _digest(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()
