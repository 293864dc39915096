"""The record for machines: the same value as canonical JSON, and the codes taken from it.

Canonical means the part of RFC 8785 that a record needs: sorted keys, no spaces, UTF-8, whole
numbers only. The bytes are what is embedded in the PDF as `record.json`, what the code at the
foot of each page is taken from, and what travels to the process that sets the pages.
"""

import hashlib
import json
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime

from broker.record.completeness import completeness, is_partial
from broker.record.value import Record, RecordError

FORMAT = "breakwater-record/1"
_LARGEST = 2**53 - 1  # RFC 8785 section 3.2.2.3: what every reader of JSON can hold exactly


def machine_record(record: Record) -> bytes:
    """Write the record as canonical JSON, with what was computed from it."""
    body = {
        "format": FORMAT,
        "record": _plain(record),
        "partial": is_partial(record),
        "completeness": [_plain(completeness(thread)) for thread in record.threads],
        "content_sha256": content_hash(record),
    }
    return canonical(body)


def read_machine_record(data: bytes) -> Record:
    """Build the record value again from its machine record; refuse another format."""
    body = json.loads(data)
    if body.get("format") != FORMAT:
        raise RecordError("This is not a machine record that can be read here.")
    return typing.cast(Record, _load(Record, body["record"]))


def content_hash(record: Record) -> str:
    """Hash what the message pages say: the same for whoever exports the same range (R14)."""
    threads = canonical([_plain(thread) for thread in record.threads])
    return hashlib.sha256(threads).hexdigest()


def code(machine: bytes) -> str:
    """Make the 16 characters at the foot of each page from the machine record (R5)."""
    digest = hashlib.sha256(machine).hexdigest()[:16].upper()
    return "-".join(digest[start : start + 4] for start in range(0, 16, 4))


def canonical(value: object) -> bytes:
    """Write plain values as canonical JSON; refuse what has no single form."""
    _check(value)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def _check(value: object) -> None:
    if isinstance(value, Mapping):
        for key, part in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise RecordError("A name in a machine record has to be plain ASCII.")
            _check(part)
    elif isinstance(value, list):
        for part in value:
            _check(part)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) > _LARGEST):
        raise RecordError("A number in a machine record has to be whole and not too large.")
    elif value is not None and not isinstance(value, str | int):
        raise RecordError(f"A {type(value).__name__} cannot stand in a machine record.")


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(part) for part in value]
    return value


def _load(kind: typing.Any, value: typing.Any) -> typing.Any:
    """Turn plain values back into `kind`: the inverse of `_plain`, led by the type hints."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else _load(inner[0], value)
    if origin is tuple:
        return tuple(_load(inner[0], part) for part in value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(
            **{field.name: _load(hints[field.name], value[field.name]) for field in fields(kind)}
        )
    return value


_HINTS: dict[type, dict[str, typing.Any]] = {}


def _hints(kind: type) -> dict[str, typing.Any]:
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]
