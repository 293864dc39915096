"""Points, the shorter version, and what a text gives away: pure values."""

import pytest

from broker.domain.assessment import Assessment, Fact, Flag
from broker.web import points
from broker.web.points import given_away, marked, shorter, utf16, without


def told(text: str, *flags: tuple[str, str], **more: object) -> Assessment:
    """Return an assessment that flags phrases of a text with labels."""
    found = tuple(
        Flag(text.index(phrase), text.index(phrase) + len(phrase), label, "rule@1", label)
        for phrase, label in flags
    )
    return Assessment(assessed=True, flags=found, **more)  # type: ignore[arg-type]


def test_points_come_gravest_first() -> None:
    text = "As usual late. You liar. Sign or else."
    seen = told(text, ("As usual", "blame"), ("You liar", "insult"), ("Sign or else", "coercion"))
    assert [p.quote for p in points.points(text, seen)] == ["Sign or else", "You liar", "As usual"]


def test_a_phrase_that_is_kept_is_no_point_and_a_changed_one_is_again() -> None:
    text = "You liar."
    assert points.points(text, told(text, ("You liar", "insult")), ("You liar",)) == []
    changed = "You big liar."
    assert points.points(changed, told(changed, ("You big liar", "insult")), ("You liar",))


def test_no_flag_is_shown_where_the_words_speak_of_self_harm() -> None:
    text = "I want to end it, thanks to you."
    seen = told(text, ("thanks to you", "blame"), alerts=("self_harm",), severity="urgent")
    assert points.points(text, seen) == []
    assert points.grave(text, seen) == []


def test_offsets_count_as_a_browser_does() -> None:
    text = "🙂🙂 you liar 🙂"
    point = points.points(text, told(text, ("you liar", "insult")))[0]
    units = text.encode("utf-16-le")
    assert units[point.before * 2 : point.after * 2].decode("utf-16-le") == "you liar"
    assert utf16("🙂a") == 3


def test_marks_of_overlapping_points_lose_and_repeat_no_letter() -> None:
    text = "one two three four"
    seen = told(text, ("one two", "blame"), ("two three", "insult"), ("four", "shouting"))
    stretches = marked(text, points.points(text, seen))
    assert "".join(stretch for _, stretch in stretches) == text
    assert [stretch for under, stretch in stretches if under] == ["one two", " three", "four"]


@pytest.mark.parametrize(
    ("text", "phrase", "left"),
    [
        ("As usual you forgot it.", "As usual", "You forgot it."),
        ("Bring it at 5, you idiot.", ", you idiot", "Bring it at 5."),
        ("Bring it. You idiot. Thanks.", "You idiot.", "Bring it. Thanks."),
        ("Bring it, you idiot!", "you idiot", "Bring it!"),
        ("Bring it now please", "now", "Bring it please"),
        ("One.\nYou idiot.\nTwo.", "You idiot.", "One.\n\nTwo."),
        ("You idiot", "You idiot", ""),
        ("Nothing of it", "absent", "Nothing of it"),
        ("Nothing of it", "", "Nothing of it"),
    ],
)
def test_leaving_a_phrase_out_closes_the_gap(text: str, phrase: str, left: str) -> None:
    assert without(text, phrase, Assessment(assessed=True)) == left


def test_the_flagged_one_of_two_same_phrases_is_left_out() -> None:
    text = "He said liar. You liar."
    flag = Flag(18, 22, "insult", "rule@1", "insult")
    assert without(text, "liar", Assessment(assessed=True, flags=(flag,))) == "He said liar. You."


def test_the_shorter_version_marks_what_changed_and_ticks_what_is_kept() -> None:
    text = "As usual you forgot it. Bring it on Friday."
    seen = Assessment(
        assessed=True,
        facts=(Fact(36, 42, "Friday", "date"), Fact(0, 8, "As usual", "item")),
        rewrite="You forgot it. Bring it on Friday.",
    )
    offer = shorter(text, seen)
    assert offer is not None
    assert "".join(p.text for p in offer.yours) == text
    assert "".join(p.text for p in offer.shorter) == offer.text
    assert {p.change for p in offer.yours} == {"same", "left_out"}
    assert offer.kept == ("Friday",)


def test_no_version_is_offered_that_changes_nothing() -> None:
    assert shorter("Same.", Assessment(assessed=True, rewrite="Same.")) is None
    assert shorter("Same.", Assessment(assessed=True)) is None


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Pay with 4111 1111 1111 1111 please", ["card"]),
        ("Pay with 4111-1111-1111-1112 please", []),
        ("Reference 0000 0000 0000 0000", []),
        ("Number 12", []),
    ],
)
def test_a_card_number_is_known_by_its_check_digit(text: str, given: list[str]) -> None:
    assert given_away(text, Assessment(assessed=True)) == given


def test_phone_numbers_and_addresses_are_given_away() -> None:
    seen = Assessment(
        assessed=True,
        facts=(Fact(0, 1, "1", "phone"), Fact(2, 3, "2", "address"), Fact(4, 5, "3", "date")),
    )
    assert given_away("1 2 3", seen) == ["address", "phone"]
