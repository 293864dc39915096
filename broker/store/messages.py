"""Messages with their sealed bodies, assessments and holds. Knows no rule: the journey decides."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from broker.domain.assessment import Assessment, from_plain, to_plain
from broker.domain.errors import AlreadyDecided, KeyReused, NotHere, TakenBack
from broker.domain.message import Claim, Message, State, Submission
from broker.store.tables import bodies, messages, submissions, views
from broker.store.vault import Vault

SALT = 32


class SqlMessages:
    """``broker.ports.Messages`` over SQL."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def get(self, case: str, message: str) -> Message:
        """Return one message. Raises NotHere."""
        found = self.opened(
            whole().where(messages.c.case_id == case, messages.c.message_id == message)
        )
        if not found:
            raise NotHere
        return found[0]

    def opened(self, query: Select[Any]) -> list[Message]:
        """Return the messages a query over ``whole()`` finds, opened."""
        rows = self._connection.execute(query).all()
        for case in {row.case_id for row in rows}:
            self._vault.learn(case, [row.message_id for row in rows if row.case_id == case])
        return [self._message(row) for row in rows]

    def of_key(self, submission: Submission) -> Message | None:
        """Return what this form sent before. Raises KeyReused or TakenBack."""
        row = self._connection.execute(
            select(submissions).where(
                submissions.c.case_id == submission.case,
                submissions.c.author == submission.author,
                submissions.c.form == submission.key,
            )
        ).first()
        if row is None:
            return None
        if row.message_id is None:
            raise TakenBack
        if row.mac != self._vault.mac("form", _form_words(submission)):
            raise KeyReused
        return self.get(submission.case, row.message_id)

    def add(
        self, message: Message, salt: bytes, assessment: Assessment, submission: Submission
    ) -> None:
        """Store a new message with its body and assessment, sealed, and spend its form key."""
        self.store(message, salt, assessment)
        self._connection.execute(
            insert(submissions).values(
                case_id=message.case,
                author=message.author,
                form=submission.key,
                message_id=message.id,
                mac=self._vault.mac("form", _form_words(submission)),
            )
        )

    def store(self, message: Message, salt: bytes, assessment: Assessment) -> None:
        """Store a message, its body and its assessment (an imported one has no form)."""
        case, owner = message.case, message.id
        claim = message.claim and self._vault.seal(case, owner, "claim", _claim_text(message.claim))
        self._connection.execute(
            insert(messages).values(
                case_id=case,
                message_id=owner,
                thread_id=message.thread,
                author=message.author,
                commitment=message.commitment,
                claim=claim,
                **{name: getattr(message, name) for name in _PLAIN},
            )
        )
        body = salt + message.text.encode()
        told = json.dumps(to_plain(assessment))
        self._connection.execute(
            insert(bodies).values(
                case_id=case,
                message_id=owner,
                body=self._vault.seal(case, owner, "body", body),
                assessment=self._vault.seal(case, owner, "assessment", told),
            )
        )

    def move(self, message: Message, state: State, **changes: Any) -> Message:
        """Write a new state and return the message as it now is.

        Raises:
            AlreadyDecided: it was not in the state it was read in.

        """
        if "note" in changes:
            changes["note"] = self._vault.seal(message.case, message.id, "note", changes["note"])
        moved = self._connection.execute(
            update(messages)
            .where(*_is(messages, message.case, message.id), messages.c.state == message.state)
            .values(state=state, **changes)
        )
        if moved.rowcount != 1:
            raise AlreadyDecided
        return self.get(message.case, message.id)

    def note(self, case: str, message: str) -> str:
        """Return the mediator's note on a returned message; empty if there is none."""
        box = self._connection.execute(
            select(messages.c.note).where(*_is(messages, case, message))
        ).scalar()
        return self._vault.open(case, message, "note", box) if box else ""

    def destroy(self, message: Message) -> None:
        """Remove an undone message, its body and its key; its form key stays spent."""
        case, owner = message.case, message.id
        self._connection.execute(
            update(submissions)
            .where(submissions.c.case_id == case, submissions.c.message_id == owner)
            .values(message_id=None, mac=None)
        )
        self._connection.execute(delete(bodies).where(*_is(bodies, case, owner)))
        self._connection.execute(delete(messages).where(*_is(messages, case, owner)))
        self._vault.destroy(case, owner)

    def assessment(self, case: str, message: str) -> Assessment:
        """Return what the language step said of a message."""
        return self.assessments(case, [message])[message]

    def assessments(self, case: str, wanted: Iterable[str]) -> dict[str, Assessment]:
        """Return the assessments of many messages by id."""
        ids = list(wanted)
        self._vault.learn(case, ids)
        rows = self._connection.execute(
            select(bodies.c.message_id, bodies.c.assessment).where(
                bodies.c.case_id == case, bodies.c.message_id.in_(ids)
            )
        )
        return {
            row.message_id: from_plain(
                json.loads(self._vault.open(case, row.message_id, "assessment", row.assessment))
            )
            for row in rows
        }

    def accepted_since(self, case: str, author: str, since: datetime) -> int:
        """Count a member's accepted messages that the terms' count is about (not urgent ones)."""
        query = select(func.count()).where(
            messages.c.case_id == case,
            messages.c.author == author,
            messages.c.accepted_at >= since,
            messages.c.urgent.is_(False),
            messages.c.claim.is_(None),
        )
        return self._connection.execute(query).scalar_one()

    def viewed(self, case: str, message: str, member: str) -> bool:
        """Say whether a member has met a message before."""
        query = select(views.c.at).where(*_is(views, case, message), views.c.member_id == member)
        return self._connection.execute(query).first() is not None

    def view(self, case: str, message: str, member: str, at: datetime) -> bool:
        """Keep a first view; False if there was one before."""
        seen = self.viewed(case, message, member)
        if not seen:
            self._connection.execute(
                insert(views).values(case_id=case, message_id=message, member_id=member, at=at)
            )
        return not seen

    def _message(self, row: Row[Any]) -> Message:
        case, owner = row.case_id, row.message_id
        body = self._vault.open_bytes(case, owner, "body", row.body)
        claim = self._vault.open(case, owner, "claim", row.claim) if row.claim else None
        return Message(
            case=case,
            id=owner,
            thread=row.thread_id,
            author=row.author,
            text=body[SALT:].decode(),
            commitment=row.commitment,
            claim=_claim(claim) if claim else None,
            **{**{name: getattr(row, name) for name in _PLAIN}, "state": State(row.state)},
        )


_PLAIN = (
    "state", "submitted_at", "undo_until", "accepted_at", "delivered_at", "due_at", "number",
    "reply_to", "cannot_wait", "urgent", "folded",
)  # fmt: skip


def whole() -> Select[Any]:
    """Return the query of messages with their sealed bodies."""
    return select(messages, bodies.c.body).join(
        bodies,
        (bodies.c.case_id == messages.c.case_id) & (bodies.c.message_id == messages.c.message_id),
    )


def _is(table: Any, case: str, message: str) -> tuple[Any, Any]:
    return table.c.case_id == case, table.c.message_id == message


def _form_words(submission: Submission) -> str:
    return json.dumps([submission.text, submission.topic, submission.thread, submission.reply_to])


def _claim_text(claim: Claim) -> str:
    return json.dumps([claim.sender, claim.at.isoformat(), claim.file_number])


def _claim(text: str) -> Claim:
    sender, at, number = json.loads(text)
    return Claim(sender, datetime.fromisoformat(at), number)
