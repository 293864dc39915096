"""Makes the demo: five threads from a file and one that is lived, through the same calls as ever.

Time is told, not waited for: cases begin a fortnight ago, and what the sixth family writes falls
due as the clock is turned. Every case is marked as a demo.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

from sqlalchemy import Engine

from broker import accounts, cases, imports
from broker.cli.demo.logins import Login, Logins, write
from broker.cli.demo.story import FAMILY, live
from broker.cli.demo.telling import Telling
from broker.domain.ids import new_code
from broker.domain.people import Member, Role
from broker.domain.policy import Terms
from broker.ports import Parts
from broker.store import migrate

Say = Callable[[str], None]
MEDIATOR, READER = "Judith Amsel", "P. Lindqvist"
MEDIATOR_LOGIN, READER_LOGIN = "judith", "lindqvist"
BEGAN = timedelta(days=14)


def begin_anew(engine: Engine) -> None:
    """Empty a database whose demo was stopped in the middle."""
    migrate.downgrade(engine)
    migrate.upgrade(engine)


class Cast:
    """The people of the demo: each gets a password of their own, and joins by a code."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._known: dict[str, str] = {}
        self.logins: list[Login] = []

    def join(self, code: str, login: str, name: str, what: str) -> Member:
        """Fill the place that the code opens."""
        work, clock = self._parts.work(), self._parts.clock
        if login in self._known:
            return accounts.join_as(code, self._known[login], "demo", work=work, clock=clock)
        password = new_code(4)
        member = accounts.join(
            code, login, password, "demo", work=work, hasher=self._parts.hasher, clock=clock
        )
        self._known[login] = member.person or ""
        self.logins.append(Login(login, password, name, what))
        return member


def build(parts: Parts, say: Say) -> None:
    """Make the six cases and keep the passwords; ``say`` is told what is being done."""
    data, now = parts.settings.data, parts.clock()
    write(data, Logins((), complete=False))
    say("Loading the language step …")
    from broker.assess.reader import Reader  # two seconds and 100 MB that only this needs

    told = Telling(now - BEGAN)
    past = replace(parts, clock=told, assess=Reader())
    cast = Cast(past)
    for thread in _threads():
        say(f"{thread.subject}: {len(thread.messages)} messages …")
        told.turn(minutes=7)
        _imported(thread, past, cast)
    say("A family that writes here: held, returned, waiting and urgent messages …")
    told.turn(minutes=7)
    people = _opened("children", "Europe/London", FAMILY.names, FAMILY.terms, past, cast)
    live(past, told, people, now)
    write(data, Logins(tuple(cast.logins), complete=True))


def _threads() -> list[imports.FileThread]:
    text = files("broker.cli.demo").joinpath("threads.jsonl").read_text(encoding="utf-8")
    return imports.read_file(text.splitlines())


def _imported(thread: imports.FileThread, parts: Parts, cast: Cast) -> None:
    about = "pet" if thread.topic == "pet" else "children"
    names = list(thread.parties.values())
    people = _opened(about, thread.zone, names, Terms(), parts, cast)
    places = dict(zip(thread.parties, people, strict=False))
    imports.bring_in(
        people[0].case,
        thread,
        {party: member.id for party, member in places.items()},
        people[2].id,
        work=parts.work(),
        assess=parts.assess,
        clock=parts.clock,
    )


def _opened(
    about: str, zone: str, names: list[str], terms: Terms, parts: Parts, cast: Cast
) -> list[Member]:
    """Open a case for two parents, the mediator of all of them and, in one case, the reader."""
    people = [*((Role.PARENT, name) for name in names), (Role.MEDIATOR, MEDIATOR)]
    if names == FAMILY.names:
        people.append((Role.READER, READER))
    opening = cases.Opening(about, zone, people, terms, demo=True)
    case, places = cases.open_case(opening, "operator", work=parts.work(), clock=parts.clock)
    return [
        cast.join(code, _login(member), member.name, _what(member, case.code, names))
        for member, code in places
    ]


def _login(member: Member) -> str:
    fixed = {MEDIATOR: MEDIATOR_LOGIN, READER: READER_LOGIN}
    return fixed.get(member.name, member.name.casefold())


def _what(member: Member, code: str, names: list[str]) -> str:
    if member.role is Role.MEDIATOR:
        return f"{member.name}, mediator in all six cases"
    if member.role is Role.READER:
        return f"{member.name}, professional who reads case {code}"
    other = next(name for name in names if name != member.name)
    return f"{member.name}, parent in case {code} with {other}"
