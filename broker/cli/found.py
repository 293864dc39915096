"""Finds what an operator names on the command line: a case, a place in it, who acts, a day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click

from broker import accounts
from broker.cli.door import parts
from broker.domain.people import Case, Member, Role, may

NO_NETWORK = "terminal"
"""Tries at a terminal are counted apart from those of any network."""


def case_of(word: str) -> Case:
    """Return the case with this code or id."""
    with parts().work().reading() as work:
        for case in work.people.cases():
            if word in (case.id, case.code) or word.upper() == case.code:
                return case
    raise click.ClickException(f"There is no case {word}. `case list` shows them.")


def place_of(case: Case, word: str) -> Member:
    """Return the place in a case with this id or displayed name."""
    with parts().work().reading() as work:
        members = work.people.members(case.id)
    found = [m for m in members if word == m.id or word.casefold() == m.name.casefold()]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{m.name} ({m.id})" for m in members)
    raise click.ClickException(f"Case {case.code} has no single place {word}. It has: {names}.")


def actor(login: str, action: str, case: Case | None = None) -> str:
    """Return the id under which somebody acts in a log: their place in the case, or their own.

    A person who may not do this in this case is refused with a sentence.
    """
    with parts().work().reading() as work:
        found = work.people.by_login(login)
        places = work.people.memberships(found[0].id) if found else []
    now = parts().clock()
    for place in places:
        here = case is None or place.case == case.id
        if found and here and place.current(now) and may(place.role, action):
            return place.id if case else found[0].id
    if found and found[0].operator and may(Role.OPERATOR, action):
        return found[0].id
    raise click.ClickException(f"{login} may not do this here. It needs an operator or mediator.")


def signed_in(action: str, case: Case) -> str:
    """Ask for a sign-in name and password, and return the id under which that person acts."""
    login = click.prompt("Your sign-in name", err=True)
    password = click.prompt("Your password", hide_input=True, err=True)
    wired = parts()
    secret = accounts.sign_in(
        login, password, NO_NETWORK, work=wired.work(), hasher=wired.hasher, clock=wired.clock
    )
    accounts.sign_out(secret, work=wired.work(), clock=wired.clock)
    return actor(login, action, case)


def end_of_day(day: datetime, zone: str) -> datetime:
    """Return the moment at which a day of the calendar is over in a zone."""
    local = datetime.combine(day.date() + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))
    return local.astimezone(ZoneInfo("UTC"))
