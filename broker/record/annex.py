"""The annex of events (R16): what both parents may know of the case, as sentences, oldest first.

What happened to the asker's own messages before delivery is added in the asker's own record, and
only where it was asked for (S4). First views are never here (S6).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from broker.domain import ledger
from broker.domain.people import Member
from broker.domain.words import N_
from broker.record import sentences
from broker.record.sentences import Say
from broker.record.value import Event
from broker.record.words import Words


@dataclass(frozen=True)
class Telling:
    """What the sentences need to know beside the entries."""

    words: Words
    say: Say
    members: Mapping[str, Member]
    threads: Mapping[str, int | None]

    def name(self, member: str) -> str:
        """Return the displayed name of a place."""
        return self.members[member].name if member in self.members else member


def case_events(entries: Iterable[ledger.Entry], telling: Telling) -> list[Event]:
    """Return the events of the case log; imports of one moment into one thread are one event."""
    events: list[Event] = []
    imports: dict[tuple[str, str], int] = {}
    for entry in entries:
        told = entry.fields
        if told["type"] == "message.imported":
            key = told["at"], told["meta"]["thread"]
            imports[key] = imports.get(key, 0) + 1
        elif sentence := _sentence(told, telling):
            events.append(Event(_at(told["at"]), sentence))
    return sorted([*events, *_imports(imports, telling)], key=lambda event: event.at)


def _sentence(told: Mapping[str, object], telling: Telling) -> str | None:
    kind = str(told["type"])
    if kind in sentences.CASE_EVENTS:
        return telling.say(sentences.CASE_EVENTS[kind])
    told_by = _TOLD.get(kind)
    return told_by(told, telling) if told_by else None


def _opened(told: Mapping[str, object], telling: Telling) -> str:
    meta = _meta(told)
    about = telling.say(sentences.ABOUT.get(meta["about"], meta["about"]))
    said = telling.say("The case was opened. %(about)s Its times are those of %(zone)s.")
    return said % {"about": about, "zone": meta["zone"]}


def _joined(told: Mapping[str, object], telling: Telling) -> str:
    said = {"name": telling.name(str(told["actor"])),
            "role": sentences.role(_meta(told)["role"], telling.say)}  # fmt: skip
    return telling.say("%(name)s joined the case (%(role)s).") % said


def _terms(told: Mapping[str, object], telling: Telling) -> str:
    meta = _meta(told)
    said = {
        "version": meta["version"],
        "since": telling.words.moment(_at(meta["since"])),
        "lines": " ".join(sentences.terms(meta, telling.say)),
    }
    return telling.say("Terms, version %(version)s, in force from %(since)s. %(lines)s") % said


def _granted(told: Mapping[str, object], telling: Telling) -> str:
    member = telling.members.get(_meta(told)["member"])
    if member is None:
        return telling.say("Somebody was given a place to read the case.")
    if member.until is None:
        return telling.say("%(name)s was given a place to read the case.") % {"name": member.name}
    said = {"name": member.name, "until": telling.words.moment(member.until)}
    return telling.say("%(name)s was given a place to read the case until %(until)s.") % said


_TOLD: Mapping[str, Callable[[Mapping[str, object], Telling], str]] = {
    "case.opened": _opened,
    "member.joined": _joined,
    "terms.set": _terms,
    "grant.shared": _granted,
}


def _imports(found: Mapping[tuple[str, str], int], telling: Telling) -> Iterator[Event]:
    for (at, thread), count in found.items():
        said = telling.words.ngettext(
            "%(count)s message was imported from a file into thread T%(thread)s.",
            "%(count)s messages were imported from a file into thread T%(thread)s.",
            count,
        )
        yield Event(_at(at), said % {"count": count, "thread": telling.threads.get(thread)})


def own_events(
    entries: Iterable[ledger.Entry], refs: Mapping[str, str], name: str, telling: Telling
) -> list[Event]:
    """Return what happened to a member's own messages; ``refs``: message id → reference or ''."""
    return [
        Event(_at(told["at"]), _own(told, refs[told["meta"]["message"]], name, telling))
        for told in (entry.fields for entry in entries)
    ]


def _own(told: Mapping[str, object], ref: str, name: str, telling: Telling) -> str:
    which = N_("Message %(ref)s of %(name)s") if ref else N_("Another message of %(name)s")
    what = telling.say(which) % {"ref": ref, "name": name}
    return telling.say(sentences.OWN_EVENTS[str(told["type"])]) % {"what": what}


def _meta(told: Mapping[str, object]) -> dict[str, str]:
    meta = told["meta"]
    assert isinstance(meta, dict)
    return meta


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
