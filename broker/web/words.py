"""Words pages share: times and days in the case's zone, names of topics, threads and kinds.

It knows no request beyond the case at hand, and no message.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import Flask, g
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from markupsafe import Markup

from broker.domain.message import Thread
from broker.domain.words import N_
from broker.web import guard, menu, reasons
from broker.web.language import say

TOPIC_NAMES: dict[str, str] = {
    "handover": N_("Handovers"),
    "schedule": N_("Days and times"),
    "health": N_("Health"),
    "school": N_("School"),
    "money": N_("Money"),
    "belongings": N_("Belongings"),
    "visits": N_("Visits to the house"),
    "other": N_("Something else"),
}
TOPIC_NAMES_OF: dict[tuple[str, str], str] = {
    ("pet", "health"): N_("Vet and health"),
    ("house", "money"): N_("Money and bills"),
    ("house", "belongings"): N_("Furniture and belongings"),
}
"""Names that differ by what the case is about; the rest is in ``TOPIC_NAMES``."""


def topic_name(topic: str, about: str) -> str:
    """Return what a topic is called in a case about children, a pet or a house."""
    return say(TOPIC_NAMES_OF.get((about, topic)) or TOPIC_NAMES.get(topic, TOPIC_NAMES["other"]))


def thread_name(thread: Thread) -> str:
    """Return the heading of a thread: its own title if imported, else its topic's name."""
    return thread.title or topic_name(thread.topic, g.case.about if g.case else "children")


def clock(at: datetime, *, seconds: bool = False) -> str:
    """Return the time of day in the case's zone: 14:02, or 14:02:30."""
    return _local(at).strftime("%H:%M:%S" if seconds else "%H:%M")


def day(at: datetime) -> str:
    """Return the day in words: Friday 20 November, with the year where it is another one."""
    local = _local(at)
    this_year = local.year == _local(guard.parts().clock()).year
    pattern = say(N_("EEEE d MMMM")) if this_year else say(N_("EEEE d MMMM y"))
    return format_datetime(local, pattern, locale=get_locale() or "en")


def when(at: datetime) -> str:
    """Return day and time: Today, 14:02 · Yesterday, 9:05 · Friday 20 November, 14:02."""
    days = (_local(guard.parts().clock()).date() - _local(at).date()).days
    if days == 0:
        return say(N_("Today, %(time)s"), time=clock(at))
    if days == 1:
        return say(N_("Yesterday, %(time)s"), time=clock(at))
    if days == -1:
        return say(N_("Tomorrow, %(time)s"), time=clock(at))
    return say(N_("%(day)s, %(time)s"), day=day(at), time=clock(at))


def iso(at: datetime) -> str:
    """Return a time for a ``datetime`` attribute, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def span(length: timedelta) -> str:
    """Return a length of time in words: 5 minutes, 3 hours, 2 days."""
    minutes = max(int(length.total_seconds() // 60), 0)
    if minutes < 120:
        return say(N_("%(count)s minutes"), count=minutes)
    if minutes < 48 * 60:
        return say(N_("%(count)s hours"), count=minutes // 60)
    return say(N_("%(count)s days"), count=minutes // (24 * 60))


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(g.case.zone if g.get("case") else "UTC"))


def csrf_field() -> Markup:
    """Return the hidden input that every form that posts carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def install(app: Flask) -> None:
    """Offer these words, and what the frame needs, to every template."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(clock=clock, day=day, when=when, iso=iso, span=span)
    app.jinja_env.globals.update(
        topic_name=topic_name,
        thread_name=thread_name,
        reason=reasons.reason,
        alert_name=reasons.alert_name,
        label_name=reasons.label_name,
        csrf_field=csrf_field,
        has_page=lambda endpoint: endpoint in app.view_functions,
    )
    app.context_processor(_of_page)


def _of_page() -> dict[str, Any]:
    return {
        "service": guard.parts().settings.name,
        "nav": menu.nav(),
        "demo": menu.is_demo(),
    }
