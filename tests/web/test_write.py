"""Writing a message, without any script."""

import pytest

from broker.domain.message import State
from tests.web.site import Client, Page, Site
from tests.world import Family


def compose(client: Client, family: Family, text: str, **more: str) -> Page:
    more.setdefault("do", "look")
    return client.post(f"/c/{family.case}/write/handover", text=text, **more)


def box(page: Page) -> str:
    """Return what stands in the text box; a browser drops the first line end (HTML, 13.2.6.4.7)."""
    return str(page.find("//textarea[@name='text']")[0].value).removeprefix("\n")


def typed(page: Page) -> dict[str, str]:
    """Return the composer's fields as a browser would post them."""
    return {**page.fields(), "text": box(page)}


def messages_of(site: Site, family: Family) -> list[tuple[str, str]]:
    with site.world.work().reading() as work:
        rows = work.messages.own(family.case, family.anna.id, tuple(State))
    return [(row.state.value, row.text) for row in rows]


def drafts_of(site: Site, family: Family) -> list[str]:
    with site.world.work().reading() as work:
        return [
            draft.text for draft in work.drafts.of(family.case, family.anna.id, site.world.clock())
        ]


def test_the_topics_are_those_of_what_the_case_is_about(site: Site) -> None:
    family = site.world.family(about="house")
    page = site.sign_in("anna").get(f"/c/{family.case}/write")
    assert page.find("//input[@name='topic']/@value") == [
        "visits", "money", "belongings", "schedule", "other",
    ]  # fmt: skip
    assert site.sign_in("anna").get(f"/c/{family.case}/write/school").status == 404


def test_a_topic_leads_to_the_composer(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    page = anna.follow(anna.get(f"/c/{family.case}/write?topic=health"))
    assert (box(page).strip(), "Health" in page.words) == ("", True)


def test_a_message_is_looked_over_and_sent_once_however_often_it_is_pressed(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    looked = compose(anna, family, "Handover is on Friday.")
    check = anna.follow(looked)
    assert "Handover is on Friday." in check.words
    first = anna.post(looked.location, **check.fields())
    again = anna.post(looked.location, **check.fields())
    assert first.status == again.status == 303
    assert first.location == again.location
    assert messages_of(site, family) == [("pending", "Handover is on Friday.")]
    assert drafts_of(site, family) == []


def test_going_back_and_pressing_through_again_sends_no_second_message(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    opened = anna.get(f"/c/{family.case}/write/handover").fields()["draft"]
    for _ in range(2):
        looked = compose(anna, family, "Handover is on Friday.", draft=opened)
        check = anna.get(looked.location)
        if check.status == 200:
            anna.post(looked.location, **check.fields())
        else:
            assert "/sent/" in check.location
    assert len(messages_of(site, family)) == 1
    other = compose(anna, family, "Another thing.", draft=opened)
    page = anna.follow(other)
    assert anna.post(other.location, **page.fields()).status == 303
    assert len(messages_of(site, family)) == 2


def test_only_the_words_that_were_looked_over_are_sent(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    looked = compose(anna, family, "The first words.")
    check = anna.follow(looked).fields()
    draft = looked.location.rsplit("/", 1)[1]
    compose(anna, family, "Other words.", draft=draft)
    page = anna.post(looked.location, **check)
    assert (page.status, "Other words." in page.words) == (200, True)
    assert messages_of(site, family) == []


def test_line_ends_of_a_browser_are_kept_as_they_were_typed(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    looked = compose(anna, family, "One.\r\nTwo.\r\n")
    anna.post(looked.location, **anna.follow(looked).fields())
    assert messages_of(site, family) == [("pending", "One.\nTwo.\n")]


@pytest.mark.parametrize("button", ["check", "look", "draft"])
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  \n ", "There is nothing to send yet."),
        ("a\0b", "a character that cannot be kept (U+0000)"),
        ("x" * 8_001, "Up to 8000 can be sent"),
    ],
)
def test_what_cannot_be_sent_is_said_in_place_and_the_words_stay(
    site: Site, button: str, text: str, sentence: str
) -> None:
    family = site.world.family()
    page = compose(site.sign_in("anna"), family, text, do=button)
    assert page.status == 422
    assert sentence in page.words
    assert page.find("//*[@class='problem']//a/@href") == ["#text"]
    assert text.replace("\0", "").strip() in page.text.replace("\0", "")
    assert drafts_of(site, family) == []


def test_a_text_over_the_terms_length_is_refused_before_it_is_looked_over(site: Site) -> None:
    family = site.world.family()
    page = compose(site.sign_in("anna"), family, "x" * 2_001)
    assert (page.status, "Up to 2000 can be sent" in page.words) == (422, True)
    urgent = compose(site.sign_in("anna"), family, "!!threat" + "x" * 2_001)
    assert urgent.status == 303


def test_checking_lists_the_points_and_stores_nothing(site: Site) -> None:
    family = site.world.family()
    page = compose(site.sign_in("anna"), family, "Bring it [[you liar]].", do="check")
    assert page.find("//ol[@class='points']//mark/text()")[0] == "[[you liar]]"
    assert "One point to look at" in page.words
    assert box(page) == "Bring it [[you liar]]."
    assert page.find("//div[@class='mirror']/mark/text()") == ["[[you liar]]"]
    assert drafts_of(site, family) == []


def test_three_points_are_shown_and_the_rest_on_demand(site: Site) -> None:
    family = site.world.family()
    text = "[[a]] [[b]] [[c]] [[d]] [[e]]"
    page = compose(site.sign_in("anna"), family, text, do="check")
    assert len(page.find("//section[@id='points-part']/ol/li")) == 3
    assert "Two more" in page.find("//summary")[0].text_content()
    assert len(page.find("//details//li")) == 2


def test_a_phrase_is_left_out_and_can_be_put_back(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    page = compose(anna, family, "Bring it, [[you liar]].", do="", leave="[[you liar]]")
    assert box(page) == "Bring it."
    fields = typed(page)
    back = anna.post(f"/c/{family.case}/write/handover", **{**fields, "back": "1"})
    assert box(back) == "Bring it, [[you liar]]."


def test_a_phrase_that_is_kept_is_not_listed_again_on_this_page(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    page = compose(anna, family, "[[a]] and [[b]]", do="", keep="[[a]]")
    assert page.find("//ol[@class='points']//mark/text()") == ["[[b]]"]
    again = anna.post(f"/c/{family.case}/write/handover", **{**typed(page), "do": "check"})
    assert again.find("//ol[@class='points']//mark/text()") == ["[[b]]"]


def test_the_shorter_version_fills_the_box_only_when_it_is_chosen(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    page = compose(anna, family, "Answer me [[you liar]].", do="check")
    assert box(page) == "Answer me [[you liar]]."
    assert page.find("//del")
    assert page.find("//ins")
    used = anna.post(f"/c/{family.case}/write/handover", **{**typed(page), "use": "shorter"})
    assert box(used) == "Please answer."
    back = anna.post(f"/c/{family.case}/write/handover", **{**typed(used), "back": "1"})
    assert box(back) == "Answer me [[you liar]]."
    assert messages_of(site, family) == []
