"""The corpus is what its page says it is."""

from collections import Counter

import pytest

from nlp import corpus
from nlp.flags import LABELS

ALL = list(corpus.load())


def test_every_message_is_well_formed():
    assert [(gold.id, fault) for gold in ALL for fault in corpus.faults(gold)] == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"text": "⟦blame|x"}, "broken marks"),
        ({"text": "", "spans": ()}, "no text"),
        ({"spans": ((0, 2, "rudeness"),)}, "span rudeness"),
        ({"form": "plain"}, "but something is marked"),
        ({"questions": ("never asked?",)}, "not in the text"),
        ({"facts": (("You", "colour"),)}, "unknown kind"),
        ({"rewrite": "At 5."}, "new numbers"),
    ],
)
def test_a_malformed_message_is_seen(changed, fault):
    from dataclasses import replace

    good = next(gold for gold in ALL if gold.spans and gold.form == "mixed")
    assert list(corpus.faults(good)) == []
    assert any(fault in said for said in corpus.faults(replace(good, **changed)))


def test_marks_become_offsets_in_code_points():
    text, spans = corpus.unmark("😀 ⟦blame+shouting|You NEVER do.⟧ See you at 5.")
    assert text == "😀 You NEVER do. See you at 5."
    assert {text[start:end] for start, end, _ in spans} == {"You NEVER do."}
    assert [label for *_, label in spans] == ["blame", "shouting"]


def test_ids_are_given_once():
    assert max(Counter(gold.id for gold in ALL).values()) == 1


def test_openings_differ():
    openings = Counter(" ".join(gold.text.lower().split()[:4]) for gold in ALL)
    assert len(openings) / len(ALL) >= 0.9


def test_every_writer_wrote_plain_and_flagged_messages_and_every_label():
    for writer in {gold.writer for gold in ALL}:
        own = [gold for gold in ALL if gold.writer == writer]
        plain = [gold for gold in own if not gold.spans]
        assert len(plain) / len(own) >= 0.45, writer
        assert {label for gold in own for label in gold.labels} == set(LABELS), writer
