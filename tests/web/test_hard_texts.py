"""Texts that are hard to read by machine, through every page, with the language step itself."""

import time
from collections.abc import Iterator

import pytest

from broker.assess import Client as Assessor
from broker.domain.policy import ADVISE, FOLD, Terms
from tests.test_assess import ask, start, stop
from tests.web.site import Client, Page, Site
from tests.web.test_write import compose, messages_of
from tests.world import Family, World

LONG = Terms(
    modes={"none": ADVISE, "low": ADVISE, "high": ADVISE, "not_assessed": FOLD}, length=8_000
)
RIGHT_TO_LEFT = "\u202e\u2066"


@pytest.fixture(scope="module")
def assessor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assessor]:
    """The language step itself, in its own process, awake."""
    path = tmp_path_factory.mktemp("a") / "a.sock"
    process = start(["-m", "broker.assess"], path)
    client, latest = Assessor(path), time.monotonic() + 60
    while not ask(client, "Can you come at 17:20?").assessed:
        assert time.monotonic() < latest
    yield client
    stop(process)


def send(client: Client, family: Family, text: str) -> tuple[Page, float]:
    """Write, look over and send; return the last page and how long the slowest step took."""
    slowest, began = 0.0, time.monotonic()
    page = compose(client, family, text)
    for _ in range(3):
        slowest = max(slowest, time.monotonic() - began)
        if "/sent/" in page.location:
            break
        began, way = time.monotonic(), page.location
        shown = client.get(way)
        assert shown.status == 200, shown.words
        page = client.post(way.replace("/pause/", "/check/"), **shown.fields())
    return client.follow(page), slowest


@pytest.mark.parametrize(
    "text",
    [
        "🥺" * 8_000,
        ":)" * 4_000,
        ".," * 4_000,
        "(" * 8_000,
        f"{RIGHT_TO_LEFT} Can you come on Friday at 17:30?",
        "e\u0301\u200d\ufeff" * 2_000,
        "\u2028\u2029\x85\u00a0Friday",
    ],
    ids=["emoji", "smiles", "stops", "brackets", "right to left", "marks", "separators"],
)
def test_hard_texts_are_read_in_time_and_arrive_as_they_were_written(
    world: World, site: Site, assessor: Assessor, text: str
) -> None:
    parts = site.app.extensions["broker"]
    site.app.extensions["broker"] = type(parts)(**{**vars(parts), "assess": assessor})
    family = world.family(terms=LONG)
    anna = site.sign_in("anna")
    began, told = time.monotonic(), ask(assessor, text)
    assert time.monotonic() - began < 2.5
    assert told.assessed or told.why_not == "too_slow"
    assert told.assessed or "🥺" not in text, "emoji are read within two seconds"
    page, slowest = send(anna, family, text)
    assert page.status == 200
    assert slowest < 5, "a step asks the language step at most twice, two seconds each"
    assert messages_of(site, family) == [("pending", text)]
    world.clock.turn(seconds=31)
    world.run_due()
    with world.work().reading() as work:
        (delivered,) = work.messages.all_delivered(family.case)
    assert delivered.text == text
    for login in ("anna", "ben", "mediator"):
        reader = site.sign_in(login)
        thread = f"/c/{family.case}/threads/{delivered.thread}"
        for url in (thread, f"{thread}/messages/{delivered.id}/full"):
            assert reader.get(url).status == 200
