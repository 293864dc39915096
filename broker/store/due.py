"""Jobs, notices and exports: rows written in the transaction of what caused them."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from broker.domain.due import Export, Job, Notice
from broker.domain.errors import NotHere
from broker.domain.ids import new_id
from broker.store.tables import exports, jobs, notices
from broker.store.vault import Vault

LEASE = timedelta(minutes=2)


class SqlJobs:
    """``broker.ports.Jobs`` over SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, kind: str, case: str, subject: str, due_at: datetime) -> None:
        """Add a job; the same kind, case and subject is moved, not doubled."""
        self.drop(kind, case, subject)
        self._connection.execute(
            insert(jobs).values(
                job_id=new_id(),
                kind=kind,
                case_id=case,
                subject=subject,
                due_at=due_at,
                attempts=0,
            )
        )

    def drop(self, kind: str, case: str, subject: str) -> None:
        """Remove a job that is no longer needed."""
        self._connection.execute(
            delete(jobs).where(
                jobs.c.kind == kind, jobs.c.case_id == case, jobs.c.subject == subject
            )
        )

    def claim(self, now: datetime) -> Job | None:
        """Take the next due job for two minutes, or None. A crashed worker's job comes back."""
        row = self._connection.execute(
            select(jobs).where(jobs.c.due_at <= now).order_by(jobs.c.due_at).limit(1)
        ).first()
        if row is None:
            return None
        self._connection.execute(
            update(jobs)
            .where(jobs.c.job_id == row.job_id)
            .values(due_at=now + LEASE, attempts=row.attempts + 1)
        )
        return Job(row.job_id, row.kind, row.case_id, row.subject, row.due_at, row.attempts + 1)

    def done(self, job: Job) -> None:
        """Remove a finished job."""
        self._connection.execute(delete(jobs).where(jobs.c.job_id == job.id))

    def again(self, job: Job, at: datetime) -> None:
        """Put a failed job back for a later moment."""
        self._connection.execute(update(jobs).where(jobs.c.job_id == job.id).values(due_at=at))


class SqlOutbox:
    """``broker.ports.Outbox`` over SQL."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tell(self, case: str, member: str, kind: str, at: datetime, **about: str) -> None:
        """Tell one member something: a kind and ids."""
        self._connection.execute(
            insert(notices).values(
                case_id=case,
                notice_id=new_id(),
                member_id=member,
                kind=kind,
                at=at,
                about=json.dumps(about, sort_keys=True),
            )
        )

    def of(self, case: str, member: str) -> list[Notice]:
        """Return a member's notices, newest first."""
        rows = self._connection.execute(
            select(notices)
            .where(notices.c.case_id == case, notices.c.member_id == member)
            .order_by(notices.c.at.desc(), notices.c.notice_id)
        )
        return [_notice(row) for row in rows]

    def seen(self, case: str, member: str, notice: str, at: datetime) -> None:
        """Mark a notice as seen by its owner."""
        self._connection.execute(
            update(notices)
            .where(
                notices.c.case_id == case,
                notices.c.member_id == member,
                notices.c.notice_id == notice,
                notices.c.seen_at.is_(None),
            )
            .values(seen_at=at)
        )


class SqlExports:
    """``broker.ports.Exports`` over SQL; the file itself is sealed in its row."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, export: Export, asked: Mapping[str, Any] | None = None) -> None:
        """Store a request; what was typed for it is sealed."""
        self._connection.execute(
            insert(exports).values(
                case_id=export.case,
                export_id=export.id,
                member_id=export.member,
                thread_id=export.thread,
                asked=self._vault.seal(
                    export.case, export.id, "asked", json.dumps(dict(asked or {}))
                ),
                **{name: getattr(export, name) for name in _EXPORT},
            )
        )

    def asked(self, export: Export) -> dict[str, Any]:
        """Return what was typed for this record. Raises NotHere once it is made or has expired."""
        box = self._connection.execute(
            select(exports.c.asked).where(*_is(export.case, export.id))
        ).scalar()
        if box is None:
            raise NotHere
        asked: dict[str, Any] = json.loads(self._vault.open(export.case, export.id, "asked", box))
        return asked

    def next_number(self, case: str, member: str) -> int:
        """Return the next export number of this member (nobody else's exports show in it)."""
        query = select(func.max(exports.c.number)).where(
            exports.c.case_id == case, exports.c.member_id == member
        )
        return (self._connection.execute(query).scalar() or 0) + 1

    def get(self, case: str, member: str, export: str) -> Export:
        """Return a member's own export. Raises NotHere."""
        found = self.any(case, export)
        if found.member != member:
            raise NotHere
        return found

    def any(self, case: str, export: str) -> Export:
        """Return an export for the job that makes it. Raises NotHere."""
        row = self._connection.execute(select(exports).where(*_is(case, export))).first()
        if row is None:
            raise NotHere
        return _export(row)

    def of(self, case: str, member: str) -> list[Export]:
        """Return a member's exports, newest first."""
        rows = self._connection.execute(
            select(exports)
            .where(exports.c.case_id == case, exports.c.member_id == member)
            .order_by(exports.c.number.desc())
        )
        return [_export(row) for row in rows]

    def note(self, export: Export, **changes: Any) -> Export:
        """Write state, step, pages, hash or name, and return the export as it now is."""
        self._connection.execute(
            update(exports).where(*_is(export.case, export.id)).values(**changes)
        )
        return self.any(export.case, export.id)

    def put_file(self, export: Export, data: bytes) -> None:
        """Seal and keep the finished file; what was typed for it stands in it now."""
        box = self._vault.seal(export.case, export.id, "file", data)
        self._connection.execute(
            update(exports).where(*_is(export.case, export.id)).values(file=box, asked=None)
        )

    def file(self, export: Export) -> bytes:
        """Return the finished file. Raises NotHere when it has expired."""
        box = self._connection.execute(
            select(exports.c.file).where(*_is(export.case, export.id))
        ).scalar()
        if box is None:
            raise NotHere
        return self._vault.open_bytes(export.case, export.id, "file", box)

    def drop_expired(self, now: datetime) -> int:
        """Destroy files and keys past their time; return how many."""
        query = select(exports).where(exports.c.expires_at <= now, exports.c.state != "expired")
        rows = self._connection.execute(query).all()
        for row in rows:
            self._vault.destroy(row.case_id, row.export_id)
            self.note(_export(row), state="expired", file=None, asked=None)
        return len(rows)


_EXPORT = (
    "number", "purpose", "page_size", "state", "step", "made_at", "expires_at", "pages", "sha256",
    "name",
)  # fmt: skip


def _is(case: str, export: str) -> tuple[Any, Any]:
    return exports.c.case_id == case, exports.c.export_id == export


def _export(row: Row[Any]) -> Export:
    return Export(
        case=row.case_id,
        id=row.export_id,
        member=row.member_id,
        thread=row.thread_id,
        **{name: getattr(row, name) for name in _EXPORT},
    )


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        row.case_id,
        row.notice_id,
        row.member_id,
        row.kind,
        row.at,
        json.loads(row.about),
        row.seen_at,
    )
