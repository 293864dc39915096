"""What axe finds on every page: nothing, at both widths, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Live
from tests.browser.tour import TOURS

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
LOOKS = ((320, "light", ALL), (320, "dark", COLOURS), (1280, "dark", COLOURS), (1280, "light", ALL))
"""Colours alone differ between light and dark, so that dark is asked about them alone."""


def found(page: Page) -> list[str]:
    """Return what axe finds on this page in each of the looks, a line each."""
    lines = []
    for width, scheme, options in LOOKS:
        page.set_viewport_size({"width": width, "height": 640})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for fault in Axe().run(page, options=options).response["violations"]:
            where = ", ".join(str(node["target"]) for node in fault["nodes"])
            lines.append(f"{width} {scheme}: {fault['id']} {where}")
    return lines


@pytest.mark.browser
@pytest.mark.parametrize("tour", TOURS)
def test_axe_finds_nothing_on_any_page(live: Live, tour: str) -> None:
    faults, seen = [], 0
    for name, page in TOURS[tour](live):
        seen += 1
        faults += [f"{name}: {line}" for line in found(page)]
    assert seen > 6, "the tour came somewhere"
    assert not faults, "\n".join(faults)


@pytest.mark.browser
def test_axe_sees_a_planted_fault_in_each_look(chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.set_content(
        "<html lang=en><title>Notes</title><main><h1>Today</h1><input name=unlabelled>"
        "<p style='color:#888;background:#808080'>grey on grey</p></main></html>"
    )
    lines = found(page)
    context.close()
    for width, scheme, options in LOOKS:
        assert any(line.startswith(f"{width} {scheme}: color-contrast") for line in lines)
        if options is ALL:
            assert any(line.startswith(f"{width} {scheme}: label") for line in lines)
