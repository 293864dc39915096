"""What is flagged, what never is, and where a flag begins and ends."""

from pathlib import Path

import pytest

from nlp import flags

DATA = Path(__file__).with_name("data")
BOUNDARIES = (DATA / "boundaries.txt").read_text(encoding="utf-8").splitlines()
PLAIN = (DATA / "plain.txt").read_text(encoding="utf-8").splitlines()

GUIDE = [
    ("threat", "You'll regret this."),
    ("threat", "I was parked across from yours on Tuesday."),
    ("coercion", "Sign it or you won't see them at Easter."),
    ("insult", "you lazy, useless liar"),
    ("blame", "You never think about anyone but yourself."),
    ("baiting", "Go on, run to your lawyer like you always do."),
    ("sarcasm", "Wow, Parent of the Year strikes again."),
    ("gaslighting", "That never happened, you're imagining things again."),
    ("guilt_trip", "After everything I gave up for you."),
    ("hoovering", "I still love you. Remember Cornwall?"),
    ("intrusion", "Whose car was outside your house last night?"),
    ("triangulation", "Even your own mother says you're unfit."),
    ("stonewalling", "Figure it out yourself, I'm not telling you what the doctor said."),
    ("shouting", "WHY DON'T YOU EVER ANSWER???"),
]


def _labels(language, text):
    return language.flags(text).labels


def _words(language, text):
    return [(span.label, text[span.start : span.end]) for span in language.flags(text).spans]


@pytest.mark.parametrize(("label", "text"), GUIDE)
def test_the_examples_of_the_guide_are_flagged(language, label, text):
    assert label in _labels(language, text)


def test_the_lists_are_as_long_as_the_guide_asks():
    assert len(set(BOUNDARIES)) >= 80
    assert len(set(PLAIN)) >= 100


@pytest.mark.parametrize("text", BOUNDARIES)
def test_a_boundary_is_never_flagged(language, text):
    assert _labels(language, text) == ()


@pytest.mark.parametrize("text", [each for each in BOUNDARIES if each.upper() != each])
def test_a_boundary_is_never_flagged_in_capitals(language, text):
    assert _labels(language, text.upper()) == ()


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_sentence_is_never_flagged(language, text):
    assert _labels(language, text) == ()


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_sentence_raises_no_alert(language, text):
    assert language.flags(text).alerts == ()


@pytest.mark.parametrize(
    "text",
    [
        'On Monday you wrote: "you are a useless liar". I am not going to answer that.',
        'Please look at "you lazy idiot" (message 12).',
        'You said "nobody will ever love you" in your message of 3 May.',
    ],
)
def test_a_quotation_with_a_source_is_not_flagged(language, text):
    assert _labels(language, text) == ()


def test_a_quotation_without_a_source_is_read_like_any_text(language):
    assert _labels(language, 'Well, "you lazy idiot" fits.') == ("insult",)


def test_words_after_an_unmarked_quotation_are_read(language):
    text = "You wrote on Monday: I can't come. You are a useless liar."
    assert _words(language, text) == [("insult", "You are a useless liar.")]


def test_the_arrangement_beside_an_insult_stays_outside_the_flag(language):
    text = "You lazy idiot, make sure the bag is there Friday at 5."
    assert _words(language, text) == [("insult", "You lazy idiot")]


def test_demand_and_lever_are_one_span(language):
    text = (
        "If you don't sign the passport form by Monday you can forget seeing the kids at Christmas."
    )
    assert _words(language, text) == [("coercion", text)]


def test_an_emoji_before_a_flag_counts_as_one_code_point(language):
    text = "🙄🙄 ok. You are a useless liar."
    assert _words(language, text) == [("insult", "You are a useless liar.")]


def test_zero_width_characters_do_not_hide_or_shift_a_flag(language):
    text = "ok. You are a use\u200bless li\u200bar. See you at 5."
    assert _words(language, text) == [("insult", "You are a use\u200bless li\u200bar.")]


EVADED = [
    "you are a l1ar",
    "y0u are a us3less 1diot",
    "you are an i d i o t",
    "you are an i.d.i.o.t",
    "yоu аre а uѕeless lіar",
    "you are a loooooser",
    "ur a b*tch",
    "YOU ARE A U\u200dS\u200dE\u200dLESS LIAR",
    "you are a 𝐥𝐢𝐚𝐫",
    "you are a ｌｉａｒ",
    "you are a l\u0336i\u0336a\u0336r\u0336",
    "you are a $kank",
    "you’re an idiot",
]


@pytest.mark.parametrize("text", EVADED)
def test_evasions_are_flagged_like_the_plain_words(language, text):
    assert "insult" in _labels(language, text)


def test_an_insult_beside_a_boundary_is_flagged_for_itself(language):
    assert "insult" in _labels(language, "STOP TEXTING ME YOU USELESS LIAR")


def test_a_threat_is_not_hidden_by_a_boundary_beside_it(language):
    assert "threat" in _labels(language, "Do not come to my house or I will kill you.")


@pytest.mark.parametrize(
    ("alert", "text"),
    [
        ("self_harm", "Some days I don't want to be here anymore."),
        ("self_harm", "If you leave I'll kill myself."),
        ("safeguarding", "She told the school he hit her."),
        ("safeguarding", "40 degrees and not waking up properly"),
        ("safeguarding", "A man has been following me since Monday."),
    ],
)
def test_danger_raises_an_alert(language, alert, text):
    assert alert in {span.label for span in language.flags(text).alerts}


def test_an_instruction_for_the_case_that_raises_no_alert(language):
    assert language.flags("If he stops breathing call 999.").alerts == ()


@pytest.mark.parametrize(
    ("labels", "alerts", "wanted"),
    [
        ((), (), "none"),
        (("blame",), (), "low"),
        (("sarcasm", "shouting"), (), "low"),
        (("blame", "insult"), (), "high"),
        (("coercion",), (), "high"),
        (("threat", "blame"), (), "urgent"),
        ((), ("safeguarding",), "urgent"),
    ],
)
def test_severity_follows_the_table_of_the_guide(labels, alerts, wanted):
    assert flags.severity(labels, alerts) == wanted


@pytest.mark.parametrize(
    "text",
    ["HAPPY BIRTHDAY LEO!!!", "PE kit and GP at 4", "the label says DO NOT FREEZE", "I said NO"],
)
def test_joy_initials_labels_and_one_loud_word_are_no_shouting(language, text):
    assert _labels(language, text) == ()


def test_the_spans_lie_in_order_inside_the_text(language):
    text = "You lazy idiot. Bring the bag at 5. You'll regret this."
    spans = language.flags(text).spans
    assert [span.label for span in spans] == ["insult", "threat"]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
