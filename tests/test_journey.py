"""The life of a message, told from outside."""

from broker.domain.message import State
from tests.world import World


def test_a_plain_message_is_delivered_when_its_undo_time_has_passed(world: World) -> None:
    family = world.family()
    message = world.send(family.anna, "Handover is on Friday.")
    with world.work().reading() as work:
        kept = work.messages.get(family.case, message)
        assert (kept.state, kept.number) == (State.DELIVERED, 1)
        assert [e.fields["type"] for e in work.logs.case(family.case).entries()][-1] == (
            "message.delivered"
        )
