"""What people and machines put into forms and addresses: a sentence, the words kept, no failure."""

import pytest

from broker import cases
from broker.domain.message import State
from broker.domain.people import Role
from broker.domain.policy import ADVISE, FOLD, Terms
from tests.web import walk
from tests.web.site import Client, Page, Site
from tests.web.test_write import box, compose, messages_of

OPEN = {"none": ADVISE, "low": ADVISE, "high": ADVISE, "not_assessed": FOLD}
LONG = Terms(modes=OPEN, length=8_000)

NUL, RIGHT_TO_LEFT = "\0", "\u202e\u2066"
STRANGE = [
    "", " ", NUL, f"a{NUL}b", RIGHT_TO_LEFT, "x" * 5_000, "🥺" * 500, "../../etc", "'; --", "%00",
    "<script>", "{{ 7 * 7 }}", "-1", "9" * 400, "\r\nSet-Cookie: a=b", "nosuchid23456789",
]  # fmt: skip
FIELDS = (
    "text", "draft", "thread", "reply_to", "kept", "before", "do", "leave", "keep", "use", "back",
    "stamp", "paused", "note", "reason", "shield", "purpose", "page_size", "step", "own_events",
    "login", "password", "code", "next",
)  # fmt: skip
QUERIES = ("before", "words", "draft", "thread", "reply_to", "say", "topic", "next", "kept")
NOTHING_TO_DO = ("today.seen", "desk.seen")
"""Forms that are pressed twice without harm: a notice that is not there is one that was seen."""
ANSWERS = {200, 303, 400, 404, 409, 422, 429}


