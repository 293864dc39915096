"""Signing in and out."""

from tests.web.site import Site


def test_somebody_with_one_case_lands_in_it(site: Site) -> None:
    family = site.world.family()
    client = site.sign_in("anna")
    assert f"/c/{family.case}/" in client.get("/home").location


def test_the_menu_lists_pages_of_the_case(site: Site) -> None:
    family = site.world.family()
    page = site.sign_in("anna").get(f"/c/{family.case}/menu")
    assert (page.status, page.find("//h1")[0].text) == (200, "Menu")
