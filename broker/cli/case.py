"""``case``: opening one, its codes, terms and readers, and bringing a thread in from a file."""

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import click

from broker import cases, imports
from broker.assess import in_process_unless_running
from broker.cli.door import Commands, parts
from broker.cli.found import actor, case_of, end_of_day, place_of, signed_in
from broker.domain.errors import SettingRefused
from broker.domain.people import ABOUT, Case, Member, Role
from broker.domain.policy import HOLD, MODES, Terms

case = Commands("case", help="Cases, their places, terms and imports.")

DAY = click.DateTime(["%Y-%m-%d"])
HOUR = click.DateTime(["%H:%M"])
ROWS = click.Choice(list(MODES))
by_option = click.option("--by", help="Sign-in name of the operator or mediator who does this.")


def _by(by: str | None, action: str, *where: Any) -> str:
    """Return who acts; whoever has this terminal runs the installation."""
    return actor(by, action, *where) if by else "operator"


def _known_zone(ctx: click.Context, parameter: click.Parameter, zone: str) -> str:
    """Refuse a zone of which this machine knows nothing."""
    if zone not in available_timezones():
        raise SettingRefused(name="zone", value=zone)
    return zone


@case.command("open")
@click.option("--about", type=click.Choice(ABOUT), default="children", show_default=True)
@click.option("--zone", default="Europe/London", show_default=True, callback=_known_zone,
              help="An IANA time zone.")  # fmt: skip
@click.option("--parent", "parents", multiple=True, required=True, help="Name of a parent; twice.")
@click.option("--mediator", "mediators", multiple=True, help="Name of a mediator.")
@click.option("--reader", "readers", multiple=True, help="Name of a professional who reads.")
@click.option("--hold", "held", type=ROWS, multiple=True, help="What a mediator sees first.")
@by_option
def open_(
    about: str,
    zone: str,
    parents: tuple[str, ...],
    mediators: tuple[str, ...],
    readers: tuple[str, ...],
    held: tuple[str, ...],
    by: str | None,
) -> None:
    """Open a case and print a joining code for each place, once."""
    named = ((Role.PARENT, parents), (Role.MEDIATOR, mediators), (Role.READER, readers))
    people = [(role, name) for role, names in named for name in names]
    opening = cases.Opening(about, zone, people, _held(Terms(), held))
    wired, who = parts(), _by(by, "case.open")
    opened, places = cases.open_case(opening, who, work=wired.work(), clock=wired.clock)
    click.echo(f"Case {opened.code} is open. Each code joins one person and works for 14 days.")
    for member, code in places:
        _echo_code(member, code)


def _echo_code(member: Member, code: str) -> None:
    click.echo(f"{code}  {member.role.value}: {member.name} (place {member.id})")


def _held(terms: Terms, rows: tuple[str, ...]) -> Terms:
    """Return the terms with these severities held and the others not; none given: as they are."""
    if not rows:
        return terms
    return replace(terms, modes={**Terms().modes, **dict.fromkeys(rows, HOLD)})


@case.command("code")
@click.argument("case_word", metavar="CASE")
@click.argument("member_word", metavar="MEMBER")
def code(case_word: str, member_word: str) -> None:
    """Print a new joining code for an empty place; the old one stops working."""
    place = place_of(case_of(case_word), member_word)
    if place.person is not None:
        raise click.ClickException(f"{place.name} has joined already.")
    wired = parts()
    fresh = cases.new_code_for(place.case, place.id, work=wired.work(), clock=wired.clock)
    _echo_code(place, fresh)


@case.command("terms")
@click.argument("case_word", metavar="CASE")
@click.option("--hold", "held", type=ROWS, multiple=True, help="Hold these; the others pass.")
@click.option("--hold-nothing", is_flag=True, help="Let everything pass.")
@click.option("--opens", type=HOUR, help="From when messages are delivered (HH:MM).")
@click.option("--closes", type=HOUR, help="Until when; the same as --opens: always.")
@click.option("--per-day", type=int)
@click.option("--length", type=int)
@click.option("--hold-hours", type=int)
@by_option
def terms(
    case_word: str, held: tuple[str, ...], *, hold_nothing: bool, by: str | None, **changes: Any
) -> None:
    """Set new terms from the next day on; what is not given stays. Both parents are told."""
    found, wired = case_of(case_word), parts()
    with wired.work().reading() as work:
        last = work.terms.all(found.id)[-1]
    given: dict[str, Any] = {
        name: _plain(value) for name, value in changes.items() if value is not None
    }
    modes = Terms().modes if hold_nothing else last.modes
    wanted = _held(replace(last, modes=modes, **given), held)
    who = _by(by, "terms.set", found)
    new = cases.set_terms(found.id, wanted, who, work=wired.work(), clock=wired.clock)
    click.echo(
        f"Terms {new.version} of case {found.code} count from {new.since:%d %B %Y %H:%M} UTC."
    )


def _plain(value: int | datetime) -> int | time:
    return value.time() if isinstance(value, datetime) else value


@case.command("reader")
@click.argument("case_word", metavar="CASE")
@click.argument("name")
@click.option("--until", type=DAY, required=True, help="The last day (YYYY-MM-DD).")
@by_option
def reader(case_word: str, name: str, until: datetime, by: str | None) -> None:
    """Let a professional read until a day; both parents are told. Prints the code once."""
    found, wired = case_of(case_word), parts()
    who, end = _by(by, "case.open", found), end_of_day(until, found.zone)
    if end <= wired.clock():
        raise click.ClickException("That day is over already.")
    member, code = cases.add_reader(found.id, name, end, who, work=wired.work(), clock=wired.clock)
    _echo_code(member, code)


@case.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--case", "case_word", required=True, metavar="CASE")
@click.option("--as", "claims", multiple=True, required=True, metavar="ID=MEMBER",
              help="Which place a party of the file claims to be; once for each.")  # fmt: skip
@by_option
def import_(file: Path, case_word: str, claims: tuple[str, ...], by: str | None) -> None:
    """Bring in the threads of a file (JSON lines); both parents are told."""
    found, wired = case_of(case_word), parts()
    places = _places(found, claims)
    with file.open(encoding="utf-8", errors="surrogateescape") as lines:
        threads = imports.read_file(lines)
    if missing := {party for thread in threads for party in thread.parties} - set(places):
        raise click.ClickException(f"Say who these are, with --as: {', '.join(sorted(missing))}.")
    who = actor(by, "thread.import", found) if by else signed_in("thread.import", found)
    assess = in_process_unless_running(wired.assess)
    for thread in threads:
        imports.bring_in(
            found.id, thread, places, who, work=wired.work(), assess=assess, clock=wired.clock
        )
        click.echo(f"{thread.subject}: {len(thread.messages)} messages.")


def _places(case: Case, claims: tuple[str, ...]) -> dict[str, str]:
    named = (claim.partition("=") for claim in claims)
    return {party: place_of(case, word).id for party, _, word in named}


@case.command("list")
def list_() -> None:
    """List the cases and the places in them."""
    with parts().work().reading() as work:
        for found in work.people.cases():
            demo = ", demo" if found.demo else ""
            click.echo(f"{found.code}  {found.about}, {found.zone}, {found.state.value}{demo}")
            for member in work.people.members(found.id):
                joined = "joined" if member.person else "not joined"
                click.echo(f"      {member.role.value}: {member.name}, {joined} ({member.id})")
