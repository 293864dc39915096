"""A browser without a screen: signs in, carries form tokens, and reads pages as HTML."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from tests.world import PASSWORD, World


@dataclass
class Page:
    """An answer, with its page to look into."""

    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def location(self) -> str:
        return self.response.headers.get("Location", "")

    @property
    def tree(self) -> Any:
        return html.document_fromstring(self.text)

    @property
    def words(self) -> str:
        """What the main part says, with white space made one."""
        return " ".join(self.tree.get_element_by_id("main").text_content().split())

    def find(self, path: str) -> list[Any]:
        """Return the elements of an XPath."""
        found = self.tree.xpath(path)
        assert isinstance(found, list)
        return found

    def fields(self, number: int = 0) -> dict[str, str]:
        """Return the fields of the main part's form as a browser would send them.

        A browser drops the first line break of a text field; lxml keeps it.
        """
        form = self.find("//main//form")[number]
        rows = [(name, value) for name, value in form.form_values() if name != "csrf_token"]
        return {name: value.removeprefix("\n") for name, value in rows}


@dataclass
class Client:
    """One browser. ``post`` fetches a fresh token unless ``csrf=False``."""

    app: Flask
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.flask = self.app.test_client()

    def get(self, url: str, **headers: str) -> Page:
        return Page(self.flask.get(url, headers={**self.headers, **_named(headers)}, buffered=True))

    def post(self, url: str, csrf: bool = True, **form: str) -> Page:
        """Post a form; the token is carried in ``csrf_token`` as a page would."""
        if csrf:
            form = {"csrf_token": self.token(), **form}
        return Page(self.flask.post(url, data=form, headers=self.headers, buffered=True))

    def token(self) -> str:
        """Return a form token of this browser's, from the sign-in page."""
        page = self.get("/sign-in")
        return str(page.find("//main//input[@name='csrf_token']/@value")[0])

    def follow(self, page: Page) -> Page:
        """Go where an answer leads."""
        assert 300 <= page.status < 400, page.status
        return self.get(page.location)

    def cookie(self, name: str = "session") -> str | None:
        found = self.flask.get_cookie(name)
        return found.value if found else None


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass
class Site:
    """The application over a test's world."""

    world: World
    app: Flask

    def nobody(self) -> Client:
        """Return a browser that is not signed in."""
        return Client(self.app)

    def sign_in(self, login: str) -> Client:
        """Return a browser signed in as anna, ben, mediator, reader (with a family's tag)."""
        client = Client(self.app)
        page = client.post("/sign-in", login=login, password=PASSWORD)
        assert page.status == 303, page.text
        return client
