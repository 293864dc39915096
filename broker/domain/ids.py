"""Public ids: random, so that they tell no time and no count."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""Thirty letters and digits that are not mistaken for one another when read aloud."""


def new_id(length: int = 16) -> str:
    """Return a random id; 16 characters carry 78 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_code(groups: int = 3, size: int = 4) -> str:
    """Return a code a person can copy from paper, such as ``k7q2-mm4d-x9pt`` (59 bits)."""
    return "-".join(new_id(size) for _ in range(groups))
