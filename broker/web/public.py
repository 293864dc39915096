"""Pages that anybody may read: safety, help, how wording is checked, privacy, accessibility.

Help lines come from the operator's file; of numbers only the emergency ones below are ours (S22).
"""

import json
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from broker.web.guard import parts, public, work

pages = Blueprint("public", __name__)

EMERGENCY = ("112", "999", "911", "000")


@dataclass(frozen=True)
class HelpLine:
    """A line of the operator's file: a name, a number, and hours and cost in their own words."""

    name: str
    number: str
    about: str = ""


def help_lines(path: Path | None) -> list[HelpLine]:
    """Return the operator's help lines: a JSON list of name, number and about. None: no lines."""
    if path is None:
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [HelpLine(row["name"], row["number"], row.get("about", "")) for row in rows]


@pages.get("/")
@public
def front() -> ResponseReturnValue:
    """Go to one's own pages, or to the sign-in page; this page says nothing of the service."""
    return redirect(url_for("home.page" if g.person else "sign_in.page"), 303)


@pages.get("/safety")
@public
def safety() -> str:
    """Show how to use this more safely, and what the exit does and does not."""
    lines = help_lines(parts().settings.help_lines)
    return render_template("public/safety.html", emergency=EMERGENCY, lines=lines)


@pages.get("/help")
@public
def help() -> str:
    """Show how things work, and where to ask."""
    return render_template("public/help.html", emergency=EMERGENCY)


@pages.get("/how-checking-works")
@public
def how() -> str:
    """Show what looks at the wording, what it gets wrong, and how to answer it."""
    return render_template("public/how.html")


@pages.get("/privacy")
@public
def privacy() -> str:
    """Show what is kept, who sees it, and for how long."""
    return render_template("public/privacy.html")


@pages.get("/accessibility")
@public
def accessibility() -> str:
    """Show what was done so that everybody can use these pages, and what was not tried."""
    return render_template("public/accessibility.html")


@pages.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Say whether the store answers."""
    with work().reading() as reading:
        reading.people.by_login("")
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
