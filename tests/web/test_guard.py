"""The guard, by walking every route there is as everybody there is."""

import hashlib
import re

from sqlalchemy import select

from broker.domain.people import PERMISSIONS
from broker.store.tables import metadata
from tests.web import walk
from tests.web.site import Client, Page, Site

TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
TRACES = ("message.first_viewed", "message.opened", "thread.opened")
"""Entries that reading may leave; nothing else may follow from a GET."""


def _without_token(page: Page) -> str:
    return TOKEN.sub("", page.text)


def test_every_view_is_public_or_has_a_permission_of_the_table(site: Site) -> None:
    for rule in walk.rules(site, "GET"):
        assert walk.permission(site, rule) in {"public", *PERMISSIONS}, rule.endpoint
    for rule in walk.rules(site, "POST"):
        assert walk.permission(site, rule) in {"public", *PERMISSIONS}, rule.endpoint


def test_an_unmarked_view_is_refused_to_everybody(site: Site) -> None:
    site.app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    site.world.family()
    for client in (site.nobody(), site.sign_in("anna")):
        assert client.get("/forgotten").status == 404


def test_each_page_answers_each_role_as_the_table_says(site: Site) -> None:
    place = walk.furnish(site)
    everybody = walk.browsers(site)
    for rule in walk.rules(site, "GET"):
        if rule.endpoint == "leave.now":
            continue
        answers = {}
        for name, client in everybody.items():
            page = client.get(walk.address(site, rule, place))
            answers[name] = page.status
            assert page.status != 500, (rule.rule, name)
            _as_the_table_says(site, rule, name, page)
        assert set(answers.values()) & {200, 303}, (rule.rule, answers)


def _as_the_table_says(site: Site, rule, name: str, page: Page) -> None:  # type: ignore[no-untyped-def]
    if walk.allowed(site, rule, name):
        assert "/sign-in" not in page.location or walk.permission(site, rule) == "public"
    elif name == "nobody":
        assert (page.status, page.location.split("?")[0]) == (303, "/sign-in"), rule.rule
    else:
        assert page.status == 404, (rule.rule, name)


def test_a_page_of_another_case_answers_like_one_that_does_not_exist(site: Site) -> None:
    place = walk.furnish(site)
    client = site.sign_in("anna-other")
    for rule in walk.rules(site, "GET"):
        if "case" not in rule.arguments:
            continue
        real = client.get(walk.address(site, rule, place))
        none = client.get(walk.address(site, rule, place, case="nosuchcase234567"))
        assert (real.status, _without_token(real)) == (none.status, _without_token(none)), rule.rule
        assert real.status == 404


def test_each_form_answers_each_role_as_the_table_says(site: Site) -> None:
    place = walk.furnish(site)
    everybody = walk.browsers(site)
    for rule in walk.rules(site, "POST"):
        if rule.endpoint == "sign_in.out":
            continue
        for name, client in everybody.items():
            page = client.post(walk.address(site, rule, place))
            assert page.status < 500, (rule.rule, name)
            if not walk.allowed(site, rule, name):
                assert page.status == (303 if name == "nobody" else 404), (rule.rule, name)


def test_no_form_is_taken_without_its_token(site: Site) -> None:
    place = walk.furnish(site)
    everybody = walk.browsers(site)
    for rule in walk.rules(site, "POST"):
        for name, client in everybody.items():
            before = _state(site)
            page = client.post(walk.address(site, rule, place), csrf=False, text="A message.")
            assert page.status in (400, 404) or name == "nobody", (rule.rule, name, page.status)
            if walk.allowed(site, rule, name):
                assert page.status == 400, (rule.rule, name)
            assert _state(site) == before, (rule.rule, name)


def test_nothing_is_taken_from_another_site(site: Site) -> None:
    site.world.family()
    client = site.sign_in("anna")
    token = client.token()
    for origin in ("cross-site", "same-site"):
        client.headers = {"Sec-Fetch-Site": origin}
        assert client.post("/sign-out", csrf=False, csrf_token=token).status == 404
    client.headers = {"Sec-Fetch-Site": "same-origin"}
    assert client.post("/sign-out", csrf=False, csrf_token=token).status == 303


def test_no_get_changes_anything_but_the_exit(site: Site) -> None:
    place = walk.furnish(site)
    for name, client in walk.browsers(site).items():
        for rule in walk.rules(site, "GET"):
            if rule.endpoint == "leave.now":
                continue
            before = _state(site)
            client.get(walk.address(site, rule, place))
            assert _state(site) == before, (rule.rule, name)


def test_the_comparison_would_see_a_change(site: Site) -> None:
    family = site.world.family()
    before = _state(site)
    site.world.submit(family.anna, "Handover is on Friday.")
    assert _state(site) != before


def _state(site: Site) -> str:
    """Return a hash of the whole database but what reading may leave."""
    told = hashlib.sha256()
    with site.world.engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name in ("views",):
                continue
            for row in sorted(map(repr, map(_kept, connection.execute(select(table)).mappings()))):
                told.update(row.encode() if row != "None" else b"")
    return told.hexdigest()


def _kept(row) -> list[object] | None:  # type: ignore[no-untyped-def]
    if any(kind.encode() in row.get("data", b"") for kind in TRACES if "data" in row):
        return None
    return [value for name, value in row.items() if name not in ("used_at", "leaf")]


def test_the_table_of_nobody_is_empty(site: Site) -> None:
    client: Client = site.nobody()
    assert client.get("/home").location == "/sign-in"
