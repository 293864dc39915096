"""``serve``: pages, worker and assessor as three processes under one parent.

Whichever ends, all end; so does a killed parent's family (on Linux), and nothing is left running.
"""

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from ctypes import CDLL
from pathlib import Path
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext

from broker.cli.demo.logins import sign_in_lines
from broker.cli.door import parts
from broker.settings import Settings
from broker.store import migrate

Children = dict[str, subprocess.Popen[bytes]]

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_S = 60.0
ENDS_WITHIN_S = 8.0
SOCKET_NAME = 100
"""Bytes a Unix socket's path may have (108 on Linux, 104 elsewhere), with some to spare."""

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@click.command("serve")
@click.option("--port", type=int, help="On 127.0.0.1; otherwise BROKER_PORT.")
@with_appcontext
def serve(port: int | None) -> None:
    """Run pages, worker and assessor until stopped."""
    settings = parts().settings
    port = port or settings.port
    _ready_to_start(settings, port)
    commands = _commands(settings, port)
    with _alone_in(settings.data), _children(settings, commands) as (children, start):
        start("assessor")
        start("pages")
        _wait_until_up(port, children)
        start("worker")
        for line in sign_in_lines(settings.data):
            click.echo(line)
        click.echo(f"Ready: http://localhost:{port}")
        _wait_until_one_ends(children)


def _ready_to_start(settings: Settings, port: int) -> None:
    if migrate.current(current_app.extensions["engine"]) != migrate.newest():
        raise click.ClickException("The database is not up to date. Run: flask broker db upgrade")
    if len(os.fsencode(settings.assessor_socket)) > SOCKET_NAME:
        raise click.ClickException(
            "The data folder's path is too long for a socket. Set BROKER_DATA to a shorter one."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} is taken. Stop what uses it, or choose another: --port {port + 1}"
            ) from error


@contextmanager
def _alone_in(data: Path) -> Iterator[None]:
    """Hold the data folder for this server; a second one is refused."""
    with (data / "server.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise click.ClickException(f"Another server runs on the data folder {data}.") from error
        yield


def _commands(settings: Settings, port: int) -> dict[str, Sequence[str]]:
    python = sys.executable
    return {
        "assessor": (python, "-m", "broker.assess", str(settings.assessor_socket)),
        "pages": (
            python, "-m", "gunicorn", "app:create_app()", "--preload", "--no-control-socket",
            "--worker-class", "gthread", "--workers", "2", "--threads", "4",
            "--bind", f"127.0.0.1:{port}", "--graceful-timeout", "3", "--log-level", "warning",
        ),
        "worker": (python, "-m", "flask", "--app", "app", "broker", "jobs", "work"),
    }  # fmt: skip


@contextmanager
def _children(
    settings: Settings, commands: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Children, Callable[[str], None]]]:
    """Hand out what starts a process; end them all on the way out, however that comes."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _told_to_stop)
    environment = {**os.environ, "BROKER_DATA": str(settings.data), "PYTHONUNBUFFERED": "1"}
    children: Children = {}

    def start(name: str) -> None:
        children[name] = subprocess.Popen(
            commands[name], cwd=ROOT, env=environment, start_new_session=True,
            preexec_fn=_die_with_parent,  # one thread runs here, so that this is safe
        )  # fmt: skip

    try:
        yield children, start
    finally:
        _end(children.values())


def _die_with_parent() -> None:
    if sys.platform == "linux":
        CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def _told_to_stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def _end(children: Iterable[subprocess.Popen[bytes]]) -> None:
    alive = [child for child in children if child.poll() is None]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for child in alive:
        child.terminate()
    latest = time.monotonic() + ENDS_WITHIN_S
    for child in alive:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, latest - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def _wait_until_up(port: int, children: Children) -> None:
    """Wait for the first page and for the assessor's answer."""
    assess, latest = parts().assess, time.monotonic() + STARTS_WITHIN_S
    while not _answers(port):
        _all_alive(children)
        if time.monotonic() > latest:
            raise click.ClickException("The pages did not come up within a minute.")
        time.sleep(0.05)
    while not assess("ready", at=parts().clock(), zone="UTC", names=()).assessed:
        _all_alive(children)
        if time.monotonic() > latest:
            raise click.ClickException("The language step did not come up within a minute.")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return line.getresponse().status < 500
    except OSError:
        return False
    finally:
        line.close()


def _wait_until_one_ends(children: Children) -> None:
    while True:
        _all_alive(children)
        time.sleep(0.5)


def _all_alive(children: Children) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise click.ClickException(f"The {name} stopped, so that all were stopped.")
