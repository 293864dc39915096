"""Held messages and what was decided of them, until it is carried out."""

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from broker.domain.errors import AlreadyDecided
from broker.domain.message import Decision, Hold
from broker.store.tables import holds, members
from broker.store.vault import Vault


class SqlHolds:
    """``broker.ports.Holds`` over SQL."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def get(self, case: str, message: str) -> Hold:
        """Return the hold on a message. Raises AlreadyDecided if there is none."""
        row = self._connection.execute(select(holds).where(*_is(case, message))).first()
        if row is None:
            raise AlreadyDecided
        return self._hold(row)

    def of(self, person: str) -> list[Hold]:
        """Return the holds in all cases where this person is a mediator, oldest promise first."""
        query = (
            select(holds)
            .join(members, members.c.case_id == holds.c.case_id)
            .where(members.c.person_id == person, members.c.role == "mediator")
            .order_by(holds.c.promise_at)
        )
        return [self._hold(row) for row in self._connection.execute(query)]

    def put(self, hold: Hold) -> None:
        """Store or replace the hold on a message."""
        self.drop(hold.case, hold.message)
        sealed = {
            name: self._vault.seal(hold.case, hold.message, f"hold.{name}", text) if text else None
            for name, text in (("reason", hold.reason), ("note", hold.note))
        }
        self._connection.execute(
            insert(holds).values(
                case_id=hold.case,
                message_id=hold.message,
                decision=hold.decision,
                **{name: getattr(hold, name) for name in _PLAIN},
                **sealed,
            )
        )

    def drop(self, case: str, message: str) -> None:
        """Remove the hold; what was decided stands in the logs."""
        self._connection.execute(delete(holds).where(*_is(case, message)))

    def _hold(self, row: Row[Any]) -> Hold:
        return Hold(
            case=row.case_id,
            message=row.message_id,
            decision=Decision(row.decision) if row.decision else None,
            reason=self._text(row, "reason"),
            note=self._text(row, "note"),
            **{name: getattr(row, name) for name in _PLAIN},
        )

    def _text(self, row: Row[Any], name: str) -> str:
        box = getattr(row, name)
        return self._vault.open(row.case_id, row.message_id, f"hold.{name}", box) if box else ""


_PLAIN = ("why", "held_at", "promise_at", "lapses_at", "decided_by", "effective_at")


def _is(case: str, message: str) -> tuple[Any, Any]:
    return holds.c.case_id == case, holds.c.message_id == message
