"""A change is code, test and page (rule 12): what exists has its line, what is named exists."""

import re
from pathlib import Path

import pytest

from broker.domain.message import MOVES, Move, State

ROOT = Path(__file__).parents[1]
LIFE = (ROOT / "docs" / "how-a-message-lives.md").read_text()


@pytest.mark.parametrize("state", State)
def test_every_state_of_a_message_stands_in_its_life(state: State) -> None:
    assert f"| `{state}` |" in LIFE


@pytest.mark.parametrize("move", Move)
def test_every_move_stands_in_its_life(move: Move) -> None:
    assert f"| **{move}** |" in LIFE
    assert any(of == move for _, of in MOVES)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_what_a_page_names_in_the_tree_is_there(page: Path) -> None:
    tops = "broker|nlp|tests|docs|deploy|templates|static|migrations|benchmarks"
    named = re.findall(rf"`((?:{tops})/[\w./-]*)`", page.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []
