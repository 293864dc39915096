"""Bringing in a thread from a file. Imported messages are born delivered: nothing moves.

Sender and time are the file's claim (R4); the entry's own time is the import's. They are numbered
apart and count in no completeness statement. Both parents are told.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from broker.domain.assessment import Assessment
from broker.domain.errors import BrokerError, FileRefused, NotHere
from broker.domain.ids import new_id
from broker.domain.ledger import commitment, moment
from broker.domain.message import Claim, Message, State, readable
from broker.domain.people import TOPICS, Role
from broker.ports import Assessor, Clock, Work

LONGEST_NAME = 200
"""Characters of a subject or of a party's name in a file."""


@dataclass(frozen=True)
class FileMessage:
    """One message as a file tells it. ``sender`` is the file's id of a party."""

    number: int
    sender: str
    at: datetime
    text: str
    reply_to: int | None


@dataclass(frozen=True)
class FileThread:
    """One thread as a file tells it; ``parties`` maps the file's ids to displayed names."""

    subject: str
    topic: str
    zone: str
    parties: Mapping[str, str]
    messages: tuple[FileMessage, ...]


def read_file(lines: Iterable[str]) -> list[FileThread]:
    """Return the threads of a JSON-lines file, one a line.

    Raises:
        FileRefused: names the line and what is wrong with it; nothing was imported.

    """
    return [_thread(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _thread(number: int, line: str) -> FileThread:
    try:
        plain = json.loads(line)
        return _of_parties(
            FileThread(
                subject=readable(str(plain["subject"]), LONGEST_NAME),
                topic=str(plain["topic"]),
                zone=ZoneInfo(plain["time_zone"]).key,
                parties={str(p["id"]): _name(p) for p in plain["parties"]},
                messages=tuple(_message(message) for message in plain["messages"]),
            )
        )
    except (KeyError, TypeError, ValueError, RecursionError, BrokerError) as error:
        raise FileRefused(line=number, why=f"{type(error).__name__}: {error}") from error


def _name(party: dict[str, Any]) -> str:
    return readable(str(party["display"]), LONGEST_NAME)


def _of_parties(thread: FileThread) -> FileThread:
    for message in thread.messages:
        if message.sender not in thread.parties:
            raise ValueError(f"{message.sender} is no party")
    return thread


def _message(plain: dict[str, Any]) -> FileMessage:
    at = datetime.fromisoformat(plain["at"])
    if at.tzinfo is None:
        raise ValueError("a time without its offset from UTC")
    return FileMessage(
        int(plain["n"]), str(plain["from"]), at, readable(plain["text"]), plain.get("reply_to")
    )


def bring_in(
    case: str,
    thread: FileThread,
    places: Mapping[str, str],
    by: str,
    *,
    work: Work,
    assess: Assessor,
    clock: Clock,
) -> str:
    """Import a thread into a case and return the new thread's id; all of it or nothing.

    Args:
        places: the file's id of a party → the member it claims to be.
        by: member or person id of the mediator or operator who imports.

    Raises:
        NotHere: a party of the file has no place, or the place is not a parent's.

    """
    now = clock()
    read = [
        assess(message.text, at=message.at, zone=thread.zone, names=list(thread.parties.values()))
        for message in thread.messages
    ]
    with work:
        parents = {m.id for m in work.people.members(case) if m.role is Role.PARENT}
        if not {places.get(message.sender) for message in thread.messages} <= parents:
            raise NotHere
        topic = thread.topic if thread.topic in TOPICS else "other"
        kept = work.threads.add(case, topic, thread.subject).id
        ids: dict[int, str] = {}
        for message, assessment in zip(thread.messages, read, strict=True):
            ids[message.number] = _keep(
                case, kept, message, places[message.sender], ids, assessment, by, work, now
            )
        for parent in sorted(parents):
            work.outbox.tell(case, parent, "imported", now, thread=kept)
    return kept


def _keep(
    case: str,
    thread: str,
    told: FileMessage,
    author: str,
    ids: Mapping[int, str],
    assessment: Assessment,
    by: str,
    work: Work,
    now: datetime,
) -> str:
    salt = secrets.token_bytes(32)
    message = Message(
        case=case,
        id=new_id(),
        thread=thread,
        author=author,
        state=State.DELIVERED,
        text=told.text,
        commitment=commitment(salt, told.text),
        submitted_at=now,
        undo_until=now,
        accepted_at=now,
        delivered_at=now,
        number=work.threads.next_number(case, thread, imported=True),
        reply_to=ids.get(told.reply_to or 0),
        urgent=assessment.urgent,
        claim=Claim(told.sender, told.at, told.number),
    )
    work.messages.store(message, salt, assessment)
    work.logs.case(case).append(
        "message.imported",
        by,
        now,
        message.commitment,
        message=message.id,
        thread=thread,
        number=message.number,
        claimed_author=author,
        claimed_at=moment(told.at),
    )
    return message.id
