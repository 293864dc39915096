"""Persons, members and the whole permission table. What is not in the table is refused.

A *person* signs in. A *member* is a person in one case, with one role, from and until. An operator
runs an installation and is a member of no case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in a case; ``operator`` and ``nobody`` are outside of every case.

    A supporter (somebody who reads first for a parent) will be a further role and rows below.
    """

    PARENT = "parent"
    MEDIATOR = "mediator"
    READER = "reader"
    OPERATOR = "operator"
    NOBODY = "nobody"


class CaseState(StrEnum):
    """The life of a case."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True)
class Person:
    """Somebody who signs in."""

    id: str
    name: str
    operator: bool = False
    disabled: bool = False


@dataclass(frozen=True)
class Member:
    """A place in a case; ``person`` is None until a joining code is used. ``name`` is shown."""

    case: str
    id: str
    role: Role
    name: str
    person: str | None
    since: datetime
    until: datetime | None = None
    shield: str = "flagged"

    def current(self, now: datetime) -> bool:
        """Whether this membership is in force."""
        return self.since <= now and (self.until is None or now < self.until)


@dataclass(frozen=True)
class Case:
    """A family's case. ``about``: children, pet or house; ``zone`` is an IANA name."""

    id: str
    code: str
    about: str
    zone: str
    state: CaseState
    opened_at: datetime
    demo: bool = False


@dataclass(frozen=True)
class Session:
    """A signed-in browser. ``state``: live, idle (fallen asleep) or ended."""

    person: Person
    state: str
    used_at: datetime
    ends_at: datetime


def mediators(members: Iterable[Member], now: datetime) -> list[Member]:
    """Return the mediators who have accepted the case: who would look at a held message."""
    return [m for m in members if m.role is Role.MEDIATOR and m.person and m.current(now)]


ABOUT = ("children", "pet", "house")
TOPICS = ("handover", "schedule", "health", "school", "money", "belongings", "other")
TOPICS_OF = {
    "children": TOPICS,
    "pet": ("handover", "schedule", "health", "money", "belongings", "other"),
    "house": ("visits", "money", "belongings", "schedule", "other"),
}
"""Which topics a case is asked about; an imported thread may bring any of them."""

SHIELDS = ("nothing", "flagged", "facts")
"""What a reader has folded away: nothing, flagged wording, all but facts."""

_P, _M, _R, _O = Role.PARENT, Role.MEDIATOR, Role.READER, Role.OPERATOR

PERMISSIONS: dict[str, frozenset[Role]] = {
    "own.account": frozenset({_P, _M, _R, _O}),
    "case.see": frozenset({_P, _M, _R}),
    "case.people": frozenset({_P, _M, _R}),
    "message.write": frozenset({_P}),
    "message.own": frozenset({_P}),
    "message.read": frozenset({_P, _M, _R}),
    "thread.search": frozenset({_P, _M, _R}),
    "reading.set": frozenset({_P}),
    "notice.see": frozenset({_P, _M}),
    "help.ask": frozenset({_P}),
    "hold.see": frozenset({_M}),
    "hold.decide": frozenset({_M}),
    "thread.import": frozenset({_M, _O}),
    "record.make": frozenset({_P, _M, _R}),
    "record.take": frozenset({_P, _M, _R}),
    "case.open": frozenset({_M, _O}),
    "terms.set": frozenset({_M, _O}),
    "ledger.verify": frozenset({_O}),
}
"""Action → roles that may. Whether the thing acted on is in reach (same case, own message, a held
message of an assigned case) is decided by the store's queries, which take the member."""


def may(role: Role, action: str) -> bool:
    """Say whether the table allows it; an unknown action is refused."""
    return role in PERMISSIONS.get(action, frozenset())
