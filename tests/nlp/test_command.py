"""`python -m nlp`: lines in, lines out, and no line stops the rest."""

import io
import json

import pytest

from nlp import __main__ as command
from nlp import evaluate

FIELDS = ["id", "assessed", "labels", "spans", "alerts", "severity", "logistics", "facts",
          "questions", "requests", "answer_needed", "rewrite", "rewrite_note"]  # fmt: skip


@pytest.fixture
def read(language, monkeypatch):
    monkeypatch.setattr(command.nlp, "load", lambda: language)

    def run(*lines):
        out = io.StringIO()
        command.read(io.BytesIO(b"\n".join(lines) + b"\n"), out)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return run


def _line(**fields):
    return json.dumps(fields).encode()


def test_a_row_has_the_fields_of_the_format_in_order(read):
    (row,) = read(_line(id="m1", text="You lazy idiot, bring the bag at 5."))
    assert list(row) == FIELDS
    assert row["assessed"] is True
    assert row["labels"] == ["insult"]
    assert list(row["spans"][0]) == ["start", "end", "label", "source", "reason"]


def test_the_rows_come_in_order_past_a_bad_line(read):
    rows = read(_line(id=1, text="ok"), b"{not json", _line(id=2, text="ok"))
    assert [row["id"] for row in rows] == [1, None, 2]
    assert rows[1]["line"] == 2
    assert "error" in rows[1]


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"3",
        b'"text"',
        b'{"id": 1}',
        b'{"text": "a"}',
        b'{"id": 1, "text": 3}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"id": 1, "text": "a", "names": "Leo"}',
        b'{"id": 1, "text": "a", "at": "x"}',
        b'{"id": 1, "text": "a", "zone": 4}',
    ],
    ids=lambda line: repr(line[:20]),
)
def test_a_line_that_is_no_message_gets_an_error(read, line):
    (row,) = read(line)
    assert row["id"] is None
    assert row["line"] == 1
    assert row["error"]


@pytest.mark.parametrize("text", ["", "a\\u0000b", "a\\ud800", "a" * 8001])
def test_what_cannot_be_analysed_is_marked(read, text):
    (row,) = read(f'{{"id": "m", "text": "{text}"}}'.encode())
    assert list(row) == FIELDS
    assert row["assessed"] is False
    assert row["labels"] == []
    assert row["rewrite_note"] == "not_assessed"


def test_each_line_is_flushed_before_the_next_is_read(language, monkeypatch):
    monkeypatch.setattr(command.nlp, "load", lambda: language)
    out = io.StringIO()

    def lines():
        yield _line(id=1, text="ok")
        assert out.getvalue().count("\n") == 1
        yield _line(id=2, text="ok")

    command.read(lines(), out)
    assert out.getvalue().count("\n") == 2


def test_evaluation_counts_hits_misses_and_false_alarms():
    none = frozenset()
    pairs = [
        (frozenset({"insult"}), frozenset({"insult"}), none),
        (frozenset({"insult"}), frozenset({"blame"}), none),
        (frozenset({"threat"}), none, none),
        (none, frozenset({"threat"}), none),
        (none, frozenset({"blame"}), frozenset({"blame"})),
    ]
    assert evaluate.flagged(pairs) == evaluate.Score(hit=2, extra=1, missed=1)
    assert evaluate.of_label("insult", pairs) == evaluate.Score(hit=1.5, missed=0.5)
    assert evaluate.of_label("blame", pairs) == evaluate.Score(extra=0.5)
    assert "false alarms on plain messages 1 of 1" in evaluate.table(pairs)


def test_evaluation_reads_a_gold_file(language, monkeypatch, tmp_path):
    monkeypatch.setattr("nlp.load", lambda: language)
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": 1, "text": "You lazy idiot.", "labels": ["insult"]}\n')
    assert "flagged       P 1.000 R 1.000 F1 1.000" in evaluate.report(gold)
