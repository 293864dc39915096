"""The journey under a random sequence of people, clocks and repeats (Hypothesis state machine).

After every step: no message that was acknowledged is lost, none is delivered twice, every log
holds, and nothing of an undone or held message stands where the other parent could meet it.
"""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from broker import desk, journey
from broker.domain.errors import AlreadyDecided, KeyReused, TakenBack, TooLate
from broker.domain.ledger import verify
from broker.domain.message import Decision, Receipt, State
from broker.domain.people import Member
from broker.domain.policy import ADVISE, FOLD, HOLD, Terms
from broker.reading import sent, thread_page
from broker.store.tables import bodies, entries, jobs, messages
from tests.world import make_world

WORDS = (
    "Handover is on Friday.",
    "[[you again]] bring the coat on Friday",
    "!!threat",
    "!!broken",
    "[[you]] at the gate !!at 2026-11-23T15:00",
    "[[you]] some time !!when",
)
TERMS = Terms(
    modes={"none": ADVISE, "low": ADVISE, "high": HOLD, "not_assessed": FOLD},
    per_day=6,
    hold_hours=5,
)


@dataclass
class Sent:
    """What the machine knows of one form."""

    author: Member
    words: str
    key: str
    receipt: Receipt
    undone: bool = False


class Journey(RuleBasedStateMachine):
    """Two parents and a mediator do what people do, in any order."""

    forms = Bundle("forms")

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.world = make_world(self.folder)
        self.family = self.world.family(TERMS)
        self.sent: list[Sent] = []

    def teardown(self) -> None:
        self.world.engine.dispose()
        shutil.rmtree(self.folder)

    @rule(target=forms, first=st.booleans(), words=st.sampled_from(WORDS))
    def submit(self, first: bool, words: str) -> Sent:
        author = self.family.anna if first else self.family.ben
        key = f"key-{len(self.sent)}"
        kept = Sent(author, words, key, self.world.submit(author, words, key=key))
        self.sent.append(kept)
        return kept

    @rule(form=forms)
    def press_twice(self, form: Sent) -> None:
        try:
            again = self.world.submit(form.author, form.words, key=form.key)
        except TakenBack:
            assert form.undone
        else:
            assert again == form.receipt

    @rule(form=forms)
    def reuse_the_form_for_other_words(self, form: Sent) -> None:
        try:
            self.world.submit(form.author, form.words + " And more.", key=form.key)
        except (KeyReused, TakenBack):
            return
        raise AssertionError("other words went out under a spent form key")

    @rule(form=forms)
    def undo(self, form: Sent) -> None:
        state = None if form.undone else self._state(form)
        in_time = self.world.clock() < form.receipt.undo_until
        if form.undone:
            return
        try:
            journey.undo(
                self.family.case, form.author.id, form.receipt.message,
                work=self.world.work(), clock=self.world.clock,
            )  # fmt: skip
            assert state is State.PENDING
            assert in_time
            form.undone = True
        except TooLate:
            assert state is not State.PENDING or not in_time

    @rule(form=forms)
    def withdraw(self, form: Sent) -> None:
        if form.undone:
            return
        state = self._state(form)
        try:
            journey.withdraw(
                self.family.case, form.author.id, form.receipt.message,
                work=self.world.work(), clock=self.world.clock,
            )  # fmt: skip
            assert state in (State.HELD, State.QUEUED)
        except TooLate:
            assert state not in (State.HELD, State.QUEUED)

    @rule(form=forms, decision=st.sampled_from(list(Decision)))
    def decide(self, form: Sent, decision: Decision) -> None:
        if form.undone:
            return
        held = self._state(form) is State.HELD
        try:
            desk.take_decision(
                self.family.case, form.receipt.message, self.family.mediator.id, decision,
                reason="As the terms say.", note="Please leave the first words out.",
                work=self.world.work(), assess=self.world.assess, clock=self.world.clock,
            )  # fmt: skip
            assert held
        except AlreadyDecided:
            pass

    @rule(form=forms)
    def undo_decision(self, form: Sent) -> None:
        if form.undone:
            return
        with suppress(TooLate, AlreadyDecided):
            desk.undo_decision(
                self.family.case, form.receipt.message, self.family.mediator.id,
                work=self.world.work(), clock=self.world.clock,
            )  # fmt: skip

    @rule(seconds=st.sampled_from([1, 20, 31, 600, 7_200, 30_000]))
    def wait(self, seconds: int) -> None:
        self.world.clock.turn(seconds=seconds)

    @rule()
    def work(self) -> None:
        self.world.run_due()

    def _state(self, form: Sent) -> State:
        with self.world.work().reading() as work:
            return work.messages.get(self.family.case, form.receipt.message).state

    @invariant()
    def every_log_holds(self) -> None:
        with self.world.work().reading() as work:
            for origin, log in work.logs.all():
                assert verify(origin, log.entries()) == []

    @invariant()
    def nothing_is_lost_and_nothing_twice(self) -> None:
        kept = {s.receipt.message for s in self.sent if not s.undone}
        with self.world.engine.connect() as connection:
            stored = list(connection.execute(select(messages.c.message_id)).scalars())
            sealed = list(connection.execute(select(bodies.c.message_id)).scalars())
        assert sorted(stored) == sorted(sealed) == sorted(kept)

    @invariant()
    def numbers_have_no_gaps_and_match_the_case_log(self) -> None:
        with self.world.work().reading() as work:
            told = [
                (e.fields["meta"]["thread"], e.fields["meta"]["number"], e.fields["body_commit"])
                for e in work.logs.case(self.family.case).entries()
                if e.fields["type"] == "message.delivered"
            ]
            found = list(work.messages.all_delivered(self.family.case))
        assert sorted(told) == sorted((m.thread, m.number, m.commitment.hex()) for m in found)
        for thread in {m.thread for m in found}:
            numbers = sorted(m.number or 0 for m in found if m.thread == thread)
            assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def nothing_undone_leaves_a_trace(self) -> None:
        gone = [s.receipt.message.encode() for s in self.sent if s.undone]
        with self.world.engine.connect() as connection:
            data = b"".join(connection.execute(select(entries.c.data)).scalars())
            waiting = set(connection.execute(select(jobs.c.subject)).scalars())
        assert not [message for message in gone if message in data]
        assert not waiting & {message.decode() for message in gone}

    @invariant()
    def neither_parent_meets_what_was_not_delivered(self) -> None:
        family = self.family
        for reader, writer in ((family.anna, family.ben), (family.ben, family.anna)):
            hidden = {s.receipt.message for s in self.sent if s.author == writer} - self._out()
            with self.world.work().reading() as work:
                logs = work.logs
                mine = (
                    logs.case(family.case).entries() + logs.member(family.case, reader.id).entries()
                )
                threads = [t.id for t in work.threads.of(family.case)]
            seen = b"".join(entry.data for entry in mine)
            assert not [message for message in hidden if message.encode() in seen]
            for thread in threads:
                page = thread_page(
                    reader, thread, work=self.world.work(), clock=self.world.clock, size=100
                )
                assert not hidden & {line.message.id for line in page.lines}
            assert not hidden & {x.message.id for x in sent(reader, work=self.world.work())}

    def _out(self) -> set[str]:
        with self.world.work().reading() as work:
            return {m.id for m in work.messages.all_delivered(self.family.case)}


Journey.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestJourney = Journey.TestCase
