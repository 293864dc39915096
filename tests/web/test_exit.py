"""Leaving at once (S8, U10)."""

from tests.web import walk
from tests.web.site import Client, Site


def test_the_exit_ends_the_session_and_leads_to_the_neutral_page(site: Site) -> None:
    family = site.world.family()
    client, copy = site.sign_in("anna"), Client(site.app)
    copy.flask.set_cookie("session", client.cookie() or "")
    page = client.get("/exit")
    assert (page.status, page.location) == (303, "https://www.weather.gov/")
    assert page.response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert client.cookie() is None
    assert copy.get(f"/c/{family.case}/menu").location.startswith("/sign-in")


def test_the_exit_keeps_drafts(site: Site) -> None:
    place = walk.furnish(site)
    site.sign_in("anna").get("/exit")
    with site.world.work().reading() as work:
        assert len(work.drafts.of(place.family.case, place.family.anna.id, site.world.clock())) == 1


def test_the_exit_works_for_somebody_who_is_not_signed_in(site: Site) -> None:
    assert site.nobody().get("/exit").status == 303


def test_the_exit_is_the_second_link_of_every_page_and_a_link(site: Site) -> None:
    place = walk.furnish(site)
    for client in walk.browsers(site).values():
        for rule in walk.rules(site, "GET"):
            if rule.endpoint == "leave.now":
                continue
            page = client.get(walk.address(site, rule, place))
            if page.response.mimetype == "text/html" and page.status in (200, 404):
                pressed = page.find("//a | //button | //input[not(@type='hidden')]")
                assert [item.get("href") for item in pressed[:2]] == ["#main", "/exit"], rule.rule


def test_titles_are_one_bland_word_and_the_name_the_operator_chose(site: Site) -> None:
    place = walk.furnish(site)
    for client in walk.browsers(site).values():
        for rule in walk.rules(site, "GET"):
            if rule.endpoint == "leave.now":
                continue
            page = client.get(walk.address(site, rule, place))
            if page.response.mimetype == "text/html" and page.status in (200, 404):
                title = page.find("//title")[0].text
                assert title.endswith(" – Notes"), (rule.rule, title)
                assert len(title.split()) <= 4, (rule.rule, title)


def test_a_page_that_does_not_exist_keeps_the_exit(site: Site) -> None:
    page = site.nobody().get("/no/such/page")
    assert (page.status, page.find("//a[@class='exit']/@href")) == (404, ["/exit"])


def test_a_failure_shows_a_number_and_nothing_of_the_program(site: Site) -> None:
    from broker.web.guard import public

    @public
    def view() -> str:
        raise RuntimeError("the secret inside")

    site.app.add_url_rule("/fails", "fails", view)
    page = site.nobody().get("/fails")
    assert page.status == 500
    assert "E-" in page.words
    assert "RuntimeError" not in page.text
    assert "the secret inside" not in page.text
    assert page.find("//a[@class='exit']")
