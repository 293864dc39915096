"""The ledger: what is written can be checked, and nothing can be changed unseen."""

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from broker.domain.errors import ClockWentBack
from broker.domain.ledger import (
    NO_LEAF,
    TYPES,
    Entry,
    canonical,
    commitment,
    head,
    leaf_hash,
    moment,
    next_entry,
    root,
    verify,
)

FORMAT = Path(__file__).resolve().parents[2] / "docs" / "record-format.md"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ORIGIN = "k7q2mm4dx9pt2222/case"


def a_log(size: int, origin: str = ORIGIN) -> list[Entry]:
    log: list[Entry] = []
    for number in range(size):
        body = commitment(bytes([number % 256]) * 32, f"words {number}")
        log.append(
            next_entry(
                log[-1] if log else None,
                origin,
                "message.delivered",
                "anna",
                NOON + timedelta(seconds=number),
                body,
                {"message": f"m{number}", "number": number + 1},
            )
        )
    return log


def rfc6962_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962 §2.1, written as it stands there, to compare with."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = rfc6962_root(leaves[:split]), rfc6962_root(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


def test_the_root_is_that_of_rfc_6962_for_every_size_to_seventy() -> None:
    for size in range(71):
        leaves = [sha256(bytes([n])).hexdigest() for n in range(size)]
        assert root(leaves) == rfc6962_root([bytes.fromhex(leaf) for leaf in leaves]).hex()


def test_a_log_that_nobody_touched_holds() -> None:
    log = a_log(50)
    assert verify(ORIGIN, log) == []
    assert head(ORIGIN, log).last_leaf == log[-1].leaf


def changed(log: list[Entry], dice: random.Random) -> Iterator[tuple[str, list[Entry]]]:
    """Each way in which somebody with the file in hand could change a log."""
    at = dice.randrange(len(log))
    data = bytearray(log[at].data)
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    yield "one bit", [*log[:at], Entry(at, bytes(data)), *log[at + 1 :]]
    yield (
        "one left out",
        log[:at] + log[at + 1 :] if at < len(log) - 1 else log[: at - 1] + log[at:],
    )
    yield "one twice", log[: at + 1] + log[at:]
    other = dice.randrange(len(log) - 1)
    other += other >= at
    low, high = sorted((at, other))
    swapped = [*log]
    swapped[low], swapped[high] = swapped[high], swapped[low]
    yield "two swapped", swapped
    fields = {**log[at].fields, "actor": "ben"}
    forged = Entry(at, canonical(fields))
    if at < len(log) - 1:
        yield "one rewritten in canonical form", [*log[:at], forged, *log[at + 1 :]]
    loose = Entry(at, json.dumps(log[at].fields, sort_keys=True).encode())
    yield "one written with spaces", [*log[:at], loose, *log[at + 1 :]]


def test_five_thousand_changes_are_each_found_against_the_known_head() -> None:
    log, dice = a_log(60), random.Random(7)
    known, tried = head(ORIGIN, log), 0
    while tried < 5_000:
        for what, forged in changed(log, dice):
            tried += 1
            assert verify(ORIGIN, forged) or head(ORIGIN, forged) != known, what


def test_all_but_a_change_of_the_last_entry_is_found_without_knowing_the_head() -> None:
    log, dice = a_log(30), random.Random(11)
    for _ in range(200):
        for what, forged in changed(log, dice):
            if forged[: len(log) - 1] != log[: len(log) - 1]:
                assert verify(ORIGIN, forged), what


def test_a_log_of_another_case_is_found() -> None:
    assert {fault.what for fault in verify("other/case", a_log(3))} == {"of another log"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"[" * 9_000,
        b"{}",
        b"\xff",
        b'{"v":1}',
        b'{"at":NaN}',
        b"nonsense",
        b"1",
        b'"entry"',
    ],
)
def test_bytes_that_are_no_entry_are_found_and_never_raise(data: bytes) -> None:
    assert verify(ORIGIN, [Entry(0, data)])[0].what == "not an entry"


def test_a_time_before_the_entry_before_it_is_refused_and_found() -> None:
    log = a_log(2)
    earlier = NOON - timedelta(minutes=5)
    with pytest.raises(ClockWentBack):
        next_entry(log[-1], ORIGIN, "message.delivered", "anna", earlier)
    fields = {**log[-1].fields, "seq": 2, "at": moment(earlier), "prev_leaf": log[-1].leaf}
    backdated = Entry(2, canonical(fields))
    assert [fault.what for fault in verify(ORIGIN, [*log, backdated])] == [
        "time before the entry before it"
    ]


def test_a_clock_that_was_set_back_a_little_is_no_fault() -> None:
    log = a_log(1)
    later = next_entry(log[0], ORIGIN, "message.delivered", "anna", NOON - timedelta(seconds=30))
    assert verify(ORIGIN, [*log, later]) == []


def test_each_log_takes_only_its_own_kinds_of_entries() -> None:
    for kind, types in TYPES.items():
        origin = f"k7q2mm4dx9pt2222/{kind}"
        for type_ in {name for names in TYPES.values() for name in names}:
            if type_ in types:
                assert next_entry(None, origin, type_, "anna", NOON).seq == 0
            else:
                with pytest.raises(ValueError, match="holds no"):
                    next_entry(None, origin, type_, "anna", NOON)


def test_the_case_log_has_no_kind_of_entry_that_would_tell_of_a_hold() -> None:
    told = {"held", "returned", "withdrawn", "queued", "accepted", "lapsed", "released", "viewed"}
    assert not {name.split(".")[-1] for name in TYPES["case"]} & told


def test_an_entry_holds_no_floats() -> None:
    with pytest.raises(TypeError):
        next_entry(None, ORIGIN, "anchor", "broker", NOON, None, {"share": [0.5]})


def test_a_commitment_needs_its_salt_of_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(b"short", "words")
    assert commitment(b"a" * 32, "words") != commitment(b"b" * 32, "words")


def test_the_examples_in_the_format_are_what_the_code_writes() -> None:
    written = FORMAT.read_text()
    examples = re.findall(r"```\n(\{.*?\})\n```", written)
    entries = [Entry(seq, line.encode()) for seq, line in enumerate(examples)]
    assert len(entries) == 2
    assert verify(ORIGIN, entries) == []
    assert (
        entries[1].fields["body_commit"] == commitment(b"\x07" * 32, "Handover is on Friday.").hex()
    )
    for known in (entries[0].leaf, entries[1].leaf, root([e.leaf for e in entries])):
        assert f"`{known}`" in written


def test_every_kind_of_entry_stands_in_the_format() -> None:
    written = FORMAT.read_text()
    assert [name for names in TYPES.values() for name in names if f"`{name}`" not in written] == []


def test_leaf_hashes_are_prefixed_so_that_a_node_is_never_a_leaf() -> None:
    assert leaf_hash(b"x") == sha256(b"\x00x").hexdigest()
    assert NO_LEAF == "0" * 64
