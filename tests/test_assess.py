"""One assessor for all workers: what goes wrong in it is told as "not assessed", and heals."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broker.assess import Client, wire
from broker.domain.assessment import Assessment

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[1]


def ask(client: Client, text: str) -> Assessment:
    return client(text, at=AT, zone="Europe/London", names=("Anna",))


def start(command: list[str], path: Path) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, *command, str(path)], cwd=ROOT, stderr=subprocess.PIPE
    )
    latest = time.monotonic() + 30
    while not Client(path).running():
        assert process.poll() is None
        assert time.monotonic() < latest
        time.sleep(0.02)
    return process


def stop(process: "subprocess.Popen[bytes]") -> bytes:
    process.terminate()
    return process.communicate(timeout=10)[1]


@pytest.fixture
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("a") / "a.sock"


@pytest.fixture
def assessor(path: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """A process with the marked reader; whatever a text does, no word of it may be printed."""
    process = start(["-m", "tests.marked_reader"], path)
    yield process
    assert stop(process) == b""


@pytest.fixture
def client(assessor: object, path: Path) -> Client:
    return Client(path, limit_s=1.0)


def test_a_reading_comes_over_whole(client: Client) -> None:
    found = ask(client, "Grüße 🥺 at six")
    assert found.assessed
    assert found.rewrite == "14 in Europe/London"
    assert found.moments == (AT, None)
    assert (found.flags[0].end, found.facts[0].text, found.labels) == (14, "G", ("insult",))


def test_the_socket_is_for_this_user_alone(client: Client, path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mark", ["hang", "spin"])
def test_a_reader_that_takes_too_long_is_told_as_too_slow(client: Client, mark: str) -> None:
    began = time.monotonic()
    found = ask(client, mark)
    assert (found.assessed, found.why_not) == (False, "too_slow")
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("mark", ["crash", "raise"])
def test_a_reader_that_dies_is_told_as_crashed(client: Client, mark: str) -> None:
    assert ask(client, mark).why_not == "crashed"


@pytest.mark.parametrize("mark", ["hang", "spin", "crash", "raise"])
def test_after_a_reader_has_died_the_next_text_is_read(client: Client, mark: str) -> None:
    for _ in range(3):
        ask(client, mark)
    assert ask(client, "plain").assessed


def test_one_hanging_text_does_not_keep_another_waiting(client: Client) -> None:
    ask(client, "plain")
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(ask, client, "hang")
        began = time.monotonic()
        assert ask(client, "plain").assessed
        assert time.monotonic() - began < 0.8
        assert not slow.result().assessed


def test_many_clients_at_once_are_all_answered_with_their_own_text(client: Client) -> None:
    lengths = range(1, 41)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda length: ask(client, "x" * length), lengths))
    assert [reading.flags[0].end for reading in found] == list(lengths)


def test_eight_thousand_emoji_and_half_a_surrogate_go_over(client: Client) -> None:
    assert ask(client, "🥺" * 8_000).flags[0].end == 8_000
    assert ask(client, "\ud83e" * 8_000).flags[0].end == 8_000


def test_without_an_assessor_a_text_is_not_assessed(tmp_path: Path) -> None:
    assert ask(Client(tmp_path / "nobody"), "plain").why_not == "not_running"
    assert ask(Client(tmp_path / ("long" * 60)), "plain").why_not == "not_running"


def test_readers_end_with_their_assessor(assessor: "subprocess.Popen[bytes]", path: Path) -> None:
    reader = int(ask(Client(path), "plain").version.partition("@")[2])
    assessor.kill()
    assessor.wait()
    latest = time.monotonic() + 5
    while _alive(reader) and time.monotonic() < latest:
        time.sleep(0.02)
    assert not _alive(reader)


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_new_assessor_takes_the_place_of_one_that_was_killed(path: Path) -> None:
    process = start(["-m", "tests.marked_reader"], path)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    os.stat(path)
    process = start(["-m", "tests.marked_reader"], path)
    assert ask(Client(path), "plain").assessed
    stop(process)


RUBBISH = {
    "no frame": b"\xff\xff\xff\xffrubbish",
    "no JSON": b"\x00\x00\x00\x03abc",
    "no object": b"\x00\x00\x00\x02[]",
    "no fields": b"\x00\x00\x00\x02{}",
    "wrong kinds": wire.answer(Assessment(assessed=True)).replace(b'"none"', b"    17"),
    "half a frame": wire.answer(Assessment(assessed=True))[:40],
    "nothing": b"",
}


@pytest.mark.parametrize("answer", RUBBISH.values(), ids=RUBBISH.keys())
def test_rubbish_for_an_answer_is_not_an_assessment(path: Path, answer: bytes) -> None:
    with answering(path, lambda line: line.sendall(answer)):
        found = ask(Client(path, limit_s=1.0), "plain")
    assert (found.assessed, found.why_not in ("unreadable", "crashed")) == (False, True)


def test_an_answer_that_trickles_is_cut_off_by_the_limit(path: Path) -> None:
    def trickle(line: socket.socket) -> None:
        for byte in wire.answer(Assessment(assessed=True))[:20]:
            line.sendall(bytes([byte]))
            time.sleep(0.1)

    began = time.monotonic()
    with answering(path, trickle):
        assert ask(Client(path, limit_s=0.5), "plain").why_not == "too_slow"
        assert time.monotonic() - began < 1.0


class answering:  # noqa: N801 (reads as a word of the test)
    """An assessor that answers one text with what it is told to."""

    def __init__(self, path: Path, answer: Callable[[socket.socket], None]) -> None:
        self._line, self._answer = socket.socket(socket.AF_UNIX), answer
        self._line.bind(str(path))
        self._line.listen()
        self._thread = threading.Thread(target=self._serve)

    def _serve(self) -> None:
        client, _ = self._line.accept()
        with client:
            wire.receive(client, time.monotonic() + 5)
            with suppress(BrokenPipeError):
                self._answer(client)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._thread.join()
        self._line.close()


def test_the_language_step_itself_answers_over_the_socket(path: Path) -> None:
    process = start(["-m", "broker.assess"], path)
    patient = Client(path)
    latest = time.monotonic() + 60
    while not (found := ask(patient, "You are a useless mother. Can you come at 17:20?")).assessed:
        assert time.monotonic() < latest
    assert (found.severity, found.labels) == ("high", ("insult",))
    assert found.rewrite
    assert found.version
    began = time.monotonic()
    many = ask(patient, "🥺" * 8_000)
    assert time.monotonic() - began < 2.5
    assert many.assessed or many.why_not == "too_slow"
    assert stop(process) == b""


def test_the_pages_import_no_language_model(tmp_path: Path) -> None:
    code = "import app, sys; app.create_app(); print('spacy' in sys.modules, 'nlp' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "BROKER_DATA": str(tmp_path)},
    )  # fmt: skip
    assert told.stdout.split() == ["False", "False"]
