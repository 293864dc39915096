"""Compares what is stored with itself: entries with their leaves, messages with their commitments.

Changes nothing. What was cut off the end of a log shows only against a head that somebody kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, Engine, Row, Select, inspect, select

from broker.domain.errors import NotHere
from broker.domain.ledger import COMMIT, Entry, Fault, Head, head, verify
from broker.store.tables import bodies, cases, entries, messages
from broker.store.vault import Vault

DELIVERIES = ("message.delivered", "message.imported")


@dataclass(frozen=True)
class Proof:
    """What was found: the head of every log as recomputed, and every fault."""

    heads: tuple[Head, ...]
    faults: tuple[Fault, ...]


def prove(engine: Engine, master: bytes) -> Proof:
    """Recompute chain and tree of every log and every delivered message's commitment."""
    with engine.connect().execution_options(writing=False) as connection:
        heads, faults = [], []
        for origin in _origins(connection):
            stored, log_faults = _log(connection, origin)
            heads.append(head(origin, stored))
            faults += log_faults
            if origin.endswith("/case"):
                faults += _deliveries(connection, Vault(connection, master), origin, stored)
        return Proof(tuple(heads), tuple(faults))


def _origins(connection: Connection) -> list[str]:
    query = select(entries.c.origin).distinct().order_by(entries.c.origin)
    return list(connection.execute(query).scalars())


def _log(connection: Connection, origin: str) -> tuple[list[Entry], list[Fault]]:
    query = select(entries.c.seq, entries.c.data, entries.c.leaf)
    rows = connection.execute(query.where(entries.c.origin == origin).order_by(entries.c.seq)).all()
    stored = [Entry(row.seq, _bytes(row.data)) for row in rows]
    faults = verify(origin, stored)
    faults += [
        Fault(origin, row.seq, "the stored leaf is not the hash of the entry")
        for row, entry in zip(rows, stored, strict=True)
        if row.leaf != bytes.fromhex(entry.leaf)
    ]
    return stored, faults


def _bytes(stored: bytes | str) -> bytes:
    """Return what is stored as bytes; a hand that is not ours may have left text there."""
    return stored.encode() if isinstance(stored, str) else stored


def _deliveries(
    connection: Connection, vault: Vault, origin: str, stored: list[Entry]
) -> Iterator[Fault]:
    """Compare each delivery in a case log with the sealed body it commits to, and back."""
    case = origin.split("/")[0]
    kept = {row.message_id: row for row in connection.execute(_bodies(case))}
    vault.learn(case, list(kept))
    told = set()
    for entry in stored:
        message = _delivered(entry)
        if message is None:
            continue
        told.add(message)
        if message not in kept:
            yield Fault(origin, entry.seq, f"message {message} is not there")
        elif _commitment(vault, kept[message]) != entry.fields["body_commit"]:
            yield Fault(origin, entry.seq, f"message {message} does not match its commitment")
    for message, row in kept.items():
        if row.state == "delivered" and message not in told:
            yield Fault(origin, len(stored), f"message {message} was delivered without an entry")


def _delivered(entry: Entry) -> str | None:
    try:
        fields = entry.fields
        return str(fields["meta"]["message"]) if fields["type"] in DELIVERIES else None
    except (KeyError, TypeError, ValueError):
        return None  # told as a fault of the log itself


def _bodies(case: str) -> Select[Any]:
    return (
        select(messages.c.case_id, messages.c.message_id, messages.c.state, bodies.c.body)
        .join(
            bodies,
            (bodies.c.case_id == messages.c.case_id)
            & (bodies.c.message_id == messages.c.message_id),
        )
        .where(messages.c.case_id == case)
    )


def _commitment(vault: Vault, row: Row[Any]) -> str | None:
    """Return the commitment over salt and text as they are sealed, or None if they do not open."""
    try:
        body = vault.open_bytes(row.case_id, row.message_id, "body", row.body)
    except (InvalidTag, NotHere, ValueError):
        return None
    return sha256(COMMIT + body).hexdigest()


def holds_demo(engine: Engine) -> bool:
    """Say whether any case is a demo; an empty database holds none."""
    with engine.connect().execution_options(writing=False) as connection:
        if not inspect(connection).has_table("cases"):
            return False
        return connection.execute(select(cases.c.case_id).where(cases.c.demo)).first() is not None
