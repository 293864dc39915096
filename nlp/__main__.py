"""`python -m nlp read` and `python -m nlp evaluate GOLD.jsonl`.

Knows JSON lines in and out; the reading itself is the language step's.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import nlp
from nlp.results import Context, NotAssessed, Reading


class BadLine(ValueError):
    """A line of input is no message; the text says why."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m nlp")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("read", help="messages.jsonl on standard input, readings on output")
    commands.add_parser("evaluate", help="score the flags on a gold file").add_argument(
        "gold", type=Path
    )
    args = parser.parse_args(argv)
    if args.command == "read":
        read(sys.stdin.buffer, sys.stdout)
        return 0
    from nlp import evaluate

    sys.stdout.write(evaluate.report(args.gold))
    return 0


def read(lines: IO[bytes], out: IO[str]) -> None:
    """Read messages line by line and answer each before the next is read."""
    language = nlp.load()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            out.write(json.dumps(answer(language, line, number)) + "\n")
            out.flush()


def answer(language: Any, line: bytes, number: int) -> dict[str, object]:
    """Answer one line: a reading, or what is wrong with the line."""
    try:
        message = parsed(line)
        context = context_of(message)
    except BadLine as wrong:
        return {"id": None, "line": number, "error": str(wrong)}
    return {"id": message.get("id")} | as_row(language.read(message["text"], context=context))


def parsed(line: bytes) -> dict[str, Any]:
    """Give the message on a line; raise BadLine where there is none."""
    try:
        message = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as wrong:
        raise BadLine(f"not a line of JSON: {wrong}") from None
    if not isinstance(message, dict) or "id" not in message:
        raise BadLine("a message is an object with id and text")
    if not isinstance(message.get("text"), str):
        raise BadLine("text is missing or is no string")
    return message


def context_of(message: dict[str, Any]) -> Context:
    """Take the optional `at`, `zone` and `names` of a message."""
    names = message.get("names") or []
    zone = message.get("zone") or "UTC"
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadLine("names is a list of strings")
    if not isinstance(zone, str):
        raise BadLine("zone is a string")
    return Context(written_at=_time(message.get("at")), zone=zone, names=tuple(names))


def _time(at: object) -> datetime | None:
    if at is None:
        return None
    try:
        return datetime.fromisoformat(str(at))
    except ValueError:
        raise BadLine("at is no ISO 8601 time") from None


def as_row(reading: Reading | NotAssessed) -> dict[str, object]:
    """Give a reading as the fields of an output line; the alerts' own words stay inside."""
    if isinstance(reading, NotAssessed):
        return {"assessed": False} | _NOTHING
    row = asdict(reading)
    del row["alert_spans"]
    return {"assessed": True} | {name: row[name] for name in _NOTHING}


_NOTHING: dict[str, object] = {
    "labels": [],
    "spans": [],
    "alerts": [],
    "severity": "none",
    "logistics": False,
    "facts": [],
    "questions": [],
    "requests": [],
    "answer_needed": False,
    "rewrite": None,
    "rewrite_note": "not_assessed",
}
"""The fields of an output line in their order, as they are for what was not assessed."""

if __name__ == "__main__":
    sys.exit(main())
