"""What a reader is shown first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.assessment import Ask, Assessment, Flag, from_plain, to_plain
from broker.domain.message import Message, State
from broker.domain.shield import cut, show

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TEXT = "You useless liar. Can you bring the coat on Friday?"
FLAG = Flag(0, 17, "insult", "insult.name@1", "contempt")
READ = Assessment(True, flags=(FLAG,), severity="high", questions=(Ask(18, 51, TEXT[18:]),))
MESSAGE = Message("c", "m", "t", "anna", State.DELIVERED, TEXT, b"", NOW, NOW)


def test_a_shield_of_nothing_shows_the_whole() -> None:
    assert show(MESSAGE, READ, "nothing").parts == (TEXT,)


def test_flagged_wording_is_cut_out_and_its_place_is_kept() -> None:
    assert show(MESSAGE, READ, "flagged").parts == (None, TEXT[18:])


def test_all_but_facts_shows_no_running_words() -> None:
    shown = show(MESSAGE, READ, "facts")
    assert (shown.kind, shown.parts) == ("facts", ())


@pytest.mark.parametrize("shield", ["nothing", "flagged", "facts"])
def test_what_was_delivered_folded_is_folded_under_every_shield(shield: str) -> None:
    assert show(replace(MESSAGE, folded=True), READ, shield).kind == "facts"


@pytest.mark.parametrize("shield", ["nothing", "flagged", "facts"])
def test_s10_the_words_of_an_urgent_message_are_on_the_next_page(shield: str) -> None:
    assert show(replace(MESSAGE, urgent=True), READ, shield).parts == ()


@pytest.mark.parametrize("shield", ["nothing", "flagged", "facts"])
def test_s24_what_was_not_checked_is_never_shown_as_plain(shield: str) -> None:
    assert show(MESSAGE, Assessment.unavailable("slow"), shield).kind == "unchecked"


def test_ones_own_words_are_never_folded() -> None:
    assert show(replace(MESSAGE, folded=True), READ, "facts", own=True).parts == (TEXT,)


def test_where_nothing_could_be_listed_the_page_says_so() -> None:
    silent = replace(READ, questions=(), answer_needed=True)
    assert show(MESSAGE, silent, "facts").unsure


READABLE = st.text(st.characters(exclude_characters="\x01"), max_size=60)


@given(READABLE, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_no_flagged_character_is_ever_shown(text: str, ranges: list[tuple[int, int]]) -> None:
    marked = "".join(
        "\x01" if any(a <= n < b for a, b in ranges) else c for n, c in enumerate(text)
    )
    flags = tuple(Flag(a, b, "insult", "r", "x") for a, b in ranges if a < b)
    parts = cut(marked, flags)
    assert not any("\x01" in part for part in parts if part)
    shown = "".join(part for part in parts if part).split()
    assert "".join(shown) == "".join(marked.replace("\x01", "").split())


def test_an_assessment_is_kept_without_its_suggestion() -> None:
    told = replace(READ, rewrite="Can you bring the coat?", moments=(NOW, None))
    plain = to_plain(told)
    assert "Can you bring the coat?" not in str(plain)
    assert from_plain(plain) == replace(told, rewrite=None, rewrite_note="not_assessed")
