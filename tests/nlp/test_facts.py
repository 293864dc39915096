"""Facts: dates and their traps, sums, numbers, offsets, and what a flagged span may give."""

# ruff: noqa: E501 - a table reads best with one case a line

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import facts
from nlp.moments import moments
from nlp.results import Context, Span
from tests.nlp.facts_fixtures import parse, spans_of

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LONDON = Context(written_at=MONDAY, zone="Europe/London")


def found(text, context=LONDON, marked=None):
    return facts.find(parse(text), text, spans_of(text, marked or {}), context)


def values(text, kind, context=LONDON):
    return [(f.text, f.value) for f in found(text, context) if f.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "You may not care about it.",
        "Second that, March on and see.",
        "Give me a second, I will march over.",
        "He sat in the car and the sun was out.",
        "It is the second time she was ill.",
        "She is in 3rd grade and it is her 2nd time.",
        "We are on call 24/7 for him.",
        "They came with Grandma May.",
    ],
)
def test_words_that_only_look_like_dates_are_not_dates(text):
    assert values(text, "date") == []


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("See you on 14 March.", "14 March", "2026-03-14"),
        ("See you on Saturday 14 March.", "Saturday 14 March", "2026-03-14"),
        ("See you on March 14th.", "March 14th", "2026-03-14"),
        ("See you on the 4th of march.", "4th of march", "2026-03-04"),
        ("It is due on 3 January 2027.", "3 January 2027", "2027-01-03"),
        ("Bring it on Friday.", "Friday", "2026-03-06"),
        ("Bring it this friday.", "this friday", "2026-03-06"),
        ("Bring it tomorrow.", "tomorrow", "2026-03-03"),
        ("need it tmrw pls", "tmrw", "2026-03-03"),
        ("I won't swap the 12th.", "the 12th", "2026-03-12"),
        ("We land on the 1st.", "the 1st", "2026-04-01"),
        ("Camp is 26 to 30 October.", "26 to 30 October", "2026-10-26/2026-10-30"),
        ("He can come 2026-05-09.", "2026-05-09", "2026-05-09"),
        ("Can you do 25/04?", "25/04", "2026-04-25"),
        ("Can you do 03/04?", "03/04", "ambiguous:2026-04-03|2026-03-04"),
        ("Can we meet next Friday?", "next Friday", "ambiguous:2026-03-06|2026-03-13"),
        ("Nos vemos el martes.", "martes", "2026-03-03"),
        ("u can have him xmas eve", "xmas eve", "2026-12-24"),
    ],
)
def test_a_date_is_found_and_resolved_from_the_day_of_writing(text, words, value):
    assert values(text, "date") == [(words, value)]


def test_a_day_and_month_in_figures_follow_the_familys_order():
    american = Context(written_at=MONDAY, zone="America/New_York", date_order="MDY")
    assert values("Can you do 03/04?", "date", american)[0][1] == "ambiguous:2026-03-04|2026-04-03"


def test_a_past_weekday_is_the_one_before():
    assert values("Emma arrived without her inhaler on Friday.", "date") == [
        ("Friday", "2026-02-27")
    ]


def test_without_a_time_of_writing_a_relative_day_has_no_value():
    assert values("Bring it tomorrow.", "date", Context()) == [("tomorrow", None)]


def test_the_day_is_reckoned_in_the_zone_of_the_context():
    late = Context(written_at=datetime(2026, 3, 2, 23, 30, tzinfo=UTC), zone="Australia/Sydney")
    assert values("Bring it tomorrow.", "date", late) == [("tomorrow", "2026-03-04")]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Handover at 10am.", "10am", "10:00"),
        ("Handover at 6 p.m. sharp", "6 p.m.", "18:00"),
        ("Handover at 17:30.", "17:30", "17:30"),
        ("Handover at 5.", "5", "ambiguous:05:00|17:00"),
        ("Come at noon.", "noon", "12:00"),
        ("Come at half past four.", "half past four", "ambiguous:04:30|16:30"),
        ("Come at quarter to 6.", "quarter to 6", "ambiguous:05:45|17:45"),
        ("pick up fri 2pm", "2pm", "14:00"),
    ],
)
def test_a_time_is_found_with_both_readings_where_two_fit(text, words, value):
    assert values(text, "time") == [(words, value)]


