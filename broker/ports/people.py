"""People, their sessions and passwords, as the story needs them."""

from datetime import datetime
from typing import Protocol

from broker.domain.people import Case, Member, Person, Session


class People(Protocol):
    """Persons, cases and members."""

    def case(self, case: str) -> Case:
        """Return one case. Raises NotHere."""

    def cases(self) -> list[Case]:
        """Return every case, oldest first (for the operator and the demo)."""

    def add_case(self, case: Case) -> None:
        """Store a new case."""

    def member(self, case: str, member: str) -> Member:
        """Return one member. Raises NotHere."""

    def members(self, case: str) -> list[Member]:
        """Return all members of a case, in the order in which they were named."""

    def add_member(self, member: Member) -> None:
        """Store a place in a case, joined or not."""

    def join(self, case: str, member: str, person: str) -> None:
        """Fill a place with a person."""

    def set_shield(self, case: str, member: str, shield: str) -> None:
        """Set what this reader has folded."""

    def memberships(self, person: str) -> list[Member]:
        """Return all places of a person."""

    def person(self, person: str) -> Person:
        """Return one person. Raises NotHere."""

    def add_person(self, person: Person, login: str, password_hash: str) -> None:
        """Store a person. Raises NameTaken."""

    def by_login(self, login: str) -> tuple[Person, str] | None:
        """Return a person and the stored password by sign-in name (blind index)."""

    def password(self, person: str) -> str:
        """Return the stored password of a person."""

    def set_password(self, person: str, password_hash: str) -> None:
        """Replace the stored password."""

    def add_code(self, case: str, member: str, code: str, until: datetime) -> None:
        """Keep the hash of a joining code, replacing an older one of that place."""

    def place_of_code(self, code: str, now: datetime) -> Member | None:
        """Return the place a live code opens, or None."""

    def spend_code(self, code: str, now: datetime) -> None:
        """Mark a code as used."""


class Sessions(Protocol):
    """Signed-in browsers."""

    def start(self, person: str, now: datetime) -> str:
        """Begin a session and return its secret id (256 bits, only its hash is kept)."""

    def find(self, secret: str, now: datetime) -> Session | None:
        """Return the session of a secret id with its state: live, idle or ended."""

    def use(self, secret: str, now: datetime) -> None:
        """Note that a session was used, so that it does not fall idle."""

    def drop_old(self, before: datetime) -> None:
        """Remove sessions that began, and tries that were made, before a moment."""

    def end(self, secret: str, now: datetime) -> None:
        """End one session."""

    def end_all(self, person: str, now: datetime) -> None:
        """End every session of a person."""

    def tries(self, pair: str, since: datetime) -> int:
        """Count failed tries of a pair of account and network."""

    def note_try(self, pair: str, now: datetime) -> None:
        """Keep a failed try."""

    def forget_tries(self, pair: str) -> None:
        """Forget failed tries after a good one."""


class Hasher(Protocol):
    """Hashes passwords (argon2id)."""

    def hash(self, password: str) -> str:
        """Return the stored form."""

    def verify(self, stored: str | None, password: str) -> bool:
        """Compare; with ``None`` do the same work on a dummy and return False."""
