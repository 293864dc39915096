"""Reading threads: facts first for parents, whole for mediators and readers."""

import pytest

from broker import imports
from tests.web.site import Page, Site
from tests.world import Family


def thread_of(site: Site, family: Family, message: str) -> str:
    with site.world.work().reading() as work:
        return f"/c/{family.case}/threads/{work.messages.get(family.case, message).thread}"


def brought_in(site: Site, family: Family, text: str = "See you Friday.") -> str:
    """Import a thread of one message that the file says Ben sent, and return its page."""
    line = (
        '{"subject": "Old letters", "topic": "school", "time_zone": "Europe/London",'
        ' "parties": [{"id": "b", "display": "Ben"}],'
        ' "messages": [{"n": 1, "from": "b", "at": "2024-05-01T10:00:00+01:00",'
        f' "text": "{text}"}}]}}'
    )
    thread = imports.bring_in(
        family.case,
        imports.read_file([line])[0],
        {"b": family.ben.id},
        family.mediator.id,
        work=site.world.work(),
        assess=site.world.assess,
        clock=site.world.clock,
    )
    return f"/c/{family.case}/threads/{thread}"


def numbers(page: Page) -> list[str]:
    return [str(n) for n in page.find("//ol[@class='thread']//span[@class='no']/text()")]


def test_messages_stand_newest_first_with_the_numbers_of_the_record(site: Site) -> None:
    family = site.world.family()
    sent = [site.world.send(family.ben, f"Word {n}.") for n in range(3)]
    page = site.sign_in("anna").get(thread_of(site, family, sent[0]))
    assert numbers(page) == ["T1-3", "T1-2", "T1-1"]


def test_a_long_thread_is_paged_without_gap_or_repeat(site: Site) -> None:
    family = site.world.family()
    sent = [site.world.send(family.ben, f"Word {n}.") for n in range(27)]
    anna = site.sign_in("anna")
    first = anna.get(thread_of(site, family, sent[0]))
    older = str(first.find("//a[contains(., 'Older messages')]/@href")[0])
    second = anna.get(older)
    assert numbers(first) + numbers(second) == [f"T1-{n}" for n in range(27, 0, -1)]
    assert second.find("//a[contains(., 'Older messages')]") == []


@pytest.mark.parametrize("before", ["x", "2026-11-23~1", "2026-11-23T09:00:00+00:00~x", "~", "~1"])
def test_a_page_that_cannot_be_is_not_there(site: Site, before: str) -> None:
    family = site.world.family()
    url = thread_of(site, family, site.world.send(family.ben, "Friday."))
    assert site.sign_in("anna").get(f"{url}?before={before}").status == 404


def test_an_asking_message_has_its_card_and_answers_to_pick(site: Site) -> None:
    family = site.world.family()
    asked = site.world.send(family.ben, "Can you come on Friday? !!asks")
    page = site.sign_in("anna").get(thread_of(site, family, asked))
    assert page.find("//dd[@class='asks']/q/text()") == ["Can you come on Friday?"]
    assert "No date was given." in page.words
    names = [a.text for a in page.find("//div[@role='group']/a")]
    assert names == [
        "Yes, that works", "No, that does not work", "I will confirm by…", "Write my own answer",
    ]  # fmt: skip


def test_ones_own_message_has_no_answers_and_is_never_folded(site: Site) -> None:
    family = site.world.family()
    with site.world.work() as work:
        work.people.set_shield(family.case, family.ben.id, "facts")
    sent = site.world.send(family.ben, "[[liar]] !!asks Friday?")
    site.world.clock.turn(hours=25)
    site.world.run_due()
    page = site.sign_in("ben").get(thread_of(site, family, sent))
    assert "[[liar]]" in page.words
    assert page.find("//div[@role='group']") == []
    assert "folded" not in page.words


def test_an_urgent_message_is_named_and_its_words_are_on_the_next_page(site: Site) -> None:
    family = site.world.family()
    sent = site.world.send(family.ben, "!!threat zanzibar !!asks Well?")
    anna = site.sign_in("anna")
    page = anna.get(thread_of(site, family, sent))
    assert page.find("//*[@class='urgent']/h4/text()") == ["This message may hold a threat"]
    assert "112" in page.words
    assert page.find("//div[@role='group']") == []
    assert "zanzibar" not in page.text
    whole = anna.get(str(page.find("//a[contains(., 'Read it')]/@href")[0]))
    assert "zanzibar" in whole.words
    assert "Reply" not in whole.words


def test_one_own_message_on_its_way_stands_on_top_for_its_writer_alone(site: Site) -> None:
    family = site.world.family()
    first = site.world.send(family.anna, "Friday.")
    site.world.submit(family.anna, "Not yet there.")
    url = thread_of(site, family, first)
    page = site.sign_in("anna").get(url)
    assert "Not yet there." in page.find("//ol[@class='thread']/li[1]")[0].text_content()
    for login in ("ben", "mediator", "reader"):
        assert "Not yet there." not in site.sign_in(login).get(url).text


