"""What is said when something cannot be done (rule 11 of the house, ux.md 4.6)."""

import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, default_exceptions

from broker.domain import errors
from broker.domain.errors import BrokerError, TextRefused
from broker.web.guard import needs
from tests.web.site import Page, Site

WORDS = {
    "length": 2_001, "limit": 2_000, "what": "U+0000", "minutes": 15, "least": 8, "line": 3,
    "why": "it has no sender", "name": "about", "value": "boat",
}  # fmt: skip
REFUSALS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, BrokerError) and kind is not TextRefused
]
TEXT = "I paid for the shoes. <b>Really</b>"


def _raise(site: Site, error: BaseException, **form: str) -> Page:
    """Return what a parent is answered when a view raises."""

    @needs("message.write")
    def view(case: str) -> str:
        raise error

    site.app.add_url_rule("/c/<case>/raise", "raise", view, methods=["GET", "POST"])
    case = site.world.family().case
    return site.sign_in("anna").post(f"/c/{case}/raise?thread=t1", **form)


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_says_its_sentence_and_hands_back_what_was_typed(
    site: Site, kind: type[BrokerError]
) -> None:
    page = _raise(site, kind(**WORDS), text=TEXT, topic="money", password="secret")
    assert page.status == kind.status
    assert kind.sentence % WORDS in page.words
    assert page.find("//a[@class='exit']")
    assert "secret" not in page.text
    if kind.status != 404:
        assert page.find("//textarea")[0].text.removeprefix("\n") == TEXT


def test_a_text_that_was_refused_can_be_sent_again_with_all_that_belongs_to_it(site: Site) -> None:
    page = _raise(site, errors.TextTooLong(**WORDS), text=TEXT, topic="money")
    assert page.fields() == {"topic": "money", "text": TEXT}
    assert page.find("//main//form/@action")[0].endswith("/raise?thread=t1")


@pytest.mark.parametrize("kind", [errors.KeyReused, errors.TakenBack])
def test_a_form_that_is_spent_is_not_offered_again(site: Site, kind: type[BrokerError]) -> None:
    assert not _raise(site, kind(), text=TEXT).find("//main//form")


@pytest.mark.parametrize("code", sorted(code for code in default_exceptions if code >= 400))
def test_every_error_of_http_has_a_page_with_the_exit(site: Site, code: int) -> None:
    error = default_exceptions[code]()
    assert isinstance(error, HTTPException)
    page = _raise(site, error, text=TEXT)
    assert page.status == (404 if code in (401, 403, 410) else code)
    assert page.find("//a[@class='exit']")
    assert page.find("//h1")[0].text


def test_a_store_that_fails_under_a_page_shows_a_number_and_hands_the_text_back(site: Site) -> None:
    page = _raise(site, OperationalError("SELECT secret", {}, Exception("disk I/O")), text=TEXT)
    assert page.status == 500
    assert "SELECT" not in page.text
    assert page.find("//textarea")[0].text.removeprefix("\n") == TEXT


def test_a_script_is_answered_with_data(site: Site) -> None:
    client = site.nobody()
    client.headers = {"Accept": "application/json"}
    answer = client.get("/no/such/page").response
    assert (answer.status_code, sorted(answer.get_json())) == (404, ["sentence"])