def test_half_a_character_is_shown_as_it_will_be_sent_before_it_is_sent(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    looked = anna.flask.post(
        f"/c/{family.case}/write/handover",
        data=f"csrf_token={anna.token()}&do=look&text=Friday+%ED%A0%BE.".encode(),
        content_type="application/x-www-form-urlencoded",
    )
    assert looked.status_code == 303
    page = anna.get(looked.location)
    assert "Friday %ED%A0%BE." in page.words
    anna.post(looked.location, **page.fields())
    assert messages_of(site, family) == [("pending", "Friday %ED%A0%BE.")]


def test_the_longest_text_comes_back_whole_after_a_choice(site: Site) -> None:
    family = site.world.family(terms=LONG)
    text = "🥺" * 7_990 + " [[liar]]"
    anna = site.sign_in("anna")
    page = compose(anna, family, text, do="", leave="[[liar]]")
    assert box(page) == "🥺" * 7_990
    back = anna.post(f"/c/{family.case}/write/handover", **{**page.fields(), "back": "1"})
    assert (back.status, box(back)) == (200, text)


def test_a_text_over_the_limit_is_kept_whole_in_its_box(site: Site) -> None:
    family = site.world.family()
    text = "🥺" * 9_000
    page = compose(site.sign_in("anna"), family, text)
    assert (page.status, box(page)) == (422, text)
    assert "9000 characters. Up to 8000 can be sent. Your text is still here." in page.words


@pytest.mark.parametrize("field", ["reason", "note"])
@pytest.mark.parametrize("bad", [f"a{NUL}b", "x" * 8_001])
def test_a_mediators_words_that_cannot_be_kept_are_said_and_stay(
    site: Site, field: str, bad: str
) -> None:
    family = site.world.family()
    message = site.world.send(family.anna, "[[you liar]]")
    words = {"reason": "A reason.", "note": "A note.", field: bad}
    page = site.sign_in("mediator").post(
        f"/m/queue/{family.case}/{message}", **{"do": "return"}, **words
    )
    assert page.status == 422
    assert page.find("//*[@class='problem']")
    kept = str(page.find(f"//textarea[@name='{field}']")[0].value)
    assert kept.strip() == bad.replace(NUL, "\ufffd")
    with site.world.work().reading() as work:
        assert work.holds.get(family.case, message).decision is None


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_whatever_stands_in_a_field_no_page_fails(site: Site, method: str) -> None:
    place = walk.furnish(site)
    clients = walk.browsers(site)
    for rule in walk.rules(site, method):
        if rule.endpoint in ("sign_in.out", "leave.now"):
            continue
        for name in ("anna", "mediator"):
            for bad in STRANGE:
                page = _sent(clients[name], method, walk.address(site, rule, place), bad)
                assert page.status in ANSWERS, (rule.rule, name, bad[:20], page.status)
                assert "Set-Cookie: a=b" not in str(page.response.headers)


def _sent(client: Client, method: str, url: str, bad: str) -> Page:
    if method == "POST":
        return client.post(url, **dict.fromkeys(FIELDS, bad))
    answer = client.flask.get(url, query_string=dict.fromkeys(QUERIES, bad), buffered=True)
    return Page(answer)


@pytest.mark.parametrize("bad", ["nosuchid23456789", "%00", "%ED%A0%BE", "%E2%80%AE", "x" * 300])
def test_a_forged_id_anywhere_in_an_address_is_not_there(site: Site, bad: str) -> None:
    place = walk.furnish(site)
    clients = walk.browsers(site)
    for method in ("GET", "POST"):
        for rule in walk.rules(site, method):
            for part in sorted(rule.arguments - {"topic"}):
                url = walk.address(site, rule, place, **{part: "FORGED"}).replace("FORGED", bad)
                for name in ("anna", "mediator"):
                    client = clients[name]
                    page = client.get(url) if method == "GET" else client.post(url, text="A word.")
                    done = 303 if part == "notice" and rule.endpoint in NOTHING_TO_DO else 404
                    if not walk.allowed(site, rule, name):
                        done = 404
                    assert page.status == done, (method, rule.rule, part, name, page.status)


def test_ids_of_another_case_under_ones_own_address_are_not_there(site: Site) -> None:
    mine = site.world.family(tag="-mine")
    place = walk.furnish(site)
    clients = [site.sign_in("anna-mine"), site.sign_in("mediator-mine")]
    for method in ("GET", "POST"):
        for rule in walk.rules(site, method):
            if "case" not in rule.arguments or len(rule.arguments - {"topic"}) < 2:
                continue
            if rule.endpoint in NOTHING_TO_DO:
                continue
            url = walk.address(site, rule, place, case=mine.case)
            for client in clients:
                page = client.get(url) if method == "GET" else client.post(url, text="A word.")
                assert page.status == 404, (method, rule.rule, page.status)
    theirs = place.family
    for client in (*clients, site.sign_in("ben")):
        client.post(f"/c/{mine.case}/notices/{place.values['notice']}/seen")
    with site.world.work().reading() as work:
        assert work.messages.own(mine.case, mine.anna.id, tuple(State)) == []
        assert [n.seen_at for n in work.outbox.of(theirs.case, theirs.anna.id)] == [None]


def test_signing_out_in_one_tab_loses_no_words_in_the_other(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    token = anna.token()
    anna.post("/sign-out")
    page = anna.post(
        f"/c/{family.case}/write/money", csrf=False, csrf_token=token, text="I paid.", do="look"
    )
    assert page.status in (400, 401)
    assert page.find("//main//textarea")[0].text.strip() == "I paid."
    assert messages_of(site, family) == []


def test_two_tabs_with_one_draft_send_each_text_once(site: Site) -> None:
    family = site.world.family()
    anna = site.sign_in("anna")
    draft = anna.get(f"/c/{family.case}/write/handover").fields()["draft"]
    first = compose(anna, family, "From the first tab.", draft=draft)
    overview = anna.follow(first).fields()
    second = compose(anna, family, "From the second tab.", draft=draft)
    stale = anna.post(first.location, **overview)
    assert (stale.status, "From the second tab." in stale.words) == (200, True)
    anna.post(second.location, **stale.fields())
    late = anna.post(first.location, **overview)
    assert "/sent/" in late.location
    assert messages_of(site, family) == [("pending", "From the second tab.")]


def test_a_code_pressed_twice_joins_once_and_says_so(site: Site) -> None:
    opening = cases.Opening("pet", "Australia/Perth", [(Role.PARENT, "A"), (Role.PARENT, "B")])
    parts = {"work": site.world.work(), "clock": site.world.clock}
    _, ((_, code), _) = cases.open_case(opening, "operator", **parts)
    client = site.nobody()
    form = {"code": code, "login": "noelle", "password": "a long password"}
    token = client.token()
    first = client.post("/join", csrf=False, csrf_token=token, **form)
    assert first.location == "/home"
    again = client.post("/join", **form)
    assert (again.status, "This code cannot be used." in again.words) == (422, True)
