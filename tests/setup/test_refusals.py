"""Each thing that can be wrong with a machine is told in a sentence that says what helps."""

import fcntl
import os
import shutil
import socket
from pathlib import Path

import pytest

from deploy import checks, system
from deploy.refusal import SetupError
from tests.setup.conftest import BASE_PYTHON, Checkout


def program(folder: Path, name: str, text: str) -> Path:
    """Write a small shell program."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


def first_in_path(folder: Path) -> str:
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


ANSWERS_ANYTHING = 'echo "Python 3.10.12"'
ANSWERS_ONE_QUESTION = f'[ "$1" = --version ] && echo "Python 3.10.12" || exec {BASE_PYTHON} "$@"'
PASSES_AS_OLD = (
    f'[ "$1" = -c ] && echo "Python 3.10" || exec {BASE_PYTHON} "$@"'  # --version says the truth
)
SAYS_NOTHING = "exit 127"


@pytest.mark.parametrize("task", ["run", "test", "check"])
def test_python_3_10_first_in_the_path_is_refused_by_name(checkout, tmp_path, task):
    program(tmp_path / "bin", "python3", ANSWERS_ANYTHING)
    ended = checkout.make(task, PYTHON="python3", PATH=first_in_path(tmp_path / "bin"))
    assert ended.refused_with(
        "Python 3.11 or newer is needed; python3 here is Python 3.10.", "This helps: "
    )


@pytest.mark.parametrize("wrapper", [ANSWERS_ONE_QUESTION, PASSES_AS_OLD])
def test_a_wrapper_that_is_old_by_either_of_its_answers_is_refused(checkout, tmp_path, wrapper):
    program(tmp_path / "bin", "python3", wrapper)
    ended = checkout.make("run", PYTHON="python3", PATH=first_in_path(tmp_path / "bin"))
    assert ended.refused_with("python3 here is Python 3.10.")


def test_a_python_that_does_not_answer_was_not_found(checkout, tmp_path):
    program(tmp_path / "bin", "python3", SAYS_NOTHING)
    ended = checkout.make("run", PYTHON="python3", PATH=first_in_path(tmp_path / "bin"))
    assert ended.refused_with("python3 was not found here.")


def test_a_newer_python_beside_the_old_one_is_offered(checkout, tmp_path):
    program(tmp_path / "bin", "python3", ANSWERS_ANYTHING)
    program(tmp_path / "bin", "python3.14", 'echo "Python 3.14.2"')
    ended = checkout.make("run", PYTHON="python3", PATH=first_in_path(tmp_path / "bin"))
    assert ended.refused_with("This helps: make run PYTHON=python3.14")


def test_a_busy_port_is_named_with_a_command_that_takes_another(checkout):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = checkout.make("run", f"PORT={port}")
    assert ended.refused_with(f"Port {port} is taken by another program.", "make run PORT=")
    assert f"make run PORT={port}\n" not in ended.said
    assert not (checkout.folder / ".venv").exists()


@pytest.mark.parametrize("typed", ["abc", "0", "65536", "-1", "80 80", "٨٠٠٠", ""])
def test_what_is_no_port_is_refused_before_anything_is_done(checkout, typed):
    ended = checkout.make("run", f"PORT={typed}")
    assert ended.refused_with(f"PORT={typed} is not a port.", "make run PORT=8010")


def as_a_plain_owner() -> tuple[str, ...]:
    """Words that take from root the right to write where permissions forbid it."""
    if os.geteuid() != 0:
        return ()
    return ("setpriv", "--bounding-set", "-dac_override")


def test_a_folder_that_may_not_be_written_to_is_named(checkout):
    checkout.folder.chmod(0o555)
    try:
        ended = checkout.make("run", before=as_a_plain_owner())
    finally:
        checkout.folder.chmod(0o755)
    assert ended.refused_with(f"{checkout.folder} cannot be written to.", "sudo chown")


def test_a_disk_without_room_is_told_with_both_figures(tmp_path):
    needed = shutil.disk_usage(tmp_path).total * 2
    with pytest.raises(SetupError, match=r"too full: \d+ MB are needed .* and \d+ MB are free"):
        checks.room(tmp_path, needed)


def test_a_disk_that_fills_up_half_way_leaves_nothing_half_made(checkout):
    few = ("sh", "-c", 'ulimit -f 100; exec "$@"', "limited")  # 51,200 bytes for a file
    ended = checkout.make("bench", before=few)  # the same steps as run, and needs no port
    assert ended.refused_with("The disk is full, or a limit on the size of files was reached")
    assert not (checkout.folder / ".venv").exists()


def test_two_set_ups_do_not_work_in_one_folder(checkout):
    (checkout.folder / "var").mkdir()
    with (checkout.folder / "var" / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = checkout.make("bench")
    assert ended.refused_with("Another set-up is at work in this folder.")


NOWHERE = system.Need(
    "A library that is nowhere",
    system.library("libnowhere-at-all.so.0"),
    {"apt-get": "libnowhere0", "dnf": "nowhere", "brew": "nowhere"},
)


@pytest.mark.parametrize(
    ("manager", "root", "command"),
    [
        ("apt-get", False, "sudo apt-get install -y --no-install-recommends libnowhere0"),
        ("apt-get", True, "apt-get install -y --no-install-recommends libnowhere0"),
        ("dnf", False, "sudo dnf install -y nowhere"),
        ("brew", False, "brew install nowhere"),
    ],
)
def test_a_missing_library_is_named_with_one_command(manager, root, command):
    absent = system.missing([NOWHERE])
    assert absent == [NOWHERE]
    sentence = str(system.refusal(absent, manager, root=root))
    assert sentence.startswith("Missing on this machine: A library that is nowhere.")
    assert sentence.endswith(f"\n    {command}")


def test_a_library_that_is_there_is_not_missed():
    libc = system.Need("The C library", system.library("libc.so.6", "libSystem.dylib"), {})
    assert system.missing([libc]) == []


def test_an_unknown_task_lists_the_known_ones(checkout: Checkout):
    makefile = checkout.folder / "Makefile"
    makefile.write_text(makefile.read_text() + "\nother:\n\t@sh deploy/start.sh other\n")
    assert checkout.make("other").refused_with("Commands: run, test, check")


def test_plain_make_shows_every_command_and_changes_nothing(checkout):
    before = sorted(checkout.folder.iterdir())
    ended = checkout.make()
    assert ended.status == 0
    for command in ("run", "test", "check", "bench", "clean", "demo-logins"):
        assert f"make {command} " in ended.said
    assert sorted(checkout.folder.iterdir()) == before
