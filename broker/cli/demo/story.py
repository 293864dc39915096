"""The sixth family of the demo: what they write in a fortnight, and what becomes of it.

Everybody and everything in it is invented. Each message goes through the journey like any other;
``SCENES`` says who writes what when, and what the mediator does with what is held.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from broker import desk, journey
from broker.cli.demo.telling import Telling, pass_time
from broker.domain.ids import new_id
from broker.domain.message import Decision, Submission
from broker.domain.people import Member
from broker.domain.policy import ADVISE, FOLD, HOLD, Terms
from broker.ports import Parts

GARETH, TAMSIN = 0, 1
ZONE = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Family:
    """Who writes, and under which terms."""

    names: list[str]
    terms: Terms


FAMILY = Family(
    ["Gareth", "Tamsin"],
    Terms(
        modes={"none": ADVISE, "low": ADVISE, "high": HOLD, "not_assessed": FOLD},
        opens=time(8, 0),
        closes=time(20, 0),
        per_day=3,
        hold_hours=72,
    ),
)


@dataclass(frozen=True)
class Decided:
    """What the mediator makes of a held message 20 minutes later."""

    decision: Decision
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Scene:
    """One message: so many days ago at an hour, or so many minutes ago today."""

    ago: tuple[int, time] | int
    who: int
    topic: str
    text: str
    answers: bool = False
    decided: Decided | None = None


RELEASED = Decided(Decision.RELEASE)
RETURNED = Decided(
    Decision.RETURN,
    reason="The first sentence is about the other parent, not about Robin.",
    note="Please take out the first sentence. The question about the shoes is fine as it is.",
)

SCENES = (
    Scene((9, time(10, 15)), GARETH, "schedule",
          "Swimming starts on Saturday at 9:30. Can you take Robin?"),
    Scene((9, time(11, 2)), TAMSIN, "schedule",
          "Yes. I will bring the blue bag and collect Robin at 10:30.", answers=True),
    Scene((8, time(17, 40)), GARETH, "school",
          "You are a useless mother and everybody at the school gate knows it. Parents' evening is"
          " on Thursday at 17:20 in room 4. Are you going?", decided=RELEASED),
    Scene((7, time(9, 5)), TAMSIN, "school", "I will be there at 17:20.", answers=True),
    Scene((7, time(12, 30)), TAMSIN, "other",
          "Please only write to me about Robin. Do not come to my house without asking first."),
    Scene((6, time(14, 10)), TAMSIN, "money",
          "The school trip costs £38. I paid it on Monday. Can you send £19 by Friday?"),
    Scene((6, time(18, 30)), GARETH, "money",
          "I sent £19 this evening. I will not discuss the house here.", answers=True),
    Scene((5, time(12, 0)), GARETH, "belongings",
          "You are a pathetic liar. Which shoes does Robin need?", decided=RETURNED),
    Scene((5, time(13, 5)), GARETH, "belongings", "Which shoes does Robin need for school?"),
    Scene((5, time(17, 20)), TAMSIN, "belongings", "Black ones, size 1.", answers=True),
    Scene((4, time(16, 5)), TAMSIN, "health",
          "Robin has 40 degrees and is not waking up properly. The ambulance is here."),
    Scene((4, time(16, 9)), GARETH, "health", "I am on my way. Which ward?", answers=True),
    Scene((4, time(18, 45)), TAMSIN, "health",
          "Ward 3. The doctor has seen Robin and the fever is down to 38."),
    Scene((3, time(19, 10)), GARETH, "other", "I do not want to live any more."),
    Scene((2, time(9, 30)), GARETH, "other",
          "I have spoken to my doctor and my brother is with me."),
    Scene((2, time(10, 0)), GARETH, "handover",
          "You are a useless liar. Handover is today at 17:00 at the library."),
    Scene((1, time(12, 40)), GARETH, "other",
          "You will regret this. I know where you park at night."),
    Scene((1, time(13, 15)), TAMSIN, "other", "LEAVE ME ALONE. Write about Robin or not at all."),
    Scene(50, GARETH, "school", "The reading book is in the front pocket of the bag."),
    Scene(40, GARETH, "money", "You are a pathetic mother. The club costs £24 for the term."),
    Scene(30, GARETH, "health", "The next check-up is with Dr Farrow."),
    Scene(2, GARETH, "belongings", "The rain coat is at mine. I will send it with Robin."),
)  # fmt: skip
"""The last one is the fourth of a day on which the terms let three through: it waits."""


def live(parts: Parts, clock: Telling, people: list[Member], now: datetime) -> None:
    """Let the family write until now. ``people``: both parents and the mediator, in this order."""
    last: dict[str, tuple[str, str]] = {}
    for scene in SCENES:
        pass_time(parts, clock, _at(scene, now))
        message = _write(scene, people[scene.who], last, parts)
        if scene.decided:
            pass_time(parts, clock, clock() + timedelta(minutes=20))
            _decide(scene.decided, message, people[2], parts)
        pass_time(parts, clock, clock() + timedelta(minutes=1))
        _remember(scene, message, last, parts, people[0].case)
    pass_time(parts, clock, now)


def _at(scene: Scene, now: datetime) -> datetime:
    if isinstance(scene.ago, int):
        return now - timedelta(minutes=scene.ago)
    days, hour = scene.ago
    day = (now.astimezone(ZONE) - timedelta(days=days)).date()
    return datetime.combine(day, hour, ZONE)


def _write(scene: Scene, author: Member, last: dict[str, tuple[str, str]], parts: Parts) -> str:
    thread, answered = last[scene.topic] if scene.answers else (None, None)
    submission = Submission(
        author.case, author.id, scene.text, new_id(), scene.topic, thread, answered
    )
    receipt = journey.submit(submission, work=parts.work(), assess=parts.assess, clock=parts.clock)
    return receipt.message


def _decide(decided: Decided, message: str, mediator: Member, parts: Parts) -> None:
    case, work, clock = mediator.case, parts.work(), parts.clock
    desk.open_held(case, message, mediator.id, work=work, clock=clock)
    desk.take_decision(
        case,
        message,
        mediator.id,
        decided.decision,
        reason=decided.reason,
        note=decided.note,
        work=work,
        assess=parts.assess,
        clock=clock,
    )


def _remember(
    scene: Scene, message: str, last: dict[str, tuple[str, str]], parts: Parts, case: str
) -> None:
    """Keep what an answer in this topic would answer."""
    with parts.work().reading() as work:
        last[scene.topic] = (work.messages.get(case, message).thread, message)
