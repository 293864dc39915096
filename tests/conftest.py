"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A fresh world over a database of its own."""
    made = make_world(tmp_path)
    yield made
    made.engine.dispose()
