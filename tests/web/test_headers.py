"""What every answer carries."""

from pathlib import Path

import pytest

from tests.web import walk
from tests.web.conftest import make_site
from tests.web.site import Client, Site
from tests.world import World

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def test_every_page_carries_the_policy_and_is_kept_nowhere(site: Site) -> None:
    place = walk.furnish(site)
    client = site.sign_in("anna")
    for rule in walk.rules(site, "GET"):
        headers = client.get(walk.address(site, rule, place)).response.headers
        assert headers["Content-Security-Policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert headers["Cache-Control"] == "no-store", rule.rule
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "geolocation=()" in headers["Permissions-Policy"]


def test_a_refused_form_has_the_whole_policy_and_no_failure_of_its_own(site: Site) -> None:
    page = site.nobody().post("/sign-in", csrf=False, login="anna")
    assert page.status == 400
    assert page.response.headers["Content-Security-Policy"] == POLICY


def test_a_nonce_stands_in_the_policy_only_where_a_page_uses_one(site: Site) -> None:
    from broker.web.guard import public

    @public
    def view() -> str:
        from flask import render_template_string

        return render_template_string("{{ csp_nonce() }} {{ csp_nonce() }}")

    site.app.add_url_rule("/nonce", "nonce", view)
    page = site.nobody().get("/nonce")
    first, second = page.text.split()
    assert first == second
    assert f"script-src 'self' 'nonce-{first}';" in page.response.headers["Content-Security-Policy"]


def test_no_page_holds_a_script_or_style_of_its_own(site: Site) -> None:
    place = walk.furnish(site)
    client = site.sign_in("anna")
    for rule in walk.rules(site, "GET"):
        page = client.get(walk.address(site, rule, place))
        if page.response.mimetype == "text/html" and page.status == 200:
            assert not page.find("//*[@style] | //style | //script[not(@src)] | //*[@onclick]")


def test_style_and_scripts_may_be_kept_and_asked_for_again(site: Site) -> None:
    page = site.nobody().get("/static/style.css")
    assert (page.status, page.response.headers["Cache-Control"]) == (200, "no-cache")
    assert page.response.headers["ETag"]


def test_a_host_that_is_not_ours_is_refused(site: Site) -> None:
    page = site.nobody().get("/sign-in", Host="evil.example")
    assert page.status == 400
    assert "evil.example" not in page.text


def test_in_production_cookies_are_bound_to_the_host_and_tls_is_asked_for(
    world: World, tmp_path: Path
) -> None:
    world.family()
    site = make_site(world, tmp_path, production=True)
    client = Client(site.app)
    client.flask.environ_base["wsgi.url_scheme"] = "https"
    page = client.get("/sign-in")
    assert page.response.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    signed_in = client.post("/sign-in", login="anna", password="a long enough password")
    cookies = signed_in.response.headers.getlist("Set-Cookie")
    session = next(cookie for cookie in cookies if cookie.startswith("__Host-session="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(session.split("; "))
    assert "Domain" not in session
    form = page.response.headers["Set-Cookie"]
    assert form.startswith("__Host-form=")
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(form.split("; "))


@pytest.mark.parametrize("size", [300_000, 5_000_000])
def test_a_request_that_is_too_long_is_refused_with_the_limit(site: Site, size: int) -> None:
    page = site.nobody().post("/sign-in", csrf=False, text="a" * size)
    assert page.status == 413
    assert "8,000" in page.words


def test_no_page_weighs_more_than_sixty_kilobytes_with_what_it_loads(site: Site) -> None:
    place = walk.furnish(site)
    for client in walk.browsers(site).values():
        for rule in walk.rules(site, "GET"):
            if rule.endpoint == "leave.now":
                continue
            page = client.get(walk.address(site, rule, place))
            if page.response.mimetype != "text/html" or page.status != 200:
                continue
            loaded = page.find("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src")
            sizes = [len(client.get(str(url)).response.data) for url in loaded]
            assert len(page.response.data) + sum(sizes) <= 60_000, rule.rule
