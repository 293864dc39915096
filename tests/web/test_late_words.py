"""Words that came when nobody was signed in any more (S17), or with a form that was too old."""

import pytest

from broker.web.guard import needs
from tests.web.site import Site
from tests.world import PASSWORD


def _write_to(site: Site, case: str) -> str:
    """Return the address of a form of this test's own, which takes a text."""
    return f"/c/{case}/late/money"


@needs("message.write")
def _take(case: str, topic: str) -> str:
    return "taken"


@pytest.fixture(autouse=True)
def _form(site: Site) -> None:
    taking = {"methods": ["GET", "POST"]}
    site.app.add_url_rule("/c/<case>/late/<topic>", "late", _take, **taking)
    if "write.compose" not in site.app.view_functions:
        site.app.add_url_rule("/c/<case>/write/<topic>", "write.compose", _take, **taking)


@pytest.mark.parametrize("ending", ["idle", "signed out"])
def test_words_of_an_ended_session_are_kept_for_whoever_wrote_them(site: Site, ending: str) -> None:
    family = site.world.family()
    client = site.sign_in("anna")
    url, secret = _write_to(site, family.case), client.cookie() or ""
    if ending == "idle":
        site.world.clock.turn(minutes=31)
    else:
        client.post("/sign-out")
        client.flask.set_cookie("session", secret)
    page = client.post(url, text="I paid for the\r\nshoes.")
    assert "I paid" not in page.text + page.location
    form = client.follow(page)
    assert "Your text is kept. Sign in to see it." in form.words
    with site.world.work().reading() as work:
        (draft,) = work.drafts.of(family.case, family.anna.id, site.world.clock())
        assert (draft.text, draft.topic) == ("I paid for the\nshoes.", "money")
        assert work.drafts.of(family.case, family.ben.id, site.world.clock()) == []
    done = client.post("/sign-in", **{**form.fields(), "login": "anna", "password": PASSWORD})
    assert done.location == f"/c/{family.case}/write/money?draft={draft.id}"


def test_words_for_another_case_are_kept_for_nobody_and_handed_back(site: Site) -> None:
    site.world.family()
    other = site.world.family(tag="-other")
    client = site.sign_in("anna")
    site.world.clock.turn(minutes=31)
    page = client.post(_write_to(site, other.case), text="I paid for the shoes.")
    assert page.status == 401
    assert page.find("//textarea")[0].text.strip() == "I paid for the shoes."
    with site.world.work().reading() as work:
        assert work.drafts.of(other.case, other.anna.id, site.world.clock()) == []


def test_words_of_a_browser_that_names_nobody_are_handed_back(site: Site) -> None:
    family = site.world.family()
    page = site.nobody().post(_write_to(site, family.case), text="<b>I paid</b>")
    assert page.status == 401
    assert page.find("//textarea")[0].text.strip() == "<b>I paid</b>"


def test_an_ended_session_cannot_fill_the_store_with_drafts(site: Site) -> None:
    family = site.world.family()
    client = site.sign_in("anna")
    url = _write_to(site, family.case)
    site.world.clock.turn(minutes=31)
    token = client.token()
    for number in range(33):
        client.post(url, csrf=False, csrf_token=token, text=f"Number {number}")
    with site.world.work().reading() as work:
        assert len(work.drafts.of(family.case, family.anna.id, site.world.clock())) == 30


def test_a_form_without_its_token_hands_the_words_back_in_a_fresh_form(site: Site) -> None:
    family = site.world.family()
    client = site.sign_in("anna")
    url = _write_to(site, family.case)
    page = client.post(url, csrf=False, text="I paid for the shoes.", reply_to="m1")
    assert page.status == 400
    assert "Your message was not sent" in page.words
    assert "This page was open too long. Your text is still here." in page.words
    assert page.fields() == {"text": "I paid for the shoes.", "reply_to": "m1"}
    again = client.post(url, **page.fields())
    assert (again.status, again.text) == (200, "taken")


def test_what_a_script_sends_too_late_is_not_kept(site: Site) -> None:
    family = site.world.family()
    client = site.sign_in("anna")
    site.world.clock.turn(minutes=31)
    client.headers = {"Accept": "application/json"}
    url = _write_to(site, family.case)
    assert client.post(url, csrf=False, text="I paid").status == 401
    with site.world.work().reading() as work:
        assert work.drafts.of(family.case, family.anna.id, site.world.clock()) == []


def test_a_draft_whose_day_is_over_is_shown_no_more_though_nothing_has_swept_it(site: Site) -> None:
    family = site.world.family()
    client = site.sign_in("anna")
    client.post(f"/c/{family.case}/write/money", text="I paid for the shoes.", do="draft")
    page = client.get(f"/c/{family.case}/write")
    link = str(page.find("//main//section//li/a/@href")[0])
    draft = link.rsplit("=", 1)[1]
    site.world.clock.turn(hours=23, minutes=59)
    client = site.sign_in("anna")
    assert "I paid for the shoes." in client.get(link).text
    site.world.clock.turn(minutes=1)
    for url in (link, f"/c/{family.case}/write/check/{draft}"):
        assert client.get(url).status == 404
    assert "I paid" not in client.get(f"/c/{family.case}/write").text
