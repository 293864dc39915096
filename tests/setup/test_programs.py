"""What another program prints reaches a person as a sentence, never as a traceback."""

import sys

import pytest

from deploy.programs import carry_out, telling
from deploy.refusal import SetupError


def python(text, tmp_path, **more):
    return carry_out([sys.executable, "-c", text], doing="trying", folder=tmp_path, **more)


def test_the_lines_of_a_program_that_works_come_back(tmp_path):
    assert python("print('one'); print('two')", tmp_path) == ["one", "two"]


def test_a_traceback_is_told_by_its_last_line(tmp_path):
    with pytest.raises(SetupError) as told:
        python("raise ValueError('the stone is wet')", tmp_path)
    assert "ValueError: the stone is wet" in str(told.value)
    assert "Traceback" not in str(told.value)


def test_a_failure_shows_the_last_lines_and_names_the_log(tmp_path):
    log = tmp_path / "setup.log"
    with pytest.raises(SetupError) as told:
        python("print('why it failed'); raise SystemExit(3)", tmp_path, log=log)
    assert "This did not work: trying." in str(told.value)
    assert str(log) in str(told.value)
    assert "why it failed" in str(told.value)
    assert "why it failed" in log.read_text()


def test_only_the_last_lines_are_told():
    assert telling([*map(str, range(100)), ""]) == [str(each) for each in range(88, 100)]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("[Errno 28] No space left on device", "The disk is full"),
        ("[Errno 122] Disk quota exceeded", "The disk is full"),
        ("[Errno 30] Read-only file system", "can only be read"),
        ("OperationalError: database or disk is full", "The database could not be written"),
        ("Failed to establish a new connection", "The network did not answer"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was locked"),
    ],
)
def test_known_words_of_a_program_become_our_sentence(tmp_path, words, sentence):
    with pytest.raises(SetupError, match=sentence):
        python(f"print({words!r}); raise SystemExit(1)", tmp_path)


def test_stopping_set_up_stops_what_it_started(tmp_path):
    def stop(line):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        python("import time\nprint('begun', flush=True)\ntime.sleep(100)", tmp_path, on_line=stop)
