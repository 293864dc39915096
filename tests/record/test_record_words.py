"""What the record says in its own voice (R1 to R4)."""

from datetime import UTC, datetime, timedelta
from gettext import NullTranslations

import pytest

from broker.record.completeness import completeness
from broker.record.words import Words, utc_offset


def words(zone="Europe/London", language="en-GB"):
    return Words(language, zone, NullTranslations())


def test_r4_a_time_names_day_month_zone_and_distance_to_utc():
    assert words().moment(datetime(2026, 3, 14, 10, 5, 40, tzinfo=UTC)) == (
        "14 March 2026, 10:05:40 GMT (UTC+0)"
    )
    assert words().moment(datetime(2026, 7, 14, 10, 5, 40, tzinfo=UTC), weekday=True) == (
        "Tuesday 14 July 2026, 11:05:40 BST (UTC+1)"
    )


def test_r4_a_zone_without_letters_is_named_by_its_distance_alone():
    said = words("Asia/Kathmandu").moment(datetime(2026, 3, 14, 10, 5, 40, tzinfo=UTC))
    assert said == "14 March 2026, 15:50:40 UTC+5:45"


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "UTC+0"), (330, "UTC+5:30"), (-420, "UTC-7"), (-210, "UTC-3:30")]
)
def test_r4_distances_to_utc_are_read_as_people_read_them(minutes, said):
    assert utc_offset(timedelta(minutes=minutes)) == said


def test_r4_a_change_of_the_clocks_is_noted():
    range_ = (datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC))
    assert words().clocks(range_) == [
        "The clocks changed on 25 October 2026: 02:00 BST (UTC+1) became 01:00 GMT (UTC+0)."
    ]
    assert words("Australia/Perth").clocks(range_) == [
        "The clocks did not change between these dates."
    ]


def test_r2_the_statement_is_the_one_of_the_specification(make):
    thread = make.thread(*(make.message(number) for number in range(1, 215)))
    assert words().complete(completeness(thread)) == [
        "Messages T3-1 to T3-214 of thread T3, “Handovers”: 214 of 214 included, 0 withheld."
    ]


def test_r2_a_percent_sign_in_a_title_is_only_a_percent_sign(make):
    thread = make.thread(title="50%(s) of %d")
    assert "“50%(s) of %d”" in words().complete(completeness(thread))[0]


def test_s4_the_time_of_acceptance_is_said_only_when_it_is_given(make):
    silent = words().when(make.message())
    assert silent == "Delivered Tuesday 21 October 2025, 10:00:40 BST (UTC+1)."
    accepted = make.message().delivered_at - timedelta(seconds=30)
    assert words().when(make.message(accepted_at=accepted)) == (
        "Accepted Tuesday 21 October 2025, 10:00:10 BST (UTC+1). Delivered 10:00:40."
    )
    day_before = words().when(make.message(accepted_at=accepted - timedelta(days=1)))
    assert day_before.endswith("Delivered Tuesday 21 October 2025, 10:00:40 BST (UTC+1).")


def test_r4_an_imported_message_says_whose_claim_its_time_is(make):
    said = words().when(make.imported())
    assert said == (
        "Imported on 21 October 2025, 10:00:40 BST (UTC+1) from a file; sender and time are the "
        "file’s claim: Thursday 14 March 2024, 10:05:00 GMT (UTC+0)."
    )


def test_r2_the_cover_names_everything_that_lies_outside(make):
    thread = make.thread(make.message(4), make.message(6), first=4, last=7, delivered=9)
    record = make.record(thread, filters=("Only the topic school.",))
    assert words().selection(record, [completeness(thread)]) == [
        "This is a selection.",
        "Only the topic school.",
        "3 earlier messages of thread T3 are not in this record.",
        "2 messages inside the range of thread T3 are left out.",
        "2 later messages of thread T3 are not in this record.",
    ]


def test_days_and_months_follow_the_language_of_the_record():
    assert words(language="de").day(datetime(2026, 3, 14, tzinfo=UTC)) == "14 März 2026"
