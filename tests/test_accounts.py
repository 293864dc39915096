"""Signing in, joining by a code, resetting a password."""

from datetime import timedelta

import pytest

from broker import accounts, cases
from broker.domain.errors import (
    CodeRefused,
    NameTaken,
    NotHere,
    PasswordTooShort,
    SignInRefused,
    Throttled,
    TwoPeopleNeeded,
)
from broker.domain.people import Member, Role
from tests.world import PASSWORD, World

OPENING = cases.Opening(
    "pet", "Australia/Perth", [(Role.PARENT, "Noelle"), (Role.PARENT, "Hamish")]
)


def sign_in(world: World, login: str, password: str = PASSWORD, network: str = "net") -> str:
    return accounts.sign_in(
        login, password, network, work=world.work(), hasher=world.hasher, clock=world.clock
    )


def state(world: World, secret: str) -> str | None:
    session = accounts.whoever(secret, work=world.work(), clock=world.clock)
    return session.state if session else None


def places(world: World) -> list[tuple[Member, str]]:
    return cases.open_case(OPENING, "operator", work=world.work(), clock=world.clock)[1]


def join(
    world: World,
    code: str,
    login: str = "noelle",
    password: str = PASSWORD,
    network: str = "net",
) -> Member:
    return accounts.join(
        code, login, password, network, work=world.work(), hasher=world.hasher, clock=world.clock
    )


def test_a_session_lives_is_kept_awake_by_use_and_falls_idle(world: World) -> None:
    world.family()
    secret = sign_in(world, " ANNA ")
    for _ in range(3):
        world.clock.turn(minutes=29)
        assert state(world, secret) == "live"
    world.clock.turn(minutes=30)
    assert state(world, secret) == "idle"


def test_a_session_ends_after_twelve_hours_however_busy(world: World) -> None:
    world.family()
    secret = sign_in(world, "anna")
    for _ in range(35):
        world.clock.turn(minutes=20)
        assert state(world, secret) == "live"
    world.clock.turn(minutes=20)
    assert state(world, secret) == "idle"


def test_a_session_that_was_signed_out_is_over_for_every_copy_of_its_cookie(world: World) -> None:
    world.family()
    secret = sign_in(world, "anna")
    accounts.sign_out(secret, work=world.work(), clock=world.clock)
    assert state(world, secret) == "ended"
    assert state(world, "made up") is None


