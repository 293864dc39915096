"""Signed-in browsers, and failed tries. A session's secret is known by its hash alone."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from broker.domain.people import Session
from broker.store.people import SqlPeople
from broker.store.tables import sessions, tries
from broker.store.vault import Vault, fingerprint

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
NOTE_USE_EVERY = timedelta(seconds=30)


class SqlSessions:
    """``broker.ports.Sessions`` over SQL."""

    def __init__(self, connection: Connection, vault: Vault, people: SqlPeople) -> None:
        self._connection = connection
        self._vault = vault
        self._people = people

    def start(self, person: str, now: datetime) -> str:
        """Begin a session and return its secret id (256 bits, only its hash is kept)."""
        secret = secrets.token_urlsafe(32)
        self._connection.execute(
            insert(sessions).values(
                secret_hash=fingerprint(secret), person_id=person, started_at=now, used_at=now
            )
        )
        return secret

    def find(self, secret: str, now: datetime) -> Session | None:
        """Return the session of a secret id with its state: live, idle or ended."""
        row = self._connection.execute(
            select(sessions).where(sessions.c.secret_hash == fingerprint(secret))
        ).first()
        if row is None:
            return None
        person = self._people.person(row.person_id)
        ends_at = min(row.used_at + IDLE, row.started_at + LONGEST)
        state = "live" if now < ends_at else "idle"
        if row.ended_at is not None or person.disabled:
            state = "ended"
        return Session(person, state, row.used_at, ends_at)

    def use(self, secret: str, now: datetime) -> None:
        """Note that a session was used, so that it does not fall idle."""
        self._connection.execute(
            update(sessions)
            .where(sessions.c.secret_hash == fingerprint(secret))
            .values(used_at=now)
        )

    def end(self, secret: str, now: datetime) -> None:
        """End one session."""
        self._connection.execute(
            update(sessions)
            .where(sessions.c.secret_hash == fingerprint(secret), sessions.c.ended_at.is_(None))
            .values(ended_at=now)
        )

    def end_all(self, person: str, now: datetime) -> None:
        """End every session of a person."""
        self._connection.execute(
            update(sessions)
            .where(sessions.c.person_id == person, sessions.c.ended_at.is_(None))
            .values(ended_at=now)
        )

    def drop_old(self, before: datetime) -> None:
        """Remove sessions that began, and tries that were made, before a moment."""
        self._connection.execute(delete(sessions).where(sessions.c.started_at < before))
        self._connection.execute(delete(tries).where(tries.c.at < before))

    def tries(self, pair: str, since: datetime) -> int:
        """Count failed tries of a pair of account and network."""
        query = select(func.count()).where(
            tries.c.pair == self._vault.mac("try", pair), tries.c.at >= since
        )
        return self._connection.execute(query).scalar_one()

    def note_try(self, pair: str, now: datetime) -> None:
        """Keep a failed try (a keyed hash of the pair, never the pair)."""
        self._connection.execute(insert(tries).values(pair=self._vault.mac("try", pair), at=now))

    def forget_tries(self, pair: str) -> None:
        """Forget failed tries after a good one."""
        self._connection.execute(delete(tries).where(tries.c.pair == self._vault.mac("try", pair)))
