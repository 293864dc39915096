"""What a record value refuses, and what is computed from it (R2, R4)."""

import dataclasses
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.record.completeness import clock_changes, completeness, is_partial
from broker.record.value import RecordError

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    "time",
    [datetime(2026, 3, 14, 10, 5), datetime(2026, 3, 14, 10, tzinfo=timezone(timedelta(hours=1)))],
    ids=["without a zone", "in another zone"],
)
def test_a_time_that_is_not_in_utc_is_refused(make, time):
    with pytest.raises(RecordError):
        make.message(delivered_at=time)
    with pytest.raises(RecordError):
        make.record(made_at=time)


def test_half_a_character_is_refused(make):
    with pytest.raises(RecordError):
        make.message(text="broken \ud83d")


@pytest.mark.parametrize(
    ("numbers", "changes"),
    [
        ((2, 1), {}),
        ((1, 1), {}),
        ((1, 5), {"last": 4, "delivered": 9}),
        ((3,), {"first": 4, "last": 9, "delivered": 9}),
        ((1, 2), {"delivered": 1}),
        ((1, 2), {"first": 0}),
    ],
    ids=["order", "twice", "after", "before", "more than delivered", "zero"],
)
def test_a_thread_that_contradicts_itself_is_refused(make, numbers, changes):
    with pytest.raises(RecordError):
        make.thread(*(make.message(number) for number in numbers), **changes)


def test_r2_a_whole_thread_counts_as_whole(make):
    state = completeness(make.thread(*(make.message(number) for number in range(1, 215))))
    assert (state.first, state.last, state.included, state.asked) == (1, 214, 214, 214)
    assert state.withheld == 0
    assert state.whole


@given(st.data())
def test_r2_what_is_left_out_is_computed_from_the_messages_themselves(make, data):
    delivered = data.draw(st.integers(1, 40))
    first = data.draw(st.integers(1, delivered))
    last = data.draw(st.integers(first, delivered))
    chosen = data.draw(st.sets(st.integers(first, last), min_size=1))
    thread = make.thread(
        *(make.message(number) for number in sorted(chosen)),
        first=first, last=last, delivered=delivered,
    )  # fmt: skip
    state = completeness(thread)
    assert state.included + state.withheld + state.earlier + state.later == delivered
    assert state.included == len(chosen)
    assert is_partial(make.record(thread)) == (len(chosen) != delivered)


def test_r4_imported_messages_count_in_no_statement(make):
    alone = completeness(make.thread(make.message(1), make.message(2)))
    mixed = completeness(make.thread(make.message(1), make.message(2), make.imported(3)))
    assert dataclasses.replace(mixed, imported=0) == alone
    assert mixed.imported == 1
    nothing = completeness(make.thread(make.imported(1)))
    assert (nothing.included, nothing.asked, nothing.withheld) == (0, 0, 0)


def test_r2_any_filter_makes_a_record_partial(make):
    assert not is_partial(make.record())
    assert is_partial(make.record(filters=("Only the topic school.",)))


def test_r4_both_changes_of_the_london_clocks_are_found_to_the_second():
    found = clock_changes(
        LONDON, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    )
    assert found == (
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 1, tzinfo=UTC),
    )


def test_r4_a_range_that_ends_at_the_change_sees_it_and_one_second_earlier_does_not():
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    start = change - timedelta(hours=1, milliseconds=-7)
    assert clock_changes(LONDON, start, change + timedelta(microseconds=3)) == (change,)
    assert clock_changes(LONDON, start, change - timedelta(seconds=1)) == ()


@given(st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)), st.integers(0, 900))
def test_r4_clocks_without_summer_time_never_change(start, days):
    start = start.replace(tzinfo=UTC)
    assert clock_changes(ZoneInfo("UTC"), start, start + timedelta(days=days)) == ()
