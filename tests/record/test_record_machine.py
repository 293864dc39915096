"""The machine record: one form for one value, and back again (R5, R14, R17)."""

import dataclasses
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.record.machine import (
    canonical,
    code,
    content_hash,
    machine_record,
    read_machine_record,
)
from broker.record.value import Attachment, Entry, Event, Head, RecordError

TEXT = st.text(st.characters(blacklist_categories=["Cs"]))


@given(TEXT, TEXT)
def test_a_machine_record_gives_the_same_value_back(make, text, title):
    message = make.message(1, text, attachments=(Attachment("a.pdf", "PDF"),))
    record = make.record(
        make.thread(message, make.imported(1), title=title),
        events=(Event(message.delivered_at, "It began."),),
        heads=(Head("Case log", 3, "ab" * 32),),
        entries=(Entry("case", 0, "{}"),),
    )
    data = machine_record(record)
    assert read_machine_record(data) == record
    assert machine_record(read_machine_record(data)) == data


def test_canonical_json_is_written_as_rfc_8785_asks():
    value = {"b": [1, True, None], "a": '€$\u000f\nA\'B"\\\\"/\u2028', "": {"z": 1, "y": -5}}
    assert canonical(value) == (
        '{"":{"y":-5,"z":1},"a":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u2028","b":[1,true,null]}'.encode()
    )


@pytest.mark.parametrize(
    "value", [1.5, 2**53, {"é": 1}, {1: 1}, b"bytes", {"a": {"b": float("nan")}}]
)
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(RecordError):
        canonical(value)


def test_r5_the_code_is_the_beginning_of_the_sha256_of_the_machine_record(make):
    data = machine_record(make.record())
    digest = hashlib.sha256(data).hexdigest()
    assert code(data).replace("-", "").lower() == digest[:16]
    assert [len(part) for part in code(data).split("-")] == [4, 4, 4, 4]


def test_r14_both_parents_exports_of_a_range_have_one_content_hash(make):
    mine, theirs = make.record(), make.record(requester="Dario Venn", export_number=8)
    assert machine_record(mine) != machine_record(theirs)
    assert content_hash(mine) == content_hash(theirs)


def test_r14_another_word_gives_another_content_hash(make):
    other = make.record(make.thread(make.message(text="I will be there at 17:31.")))
    assert content_hash(other) != content_hash(make.record())


def test_the_machine_record_says_what_is_left_out_and_marks_what_was_imported(make):
    thread = make.thread(make.message(1), make.imported(1), last=2, delivered=5)
    body = json.loads(machine_record(make.record(thread)))
    assert body["partial"] is True
    assert body["completeness"][0]["withheld"] == 1
    assert body["completeness"][0]["later"] == 3
    messages = body["record"]["threads"][0]["messages"]
    assert [message["imported"] is not None for message in messages] == [False, True]


def test_another_format_is_refused(make):
    data = machine_record(make.record()).replace(b"breakwater-record/1", b"breakwater-record/2")
    with pytest.raises(RecordError):
        read_machine_record(data)


def test_every_field_of_a_message_changes_the_machine_record(make):
    message = make.message()
    changes = {"ref": "T3-2", "number": 2, "author": "A", "to": "B", "topic": "C",
               "reply_ref": "T3-9", "text": "D", "urgent": "E",
               "attachments": (Attachment("a", "b"),),
               "accepted_at": message.delivered_at, "imported": make.imported().imported,
               "delivered_at": make.message(5).delivered_at}  # fmt: skip
    assert set(changes) == {field.name for field in dataclasses.fields(message)}
    hashes = {content_hash(make.record(make.thread(dataclasses.replace(message, **{name: value}))))
              for name, value in changes.items()}  # fmt: skip
    assert len(hashes) == len(changes)
