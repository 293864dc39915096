"""Looking over and sending, drafts and answers, without any script."""

import pytest

from broker.domain.policy import ADVISE, FOLD, Terms
from tests.web.site import Site
from tests.web.test_write import box, compose, drafts_of, messages_of, typed

PLAIN = Terms(modes={"none": ADVISE, "low": ADVISE, "high": ADVISE, "not_assessed": FOLD})


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
