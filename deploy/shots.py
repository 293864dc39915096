"""Which pictures there are, and how one comes to each: a walk through the demo as its people.

Knows names of buttons and links, not how a picture is taken or kept.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from broker import jobs
from broker.cli.demo.telling import Telling
from broker.cli.jobs import handlers
from broker.ports import Parts

HOSTILE = (
    "You useless liar. Can you bring Robin's blue coat to the school gate on Friday at 17:30?"
    " You are a pathetic excuse for a parent."
)


@dataclass(frozen=True)
class Studio:
    """A running demo, and what is needed to walk it."""

    url: str
    parts: Parts
    clock: Telling
    passwords: dict[str, str]

    def pass_time(self, **by: float) -> None:
        """Let time pass, and do what has fallen due."""
        self.clock.turn(**by)
        jobs.run_due(self.parts, handlers())


@dataclass(frozen=True)
class Shot:
    """One picture: whose page it is, and how one gets there from where this person stood."""

    name: str
    login: str
    go: Callable[[Page, Studio], None]


def press(page: Page, name: str) -> None:
    """Press the button or link of this name."""
    found = page.get_by_role("button", name=name, exact=True)
    (found if found.count() else page.get_by_role("link", name=name, exact=True)).first.click()


def at(path: str) -> Callable[[Page, Studio], None]:
    """Return how to go to an address; ``CASE`` in it is the case of the page before."""

    def go(page: Page, studio: Studio) -> None:
        case = page.url.removeprefix(studio.url).split("/")[2:3]
        page.goto(studio.url + path.replace("CASE", "".join(case)))

    return go


def by(*names: str) -> Callable[[Page, Studio], None]:
    """Return how to go on by pressing buttons and links one after the other."""

    def go(page: Page, studio: Studio) -> None:
        for name in names:
            press(page, name)

    return go


def thread(name: str) -> Callable[[Page, Studio], None]:
    """Return how to open the thread of this name."""

    def go(page: Page, studio: Studio) -> None:
        at("/c/CASE/threads")(page, studio)
        page.locator("main .list a", has_text=name).first.click()

    return go


def _write(page: Page, studio: Studio) -> None:
    at("/c/CASE/write")(page, studio)
    page.get_by_label("Belongings").check()
    press(page, "Continue")
    page.fill("#text", HOSTILE)
    press(page, "Check wording")


def _send(page: Page, studio: Studio) -> None:
    press(page, "Send")
    press(page, "Send as it is")


def _held(page: Page, studio: Studio) -> None:
    studio.pass_time(seconds=31)
    page.reload()


def _whole(page: Page, studio: Studio) -> None:
    page.get_by_role("link", name="Read all of it").first.click()


def _review(page: Page, studio: Studio) -> None:
    at("/m")(page, studio)
    press(page, "Open the oldest")


def _check_record(page: Page, studio: Studio) -> None:
    page.locator("[name=purpose][value=court]").check()
    press(page, "Look it over")


def _ready(page: Page, studio: Studio) -> None:
    studio.pass_time(seconds=1)
    page.reload()


def _refused(page: Page, studio: Studio) -> None:
    page.fill("[name=login]", "gareth")
    page.fill("[name=password]", "not this one")
    press(page, "Sign in")


SHOTS = (
    Shot("sign-in", "", at("/sign-in")),
    Shot("sign-in-refused", "", _refused),
    Shot("join", "", at("/join")),
    Shot("safety", "", at("/safety")),
    Shot("help", "", at("/help")),
    Shot("how-checking-works", "", at("/how-checking-works")),
    Shot("today", "tamsin", at("/home")),
    Shot("today-gareth", "gareth", at("/home")),
    Shot("menu", "tamsin", at("/c/CASE/menu")),
    Shot("threads", "tamsin", at("/c/CASE/threads")),
    Shot("thread", "tamsin", thread("Handovers")),
    Shot("whole", "tamsin", _whole),
    Shot("thread-urgent", "tamsin", thread("Something else")),
    Shot("people", "tamsin", at("/c/CASE/people")),
    Shot("reading", "tamsin", at("/c/CASE/settings/reading")),
    Shot("search", "tamsin", at("/c/CASE/search?words=ward")),
    Shot("topic", "gareth", at("/c/CASE/write")),
    Shot("write", "gareth", _write),
    Shot("check", "gareth", by("Look it over")),
    Shot("pause", "gareth", by("Send")),
    Shot("sent", "gareth", by("Send as it is")),
    Shot("sent-held", "gareth", _held),
    Shot("sent-list", "gareth", at("/c/CASE/sent")),
    Shot("desk", "judith", at("/m")),
    Shot("review", "judith", _review),
    Shot("cases", "judith", at("/m/cases")),
    Shot("reader-thread", "lindqvist", thread("School")),
    Shot("records", "tamsin", at("/c/CASE/records")),
    Shot("record-new", "tamsin", by("Make a record")),
    Shot("record-check", "tamsin", _check_record),
    Shot("record-preparing", "tamsin", by("Make the record")),
    Shot("record-ready", "tamsin", _ready),
    Shot("not-here", "", at("/none")),
)