@pytest.mark.parametrize("text", ["It cost £4.30.", "Give him 2.5 ml.", "Page 31 of 40.", "He takes size 4.", "about 5 kids at 2 different schools"])  # fmt: skip
def test_other_numbers_are_not_times(text):
    assert values(text, "time") == []


def test_sums_shares_durations_and_numbers_to_ring_have_normal_forms():
    text = "Your half is £45 or 50%, two hours late; ring 01865 555 0148."
    kinds = {f.kind: f.value for f in found(text) if f.value}
    assert kinds["amount"] == "45.00 GBP"
    assert kinds["percentage"] == "50%"
    assert kinds["duration"] == "PT2H"
    assert kinds["phone"] == "018655550148"


def test_a_dollar_is_named_only_where_the_spelling_tells_which():
    assert values("It is $812.", "amount") == [("$812", None)]
    assert values("It is $812.", "amount", Context(spelling="en-AU")) == [("$812", "812.00 AUD")]


def test_names_places_conditions_refusals_and_deadlines_are_found():
    text = "No, I won't swap the 12th. If Emma is ill, tell Mr Hale at Pelham Road by Friday."
    kinds = {f.kind for f in found(text)}
    assert {"refusal", "date", "condition", "name", "place", "deadline"} <= kinds


def test_a_name_of_the_context_is_found_in_lower_case():
    context = Context(written_at=MONDAY, names=("Rufus",))
    assert ("rufus", None) in values("rufus has his jabs fri 2pm", "name", context)


def test_offsets_count_code_points_after_emoji():
    text = "👩‍👧‍👦😡😡 pick up at 10am on Friday"
    assert [(f.start, f.text) for f in found(text) if f.kind == "time"] == [
        (text.index("10am"), "10am")
    ]


def test_history_inside_a_flagged_span_is_no_fact_and_a_demand_is():
    text = "You ruined 14 March 2019 for me. Sign it by Friday or you won't see them at 5."
    marked = {"You ruined 14 March 2019 for me.": "blame", "Sign it by Friday or you won't see them at 5.": "coercion"}  # fmt: skip
    words = [f.text for f in found(text, marked=marked)]
    assert "Friday" in words
    assert not [w for w in words if "2019" in w or w == "5"]


def test_a_day_and_its_hour_make_one_moment_in_utc():
    text = "Handover is Friday at 5."
    assert moments(found(text), LONDON) == (datetime(2026, 3, 6, 17, tzinfo=UTC),)


def test_summer_time_counts_in_a_moment():
    text = "Handover is on 14 April at 10am."
    assert moments(found(text), LONDON) == (datetime(2026, 4, 14, 9, tzinfo=UTC),)


def test_of_two_readings_the_earlier_one_to_come_counts():
    text = "Handover is 03/04 at 10am."
    assert moments(found(text), LONDON) == (datetime(2026, 3, 4, 10, tzinfo=UTC),)


def test_a_day_that_cannot_be_read_is_an_unknown_moment():
    assert moments(found("You can have them at Easter."), LONDON) == (None,)
    assert moments(found("See you on Friday."), Context()) == (None,)


def test_a_past_day_is_no_moment():
    assert moments(found("Emma came without her inhaler on Friday."), LONDON) == ()


def test_an_unknown_zone_reads_as_utc():
    odd = Context(written_at=MONDAY, zone="Nowhere/At-All")
    assert moments(found("See you Friday at 10am.", odd), odd) == (
        datetime(2026, 3, 6, 10, tzinfo=UTC),
    )


WORDS = st.sampled_from(
    ["on 31/02 ", "30 February ", "at 5 ", "😡", "£", "12th ", "fri 2pm ", "by ", "\n", "\x00", "if you ", "Mia's ", "99:99 ", "half ", "٣/٤ ", "²", "next Friday "]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=10).map("".join)), st.integers(0, 20)
)
def test_any_text_gives_facts_that_stand_in_it_word_for_word(text, at):
    spans = (Span(at, min(at + 9, len(text)), "insult", "test", "test"),) if at < len(text) else ()
    out = facts.find(parse(text), text, spans, LONDON)
    assert all(f.text == text[f.start : f.end] and f.start < f.end for f in out)
    moments(out, LONDON)
