"""Passwords as argon2id hashes (RFC 9106), with a dummy for accounts that do not exist."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

TIME, MEMORY, LANES = 3, 65_536, 4
"""Passes, KiB and lanes: about 0.2 s on one core; OWASP's floor is 2, 19456 and 1."""


class Argon2Hasher:
    """``broker.ports.Hasher``; the same work is done whether or not the account exists."""

    def __init__(self, time: int = TIME, memory: int = MEMORY, lanes: int = LANES) -> None:
        self._argon2 = PasswordHasher(time_cost=time, memory_cost=memory, parallelism=lanes)
        self._dummy = self._argon2.hash("nobody's password")

    def hash(self, password: str) -> str:
        """Return the stored form of a password."""
        return self._argon2.hash(password)

    def verify(self, stored: str | None, password: str) -> bool:
        """Compare; with ``None`` do the same work on a dummy and return False."""
        try:
            return self._argon2.verify(stored or self._dummy, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False
