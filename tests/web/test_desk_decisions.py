"""What a mediator decides of a held message, and what becomes of it."""

import pytest

from broker.domain.message import State
from broker.web.desk_words import NOTES
from tests.web.site import Page, Site
from tests.world import Family

WORDS = "You owe me £45, [[you liar]]. Send it by Friday."


def held(site: Site, family: Family, words: str = WORDS) -> str:
    return site.world.send(family.anna, words, topic="money")


def url(family: Family, message: str) -> str:
    return f"/m/queue/{family.case}/{message}"


def state(site: Site, family: Family, message: str) -> State:
    with site.world.work().reading() as work:
        return work.messages.get(family.case, message).state


def test_a_decision_is_kept_for_thirty_seconds_and_can_be_undone(site: Site) -> None:
    family = site.world.family()
    message = held(site, family)
    client = site.sign_in("mediator")
    page = client.follow(client.post(url(family, message), do="fold", reason="Too sharp."))
    assert "It takes effect at 09:01:01." in page.words
    again = client.follow(client.post(page.find("//main//form/@action")[0]))
    assert again.find("//main//input[@name='do']")
    site.world.clock.turn(minutes=1)
    site.world.run_due()
    assert state(site, family, message) is State.HELD


@pytest.mark.parametrize(
    ("do", "form", "becomes"),
    [
        ("release", {}, State.DELIVERED),
        ("fold", {"reason": "Too sharp."}, State.DELIVERED),
        ("return", {"reason": "Too sharp.", "note": NOTES["shorter"]}, State.RETURNED),
    ],
)
def test_a_decision_is_carried_out(
    site: Site, do: str, form: dict[str, str], becomes: State
) -> None:
    family = site.world.family()
    message = held(site, family)
    assert site.sign_in("mediator").post(url(family, message), do=do, **form).status == 303
    site.world.clock.turn(seconds=31)
    site.world.run_due()
    assert state(site, family, message) is becomes


@pytest.mark.parametrize(
    ("form", "sentence", "field"),
    [
        ({}, "Choose what should happen to it.", "#do"),
        ({"do": "escalate"}, "Choose what should happen to it.", "#do"),
        ({"do": "fold", "note": "typed"}, "Write a reason.", "#reason"),
        ({"do": "return", "reason": "typed"}, "Write a note to the writer.", "#note"),
        (
            {"do": "return", "reason": "typed", "note": "[[fool]]"},
            "The note holds wording that would be flagged in a message.",
            "#note",
        ),
    ],
)
def test_a_decision_that_is_not_whole_is_shown_again_with_what_was_typed(
    site: Site, form: dict[str, str], sentence: str, field: str
) -> None:
    family = site.world.family()
    message = held(site, family)
    page = site.sign_in("mediator").post(url(family, message), **form)
    assert page.status == 422
    assert sentence in page.words
    assert page.find("//div[@role='alert']//a/@href") == [field]
    fields = page.fields()
    for name in ("reason", "note"):
        assert fields[name].strip() == form.get(name, "")
    with site.world.work().reading() as work:
        assert work.holds.get(family.case, message).decision is None


def test_a_note_begins_from_a_template_and_keeps_what_was_typed(site: Site) -> None:
    family = site.world.family()
    message = held(site, family)
    page = site.sign_in("mediator").post(
        url(family, message), do="return", reason="Because.", note="Dear Anna,", use="condition"
    )
    assert page.status == 200
    fields = page.fields()
    assert fields["note"].split("\n") == ["Dear Anna,", NOTES["condition"]]
    assert (fields["do"], fields["reason"]) == ("return", "Because.")


def test_the_templates_for_notes_are_not_flagged_themselves(site: Site) -> None:
    family = site.world.family()
    for use, text in NOTES.items():
        message = held(site, family, f"[[{use}]]")
        form = {"do": "return", "reason": "r", "note": text}
        assert site.sign_in("mediator").post(url(family, message), **form).status == 303


def decided_first(site: Site, family: Family, message: str) -> None:
    site.sign_in("mediator").post(url(family, message), do="release")
    site.world.clock.turn(seconds=31)
    site.world.run_due()


def withdrawn(site: Site, family: Family, message: str) -> None:
    from broker import journey

    journey.withdraw(
        family.case, family.anna.id, message, work=site.world.work(), clock=site.world.clock
    )


def lapsed(site: Site, family: Family, message: str) -> None:
    site.world.clock.turn(hours=25)
    site.world.run_due()


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        (decided_first, "This one is not held any more: it has been delivered."),
        (withdrawn, "Its writer has taken this message back."),
        (lapsed, "This one is not held any more: it has been delivered."),
    ],
)
def test_what_was_settled_meanwhile_is_said_and_nothing_changes(
    site: Site, meanwhile: object, sentence: str
) -> None:
    family = site.world.family()
    message = held(site, family)
    meanwhile(site, family, message)  # type: ignore[operator]
    before = state(site, family, message)
    client = site.sign_in("mediator")
    for page in (
        client.get(url(family, message)),
        client.post(url(family, message), do="fold", reason="late"),
        client.post(url(family, message) + "/undo"),
    ):
        assert page.status == 409
        assert sentence in page.words
    assert state(site, family, message) is before


def test_a_second_decision_in_the_thirty_seconds_changes_nothing(site: Site) -> None:
    family = site.world.family()
    message = held(site, family)
    client = site.sign_in("mediator")
    client.post(url(family, message), do="release")
    page: Page = client.post(url(family, message), do="return", reason="r", note="n")
    assert "Your decision is kept" in page.words
    assert "delivered as it is" in page.words
