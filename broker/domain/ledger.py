"""Entries, hash chain and Merkle tree of one log. Knows bytes; knows no database and no text.

Canonical form: RFC 8785 subset (sorted keys, no floats, no insignificant white space, UTF-8).
Leaf and node prefixes: RFC 6962 §2.1. Byte-exact description: ``docs/record-format.md``.
What is stored is hashed; nothing is ever re-serialised to be checked.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from broker.domain.errors import ClockWentBack

VERSION = 1
NO_LEAF = "0" * 64
LEAF, NODE, COMMIT = b"\x00", b"\x01", b"\x02"
SKEW = timedelta(seconds=60)
FIELDS = frozenset(
    {"v", "origin", "seq", "type", "actor", "at", "prev_leaf", "body_commit", "meta"}
)

CASE_TYPES = (
    "case.opened", "member.joined", "member.left", "terms.set", "grant.shared",
    "message.delivered", "message.imported", "case.paused", "case.stopped", "case.closed",
    "key.rotated", "anchor", "erasure",
)  # fmt: skip
MEMBER_TYPES = (
    "message.accepted", "message.queued", "message.held", "message.returned",
    "message.withdrawn", "message.first_viewed", "record.made", "record.taken", "grant.own",
    "account.joined", "account.reset",
)  # fmt: skip
DESK_TYPES = (
    "message.assessed", "message.held", "message.opened", "message.claimed",
    "decision.made", "decision.undone", "message.released", "message.returned",
    "message.withdrawn", "message.lapsed", "thread.opened", "urgent.told", "help.asked",
)  # fmt: skip
TYPES = {"case": CASE_TYPES, "member": MEMBER_TYPES, "desk": DESK_TYPES}
"""What each log may hold. The case log holds only what both parents may know."""


def _refused_number(literal: str) -> object:
    raise ValueError(f"an entry holds no {literal}")


@dataclass(frozen=True)
class Entry:
    """One stored entry: its exact bytes and where they stand."""

    seq: int
    data: bytes

    @cached_property
    def leaf(self) -> str:
        """SHA-256(0x00 ‖ bytes), hex."""
        return leaf_hash(self.data)

    @property
    def fields(self) -> dict[str, Any]:
        """The entry as a value, for reading; never for hashing."""
        value: dict[str, Any] = json.loads(
            self.data, parse_float=_refused_number, parse_constant=_refused_number
        )
        return value


@dataclass(frozen=True)
class Head:
    """Size and root of one log, and the last leaf of its chain."""

    origin: str
    size: int
    root: str
    last_leaf: str


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold; ``seq`` is where, as far as one can say."""

    origin: str
    seq: int
    what: str


def canonical(value: dict[str, Any]) -> bytes:
    """Return the one serialisation of an entry.

    Raises:
        TypeError: the value holds a float or something JSON has no name for.

    """
    _refuse_floats(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("an entry holds no floats")
    for inner in value.values() if isinstance(value, dict) else ():
        _refuse_floats(inner)
    for inner in value if isinstance(value, list | tuple) else ():
        _refuse_floats(inner)


def moment(at: datetime) -> str:
    """Return an aware time as entries write it: UTC, milliseconds, ``Z``."""
    utc = at.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def commitment(salt: bytes, body: str) -> bytes:
    """Return SHA-256(0x02 ‖ salt ‖ UTF-8 body): says nothing of the body without the salt.

    Args:
        salt: 32 random bytes, sealed beside the body and destroyed with it.

    """
    if len(salt) != 32:
        raise ValueError("a salt has 32 bytes")
    return sha256(COMMIT + salt + body.encode()).digest()


def leaf_hash(data: bytes) -> str:
    """Return the hash of one entry's bytes (RFC 6962 §2.1), hex."""
    return sha256(LEAF + data).hexdigest()


def next_entry(
    last: Entry | None,
    origin: str,
    type_: str,
    actor: str,
    at: datetime,
    body_commit: bytes | None = None,
    meta: dict[str, Any] | None = None,
) -> Entry:
    """Return the entry that follows ``last`` in the log ``origin``.

    Raises:
        ClockWentBack: ``at`` stands more than ``SKEW`` before the last entry.
        ValueError: this kind of log holds no such entry.

    """
    if type_ not in TYPES[origin.split("/")[1]]:
        raise ValueError(f"{origin} holds no {type_}")
    if last is not None and moment(at + SKEW) < last.fields["at"]:
        raise ClockWentBack
    seq = last.seq + 1 if last else 0
    data = canonical(
        {
            "v": VERSION,
            "origin": origin,
            "seq": seq,
            "type": type_,
            "actor": actor,
            "at": moment(at),
            "prev_leaf": last.leaf if last else NO_LEAF,
            "body_commit": body_commit.hex() if body_commit else None,
            "meta": meta or {},
        }
    )
    return Entry(seq, data)


def root(leaves: Sequence[str]) -> str:
    """Return the RFC 6962 tree head over leaf hashes (hex); of nothing: SHA-256 of nothing."""
    if not leaves:
        return sha256(b"").hexdigest()
    level = [bytes.fromhex(leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = [
            sha256(NODE + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)
        ]
        level = pairs + level[len(pairs) * 2 :]
    return level[0].hex()


def head(origin: str, entries: Sequence[Entry]) -> Head:
    """Return the head of a whole log, computed from its bytes."""
    leaves = [entry.leaf for entry in entries]
    return Head(origin, len(leaves), root(leaves), leaves[-1] if leaves else NO_LEAF)


def verify(origin: str, entries: Iterable[Entry]) -> list[Fault]:
    """Recompute one log from its stored bytes and return everything that does not hold."""
    faults: list[Fault] = []
    previous: dict[str, Any] | None = None
    before = NO_LEAF
    for expected, entry in enumerate(entries):
        fields = _fields_or_none(entry)
        wrong = _wrong(origin, expected, entry, fields, before)
        if previous and fields and _went_back(previous["at"], fields["at"]):
            wrong.append("time before the entry before it")
        faults += [Fault(origin, expected, what) for what in wrong]
        previous, before = fields or previous, entry.leaf
    return faults


def _wrong(
    origin: str, expected: int, entry: Entry, fields: dict[str, Any] | None, before: str
) -> list[str]:
    if fields is None:
        return ["not an entry"]
    checks = {
        "not in canonical form": canonical(fields) == entry.data,
        "of another log": fields["origin"] == origin,
        "out of sequence": fields["seq"] == expected == entry.seq,
        "does not follow the entry before it": fields["prev_leaf"] == before,
    }
    return [what for what, holds in checks.items() if not holds]


def _fields_or_none(entry: Entry) -> dict[str, Any] | None:
    try:
        fields = entry.fields
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) and set(fields) == FIELDS else None


def _went_back(earlier: str, later: str) -> bool:
    try:
        return datetime.fromisoformat(later) + SKEW < datetime.fromisoformat(earlier)
    except (TypeError, ValueError):
        return True
