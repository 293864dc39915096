"""What the record says in its own voice: times, counts and statements, in one language.

Every sentence goes through gettext. Nothing here knows HTML; people's own words do not pass
through here.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime

from broker.record.completeness import Completeness, clock_changes
from broker.record.value import Claim, Message, Preset, Record

_MOMENT = "d MMMM y, HH:mm:ss"
_MOMENT_OF_WEEK = "EEEE d MMMM y, HH:mm:ss"


def utc_offset(offset: timedelta) -> str:
    """Write an offset as people read it: UTC+0, UTC+5:30, UTC-7."""
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


class Words:
    """The sentences of one record, in its language and time zone."""

    def __init__(self, language: str, zone: str, translations: NullTranslations) -> None:
        self.locale = Locale.parse(language, sep="-")
        self.zone = ZoneInfo(zone)
        self._ = translations.gettext
        self.ngettext = translations.ngettext

    # Times (R3, R4): never a number for a month, always the zone and its distance to UTC.

    def moment(self, time: datetime, *, weekday: bool = False) -> str:
        """Say a time in full: 14 March 2026, 10:05:40 GMT (UTC+0)."""
        local = time.astimezone(self.zone)
        pattern = _MOMENT_OF_WEEK if weekday else _MOMENT
        return f"{format_datetime(local, pattern, locale=self.locale)} {self._zone_of(local)}"

    def day(self, time: datetime) -> str:
        """Say a day: 14 March 2026."""
        return format_date(time.astimezone(self.zone), "d MMMM y", locale=self.locale)

    def month(self, time: datetime) -> str:
        """Say a month: March 2026."""
        return format_date(time.astimezone(self.zone), "LLLL y", locale=self.locale)

    def made_at(self, time: datetime) -> str:
        """Say when the record was made, in local time and in UTC (R1)."""
        there = format_datetime(time, _MOMENT, locale=self.locale)
        return self._("%(local)s; %(utc)s UTC") % {"local": self.moment(time), "utc": there}

    def _zone_of(self, local: datetime) -> str:
        name = local.tzname() or ""
        offset = utc_offset(local.utcoffset() or timedelta())
        return f"{name} ({offset})" if name.isalpha() else offset

    def span(self, times: tuple[datetime, datetime] | None) -> str:
        """Say from which day to which day the messages reach."""
        if times is None:
            return self._("No messages")
        first, last = self.day(times[0]), self.day(times[1])
        if first == last:
            return first
        return self._("%(first)s to %(last)s") % {"first": first, "last": last}

    def clocks(self, times: tuple[datetime, datetime] | None) -> list[str]:
        """Note each change of the clocks between two times, or that there was none (R4)."""
        changes = clock_changes(self.zone, *times) if times else ()
        if not changes:
            return [self._("The clocks did not change between these dates.")]
        return [self._change(change) for change in changes]

    def clocks_in_short(self, lines: list[str]) -> str:
        """Say on the cover what `clocks` found: one change whole, several by their number."""
        if len(lines) == 1:
            return lines[0]
        sentence = self._(
            "The clocks changed %(count)s times between these dates: see the next page."
        )
        return sentence % {"count": len(lines)}

    def _change(self, at: datetime) -> str:
        before, after = (at - timedelta(seconds=1)).astimezone(self.zone), at.astimezone(self.zone)
        said = {"day": self.day(at), "before": self._clock(before + timedelta(seconds=1)),
                "old": self._zone_of(before), "after": self._clock(after),
                "new": self._zone_of(after)}  # fmt: skip
        return (
            self._("The clocks changed on %(day)s: %(before)s %(old)s became %(after)s %(new)s.")
            % said
        )

    @staticmethod
    def _clock(local: datetime) -> str:
        return f"{local:%H:%M}"

    # What the record holds (R1, R2)

    def purpose(self, preset: Preset, requester: str) -> str:
        """Say for whom the record was made, and who asked for it."""
        sentences = {
            "court": self._("A court, at the request of %(name)s"),
            "solicitor": self._("A solicitor, at the request of %(name)s"),
            "counsellor": self._("A counsellor, at the request of %(name)s"),
            "self": self._("%(name)s, for their own keeping"),
        }
        return sentences[preset] % {"name": requester}

    def count_messages(self, count: int) -> str:
        """Count messages in words that fit the number."""
        return self.ngettext("%(count)s message", "%(count)s messages", count) % {"count": count}

    def complete(self, state: Completeness) -> list[str]:
        """State how much of a thread stands here (R2); imported messages apart (R4)."""
        said = {"thread": state.thread, "title": state.title, "first": state.first,
                "last": state.last, "included": state.included, "asked": state.asked,
                "withheld": state.withheld}  # fmt: skip
        lines = [self._complete_line(state) % said]
        if state.imported:
            lines.append(self._imported_line(state))
        return lines

    def _complete_line(self, state: Completeness) -> str:
        if not state.asked:
            return self._("No message of thread %(thread)s, “%(title)s”, was delivered here.")
        return self._(
            "Messages %(thread)s-%(first)s to %(thread)s-%(last)s of thread %(thread)s, "
            "“%(title)s”: %(included)s of %(asked)s included, %(withheld)s withheld."
        )

    def _imported_line(self, state: Completeness) -> str:
        line = self.ngettext(
            "%(count)s message of thread %(thread)s was imported from a file. It is numbered "
            "apart and counts in no statement above.",
            "%(count)s messages of thread %(thread)s were imported from a file. They are numbered "
            "apart and count in no statement above.",
            state.imported,
        )
        return line % {"count": state.imported, "thread": state.thread}

    def selection(self, record: Record, states: Iterable[Completeness]) -> list[str]:
        """Say on the cover what was left out, or nothing where nothing was."""
        lines = list(record.filters)
        for state in states:
            lines += [line for count, line in self._outside(state) if count]
        if lines:
            lines.insert(0, self._("This is a selection."))
        return lines

    def _outside(self, state: Completeness) -> list[tuple[int, str]]:
        earlier = self.ngettext(
            "%(count)s earlier message of thread %(thread)s is not in this record.",
            "%(count)s earlier messages of thread %(thread)s are not in this record.",
            state.earlier,
        )
        inside = self.ngettext(
            "%(count)s message inside the range of thread %(thread)s is left out.",
            "%(count)s messages inside the range of thread %(thread)s are left out.",
            state.withheld,
        )
        later = self.ngettext(
            "%(count)s later message of thread %(thread)s is not in this record.",
            "%(count)s later messages of thread %(thread)s are not in this record.",
            state.later,
        )
        lines = ((state.earlier, earlier), (state.withheld, inside), (state.later, later))
        return [(count, line % {"count": count, "thread": state.thread}) for count, line in lines]

    # One message (R3, R4)

    def names(self, message: Message) -> str:
        """Say from whom to whom; for an imported message only what the file claims."""
        if message.imported:
            return self._("From a file, as %(sender)s") % {"sender": message.imported.sender}
        return self._("%(author)s to %(to)s") % {"author": message.author, "to": message.to}

    def when(self, message: Message) -> str:
        """Say the times of a message; acceptance only where it was given (S4)."""
        if message.imported:
            return self._import(message, message.imported)
        delivered = self.moment(message.delivered_at, weekday=True)
        if message.accepted_at is None:
            return self._("Delivered %(time)s.") % {"time": delivered}
        accepted = self.moment(message.accepted_at, weekday=True)
        return self._("Accepted %(accepted)s. Delivered %(delivered)s.") % {
            "accepted": accepted, "delivered": self._shorter(delivered, message)}  # fmt: skip

    def _shorter(self, delivered: str, message: Message) -> str:
        """Leave out the day of delivery where it is the day of acceptance, in the same offset."""
        times = [message.delivered_at.astimezone(self.zone)]
        times += [message.accepted_at.astimezone(self.zone)] if message.accepted_at else []
        same = len({(time.date(), time.utcoffset()) for time in times}) == 1
        return f"{times[0]:%H:%M:%S}" if same else delivered

    def _import(self, message: Message, claim: Claim) -> str:
        claimed = self.moment(claim.file_time, weekday=True) if claim.file_time else claim.at_text
        sentence = self._(
            "Imported on %(time)s from a file; sender and time are the file’s claim: %(claimed)s."
        )
        return sentence % {"time": self.moment(message.delivered_at), "claimed": claimed}