def test_an_imported_message_says_that_nobody_here_saw_it(site: Site) -> None:
    family = site.world.family()
    page = site.sign_in("anna").get(brought_in(site, family))
    assert page.find("//h1")[0].text_content() == "Old letters"
    assert numbers(page) == ["T1-i1"]
    assert "Nobody here saw that." in page.words
    assert "1 May 2024, 10:00" in page.words


@pytest.mark.parametrize("login", ["mediator", "reader"])
def test_mediators_and_readers_read_whole_texts_after_a_word_of_warning(
    site: Site, login: str
) -> None:
    family = site.world.family()
    sent = site.world.send(family.ben, "Friday. !!broken")
    hostile = site.world.send(family.ben, "!!threat zanzibar")
    page = site.sign_in(login).get(thread_of(site, family, sent))
    assert "zanzibar" in page.words
    assert "Some of these words are hard to read." in page.words
    assert page.find("//div[@role='group']") == []
    assert "Write" not in page.words
    full = site.sign_in(login).get(f"{thread_of(site, family, hostile)}/messages/{hostile}/full")
    assert "zanzibar" in full.words


def _at_the_desk(site: Site, family: Family) -> list[tuple[str, dict[str, str]]]:
    with site.world.work().reading() as work:
        entries = [entry.fields for entry in work.logs.desk(family.case).entries()]
    mine = family.mediator.id
    return [(entry["type"], entry["meta"]) for entry in entries if entry["actor"] == mine]


def test_what_a_mediator_opens_stands_in_the_desk_log_and_in_no_other(site: Site) -> None:
    family = site.world.family()
    message = site.world.send(family.anna, "Handover is on Friday.")
    thread = thread_of(site, family, message)
    with site.world.work().reading() as work:
        before = work.logs.case(family.case).head()
    mediator = site.sign_in("mediator")
    mediator.get(f"/c/{family.case}/threads")
    assert _at_the_desk(site, family) == []
    mediator.get(thread)
    opened = [("thread.opened", {"thread": thread.rsplit("/", 1)[1]})]
    assert _at_the_desk(site, family) == opened
    mediator.get(f"{thread}/messages/{message}/full")
    mediator.get(f"/c/{family.case}/search?words=friday")
    mediator.get(f"/c/{family.case}/search?words=monday")
    assert _at_the_desk(site, family) == [*opened, *[("message.opened", {"message": message})] * 2]
    for login in ("anna", "ben", "reader"):
        site.sign_in(login).get(thread)
    assert len(_at_the_desk(site, family)) == 3
    with site.world.work().reading() as work:
        assert work.logs.case(family.case).head() == before


def test_a_message_is_whole_only_in_its_own_thread(site: Site) -> None:
    family = site.world.family()
    first = site.world.send(family.ben, "Friday.", topic="school")
    other = site.world.send(family.ben, "Friday.", topic="money")
    anna, url = site.sign_in("anna"), thread_of(site, family, first)
    assert anna.get(f"{url}/messages/{first}/full").status == 200
    assert anna.get(f"{url}/messages/{other}/full").status == 404


def test_what_is_not_delivered_is_whole_for_nobody_else(site: Site) -> None:
    family = site.world.family()
    site.world.send(family.anna, "Friday.")
    held = site.world.send(family.anna, "[[liar]]")
    url = f"{thread_of(site, family, held)}/messages/{held}/full"
    for login in ("anna", "ben", "mediator", "reader"):
        assert site.sign_in(login).get(url).status == 404


def test_another_case_is_not_there(site: Site) -> None:
    family, other = site.world.family(), site.world.family(tag="2")
    sent = site.world.send(other.ben, "Friday.")
    anna = site.sign_in("anna")
    url = thread_of(site, other, sent)
    assert anna.get(url).status == 404
    assert anna.get(url.replace(other.case, family.case)).status == 404
    assert anna.get(f"/c/{other.case}/threads").status == 404


def test_search_finds_what_is_in_sight(site: Site) -> None:
    family = site.world.family()
    site.world.send(family.ben, "The Friday coat.")
    site.world.send(family.anna, "The blue coat.")
    anna = site.sign_in("anna")
    assert "Two messages hold “coat”." in anna.get(f"/c/{family.case}/search?words=coat").words
    assert "No message holds “boat”." in anna.get(f"/c/{family.case}/search?words=boat").words


def test_the_list_of_threads_is_empty_until_something_is_delivered(site: Site) -> None:
    family = site.world.family()
    site.world.submit(family.ben, "Friday.")
    url = f"/c/{family.case}/threads"
    assert "There are none yet." in site.sign_in("anna").get(url).words
    site.world.clock.turn(seconds=31)
    site.world.run_due()
    assert "Something else" in site.sign_in("anna").get(url).words
