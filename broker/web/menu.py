"""Where somebody can go from here, by role; and the page that lists it on a small screen.

It knows the names of pages and nothing of what they show. A page that is not part of this
installation is left out.
"""

from dataclasses import dataclass

from flask import Blueprint, current_app, g, render_template, request, url_for

from broker.domain.people import Role
from broker.domain.words import N_
from broker.web.guard import needs, work
from broker.web.guard import parts as the_parts
from broker.web.language import say

pages = Blueprint("menu", __name__)

TODAY = (N_("Today"), "today.page")
THREADS = (N_("Threads"), "threads.index")
RECORD = (N_("Record"), "record.index")
PEOPLE = (N_("Who can see what"), "people.page")
SEARCH = (N_("Search"), "threads.search")
MORE = (N_("More"), "menu.page")
QUEUE = (N_("Waiting"), "desk.index")
CASES = (N_("Cases"), "desk.cases")

HEADER: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.PARENT: (TODAY, THREADS, RECORD, MORE),
    Role.MEDIATOR: (QUEUE, CASES, THREADS, RECORD, MORE),
    Role.READER: (THREADS, RECORD, MORE),
}
ALL: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.PARENT: (
        TODAY,
        (N_("Write a message"), "write.topic"),
        THREADS,
        SEARCH,
        (N_("What you sent"), "sent.index"),
        RECORD,
        PEOPLE,
        (N_("How you read"), "shield.page"),
    ),
    Role.MEDIATOR: (QUEUE, CASES, THREADS, SEARCH, RECORD, PEOPLE),
    Role.READER: (THREADS, SEARCH, RECORD, PEOPLE),
}
WITHOUT_CASE = frozenset({"desk.index", "desk.cases"})


@dataclass(frozen=True)
class Item:
    """A link of the menu."""

    name: str
    url: str
    here: bool


def nav() -> list[Item]:
    """Return the links of the header for whoever this is, wherever they are."""
    role = _role()
    return _items(HEADER[role]) if role in HEADER else []


def _role() -> Role | None:
    if g.get("member"):
        found: Role = g.member.role
        return found
    desk = any(place.role is Role.MEDIATOR for place in g.get("places") or [])
    return Role.MEDIATOR if desk else None


def _items(rows: tuple[tuple[str, str], ...]) -> list[Item]:
    return [_item(*row) for row in rows if row[1] in current_app.view_functions and _fits(row[1])]


def _fits(endpoint: str) -> bool:
    return endpoint in WITHOUT_CASE or g.get("case") is not None


def _item(name: str, endpoint: str) -> Item:
    about = {} if endpoint in WITHOUT_CASE else {"case": g.case.id}
    here = (request.endpoint or "").split(".")[0] == endpoint.split(".")[0]
    same = here and (endpoint not in WITHOUT_CASE or request.endpoint == endpoint)
    return Item(say(name), url_for(endpoint, **about), same)


def is_demo() -> bool:
    """Say whether what is shown here is invented: this case, or the whole installation."""
    if g.get("case") is not None:
        return bool(g.case.demo)
    if the_parts().settings.production or g.get("store_failed"):
        return False
    with work().reading() as reading:
        return any(case.demo for case in reading.people.cases())


@pages.get("/c/<case>/menu")
@needs("case.see")
def page(case: str) -> str:
    """Show every page of this case that this person can go to."""
    return render_template("menu/page.html", items=_items(ALL[g.member.role]))
