"""The suggestion: the guide's table word for word, what is kept, and what is not offered."""

# ruff: noqa: E501 - a table reads best with one case a line

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import rewrite
from nlp.check import check
from nlp.results import Span
from tests.nlp.facts_fixtures import parse, spans_of


def suggest(text, marked, *, logistics=True, alerts=()):
    return rewrite.suggest(
        parse(text), text, spans_of(text, marked), (), (), (), logistics=logistics, alerts=alerts
    )


FORM = (
    "As usual you forgot the school form, can you bring it to the handover on Saturday 14 March at "
    "10am or are you too busy with your new boyfriend?"
)
FORM_PLAIN = (
    "You forgot the school form. Can you bring it to the handover on Saturday 14 March at 10am?"
)
INHALER = (
    "You never bother to send Emma's inhaler, you lazy idiot, make sure it's there Friday at 5."
)
INHALER_PLAIN = "Please make sure Emma's inhaler is there Friday at 5."
PASSPORT = (
    "If you don't sign the passport form by Monday you can forget seeing the kids at Christmas."
)
SHOES = "You owe me £45 for the shoes, not that you've ever paid for anything in your life."
SELFISH = "I can't believe how selfish you are. No, I won't swap the 12th."

GUIDE = [
    (FORM, {"As usual you forgot the school form": "blame", "or are you too busy with your new boyfriend?": "baiting"}, FORM_PLAIN),
    (FORM, {"As usual": "blame", "or are you too busy with your new boyfriend": "baiting"}, FORM_PLAIN),
    (FORM, {"are you too busy with your new boyfriend?": "intrusion"}, FORM_PLAIN),
    (FORM, {"As usual you forgot the school form,": "blame", "can you bring it to the handover on Saturday 14 March at 10am or are you too busy with your new boyfriend?": "baiting"}, FORM_PLAIN),
    (INHALER, {"You never bother to send Emma's inhaler": "blame", "you lazy idiot": "insult"}, INHALER_PLAIN),
    (INHALER, {"You never bother to send Emma's inhaler, you lazy idiot,": "insult"}, INHALER_PLAIN),
    (INHALER, {INHALER: "insult"}, INHALER_PLAIN),
    (PASSPORT, {PASSPORT: "coercion"}, "Please sign the passport form by Monday."),
    (SHOES, {"not that you've ever paid for anything in your life": "blame"}, "You owe me £45 for the shoes."),
    (SHOES, {SHOES: "blame"}, "You owe me £45 for the shoes."),
    (SELFISH, {"I can't believe how selfish you are.": "insult"}, "No, I won't swap the 12th."),
    ("Sign by Monday or you won't see them.", {"Sign by Monday or you won't see them.": "coercion"}, "Please sign by Monday."),
    ("You forgot her inhaler AGAIN", {"You forgot her inhaler AGAIN": "blame"}, "You forgot her inhaler."),
]  # fmt: skip


@pytest.mark.parametrize(("original", "marked", "expected"), GUIDE)
def test_the_guides_examples_come_out_word_for_word(original, marked, expected):
    assert suggest(original, marked) == (expected, "offered")


def test_a_message_with_nothing_to_arrange_gets_no_suggestion():
    text = "You're pathetic and everyone knows it."
    assert suggest(text, {text: "insult"}, logistics=False) == (None, "no_arrangements")


def test_a_plain_message_gets_no_suggestion():
    assert suggest("No, that date does not work for us.", {}) == (None, "plain")


