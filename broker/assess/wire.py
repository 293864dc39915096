"""What goes over the assessor's socket: a length of four bytes, then JSON. Knows no model.

``until`` is a moment of the machine's monotonic clock, the same in every process, after which
nobody waits for the answer any more.
"""

import json
import socket
import struct
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from broker.domain.assessment import Assessment, from_plain, to_plain

MOST = 4 * 1024 * 1024
"""Bytes of one frame; 8,000 code points, escaped, and their flags stay far below."""

MARGIN_S = 0.1
"""The reader is stopped this long before its client stops waiting."""

_LENGTH = struct.Struct("!I")


class Closed(ConnectionError):
    """The other end went away in the middle."""


def question(text: str, at: datetime, zone: str, names: Sequence[str], until: float) -> bytes:
    """Return the frame that asks for one reading. ``at`` is aware."""
    plain = {"text": text, "at": at.isoformat(), "zone": zone, "names": list(names)}
    return _frame({**plain, "until": until})


def answer(assessment: Assessment) -> bytes:
    """Return the frame that carries an assessment with its suggestion."""
    told = {"rewrite": assessment.rewrite, "rewrite_note": assessment.rewrite_note}
    return _frame({**to_plain(assessment), **told})


def assessment(plain: dict[str, Any]) -> Assessment:
    """Return the assessment that a frame carries. Raises TypeError, KeyError or ValueError."""
    found = from_plain(plain)
    if not isinstance(found.assessed, bool) or not isinstance(found.severity, str):
        raise TypeError("an assessment says whether it was made, and its severity")
    return found


def _frame(plain: dict[str, Any]) -> bytes:
    data = json.dumps(plain).encode("ascii")
    return _LENGTH.pack(len(data)) + data


def send(line: socket.socket, frame: bytes, until: float) -> None:
    """Write a frame whole. Raises TimeoutError, OSError."""
    line.settimeout(_left(until))
    line.sendall(frame)


def receive(line: socket.socket, until: float) -> dict[str, Any]:
    """Read one frame. Raises Closed, TimeoutError, ValueError (no JSON object, or too long)."""
    (length,) = _LENGTH.unpack(_exactly(line, _LENGTH.size, until))
    if length > MOST:
        raise ValueError("a frame longer than any text")
    plain = json.loads(_exactly(line, length, until))
    if not isinstance(plain, dict):
        raise ValueError("a frame that is no object")
    return plain


def _exactly(line: socket.socket, length: int, until: float) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        line.settimeout(_left(until))
        try:
            part = line.recv(length - len(parts))
        except ConnectionResetError as error:
            raise Closed from error
        if not part:
            raise Closed
        parts += part
    return bytes(parts)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
