"""Threads and numbers, drafts, and the terms of cases."""

import json
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from broker.domain.errors import NotHere
from broker.domain.ids import new_id
from broker.domain.message import Draft, Thread
from broker.domain.policy import Terms
from broker.store.tables import drafts, terms, threads
from broker.store.vault import Vault


class SqlThreads:
    """``broker.ports.Threads`` over SQL."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def get(self, case: str, thread: str) -> Thread:
        """Return one thread. Raises NotHere."""
        row = self._connection.execute(
            select(threads).where(threads.c.case_id == case, threads.c.thread_id == thread)
        ).first()
        if row is None:
            raise NotHere
        return self._thread(row)

    def of(self, case: str) -> list[Thread]:
        """Return the threads in which something has been delivered or imported."""
        rows = self._connection.execute(
            select(threads)
            .where(threads.c.case_id == case, threads.c.number.is_not(None))
            .order_by(threads.c.number)
        ).all()
        self._vault.learn(case, [row.thread_id for row in rows if row.title])
        return [self._thread(row) for row in rows]

    def of_topic(self, case: str, topic: str) -> Thread:
        """Return the standing thread of a topic, making it if there is none."""
        row = self._connection.execute(
            select(threads).where(
                threads.c.case_id == case, threads.c.topic == topic, threads.c.title.is_(None)
            )
        ).first()
        return self._thread(row) if row else self.add(case, topic, "")

    def add(self, case: str, topic: str, title: str) -> Thread:
        """Add a thread; with a title of its own if it is imported."""
        thread = new_id()
        self._connection.execute(
            insert(threads).values(
                case_id=case,
                thread_id=thread,
                topic=topic,
                title=self._vault.seal(case, thread, "title", title) if title else None,
                delivered=0,
                imported=0,
            )
        )
        return self.get(case, thread)

    def next_number(self, case: str, thread: str, *, imported: bool = False) -> int:
        """Give the next number in this thread; gives the thread its own number if it has none."""
        column = threads.c.imported if imported else threads.c.delivered
        mine = threads.c.case_id == case, threads.c.thread_id == thread
        highest = select(func.max(threads.c.number)).where(threads.c.case_id == case)
        if self.get(case, thread).number is None:
            number = (self._connection.execute(highest).scalar() or 0) + 1
            self._connection.execute(update(threads).where(*mine).values(number=number))
        self._connection.execute(update(threads).where(*mine).values({column: column + 1}))
        return int(self._connection.execute(select(column).where(*mine)).scalar_one())

    def _thread(self, row: Row[Any]) -> Thread:
        title = row.title and self._vault.open(row.case_id, row.thread_id, "title", row.title)
        return Thread(
            case=row.case_id,
            id=row.thread_id,
            topic=row.topic,
            title=title or "",
            number=row.number,
            delivered=row.delivered,
            imported=row.imported,
        )


class SqlDrafts:
    """``broker.ports.Drafts`` over SQL."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def put(self, draft: Draft) -> None:
        """Store or replace a draft."""
        self.drop(draft.case, draft.member, draft.id)
        self._connection.execute(
            insert(drafts).values(
                case_id=draft.case,
                draft_id=draft.id,
                member_id=draft.member,
                text=self._vault.seal(draft.case, draft.id, "draft", draft.text),
                topic=draft.topic,
                thread_id=draft.thread,
                reply_to=draft.reply_to,
                kept_until=draft.kept_until,
            )
        )

    def get(self, case: str, member: str, draft: str, now: datetime) -> Draft:
        """Return a member's own draft, as long as it is kept. Raises NotHere."""
        for found in self.of(case, member, now):
            if found.id == draft:
                return found
        raise NotHere

    def of(self, case: str, member: str, now: datetime) -> list[Draft]:
        """Return a member's drafts whose day is not over, newest first."""
        mine = drafts.c.case_id == case, drafts.c.member_id == member
        rows = self._connection.execute(
            select(drafts)
            .where(*mine, drafts.c.kept_until > now)
            .order_by(drafts.c.kept_until.desc())
        )
        return [self._draft(row) for row in rows]

    def drop(self, case: str, member: str, draft: str) -> None:
        """Destroy a draft and its key."""
        gone = self._connection.execute(
            delete(drafts).where(
                drafts.c.case_id == case, drafts.c.member_id == member, drafts.c.draft_id == draft
            )
        )
        if gone.rowcount:
            self._vault.destroy(case, draft)

    def drop_expired(self, now: datetime) -> int:
        """Destroy drafts whose day is over; return how many."""
        rows = self._connection.execute(select(drafts).where(drafts.c.kept_until <= now)).all()
        for row in rows:
            self.drop(row.case_id, row.member_id, row.draft_id)
        return len(rows)

    def _draft(self, row: Row[Any]) -> Draft:
        return Draft(
            case=row.case_id,
            id=row.draft_id,
            member=row.member_id,
            text=self._vault.open(row.case_id, row.draft_id, "draft", row.text),
            topic=row.topic,
            thread=row.thread_id,
            reply_to=row.reply_to,
            kept_until=row.kept_until,
        )


class SqlTerms:
    """``broker.ports.TermsBook`` over SQL; each version is kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_force(self, case: str, at: datetime) -> Terms:
        """Return the terms that count at a moment; the plain ones where none were set."""
        row = self._connection.execute(
            select(terms)
            .where(terms.c.case_id == case, terms.c.since <= at)
            .order_by(terms.c.version.desc())
        ).first()
        return _terms(row) if row else Terms()

    def all(self, case: str) -> list[Terms]:
        """Return every version, oldest first."""
        rows = self._connection.execute(
            select(terms).where(terms.c.case_id == case).order_by(terms.c.version)
        )
        return [_terms(row) for row in rows]

    def add(self, case: str, new: Terms, since: datetime) -> Terms:
        """Add a version that counts from a moment on, and return it with its number."""
        version = len(self.all(case)) + 1
        body = {
            "modes": new.modes,
            "opens": new.opens.isoformat("minutes"),
            "closes": new.closes.isoformat("minutes"),
            **{name: getattr(new, name) for name in _NUMBERS},
        }
        self._connection.execute(
            insert(terms).values(
                case_id=case, version=version, since=since, body=json.dumps(body, sort_keys=True)
            )
        )
        return self.all(case)[-1]


_NUMBERS = ("per_day", "length", "hold_hours", "promise_hours")


def _terms(row: Row[Any]) -> Terms:
    body = json.loads(row.body)
    return Terms(
        version=row.version,
        since=row.since,
        modes=body["modes"],
        opens=time.fromisoformat(body["opens"]),
        closes=time.fromisoformat(body["closes"]),
        **{name: body[name] for name in _NUMBERS},
    )
