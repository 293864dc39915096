"""However a task ends, a person gets an exit status and a sentence."""

import errno

import pytest

from deploy import __main__ as door
from deploy.refusal import SetupError


@pytest.fixture
def ended(monkeypatch, tmp_path, capfd):
    """Carry out a task that raises something; return the exit status and what was said."""
    monkeypatch.setattr(door, "LOG", tmp_path / "setup.log")
    monkeypatch.setattr(door.signal, "signal", lambda *_: None)

    def carry_out(error):
        def task():
            if error:
                raise error

        monkeypatch.setitem(door.TASKS, "trying", task)
        return door.main(["trying"]), capfd.readouterr().err

    return carry_out


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (SetupError("The gate is shut."), 1, "The gate is shut."),
        (KeyboardInterrupt(), 130, "Stopped."),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "The disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), 1, "can only be read"),
        (PermissionError(errno.EACCES, "Permission denied"), 1, "cannot be written to"),
        (OSError(errno.EIO, "Input/output error"), 1, "Input/output error"),
        (ZeroDivisionError("division by zero"), 1, "does not know: division by zero"),
    ],
)
def test_a_task_that_fails_ends_with_a_sentence(ended, error, status, sentence):
    got, said = ended(error)
    assert got == status
    assert sentence in said
    assert "Traceback" not in said


def test_a_task_that_works_ends_well_and_says_nothing_more(ended):
    assert ended(None) == (0, "")


def test_what_nobody_foresaw_is_kept_whole_in_the_log(ended):
    ended(ZeroDivisionError("division by zero"))
    assert "Traceback" in door.LOG.read_text()
