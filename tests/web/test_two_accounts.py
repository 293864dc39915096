"""The two-account rule: what one parent does alone changes no byte of the other's pages."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta

import pytest
from flask import Response

from broker import cases, exports, reading
from broker.domain.policy import Verdict
from tests.web.site import Client, Site
from tests.web.test_folding import CANARY, everything, pages_of
from tests.web.test_write import compose
from tests.world import HOLDING, Family

HOURS = replace(HOLDING, opens=time(8), closes=time(20))


def masked(page: object) -> str:
    """Return an answer without what differs from one request to the next."""
    plain = everything(page)
    plain = re.sub(r'name="csrf_token" value="[^"]*"', "", plain)
    plain = re.sub(r'name="draft" value="[^"]*"', "", plain)
    plain = re.sub(r"Set-Cookie: [^\n]*", "", plain)
    return re.sub(r"nonce-[\w-]+", "", plain)


@dataclass
class Watch:
    """Anna's pages of a case in which she has sent, waits for the hours, and writes a draft."""

    site: Site
    family: Family
    anna: Client
    own: tuple[str, ...]

    def urls(self) -> Iterator[str]:
        yield from pages_of(self.site, self.family, self.anna)
        yield from (f"/c/{self.family.case}/{name}" for name in ("records", "records/new"))
        yield from self.own

    def pages(self) -> dict[str, str]:
        return {url: masked(self.anna.get(url)) for url in self.urls()}


@pytest.fixture
def watch(site: Site) -> Watch:
    family = site.world.family(terms=HOURS)
    site.world.send(family.anna, "Handover is on Friday.")
    site.world.send(family.ben, "Friday works. !!asks Shall I bring the coat?", topic="money")
    site.world.clock.turn(hours=12)
    queued = site.world.send(family.anna, "The coat stays here.")
    anna = site.sign_in("anna")
    check = compose(anna, family, "A draft.").location
    found = Watch(site, family, anna, (check, f"/c/{family.case}/sent/{queued}"))
    found.pages()  # her own first views change her own pages
    assert "08:00" in anna.get(check).words, "the time of the terms stands on the page"
    return found


def _changes_shield(site: Site, family: Family, ben: Client) -> None:
    ben.post(f"/c/{family.case}/settings/reading", shield="facts")


def _reads_everything(site: Site, family: Family, ben: Client) -> None:
    with site.world.work().reading() as work:
        rows = list(work.messages.all_delivered(family.case))
    for row in rows:
        ben.get(f"/c/{family.case}/threads/{row.thread}")
        assert (
            ben.get(f"/c/{family.case}/threads/{row.thread}/messages/{row.id}/full").status == 200
        )
    ben.get(f"/c/{family.case}/today")


def _takes_back(site: Site, family: Family, ben: Client) -> None:
    sent = site.world.submit(family.ben, "A word.", topic="money").message
    assert ben.post(f"/c/{family.case}/sent/{sent}/undo").status == 200


def _is_held(site: Site, family: Family, ben: Client) -> None:
    sent = site.world.submit(family.ben, f"[[{CANARY}]]", topic="health").message
    site.world.clock.turn(seconds=31)
    site.world.run_due()
    site.world.clock.turn(seconds=-31)
    assert "With a mediator" in ben.get(f"/c/{family.case}/sent/{sent}").words


def _keeps_a_draft(site: Site, family: Family, ben: Client) -> None:
    ben.post(f"/c/{family.case}/write/handover", text=CANARY, do="draft")


def _asks_for_a_record(site: Site, family: Family, ben: Client) -> None:
    wish = exports.Wish(purpose="court")
    exports.ask(family.ben, wish, work=site.world.work(), clock=site.world.clock)


def _searches(site: Site, family: Family, ben: Client) -> None:
    assert "coat" in ben.get(f"/c/{family.case}/search?words=coat").words


def _signs_out(site: Site, family: Family, ben: Client) -> None:
    assert ben.post("/sign-out").status == 303


def _is_read_at_the_desk(site: Site, family: Family, ben: Client) -> None:
    for login in ("mediator", "reader"):
        client = site.sign_in(login)
        for url in pages_of(site, family, client):
            client.get(url)


@pytest.mark.parametrize(
    "act",
    [
        _changes_shield, _reads_everything, _takes_back, _is_held, _keeps_a_draft,
        _asks_for_a_record, _searches, _signs_out, _is_read_at_the_desk,
    ],
)  # fmt: skip
def test_nothing_one_parent_does_alone_changes_a_byte_for_the_other(
    site: Site, watch: Watch, act: Callable[[Site, Family, Client], None]
) -> None:
    ben = site.sign_in("ben")
    before = watch.pages()
    act(site, watch.family, ben)
    after = watch.pages()
    assert list(after) == list(before)
    for url, was in before.items():
        assert was == after[url], url


def test_the_byte_test_would_see_a_message_that_was_delivered(site: Site, watch: Watch) -> None:
    before = watch.pages()
    site.world.submit(watch.family.ben, "!!threat")
    assert watch.pages() != before


# ---------- leaks that are planted are seen ----------

Told = Callable[[], bool]
"""Whether Ben has everything folded away: what no page of Anna's may tell."""


def _in_a_header(site: Site, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def leak(response: Response) -> Response:
        response.headers["X-Kept"] = "1" if told() else "0"
        return response

    site.app.after_request_funcs.setdefault(None, []).append(leak)


def _in_an_order(site: Site, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    real = reading.threads
    monkeypatch.setattr(reading, "threads", lambda *a, **k: real(*a, **k)[:: -1 if told() else 1])


def _in_a_queue_time(site: Site, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    real = cases.decide

    def leak(*given: object) -> Verdict:
        verdict = real(*given)  # type: ignore[arg-type]
        assert verdict.until is not None
        return replace(verdict, until=verdict.until + timedelta(minutes=told()))

    monkeypatch.setattr(cases, "decide", leak)


@pytest.mark.parametrize("plant", [_in_a_header, _in_an_order, _in_a_queue_time])
def test_a_planted_leak_is_seen(
    site: Site,
    watch: Watch,
    plant: Callable[[Site, Told, pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ben, family = site.sign_in("ben"), watch.family

    def told() -> bool:
        with site.world.work().reading() as work:
            return work.people.member(family.case, family.ben.id).shield == "facts"

    plant(site, told, monkeypatch)
    before = watch.pages()
    assert watch.pages() == before, "without an act nothing differs"
    _changes_shield(site, family, ben)
    assert watch.pages() != before
