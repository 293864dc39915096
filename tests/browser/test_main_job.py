"""The main job in a real browser, with JavaScript on and off: written, checked, sent, held,
reviewed, read facts first, exported by both, and the ledger holds."""

import io

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from broker.domain.ledger import verify
from tests.browser.conftest import Live
from tests.world import Family

HOSTILE = (
    "You useless liar. Can you bring Ada's blue coat to the school gate on Friday at 17:30?"
    " You are a pathetic excuse for a parent."
)
FACTS = ("blue coat", "Friday", "17:30")


def write(page: Page, live: Live, family: Family, words: str) -> None:
    page.goto(f"{live.url}/c/{family.case}/write")
    page.get_by_label("Belongings").check()
    page.get_by_role("button", name="Continue").click()
    page.fill("#text", words)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def send(page: Page) -> None:
    press(page, "Look it over")
    press(page, "Send")
    if page.get_by_role("button", name="Send as it is").count():
        press(page, "Send as it is")


def make_record(page: Page, live: Live, family: Family) -> bytes:
    page.goto(f"{live.url}/c/{family.case}/records/new")
    page.locator("[name=purpose][value=court]").check()
    press(page, "Look it over")
    press(page, "Make the record")
    expect(page.locator("h1")).to_contain_text("being prepared")
    live.pass_time(seconds=1)
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    return download.value.path().read_bytes()


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_hostile_message_is_checked_held_released_read_and_exported(
    live: Live, family: Family, scripts: bool
) -> None:
    anna = live.sign_in("anna", java_script_enabled=scripts)
    write(anna, live, family, HOSTILE)
    press(anna, "Check wording")
    expect(anna.locator(".points li").first).to_contain_text("You useless liar")
    shorter = anna.locator("#shorter-part")
    for fact in FACTS:
        expect(shorter.locator(".kept")).to_contain_text(fact)
    expect(shorter.locator("del").first).to_contain_text("Left out")
    send(anna)
    expect(anna.locator("h1")).to_be_visible()
    expect(anna.get_by_role("button", name="Undo")).to_be_visible()

    live.pass_time(seconds=31)
    anna.reload()
    expect(anna.locator(".lede")).to_contain_text("A mediator will look at this by")

    ben = live.sign_in("ben", java_script_enabled=scripts)
    ben.goto(f"{live.url}/c/{family.case}/threads")
    assert "coat" not in ben.content()

    ruth = live.sign_in("mediator", java_script_enabled=scripts)
    ruth.goto(f"{live.url}/m")
    ruth.locator("td a").first.click()
    expect(ruth.locator("mark").first).to_contain_text("You useless liar")
    ruth.get_by_label("Deliver as it is").check()
    press(ruth, "Save decision")
    expect(ruth.get_by_role("button", name="Undo")).to_be_visible()
    live.pass_time(seconds=31)

    ben.goto(f"{live.url}/c/{family.case}/today")
    expect(ben.locator("main")).to_contain_text("blue coat")
    assert "useless" not in ben.content()
    ben.goto(f"{live.url}/c/{family.case}/threads")
    ben.locator("main a", has_text="Belongings").first.click()
    assert "useless" not in ben.content()
    ben.get_by_role("link", name="Read all of it").first.click()
    expect(ben.locator(".words").first).to_contain_text("You useless liar")

    for page in (anna, ben):
        with pikepdf.open(io.BytesIO(make_record(page, live, family))) as pdf:
            machine = pdf.attachments["record.json"].get_file().read_bytes()
        assert HOSTILE.encode() in machine

    with live.world.work().reading() as work:
        for origin, log in work.logs.all():
            assert verify(origin, log.entries()) == []


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_shorter_version_fills_the_box_and_the_own_words_come_back(
    live: Live, family: Family, scripts: bool
) -> None:
    anna = live.sign_in("anna", java_script_enabled=scripts)
    write(anna, live, family, HOSTILE)
    press(anna, "Check wording")
    press(anna, "Use the shorter version")
    expect(anna.locator("#text")).not_to_have_value(HOSTILE)
    for fact in FACTS:
        assert fact in anna.locator("#text").input_value()
    press(anna, "Put my words back")
    expect(anna.locator("#text")).to_have_value(HOSTILE)
    with live.world.work().reading() as work:
        assert work.drafts.of(family.case, family.anna.id, live.world.clock()) == []


@pytest.mark.browser
def test_points_appear_while_writing_and_an_emoji_before_them_moves_no_mark(
    live: Live, family: Family
) -> None:
    anna = live.sign_in("anna")
    write(anna, live, family, "👩‍👧 😀 You useless liar. Handover is on Friday.")
    expect(anna.locator("#points-status")).to_contain_text("One point")
    expect(anna.locator(".mirror mark").first).to_contain_text("You useless liar")


@pytest.mark.browser
def test_words_typed_before_the_script_came_are_looked_at_too(live: Live, family: Family) -> None:
    anna = live.sign_in("anna")
    anna.route("**/compose.js", lambda route: (anna.wait_for_timeout(1_000), route.continue_()))
    anna.goto(f"{live.url}/c/{family.case}/write/belongings", wait_until="commit")
    anna.fill("#text", "You useless liar. Handover is on Friday.")
    expect(anna.locator("#points-status")).to_contain_text("One point")


@pytest.mark.browser
def test_a_message_that_is_undone_comes_back_into_the_box_and_never_arrives(
    live: Live, family: Family
) -> None:
    anna = live.sign_in("anna", java_script_enabled=False)
    write(anna, live, family, "Handover is on Friday.")
    send(anna)
    press(anna, "Undo")
    expect(anna.locator("#text")).to_have_value("Handover is on Friday.")
    live.pass_time(minutes=5)
    with live.world.work().reading() as work:
        assert list(work.messages.all_delivered(family.case)) == []


@pytest.mark.browser
def test_a_double_press_on_send_sends_one_message(live: Live, family: Family) -> None:
    anna = live.sign_in("anna", java_script_enabled=False)
    write(anna, live, family, "Handover is on Friday.")
    press(anna, "Look it over")
    anna.get_by_role("button", name="Send", exact=True).dblclick()
    expect(anna.get_by_role("button", name="Undo")).to_be_visible()
    live.pass_time(seconds=31)
    with live.world.work().reading() as work:
        assert len(list(work.messages.all_delivered(family.case))) == 1
