"""A clock that is told the time, and what falls due when it is turned."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from broker.cli.jobs import MOVES
from broker.ports import Parts


class Telling:
    """``broker.ports.Clock`` that only goes forward."""

    def __init__(self, begins: datetime) -> None:
        self._now = begins

    def __call__(self) -> datetime:
        """Return the time of the story."""
        return self._now

    def turn(self, **by: float) -> None:
        """Let some time pass."""
        self._now += timedelta(**by)

    def to(self, at: datetime) -> None:
        """Let time pass until a moment; one that has passed changes nothing."""
        self._now = max(self._now, at)


def pass_time(parts: Parts, clock: Telling, until: datetime) -> None:
    """Do what falls due up to a moment, each thing at its own time."""
    handlers: dict[str, Callable[..., Any]] = dict(MOVES)
    while True:
        with parts.work() as work:
            job = work.jobs.claim(until)
            if job is None:
                break
            work.jobs.done(job)
        clock.to(job.due_at)
        handlers[job.kind](job.case, job.subject, work=parts.work(), clock=clock)
    clock.to(until)
