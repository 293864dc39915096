"""Gathers the value of a record from the store: the one place here that reads a case.

The message pages are the same for whoever asks (R14): delivered messages, whole, under displayed
names, with their time of delivery alone. Names typed for a record stand on its cover only (S2).
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel.support import Translations

from broker.domain import ledger
from broker.domain.due import Export
from broker.domain.errors import RecordNotMade
from broker.domain.message import Message, Thread, ref_of
from broker.domain.people import Case, Member, Role
from broker.ports import Work
from broker.record import annex, sentences, value
from broker.record.page import TRANSLATIONS
from broker.record.render import Pdf, RenderFailed, make_pdf
from broker.record.sentences import Say
from broker.record.value import Record, RecordError
from broker.record.words import Words


def make(
    export: Export,
    *,
    work: Work,
    now: datetime,
    progress: Callable[[str, int], None],
    language: str = "en-GB",
) -> Pdf:
    """Gather a record and set its pages. Raises RecordNotMade with the reason's id."""
    try:
        record = gather(export, work=work, now=now, language=language)
        return make_pdf(record, progress=lambda step: progress(step.name, step.page or 0))
    except RenderFailed as failed:
        raise RecordNotMade(why=failed.exit.name.lower()) from failed
    except RecordError as failed:
        raise RecordNotMade(why="record") from failed


def gather(export: Export, *, work: Work, now: datetime, language: str = "en-GB") -> Record:
    """Return the value of a record as the store holds it now, read in one transaction."""
    with work.reading():
        return _Gathering(export, work, now, language).record()


