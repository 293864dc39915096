"""Questions, requests and whether an answer is needed."""

# ruff: noqa: E501 - a table reads best with one case a line

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import asks, facts
from nlp.results import Context
from tests.nlp.facts_fixtures import parse, spans_of
from tests.nlp.test_facts import LONDON


def asked(text, marked=None, context=LONDON):
    doc, spans = parse(text), spans_of(text, marked or {})
    return asks.find(doc, text, spans, facts.find(doc, text, spans, context), context)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("What time does Rory finish chess on Thursday?", "What time does Rory finish chess on Thursday?"),
        ("who is collecting leo tuesday", "who is collecting leo tuesday"),
        ("Mia is ill. Did she have her tablet?", "Did she have her tablet?"),
        ("Do you still want four for the 20th?", "Do you still want four for the 20th?"),
    ],
)  # fmt: skip
def test_a_question_is_listed_in_the_writers_own_words(text, question):
    questions, requests, needed = asked(text)
    assert ([q.text for q in questions], requests, needed) == ([question], (), True)


@pytest.mark.parametrize(
    "text",
    ["Can you bring the form?", "Please send her inhaler.", "I need your half of the fee.", "Make sure it's there Friday at 5.", "Let me know about practice.", "Please don't use that sitter."],
)  # fmt: skip
def test_a_request_is_listed_as_a_request(text):
    questions, requests, needed = asked(text)
    assert [r.text.rstrip(".") for r in requests] == [text.rstrip(".")]
    assert questions == ()
    assert needed


@pytest.mark.parametrize(
    "text",
    ["STOP TEXTING ME", "Do not come to my house.", "Leave me alone.", "Don't contact my mother.", "Two puffs before bed.", "The subs are due by Friday.", "I can have them Sunday if that helps.", "Great, thanks.", "Mia says her tooth hurts."],
)  # fmt: skip
def test_boundaries_care_notes_due_dates_offers_and_thanks_need_no_answer(text):
    assert asked(text) == ((), (), False)


@pytest.mark.parametrize(
    "text", ["Your half is £40.", "ur half of the fee is £12", "You owe me £45 for the shoes."]
)
def test_a_share_that_is_due_needs_an_answer(text):
    assert asked(text)[2]


def test_a_question_inside_a_taunt_is_not_listed():
    text = "Are you too busy with your new boyfriend? Swimming is at 4."
    assert asked(text, {"Are you too busy with your new boyfriend?": "baiting"}) == ((), (), False)


def test_a_demand_inside_leverage_is_listed_with_its_deadline():
    text = (
        "If you don't sign the passport form by Friday you can forget seeing the kids at Christmas."
    )
    _, requests, needed = asked(text, {text: "coercion"})
    assert [(r.text, r.deadline) for r in requests] == [
        ("sign the passport form by Friday", "2026-03-06")
    ]
    assert needed


def test_a_deadline_without_a_time_of_writing_is_given_in_its_own_words():
    _, requests, _ = asked("Please sign it by Friday.", context=Context())
    assert requests[0].deadline == "by Friday"


def test_offsets_count_code_points_after_emoji():
    text = "😡😡 Can you bring the form?"
    (request,) = asked(text)[1]
    assert text[request.start : request.end] == request.text == "Can you bring the form?"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_asks_that_stand_in_it_word_for_word(text):
    questions, requests, _ = asked(text)
    assert all(a.text == text[a.start : a.end] for a in (*questions, *requests))
