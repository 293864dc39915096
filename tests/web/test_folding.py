"""What is folded away is absent from every page, and what stands on the card instead."""

from collections.abc import Iterator

import pytest

from broker.domain.assessment import Ask, Assessment, Fact, Flag
from broker.domain.message import Message, State
from broker.domain.shield import Asked, show
from tests.web.site import Client, Site
from tests.world import START, Family

CANARY = "zanzibar"


def pages_of(site: Site, family: Family, client: Client) -> Iterator[str]:
    """Yield the addresses of every page of a case that a parent can list."""
    case = f"/c/{family.case}"
    yield from (f"{case}/{name}" for name in (
        "today", "threads", "write", "write/handover", "sent", "people", "settings/reading",
        "menu", "search", f"search?words={CANARY}", "search?words=Friday",
    ))  # fmt: skip
    with site.world.work().reading() as work:
        threads = work.threads.of(family.case)
        delivered = list(work.messages.all_delivered(family.case))
    for thread in threads:
        yield f"{case}/threads/{thread.id}"
    for message in delivered:
        yield f"{case}/write/{thread.topic}?reply_to={message.id}&say=yes"


def everything(page: object) -> str:
    answer = page.response  # type: ignore[attr-defined]
    return f"{answer.status}\n{answer.headers}\n{answer.get_data(as_text=True)}"


@pytest.mark.parametrize("shield", ["flagged", "facts"])
@pytest.mark.parametrize(
    "words",
    [
        f"Can you come on Friday? !!asks [[{CANARY}]]",
        f"Can you [[{CANARY}]] come on Friday? !!asks",
        f"!!threat {CANARY}",
        f"!!broken {CANARY}",
    ],
)
def test_folded_words_stand_on_no_page(site: Site, shield: str, words: str) -> None:
    family = site.world.family()
    with site.world.work() as work:
        work.people.set_shield(family.case, family.anna.id, shield)
    site.world.send(family.ben, words)
    site.world.clock.turn(hours=25)
    site.world.run_due()
    anna = site.sign_in("anna")
    seen = 0
    for url in pages_of(site, family, anna):
        page = anna.get(url)
        assert page.status == 200, url
        if f"words={CANARY}" not in url:
            assert CANARY not in everything(page), url
        else:
            assert f"No message holds “{CANARY}”" in page.words
        seen += 1
    assert seen > 11


def test_all_words_are_one_press_away(site: Site) -> None:
    family = site.world.family()
    message = site.world.send(family.ben, f"!!broken {CANARY}")
    anna = site.sign_in("anna")
    with site.world.work().reading() as work:
        thread = work.messages.get(family.case, message).thread
    folded = anna.get(f"/c/{family.case}/threads/{thread}")
    link = folded.find("//a[contains(., 'Read all of it')]/@href")[0]
    assert CANARY in anna.get(str(link)).words


# ---------- what stands on the card ----------


def message(text: str, **more: object) -> Message:
    return Message("case", "id", "thread", "ben", State.DELIVERED, text, b"", START, START, **more)  # type: ignore[arg-type]


def flagged(text: str, phrase: str, **more: object) -> Assessment:
    start = text.index(phrase)
    flag = Flag(start, start + len(phrase), "insult", "rule@1", "insult")
    return Assessment(assessed=True, flags=(flag,), severity="high", **more)  # type: ignore[arg-type]


def ask(text: str, words: str) -> Ask:
    return Ask(text.index(words), text.index(words) + len(words), words)


def test_folded_words_inside_a_question_are_cut_out_of_it() -> None:
    text = "Can you bring the bloody useless coat?"
    told = flagged(text, "bloody useless", questions=(ask(text, text),), answer_needed=True)
    shown = show(message(text), told, "facts")
    assert shown.asked == (Asked("Can you bring the … coat?"),)
    assert not shown.unsure


def test_a_question_that_is_folded_whole_leaves_a_word_that_something_may_ask() -> None:
    text = "Are you stupid? Friday."
    told = flagged(text, "Are you stupid?", questions=(ask(text, "Are you stupid?"),))
    shown = show(message(text), told, "flagged")
    assert shown.asked == ()
    assert shown.unsure


def test_a_fact_the_language_step_took_out_of_a_taunt_is_told() -> None:
    text = "Sign it by Monday or you are dead to me."
    start = text.index("Monday")
    told = flagged(text, text, facts=(Fact(start, start + 6, "Monday", "date"),))
    assert show(message(text), told, "facts").told == ("Monday",)


def test_an_urgent_message_has_no_card() -> None:
    shown = show(
        message("!!", urgent=True), Assessment(assessed=True, severity="urgent"), "flagged"
    )
    assert (shown.kind, shown.parts, shown.told, shown.asked) == ("urgent", (), (), ())


def test_a_text_that_was_not_assessed_shows_none_of_its_words() -> None:
    shown = show(message("secret"), Assessment.unavailable("crashed"), "nothing")
    assert (shown.kind, shown.searchable, shown.unsure) == ("unchecked", "", True)


def test_an_answer_that_no_listed_question_holds_is_spoken_of() -> None:
    text = "You fool. Well?"
    told = flagged(text, "You fool.", answer_needed=True, facts=(Fact(10, 14, "Well", "item"),))
    assert show(message(text), told, "facts").unsure
