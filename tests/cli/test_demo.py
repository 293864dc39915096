"""The demo: six families, made once, with the real language step, and readable afterwards."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from broker import accounts, cli
from broker.cli.demo.logins import FILE, Logins, read
from broker.domain.people import Role
from broker.ports import Parts
from broker.settings import Settings
from broker.store import migrate
from broker.store.database import connect
from broker.store.tables import messages
from broker.store.work import SqlWork
from tests.world import MASTER, PlainHasher, ScriptedAssessor

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


class Installation:
    """A database of its own, brought to its shape by the versions, and the commands over it."""

    def __init__(self, folder: Path, now: datetime = NOW, *, production: bool = False) -> None:
        self.folder, self.now = folder, now
        self.engine = connect(f"sqlite:///{folder / 'demo.sqlite'}")
        migrate.upgrade(self.engine)
        settings = Settings(data=folder, database="", master=MASTER, production=production)
        self.app = Flask("broker")
        self.app.extensions["engine"] = self.engine
        self.app.extensions["broker"] = Parts(
            settings, self.work, ScriptedAssessor(), PlainHasher(), lambda: self.now
        )
        cli.install(self.app)

    def work(self) -> SqlWork:
        return SqlWork(self.engine, MASTER)

    def run(self, *words: str) -> Result:
        return self.app.test_cli_runner().invoke(args=["broker", *words])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = Installation(tmp_path_factory.mktemp("demo"))
    told = installation.run("demo", "create")
    assert told.exit_code == 0, told.output
    yield installation
    installation.engine.dispose()


def states(made: Installation) -> Counter[str]:
    """Count the sixth family's messages by state."""
    with made.work().reading() as work:
        case = work.people.cases()[-1].id
    with made.engine.connect().execution_options(writing=False) as connection:
        rows = connection.execute(select(messages.c.state).where(messages.c.case_id == case))
        return Counter(rows.scalars())


def test_six_cases_are_made_and_marked_as_a_demo(made: Installation) -> None:
    with made.work().reading() as work:
        found = work.people.cases()
        sizes = [len(list(work.messages.all_delivered(case.id))) for case in found]
    assert [case.demo for case in found] == [True] * 6
    assert [case.about for case in found].count("pet") == 1
    assert sizes[:5] == [10, 9, 26, 22, 74]


def test_the_sixth_family_shows_what_can_become_of_a_message(made: Installation) -> None:
    found = states(made)
    assert (found["held"], found["returned"], found["queued"]) == (1, 1, 1)
    assert found["delivered"] >= 18
    with made.work().reading() as work:
        case = work.people.cases()[-1].id
        kept = list(work.messages.all_delivered(case))
        read = work.messages.assessments(case, [message.id for message in kept])
        desk = Counter(entry.fields["type"] for entry in work.logs.desk(case).entries())
    alerts = {alert for assessment in read.values() for alert in assessment.alerts}
    labels = {label for assessment in read.values() for label in assessment.labels}
    assert alerts == {"self_harm", "safeguarding"}
    assert "threat" in labels
    assert (desk["message.lapsed"], desk["message.released"], desk["message.returned"]) == (1, 1, 1)
    for message in kept:
        if "LEAVE ME ALONE" in message.text or message.text.startswith("Please only write"):
            assert read[message.id].labels == ()


@pytest.mark.parametrize("hour", [0, 8, 21])
def test_at_every_hour_something_waits_and_something_is_held(tmp_path: Path, hour: int) -> None:
    installation = Installation(tmp_path, NOW.replace(hour=hour, minute=20))
    assert installation.run("demo", "create").exit_code == 0
    found = states(installation)
    assert found["held"] == 1
    assert found["queued"] >= 1
    installation.engine.dispose()


def test_everybody_can_sign_in_with_what_was_printed(made: Installation) -> None:
    lines = made.run("demo", "logins").output.splitlines()
    assert len(lines) == 14
    roles = set()
    for line in lines:
        login, password = line.split()[:2]
        secret = accounts.sign_in(
            login, password, "here", work=made.work(), hasher=PlainHasher(), clock=lambda: NOW
        )
        session = accounts.whoever(secret, work=made.work(), clock=lambda: NOW)
        assert session is not None
        with made.work().reading() as work:
            roles |= {place.role for place in work.people.memberships(session.person.id)}
    assert roles == {Role.PARENT, Role.MEDIATOR, Role.READER}


def test_passwords_are_random_and_for_the_owner_alone(made: Installation) -> None:
    assert (made.folder / FILE).stat().st_mode & 0o777 == 0o600
    found = read(made.folder)
    assert found is not None
    assert len({person.password for person in found.people}) == 14
    assert min(len(person.password) for person in found.people) == 19


def test_a_second_call_changes_nothing(made: Installation) -> None:
    before = (made.folder / FILE).read_bytes(), states(made)
    told = made.run("demo", "create")
    assert (told.exit_code, "there already" in told.output) == (0, True)
    assert ((made.folder / FILE).read_bytes(), states(made)) == before


def test_the_ledger_of_the_demo_holds_and_tells_no_time_to_come(made: Installation) -> None:
    assert made.run("ledger", "verify").exit_code == 0
    with made.work().reading() as work:
        times = [e.fields["at"] for _, log in work.logs.all() for e in log.entries()]
    assert max(times) <= NOW.strftime("%Y-%m-%dT%H:%M:%S.999Z")
    assert min(times) >= (NOW - timedelta(days=15)).strftime("%Y-%m-%d")


def test_a_demo_that_was_stopped_in_the_middle_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Installation(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(import_module("broker.cli.demo.build"), "live", lambda *_: 1 / 0)
        assert stopped.run("demo", "create").exit_code == 1
    assert stopped.run("demo", "logins").exit_code == 1
    before = read(tmp_path)
    told = stopped.run("demo", "create")
    assert (told.exit_code, "begun anew" in told.output) == (0, True)
    assert before == Logins((), complete=False)
    found = read(tmp_path)
    assert found is not None
    assert found.complete
    with stopped.work().reading() as work:
        assert len(work.people.cases()) == 6
    stopped.engine.dispose()


def test_production_makes_no_demo(tmp_path: Path) -> None:
    installation = Installation(tmp_path, production=True)
    told = installation.run("demo", "create")
    assert (told.exit_code, "no demo in production" in told.stderr) == (1, True)
    assert not (tmp_path / FILE).exists()
    installation.engine.dispose()
