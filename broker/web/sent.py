"""What a parent has sent, and where each stands: undo, withdraw, a mediator's note. The writer
alone sees these pages (S4).
"""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broker import journey, reading
from broker.domain.errors import BrokerError, NotHere, TooLate
from broker.domain.ids import new_id
from broker.domain.message import Message, State
from broker.domain.words import N_
from broker.web import composer
from broker.web.guard import member, needs, parts, work
from broker.web.language import say, say_refusal

pages = Blueprint("sent", __name__)

STATES: dict[State, str] = {
    State.PENDING: N_("On its way"),
    State.QUEUED: N_("Waiting for its time"),
    State.HELD: N_("With a mediator"),
    State.DELIVERED: N_("Delivered"),
    State.RETURNED: N_("Returned to you"),
    State.WITHDRAWN: N_("Taken back"),
}
TAKEN_BACK = N_("You took it back. Nothing of it was kept. Your words are in the box.")


@pages.app_template_filter("state_name")
def state_name(state: State) -> str:
    """Return where a message stands, in words."""
    return say(STATES[state])


@pages.get("/c/<case>/sent")
@needs("message.own")
def index(case: str) -> str:
    """List a parent's own messages with where each stands."""
    return render_template("sent/index.html", lines=reading.sent(member(), work=work()))


@pages.get("/c/<case>/sent/<message>")
@needs("message.own")
def page(case: str, message: str) -> ResponseReturnValue:
    """Show one own message and what happens next."""
    return _page(message)


def _page(message: str, refusal: BrokerError | None = None) -> ResponseReturnValue:
    line = reading.own(member(), message, work=work())
    now = parts().clock()
    answer = render_template(
        "sent/page.html",
        line=line,
        to=composer.other_parent(),
        undoable=line.message.state is State.PENDING and now < line.message.undo_until,
        late=line.hold is not None and now >= line.hold.promise_at,
        problem_said=say_refusal(refusal) if refusal else "",
    )
    return answer, refusal.status if refusal else 200


@pages.post("/c/<case>/sent/<message>/undo")
@needs("message.own")
def undo(case: str, message: str) -> ResponseReturnValue:
    """Take a pending message back: it is destroyed, and its words go back into the box."""
    try:
        taken = journey.undo(case, member().id, message, work=work(), clock=parts().clock)
    except TooLate as refusal:
        return _page(message, refusal)
    except NotHere:
        return _pressed_twice()
    return composer.page(_again(taken), note=say(TAKEN_BACK))


def _again(taken: Message) -> composer.Words:
    with work().reading() as now:
        topic = now.threads.get(g.case.id, taken.thread).topic
    words = composer.Words(topic, taken.text, new_id())
    return composer.placed(words, taken.thread, taken.reply_to)


def _pressed_twice() -> ResponseReturnValue:
    """Hand the words back that the first press destroyed: the form brought them along."""
    text = composer.lines(request.form.get("text", ""))
    if not text.strip():
        raise NotHere
    words = composer.Words("", text, new_id())
    place = composer.placed(words, request.form.get("thread"), request.form.get("reply_to"))
    return composer.page(place, note=say(TAKEN_BACK))


@pages.post("/c/<case>/sent/<message>/withdraw")
@needs("message.own")
def withdraw(case: str, message: str) -> ResponseReturnValue:
    """Take back a message that is queued or held."""
    try:
        journey.withdraw(case, member().id, message, work=work(), clock=parts().clock)
    except TooLate as refusal:
        return _page(message, refusal)
    return redirect(url_for("sent.page", case=case, message=message), 303)
