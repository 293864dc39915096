"""What each `make` command does, step by step.

Knows the order of steps and the names of the project's own commands; how a step is done stands
in the modules beside this one.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from deploy import checks, standing, system
from deploy.environment import Environment
from deploy.programs import become, carry_out
from deploy.refusal import SetupError

ROOT = Path(__file__).resolve().parent.parent
LOG_FOLDER = ROOT / "var"
LOG = LOG_FOLDER / "setup.log"
ENVIRONMENT = Environment(ROOT / ".venv", LOG)
RUN_LISTS = (ROOT / "requirements.txt",)
TEST_LISTS = (*RUN_LISTS, ROOT / "requirements-dev.txt")
# Free bytes asked for before an installation: the environment, and the packages beside it on
# their way in (measured: 441 MB and about 160 MB; with the tests' packages 720 MB and 260 MB).
ROOM = {len(RUN_LISTS): 650_000_000, len(TEST_LISTS): 1_050_000_000}
ROOM_TO_WORK = 50_000_000

CACHES = (".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis", "dist")
STYLE = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("pytest", "tests/test_house.py"),
)


class Steps:
    """Numbers the steps and says them: "3/6 Virtual environment"."""

    def __init__(self, of: int) -> None:
        self.of = of
        self.at = 0

    def say(self, what: str) -> None:
        """Begin the next step."""
        self.at += 1
        print(f"{self.at}/{self.of} {what}", flush=True)

    @staticmethod
    def note(what: str) -> None:
        """Tell how the step goes."""
        print(f"    {what}", flush=True)


def run() -> NoReturn:
    """Set everything up and become the server."""
    port = checks.port_number(os.environ.get("PORT", "8000"))
    steps = Steps(6)
    with _alone():
        steps.say(f"This machine: {_machine(RUN_LISTS)}")
        data = Path(os.environ.get("BROKER_DATA", ROOT / "var"))
        checks.writable(data)
        checks.port_free(port)
        _prepare(steps, system.TO_RUN, RUN_LISTS)
        steps.say("Database")
        if not (ready := standing.database_is_ready(data)):
            _broker("preparing the database", "db", "upgrade")
        steps.say("Demo")
        if not (ready and standing.demo_is_ready(data)):
            for line in _broker("preparing the demo", "demo", "create"):
                steps.note(line)
    print(f"Starting at http://localhost:{port} (Ctrl-C stops it)", flush=True)
    become([ENVIRONMENT.python, *_flask("serve", "--port", str(port))])


def test() -> NoReturn:
    """Set up what tests need and become the test runner."""
    steps = Steps(4)
    with _alone():
        steps.say(f"This machine: {_machine(TEST_LISTS)}")
        _prepare(steps, system.TO_TEST, TEST_LISTS)
    become([ENVIRONMENT.python, "-m", "pytest", "-n", "auto"])


def check() -> None:
    """Run every check, also after one of them failed, so that one run shows all there is to do."""
    steps = Steps(4)
    with _alone():
        steps.say(f"This machine: {_machine(TEST_LISTS)}")
        _prepare(steps, system.TO_RUN, TEST_LISTS)
    failed = [" ".join(words) for words in STYLE if _fails(words)]
    if failed:
        raise SetupError(f"Not as the house wants it: {', '.join(failed)}")


def bench() -> None:
    """Run each measurement in benchmarks/ and let it print."""
    steps = Steps(4)
    with _alone():
        steps.say(f"This machine: {_machine(RUN_LISTS)}")
        _prepare(steps, system.TO_RUN, RUN_LISTS)
    for script in sorted((ROOT / "benchmarks").glob("*.py")):
        print(f"\n{script.stem}", flush=True)
        if subprocess.run([ENVIRONMENT.python, script], cwd=ROOT, check=False).returncode:
            raise SetupError(f"This measurement broke off: benchmarks/{script.name}")


def demo_logins() -> NoReturn:
    """Become the command that shows how to sign in to the demo."""
    if not ENVIRONMENT.holds(RUN_LISTS):
        raise SetupError("Nothing is set up here yet. Start it first: make run")
    become([ENVIRONMENT.python, *_flask("demo", "logins")])


def clean() -> None:
    """Remove what was installed and cached. What people wrote (var/) stays."""
    if (ROOT / ".venv").exists():
        ENVIRONMENT.remove()
    for folder in CACHES:
        shutil.rmtree(ROOT / folder, ignore_errors=True)
    for folder in ("broker", "nlp", "tests", "migrations", "benchmarks", "deploy"):
        for cache in (ROOT / folder).rglob("__pycache__"):
            shutil.rmtree(cache, ignore_errors=True)
    print("Removed the environment and the caches. var/ (the database) is as it was.")


TASKS = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "demo-logins": demo_logins,
    "clean": clean,
}


def _machine(lists: Sequence[Path]) -> str:
    """Look at folder and disk, and describe the machine in a few words."""
    checks.writable(ROOT)
    checks.writable(LOG_FOLDER)
    needed = ROOM_TO_WORK if ENVIRONMENT.holds(lists) else ROOM[len(lists)]
    free = checks.room(ROOT, needed)
    python = ".".join(map(str, sys.version_info[:3]))
    return f"Python {python}, {free / 1e9:.1f} GB free"


def _prepare(steps: Steps, needs: Sequence[system.Need], lists: Sequence[Path]) -> None:
    """Provide system packages, the environment and the packages in it: three steps."""
    steps.say("System libraries")
    system.provide(needs, log=LOG, say=steps.note)
    steps.say("Virtual environment (.venv)")
    ENVIRONMENT.make()
    steps.say("Packages and language model, as locked")
    if not ENVIRONMENT.holds(lists):
        ENVIRONMENT.install(lists, steps.note)


def _flask(*words: str) -> list[str]:
    return ["-m", "flask", "--app", "app", "broker", *words]


def _broker(doing: str, *words: str) -> list[str]:
    """Carry out one of the product's commands. Nothing of it is logged: it may name passwords."""
    return carry_out([ENVIRONMENT.python, *_flask(*words)], doing=doing, folder=ROOT)


def _fails(words: Sequence[str]) -> bool:
    """Run one check, letting it speak for itself."""
    print(f"-- {' '.join(words)}", flush=True)
    command = [str(ENVIRONMENT.folder / "bin" / words[0]), *words[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode != 0


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep a second set-up out of this folder while one is at work."""
    checks.writable(ROOT)
    checks.writable(LOG_FOLDER)
    with (LOG_FOLDER / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SetupError(
                "Another set-up is at work in this folder. Wait until it has ended."
            ) from None
        yield
