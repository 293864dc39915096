"""Messages as pages need them: by thread, by author, held, found by words; paged by key."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, and_, or_, select

from broker.domain.message import Message, State
from broker.store.messages import SqlMessages, whole
from broker.store.tables import messages, threads
from broker.store.vault import Vault

PAGE = 25


class SqlPages(SqlMessages):
    """``broker.ports.Pages`` over SQL: what somebody in a case may list."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        super().__init__(connection, vault)

    def delivered(
        self, case: str, thread: str, before: tuple[datetime, int] | None = None, size: int = PAGE
    ) -> list[Message]:
        """Return delivered messages of a thread, newest first, older than a key."""
        query = whole().where(
            messages.c.case_id == case,
            messages.c.thread_id == thread,
            messages.c.state == State.DELIVERED,
        )
        if before:
            at, number = before
            query = query.where(
                or_(
                    messages.c.delivered_at < at,
                    and_(messages.c.delivered_at == at, messages.c.number < number),
                )
            )
        order = messages.c.delivered_at.desc(), messages.c.number.desc()
        return self.opened(query.order_by(*order).limit(size))

    def delivered_to(self, case: str, author_not: str, since: datetime) -> list[Message]:
        """Return what others had delivered since a moment, newest first (for Today)."""
        query = whole().where(
            messages.c.case_id == case,
            messages.c.state == State.DELIVERED,
            messages.c.author != author_not,
            messages.c.claim.is_(None),
            messages.c.delivered_at >= since,
        )
        return self.opened(query.order_by(messages.c.delivered_at.desc()).limit(PAGE))

    def own(self, case: str, author: str, states: tuple[State, ...]) -> list[Message]:
        """Return a member's own messages in some states, newest first."""
        query = whole().where(
            messages.c.case_id == case,
            messages.c.author == author,
            messages.c.state.in_(states),
        )
        return self.opened(query.order_by(messages.c.submitted_at.desc()).limit(100))

    def answered(self, case: str, author: str) -> set[str]:
        """Return the ids of messages that a member has answered or is answering."""
        rows = self._connection.execute(
            select(messages.c.reply_to).where(
                messages.c.case_id == case,
                messages.c.author == author,
                messages.c.reply_to.is_not(None),
                messages.c.state.in_((State.PENDING, State.QUEUED, State.HELD, State.DELIVERED)),
            )
        )
        return {row.reply_to for row in rows}

    def all_delivered(self, case: str, thread: str | None = None) -> Iterator[Message]:
        """Return every delivered message of a case or thread, oldest first."""
        query = whole().where(messages.c.case_id == case, messages.c.state == State.DELIVERED)
        if thread:
            query = query.where(messages.c.thread_id == thread)
        order = messages.c.thread_id, messages.c.delivered_at, messages.c.number
        yield from self.opened(query.order_by(*order))

    def find(self, case: str, words: str) -> list[Message]:
        """Return delivered messages whose text holds the words, by opening and scanning."""
        wanted = words.casefold()
        found = (m for m in self.all_delivered(case) if wanted in m.text.casefold())
        return sorted(found, key=lambda m: m.delivered_at or m.submitted_at, reverse=True)

    def last_of_threads(self, case: str) -> dict[str, datetime]:
        """Return when something was last delivered in each thread that holds anything."""
        rows = self._connection.execute(
            select(messages.c.thread_id, messages.c.delivered_at)
            .join(
                threads,
                (threads.c.case_id == messages.c.case_id)
                & (threads.c.thread_id == messages.c.thread_id),
            )
            .where(messages.c.case_id == case, messages.c.state == State.DELIVERED)
            .order_by(messages.c.delivered_at)
        )
        return {row.thread_id: row.delivered_at for row in rows}
