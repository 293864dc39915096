"""One command runs everything; whatever way it ends, nothing is left running."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENDS_WITHIN_S = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "app", "broker", *words]


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BROKER_")}
    return {**kept, "BROKER_DATA": str(data), "PYTHONUNBUFFERED": "1"}


def family_of(data: Path) -> set[int]:
    """Return every process that was started for this data folder."""
    mark = f"BROKER_DATA={data}".encode()
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            alive = b") Z " not in (folder / "stat").read_bytes()
            if alive and mark in (folder / "environ").read_bytes().split(b"\0"):
                found.add(int(folder.name))
        except OSError:
            continue
    return found


class Server:
    """A server on a data folder of its own."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        subprocess.run(command("db", "upgrade"), cwd=ROOT, env=environment(data), check=True)
        self.process = subprocess.Popen(
            command("serve", "--port", str(self.port)), cwd=ROOT, env=environment(data),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.told = []
        for line in self.process.stdout:
            self.told.append(line)
            if line.startswith("Ready"):
                break
        assert self.told[-1:] == [f"Ready: http://localhost:{self.port}\n"], self.told

    def children(self) -> dict[str, int]:
        """Return the three processes below the server by their work."""
        marks = {"assessor": b"broker.assess", "pages": b"gunicorn", "worker": b"jobs"}
        latest = time.monotonic() + 10
        while True:
            found = {
                name: process
                for process in sorted(family_of(self.data), reverse=True)
                for name, mark in marks.items()
                if mark in Path(f"/proc/{process}/cmdline").read_bytes()
            }
            if len(found) == 3 or time.monotonic() > latest:
                return found
            time.sleep(0.1)

    def ended(self) -> bool:
        """Wait until nothing of it runs any more."""
        latest = time.monotonic() + ENDS_WITHIN_S
        while family_of(self.data) and time.monotonic() < latest:
            self.process.poll()
            time.sleep(0.1)
        return not family_of(self.data)


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("s"))
    yield made
    for process in family_of(made.data):
        os.kill(process, signal.SIGKILL)
    made.process.communicate()


def test_pages_are_served_and_a_second_server_is_refused(server: Server) -> None:
    with urllib.request.urlopen(f"http://localhost:{server.port}/healthz") as answer:
        assert answer.status == 200
    for words, sentence in (
        (("--port", str(free_port())), "Another server runs on the data folder"),
        (("--port", str(server.port)), f"Port {server.port} is taken"),
    ):
        told = subprocess.run(
            command("serve", *words), cwd=ROOT, env=environment(server.data),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (told.returncode, sentence in told.stderr) == (1, True)
        assert "Traceback" not in told.stderr
    server.process.send_signal(signal.SIGINT)
    assert server.ended()
    assert server.process.wait() == 0


@pytest.mark.parametrize("name", ["assessor", "pages", "worker"])
def test_when_one_stops_all_stop(server: Server, name: str) -> None:
    os.kill(server.children()[name], signal.SIGKILL)
    assert server.ended()
    assert server.process.wait() == 1


def test_a_killed_server_leaves_nothing_running(server: Server) -> None:
    assert len(server.children()) == 3
    server.process.kill()
    server.process.wait()
    assert server.ended()


def test_in_production_a_demo_is_refused_in_a_sentence(tmp_path: Path) -> None:
    where = environment(tmp_path)
    subprocess.run(command("db", "upgrade"), cwd=ROOT, env=where, check=True)
    with sqlite3.connect(tmp_path / "broker.sqlite") as connection:
        connection.execute(
            "INSERT INTO cases VALUES ('c', 'CODE', 'pet', 'UTC', 'open', '2026-01-01', 1)"
        )
    connection.close()
    told = subprocess.run(
        command("serve"), cwd=ROOT, capture_output=True, text=True, check=False,
        env={**where, "BROKER_ENV": "production", "BROKER_MASTER_KEY": "00" * 32},
    )  # fmt: skip
    assert (told.returncode, "holds a demo" in told.stderr) == (1, True)
    assert "Traceback" not in told.stderr
