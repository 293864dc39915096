"""Today: how things stand, in one sentence that never says "nothing" while a notice stands."""

from broker import cases
from broker.domain.policy import Terms
from tests.web.site import Client, Page, Site
from tests.world import Family


def today(client: Client, family: Family) -> Page:
    return client.get(f"/c/{family.case}/today")


def lede(page: Page) -> str:
    return str(page.find("//p[@class='lede']")[0].text_content())


def test_a_new_case_needs_nothing(site: Site) -> None:
    family = site.world.family()
    page = today(site.sign_in("anna"), family)
    assert lede(page) == "Nothing needs you today."
    assert "When one arrives, you will see the arrangement first." in page.words


def test_a_question_is_the_first_thing_said_until_it_is_answered(site: Site) -> None:
    family = site.world.family()
    asked = site.world.send(family.ben, "Can you come on Friday? !!asks")
    anna = site.sign_in("anna")
    page = today(anna, family)
    assert lede(page) == "One message asks you something. Nothing else needs you today."
    assert page.find("//article//dd[@class='asks']/q/text()") == ["Can you come on Friday?"]
    with site.world.work().reading() as work:
        thread = work.messages.get(family.case, asked).thread
    anna.get(f"/c/{family.case}/threads/{thread}")
    site.world.submit(family.anna, "Yes.", reply_to=asked, thread=thread)
    assert lede(today(anna, family)) == "Nothing needs you today."


def test_no_more_than_three_questions_stand_there(site: Site) -> None:
    family = site.world.family()
    for number in range(5):
        site.world.send(family.ben, f"Can you come at {number}? !!asks")
    page = today(site.sign_in("anna"), family)
    assert lede(page).startswith("Five messages ask you something.")
    assert len(page.find("//article")) == 3
    assert "Two more" in page.words


def test_an_urgent_message_comes_first_until_it_is_read(site: Site) -> None:
    family = site.world.family()
    site.world.send(family.ben, "!!threat zanzibar")
    anna = site.sign_in("anna")
    page = today(anna, family)
    assert lede(page) == "One message may not be able to wait."
    assert "zanzibar" not in page.text
    anna.get(str(page.find("//*[@class='urgent']//a[contains(., 'Read it')]/@href")[0]))
    assert lede(today(anna, family)) == "Nothing needs you today."


def test_what_was_looked_at_is_no_longer_new(site: Site) -> None:
    family = site.world.family()
    site.world.send(family.ben, "The coat is blue.")
    anna = site.sign_in("anna")
    page = today(anna, family)
    assert lede(page) == "There is one new message."
    assert "One message, from Ben." in page.words
    anna.get(str(page.find("//section[h2[@id='new']]//a/@href")[0]).split("#")[0])
    assert lede(today(anna, family)) == "Nothing needs you today."


def test_new_terms_are_told_to_both_until_each_puts_it_away(site: Site) -> None:
    family, world = site.world.family(), site.world
    cases.set_terms(
        family.case, Terms(per_day=5), family.mediator.id, work=world.work(), clock=world.clock
    )
    anna, ben = site.sign_in("anna"), site.sign_in("ben")
    page = today(anna, family)
    assert lede(page) == "There is one notice for you."
    assert "New terms for this case were set." in page.words
    button = str(page.find("//form[contains(@action, '/notices/')]/@action")[0])
    assert ben.post(button).status == 303
    assert lede(today(anna, family)) == "There is one notice for you."
    anna.post(button)
    assert lede(today(anna, family)) == "Nothing needs you today."
    assert lede(today(ben, family)) == "There is one notice for you."
    assert "Up to 5 messages" in anna.get(f"/c/{family.case}/people").words


def test_ones_own_held_message_stands_there_and_not_with_the_other(site: Site) -> None:
    family = site.world.family()
    site.world.send(family.anna, "[[liar]]")
    assert "With a mediator" in today(site.sign_in("anna"), family).words
    assert "With a mediator" not in today(site.sign_in("ben"), family).words


def test_only_parents_have_it(site: Site) -> None:
    family = site.world.family()
    for login in ("mediator", "reader"):
        assert today(site.sign_in(login), family).status == 404


def test_people_shows_who_sees_what_and_until_when(site: Site) -> None:
    from datetime import timedelta

    family, world = site.world.family(), site.world
    until = world.clock() + timedelta(days=30)
    cases.add_reader(
        family.case, "M. Lind", until, family.mediator.id, work=world.work(), clock=world.clock
    )
    for login in ("anna", "ben", "mediator", "reader"):
        words = site.sign_in(login).get(f"/c/{family.case}/people").words
        assert "M. Lind" in words
        assert "Until Wednesday 23 December." in words


def test_what_is_folded_away_is_chosen_with_its_effect_in_words(site: Site) -> None:
    family = site.world.family()
    anna, url = site.sign_in("anna"), f"/c/{family.case}/settings/reading"
    page = anna.get(url)
    assert page.find("//input[@checked]/@value") == ["flagged"]
    assert "The other parent is not told." in page.words
    assert anna.follow(anna.post(url, shield="facts")).find("//input[@checked]/@value") == ["facts"]
    assert anna.post(url, shield="all").status == 422
    assert site.sign_in("ben").get(url).find("//input[@checked]/@value") == ["flagged"]