KEPT = [
    ("You'll regret this. Pick up is at 4 on Friday.", {"You'll regret this.": "threat"}, "Pick up is at 4 on Friday.", "threat_left_out"),
    ("Drop-off's at 4, Tallulah's leotard is drying on the rack. So glad you could squeeze her in.", {"So glad you could squeeze her in.": "sarcasm"}, "Drop-off's at 4. Tallulah's leotard is drying on the rack.", "offered"),
    ("As usual you left it till the last minute but yes I can take Josie to the recital at 2.", {"As usual you left it till the last minute": "blame"}, "Yes I can take Josie to the recital at 2.", "offered"),
    ("wot time is pick up or do u need to ask ur boss first", {"or do u need to ask ur boss first": "baiting"}, "Wot time is pick up?", "offered"),
    ("u just dont care. need 6 nappies in there fri", {"u just dont care.": "blame"}, "Need 6 nappies in there fri.", "offered"),
    ("GIVE ME BACK MY HOUSE KEYS and the parking permit, both by tomorrow lunchtime.", {"GIVE ME BACK MY HOUSE KEYS": "shouting"}, "Please give me back my house keys and the parking permit, both by tomorrow lunchtime.", "offered"),
    ("Kindly return the travel cot by Saturday. You are a fantasist.", {"You are a fantasist.": "insult"}, "Please return the travel cot by Saturday.", "offered"),
    ("Unless you pay the nursery fees by 3 May I'm keeping her passport.", {"Unless you pay the nursery fees by 3 May I'm keeping her passport.": "coercion"}, "Please pay the nursery fees by 3 May.", "offered"),
    ("Si no te importa. Pick up the cake at La Michoacana antes de las 4.", {"Si no te importa.": "guilt_trip"}, "Please pick up the cake at La Michoacana antes de las 4.", "offered"),
    ("Mia needs, you lazy cow, her coat on Friday.", {"you lazy cow,": "insult"}, "Mia needs her coat on Friday.", "offered"),
    ("Can you for once in your life bring the form on Friday?", {"for once in your life": "blame"}, "Can you bring the form on Friday?", "offered"),
    ("The form that you always forget is due Friday.", {"that you always forget": "blame"}, "The form is due Friday.", "offered"),
    ("Do you still want four idiot for the 20th?", {"idiot": "insult"}, "Do you still want four for the 20th?", "offered"),
    ("i said 5 dumbass not 6", {"dumbass": "insult"}, "I said 5 not 6.", "offered"),
    ("Either you pay the £200 by Friday or I'm telling the judge.", {"Either you pay the £200 by Friday or I'm telling the judge.": "coercion"}, "Please pay the £200 by Friday.", "offered"),
    ("If you want the dog back you'll pay the £300 vet bill by Friday.", {"If you want the dog back you'll pay the £300 vet bill by Friday.": "coercion"}, "Please pay the £300 vet bill by Friday.", "offered"),
    ("WHERE ARE HIS FOOTBALL BOOTS??? He has a match at 10", {"WHERE ARE HIS FOOTBALL BOOTS???": "shouting"}, "Where are his football boots? He has a match at 10.", "offered"),
    ("She's got nits from your filthy house so do the lotion tonight.", {"from your filthy house": "blame"}, "She's got nits. Please do the lotion tonight.", "offered"),
    ("You liar. The locks are changed; no, you can't have a key; yes, you may collect the bikes on Sunday.", {"You liar.": "insult"}, "The locks are changed; no, you can't have a key; yes, you may collect the bikes on Sunday.", "offered"),
    ("You fool. The fee, whereas you paid late, is, I am sorry to say, £40.", {"You fool.": "insult"}, "The fee, whereas you paid late, is, I am sorry to say, £40.", "offered"),
    ("Leo has football at 4, not that you'd know, and he needs his boots.", {"not that you'd know,": "sarcasm"}, "Leo has football at 4. He needs his boots.", "offered"),
]  # fmt: skip


@pytest.mark.parametrize(("original", "marked", "expected", "note"), KEPT)
def test_arrangements_beside_hostile_wording_are_kept(original, marked, expected, note):
    assert suggest(original, marked) == (expected, note)


def test_a_demand_that_is_no_arrangement_is_not_kept():
    text = "Be nice to me or you won't see them at Easter."
    assert suggest(text, {text: "coercion"})[0] is None


def test_nothing_of_a_threat_or_an_intrusion_is_kept():
    text = "Whose car was outside your house at 9 last night? Swimming is at 4."
    assert suggest(text, {"Whose car was outside your house at 9 last night?": "intrusion"}) == (
        "Swimming is at 4.",
        "offered",
    )


def test_beside_a_self_harm_alert_nothing_is_offered():
    text = "You are useless. Pick him up at 4."
    marked = {"You are useless.": "insult"}
    assert suggest(text, marked, alerts=("self_harm",)) == (None, "check_failed")


def test_a_cut_that_leaves_a_broken_sentence_with_a_date_is_not_offered():
    text = "The form for Friday you useless idiot because."
    assert suggest(text, {"you useless idiot": "insult"})[0] in {None, "The form for Friday."}


MESSAGE = st.lists(
    st.sampled_from(
        ["Pick up is at 4. ", "you idiot ", "can you ", "😡", "\n", "if you don't ", ", and ", "Mia's bag ", "!!! ", "or ", "sign it ", "£45 "]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    MESSAGE,
    st.integers(0, 60),
    st.integers(1, 40),
    st.sampled_from(["insult", "coercion", "shouting", "baiting"]),
)
def test_whatever_is_flagged_a_suggestion_holds_no_new_number_and_passes_the_check(
    text, at, size, label
):
    spans = (Span(at, min(at + size, len(text)), label, "test", "test"),) if at < len(text) else ()
    words, note = rewrite.suggest(parse(text), text, spans, (), (), (), logistics=True, alerts=())
    assert note in {"offered", "plain", "no_arrangements", "threat_left_out", "check_failed"}
    if words is not None:
        assert set(re.findall(r"\d+", words)) <= set(re.findall(r"\d+", text))
        assert "added_word" not in {f.code for f in check(text, words)}
