"""The life of a record: asked for, made, taken, gone. Knows no page and no PDF.

Nobody but its owner learns of a record: its number counts the owner's alone, and what happened to
it stands in the owner's own log (S5).
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from broker.domain.due import Export
from broker.domain.errors import NotHere, RecordNotMade, RecordUnderWay, SettingRefused, TooLate
from broker.domain.ids import new_id
from broker.domain.message import readable
from broker.domain.people import Member, Role, may
from broker.ports import Clock, Work

KEPT = timedelta(days=7)
PURPOSES = ("court", "solicitor", "counsellor", "self")
PAPERS = ("A4", "Letter")
NAME_LENGTH = 120
RUNNING = ("waiting", "working")
TELL_EVERY_PAGES = 10


@dataclass(frozen=True)
class Wish:
    """What is asked for. ``thread``: None for all; ``names``: member id → name on the cover.

    ``own_events``: put what happened to the asker's own messages before delivery into the annex.
    """

    purpose: str
    thread: str | None = None
    page_size: str = "A4"
    names: Mapping[str, str] = field(default_factory=dict)
    own_events: bool = False


class Sheets(Protocol):
    """A finished file."""

    @property
    def data(self) -> bytes:
        """Its bytes."""

    @property
    def pages(self) -> int:
        """How many pages it has."""

    @property
    def sha256(self) -> str:
        """SHA-256 of its bytes, hex."""


class Maker(Protocol):
    """Gathers a record and sets its pages."""

    def __call__(
        self, export: Export, *, work: Work, now: datetime, progress: Callable[[str, int], None]
    ) -> Sheets:
        """Return the file; ``progress`` gets step and page. Raises RecordNotMade."""


def checked(member: Member, wish: Wish, *, work: Work) -> Wish:
    """Return the wish as it will be carried out.

    Raises:
        SettingRefused: an unknown purpose or paper.
        TextRefused: a name for the cover cannot be kept.
        NotHere: no such thread, or not this member's to take.

    """
    for name, value, known in (
        ("purpose", wish.purpose, PURPOSES), ("page_size", wish.page_size, PAPERS),
    ):  # fmt: skip
        if value not in known:
            raise SettingRefused(name=name, value=value)
    if not may(member.role, "record.make"):
        raise NotHere
    with work.reading():
        if wish.thread and work.threads.get(member.case, wish.thread).number is None:
            raise NotHere
        shown = {p.id: p.name for p in parents(work, member.case)}
    return Wish(
        wish.purpose,
        wish.thread,
        wish.page_size,
        {place: _name(wish.names.get(place, ""), name) for place, name in shown.items()},
        wish.own_events and member.role is Role.PARENT,
    )


def parents(work: Work, case: str) -> list[Member]:
    """Return the two parents of a case, in the order in which they were named."""
    return [member for member in work.people.members(case) if member.role is Role.PARENT]


def _name(typed: str, shown: str) -> str:
    """Return a name for the cover on one line; the displayed one where nothing was typed."""
    line = " ".join(typed.split())
    return readable(line, NAME_LENGTH) if line else shown


def ask(member: Member, wish: Wish, *, work: Work, clock: Clock) -> Export:
    """Ask for a record; it is made by a job. Raises as ``checked`` does, and RecordUnderWay."""
    wish, now = checked(member, wish, work=work), clock()
    with work:
        if any(
            e.state in RUNNING and now < e.expires_at
            for e in work.exports.of(member.case, member.id)
        ):
            raise RecordUnderWay
        export = _new(member, wish, work, now)
        work.exports.add(export, {"names": dict(wish.names), "own_events": wish.own_events})
        work.jobs.add("record.make", member.case, export.id, now)
    return export


def _new(member: Member, wish: Wish, work: Work, now: datetime) -> Export:
    day = now.astimezone(ZoneInfo(work.people.case(member.case).zone)).date()
    return Export(
        case=member.case,
        id=new_id(),
        member=member.id,
        number=work.exports.next_number(member.case, member.id),
        thread=wish.thread,
        purpose=wish.purpose,
        page_size=wish.page_size,
        state="waiting",
        step="waiting",
        made_at=now,
        expires_at=now + KEPT,
        name=f"record-{day.isoformat()}-{_reference()}.pdf",
    )


def _reference() -> str:
    """Return four characters that begin with a letter, so that they read as a reference."""
    return secrets.choice("BCDFGHJKMNPQRSTVWXYZ") + new_id(3).upper()


def retry(member: Member, export_id: str, *, work: Work, clock: Clock) -> Export:
    """Ask once more for a record that could not be made. Raises NotHere, TooLate."""
    with work:
        export = work.exports.get(member.case, member.id, export_id)
        if export.state != "failed":
            raise TooLate
        work.jobs.add("record.make", member.case, export.id, clock())
        return work.exports.note(export, state="waiting", step="waiting")


def make(case: str, export_id: str, *, work: Work, clock: Clock, maker: Maker) -> None:
    """Make a record that was asked for. Called by a job; a second call finds nothing to do."""
    export = _begin(case, export_id, work, clock())
    if export is None:
        return
    try:
        sheets = maker(export, work=work, now=clock(), progress=_teller(export, work))
    except RecordNotMade as refused:
        _fail(export, str(refused.words.get("why", "broken")), work)
    except Exception:
        _fail(export, "broken", work)
        raise
    else:
        _keep(export, sheets, work, clock())


def _begin(case: str, export_id: str, work: Work, now: datetime) -> Export | None:
    """Mark a record as being made, unless that is over or its owner's place has ended."""
    with work:
        export = work.exports.any(case, export_id)
        owner = work.people.member(case, export.member)
        if export.state not in RUNNING or now >= export.expires_at or not owner.current(now):
            return None
        return work.exports.note(export, state="working", step="collecting")


