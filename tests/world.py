"""A small world for tests: a real store in a temporary file, a clock to turn, a scripted assessor.

``World.family()`` opens a case with two parents, a mediator and a reader, all joined.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, text

from broker import accounts, cases, journey
from broker.domain.assessment import Ask, Assessment, Fact, Flag
from broker.domain.message import Receipt, Submission
from broker.domain.people import Member, Role
from broker.domain.policy import ADVISE, FOLD, HOLD, Terms
from broker.store.database import APPEND_ONLY, FROZEN, connect
from broker.store.tables import metadata
from broker.store.work import SqlWork

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MASTER = bytes(range(32))
HOLDING = Terms(modes={"none": ADVISE, "low": ADVISE, "high": HOLD, "not_assessed": FOLD})
PASSWORD = "a long enough password"


class PlainHasher:
    """A hasher that costs nothing; the real one has a test of its own."""

    def hash(self, password: str) -> str:
        return f"plain:{password}"

    def verify(self, stored: str | None, password: str) -> bool:
        return stored == f"plain:{password}"


@dataclass
class TurnableClock:
    """Tells the time a test has set."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


class ScriptedAssessor:
    """Flags words in [[double brackets]] as insult, and knows a few marks. No language model.

    ``!!threat`` makes it urgent, ``!!at 2026-11-24T10:00`` names a moment, ``!!when`` an unresolved
    one, ``!!asks`` a question, ``!!broken`` cannot be assessed.
    """

    def __call__(self, text: str, *, at: datetime, zone: str, names: object) -> Assessment:
        if "!!broken" in text:
            return Assessment.unavailable("crashed")
        return Assessment(
            assessed=True,
            version="scripted@1",
            flags=_flags(text),
            alerts=("safeguarding",) if "!!alert" in text else (),
            severity=_severity(text),
            logistics=True,
            facts=_facts(text),
            questions=_questions(text),
            answer_needed="!!asks" in text,
            moments=_moments(text),
            rewrite="Please answer." if "[[" in text else None,
            rewrite_note="offered" if "[[" in text else "plain",
        )


def _flags(text: str) -> tuple[Flag, ...]:
    flags, at = [], 0
    while (start := text.find("[[", at)) >= 0 and (end := text.find("]]", start)) >= 0:
        flags.append(Flag(start, end + 2, "insult", "insult.scripted@1", "contempt"))
        at = end + 2
    if (start := text.find("!!threat")) >= 0:
        flags.append(Flag(start, start + 8, "threat", "threat.scripted@1", "harm"))
    return tuple(flags)


def _severity(text: str) -> str:
    if "!!threat" in text or "!!alert" in text:
        return "urgent"
    return "high" if "[[" in text else "none"


def _facts(text: str) -> tuple[Fact, ...]:
    start = text.find("Friday")
    return (Fact(start, start + 6, "Friday", "date"),) if start >= 0 else ()


def _questions(text: str) -> tuple[Ask, ...]:
    end = text.find("?")
    return (Ask(0, end + 1, text[: end + 1]),) if "!!asks" in text and end >= 0 else ()


def _moments(text: str) -> tuple[datetime | None, ...]:
    if "!!when" in text:
        return (None,)
    if (start := text.find("!!at ")) >= 0:
        return (datetime.fromisoformat(text[start + 5 : start + 21]).replace(tzinfo=UTC),)
    return ()


@dataclass
class Family:
    """A case with everybody in it."""

    case: str
    anna: Member
    ben: Member
    mediator: Member
    reader: Member


@dataclass
class World:
    """Everything a story needs, over one temporary database."""

    engine: Engine
    clock: TurnableClock = field(default_factory=TurnableClock)
    assess: ScriptedAssessor = field(default_factory=ScriptedAssessor)
    hasher: PlainHasher = field(default_factory=PlainHasher)
    _forms: "count[int]" = field(default_factory=count)

    def work(self) -> SqlWork:
        return SqlWork(self.engine, MASTER)

    def family(self, terms: Terms = HOLDING, about: str = "children", tag: str = "") -> Family:
        """Open a case; sign-in names are anna, ben, mediator and reader (with the tag behind)."""
        people = [
            (Role.PARENT, "Anna"),
            (Role.PARENT, "Ben"),
            (Role.MEDIATOR, "Ruth Calder"),
            (Role.READER, "J. Okafor"),
        ]
        opening = cases.Opening(about, "Europe/London", people, terms)
        case, places = cases.open_case(opening, "operator", work=self.work(), clock=self.clock)
        names = ("anna", "ben", "mediator", "reader")
        joined = [
            accounts.join(
                code,
                name + tag,
                PASSWORD,
                "net",
                work=self.work(),
                hasher=self.hasher,
                clock=self.clock,
            )
            for name, (_, code) in zip(names, places, strict=True)
        ]
        return Family(case.id, *joined)

    def submit(self, author: Member, words: str, **more: str) -> Receipt:
        """Hand in a message; each call is a form of its own unless ``key`` is given."""
        more.setdefault("key", f"form-{next(self._forms)}")
        submission = Submission(case=author.case, author=author.id, text=words, **more)
        return journey.submit(submission, work=self.work(), assess=self.assess, clock=self.clock)

    def send(self, author: Member, words: str, **more: str) -> str:
        """Hand in a message, let its undo time pass, and return its id."""
        message = self.submit(author, words, **more).message
        self.clock.turn(seconds=31)
        self.run_due()
        return message

    def run_due(self) -> None:
        """Do what has fallen due, as the worker would."""
        handlers: dict[str, Callable[..., None]] = {
            "message.accept": journey.accept,
            "message.deliver": journey.deliver,
            "hold.lapse": journey.lapse,
            "hold.carry_out": journey.carry_out,
        }
        while True:
            work = self.work()
            with work:
                job = work.jobs.claim(self.clock())
                if job is None:
                    return
                work.jobs.done(job)
            handlers[job.kind](job.case, job.subject, work=self.work(), clock=self.clock)


def make_world(folder: Path) -> World:
    """Return a world over a fresh database in the folder."""
    engine = connect(f"sqlite:///{folder / 'world.sqlite'}")
    metadata.create_all(engine)
    with engine.begin() as connection:
        for trigger in (*APPEND_ONLY, FROZEN):
            connection.execute(text(trigger))
    return World(engine)
