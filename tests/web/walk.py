"""Every page of the application, with addresses built from a world, for tests that walk them all.

A route added later is walked without a change here, as long as its address is made of the parts
named in ``Place.values``; a part that is not named fails the walk, so that nobody forgets it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from werkzeug.routing import Rule

from broker import accounts
from broker.domain.due import Export
from broker.domain.message import Draft
from broker.domain.people import Role, may
from tests.web.site import Client, Site
from tests.world import PASSWORD, Family

ROLES = {
    "anna": Role.PARENT,
    "ben": Role.PARENT,
    "mediator": Role.MEDIATOR,
    "reader": Role.READER,
    "other": Role.PARENT,
    "operator": Role.OPERATOR,
    "nobody": Role.NOBODY,
}
"""Browsers and what they are; ``other`` is a parent of another case."""


@dataclass(frozen=True)
class Place:
    """A case with something of each kind in it, and the parts of addresses that lead there."""

    family: Family
    other: Family
    values: dict[str, str]
    held: str
    read: str

    def value(self, rule: Rule, name: str) -> str:
        """Return one part of an address; desk pages are about held messages, threads about read."""
        if name == "message" and rule.endpoint.startswith("desk."):
            return self.held
        if name == "message" and rule.endpoint.startswith("threads."):
            return self.read
        return self.values[name]


def furnish(site: Site) -> Place:
    """Put something of each kind into a case of the site, and open another case beside it."""
    world = site.world
    family, other = world.family(), world.family(tag="-other")
    world.send(family.ben, "Handover is on Friday at the school.")
    read = world.send(family.ben, "Can you bring the blue bag on Friday? !!asks")
    world.send(family.ben, "I will come to the house. !!threat")
    sent = world.send(family.anna, "Yes, I can bring the blue bag.")
    held = world.send(family.anna, "I am late on Friday. [[You are useless.]]")
    now = world.clock()
    with world.work() as work:
        thread = work.threads.of(family.case)[0].id
        work.drafts.put(_draft(family, now))
        work.outbox.tell(family.case, family.anna.id, "terms_set", now, version="1")
        notice = work.outbox.of(family.case, family.anna.id)[0].id
        work.exports.add(_export(family, now), {})
    values = {
        "case": family.case,
        "thread": thread,
        "message": sent,
        "topic": "handover",
        "draft": "draftofanna23456",
        "notice": notice,
        "export": "recordofanna2345",
    }
    return Place(family, other, values, held, read)


def _draft(family: Family, now: datetime) -> Draft:
    return Draft(
        case=family.case,
        id="draftofanna23456",
        member=family.anna.id,
        text="I will be there on Friday.",
        topic="handover",
        thread=None,
        reply_to=None,
        kept_until=now + timedelta(hours=20),
    )


def _export(family: Family, now: datetime) -> Export:
    return Export(
        case=family.case,
        id="recordofanna2345",
        member=family.anna.id,
        number=1,
        thread=None,
        purpose="court",
        page_size="a4",
        state="waiting",
        step="",
        made_at=now,
        expires_at=now + timedelta(days=7),
    )


def rules(site: Site, method: str) -> Iterator[Rule]:
    """Return the routes that take a method, without static files."""
    for rule in sorted(site.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint != "static" and method in (rule.methods or ()):
            yield rule


def address(site: Site, rule: Rule, place: Place, **instead: str) -> str:
    """Return an address of a route in the furnished case."""
    parts = {name: place.value(rule, name) for name in rule.arguments}
    with site.app.test_request_context():
        return url_for(
            rule.endpoint, **{**parts, **{k: v for k, v in instead.items() if k in parts}}
        )


def permission(site: Site, rule: Rule) -> str:
    """Return what a route's view is marked with."""
    return str(getattr(site.app.view_functions[rule.endpoint], "permission", "unmarked"))


def allowed(site: Site, rule: Rule, browser: str) -> bool:
    """Say what the permission table makes of a browser at a route of the furnished case."""
    asked = permission(site, rule)
    if asked == "public":
        return True
    if "case" in rule.arguments and browser in ("other", "operator", "nobody"):
        return False
    return may(ROLES[browser], asked)


def browsers(site: Site) -> dict[str, Client]:
    """Return a signed-in browser for each role, and one that is nobody's."""
    work, hasher = site.world.work(), site.world.hasher
    accounts.add_operator("operator", "Operator", PASSWORD, work=work, hasher=hasher)
    names = {"other": "anna-other"}
    found = {role: site.sign_in(names.get(role, role)) for role in ROLES if role != "nobody"}
    return {**found, "nobody": site.nobody()}
