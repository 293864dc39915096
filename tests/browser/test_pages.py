"""Each page on a narrow phone: nothing to scroll sideways, nothing too small to press, nothing
under the exit, a bland title, a silent console. Also with text twice as large."""

import re

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.conftest import Live
from tests.browser.tour import TOURS

TAP = 44
BLAND = re.compile(r"[A-Z][a-z]+( [a-z]+)? – Notes")

TOO_WIDE = """() => {
  const all = document.documentElement, wide = all.scrollWidth, room = all.clientWidth;
  if (wide <= room) return [];
  const far = [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > room + 1)
    .map(e => e.outerHTML.slice(0, 90));
  return [`reaches too far: ${wide} px of ${room} ` + far.slice(-3).join(" ")];
}"""

TOO_SMALL = """tap => {
  const drawn = e => e.checkVisibility() && !e.closest(".skip, .vh");
  const inText = e => e.matches("a") && getComputedStyle(e).display === "inline"
    && [...e.parentNode.childNodes].some(n => n.nodeType === 3 && n.textContent.trim().length > 1);
  const pressed = e => (e.matches("[type=radio], [type=checkbox]") && e.closest("label")) || e;
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea,"
      + "select, summary")]
    .filter(e => drawn(e) && !inText(e))
    .filter(e => Math.round(pressed(e).getBoundingClientRect().height) < tap)
    .map(e => Math.round(pressed(e).getBoundingClientRect().height) + " px: "
      + e.outerHTML.slice(0, 90));
}"""

COVERED = """() => {
  const bar = document.querySelector("a.exit"), covered = [];
  if (!bar || getComputedStyle(bar).position !== "fixed") return ["no exit"];
  const top = bar.getBoundingClientRect().top;
  if (bar.getBoundingClientRect().bottom > innerHeight + 1) covered.push("the exit is cut off");
  for (const e of document.querySelectorAll("a[href], button, input, textarea, summary")) {
    if (e === bar || !e.checkVisibility() || e.type === "hidden") continue;
    e.focus();
    const box = e.getBoundingClientRect();
    const needed = Math.min(box.height, 66);  // of a tall field its first lines, where one writes
    if (box.top + needed > top + 1) covered.push("under the exit: " + e.outerHTML.slice(0, 90));
  }
  scrollTo(0, document.documentElement.scrollHeight);
  const last = document.querySelector("body > footer").getBoundingClientRect().bottom;
  return last > top + 1 ? [...covered, "the foot of the page"] : covered;
}"""

PLACES = {
    "nobody": ("Sign in", "Enter your code", "Using this more safely", "Accessibility"),
    "parent": (
        "Today", "Who can see what", "What you sent", "With a mediator", "Returned to you",
        "What is this about?", "Your message", "Look it over", "On its way", "Menu",
        "This message will be part of the record", "Your record is ready", "How you read",
        "Your record was not made", "Your record is being prepared", "Autumn", "Search",
    ),
    "mediator": ("Waiting for you", "Your cases", "Your decision is kept", "Autumn"),
    "reader": ("Threads", "Autumn", "Your records", "Make a record"),
    "newcomers": ("Today", "Threads", "Waiting for you", "Make a record"),
}  # fmt: skip
"""Headings that a tour has to meet, so that it cannot pass by seeing error pages alone."""


def narrow(page: Page) -> list[str]:
    """Return what is wrong with a page on a phone, and with its text twice as large."""
    page.set_viewport_size({"width": 320, "height": 640})
    wrong = [*page.evaluate(TOO_WIDE), *page.evaluate(TOO_SMALL, TAP), *page.evaluate(COVERED)]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wrong += [f"at twice the size: {line}" for line in page.evaluate(TOO_WIDE)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return wrong


def wide(page: Page) -> list[str]:
    """Return what is wrong with a page on a desk."""
    page.set_viewport_size({"width": 1280, "height": 800})
    return [*page.evaluate(TOO_WIDE), *page.evaluate(TOO_SMALL, TAP)]


@pytest.mark.browser
@pytest.mark.parametrize("tour", TOURS)
def test_every_page_fits_a_phone_and_can_be_pressed(live: Live, tour: str) -> None:
    faults: list[str] = []
    headings: set[str] = set()
    heard: dict[Page, list[str]] = {}
    for name, page in TOURS[tour](live, reduced_motion="reduce"):
        if page not in heard:
            heard[page] = []
            page.on("console", lambda line, into=heard[page]: into.append(complaint(line)))
        headings.add(page.locator("h1").inner_text())
        wrong = narrow(page) + wide(page)
        if not BLAND.fullmatch(page.title()):
            wrong.append(f"title: {page.title()}")
        faults += [f"{name}: {line}" for line in wrong]
    assert set(PLACES[tour]) <= headings
    assert not faults, "\n".join(faults)
    assert [line for lines in heard.values() for line in lines if line] == []


def complaint(line: ConsoleMessage) -> str:
    """Return what the console complains of; a page that answers 4xx on purpose does not count."""
    meant = "the server responded with a status of 4" in line.text
    return line.text if line.type in ("error", "warning") and not meant else ""


@pytest.mark.browser
def test_each_look_at_a_page_sees_a_planted_fault(live: Live) -> None:
    page = live.open().new_page()
    page.goto(live.url + "/help")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', "
        "'<pre>' + 'x'.repeat(90) + '</pre><p><a href=/>short</a></p>')"
    )
    page.evaluate("document.querySelector('body').style.padding = 0")
    wrong = " ".join(narrow(page))
    for fault in ("reaches too far", "px: <a href=", "the foot of the page"):
        assert fault in wrong
