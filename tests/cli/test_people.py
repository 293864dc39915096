"""Operators, and new passwords that two people confirm."""

from broker import accounts
from broker.domain.people import Role, may
from tests.cli.conftest import Run
from tests.world import PASSWORD, World


def sign_in(world: World, login: str, password: str) -> str:
    return accounts.sign_in(
        login, password, "here", work=world.work(), hasher=world.hasher, clock=world.clock
    )


def test_an_operator_signs_in_with_the_password_typed_twice(world: World, run: Run) -> None:
    told = run("operator", "add", "olga", "--name", "Olga", typed=(PASSWORD, PASSWORD))
    assert (told.exit_code, PASSWORD in told.output) == (0, False)
    assert sign_in(world, "olga", PASSWORD)
    assert may(Role.OPERATOR, "ledger.verify")


def test_a_made_password_is_printed_once_and_works(world: World, run: Run) -> None:
    told = run("operator", "add", "olga", "--name", "Olga", "--generate")
    assert sign_in(world, "olga", told.output.split()[-1])


def test_a_short_password_and_a_taken_name_are_sentences(run: Run) -> None:
    short = run("operator", "add", "olga", "--name", "Olga", typed=("short", "short"))
    assert (short.exit_code, "at least 15" in short.stderr) == (1, True)
    run("operator", "add", "olga", "--name", "Olga", "--generate")
    again = run("operator", "add", "OLGA", "--name", "Olga", "--generate")
    assert (again.exit_code, "cannot be used" in again.stderr) == (1, True)


def test_a_reset_needs_two_people_and_is_told_to_the_person(world: World, run: Run) -> None:
    family = world.family()
    run("operator", "add", "olga", "--name", "Olga", typed=(PASSWORD, PASSWORD))
    one = run("person", "reset", "anna", typed=("olga", PASSWORD, "olga", PASSWORD))
    assert (one.exit_code, "Two different people" in one.stderr) == (1, True)
    told = run("person", "reset", "anna", typed=("olga", PASSWORD, "mediator", PASSWORD))
    assert told.exit_code == 0, told.output
    assert PASSWORD not in told.output
    assert sign_in(world, "anna", told.stdout.split()[-1])
    with world.work().reading() as work:
        kinds = [notice.kind for notice in work.outbox.of(family.case, family.anna.id)]
    assert kinds == ["password_reset"]


def test_the_other_parent_cannot_confirm_a_reset(world: World, run: Run) -> None:
    world.family()
    told = run("person", "reset", "anna", typed=("ben", PASSWORD, "mediator", PASSWORD))
    assert (told.exit_code, "do not match" in told.stderr) == (1, True)
