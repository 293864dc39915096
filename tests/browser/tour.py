"""Walks everybody through every page they can come to, in a case with something of each kind.

Each tour yields the name of a place and a browser's page that stands there; a test looks at it
and takes the next. Words are invented; the language step that reads them is the real one.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page

from broker import imports
from broker.domain.assessment import Assessment
from broker.domain.message import Decision
from tests.browser.conftest import Live
from tests.story import decide, withdraw
from tests.web.walk import _draft, _export
from tests.world import HOLDING, Family

HOSTILE = (
    "You useless liar. Can you bring Ada's blue coat to the school gate on Friday at 17:30?"
    " You are a pathetic excuse for a parent. You never think. You always forget. You are a joke."
)
RUDE = "You useless liar. Can you bring the blue coat on Friday at 17:30?"
Places = Iterator[tuple[str, Page]]


def furnish(live: Live) -> Family:
    """Put a message of each kind and state into a case."""
    world = live.world
    family = world.family(terms=replace(HOLDING, per_day=4))
    world.send(family.ben, "Handover is on Friday at 17:30 at the school.")
    decide(world, family, world.send(family.ben, RUDE, topic="belongings"), Decision.FOLD)
    live.pass_time(seconds=31)
    world.send(family.ben, "I know where you park at night. You will regret this.")
    read, world.assess = world.assess, _broken  # type: ignore[assignment]
    world.send(family.ben, "Can you swap Friday and Saturday?", topic="schedule")
    world.assess = read
    _import(live, family)
    world.send(family.anna, "Yes, I can bring the blue coat.")
    back = world.send(family.anna, RUDE, topic="school")
    decide(world, family, back, Decision.RETURN)
    live.pass_time(seconds=31)
    withdraw(world, family.anna, world.send(family.anna, RUDE, topic="money"))
    world.send(family.anna, RUDE, topic="health")
    world.send(family.anna, "The book is in the bag.")
    with world.work() as work:
        work.drafts.put(_draft(family, world.clock()))
        for number, state in enumerate(("failed", "expired"), 1):
            export = replace(_export(family, world.clock()), id=f"record{state}234567"[:16])
            work.exports.add(replace(export, number=number, state=state), {})
    return family


def _broken(*_: object, **__: object) -> Assessment:
    return Assessment.unavailable("crashed")


def _import(live: Live, family: Family) -> None:
    at = datetime(2026, 10, 2, 8, 30, tzinfo=UTC)
    said = ("Pick-up is at 16:00.", RUDE)
    messages = tuple(imports.FileMessage(n, "a", at, text, None) for n, text in enumerate(said, 1))
    thread = imports.FileThread(
        "Autumn", "schedule", "Europe/London", {"a": "B.", "b": "A."}, messages
    )
    imports.bring_in(
        family.case, thread, {"a": family.ben.id, "b": family.anna.id}, family.mediator.id,
        work=live.world.work(), assess=live.world.assess, clock=live.world.clock,
    )  # fmt: skip


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def links(page: Page, inside: str) -> list[str]:
    """Return the addresses of links, each once."""
    found: list[str] = page.locator(inside).evaluate_all("all => all.map(a => a.href)")
    return list(dict.fromkeys(found))


def _at(page: Page, *addresses: str) -> Places:
    for address in addresses:
        page.goto(address)
        yield address.split("/", 3)[3], page


def nobody(live: Live, **context: Any) -> Places:
    page = live.open(**context).new_page()
    names = ("sign-in", "join", "help", "safety", "how-checking-works", "privacy", "accessibility")
    yield from _at(page, *(f"{live.url}/{name}" for name in (*names, "none")))
    page.goto(live.url + "/sign-in")
    page.fill("[name=login]", "anna")
    page.fill("[name=password]", "not this one")
    press(page, "Sign in")
    yield "sign-in, refused", page


def _reading(live: Live, page: Page, family: Family) -> Places:
    case = f"{live.url}/c/{family.case}"
    yield from _at(page, f"{case}/threads")
    for address in links(page, "main .list a"):
        page.goto(address)
        yield "a thread", page
        yield from _at(page, *links(page, "main a[href$='/full']")[:1])
    search = (f"{case}/search?words=coat", f"{case}/search?words=none")
    yield from _at(page, *search, f"{case}/people", f"{case}/records", f"{case}/records/new")
    press(page, "Look it over")
    yield "records, refused or looked over", page


def parent(live: Live, **context: Any) -> Places:
    family = furnish(live)
    page = live.sign_in("anna", **context)
    case = f"{live.url}/c/{family.case}"
    yield from _at(page, f"{case}/today", f"{case}/menu", f"{case}/settings/reading")
    yield from _reading(live, page, family)
    yield from _at(page, f"{case}/sent")
    yield from _at(page, *links(page, "main .list a"))
    yield from _at(page, f"{case}/write", *links(page, "main .list a"), f"{case}/none")
    yield from _writing(live, page, case)
    yield from _at(page, f"{case}/records")
    yield from _at(page, *links(page, "main .list a"))
    yield from _recording(live, page, case)


def _writing(live: Live, page: Page, case: str) -> Places:
    page.goto(f"{case}/write/belongings")
    press(page, "Look it over")
    yield "write, refused", page
    page.fill("#text", HOSTILE)
    press(page, "Check wording")
    yield "write, with points", page
    page.locator("main summary").first.click()
    yield "write, with all points", page
    for name in ("Look it over", "Send", "Send as it is"):
        press(page, name)
        yield f"write, after {name}", page
    page.goto(f"{case}/write/belongings")
    page.fill("#text", "I know where you park at night. You will regret this.")
    press(page, "Check wording")
    yield "write, urgent", page
    press(page, "Look it over")
    yield "check, urgent", page


def _recording(live: Live, page: Page, case: str) -> Places:
    page.goto(f"{case}/records/new")
    page.locator("[name=purpose][value=court]").check()
    press(page, "Look it over")
    yield "record, check", page
    press(page, "Make the record")
    yield "record, being prepared", page
    live.pass_time(seconds=1)
    page.reload()
    yield "record, ready", page


def mediator(live: Live, **context: Any) -> Places:
    family = furnish(live)
    page = live.sign_in("mediator", **context)
    yield from _at(page, f"{live.url}/m", f"{live.url}/m/cases")
    yield from _reading(live, page, family)
    page.goto(f"{live.url}/m")
    page.locator("td a").first.click()
    yield "review", page
    for summary in page.locator("main summary").all():
        summary.click()
    yield "review, all opened", page
    page.get_by_label("Return to sender with a note").check()
    press(page, "Save decision")
    yield "review, refused", page
    page.get_by_label("Deliver as it is").check()
    press(page, "Save decision")
    yield "decided", page


def reader(live: Live, **context: Any) -> Places:
    family = furnish(live)
    page = live.sign_in("reader", **context)
    yield from _at(page, f"{live.url}/c/{family.case}/menu")
    yield from _reading(live, page, family)


def newcomers(live: Live, **context: Any) -> Places:
    """Pages of a case in which nothing has been written yet."""
    case = f"{live.url}/c/{live.world.family().case}"
    names = ("today", "threads", "sent", "write", "records", "records/new")
    page = live.sign_in("anna", **context)
    yield from _at(page, *(f"{case}/{name}" for name in names))
    yield from _at(live.sign_in("mediator", **context), f"{live.url}/m")


TOURS: dict[str, Callable[..., Places]] = {
    "nobody": nobody,
    "parent": parent,
    "mediator": mediator,
    "reader": reader,
    "newcomers": newcomers,
}
