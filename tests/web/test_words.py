"""Words that pages share."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import g

from broker.domain.assessment import Assessment, Flag
from broker.domain.people import TOPICS_OF
from broker.web import reasons, words
from tests.web.site import Site

PATTERNS = Path(__file__).parents[2] / "nlp" / "patterns"
NEVER_FLAGGED = {"boundary", "plain"}


@pytest.fixture
def page(site: Site):  # type: ignore[no-untyped-def]
    """A request in a case in London, on Monday 23 November 2026 at 09:00."""
    family = site.world.family()
    with site.app.test_request_context(), site.world.work().reading() as work:
        g.case = work.people.case(family.case)
        yield g.case


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-23T08:02:05+00:00", "Today, 08:02"),
        ("2026-11-22T23:59:00+00:00", "Yesterday, 23:59"),
        ("2026-11-24T00:00:00+00:00", "Tomorrow, 00:00"),
        ("2026-11-20T14:02:00+00:00", "Friday 20 November, 14:02"),
        ("2026-07-03T16:30:00+00:00", "Friday 3 July, 17:30"),
        ("2025-12-31T10:00:00+00:00", "Wednesday 31 December 2025, 10:00"),
    ],
)
def test_times_are_said_in_the_zone_of_the_case(page: object, at: str, said: str) -> None:
    assert words.when(datetime.fromisoformat(at)) == said


def test_a_moment_of_undo_has_seconds(page: object) -> None:
    at = datetime(2026, 11, 23, 14, 2, 30, tzinfo=UTC)
    assert words.clock(at, seconds=True) == "14:02:30"


def test_every_topic_of_every_kind_of_case_has_a_name(page: object) -> None:
    for about, topics in TOPICS_OF.items():
        names = [words.topic_name(topic, about) for topic in topics]
        assert len(set(names)) == len(topics)
        assert words.TOPIC_NAMES["other"] not in names[:-1]


def test_every_reason_of_the_language_step_has_a_sentence_of_its_own() -> None:
    used = {
        json.loads(line)["reason"]
        for path in PATTERNS.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    }
    assert used
    assert used - NEVER_FLAGGED <= set(reasons.REASONS)


def test_a_reason_nobody_knows_gets_a_neutral_sentence(page: object) -> None:
    assert reasons.reason(Flag(0, 1, "new", "new@1", "new")) == "May read as hostile."


def test_an_alert_names_its_kind_and_none_of_the_words(page: object) -> None:
    class Line:
        assessment = Assessment(True, flags=(Flag(0, 4, "threat", "t@1", "threat"),))

    assert reasons.alert_name(Line()) == "This message may hold a threat"  # type: ignore[arg-type]


def test_folded_words_are_absent_and_others_words_are_isolated(site: Site) -> None:
    with site.app.test_request_context():
        parts = site.app.jinja_env.get_template("parts.html").make_module()
        said = parts.words(["<b>Friday</b>", None, "\u202eat six"])  # type: ignore[attr-defined]
    assert "&lt;b&gt;Friday" in said
    assert said.count('<div class="words" dir="auto" translate="no">') == 2
    assert "Some wording is folded away." in said
