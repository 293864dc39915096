"""What a parent has folded away when reading. Theirs alone: no other page changes (S3)."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broker.domain.errors import SettingRefused
from broker.domain.people import SHIELDS
from broker.domain.words import N_
from broker.web.guard import member, needs, work
from broker.web.language import say, say_refusal

pages = Blueprint("shield", __name__)

CHOICES: dict[str, tuple[str, str]] = {
    "nothing": (
        N_("Nothing"),
        N_("You see every message whole as it comes."),
    ),
    "flagged": (
        N_("Hostile wording"),
        N_("Words that may be hostile are folded away. The rest of the message is shown."),
    ),
    "facts": (
        N_("All but the facts"),
        N_("Of a message with such words you see dates, facts and questions first."),
    ),
}


@pages.route("/c/<case>/settings/reading", methods=["GET", "POST"])
@needs("reading.set")
def page(case: str) -> ResponseReturnValue:
    """Show what is folded away, and change it."""
    if request.method == "GET":
        return _page(member().shield)
    chosen = request.form.get("shield", "")
    if chosen not in SHIELDS:
        refusal = SettingRefused(name=say(N_("What is folded away")), value=chosen[:40])
        return _page(member().shield, say_refusal(refusal)), refusal.status
    with work() as now:
        now.people.set_shield(case, member().id, chosen)
    return redirect(url_for("shield.page", case=case, saved=1), 303)


def _page(chosen: str, problem: str = "") -> str:
    rows = [(value, say(CHOICES[value][0]), say(CHOICES[value][1])) for value in SHIELDS]
    return render_template(
        "shield/page.html",
        chosen=chosen,
        rows=rows,
        problem_said=problem,
        saved="saved" in request.args,
    )
