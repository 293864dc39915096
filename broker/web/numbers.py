"""Numbers and moments as people say them in the middle of a sentence."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import g

from broker.domain.words import N_
from broker.web.guard import parts
from broker.web.language import say
from broker.web.words import clock, day

WORDS = (
    N_("none"), N_("one"), N_("two"), N_("three"), N_("four"), N_("five"),
    N_("six"), N_("seven"), N_("eight"), N_("nine"), N_("ten"),
)  # fmt: skip


def in_words(count: int, *, first: bool = False) -> str:
    """Return a count in words up to ten; ``first``: it begins a sentence."""
    said = say(WORDS[count]) if count < len(WORDS) else str(count)
    return said[:1].upper() + said[1:] if first else said


def at_time(at: datetime) -> str:
    """Return a moment to stand after "at" or "by": 18:00 · 08:00 tomorrow · 08:00 on Friday …"""
    zone = ZoneInfo(g.case.zone)
    today = parts().clock().astimezone(zone).date()
    that_day = at.astimezone(zone).date()
    if that_day == today:
        return clock(at)
    if that_day == today + timedelta(days=1):
        return say(N_("%(time)s tomorrow"), time=clock(at))
    return say(N_("%(time)s on %(day)s"), time=clock(at), day=day(at))
