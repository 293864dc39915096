"""Asking for records in tests, and makers that cost nothing. The real maker stands elsewhere."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from broker import exports
from broker.domain.due import Export
from broker.domain.errors import RecordNotMade
from broker.domain.people import Member
from broker.exports import Wish
from broker.jobs import run_due
from broker.ports import Parts
from broker.record import gather as gathering
from broker.record.value import Record
from broker.settings import Settings
from tests.world import MASTER, Family, World


class Sheet:
    """A file that costs nothing; the real one is tested in ``test_exports``."""

    data, pages, sha256 = b"%PDF-1.7 nothing", 3, "ab" * 32


def plain(export: Export, **_: Any) -> Sheet:
    return Sheet()


def broken(why: str) -> Callable[..., Sheet]:
    def maker(export: Export, *, progress: Callable[[str, int], None], **_: Any) -> Sheet:
        progress("setting", 30)
        raise RecordNotMade(why=why)

    return maker


def parts_of(world: World) -> Parts:
    return Parts(
        Settings(Path("/nowhere"), "sqlite://", MASTER),
        world.work, world.assess, world.hasher, world.clock,
    )  # fmt: skip


def ask(world: World, member: Member, **wish: Any) -> Export:
    return exports.ask(
        member, Wish(**{"purpose": "court", **wish}), work=world.work(), clock=world.clock
    )


def run(world: World, maker: Callable[..., Any] = plain) -> None:
    run_due(parts_of(world), {"record.make": partial(exports.make, maker=maker)})


def made(world: World, member: Member, **wish: Any) -> Export:
    export = ask(world, member, **wish)
    run(world)
    return standing(world, export)


def standing(world: World, export: Export) -> Export:
    with world.work().reading() as work:
        return work.exports.any(export.case, export.id)


def gathered(world: World, member: Member, **wish: Any) -> Record:
    """Return the value of a record as the maker would gather it; nothing stays of the request."""
    export = ask(world, member, **wish)
    record = gathering.gather(export, work=world.work(), now=world.clock())
    run(world)
    return record


def thread_of(world: World, family: Family, number: int = 1) -> str:
    with world.work().reading() as work:
        return next(t.id for t in work.threads.of(family.case) if t.number == number)