@pytest.mark.parametrize(("login", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_every_failed_sign_in_gets_the_same_sentence(
    world: World, login: str, password: str
) -> None:
    world.family()
    with pytest.raises(SignInRefused):
        sign_in(world, login, password)


def test_an_unknown_account_costs_the_same_verification(world: World) -> None:
    seen: list[str | None] = []

    class Spy(type(world.hasher)):  # type: ignore[misc]
        def verify(self, stored: str | None, password: str) -> bool:
            seen.append(stored)
            return super().verify(stored, password)  # type: ignore[no-any-return]

    world.hasher = Spy()
    with pytest.raises(SignInRefused):
        sign_in(world, "nobody")
    assert seen == [None]


def test_tries_are_counted_by_account_and_network_so_that_nobody_locks_out_another(
    world: World,
) -> None:
    world.family()
    for _ in range(8):
        with pytest.raises(SignInRefused):
            sign_in(world, "anna", "wrong", network="of ben")
    with pytest.raises(Throttled):
        sign_in(world, "anna", network="of ben")
    assert state(world, sign_in(world, "anna", network="of anna")) == "live"
    world.clock.turn(minutes=16)
    assert state(world, sign_in(world, "anna", network="of ben")) == "live"


def test_s15_a_code_fills_its_place_once(world: World) -> None:
    (_, code), _ = places(world)
    accounts.look_at_code(f"  {code.upper()} ", "net", work=world.work(), clock=world.clock)
    member = join(world, code)
    assert (member.name, member.role) == ("Noelle", Role.PARENT)
    with pytest.raises(CodeRefused):
        join(world, code, "other")


def test_s15_an_old_code_and_an_unknown_one_get_the_same_answer(world: World) -> None:
    (_, code), _ = places(world)
    world.clock.turn(days=15)
    for tried in (code, "aaaa-bbbb-cccc"):
        with pytest.raises(CodeRefused):
            join(world, tried)


def test_s15_wrong_codes_are_counted_by_network_however_they_are_tried(world: World) -> None:
    family = world.family()
    (_, code), _ = places(world)
    parts = {"work": world.work(), "clock": world.clock}
    assert family.anna.person
    for number in range(4):
        with pytest.raises(CodeRefused):
            accounts.look_at_code(f"aaaa-{number}", "of ben", **parts)
    for number in range(3):
        with pytest.raises(CodeRefused):
            join(world, f"bbbb-{number}", network="of ben")
    with pytest.raises(CodeRefused):
        accounts.join_as("cccc", family.anna.person, "of ben", **parts)
    with pytest.raises(Throttled):
        accounts.look_at_code(code, "of ben", **parts)
    with pytest.raises(Throttled):
        join(world, code, network="of ben")
    with pytest.raises(Throttled):
        accounts.join_as(code, family.anna.person, "of ben", **parts)
    assert state(world, sign_in(world, "anna", network="of ben")) == "live"
    accounts.look_at_code(code, "of anna", **parts)
    world.clock.turn(minutes=16)
    assert join(world, code, network="of ben").person


def test_a_fresh_code_stops_the_older_one(world: World) -> None:
    (member, code), _ = places(world)
    fresh = cases.new_code_for(member.case, member.id, work=world.work(), clock=world.clock)
    with pytest.raises(CodeRefused):
        join(world, code)
    assert join(world, fresh).person


def test_a_refused_join_leaves_the_code_usable(world: World) -> None:
    (_, code), (_, second) = places(world)
    with pytest.raises(PasswordTooShort):
        join(world, code, password="short")
    join(world, code)
    with pytest.raises(NameTaken):
        join(world, second, login="Noelle")
    assert join(world, second, login="hamish").name == "Hamish"


def test_somebody_with_an_account_joins_a_second_case_but_not_one_case_twice(world: World) -> None:
    family = world.family()
    (_, code), (_, second) = places(world)
    assert family.anna.person
    joined = accounts.join_as(code, family.anna.person, "net", work=world.work(), clock=world.clock)
    assert joined.person == family.anna.person
    with pytest.raises(CodeRefused):
        accounts.join_as(second, family.anna.person, "net", work=world.work(), clock=world.clock)


def reset(world: World, login: str, *confirmers: tuple[str, str]) -> str:
    return accounts.reset(
        login,
        (confirmers[0], confirmers[1]),
        work=world.work(),
        hasher=world.hasher,
        clock=world.clock,
    )


def operator(world: World, login: str) -> tuple[str, str]:
    accounts.add_operator(login, "Op", PASSWORD, work=world.work(), hasher=world.hasher)
    return login, PASSWORD


def test_s16_a_reset_needs_two_others_ends_all_sessions_and_is_told(world: World) -> None:
    family = world.family()
    secret = sign_in(world, "anna")
    fresh = reset(world, "anna", operator(world, "op"), ("mediator", PASSWORD))
    assert state(world, secret) == "ended"
    assert state(world, sign_in(world, "anna", fresh)) == "live"
    with pytest.raises(SignInRefused):
        sign_in(world, "anna")
    with world.work().reading() as work:
        assert [n.kind for n in work.outbox.of(family.case, family.anna.id)] == ["password_reset"]
        assert work.outbox.of(family.case, family.ben.id) == []


def test_s16_the_other_parent_can_confirm_no_reset(world: World) -> None:
    world.family()
    one = operator(world, "op")
    for second, refusal in (
        (("ben", PASSWORD), SignInRefused),
        (one, TwoPeopleNeeded),
        (("mediator", "wrong"), SignInRefused),
    ):
        with pytest.raises(refusal):
            reset(world, "anna", one, second)
    with pytest.raises(TwoPeopleNeeded):
        reset(world, "op", one, operator(world, "op2"))
    with pytest.raises(NotHere):
        reset(world, "nobody", one, operator(world, "op3"))


def test_a_grant_that_has_ended_is_no_place_any_more(world: World) -> None:
    family = world.family()
    until = world.clock() + timedelta(days=3)
    reader, _ = cases.add_reader(
        family.case, "Counsel", until, family.mediator.id, work=world.work(), clock=world.clock
    )
    assert reader.current(world.clock())
    assert not reader.current(until)
    with world.work().reading() as work:
        for parent in (family.anna, family.ben):
            assert [n.kind for n in work.outbox.of(family.case, parent.id)] == ["reader_added"]
