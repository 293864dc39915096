"""Pages of a record: asking, waiting, taking, failing, the end."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from broker import exports
from broker.domain.errors import RecordNotMade
from broker.jobs import run_due
from broker.record import sentences
from broker.web import words
from tests.asking import plain
from tests.web.site import Client, Page, Site
from tests.world import Family


def asked(site: Site, family: Family, client: Client, **form: str) -> Page:
    form = {"purpose": "court", "page_size": "A4", "thread": "all", "step": "make", **form}
    return client.post(f"/c/{family.case}/records/new", **form)


def run(site: Site, maker: Any = plain) -> None:
    parts = site.app.extensions["broker"]
    run_due(parts, {"record.make": partial(exports.make, maker=maker)})


def begun(site: Site) -> Family:
    family = site.world.family()
    site.world.send(family.anna, "Can you collect on Friday?", topic="handover")
    site.world.send(family.ben, "The shoes were £45.", topic="money")
    return family


def test_the_first_page_asks_whom_it_is_for_and_what_is_in_it(site: Site) -> None:
    family = begun(site)
    page = site.sign_in("anna").get(f"/c/{family.case}/records/new")
    assert page.find("//input[@name='purpose']/@value") == [
        "court", "solicitor", "counsellor", "self",
    ]  # fmt: skip
    assert "Handovers" in page.words
    assert page.find("//input[@type='text']/@value") == ["Anna", "Ben"]


def test_where_nothing_was_delivered_there_is_nothing_to_make(site: Site) -> None:
    family = site.world.family()
    page = site.sign_in("anna").get(f"/c/{family.case}/records/new")
    assert "Nothing has been delivered yet" in page.words
    assert not page.find("//main//form")


def test_the_answers_are_shown_and_can_be_changed_before_anything_is_made(site: Site) -> None:
    family = begun(site)
    client = site.sign_in("anna")
    new = f"/c/{family.case}/records/new"
    form = client.get(new).fields()
    form |= {"purpose": "solicitor", f"name_{family.ben.id}": "Benedict Venn", "step": "check"}
    page = client.post(new, **form)
    assert page.status == 200
    assert "A solicitor" in page.words
    assert "Benedict Venn" in page.words
    assert "2 messages, each whole." in page.words
    back = client.post(new, **{**page.fields(), "step": "change"})
    assert back.fields()["purpose"] == "solicitor"
    assert back.fields()[f"name_{family.ben.id}"] == "Benedict Venn"
    with site.world.work().reading() as work:
        assert work.exports.of(family.case, family.anna.id) == []
    done = client.post(new, **{**page.fields(), "step": "make"})
    assert done.status == 303
    with site.world.work().reading() as work:
        (export,) = work.exports.of(family.case, family.anna.id)
        assert work.exports.asked(export)["names"][family.ben.id] == "Benedict Venn"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"purpose": ""}, "Choose who the record is for"),
        ({"page_size": "A3"}, "Choose who the record is for, and the paper."),
        ({"name": "x" * 121}, "A name for the cover cannot be used."),
    ],
)
def test_what_cannot_be_made_is_said_and_the_answers_stay(
    site: Site, form: dict[str, str], sentence: str
) -> None:
    family = begun(site)
    if name := form.pop("name", ""):
        form = {f"name_{family.anna.id}": name}
    page = asked(site, family, site.sign_in("anna"), **form)
    assert page.status == 422
    assert sentence in page.words
    if name:
        assert page.fields()[f"name_{family.anna.id}"] == name


def test_a_thread_of_another_case_cannot_be_asked_for(site: Site) -> None:
    family, other = begun(site), site.world.family(tag="2")
    site.world.send(other.anna, "Of another case.")
    with site.world.work().reading() as work:
        thread = work.threads.of(other.case)[0].id
    assert asked(site, family, site.sign_in("anna"), thread=thread).status == 404


def test_a_record_is_prepared_then_ready_and_is_taken_as_a_file(site: Site) -> None:
    family = begun(site)
    client = site.sign_in("anna")
    page = client.follow(asked(site, family, client))
    assert "Your record is being prepared" in page.words
    assert not page.find("//meta[@http-equiv]")
    here = page.find("//main//a[@class='button quiet']/@href")[0]
    assert client.get(here + "/state").response.get_json() == {
        "state": "waiting", "words": "Waiting for its turn.", "over": False,
    }  # fmt: skip
    assert client.get(here + "/file").status == 404
    run(site)
    assert client.get(here + "/state").response.get_json()["over"] is True
    ready = client.get(here)
    assert "Your record is ready" in ready.words
    assert "3 pages." in ready.words
    assert "abab abab" in ready.words
    file = client.get(here + "/file")
    assert file.response.data == b"%PDF-1.7 nothing"
    assert file.response.mimetype == "application/pdf"
    told = file.response.headers["Content-Disposition"]
    assert told.startswith('attachment; filename="record-2026-11-23-')
    assert told.endswith('.pdf"')
    assert "no-store" in file.response.headers["Cache-Control"]


def test_progress_is_said_in_words_page_by_page(site: Site) -> None:
    family = begun(site)
    client = site.sign_in("anna")
    here = asked(site, family, client).location
    said = []

    def maker(export: object, *, progress: Any, **_: object) -> Any:
        for step, number in (("setting", 3), ("setting", 30), ("writing", 0)):
            progress(step, number)
            said.append(client.get(here + "/state").response.get_json()["words"])
        return plain(export)  # type: ignore[arg-type]

    run(site, maker)
    assert said == ["Setting the pages.", "Page 30 so far.", "Writing the file."]


def test_a_failed_record_names_the_step_and_offers_to_try_again(site: Site) -> None:
    family = begun(site)
    client = site.sign_in("anna")
    here = asked(site, family, client).location

    def maker(export: object, *, progress: Any, **_: object) -> Any:
        progress("setting", 30)
        raise RecordNotMade(why="memory")

    run(site, maker)
    page = client.get(here)
    assert "It stopped while the pages were set." in page.words
    assert "too large to be made in one piece" in page.words
    again = client.follow(client.post(page.find("//main//form/@action")[0]))
    assert "Your record is being prepared" in again.words
    run(site)
    assert "Your record is ready" in client.get(here).words


def test_an_expired_record_says_so_and_gives_nothing(site: Site) -> None:
    family = begun(site)
    client = site.sign_in("anna")
    here = asked(site, family, client).location
    run(site)
    site.world.clock.turn(days=7)
    client = site.sign_in("anna")
    assert "This record is no longer kept" in client.get(here).words
    assert client.get(here + "/file").status == 404


def test_a_second_record_is_refused_while_one_is_made(site: Site) -> None:
    family = begun(site)
    client = site.sign_in("anna")
    asked(site, family, client)
    page = asked(site, family, client)
    assert page.status == 409
    assert "Another record of yours is still being made." in page.words


def test_nobody_opens_the_record_of_somebody_else(site: Site) -> None:
    family = begun(site)
    here = asked(site, family, site.sign_in("anna")).location
    run(site)
    for login in ("ben", "mediator", "reader"):
        client = site.sign_in(login)
        for end in ("", "/state", "/file"):
            assert client.get(here + end).status == 404
        assert client.post(here + "/again").status == 404
        assert "There are none yet." in client.get(f"/c/{family.case}/records").words


def test_making_and_taking_a_record_changes_no_page_of_the_other_parent(site: Site) -> None:
    family = begun(site)
    ben = site.sign_in("ben")
    addresses = [f"/c/{family.case}/records", f"/c/{family.case}/menu"]
    before = [ben.get(address).words for address in addresses]
    anna = site.sign_in("anna")
    here = asked(site, family, anna).location
    run(site)
    anna.get(here + "/file")
    assert [ben.get(address).words for address in addresses] == before


def test_a_reader_takes_records_until_the_grant_ends(site: Site) -> None:
    family = begun(site)
    client = site.sign_in("reader")
    here = asked(site, family, client).location
    run(site)
    assert client.get(here + "/file").status == 200
    with site.world.engine.begin() as connection:
        connection.execute(
            text("UPDATE members SET until = :at WHERE member_id = :id"),
            {"at": "2026-11-23T09:00:00.000000Z", "id": family.reader.id},
        )
    for end in ("", "/state", "/file"):
        assert client.get(here + end).status == 404
    assert client.get(f"/c/{family.case}/records").status == 404


def test_a_mediator_has_records_of_their_own_without_the_choice_of_own_events(site: Site) -> None:
    family = begun(site)
    client = site.sign_in("mediator")
    page = client.get(f"/c/{family.case}/records/new")
    assert not page.find("//input[@name='own_events']")
    assert asked(site, family, client, own_events="yes").status == 303
    with site.world.work().reading() as work:
        (export,) = work.exports.of(family.case, family.mediator.id)
        assert work.exports.asked(export)["own_events"] is False


def test_paper_and_screen_name_topics_alike() -> None:
    assert words.TOPIC_NAMES == sentences.TOPICS
    assert words.TOPIC_NAMES_OF == sentences.TOPICS_OF


def test_the_script_keeps_to_syntax_of_old_phones_and_stores_nothing() -> None:
    script = (Path(__file__).parents[2] / "static" / "progress.js").read_text()
    for word in ("=>", "?.", "localStorage", "sessionStorage", "innerHTML"):
        assert word not in script
