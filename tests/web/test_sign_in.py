"""Signing in and out, joining by a code, and words that came when nobody was signed in."""

import pytest

from broker import cases
from broker.domain.people import Role
from tests.web.site import Client, Site
from tests.world import PASSWORD

ELSEWHERE = [
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/%2fevil.example",
    "/%5cevil.example", "/%09/evil.example", "/\t/evil.example", "/\n//evil.example",
    "/%0d%0aLocation:%20https://evil.example", "/\r\nLocation: https://evil.example",
    "http://evil.example", "https://evil.example", "HTTPS://evil.example", "https:evil.example",
    "https:/evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,hi",
    "vbscript:x", "//localhost@evil.example", "https://localhost@evil.example", "/@evil.example",
    "//evil.example/c/x", "/c//evil.example", "/.//evil.example", "/c/x//evil.example",
    "evil.example", "c/x/today", "./today", "../today", "?next=/today", "#today", "", " ",
    " /today", "/today ", "/today\x00", "/today#//evil.example", "/today?u=https://evil.example",
    "/today?u=//evil.example", "/today;evil", "/〱evil.example", "/\u2028evil", "／／evil.example",
    "/%E3%80%B1evil", "//%65vil.example", "/&#47;evil.example", "/'\"><script>", "/{{7*7}}",
    "/c/<script>", "//[::1]", "//127.0.0.1", "//2130706433", "/:80", "//:80", "//\\/evil.example",
    "/\u200b/evil.example", "/\xa0/evil.example", "\x01/today",
]  # fmt: skip


def test_somebody_with_one_case_lands_in_it(site: Site) -> None:
    family = site.world.family()
    client = site.sign_in("anna")
    assert f"/c/{family.case}/" in client.get("/home").location


def test_the_menu_lists_pages_of_the_case(site: Site) -> None:
    family = site.world.family()
    page = site.sign_in("anna").get(f"/c/{family.case}/menu")
    assert (page.status, page.find("//h1")[0].text) == (200, "Menu")


@pytest.mark.parametrize(
    ("login", "password"), [("anna", "wrong"), ("nobody-here", PASSWORD), ("", ""), ("anna", "")]
)
def test_every_failure_to_sign_in_is_the_same_sentence(
    site: Site, login: str, password: str
) -> None:
    site.world.family()
    page = site.nobody().post("/sign-in", login=login, password=password)
    assert page.status == 422
    assert "That name and password do not match." in page.words
    assert not page.find("//input[@type='password']/@value")


def test_too_many_tries_are_refused_whatever_a_header_says_of_the_network(site: Site) -> None:
    site.world.family()
    client = site.nobody()
    for number in range(8):
        client.headers = {
            "X-Forwarded-For": f"192.0.2.{number}",
            "Forwarded": f"for=192.0.2.{number}",
        }
        assert client.post("/sign-in", login="anna", password="wrong").status == 422
    page = client.post("/sign-in", login="anna", password=PASSWORD)
    assert page.status == 429
    assert "Try again in 15 minutes." in page.words
    site.world.clock.turn(minutes=16)
    assert client.post("/sign-in", login="anna", password=PASSWORD).status == 303


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_the_way_after_signing_in_leads_only_to_pages_of_ours(site: Site, elsewhere: str) -> None:
    site.world.family()
    page = site.nobody().post("/sign-in", login="anna", password=PASSWORD, next=elsewhere)
    assert (page.status, page.location) == (303, "/home")


def test_a_page_asked_for_before_signing_in_is_opened_after(site: Site) -> None:
    family = site.world.family()
    client, asked = site.nobody(), f"/c/{family.case}/menu"
    page = client.follow(client.get(asked))
    done = client.post("/sign-in", **{**page.fields(), "login": "anna", "password": PASSWORD})
    assert done.location == asked


def test_a_copied_cookie_opens_nothing_after_signing_out(site: Site) -> None:
    family = site.world.family()
    client, copy = site.sign_in("anna"), Client(site.app)
    for cookie in ("session", "form"):
        copy.flask.set_cookie(cookie, client.cookie(cookie) or "")
    inside = f"/c/{family.case}/menu"
    assert copy.get(inside).status == 200
    done = client.post("/sign-out")
    assert done.response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert copy.get(inside).location.startswith("/sign-in")
    assert copy.get("/sign-in").find("//button[text()='Sign out']") == []


def test_a_cookie_of_flask_login_or_a_forged_header_opens_nothing(site: Site) -> None:
    family = site.world.family()
    client = site.nobody()
    client.flask.set_cookie("remember_token", f"{family.anna.person}|forged")
    client.headers = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-User": "anna"}
    assert client.get(f"/c/{family.case}/menu").location.startswith("/sign-in")


def test_each_sign_in_has_a_fresh_session_and_ends_the_one_before(site: Site) -> None:
    family = site.world.family()
    client = site.nobody()
    client.flask.set_cookie("session", "chosen-by-somebody-else")
    client.post("/sign-in", login="anna", password=PASSWORD)
    first = client.cookie()
    assert first != "chosen-by-somebody-else"
    client.post("/sign-in", login="anna", password=PASSWORD)
    copy = Client(site.app)
    copy.flask.set_cookie("session", first or "")
    assert copy.get(f"/c/{family.case}/menu").location.startswith("/sign-in")


def test_after_half_an_hour_without_use_somebody_is_signed_out(site: Site) -> None:
    family = site.world.family()
    client = site.sign_in("anna")
    site.world.clock.turn(minutes=31)
    assert client.get(f"/c/{family.case}/menu").location.startswith("/sign-in")


# ---------- joining ----------


def _code(site: Site) -> tuple[str, str]:
    people = [(Role.PARENT, "Clara"), (Role.PARENT, "Dan")]
    opening = cases.Opening("pet", "Europe/London", people)
    world = site.world
    case, places = cases.open_case(opening, "operator", work=world.work(), clock=world.clock)
    return case.id, places[0][1]


def test_a_code_opens_a_place_and_signs_in(site: Site) -> None:
    case, code = _code(site)
    client = site.nobody()
    step = client.post("/join", code=code.upper().replace("-", " "))
    assert step.status == 200
    assert "Clara" not in step.text
    assert "Dan" not in step.text
    done = client.post("/join", **{**step.fields(), "login": "clara", "password": PASSWORD})
    assert client.follow(done).location.startswith(f"/c/{case}/")


def test_a_code_that_cannot_be_used_says_only_that(site: Site) -> None:
    _, code = _code(site)
    client = site.nobody()
    step = client.post("/join", code=code)
    client.post("/join", **{**step.fields(), "login": "clara", "password": PASSWORD})
    for tried in (code, "aaaa-bbbb-cccc", ""):
        page = site.nobody().post("/join", code=tried)
        assert page.status == 422
        assert "This code cannot be used." in page.words


def test_a_short_password_keeps_the_code_and_the_name(site: Site) -> None:
    _, code = _code(site)
    page = site.nobody().post("/join", code=code, login="clara", password="short")
    assert page.status == 422
    assert "Use at least 8 characters." in page.words
    assert page.fields()["code"] == code
    assert page.fields()["login"] == "clara"


def test_somebody_with_an_account_joins_a_second_case_and_chooses(site: Site) -> None:
    site.world.family()
    case, code = _code(site)
    client = site.sign_in("anna")
    assert client.post("/join", code=code).location == "/home"
    page = client.get("/home")
    assert page.status == 200
    assert any(case in url for url in page.find("//main//a/@href"))
