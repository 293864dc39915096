"""Leaving at once (S8, U10). The one GET that changes something: it can only sign out.

Drafts stay. The page one lands on is the operator's choice and says nothing of this service.
"""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from broker.web.guard import parts, public
from broker.web.sign_in import forget

pages = Blueprint("leave", __name__)


@pages.get("/exit")
@public
def now() -> ResponseReturnValue:
    """End this browser's session and go to the neutral page."""
    return forget(redirect(parts().settings.leave_for, 303))
