"""The suggestion from end to end: the words are flagged, cut and written by the step itself."""

import pytest

from nlp import rewrite
from nlp.results import Reading

FORM = (
    "As usual you forgot the school form, can you bring it to the handover on Saturday 14 March at "
    "10am or are you too busy with your new boyfriend?"
)
OFFERED = [
    (
        FORM,
        "You forgot the school form. Can you bring it to the handover on Saturday 14 March at "
        "10am?",
    ),
    (
        "You never bother to send Emma's inhaler, you lazy idiot, make sure it's there Friday at "
        "5.",
        "Please make sure Emma's inhaler is there Friday at 5.",
    ),
    (
        "If you don't sign the passport form by Monday you can forget seeing the kids at "
        "Christmas.",
        "Please sign the passport form by Monday.",
    ),
    (
        "You owe me £45 for the shoes, not that you've ever paid for anything in your life.",
        "You owe me £45 for the shoes.",
    ),
    (
        "I can't believe how selfish you are. No, I won't swap the 12th.",
        "No, I won't swap the 12th.",
    ),
    ("Sign by Monday or you won't see them.", "Please sign by Monday."),
    ("You forgot her inhaler AGAIN, you useless cow.", "You forgot her inhaler."),
    ("What time is pick up or do you need to ask your boss first?", "What time is pick up?"),
    ("wot time is pick up or do u need to ask ur boss first", "Wot time is pick up?"),
]


def _offer(language, text):
    reading = language.read(text)
    assert isinstance(reading, Reading)
    return reading.rewrite, reading.rewrite_note


@pytest.mark.parametrize(("original", "expected"), OFFERED)
def test_the_guides_rewrites_come_out_of_the_whole_step_word_for_word(language, original, expected):
    assert _offer(language, original) == (expected, "offered")


def test_a_message_without_arrangements_gets_no_suggestion(language):
    text = "You're pathetic and everyone knows it."
    assert _offer(language, text) == (None, "no_arrangements")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You'll regret this. Pick up is at 4 on Friday.", "Pick up is at 4 on Friday."),
        (
            "Bring her coat on Friday at 5. I know where you live.",
            "Please bring her coat on Friday at 5.",
        ),
    ],
)
def test_a_threat_is_left_out_and_the_note_says_so(language, text, expected):
    assert _offer(language, text) == (expected, "threat_left_out")


def test_what_still_reads_as_hostile_is_not_offered(language, monkeypatch):
    def injected(*_args, **_named):
        return "Bring the bag, you useless liar.", "offered"

    monkeypatch.setattr(rewrite, "suggest", injected)
    assert _offer(language, "You lazy idiot, bring the bag on Friday.") == (None, "check_failed")


def test_what_would_raise_an_alert_is_not_offered(language, monkeypatch):
    def injected(*_args, **_named):
        return "I don't want to be here anymore.", "offered"

    monkeypatch.setattr(rewrite, "suggest", injected)
    assert _offer(language, "You lazy idiot, bring the bag on Friday.") == (None, "check_failed")


def test_a_plain_suggestion_passes_the_same_reading(language, monkeypatch):
    def injected(*_args, **_named):
        return "Please bring the bag.", "offered"

    monkeypatch.setattr(rewrite, "suggest", injected)
    offered = ("Please bring the bag.", "offered")
    assert _offer(language, "You lazy idiot, bring the bag on Friday.") == offered


BESIDE = [
    (
        "If u go to mediation ill stop paying for swimming, lesson is Tues 4pm",
        "If u go to mediation ill stop paying for swimming",
    ),
    ("u just dont care need 6 nappies in there fri", "u just dont care"),
    ("you lazy idiot — swimming is at 4", "you lazy idiot"),
    ("You useless liar\nPick up is at 4 on Friday.", "You useless liar"),
    ("Pick up is at 4 and you are a useless liar", "and you are a useless liar"),
    ("ur pathetic 🙄 football is at 10", "ur pathetic"),
    (
        "The recital is at 2, the school wants names, you selfish cow.",
        "you selfish cow.",
    ),
]


@pytest.mark.parametrize(("text", "flagged"), BESIDE)
def test_the_arrangement_beside_hostile_words_is_never_inside_the_flag(language, text, flagged):
    spans = language.flags(text).spans
    assert [text[s.start : s.end] for s in spans] == [flagged]


@pytest.mark.parametrize(
    "text",
    [
        "What's the matter, nobody at home to tell you what to think?",
        "Should I put you down as a maybe, the way the kids do?",
    ],
)
def test_the_hostile_tag_stays_with_its_clause(language, text):
    assert [(s.start, s.end) for s in language.flags(text).spans] == [(0, len(text))]
