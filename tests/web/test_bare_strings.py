"""Every word a person reads goes through gettext: in a language of brackets none stands outside.

People's own words, names, codes, numbers and times are no sentences of ours: they stand in an
element marked ``translate="no"``, in a ``q`` or a ``.words``, or among the names of the world.
"""

import re
from gettext import NullTranslations
from typing import Any

import flask_babel
import pytest

from tests.web import walk
from tests.web.site import Page, Site

OPEN, CLOSE = "⟦", "⟧"
NAMES = ("Anna", "Ben", "Ruth Calder", "J. Okafor", "Notes")
SHOWN = ("alt", "aria-label", "placeholder", "title", "data-label")
BUTTONS = ("submit", "button", "reset")


class Brackets(NullTranslations):
    """Says every sentence in brackets."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{OPEN}{msgid1 if n == 1 else msgid2}{CLOSE}"

    ugettext, ungettext = gettext, ngettext


@pytest.fixture
def brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak the language of brackets in every page of this test."""
    monkeypatch.setattr(flask_babel.Domain, "get_translations", lambda self: Brackets())


def _others_words(element: Any) -> bool:
    """Whether an element holds people's words, a program or nothing to read."""
    while element is not None:
        if element.tag in ("script", "style", "q", "code") or element.get("translate") == "no":
            return True
        if "words" in (element.get("class") or "").split():
            return True
        element = element.getparent()
    return False


def _bare(text: str, names: tuple[str, ...] = NAMES) -> str:
    """Return the letters of a text that stand outside brackets and are no names."""
    depth, outside = 0, []
    for character in text:
        depth += {OPEN: 1, CLOSE: -1}.get(character, 0)
        outside.append(character if depth == 0 and character != CLOSE else " ")
    rest = "".join(outside)
    for name in names:
        rest = rest.replace(name, " ")
    return " ".join(word for word in rest.split() if re.search(r"[^\W\d_]{2,}", word))


def bare_strings(page: Page, names: tuple[str, ...] = ()) -> list[str]:
    """Return what a page says outside of brackets, but for names."""
    found = []
    for element in page.tree.iter():
        if not isinstance(element.tag, str):
            continue
        texts = [] if _others_words(element) else [element.text or ""]
        texts += [element.get(name, "") for name in SHOWN]
        if element.tag == "input" and element.get("type") in BUTTONS:
            texts.append(element.get("value", ""))
        if element.getparent() is not None and not _others_words(element.getparent()):
            texts.append(element.tail or "")
        found += [rest for text in texts if (rest := _bare(text, (*NAMES, *names)))]
    return found


def _codes(site: Site) -> tuple[str, ...]:
    with site.world.work().reading() as work:
        return tuple(case.code for case in work.people.cases())


@pytest.mark.usefixtures("brackets")
@pytest.mark.parametrize("name", list(walk.ROLES))
def test_no_page_says_anything_outside_gettext(site: Site, name: str) -> None:
    place = walk.furnish(site)
    client = walk.browsers(site)[name]
    codes = _codes(site)
    wrong = {}
    for rule in walk.rules(site, "GET"):
        if rule.endpoint == "leave.now":
            continue
        page = client.get(walk.address(site, rule, place))
        if page.response.mimetype != "text/html" or page.status in (303, 302):
            continue
        if bare := bare_strings(page, codes):
            wrong[rule.rule] = bare
    assert wrong == {}


@pytest.mark.usefixtures("brackets")
def test_refusals_are_said_through_gettext(site: Site) -> None:
    site.world.family()
    client = site.nobody()
    pages = [
        client.get("/no/such/page"),
        client.post("/sign-in", login="anna", password="wrong"),
        client.post("/sign-in", csrf=False),
        client.post("/join", code="none"),
        client.post("/join", csrf=False, text="a" * 400_000),
    ]
    assert [page.status for page in pages] == [404, 422, 400, 422, 413]
    assert [bare_strings(page) for page in pages] == [[]] * 5


@pytest.mark.usefixtures("brackets")
def test_a_bare_string_would_be_seen(site: Site) -> None:
    from flask import render_template_string

    from broker.web.guard import public

    @public
    def view() -> str:
        template = (
            "{% extends 'frame.html' %}{% block main %}<h1 title='Tip'>Hello {{ _('there') }}</h1>"
            "<p>{{ _('A') }} tail</p><div class='words'>Her words</div>{% endblock %}"
        )
        return render_template_string(template)

    site.app.add_url_rule("/bare", "bare", view)
    assert bare_strings(site.nobody().get("/bare")) == ["Hello", "Tip", "tail"]
