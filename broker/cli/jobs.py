"""``jobs``: the worker, which does what falls due."""

import signal
import threading

from broker import journey
from broker.cli.door import Commands, parts

jobs = Commands("jobs", help="What falls due: undo times, hours of the terms, holds, records.")

MOVES = {
    "message.accept": journey.accept,
    "message.deliver": journey.deliver,
    "hold.lapse": journey.lapse,
    "hold.carry_out": journey.carry_out,
}
"""Which part of the journey each kind of job stands for."""


@jobs.command("work")
def work() -> None:
    """Do what falls due until told to stop (SIGTERM, SIGINT); `serve` runs this by itself."""
    from broker.jobs import work_forever

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work_forever(parts(), {**MOVES, "record.make": _make_record}, stop)
