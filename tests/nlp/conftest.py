"""One loaded language step for all tests of a worker."""

import pytest

import nlp
from nlp.language import Language


@pytest.fixture(scope="session")
def language() -> Language:
    return nlp.load()
