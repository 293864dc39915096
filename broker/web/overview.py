"""Looking a draft over before it is sent: the words, what they give away, and what happens next.

It sends nothing and keeps nothing.
"""

from hashlib import sha256

from flask import render_template
from flask.typing import ResponseReturnValue

from broker import cases
from broker.domain.errors import BrokerError
from broker.domain.message import UNDO_SECONDS, Draft
from broker.web import points
from broker.web.composer import assess, other_parent
from broker.web.guard import member, parts, work
from broker.web.language import say_refusal


def stamp(draft: Draft) -> str:
    """Return a mark of the words that were looked over, so that no others are sent."""
    return sha256(draft.text.encode()).hexdigest()[:24]


def overview(
    template: str, draft: Draft, refusal: BrokerError | None = None
) -> ResponseReturnValue:
    """Return the page on which a draft is looked over, or its writer is stopped once (U3)."""
    told = assess(draft.text)
    verdict = cases.forecast(member(), told, work=work(), clock=parts().clock)
    found = points.points(draft.text, told)
    answer = render_template(
        template,
        draft=draft,
        to=other_parent(),
        told=told,
        count=len(found),
        phrases=points.grave(draft.text, told),
        gives=points.given_away(draft.text, told),
        verdict=verdict,
        seconds=UNDO_SECONDS,
        stamp=stamp(draft),
        problem_said=say_refusal(refusal) if refusal else "",
    )
    return answer, refusal.status if refusal else 200
