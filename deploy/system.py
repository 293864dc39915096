"""What must come from the system's own packages: which of it is missing, and how to install it.

Knows names of libraries, programs and packages; does not know what uses them.
"""

import ctypes
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.programs import carry_out
from deploy.refusal import SetupError

QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


@dataclass(frozen=True)
class Need:
    """Something of the system: what a person calls it, how to see it, which package brings it."""

    name: str
    present: Callable[[], bool]
    packages: dict[str, str]  # by package program: apt-get, dnf, brew


def library(*files: str) -> Callable[[], bool]:
    """Make the question whether a shared library can be loaded under one of its file names."""

    def present() -> bool:
        for file in files:
            try:
                ctypes.CDLL(file)
            except OSError:
                continue
            return True
        return False

    return present


def program(*names: str) -> Callable[[], bool]:
    """Make the question whether a program is there under one of its names."""
    return lambda: any(shutil.which(name) for name in names)


def _can_make_environments() -> bool:
    """Tell whether this Python brings venv and pip; Debian keeps them in a package of their own."""
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"

VENV = Need("python3-venv", _can_make_environments, {"apt-get": f"{PYTHON}-venv"})
PANGO = Need(
    "Pango, which sets the pages of an export",
    library("libpango-1.0.so.0", "libpango-1.0.dylib"),
    {"apt-get": "libpango-1.0-0", "dnf": "pango", "brew": "pango"},
)
PANGOFT2 = Need(
    "Pango's FreeType part",
    library("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    {"apt-get": "libpangoft2-1.0-0", "dnf": "pango", "brew": "pango"},
)
CHROMIUM = Need(
    "Chromium, in which the pages are tested",
    program("chromium"),
    {"apt-get": "chromium", "dnf": "chromium", "brew": "chromium"},
)
POPPLER = Need(
    "Poppler's programs, which read an export back",
    program("pdftotext"),
    {"apt-get": "poppler-utils", "dnf": "poppler-utils", "brew": "poppler"},
)

TO_RUN = (VENV, PANGO, PANGOFT2)
TO_TEST = (*TO_RUN, CHROMIUM, POPPLER)

INSTALL = {
    "apt-get": "apt-get install -y --no-install-recommends",
    "dnf": "dnf install -y",
    "brew": "brew install",
}


def missing(needs: Sequence[Need]) -> list[Need]:
    """List what is not there."""
    return [need for need in needs if not need.present()]


def remedy(absent: Sequence[Need], manager: str | None, *, root: bool) -> str:
    """Write the one command that installs what is missing."""
    if manager is None:
        return "install them with your system's package program"
    packages = sorted({need.packages.get(manager, need.name) for need in absent})
    prefix = "" if root or manager == "brew" else "sudo "
    return f"{prefix}{INSTALL[manager]} {' '.join(packages)}"


def refusal(absent: Sequence[Need], manager: str | None, *, root: bool) -> SetupError:
    """Name what is missing and the one command that installs it."""
    names = "; ".join(need.name for need in absent)
    command = remedy(absent, manager, root=root)
    return SetupError(f"Missing on this machine: {names}. This installs it:\n    {command}")


def provide(needs: Sequence[Need], *, log: Path, say: Callable[[str], None]) -> None:
    """Install what is missing where that is allowed (root and apt); otherwise name the command."""
    absent = missing(needs)
    if not absent:
        return
    manager = next((name for name in INSTALL if shutil.which(name)), None)
    root = os.geteuid() == 0
    if not (root and manager == "apt-get"):
        raise refusal(absent, manager, root=root)
    command = remedy(absent, manager, root=root)
    say(f"installing: {command}")
    _apt(command.split(), log=log)
    importlib.invalidate_caches()
    if missing(absent):
        raise refusal(missing(absent), manager, root=root)


def _apt(command: list[str], *, log: Path) -> None:
    """Install with apt, with fresh package lists when the ones that lie there do not suffice."""
    doing, where = "installing system packages", Path("/")
    waiting = [command[0], "-o", "DPkg::Lock::Timeout=120", *command[1:]]
    try:
        carry_out(waiting, doing=doing, folder=where, log=log, extra=QUIET)
    except SetupError:
        carry_out(["apt-get", "update"], doing=doing, folder=where, log=log, extra=QUIET)
        carry_out(waiting, doing=doing, folder=where, log=log, extra=QUIET)
