"""Leaving fast (S8), with the back/forward cache on, as real users have it."""

import pytest
from flask import Response, request
from playwright.sync_api import Page, expect

from tests.browser.conftest import Live
from tests.world import Family

SECRET = "heron-at-the-gate"
TIMES = 5


def a_thread(live: Live, family: Family, **context: object) -> Page:
    message = live.world.send(family.anna, f"{SECRET} on Friday.")
    with live.world.work().reading() as work:
        thread = work.messages.get(family.case, message).thread
    page = live.sign_in("ben", **context)
    page.goto(f"{live.url}/c/{family.case}/threads/{thread}")
    expect(page.locator("main")).to_contain_text(SECRET)
    return page


@pytest.mark.browser
@pytest.mark.parametrize("live", ["http", "https"], indirect=True)
def test_s8_back_after_leaving_shows_nothing_five_times_of_five(live: Live, family: Family) -> None:
    for _ in range(TIMES):
        page = a_thread(live, family)
        page.locator("footer a", has_text="Help").click()
        page.locator("a.exit").click()
        page.wait_for_url("**/safety")
        page.go_back(wait_until="load")
        expect(page.locator("[name=password]")).to_be_visible()
        assert SECRET not in page.content()


@pytest.mark.browser
def test_without_our_headers_and_script_the_old_page_comes_back_so_that_this_test_can_see_it(
    live: Live, family: Family
) -> None:
    def careless(response: Response) -> Response:
        for name in ("Cache-Control", "Clear-Site-Data", "Content-Security-Policy"):
            response.headers.pop(name, None)
        if request.path.endswith(".js"):
            response.close()
            return Response("", content_type="text/javascript")
        return response

    live.app.after_request_funcs[None].insert(0, careless)  # the first one registered runs last
    page = a_thread(live, family)
    page.locator("footer a", has_text="Help").click()
    page.locator("a.exit").click()
    page.wait_for_url("**/safety")
    page.go_back(wait_until="commit")
    page.go_back(wait_until="commit")
    expect(page.locator("main")).to_contain_text(SECRET)


@pytest.mark.browser
def test_s8_shift_three_times_leaves(live: Live, family: Family) -> None:
    page = a_thread(live, family)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/safety")
    page.goto(f"{live.url}/c/{family.case}/today")
    expect(page.locator("[name=password]")).to_be_visible()


@pytest.mark.browser
def test_s8_shift_three_times_slowly_does_not_leave(live: Live, family: Family) -> None:
    page = a_thread(live, family)
    for _ in range(2):
        page.keyboard.press("Shift")
    page.wait_for_timeout(5_200)
    page.keyboard.press("Shift")
    expect(page.locator("main")).to_contain_text(SECRET)


@pytest.mark.browser
def test_s8_the_escape_key_does_nothing(live: Live, family: Family) -> None:
    page = a_thread(live, family)
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(page.locator("main")).to_contain_text(SECRET)


@pytest.mark.browser
def test_s8_the_link_works_without_javascript_and_the_session_is_over(
    live: Live, family: Family
) -> None:
    page = a_thread(live, family, java_script_enabled=False)
    page.locator("a.exit").click()
    page.wait_for_url("**/safety")
    page.goto(f"{live.url}/c/{family.case}/today")
    expect(page.locator("[name=password]")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_the_exit_is_the_second_stop_of_the_keyboard_and_covers_no_focus(
    live: Live, family: Family, width: int
) -> None:
    page = a_thread(live, family, viewport={"width": width, "height": 640})
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('exit')")
    hidden = []
    for _ in range(25):
        page.keyboard.press("Tab")
        page.wait_for_timeout(30)
        if page.evaluate(COVERED):
            hidden.append(page.evaluate("document.activeElement.outerHTML"))
    assert hidden == []


COVERED = """() => {
  const it = document.activeElement, exit = document.querySelector('a.exit');
  if (!it || it === document.body || it === exit) return false;
  const a = it.getBoundingClientRect(), b = exit.getBoundingClientRect();
  return a.top >= b.top && a.bottom <= b.bottom && a.left >= b.left && a.right <= b.right;
}"""
