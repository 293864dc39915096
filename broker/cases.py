"""Opening a case, its places and joining codes, and its terms. Knows no page and no database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from broker.domain.assessment import Assessment
from broker.domain.errors import SettingRefused
from broker.domain.ids import new_code, new_id
from broker.domain.people import ABOUT, Case, CaseState, Member, Role, mediators
from broker.domain.policy import Standing, Terms, Verdict, checked, decide, midnight
from broker.ports import Clock, Work

CODE_DAYS = 14


@dataclass(frozen=True)
class Opening:
    """What is known when a case is opened: what it is about, where, who, and the first terms."""

    about: str
    zone: str
    people: Sequence[tuple[Role, str]]
    terms: Terms = field(default_factory=Terms)
    demo: bool = False


def open_case(
    opening: Opening, by: str, *, work: Work, clock: Clock
) -> tuple[Case, list[tuple[Member, str]]]:
    """Open a case and return it with a joining code for each place, shown once.

    Neither parent is the inviter: ``by`` is a mediator's or operator's id (S15). Terms that hold
    messages count from the moment a mediator has joined; until then the plain ones do.

    Raises:
        MediatorNeeded, SettingRefused

    """
    now = clock()
    _fits(opening)
    case = Case(
        new_id(), new_id(4).upper(), opening.about, opening.zone, CaseState.OPEN, now, opening.demo
    )
    with work:
        work.people.add_case(case)
        log = work.logs.case(case.id)
        log.append("case.opened", by, now, about=case.about, zone=case.zone)
        places = [_add_place(case.id, role, name, work, now) for role, name in opening.people]
        _put_terms(case.id, opening.terms, now, by, work, now)
    return case, places


def _fits(opening: Opening) -> None:
    roles = [role for role, _ in opening.people]
    if opening.about not in ABOUT:
        raise SettingRefused(name="about", value=opening.about)
    if roles.count(Role.PARENT) != 2 or Role.OPERATOR in roles:
        raise SettingRefused(name="people", value=", ".join(roles))
    checked(opening.terms, has_mediator=Role.MEDIATOR in roles)
    try:
        ZoneInfo(opening.zone)
    except (LookupError, OSError, ValueError) as error:
        raise SettingRefused(name="zone", value=opening.zone) from error


def _add_place(case: str, role: Role, name: str, work: Work, now: datetime) -> tuple[Member, str]:
    member, code = Member(case, new_id(), role, name, None, now), new_code()
    work.people.add_member(member)
    work.people.add_code(case, member.id, code, now + timedelta(days=CODE_DAYS))
    return member, code


def add_reader(
    case: str, name: str, until: datetime, by: str, *, work: Work, clock: Clock
) -> tuple[Member, str]:
    """Give a professional a dated, read-only place, listed to both parents (S19)."""
    now, code = clock(), new_code()
    member = Member(case, new_id(), Role.READER, name, None, now, until)
    with work:
        work.people.add_member(member)
        work.people.add_code(case, member.id, code, now + timedelta(days=CODE_DAYS))
        work.logs.case(case).append("grant.shared", by, now, member=member.id)
        _tell_parents(case, "reader_added", work, now)
    return member, code


def new_code_for(case: str, member: str, *, work: Work, clock: Clock) -> str:
    """Return a fresh joining code for an empty place; an older one stops working."""
    code = new_code()
    with work:
        work.people.add_code(case, member, code, clock() + timedelta(days=CODE_DAYS))
    return code


def set_terms(case: str, terms: Terms, by: str, *, work: Work, clock: Clock) -> Terms:
    """Set new terms: they count from the next day in the case's zone, and both parents are told.

    Raises:
        MediatorNeeded: they hold messages and no mediator has accepted the case.
        SettingRefused: a value is out of range.

    """
    now = clock()
    with work:
        members = work.people.members(case)
        checked(terms, has_mediator=bool(mediators(members, now)))
        since = _next_day(now, work.people.case(case).zone)
        new = _put_terms(case, terms, since, by, work, now)
        _tell_parents(case, "terms_set", work, now, version=str(new.version))
    return new


def _put_terms(
    case: str, terms: Terms, since: datetime, by: str, work: Work, now: datetime
) -> Terms:
    new = work.terms.add(case, terms, since)
    work.logs.case(case).append(
        "terms.set", by, now, version=new.version, since=since.isoformat(), **_plain(new)
    )
    return new


def _plain(terms: Terms) -> dict[str, Any]:
    return {
        "modes": terms.modes,
        "opens": terms.opens.isoformat("minutes"),
        "closes": terms.closes.isoformat("minutes"),
        "per_day": terms.per_day,
        "length": terms.length,
        "hold_hours": terms.hold_hours,
        "promise_hours": terms.promise_hours,
    }


def _tell_parents(case: str, kind: str, work: Work, now: datetime, **about: str) -> None:
    for member in work.people.members(case):
        if member.role is Role.PARENT:
            work.outbox.tell(case, member.id, kind, now, **about)


def _next_day(now: datetime, zone: str) -> datetime:
    local = now.astimezone(ZoneInfo(zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight + timedelta(days=1)).astimezone(ZoneInfo("UTC"))


def forecast(member: Member, assessment: Assessment, *, work: Work, clock: Clock) -> Verdict:
    """Return what the terms would make of a text sent now; what counts is when it is accepted."""
    now = clock()
    with work.reading():
        terms, zone = work.terms.in_force(member.case, now), work.people.case(member.case).zone
        sent_today = work.messages.accepted_since(member.case, member.id, midnight(now, zone))
        looked_at = bool(mediators(work.people.members(member.case), now))
    return decide(assessment, terms, Standing(now, zone, sent_today, looked_at))
