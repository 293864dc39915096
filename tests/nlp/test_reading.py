"""The face of the language step: what comes back, whatever is sent."""

import subprocess
import sys
import time
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nlp
from nlp import language as step
from nlp import pipeline
from nlp.results import Context, NotAssessed, Reading

HOSTILE = "You lazy idiot, bring the blue bag to school on Friday at 5. You'll regret this."
WORST = [
    "😀" * 8000,
    ".," * 4000,
    "(" * 8000,
    ":)" * 4000,
    "a" * 8000,
    "you " * 2000,
    "!?" * 4000,
    "A " * 4000,
    "you never " * 800,
    "\n" * 7999 + "x",
    "é" * 8000,
    "a\u0301" * 4000,
    "1 " * 4000,
    "' " * 4000,
    "if you dont or " * 530,
    "i d " * 2000,
    "you are a " * 800,
    "\u202e\u200b" * 3999 + "x",
    '"you said ' * 800,
]


def test_importing_the_face_imports_no_spacy():
    asked = "import nlp, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_a_hostile_message_is_read_whole(language):
    reading = language.read(HOSTILE)
    assert isinstance(reading, Reading)
    assert reading.labels == ("insult", "threat")
    assert reading.severity == "urgent"
    assert reading.logistics


def test_the_same_text_is_read_the_same_twice(language):
    assert language.read(HOSTILE) == language.read(HOSTILE)


def test_the_context_never_changes_a_flag(language):
    context = Context(
        datetime(2026, 3, 1, 9, tzinfo=UTC), "Europe/Madrid", "MDY", ("Leo",), "en-US"
    )
    plain, told = language.read(HOSTILE), language.read(HOSTILE, context=context)
    assert (plain.spans, plain.alerts, plain.severity) == (told.spans, told.alerts, told.severity)


def test_only_plain_frozen_values_leave(language):
    def plain(value):
        if is_dataclass(value):
            assert value.__dataclass_params__.frozen
            return all(plain(getattr(value, field.name)) for field in fields(value))
        if isinstance(value, tuple):
            return all(plain(each) for each in value)
        return type(value) in (str, int, bool, type(None))

    assert plain(language.read(HOSTILE))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("a" * 8001, "too_long"),
        ("a\0b", "not_text"),
        ("a\ud800b", "not_text"),
    ],
)
def test_what_cannot_be_analysed_is_said_to_be_so(language, text, reason):
    assert language.read(text) == NotAssessed(reason)


@pytest.mark.parametrize("text", WORST, ids=lambda text: repr(text[:8]))
def test_the_worst_texts_are_read_within_two_seconds(language, text):
    began = time.process_time()
    assert isinstance(language.read(text), Reading)
    assert time.process_time() - began < 2


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_is_answered_with_offsets_inside_it(language, text):
    reading = language.read(text)
    if isinstance(reading, NotAssessed):
        return
    for found in (*reading.spans, *reading.alert_spans, *reading.facts, *reading.questions):
        assert 0 <= found.start < found.end <= len(text)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=400))
def test_the_analysis_copy_is_as_long_as_the_text(text):
    assert len(pipeline.soften(text)) == len(text)


def test_the_analysis_copy_has_no_long_run():
    assert max(map(len, pipeline.soften("x" * 8000).split())) < pipeline.LONGEST_RUN


def test_a_changed_weight_file_is_refused(tmp_path, monkeypatch):
    pinned = tmp_path / "weights.sha256"
    pinned.write_text("0" * 64 + "  meta.json\n")
    (tmp_path / "meta.json").write_text("{}")
    monkeypatch.setattr(pipeline, "PINNED", pinned)
    with pytest.raises(pipeline.ModelChanged, match=r"meta\.json is not the pinned one"):
        pipeline.verify(tmp_path)


def test_a_missing_weight_file_is_refused(tmp_path):
    with pytest.raises(pipeline.ModelChanged, match="lacks its file"):
        pipeline.verify(tmp_path)


def test_the_version_names_the_rules_and_the_model(language):
    assert language.version.startswith("rules-")
    assert language.version.endswith(pipeline.MODEL)


def test_a_reading_needs_no_more_than_the_broker_lets_through():
    assert step.LONGEST == 8_000
    assert nlp.__all__
