"""What was sent, and where it stands."""

from tests.web.site import Site
from tests.web.test_write import box


def test_a_message_is_undone_and_its_words_go_back_into_the_box(site: Site) -> None:
    family = site.world.family()
    message = site.world.submit(family.anna, "A hasty word.").message
    anna = site.sign_in("anna")
    page = anna.get(f"/c/{family.case}/sent/{message}")
    assert "It goes at 09:00:30. Until then you can take it back." in page.words
    undone = anna.post(f"/c/{family.case}/sent/{message}/undo", **page.fields())
    assert box(undone) == "A hasty word."
    assert anna.get(f"/c/{family.case}/sent/{message}").status == 404
    assert "A hasty word." not in anna.get(f"/c/{family.case}/sent").text


def test_a_second_press_of_undo_loses_no_words(site: Site) -> None:
    family = site.world.family()
    message = site.world.submit(family.anna, "A hasty word.\nTwo lines.").message
    anna = site.sign_in("anna")
    fields = anna.get(f"/c/{family.case}/sent/{message}").fields()
    for _ in range(2):
        page = anna.post(f"/c/{family.case}/sent/{message}/undo", **fields)
        assert box(page) == "A hasty word.\nTwo lines."


def test_after_its_time_undo_says_that_it_is_too_late(site: Site) -> None:
    family = site.world.family()
    message = site.world.submit(family.anna, "A hasty word.").message
    anna = site.sign_in("anna")
    site.world.clock.turn(seconds=30)
    page = anna.get(f"/c/{family.case}/sent/{message}")
    assert "It is too late to take it back." in page.words
    late = anna.post(f"/c/{family.case}/sent/{message}/undo")
    assert (late.status, "It is too late for that" in late.words) == (409, True)


def test_a_held_message_can_be_taken_back(site: Site) -> None:
    family = site.world.family()
    message = site.world.send(family.anna, "[[a word]]")
    anna = site.sign_in("anna")
    url = f"/c/{family.case}/sent/{message}"
    assert "A mediator will look at this by 21:00." in anna.get(url).words
    assert "You took it back." in anna.follow(anna.post(f"{url}/withdraw")).words
    assert anna.post(f"{url}/withdraw").status == 409


def test_a_promise_that_has_passed_is_not_repeated(site: Site) -> None:
    family = site.world.family()
    message = site.world.send(family.anna, "[[a word]]")
    site.world.clock.turn(hours=13)
    page = site.sign_in("anna").get(f"/c/{family.case}/sent/{message}")
    assert "will look at this" not in page.words
    assert "If nobody has decided by 09:00 tomorrow, it is delivered." in page.words


def test_a_returned_message_brings_the_note_to_its_writer_alone(site: Site) -> None:
    from broker import desk, journey
    from broker.domain.message import Decision

    family, world = site.world.family(), site.world
    message = world.send(family.anna, "[[a word]]")
    desk.take_decision(
        family.case, message, family.mediator.id, Decision.RETURN,
        reason="Wording", note="Say what you need.",
        work=world.work(), assess=world.assess, clock=world.clock,
    )  # fmt: skip
    world.clock.turn(seconds=31)
    journey.carry_out(family.case, message, work=world.work(), clock=world.clock)
    anna, ben = site.sign_in("anna"), site.sign_in("ben")
    today = anna.get(f"/c/{family.case}/today")
    assert "There is one notice for you." in today.words
    page = anna.get(str(today.find("//*[@class='notice']//a/@href")[0]))
    assert "Say what you need." in page.words
    assert ben.get(f"/c/{family.case}/sent/{message}").status == 404
    assert "notice" not in ben.get(f"/c/{family.case}/today").words


def test_the_list_says_where_each_stands(site: Site) -> None:
    family = site.world.family()
    site.world.send(family.anna, "Friday.")
    site.world.send(family.anna, "[[a word]]")
    site.world.submit(family.anna, "Just now.")
    page = site.sign_in("anna").get(f"/c/{family.case}/sent")
    states = [row.text_content().split(".")[0] for row in page.find("//li/p[@class='meta']")]
    assert states == ["On its way", "With a mediator", "Delivered"]


def test_nobody_else_sees_what_was_sent(site: Site) -> None:
    family = site.world.family()
    message = site.world.send(family.anna, "Friday.")
    for login in ("ben", "mediator", "reader"):
        assert site.sign_in(login).get(f"/c/{family.case}/sent/{message}").status == 404
