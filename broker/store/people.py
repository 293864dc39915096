"""Persons, cases, members and joining codes. Names and sign-in names are sealed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from broker.domain.errors import NameTaken, NotHere
from broker.domain.people import Case, CaseState, Member, Person, Role
from broker.store.tables import cases, codes, members, persons
from broker.store.vault import Vault, fingerprint


class SqlPeople:
    """``broker.ports.People`` over SQL."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def case(self, case: str) -> Case:
        """Return one case. Raises NotHere."""
        row = self._connection.execute(select(cases).where(cases.c.case_id == case)).first()
        if row is None:
            raise NotHere
        return _case(row)

    def cases(self) -> list[Case]:
        """Return every case, oldest first (for the operator and the demo)."""
        rows = self._connection.execute(select(cases).order_by(cases.c.opened_at, cases.c.code))
        return [_case(row) for row in rows]

    def add_case(self, case: Case) -> None:
        """Store a new case."""
        self._connection.execute(
            insert(cases).values(
                case_id=case.id,
                code=case.code,
                about=case.about,
                zone=case.zone,
                state=case.state,
                opened_at=case.opened_at,
                demo=case.demo,
            )
        )

    def member(self, case: str, member: str) -> Member:
        """Return one member. Raises NotHere."""
        for found in self.members(case):
            if found.id == member:
                return found
        raise NotHere

    def members(self, case: str) -> list[Member]:
        """Return all members of a case, in the order in which they were named."""
        query = select(members).where(members.c.case_id == case).order_by(members.c.place)
        rows = self._connection.execute(query).all()
        self._vault.learn(case, [row.member_id for row in rows])
        return [self._member(row) for row in rows]

    def memberships(self, person: str) -> list[Member]:
        """Return all places of a person."""
        query = select(members).where(members.c.person_id == person).order_by(members.c.case_id)
        return [self._member(row) for row in self._connection.execute(query).all()]

    def add_member(self, member: Member) -> None:
        """Store a place in a case, joined or not."""
        self._connection.execute(
            insert(members).values(
                case_id=member.case,
                member_id=member.id,
                person_id=member.person,
                role=member.role,
                name=self._vault.seal(member.case, member.id, "name", member.name),
                since=member.since,
                until=member.until,
                place=len(self.members(member.case)),
                shield=member.shield,
            )
        )

    def join(self, case: str, member: str, person: str) -> None:
        """Fill a place with a person. Raises NotHere if it is filled, or the person has one."""
        try:
            filled = self._connection.execute(
                update(members)
                .where(*_is(case, member), members.c.person_id.is_(None))
                .values(person_id=person)
            )
        except IntegrityError as error:
            raise NotHere from error
        if filled.rowcount != 1:
            raise NotHere

    def set_shield(self, case: str, member: str, shield: str) -> None:
        """Set what this reader has folded."""
        self._connection.execute(update(members).where(*_is(case, member)).values(shield=shield))

    def person(self, person: str) -> Person:
        """Return one person. Raises NotHere."""
        row = self._connection.execute(select(persons).where(persons.c.person_id == person)).first()
        if row is None:
            raise NotHere
        return self._person(row)

    def add_person(self, person: Person, login: str, password_hash: str) -> None:
        """Store a person. Raises NameTaken."""
        if self.by_login(login) is not None:
            raise NameTaken
        self._connection.execute(
            insert(persons).values(
                person_id=person.id,
                login_index=self._index(login),
                login=self._vault.seal(person.id, person.id, "login", login),
                name=self._vault.seal(person.id, person.id, "name", person.name),
                password=password_hash,
                operator=person.operator,
                disabled=person.disabled,
            )
        )

    def by_login(self, login: str) -> tuple[Person, str] | None:
        """Return a person and the stored password by sign-in name (blind index)."""
        row = self._connection.execute(
            select(persons).where(persons.c.login_index == self._index(login))
        ).first()
        return None if row is None else (self._person(row), row.password)

    def password(self, person: str) -> str:
        """Return the stored password of a person."""
        query = select(persons.c.password).where(persons.c.person_id == person)
        return str(self._connection.execute(query).scalar_one())

    def set_password(self, person: str, password_hash: str) -> None:
        """Replace the stored password."""
        self._connection.execute(
            update(persons).where(persons.c.person_id == person).values(password=password_hash)
        )

    def add_code(self, case: str, member: str, code: str, until: datetime) -> None:
        """Keep the hash of a joining code, replacing an older one of that place."""
        mine = codes.c.case_id == case, codes.c.member_id == member
        self._connection.execute(delete(codes).where(*mine))
        self._connection.execute(
            insert(codes).values(
                case_id=case, member_id=member, code_hash=fingerprint(code), until=until
            )
        )

    def place_of_code(self, code: str, now: datetime) -> Member | None:
        """Return the place a live code opens, or None."""
        row = self._connection.execute(
            select(codes).where(
                codes.c.code_hash == fingerprint(code),
                codes.c.used_at.is_(None),
                codes.c.until > now,
            )
        ).first()
        return self.member(row.case_id, row.member_id) if row else None

    def spend_code(self, code: str, now: datetime) -> None:
        """Mark a code as used."""
        self._connection.execute(
            update(codes).where(codes.c.code_hash == fingerprint(code)).values(used_at=now)
        )

    def _index(self, login: str) -> bytes:
        return self._vault.mac("login", login.strip().casefold())

    def _person(self, row: Row[Any]) -> Person:
        name = self._vault.open(row.person_id, row.person_id, "name", row.name)
        return Person(row.person_id, name, row.operator, row.disabled)

    def _member(self, row: Row[Any]) -> Member:
        return Member(
            case=row.case_id,
            id=row.member_id,
            role=Role(row.role),
            name=self._vault.open(row.case_id, row.member_id, "name", row.name),
            person=row.person_id,
            since=row.since,
            until=row.until,
            shield=row.shield,
        )


def _is(case: str, member: str) -> tuple[Any, Any]:
    return members.c.case_id == case, members.c.member_id == member


def _case(row: Row[Any]) -> Case:
    return Case(
        row.case_id, row.code, row.about, row.zone, CaseState(row.state), row.opened_at, row.demo
    )
