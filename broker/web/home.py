"""Where somebody lands: straight in the one case they have, or a list to choose from."""

from flask import Blueprint, current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from broker.domain.people import Case, Member, Role
from broker.web.guard import public, work

pages = Blueprint("home", __name__)

FIRST = {
    Role.PARENT: "today.page",
    Role.MEDIATOR: "desk.index",
    Role.READER: "threads.index",
}


@pages.get("/home")
@public
def page() -> ResponseReturnValue:
    """Go to the first page of the one place there is, or list the places."""
    if g.person is None:
        return redirect(url_for("sign_in.page"), 303)
    if len(g.places) == 1 or _only_desk():
        return redirect(first_page(g.places[0]), 303)
    rows = [(case, place, first_page(place)) for case, place in _cases()]
    return render_template("home/list.html", rows=rows)


def _only_desk() -> bool:
    return bool(g.places) and all(place.role is Role.MEDIATOR for place in g.places)


def first_page(place: Member) -> str:
    """Return the address of the first page of a place in a case."""
    endpoint = FIRST.get(place.role, "menu.page")
    if endpoint not in current_app.view_functions:
        endpoint = "menu.page"
    return url_for(endpoint) if endpoint == "desk.index" else url_for(endpoint, case=place.case)


def _cases() -> list[tuple[Case, Member]]:
    with work().reading() as reading:
        return [(reading.people.case(place.case), place) for place in g.places]
