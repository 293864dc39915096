"""The record as HTML: the value and its words laid into the templates of `templates/record/`.

People's words are data here: escaped, one pre-wrap block a message. Signs that would turn the
direction of a line, and characters that no pinned font can draw, are printed as their Unicode
number; the machine record keeps them as they were. Knows nothing of PDF.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from broker.record.completeness import completeness, is_partial, printed_between, sent_between
from broker.record.machine import code
from broker.record.value import Attachment, Message, Record, Thread
from broker.record.words import Words

TEMPLATES = Path(__file__).parents[2] / "templates" / "record"
TRANSLATIONS = Path(__file__).parents[2] / "translations"

# Controls, and the embeddings, overrides and isolates of UAX #9: what could redraw a page.
_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def html(
    record: Record, machine: bytes, translations: NullTranslations,
    drawable: Callable[[str], bool] = lambda _char: True,
) -> str:  # fmt: skip
    """Lay a record into its pages; `machine` is its machine record."""
    words = Words(record.language, record.zone, translations)
    environment = _environment(translations, drawable)
    present = frozenset(message.ref for message in record.messages())
    return environment.get_template("record.html").render(
        **_cover(record, words),
        record=record,
        made_at=record.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        words=words,
        threads=[_thread(thread, words, present) for thread in record.threads],
        code=code(machine),
        sha256=hashlib.sha256(machine).hexdigest(),
        foot=_page_words(words),
    )


def sheets() -> dict[str, str]:
    """Read our style sheets, by the name under which the pages ask for them."""
    return {path.name: path.read_text() for path in sorted(TEMPLATES.glob("*.css"))}


def _environment(translations: NullTranslations, drawable: Callable[[str], bool]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["said"] = lambda text: said(text, drawable)
    environment.filters["steered"] = lambda text: bool(_STEERING.search(text))
    environment.filters["undrawn"] = lambda text: any(not drawable(char) for char in set(text))
    environment.filters["runs"] = runs
    return environment


def said(text: str, drawable: Callable[[str], bool] = lambda _char: True) -> Markup:
    """Escape somebody's words for the page; steering and undrawable signs become their number."""
    if isinstance(text, Markup):
        raise TypeError("Somebody's words have to arrive as they were written.")
    text = _LINE_ENDS.sub("\n", text)
    parts = (_number(char) if _is_number(char, drawable) else char for char in text)
    if not any(_is_number(char, drawable) for char in set(text)):
        return escape(text)
    return Markup("").join(parts)


def _is_number(char: str, drawable: Callable[[str], bool]) -> bool:
    return bool(_STEERING.match(char)) or not drawable(char)


def _number(char: str) -> Markup:
    return Markup('<span class="sign">[U+{:04X}]</span>').format(ord(char))


def runs(text: str) -> list[tuple[str, str]]:
    """Part a text where its lines change direction, as `unicode-bidi: plaintext` would.

    Nearly always one part. Lines without letters go with the line after them.
    """
    found: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for line in _LINE_ENDS.sub("\n", text).split("\n"):
        waiting.append(line)
        way = _direction(line)
        if way and (not found or found[-1][0] != way):
            found.append((way, []))
        if way:
            found[-1][1].extend(waiting)
            waiting = []
    found = found or [("ltr", [])]
    found[-1][1].extend(waiting)
    return [(way, "\n".join(lines)) for way, lines in found]


def _direction(line: str) -> str | None:
    """Find the direction of a line by its first letter; None without letters (UAX #9, P2)."""
    ways = {"L": "ltr", "R": "rtl", "AL": "rtl"}
    kinds = (unicodedata.bidirectional(char) for char in line)
    return next((ways[kind] for kind in kinds if kind in ways), None)


def _cover(record: Record, words: Words) -> Mapping[str, Any]:
    messages = tuple(record.messages())
    clocks = words.clocks(printed_between(messages))
    states = [completeness(thread) for thread in record.threads]
    return {
        "partial": is_partial(record),
        "span": words.span(sent_between(messages)),
        "clocks": clocks,
        "cover_clocks": words.clocks_in_short(clocks),
        "states": states,
        "selection": words.selection(record, states),
        "sent": sum(state.included for state in states),
        "imported": sum(state.imported for state in states),
        "accepted_shown": any(message.accepted_at for message in messages),
    }


def _thread(thread: Thread, words: Words, present: frozenset[str]) -> Mapping[str, Any]:
    return {
        "ref": thread.ref,
        "id": _anchor(thread.ref),
        "title": thread.title,
        "count": words.count_messages(len(thread.messages)),
        "sent": _messages(thread.sent, words, present),
        "imported": _messages(thread.imported, words, present),
        "months": _months(thread, words),
    }


def _messages(
    messages: Iterable[Message], words: Words, present: frozenset[str]
) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = []
    month = ""
    for message in messages:
        here = words.month(_time_of(message))
        row = _message(message, words)
        row["bookmark"] = here if here != month else None
        row["reply_here"] = message.reply_ref in present
        rows.append(row)
        month = here
    return rows


def _message(message: Message, words: Words) -> dict[str, Any]:
    return {
        "ref": message.ref,
        "id": _anchor(message.ref),
        "names": words.names(message),
        "when": words.when(message),
        "topic": message.topic,
        "reply": message.reply_ref,
        "reply_id": _anchor(message.reply_ref or ""),
        "urgent": message.urgent,
        "text": message.text,
        "files": [_file(attachment) for attachment in message.attachments],
    }


def _file(attachment: Attachment) -> str:
    return f"{attachment.name} ({attachment.kind})"


def _months(thread: Thread, words: Words) -> list[Mapping[str, str]]:
    """Make the second level of the index: the first and last message of each month."""
    months: dict[str, list[str]] = {}
    for message in thread.sent + thread.imported:
        months.setdefault(words.month(_time_of(message)), []).append(message.ref)
    return [
        {"name": name, "first": refs[0], "last": refs[-1], "id": _anchor(refs[0])}
        for name, refs in months.items()
    ]


def _time_of(message: Message) -> Any:
    claimed = message.imported.file_time if message.imported else None
    return claimed or message.delivered_at


def _anchor(ref: str) -> str:
    return "m-" + re.sub("[^a-z0-9-]", "", ref.lower())


def _page_words(words: Words) -> tuple[str, str, str]:
    """Cut "Page x of y" at its numbers, which only the page setting knows (R5)."""
    sentence = words._("Page %(page)s of %(pages)s")
    before, rest = sentence.split("%(page)s")
    between, after = rest.split("%(pages)s")
    return before, between, after
