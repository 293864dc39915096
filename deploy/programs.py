"""Runs another program and keeps what it printed, so that a person sees a sentence instead.

Knows child processes and the set-up log; does not know which programs there are.
"""

import contextlib
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from deploy.refusal import SetupError, from_output

TAIL = 12  # lines of a failed program that are shown


def carry_out(
    command: Sequence[str | Path],
    *,
    doing: str,
    folder: Path,
    log: Path | None = None,
    extra: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] = lambda line: None,
) -> list[str]:
    """Run a program to its end and return its lines; refuse when it fails.

    `doing` says in plain words what it is for ("installing the packages"), `folder` where it
    writes. Its lines go to `log` where one is given, and one by one to `on_line`.
    """
    lines: list[str] = []
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **(extra or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as child:
        try:
            for line in child.stdout or ():
                lines.append(line.rstrip())
                on_line(lines[-1])
        except BaseException:  # whoever stops set-up stops what it started
            child.terminate()
            raise
    _remember(log, command, lines)
    if child.returncode:
        raise _failure(lines, doing=doing, folder=folder, log=log)
    return lines


def become(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> NoReturn:
    """Put a program in the place of this one, so that signals reach it directly."""
    words = [str(part) for part in command]
    os.execve(words[0], words, {**os.environ, **(extra or {})})  # noqa: S606 - our own words


def telling(lines: Sequence[str]) -> list[str]:
    """Choose the lines of a failed program that tell a person something: its last ones.

    Of a Python traceback that is the last line alone; the rest speaks to its authors.
    """
    said = [line for line in lines if line.strip()]
    if any(line.startswith("Traceback (most recent call last)") for line in said):
        return said[-1:]
    return said[-TAIL:]


def _remember(log: Path | None, command: Sequence[str | Path], lines: Sequence[str]) -> None:
    """Add a program's lines to the log. A full disk must not hide the failure itself."""
    if log is None:
        return
    with contextlib.suppress(OSError), log.open("a", encoding="utf-8") as file:
        file.write("\n".join(["", " ".join(map(str, command)), *lines, ""]))


def _failure(lines: Sequence[str], *, doing: str, folder: Path, log: Path | None) -> SetupError:
    """Say why a program failed: the system's reason where it names one, or its last lines."""
    known = from_output("\n".join(lines), doing=doing, folder=folder)
    if known:
        return known
    shown = "\n".join(f"    {line}" for line in telling(lines))
    where = f" All of it is in {log}." if log else ""
    return SetupError(f"This did not work: {doing}.{where} Its last lines:\n{shown}")
