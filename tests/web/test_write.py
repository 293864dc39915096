"""Writing a message, without any script."""

import pytest

from broker.domain.message import State
from broker.domain.policy import ADVISE, FOLD, Terms
from tests.web.site import Client, Page, Site
from tests.world import Family

PLAIN = Terms(modes={"none": ADVISE, "low": ADVISE, "high": ADVISE, "not_assessed": FOLD})


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
        return [draft.text for draft in work.drafts.of(family.case, family.anna.id)]


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


def test_without_the_wording_check_one_can_still_send(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    sentence = "Wording check is not available. You can still send"
    assert sentence in compose(anna, family, "!!broken", do="check").words
    looked = compose(anna, family, "!!broken")
    check = anna.follow(looked)
    assert sentence in check.words
    assert "/sent/" in anna.post(looked.location, **check.fields()).location


def test_grave_words_are_stopped_once_and_can_be_sent_as_they_are(site: Site) -> None:
    family = site.world.family(terms=PLAIN)
    anna = site.sign_in("anna")
    looked = compose(anna, family, "Friday. [[you liar]]")
    paused = anna.post(looked.location, **anna.follow(looked).fields())
    assert "/pause/" in paused.location
    page = anna.follow(paused)
    assert page.find("//blockquote/mark/text()") == ["[[you liar]]"]
    assert messages_of(site, family) == []
    sent = anna.post(looked.location, **page.fields())
    assert "/sent/" in sent.location
    assert messages_of(site, family) == [("pending", "Friday. [[you liar]]")]


def test_plain_words_are_not_stopped(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    looked = compose(anna, family, "Friday.")
    assert "/sent/" in anna.post(looked.location, **anna.follow(looked).fields()).location


def test_the_promise_of_a_mediator_stands_before_sending(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    assert (
        "A mediator will look at this by 21:00."
        in anna.follow(compose(anna, family, "[[you liar]]")).words
    )


def test_the_time_of_the_terms_stands_before_sending(site: Site) -> None:
    from datetime import time

    family = site.world.family(terms=Terms(opens=time(17), closes=time(20)))
    anna = site.sign_in("anna")
    page = anna.follow(compose(anna, family, "Friday."))
    assert "It goes at 17:00, when your terms let messages through." in page.words


def test_words_about_danger_bring_the_emergency_line(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    page = compose(anna, family, "!!alert he is hurt", do="check")
    danger = page.find("//*[@id='danger'][not(@hidden)]")[0].text_content()
    assert "112" in danger
    plain = compose(anna, family, "Friday.", do="check")
    assert plain.find("//*[@id='danger'][not(@hidden)]") == []


def test_a_card_number_is_spoken_of_before_it_is_sent(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    page = anna.follow(compose(anna, family, "Use 4111 1111 1111 1111."))
    assert "What may be a card number." in page.words
    plain = anna.follow(compose(anna, family, "Use the blue bag."))
    assert "give something away" not in plain.words


def test_a_draft_is_kept_for_its_writer_alone(site: Site) -> None:
    family = site.world.family()
    anna, ben = site.sign_in("anna"), site.sign_in("ben")
    page = anna.follow(compose(anna, family, "Half a thought", do="draft"))
    link = str(page.find("//section//li/a/@href")[0])
    assert box(anna.get(link)) == "Half a thought"
    assert ben.get(link).status == 404
    looked = compose(anna, family, "Half a thought")
    assert ben.get(looked.location).status == 404


def test_the_words_come_along_when_the_topic_is_changed(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    asked = anna.follow(compose(anna, family, "The form is due.", do="topic"))
    draft = str(asked.find("//main//input[@name='draft']/@value")[0])
    page = anna.follow(anna.get(f"/c/{family.case}/write?topic=school&draft={draft}"))
    assert (box(page), "School" in page.words) == ("The form is due.", True)


def test_no_shorter_version_is_offered_of_words_about_danger(site: Site) -> None:
    family = site.world.family()
    page = compose(site.sign_in("anna"), family, "!!alert he is hurt [[liar]]", do="check")
    assert page.find("//*[@id='shorter-part']") == []


def test_an_answer_that_was_picked_opens_in_the_box_and_answers_that_message(site: Site) -> None:
    family = site.world.family()
    asked = site.world.send(family.ben, "Can you come? !!asks", topic="school")
    anna = site.sign_in("anna")
    page = anna.get(f"/c/{family.case}/write/school?reply_to={asked}&say=yes")
    assert box(page) == "Yes, that works."
    looked = anna.post(f"/c/{family.case}/write/school", **{**typed(page), "do": "look"})
    anna.post(looked.location, **anna.follow(looked).fields())
    with site.world.work().reading() as work:
        assert work.messages.answered(family.case, family.anna.id) == {asked}


def test_only_delivered_messages_within_reach_can_be_answered(site: Site) -> None:
    family, other = site.world.family(), site.world.family(tag="2")
    held = site.world.send(family.ben, "[[you liar]]")
    elsewhere = site.world.send(other.ben, "Friday.")
    anna = site.sign_in("anna")
    for message in (held, elsewhere, "nothing"):
        assert anna.get(f"/c/{family.case}/write/other?reply_to={message}").status == 404


def test_the_script_is_told_points_in_utf_16_and_nothing_is_kept(site: Site) -> None:
    family = site.world.family()
    page = site.sign_in("anna").post(f"/c/{family.case}/write/points", text="🙂 [[liar]]")
    told = page.response.get_json()
    assert told["points"] == [
        {"quote": "[[liar]]", "reason": "May read as an insult.", "at": [3, 11]}
    ]
    assert told["status"] == "One point to look at"
    assert drafts_of(site, family) == []


@pytest.mark.parametrize("login", ["mediator", "reader"])
def test_only_parents_write(site: Site, login: str) -> None:
    family = site.world.family()
    client = site.sign_in(login)
    assert client.get(f"/c/{family.case}/write").status == 404
    assert compose(client, family, "A word.").status == 404
