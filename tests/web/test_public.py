"""Pages that anybody may read."""

import json
import re
from pathlib import Path

from broker import cases
from broker.domain.people import Role
from tests.web.conftest import make_site
from tests.web.site import Site
from tests.world import World

OURS = (
    "/safety",
    "/help",
    "/how-checking-works",
    "/privacy",
    "/accessibility",
    "/sign-in",
    "/join",
)


def test_anybody_may_read_the_public_pages_signed_in_or_not(site: Site) -> None:
    site.world.family()
    for client in (site.nobody(), site.sign_in("anna"), site.sign_in("mediator")):
        assert [client.get(url).status for url in OURS] == [200] * len(OURS)


def test_help_lines_come_from_the_operators_file_and_no_other_number_is_shown(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "lines.json"
    line = {"name": "The Harbour Line", "number": "0000 111 222", "about": "day and night, free"}
    path.write_text(json.dumps([line]), encoding="utf-8")
    with_lines = make_site(world, tmp_path, help_lines=path).nobody().get("/safety")
    without = make_site(world, tmp_path).nobody().get("/safety")
    emergency = {"tel:112", "tel:999", "tel:911", "tel:000"}
    assert set(without.find("//a[starts-with(@href, 'tel:')]/@href")) == emergency
    assert set(with_lines.find("//a[starts-with(@href, 'tel:')]/@href")) == {
        *emergency,
        "tel:0000111222",
    }
    assert "The Harbour Line" in with_lines.words


def test_no_page_gives_a_long_number_a_link_elsewhere_or_an_exclamation_mark(site: Site) -> None:
    for url in OURS:
        page = site.nobody().get(url)
        assert not re.search(r"\d{4,}|!", page.words), url
        assert not [link for link in page.find("//@href | //@src") if "//" in link], url


def test_every_page_of_a_demo_says_so(site: Site) -> None:
    site.world.family()
    assert not site.nobody().get("/sign-in").find("//*[@class='demo']")
    people = [(Role.PARENT, "Clara"), (Role.PARENT, "Dan")]
    opening = cases.Opening("pet", "Europe/London", people, demo=True)
    cases.open_case(opening, "op", work=site.world.work(), clock=site.world.clock)
    for url in OURS:
        assert "Demo." in site.nobody().get(url).find("//*[@class='demo']")[0].text


def test_a_case_that_is_no_demo_does_not_say_so_beside_one(site: Site) -> None:
    family = site.world.family()
    people = [(Role.PARENT, "Clara"), (Role.PARENT, "Dan")]
    opening = cases.Opening("pet", "Europe/London", people, demo=True)
    cases.open_case(opening, "op", work=site.world.work(), clock=site.world.clock)
    page = site.sign_in("anna").get(f"/c/{family.case}/menu")
    assert not page.find("//*[@class='demo']")


def test_the_service_says_that_it_answers(site: Site) -> None:
    assert (site.nobody().get("/healthz").status, site.nobody().get("/healthz").text) == (
        200,
        "ok\n",
    )


def test_the_front_page_leads_to_signing_in_or_to_ones_own_pages(site: Site) -> None:
    site.world.family()
    assert site.nobody().get("/").location == "/sign-in"
    assert site.sign_in("anna").get("/").location == "/home"