def _teller(export: Export, work: Work) -> Callable[[str, int], None]:
    """Return what keeps the step for whoever waits: each step, and every tenth page."""
    told = ""

    def tell(step: str, page: int) -> None:
        nonlocal told
        words = f"{step} {page - page % TELL_EVERY_PAGES}" if step == "setting" else step
        if words != told:
            told = words
            with work:
                work.exports.note(export, step=words)

    return tell


def _fail(export: Export, why: str, work: Work) -> None:
    with work:
        step = work.exports.any(export.case, export.id).step.partition(" ")[0]
        work.exports.note(export, state="failed", step=f"{step} {why}")


def _keep(export: Export, sheets: Sheets, work: Work, now: datetime) -> None:
    with work:
        work.exports.put_file(export, sheets.data)
        work.exports.note(
            export, state="ready", step="done", pages=sheets.pages, sha256=sheets.sha256,
            expires_at=now + KEPT,
        )  # fmt: skip
        work.logs.member(export.case, export.member).append(
            "record.made", export.member, now, record=export.id, sha256=sheets.sha256
        )


def take(member: Member, export_id: str, *, work: Work, clock: Clock) -> tuple[Export, bytes]:
    """Return a finished record's file; that it was taken stands in the owner's own log (S5).

    Raises:
        NotHere: not this member's, not ready, or its seven days are over.

    """
    now = clock()
    with work:
        export = work.exports.get(member.case, member.id, export_id)
        if export.state != "ready" or now >= export.expires_at:
            raise NotHere
        data = work.exports.file(export)
        work.logs.member(member.case, member.id).append(
            "record.taken", member.id, now, record=export.id
        )
        return export, data


def standing(member: Member, export_id: str, *, work: Work, clock: Clock) -> Export:
    """Return a member's own record as it stands now. Raises NotHere."""
    with work.reading():
        return _as_of(work.exports.get(member.case, member.id, export_id), clock())


def index(member: Member, *, work: Work, clock: Clock) -> list[Export]:
    """Return a member's own records, newest first."""
    with work.reading():
        return [_as_of(export, clock()) for export in work.exports.of(member.case, member.id)]


def _as_of(export: Export, now: datetime) -> Export:
    """Return a record as expired once its time is over, swept or not."""
    if now < export.expires_at:
        return export
    return replace(export, state="expired")
