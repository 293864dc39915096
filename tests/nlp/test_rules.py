"""Every rule proves itself: it catches its catches and leaves its leaves."""

import json
import re

import pytest

from nlp import reasons, rules, view
from nlp.flags import ALERTS, BOUNDARY, EXCLUDED, LABELS

ALL = rules.load().all
CATCHES = [(rule, text) for rule in ALL for text in rule.catches]
LEAVES = [(rule, text) for rule in ALL for text in rule.leaves]


def _hits(rule: rules.Rule, text: str) -> list[rules.Match]:
    return list(rules.Rules([rule]).matches(view.plain(text)))


def _name(value: object) -> str:
    return value.id if isinstance(value, rules.Rule) else str(value)[:40]


@pytest.mark.parametrize(("rule", "text"), CATCHES, ids=_name)
def test_a_rule_catches_what_it_must_through_its_gate(rule, text):
    assert _hits(rule, text)


@pytest.mark.parametrize(("rule", "text"), LEAVES, ids=_name)
def test_a_rule_leaves_what_it_must(rule, text):
    assert not _hits(rule, text)


def test_every_rule_proves_itself_both_ways():
    assert all(rule.catches and rule.leaves for rule in ALL)


def test_rule_ids_are_unique_and_have_a_version():
    assert len({rule.id for rule in ALL}) == len(ALL)
    assert all(re.fullmatch(r"[a-z_]+\.[a-z]+-\d\d@\d+", rule.source) for rule in ALL)


def test_every_rule_has_a_known_label_and_a_reason():
    known = {*LABELS, *ALERTS, BOUNDARY, EXCLUDED}
    assert {rule.label for rule in ALL} <= known
    assert {rule.reason for rule in ALL} <= set(reasons.REASONS)


def test_every_label_and_alert_has_a_rule_or_is_read_off_the_capitals():
    assert {*LABELS, *ALERTS} - {rule.label for rule in ALL} == {"shouting"}


def test_no_rule_repeats_anything_without_a_small_bound():
    for rule in ALL:
        assert not re.search(r"[*+](?![a-z0-9*])", rule.pattern.replace("*", "")), rule.id
        unbounded = re.sub(r"\\\*|\[[^\]]*\]", "", rule.regex.pattern)
        assert not re.search(r"[*+]|,\}", unbounded), rule.id


@pytest.mark.parametrize("pattern", ["a+", "(a|b)*.", r"\w", "a{3,}", "[ab]"])
def test_a_pattern_with_other_signs_is_refused(pattern):
    with pytest.raises(rules.BadRule):
        rules.compiled(pattern)


def test_an_unknown_macro_is_refused():
    with pytest.raises(rules.BadRule, match="no macro"):
        rules.compiled("you <nosuchword>")


def test_the_fingerprint_changes_with_the_rules(tmp_path):
    (tmp_path / "a.jsonl").write_text("{}")
    before = rules.fingerprint(tmp_path)
    (tmp_path / "a.jsonl").write_text("{ }")
    assert rules.fingerprint(tmp_path) != before


def test_the_pattern_files_are_one_object_a_line():
    for file in rules.PATTERNS.glob("*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert set(json.loads(line)) == {
                "id", "version", "label", "reason", "pattern", "anchors", "catches", "leaves",
            }  # fmt: skip
