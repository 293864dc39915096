"""``jobs``: the worker, which does what falls due."""

import signal
import threading
from collections.abc import Callable
from functools import partial

from broker import exports, journey
from broker.cli.door import Commands, parts
from broker.jobs import Handlers, work_forever
from broker.record import gather

jobs = Commands("jobs", help="What falls due: undo times, hours of the terms, holds, records.")

MOVES: dict[str, Callable[..., object]] = {
    "message.accept": journey.accept,
    "message.deliver": journey.deliver,
    "hold.lapse": journey.lapse,
    "hold.carry_out": journey.carry_out,
}
"""Which part of the journey each kind of job stands for."""


@jobs.command("work")
def work() -> None:
    """Do what falls due until told to stop (SIGTERM, SIGINT); `serve` runs this by itself."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work_forever(parts(), handlers(), stop)


def handlers() -> Handlers:
    """Return what does each kind of job; records are set in a process of their own."""
    return {**MOVES, "record.make": partial(exports.make, maker=gather.make)}
