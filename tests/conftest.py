"""What every test may ask for, and how hypothesis looks for counter-examples.

Here each run looks anew; in CI every run looks at the same examples, so that a red run can be
repeated. No deadline, because two cores are shared by all tests.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.world import World, make_world

SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("here", **SHARED)
settings.register_profile("ci", derandomize=True, print_blob=True, **SHARED)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A fresh world over a database of its own."""
    made = make_world(tmp_path)
    yield made
    made.engine.dispose()