class _Gathering:
    """One reading of one case for one record."""

    def __init__(self, export: Export, work: Work, now: datetime, language: str) -> None:
        self.export, self.work, self.now, self.language = export, work, now, language
        self.case: Case = work.people.case(export.case)
        self.members = {member.id: member for member in work.people.members(export.case)}
        self.all_threads = work.threads.of(export.case)
        self.threads = [t for t in self.all_threads if export.thread in (None, t.id)]
        self.asked: dict[str, Any] = work.exports.asked(export)
        translations = _translations(language)
        self.say: Say = translations.gettext
        self.words = Words(language, self.case.zone, translations)
        self.plain = export.purpose == "counsellor"

    def record(self) -> Record:
        export, entries = self.export, [*self._case_entries(), *self._own_entries()]
        return Record(
            record_id=export.reference,
            export_number=export.number,
            made_at=self.now.astimezone(UTC).replace(microsecond=0),
            software=software(),
            case_label=self.case.code,
            about=self._about(),
            parties=self._parties(),
            requester=self._cover_name(self.members[export.member]),
            purpose=export.purpose,  # type: ignore[arg-type]
            zone=self.case.zone,
            threads=tuple(self._thread(thread) for thread in self.threads),
            events=self._events(),
            heads=() if self.plain else self._heads(),
            entries=() if self.plain else tuple(entries),
            paper=export.page_size,  # type: ignore[arg-type]
            language=self.language,
        )

    # The cover

    def _about(self) -> str:
        about = self.say(sentences.ABOUT[self.case.about])
        others = len(self.all_threads) - len(self.threads)
        if not others:
            return about
        said = self.say(
            "This record holds thread T%(thread)s only; the case has %(count)s threads."
        )
        told = {"thread": self.threads[0].number, "count": len(self.all_threads)}
        return f"{about} {said % told}"

    def _parties(self) -> tuple[value.Party, ...]:
        said = sentences.role("parent", self.say)
        return tuple(value.Party(said, self._cover_name(parent)) for parent in self._parents())

    def _parents(self) -> list[Member]:
        return [member for member in self.members.values() if member.role is Role.PARENT]

    def _cover_name(self, member: Member) -> str:
        names: Mapping[str, str] = self.asked.get("names", {})
        return names.get(member.id, member.name)

    # The messages

    def _thread(self, thread: Thread) -> value.Thread:
        delivered = list(self.work.messages.all_delivered(self.case.id, thread.id))
        return value.Thread(
            ref=f"T{thread.number}",
            title=thread.title or self._topic(thread),
            first=1 if thread.delivered else 0,
            last=thread.delivered,
            delivered=thread.delivered,
            messages=tuple(self._message(thread, message) for message in _in_order(delivered)),
        )

    def _topic(self, thread: Thread) -> str:
        return sentences.topic(thread.topic, self.case.about, self.say)

    def _message(self, thread: Thread, message: Message) -> value.Message:
        assert message.delivered_at is not None
        assert message.number is not None
        author = self.members[message.author]
        others = [parent.name for parent in self._parents() if parent.id != author.id]
        return value.Message(
            ref=ref_of(thread, message),
            number=message.number,
            delivered_at=message.delivered_at,
            accepted_at=None,
            author=author.name,
            to=", ".join(others),
            topic=self._topic(thread),
            reply_ref=self._reply_ref(thread, message),
            text=message.text,
            imported=self._claim(message, author),
            urgent=self.say("cannot wait") if message.cannot_wait else None,
        )

    def _reply_ref(self, thread: Thread, message: Message) -> str | None:
        if message.reply_to is None:
            return None
        return ref_of(thread, self.work.messages.get(self.case.id, message.reply_to))

    def _claim(self, message: Message, author: Member) -> value.Claim | None:
        if message.claim is None:
            return None
        at = message.claim.at
        return value.Claim(author.name, at.isoformat(), at.astimezone(UTC))

    # The annex and the evidence

    def _events(self) -> tuple[value.Event, ...]:
        telling = annex.Telling(
            self.words, self.say, self.members, {t.id: t.number for t in self.all_threads}
        )
        kept = [e for e in self.work.logs.case(self.case.id).entries() if self._here(e)]
        events = annex.case_events(kept, telling)
        if self.asked.get("own_events"):
            own, refs = self._own_messages()
            name = self.members[self.export.member].name
            events += annex.own_events(own, refs, name, telling)
        return tuple(sorted(events, key=lambda event: event.at))

    def _here(self, entry: ledger.Entry) -> bool:
        """Whether an entry of the case log is about this record's threads, or about no thread."""
        thread = entry.fields["meta"].get("thread")
        return thread is None or thread in {kept.id for kept in self.threads}

    def _case_entries(self) -> list[value.Entry]:
        log = f"{self.case.id}/case"
        return [
            value.Entry(log, entry.seq, entry.data.decode())
            for entry in self.work.logs.case(self.case.id).entries()
            if self._here(entry)
        ]

    def _own_entries(self) -> list[value.Entry]:
        if not self.asked.get("own_events"):
            return []
        log = f"{self.case.id}/member/{self.export.member}"
        return [value.Entry(log, e.seq, e.data.decode()) for e in self._own_messages()[0]]

    def _own_messages(self) -> tuple[list[ledger.Entry], dict[str, str]]:
        """Return the entries on own messages of these threads, and those messages' references."""
        kept, refs = [], {}
        threads = {thread.id: thread for thread in self.threads}
        log = self.work.logs.member(self.case.id, self.export.member)
        for entry in log.entries():
            told = entry.fields
            if told["type"] not in sentences.OWN_EVENTS:
                continue
            message = self.work.messages.get(self.case.id, told["meta"]["message"])
            if message.thread in threads:
                kept.append(entry)
                refs[message.id] = ref_of(threads[message.thread], message)
        return kept, refs

    def _heads(self) -> tuple[value.Head, ...]:
        """Return the head of the case log; of the asker's own only beside own events (S4)."""
        logs = [self.work.logs.case(self.case.id)]
        if self.asked.get("own_events"):
            logs.append(self.work.logs.member(self.case.id, self.export.member))
        return tuple(value.Head(h.origin, h.size, h.root) for h in (log.head() for log in logs))


def _in_order(messages: Iterable[Message]) -> list[Message]:
    """Return delivered messages by number, then imported ones by theirs."""
    return sorted(messages, key=lambda m: (m.claim is not None, m.number or 0))


def _translations(language: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [language.replace("-", "_"), language.split("-")[0]])


def software() -> str:
    """Return name and version of this software, as a record's cover says it (R1)."""
    with (Path(__file__).parents[2] / "pyproject.toml").open("rb") as file:
        return f"Breakwater {tomllib.load(file)['project']['version']}"
