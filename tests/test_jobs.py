"""What falls due is done once, in order, by whoever is alive; nothing is lost and nothing told."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from broker import journey
from broker.domain.errors import NotHere, StoreRefused
from broker.domain.message import Draft, State
from broker.jobs import BACK_OFF, run_due, sweep, work_forever
from broker.ports import Parts, Work
from broker.settings import Settings
from broker.store.database import connect
from broker.store.due import LEASE
from broker.store.work import SqlWork
from tests.world import MASTER, START, World, make_world

JOURNEY = {
    "message.accept": journey.accept,
    "message.deliver": journey.deliver,
    "hold.lapse": journey.lapse,
    "hold.carry_out": journey.carry_out,
}


def parts_of(world: World, work: Callable[[], Work] | None = None) -> Parts:
    settings = Settings(Path("/nowhere"), "sqlite://", MASTER)
    return Parts(settings, work or world.work, world.assess, world.hasher, world.clock)


class Doer:
    """Keeps what it was asked to do, and does what the test says."""

    def __init__(self, act: Callable[[str], Any] = lambda subject: None) -> None:
        self.act, self.did = act, []  # type: ignore[var-annotated]

    def __call__(self, case: str, subject: str, *, work: Work, clock: Any) -> None:
        self.did.append(subject)
        self.act(subject)


def add(world: World, kind: str, subject: str) -> None:
    with world.work() as work:
        work.jobs.add(kind, "case", subject, world.clock())


def test_a_due_job_is_done_once_and_is_gone(world: World) -> None:
    doer = Doer()
    add(world, "try", "one")
    assert run_due(parts_of(world), {"try": doer}) == 1
    world.clock.turn(hours=1)
    assert run_due(parts_of(world), {"try": doer}) == 0
    assert doer.did == ["one"]


def test_a_job_is_left_alone_before_it_is_due(world: World) -> None:
    with world.work() as work:
        work.jobs.add("try", "case", "one", world.clock() + timedelta(seconds=30))
    assert run_due(parts_of(world), {"try": Doer()}) == 0
    world.clock.turn(seconds=30)
    assert run_due(parts_of(world), {"try": Doer()}) == 1


def test_a_job_claimed_by_a_worker_that_dies_comes_back_after_its_lease(world: World) -> None:
    add(world, "try", "one")
    with world.work() as work:
        assert work.jobs.claim(world.clock()) is not None  # and dies here
    doer = Doer()
    world.clock.turn(seconds=LEASE.total_seconds() - 1)
    assert run_due(parts_of(world), {"try": doer}) == 0
    world.clock.turn(seconds=1)
    assert run_due(parts_of(world), {"try": doer}) == 1


def test_two_workers_never_do_one_job_at_the_same_time(world: World) -> None:
    for number in range(12):
        add(world, "try", f"subject-{number}")
    both = threading.Barrier(2, timeout=20)
    doer = Doer(act=lambda subject: threading.Event().wait(0.005))

    def worker() -> None:
        both.wait()
        run_due(parts_of(world), {"try": doer})

    workers = [threading.Thread(target=worker) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(doer.did) == sorted(f"subject-{number}" for number in range(12))


def test_making_a_record_is_lent_for_longer_than_its_pages_may_take(world: World) -> None:
    add(world, "record.make", "one")

    def second_worker(subject: str) -> None:
        world.clock.turn(minutes=5)
        assert run_due(parts_of(world), {"record.make": Doer()}) == 0

    assert run_due(parts_of(world), {"record.make": Doer(act=second_worker)}) == 1


def fails(subject: str) -> None:
    if subject == "bad":
        raise RuntimeError("secret words of a message")


def test_a_failing_job_does_not_block_the_others(world: World) -> None:
    doer = Doer(act=fails)
    for subject in ("bad", "good", "better"):
        add(world, "try", subject)
        world.clock.turn(seconds=1)
    assert run_due(parts_of(world), {"try": doer}) == 2
    assert doer.did == ["bad", "good", "better"]


def test_a_failing_job_is_tried_again_later_and_later(world: World) -> None:
    doer = Doer(act=fails)
    add(world, "try", "bad")
    for tries, wait in enumerate([*BACK_OFF, BACK_OFF[-1]], 1):
        run_due(parts_of(world), {"try": doer})
        assert len(doer.did) == tries
        world.clock.turn(seconds=wait.total_seconds() - 1)
        run_due(parts_of(world), {"try": doer})
        assert len(doer.did) == tries
        world.clock.turn(seconds=1)


def test_the_log_of_a_failure_names_ids_and_no_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    add(world, "try", "bad")
    with caplog.at_level(logging.DEBUG):
        run_due(parts_of(world), {"try": Doer(act=fails)})
    assert "subject=bad" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "secret words" not in caplog.text


def test_a_job_of_an_unknown_kind_is_kept_for_a_later_version(world: World) -> None:
    add(world, "not.known", "one")
    assert run_due(parts_of(world), {}) == 0
    world.clock.turn(seconds=10)
    assert run_due(parts_of(world), {"not.known": Doer()}) == 1


def test_a_job_whose_subject_is_gone_is_done(world: World) -> None:
    def gone(subject: str) -> None:
        raise NotHere

    doer = Doer(act=gone)
    add(world, "try", "one")
    assert run_due(parts_of(world), {"try": doer}) == 1
    world.clock.turn(hours=2)
    assert run_due(parts_of(world), {"try": doer}) == 0


def test_after_a_restart_a_message_whose_undo_time_ran_out_is_accepted(tmp_path: Path) -> None:
    before = make_world(tmp_path)
    family = before.family()
    receipt = before.submit(family.anna, "Can you collect on Friday?")
    before.engine.dispose()

    after = World(connect(f"sqlite:///{tmp_path / 'world.sqlite'}"))
    after.clock.now = START + timedelta(days=1)
    assert run_due(parts_of(after), JOURNEY) == 1
    with after.work().reading() as work:
        message = work.messages.get(family.case, receipt.message)
    after.engine.dispose()
    assert message.state is State.DELIVERED


def test_a_sweep_destroys_what_has_had_its_time(world: World) -> None:
    family, before = world.family(), world.clock()
    with world.work() as work:
        work.drafts.put(
            Draft(
                family.case, "d1", family.anna.id, "words", "other", None, None,
                world.clock() + timedelta(hours=24),
            )
        )  # fmt: skip
        secret = work.sessions.start(family.anna.person or "", world.clock())
    sweep(parts_of(world), world.clock())
    with world.work().reading() as work:
        assert work.drafts.of(family.case, family.anna.id, before)
        assert work.sessions.find(secret, world.clock())
    sweep(parts_of(world), world.clock.turn(days=3))
    with world.work().reading() as work:
        assert work.drafts.of(family.case, family.anna.id, before) == []
        assert work.sessions.find(secret, world.clock()) is None


def test_the_worker_survives_a_store_that_refuses_and_stops_when_told(world: World) -> None:
    stop, refusals = threading.Event(), [StoreRefused(), StoreRefused()]
    add(world, "try", "one")

    def work() -> SqlWork:
        if refusals:
            raise refusals.pop()
        return world.work()

    doer = Doer(act=lambda subject: stop.set())
    worker = threading.Thread(
        target=work_forever, args=(parts_of(world, work), {"try": doer}, stop), kwargs={"every": 0}
    )
    worker.start()
    worker.join(timeout=20)
    assert not worker.is_alive()
    assert doer.did == ["one"]
