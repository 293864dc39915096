"""Reading: the threads of a case, one thread facts first, one message whole, and search.

Parents meet messages through their own shield: a page shows what ``Line.shown`` holds and nothing
else of a folded message. Mediators and readers see whole texts.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from broker import reading
from broker.domain.errors import NotHere
from broker.domain.message import Message
from broker.domain.people import Member, Role, mediators
from broker.domain.words import N_
from broker.web.guard import member, needs, parts, work
from broker.web.language import say
from broker.web.words import day

pages = Blueprint("threads", __name__)

LONGEST_SEARCH = 200

DIRECTION = {
    True: N_("You to %(to)s"),
    False: N_("%(author)s to you"),
    None: N_("%(author)s to %(to)s"),
}


@pages.app_template_global("who")
def who(line: reading.Line) -> str:
    """Return who wrote to whom, as this reader would say it."""
    parent = member().role is Role.PARENT
    to = next((name for place, name in _parents() if place != line.message.author), "")
    return say(DIRECTION[line.own if parent else None], author=line.author, to=to)


def _parents() -> list[tuple[str, str]]:
    return [(m.id, m.name) for m in _members() if m.role is Role.PARENT]


def _members() -> list[Member]:
    """Return everybody who has a place in the case; read once a request."""
    if "members" not in g:
        with work().reading() as now:
            g.members = now.people.members(g.case.id)
    found: list[Member] = g.members
    return found


@pages.app_template_global("has_mediator")
def has_mediator() -> bool:
    """Say whether somebody is told of urgent messages."""
    return bool(mediators(_members(), parts().clock()))


@pages.app_template_global("can_answer")
def can_answer(line: reading.Line) -> bool:
    """Say whether this reader may answer: a parent, to the other's words, never to urgent ones."""
    return member().role is Role.PARENT and not line.own and not line.message.urgent


@pages.app_template_filter("hostile")
def hostile(line: reading.Line) -> bool:
    """Say whether a whole text gets a word of warning: flagged, or urgent, and not one's own."""
    return not line.own and bool(line.assessment.flags or line.message.urgent)


@pages.app_template_filter("deadline")
def deadline(value: str) -> str:
    """Return a deadline in words where the language step gave a day, else as it stands."""
    try:
        at = datetime.fromisoformat(value)
        return day(at if at.tzinfo else at.replace(tzinfo=ZoneInfo(g.case.zone)))
    except ValueError:
        return value


@pages.get("/c/<case>/threads")
@needs("message.read")
def index(case: str) -> str:
    """List the threads that hold something."""
    return render_template("threads/index.html", rows=reading.threads(member(), work=work()))


@pages.get("/c/<case>/threads/<thread>")
@needs("message.read")
def thread(case: str, thread: str) -> str:
    """Show a page of a thread, newest first."""
    shown = reading.thread_page(member(), thread, _key(), work=work(), clock=parts().clock)
    older = f"{shown.older[0].isoformat()}~{shown.older[1]}" if shown.older else None
    others = [name for place, name in _parents() if place != member().id]
    return render_template(
        "threads/thread.html", page=shown, older=older, first=_key() is None, others=others
    )


def _key() -> tuple[datetime, int] | None:
    """Return the key of the page that was asked for (``time~number``). Raises NotHere."""
    given = request.args.get("before")
    if given is None:
        return None
    at, _, number = given.replace(" ", "+").partition("~")
    try:
        moment, after = datetime.fromisoformat(at), int(number)
    except ValueError as error:
        raise NotHere from error
    if moment.tzinfo is None or abs(after) > 2**31:
        raise NotHere
    return moment, after


@pages.get("/c/<case>/threads/<thread>/messages/<message>/full")
@needs("message.read")
def whole(case: str, thread: str, message: str) -> ResponseReturnValue:
    """Show all words of one message. Nobody is told that it was opened (S6)."""
    line = reading.whole(member(), message, work=work(), clock=parts().clock)
    if not _stands_in(thread, line.message):
        raise NotHere
    return render_template("threads/whole.html", line=line)


def _stands_in(thread: str, message: Message) -> bool:
    return message.thread == thread and message.number is not None


@pages.get("/c/<case>/search")
@needs("thread.search")
def search(case: str) -> str:
    """Find delivered messages by words that are in this reader's sight."""
    words = request.args.get("words", "")[:LONGEST_SEARCH]
    return render_template(
        "threads/search.html",
        words=words,
        lines=reading.found(member(), words, work=work(), clock=parts().clock),
    )
