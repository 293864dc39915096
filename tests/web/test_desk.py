"""The mediators' desk: what waits, one held message, and what is decided of it."""

from datetime import timedelta

import pytest

from broker.domain.assessment import Flag
from broker.domain.message import State
from broker.web.desk_words import pieces, waited
from tests.web.site import Site
from tests.world import Family

WORDS = "You owe me £45, [[you liar]]. Send it by Friday."


def held(site: Site, family: Family, words: str = WORDS) -> str:
    return site.world.send(family.anna, words, topic="money")


def url(family: Family, message: str) -> str:
    return f"/m/queue/{family.case}/{message}"


def state(site: Site, family: Family, message: str) -> State:
    with site.world.work().reading() as work:
        return work.messages.get(family.case, message).state


def test_an_empty_desk_says_that_nothing_is_waiting(site: Site) -> None:
    site.world.family()
    page = site.sign_in("mediator").get("/m")
    assert "Nothing is waiting." in page.words


def test_the_list_tells_case_reason_waiting_and_promise_but_no_name_and_no_word(
    site: Site,
) -> None:
    family = site.world.family()
    held(site, family)
    site.world.clock.turn(minutes=29, hours=2)
    site.world.clock.turn(seconds=31)
    page = site.sign_in("mediator").get("/m")
    assert "One held message. The oldest has waited 2 hours 29 minutes." in page.words
    assert "Strongly flagged wording: the terms hold it" in page.words
    assert "21:00" in page.words
    for word in ("Anna", "Ben", "liar", "owe"):
        assert word not in page.words


def test_the_oldest_promise_stands_first(site: Site) -> None:
    family = site.world.family()
    first = held(site, family, "[[one]]")
    site.world.clock.turn(hours=1)
    held(site, family, "[[two]]")
    links = site.sign_in("mediator").get("/m").find("//main//td//a/@href")
    assert len(links) == 2
    assert links[0].endswith(first)


def test_an_urgent_message_stands_on_the_desk_until_it_is_taken_off(site: Site) -> None:
    family = site.world.family()
    site.world.submit(family.anna, "!!threat canary")
    client = site.sign_in("mediator")
    page = client.get("/m")
    assert "One urgent message." in page.words
    assert "This message may hold a threat" in page.words
    assert "canary" not in page.words
    action = page.find("//main//form/@action")[0]
    assert "Nothing is waiting." in client.follow(client.post(action)).words


def test_the_review_shows_the_whole_message_with_points_facts_and_terms(site: Site) -> None:
    family = site.world.family()
    site.world.send(family.ben, "I will collect on Friday.", topic="money")
    message = held(site, family)
    page = site.sign_in("mediator").get(url(family, message))
    assert page.status == 200
    assert page.find("//main//mark/text()") == ["[[you liar]]"]
    assert "insult.scripted@1" in page.words
    assert "Friday" in page.find("//dl//q/text()")
    assert "I will collect on Friday." in page.words
    assert "Messages with strongly flagged wording are held for a mediator." in page.words
    assert "".join(page.find("(//div[@class='words'])[1]//text()")) == WORDS


def test_there_is_no_form_that_could_change_the_words(site: Site) -> None:
    family = site.world.family()
    message = held(site, family)
    page = site.sign_in("mediator").get(url(family, message))
    assert set(page.find("//main//form//@name")) <= {"csrf_token", "do", "reason", "note", "use"}
    site.sign_in("mediator").post(url(family, message), do="release", text="Other words")
    site.world.clock.turn(seconds=31)
    site.world.run_due()
    with site.world.work().reading() as work:
        assert work.messages.get(family.case, message).text == WORDS


def test_an_opening_stands_in_the_desk_log(site: Site) -> None:
    family = site.world.family()
    message = held(site, family)
    site.sign_in("mediator").get(url(family, message))
    with site.world.work().reading() as work:
        types = [e.fields["type"] for e in work.logs.desk(family.case).entries()]
    assert types[-1] == "message.opened"


def test_a_mediator_of_another_case_meets_no_page(site: Site) -> None:
    family = site.world.family()
    site.world.family(tag="2")
    message = held(site, family)
    client = site.sign_in("mediator2")
    assert client.get(url(family, message)).status == 404
    assert client.post(url(family, message), do="release").status == 404
    assert client.post(url(family, message) + "/undo").status == 404
    assert "Nothing is waiting." in client.get("/m").words


@pytest.mark.parametrize("login", ["anna", "ben", "reader"])
def test_the_desk_is_for_mediators_alone(site: Site, login: str) -> None:
    family = site.world.family()
    message = held(site, family)
    client = site.sign_in(login)
    for address in ("/m", "/m/cases", url(family, message)):
        assert client.get(address).status == 404


def test_a_message_that_does_not_exist_is_not_there(site: Site) -> None:
    family = site.world.family()
    assert site.sign_in("mediator").get(url(family, "nothing")).status == 404


def test_a_pending_message_is_not_there(site: Site) -> None:
    family = site.world.family()
    pending = site.world.submit(family.anna, "[[canary]]").message
    page = site.sign_in("mediator").get(url(family, pending))
    assert (page.status, "canary" in page.text) == (404, False)


def test_the_cases_of_a_mediator_are_listed_by_code(site: Site) -> None:
    family = site.world.family()
    other = site.world.family(tag="2")
    with site.world.work().reading() as work:
        mine, others = work.people.case(family.case), work.people.case(other.case)
    page = site.sign_in("mediator").get("/m/cases")
    assert mine.code in page.words
    assert others.code not in page.words
    assert "Both parents have joined" in page.words
    assert "Anna" not in page.words


def test_overlapping_points_are_cut_at_their_edges() -> None:
    flags = [Flag(2, 6, "a", "r1", "x"), Flag(4, 8, "b", "r2", "y")]
    cut = pieces("0123456789", flags)
    assert [(p.text, p.flags) for p in cut] == [
        ("01", ()), ("23", (1,)), ("45", (1, 2)), ("67", (2,)), ("89", ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=5), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=26, minutes=5), "26 hours 5 minutes"),
    ],
)
def test_waiting_times_are_said_in_words(site: Site, length: timedelta, said: str) -> None:
    with site.app.test_request_context("/"):
        assert waited(length) == said
