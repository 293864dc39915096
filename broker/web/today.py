"""Today: how things stand for a parent, in one sentence and a few parts; and what they are told."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from broker import reading
from broker.domain.due import Notice
from broker.domain.message import State
from broker.domain.words import N_
from broker.web.guard import member, needs, parts, work
from broker.web.language import say
from broker.web.numbers import at_time, in_words

pages = Blueprint("today", __name__)
pages.add_app_template_filter(in_words)
pages.add_app_template_filter(at_time)

MOST_ASKS = 3

LEDE: tuple[tuple[str, str, str], ...] = (
    (
        "urgent",
        N_("One message may not be able to wait."),
        N_("%(count)s messages may not be able to wait."),
    ),
    ("asks", N_("One message asks you something."), N_("%(count)s messages ask you something.")),
    ("notices", N_("There is one notice for you."), N_("There are %(few)s notices for you.")),
)
NEW = (N_("There is one new message."), N_("There are %(few)s new messages."))
NOTHING, NOTHING_ELSE = N_("Nothing needs you today."), N_("Nothing else needs you today.")

NOTICES: dict[str, str] = {
    "urgent": N_("A message in this case came as urgent."),
    "returned": N_("A mediator has returned a message to you, with a note."),
    "terms_set": N_("New terms for this case were set. They count from the next day on."),
    "imported": N_("A thread from a file was added. Its times and names are what the file says."),
    "reader_added": N_("Somebody was given a place to read this case, until a date."),
    "password_reset": N_("Your password was changed by two people who run this service."),
}
OTHER_NOTICE = N_("Something in this case has changed.")


@dataclass(frozen=True)
class Told:
    """A notice as its page says it: a sentence, and where to go."""

    notice: Notice
    sentence: str
    link: str | None


@pages.get("/c/<case>/today")
@needs("reading.set")
def page(case: str) -> str:
    """Show how things stand today."""
    day = reading.today(member(), work=work(), clock=parts().clock)
    return render_template(
        "today/page.html",
        day=day,
        now=parts().clock(),
        lede=lede(day),
        most=MOST_ASKS,
        told=[_told(notice) for notice in day.notices],
        held=[line for line in day.waiting if line.message.state is State.HELD],
        going=[line for line in day.waiting if line.message.state is not State.HELD],
        others=sorted({line.author for line in day.new}),
    )


def lede(day: reading.Today) -> str:
    """Say in words how things stand; never "nothing" while a notice stands."""
    said = [
        say(one if count == 1 else many, count=in_words(count, first=True), few=in_words(count))
        for name, one, many in LEDE
        if (count := len(getattr(day, name)))
    ]
    asking = {line.message.id for line in day.asks}
    fresh = len([line for line in day.new if line.message.id not in asking])
    if fresh:
        said.append(say(NEW[min(len(day.new), 2) - 1], few=in_words(len(day.new))))
    if not said:
        return say(NOTHING)
    alone = not (day.urgent or day.notices or fresh)
    return " ".join([*said, say(NOTHING_ELSE)] if alone else said)


def _told(notice: Notice) -> Told:
    sentence = say(NOTICES.get(notice.kind, OTHER_NOTICE))
    return Told(notice, sentence, _link(notice))


def _link(notice: Notice) -> str | None:
    case = notice.case
    if notice.kind == "returned":
        return url_for("sent.page", case=case, message=notice.about["message"])
    if notice.kind == "imported":
        return url_for("threads.thread", case=case, thread=notice.about["thread"])
    if notice.kind in ("reader_added", "terms_set"):
        return url_for("people.page", case=case)
    return None


@pages.post("/c/<case>/notices/<notice>/seen")
@needs("notice.see")
def seen(case: str, notice: str) -> ResponseReturnValue:
    """Put a notice away for good."""
    with work() as now:
        now.outbox.seen(case, member().id, notice, parts().clock())
    return redirect(url_for("home.page"), 303)
