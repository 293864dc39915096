"""Opening a case and setting its terms."""

from dataclasses import replace

import pytest

from broker import cases
from broker.domain.errors import MediatorNeeded, SettingRefused
from broker.domain.people import Role
from broker.domain.policy import Terms
from tests.world import HOLDING, START, World

TWO = [(Role.PARENT, "Anna"), (Role.PARENT, "Ben")]


def opened(world: World, **more: object) -> cases.Opening:
    told = {"about": "children", "zone": "Europe/London", "people": TWO, **more}
    opening = cases.Opening(**told)  # type: ignore[arg-type]
    cases.open_case(opening, "operator", work=world.work(), clock=world.clock)
    return opening


def test_s15_neither_parent_opens_the_case_and_each_gets_a_code(world: World) -> None:
    opening = cases.Opening("house", "Europe/London", TWO)
    case, places = cases.open_case(opening, "operator", work=world.work(), clock=world.clock)
    assert len({code for _, code in places}) == 2
    with world.work().reading() as work:
        entries = [entry.fields for entry in work.logs.case(case.id).entries()]
    assert [(e["type"], e["actor"]) for e in entries] == [
        ("case.opened", "operator"),
        ("terms.set", "operator"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"about": "garden"},
        {"zone": "Europe/Nowhere"},
        {"zone": "../etc/passwd"},
        {"people": TWO[:1]},
        {"people": [*TWO, (Role.PARENT, "Cy")]},
        {"people": [*TWO, (Role.OPERATOR, "Op")]},
    ],
)
def test_a_case_that_does_not_fit_is_refused_and_leaves_nothing(
    world: World, wrong: dict[str, object]
) -> None:
    with pytest.raises(SettingRefused):
        opened(world, **wrong)
    with world.work().reading() as work:
        assert work.people.cases() == []


def test_without_a_mediator_only_advise_can_be_set(world: World) -> None:
    with pytest.raises(MediatorNeeded):
        opened(world, terms=HOLDING)
    opened(world, terms=HOLDING, people=[*TWO, (Role.MEDIATOR, "Ruth")])


def test_terms_that_hold_wait_for_a_mediator_who_has_accepted(world: World) -> None:
    opening = cases.Opening("children", "Europe/London", [*TWO, (Role.MEDIATOR, "Ruth")])
    case, _ = cases.open_case(opening, "operator", work=world.work(), clock=world.clock)
    with pytest.raises(MediatorNeeded):
        cases.set_terms(case.id, HOLDING, "operator", work=world.work(), clock=world.clock)


def test_new_terms_count_from_the_next_day_in_the_cases_zone_and_both_are_told(
    world: World,
) -> None:
    family = world.family()
    new = replace(HOLDING, per_day=5)
    cases.set_terms(family.case, new, family.mediator.id, work=world.work(), clock=world.clock)
    with world.work().reading() as work:
        today = work.terms.in_force(family.case, START.replace(hour=23, minute=59))
        tomorrow = work.terms.in_force(family.case, START.replace(day=24, hour=0))
        told = [work.outbox.of(family.case, m.id)[0].kind for m in (family.anna, family.ben)]
    assert (today.per_day, tomorrow.per_day) == (40, 5)
    assert told == ["terms_set", "terms_set"]


def test_a_case_without_terms_of_its_own_has_the_plain_ones(world: World) -> None:
    with world.work().reading() as work:
        assert work.terms.in_force("nowhere", START) == Terms()
