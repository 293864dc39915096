"""Who is in a case, what each of them can see, and the terms that count for all."""

from flask import Blueprint, g, render_template

from broker.domain.people import Role
from broker.domain.words import N_
from broker.web.guard import needs, parts, work
from broker.web.language import say

pages = Blueprint("people", __name__)

SEES: dict[Role, tuple[str, str]] = {
    Role.PARENT: (
        N_("Parent"),
        N_("Sees delivered messages, and what they sent themselves. Writes messages."),
    ),
    Role.MEDIATOR: (
        N_("Mediator"),
        N_("Sees delivered messages whole, and messages that wait for review. Changes no words."),
    ),
    Role.READER: (
        N_("Reader"),
        N_("Sees delivered messages whole, and makes records of them. Writes nothing."),
    ),
}


@pages.app_template_filter("role_name")
def role_name(role: Role) -> str:
    """Return a role in words."""
    return say(SEES[role][0])


@pages.app_template_filter("role_sees")
def role_sees(role: Role) -> str:
    """Return what somebody in a role sees, in words."""
    return say(SEES[role][1])


@pages.get("/c/<case>/people")
@needs("case.people")
def page(case: str) -> str:
    """Show who can see what, and until when; and the terms."""
    now = parts().clock()
    with work().reading() as kept:
        members = [m for m in kept.people.members(g.case.id) if m.until is None or now < m.until]
        terms = [t for t in kept.terms.all(case) if t.since and t.since > now]
        current = kept.terms.in_force(case, now)
    return render_template("people/page.html", members=members, current=current, coming=terms)
