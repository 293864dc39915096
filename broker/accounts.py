"""Signing in and out, joining a case by a code, and passwords. Knows no page and no hash function.

Every refusal to sign in is the same sentence after the same work, whoever the account is.
"""

import secrets
from datetime import datetime, timedelta

from broker.domain.errors import (
    CodeRefused,
    NotHere,
    PasswordTooShort,
    SignInRefused,
    Throttled,
    TwoPeopleNeeded,
)
from broker.domain.ids import new_id
from broker.domain.people import Member, Person, Role, Session, may
from broker.ports import Clock, Hasher, Work

TRIES, WINDOW = 8, timedelta(minutes=15)
TOUCH_EVERY = timedelta(seconds=30)
LEAST = {Role.PARENT: 8, Role.READER: 8, Role.MEDIATOR: 15, Role.OPERATOR: 15}
"""Shortest password by role; there are no rules of composition."""


def sign_in(
    login: str, password: str, network: str, *, work: Work, hasher: Hasher, clock: Clock
) -> str:
    """Return the secret of a new session.

    Tries are counted by pair of account and network, so that nobody can lock out somebody else.

    Raises:
        SignInRefused, Throttled

    """
    now, pair = clock(), f"{login.strip().casefold()}|{network}"
    with work.reading():
        _refuse_flood(pair, work, now)
        found = work.people.by_login(login)
    person, stored = found or (None, None)
    fits = hasher.verify(stored, password) and person is not None and not person.disabled
    with work:
        if not fits or person is None:
            work.sessions.note_try(pair, now)
        else:
            work.sessions.forget_tries(pair)
            return work.sessions.start(person.id, now)
    raise SignInRefused


def whoever(secret: str, *, work: Work, clock: Clock) -> Session | None:
    """Return the session of a browser, noting now and then that it is in use."""
    now = clock()
    with work.reading():
        session = work.sessions.find(secret, now)
    if session and session.state == "live" and now - session.used_at > TOUCH_EVERY:
        with work:
            work.sessions.use(secret, now)
    return session


def sign_out(secret: str, *, work: Work, clock: Clock) -> None:
    """End one session; unknown ones are ended already."""
    with work:
        work.sessions.end(secret, clock())


def _refuse_flood(pair: str, work: Work, now: datetime) -> None:
    if work.sessions.tries(pair, now - WINDOW) >= TRIES:
        raise Throttled(minutes=WINDOW // timedelta(minutes=1))


def look_at_code(code: str, network: str, *, work: Work, clock: Clock) -> None:
    """Say whether a joining code can be used; reveals nothing else.

    Raises:
        CodeRefused, Throttled

    """
    _place_of(code, network, work, clock())


def _place_of(code: str, network: str, work: Work, now: datetime) -> Member:
    """Return the place a code opens. Wrong codes are counted by network: there is no account yet.

    Raises:
        CodeRefused, Throttled

    """
    pair = f"joining code from {network}"
    with work.reading():
        _refuse_flood(pair, work, now)
        place = work.people.place_of_code(_plain(code), now)
    if place is None:
        with work:
            work.sessions.note_try(pair, now)
        raise CodeRefused
    return place


def join(
    code: str,
    login: str,
    password: str,
    network: str,
    *,
    work: Work,
    hasher: Hasher,
    clock: Clock,
) -> Member:
    """Fill the place a code opens with a new person (S15).

    Raises:
        CodeRefused, Throttled, PasswordTooShort, NameTaken

    """
    now = clock()
    role = _place_of(code, network, work, now).role
    stored = hasher.hash(_long_enough(password, role))
    with work:
        place = work.people.place_of_code(_plain(code), now)
        if place is None:
            raise CodeRefused
        person = Person(new_id(), place.name)
        work.people.add_person(person, login.strip(), stored)
        return _take_place(place, person.id, code, work, now)


def join_as(code: str, person: str, network: str, *, work: Work, clock: Clock) -> Member:
    """Fill the place a code opens with somebody who has an account.

    Raises:
        CodeRefused, Throttled

    """
    now = clock()
    _place_of(code, network, work, now)
    with work:
        place = work.people.place_of_code(_plain(code), now)
        if place is None:
            raise CodeRefused
        try:
            return _take_place(place, person, code, work, now)
        except NotHere as error:
            raise CodeRefused from error


def _take_place(place: Member, person: str, code: str, work: Work, now: datetime) -> Member:
    work.people.join(place.case, place.id, person)
    work.people.spend_code(_plain(code), now)
    work.logs.case(place.case).append("member.joined", place.id, now, role=place.role.value)
    work.logs.member(place.case, place.id).append("account.joined", place.id, now)
    return work.people.member(place.case, place.id)


def add_operator(login: str, name: str, password: str, *, work: Work, hasher: Hasher) -> Person:
    """Add somebody who runs this installation. Raises PasswordTooShort, NameTaken."""
    stored = hasher.hash(_long_enough(password, Role.OPERATOR))
    person = Person(new_id(), name, operator=True)
    with work:
        work.people.add_person(person, login.strip(), stored)
    return person


def reset(
    login: str,
    confirmers: tuple[tuple[str, str], tuple[str, str]],
    *,
    work: Work,
    hasher: Hasher,
    clock: Clock,
) -> str:
    """Give a person a new password, confirmed by two others with theirs; returns it once.

    All sessions end; the person is told on every case page, with the time (S16, S20).

    Raises:
        TwoPeopleNeeded, SignInRefused, NotHere

    """
    now, fresh = clock(), secrets.token_urlsafe(15)
    with work.reading():
        found = work.people.by_login(login)
        two = {_confirmer(name, password, work, hasher) for name, password in confirmers}
    if found is None:
        raise NotHere
    if len(two - {found[0].id}) != 2:
        raise TwoPeopleNeeded
    stored = hasher.hash(fresh)
    with work:
        work.people.set_password(found[0].id, stored)
        work.sessions.end_all(found[0].id, now)
        for place in work.people.memberships(found[0].id):
            work.logs.member(place.case, place.id).append("account.reset", "operator", now)
            work.outbox.tell(place.case, place.id, "password_reset", now)
    return fresh


def _confirmer(login: str, password: str, work: Work, hasher: Hasher) -> str:
    found = work.people.by_login(login)
    if not hasher.verify(found[1] if found else None, password) or found is None:
        raise SignInRefused
    person = found[0]
    roles = {place.role for place in work.people.memberships(person.id)}
    if not person.operator and not any(may(role, "hold.decide") for role in roles):
        raise SignInRefused
    return person.id


def _long_enough(password: str, role: Role) -> str:
    if len(password) < LEAST[role]:
        raise PasswordTooShort(least=LEAST[role])
    return password


def _plain(code: str) -> str:
    return code.strip().lower().replace(" ", "-")
