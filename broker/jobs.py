"""Does what falls due: claims jobs one at a time and calls their handlers. Owns no rule.

A wake-up may be lost and a worker may die without harm: a job stays a row until it is done, and a
claim is only lent. What fails is put back for later; the log of it names ids, never words.
"""

import logging
import threading
import traceback
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from broker.domain.due import Job
from broker.domain.errors import AlreadyDecided, NotHere, StoreRefused, TooLate
from broker.ports import Clock, Parts, Work

LOG = logging.getLogger("broker.jobs")

BACK_OFF = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=1),
)
"""How long a failing job waits before it is tried again; the last one for ever after."""

LENT = {"record.make": timedelta(minutes=10)}
"""How long a claim lasts where two minutes are too short for one try."""

GONE = (NotHere, AlreadyDecided, TooLate)
"""What a handler says when its subject has gone or moved on: there is nothing left to do."""

SESSIONS_KEPT = timedelta(days=2)
SWEEP_EVERY = timedelta(minutes=10)


class Handler(Protocol):
    """Does one kind of job, once or more than once with the same outcome."""

    def __call__(self, case: str, subject: str, *, work: Work, clock: Clock) -> object:
        """Do it for one subject of a case."""


Handlers = Mapping[str, Handler]


def run_due(parts: Parts, handlers: Handlers) -> int:
    """Do everything that has fallen due, and return how many jobs were done.

    Raises:
        StoreRefused: nothing can be claimed just now.

    """
    done = 0
    while job := _claim(parts):
        done += _do(job, parts, handlers)
    return done


def _claim(parts: Parts) -> Job | None:
    """Claim the next due job in a transaction of its own, for as long as one try may take."""
    now = parts.clock()
    with parts.work() as work:
        job = work.jobs.claim(now)
        if job is not None and job.kind in LENT:
            work.jobs.again(job, now + LENT[job.kind])
        return job


def _do(job: Job, parts: Parts, handlers: Handlers) -> bool:
    """Do one job; whatever goes wrong with it is kept from the others."""
    try:
        handlers[job.kind](job.case, job.subject, work=parts.work(), clock=parts.clock)
    except GONE:
        pass
    except Exception as error:
        _tell_of(job, error)
        with parts.work() as work:
            work.jobs.again(job, parts.clock() + _wait(job.attempts))
        return False
    with parts.work() as work:
        work.jobs.done(job)
    return True


def _wait(attempts: int) -> timedelta:
    return BACK_OFF[min(max(attempts, 1), len(BACK_OFF)) - 1]


def _tell_of(job: Job, error: Exception) -> None:
    """Log ids and the place of the failure; an error's own text may quote a message."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    LOG.error(
        "job failed: kind=%s case=%s subject=%s attempt=%d error=%s at=%s:%s",
        job.kind, job.case, job.subject, job.attempts, type(error).__name__, last.name, last.lineno,
    )  # fmt: skip


def sweep(parts: Parts, now: datetime) -> None:
    """Destroy what has had its time: drafts, records, sessions and tries."""
    with parts.work() as work:
        work.drafts.drop_expired(now)
        work.exports.drop_expired(now)
        work.sessions.drop_old(now - SESSIONS_KEPT)


def work_forever(
    parts: Parts, handlers: Handlers, stop: threading.Event, *, every: float = 1.0
) -> None:
    """Do what falls due, looking every so many seconds, until told to stop."""
    swept: datetime | None = None
    while not stop.is_set():
        now = parts.clock()
        try:
            run_due(parts, handlers)
            if swept is None or now - swept >= SWEEP_EVERY:
                sweep(parts, now)
                swept = now
        except StoreRefused as error:
            LOG.warning("store refused; trying again: %s", type(error).__name__)
        stop.wait(every)
