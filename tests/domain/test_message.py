"""Texts that can be kept, moves that can be made, roles that may."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.errors import TextEmpty, TextTooLong, TextUnreadable
from broker.domain.message import HARD_LIMIT, MOVES, Move, State, readable
from broker.domain.people import PERMISSIONS, Role, may


@pytest.mark.parametrize("text", ["", " ", "\n\t \n", "\u2003"])
def test_nothing_written_is_nothing_to_send(text: str) -> None:
    with pytest.raises(TextEmpty):
        readable(text)


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "ok\udfff", "a\x1b[31m", "a\rb", "\x07"])
def test_a_character_that_cannot_be_kept_is_named(text: str) -> None:
    with pytest.raises(TextUnreadable, match=r"U\+[0-9A-F]{4}"):
        readable(text)


@pytest.mark.parametrize(
    "text", ["\u202eright to left", "😀" * 8_000, "e\u0301\n\tx", "مرحبا", "👩‍👧‍👦"]
)
def test_what_people_write_is_kept_byte_for_byte(text: str) -> None:
    assert readable(text) is text


def test_the_limit_is_said_with_both_numbers() -> None:
    with pytest.raises(TextTooLong, match=r"8001 characters\. Up to 8000"):
        readable("x" * (HARD_LIMIT + 1))


@given(st.text())
def test_any_text_is_kept_or_refused_with_a_sentence(text: str) -> None:
    try:
        kept = readable(text)
    except (TextEmpty, TextTooLong, TextUnreadable) as refusal:
        kept, sentence = None, str(refusal)
    assert kept == text if kept is not None else sentence.endswith(".")


FINAL = {State.DELIVERED, State.RETURNED, State.WITHDRAWN}


def test_a_message_that_has_arrived_or_ended_never_moves_again() -> None:
    assert not [(state, move) for state, move in MOVES if state in FINAL]


def test_every_state_but_pending_can_be_reached_and_every_move_is_used() -> None:
    reached = {state for state in MOVES.values() if state}
    assert reached == set(State) - {State.PENDING}
    assert {move for _, move in MOVES} == set(Move)


def test_only_a_pending_message_can_be_undone() -> None:
    assert [state for state, move in MOVES if move is Move.UNDO] == [State.PENDING]


def test_an_action_that_is_not_in_the_table_is_refused_to_everybody() -> None:
    assert not any(may(role, "message.edit") for role in Role)


def test_nobody_may_nothing() -> None:
    assert not any(may(Role.NOBODY, action) for action in PERMISSIONS)


SECRET = {"message.write", "message.own", "reading.set"}


def test_only_parents_write_and_no_operator_reads() -> None:
    for role, action in product(Role, SECRET):
        assert may(role, action) == (role is Role.PARENT)
    assert not may(Role.OPERATOR, "message.read")
    assert not may(Role.READER, "hold.see")
