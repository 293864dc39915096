"""Asking the story what happened, and doing what people do, for tests of the journey."""

from broker import desk, journey
from broker.domain.message import Decision, Hold, Message
from broker.domain.people import Member
from tests.world import Family, World

HOSTILE = "[[You useless liar.]] Can you bring the coat on Friday?"


def kept(world: World, family: Family, message: str) -> Message:
    with world.work().reading() as work:
        return work.messages.get(family.case, message)


def types(
    world: World, family: Family, member: Member | None = None, desk: bool = False
) -> list[str]:
    with world.work().reading() as work:
        log = work.logs.desk(family.case) if desk else work.logs.case(family.case)
        if member:
            log = work.logs.member(family.case, member.id)
        return [entry.fields["type"] for entry in log.entries()]


def decide(world: World, family: Family, message: str, decision: Decision, **more: str) -> Hold:
    return desk.take_decision(
        family.case, message, more.get("mediator", family.mediator.id), decision,
        reason=more.get("reason", "As the terms say."),
        note=more.get("note", "Please leave the first sentence out."),
        work=world.work(), assess=world.assess, clock=world.clock,
    )  # fmt: skip


def undo(world: World, author: Member, message: str) -> Message:
    return journey.undo(author.case, author.id, message, work=world.work(), clock=world.clock)


def withdraw(world: World, author: Member, message: str) -> None:
    journey.withdraw(author.case, author.id, message, work=world.work(), clock=world.clock)
