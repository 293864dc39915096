"""The case's terms, and what they make of a message."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from broker.domain.assessment import Assessment, Flag
from broker.domain.errors import MediatorNeeded, SettingRefused
from broker.domain.message import MOVES, Move, State
from broker.domain.policy import (
    ADVISE,
    FOLD,
    HOLD,
    Standing,
    Terms,
    Verdict,
    checked,
    decide,
    lapses_at,
    next_opening,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = Standing(NOON, "Europe/London", accepted_today=0, has_mediator=True)
HOLDING = Terms(modes={"none": ADVISE, "low": ADVISE, "high": HOLD, "not_assessed": HOLD})
DAYTIME = replace(HOLDING, opens=time(8), closes=time(20))
PLAIN = Assessment(True)
HOSTILE = Assessment(True, flags=(Flag(0, 3, "insult", "r@1", "contempt"),), severity="high")
URGENT = Assessment(True, severity="urgent")
UNREAD = Assessment.unavailable("crashed")


def at(hour: int, **more: object) -> Standing:
    return replace(HERE, now=NOON.replace(hour=hour), **more)  # type: ignore[arg-type]


def test_a_plain_message_is_delivered_whole() -> None:
    verdict = decide(PLAIN, HOLDING, HERE)
    assert (verdict.move, verdict.folded) == (Move.DELIVER, False)


def test_s10_an_urgent_message_passes_hours_counts_and_holds() -> None:
    tight = replace(DAYTIME, per_day=1)
    assert decide(URGENT, tight, at(3, accepted_today=400)).move is Move.DELIVER


def test_s24_a_message_that_nobody_could_read_is_held_or_folded_never_plain() -> None:
    assert decide(UNREAD, HOLDING, HERE).move is Move.HOLD
    advising = Terms()
    verdict = decide(UNREAD, advising, HERE)
    assert (verdict.move, verdict.folded) == (Move.DELIVER, True)


def test_a_hold_without_a_mediator_becomes_a_folded_delivery() -> None:
    verdict = decide(HOSTILE, HOLDING, replace(HERE, has_mediator=False))
    assert (verdict.move, verdict.folded) == (Move.DELIVER, True)


def test_a_hold_promises_an_answer_and_has_an_end() -> None:
    verdict = decide(HOSTILE, HOLDING, HERE)
    assert verdict.move is Move.HOLD
    assert verdict.promise == NOON + timedelta(hours=12)
    assert verdict.until == NOON + timedelta(hours=24)


@pytest.mark.parametrize(
    ("moment", "lapse"),
    [
        (NOON + timedelta(hours=5), NOON + timedelta(hours=3)),
        (NOON + timedelta(hours=2), NOON),
        (NOON + timedelta(minutes=20), NOON),
        (NOON + timedelta(days=3), NOON + timedelta(hours=24)),
        (NOON - timedelta(days=3), NOON + timedelta(hours=24)),
        (None, NOON),
    ],
)
def test_s25_a_hold_lapses_two_hours_before_the_arrangement_in_it(
    moment: datetime | None, lapse: datetime
) -> None:
    assert lapses_at((moment,), NOON, timedelta(hours=24)) == lapse


def test_s25_where_that_has_passed_the_message_is_delivered_folded_at_once() -> None:
    soon = replace(HOSTILE, moments=(NOON + timedelta(hours=1),))
    verdict = decide(soon, HOLDING, HERE)
    assert (verdict.move, verdict.folded) == (Move.DELIVER, True)


def test_s25_the_promise_never_lies_behind_the_lapse() -> None:
    verdict = decide(replace(HOSTILE, moments=(NOON + timedelta(hours=6),)), HOLDING, HERE)
    assert verdict.promise == verdict.until == NOON + timedelta(hours=4)


@pytest.mark.parametrize(
    ("hour", "opens_at"),
    [(3, NOON.replace(hour=8)), (8, None), (19, None), (20, NOON.replace(day=24, hour=8))],
)
def test_s11_outside_the_terms_hours_a_message_waits(hour: int, opens_at: datetime | None) -> None:
    verdict = decide(PLAIN, DAYTIME, at(hour))
    assert verdict.until == opens_at
    assert verdict.move is (Move.QUEUE if opens_at else Move.DELIVER)


def test_hours_that_pass_midnight_are_understood() -> None:
    nights = replace(DAYTIME, opens=time(20), closes=time(6))
    assert next_opening(nights, at(23)) == NOON.replace(hour=23)
    assert next_opening(nights, at(5)) == NOON.replace(hour=5)
    assert next_opening(nights, at(12)) == NOON.replace(hour=20)


@pytest.mark.parametrize(("already", "days"), [(39, 0), (40, 1), (79, 1), (80, 2), (400, 10)])
def test_s11_an_overflow_is_spread_over_the_next_days_and_never_lost(
    already: int, days: int
) -> None:
    opening = next_opening(Terms(), replace(HERE, accepted_today=already))
    midnight = NOON.replace(hour=0) + timedelta(days=days)
    assert opening == (midnight if days else NOON)


def test_the_opening_follows_the_clock_of_the_case_over_a_change_of_clocks() -> None:
    before = datetime(2026, 10, 24, 21, tzinfo=UTC)  # 22:00 in London, summer time
    opening = next_opening(DAYTIME, replace(HERE, now=before))
    assert opening == datetime(2026, 10, 25, 8, tzinfo=UTC)  # 08:00, winter time


def test_terms_that_hold_need_a_mediator() -> None:
    assert checked(HOLDING, has_mediator=True) is HOLDING
    with pytest.raises(MediatorNeeded):
        checked(HOLDING, has_mediator=False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"per_day": 0},
        {"length": 9_000},
        {"hold_hours": 100},
        {"promise_hours": 0},
        {"modes": {**HOLDING.modes, "high": "shrug"}},
        {"modes": {"none": ADVISE}},
        {"modes": {**HOLDING.modes, "not_assessed": ADVISE}},
    ],
)
def test_terms_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingRefused):
        checked(replace(HOLDING, **wrong), has_mediator=True)  # type: ignore[arg-type]


def test_every_verdict_is_a_move_that_a_pending_message_can_make() -> None:
    for assessment in (PLAIN, HOSTILE, URGENT, UNREAD):
        for terms in (Terms(), HOLDING, DAYTIME):
            for standing in (HERE, at(3), replace(HERE, has_mediator=False)):
                verdict = decide(assessment, terms, standing)
                assert isinstance(verdict, Verdict)
                assert (State.PENDING, verdict.move) in MOVES
                assert (verdict.until is None) == (verdict.move is Move.DELIVER)


def test_unread_messages_fold_where_the_terms_say_fold() -> None:
    folding = replace(HOLDING, modes={**HOLDING.modes, "not_assessed": FOLD})
    assert decide(UNREAD, folding, HERE).folded
