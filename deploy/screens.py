"""Takes the pictures in docs/screens/: `python -m deploy.screens`, with what the tests need.

Serves the demo from a temporary folder at a set moment, walks it in Chromium as its people would,
and prints page 1 of a record. Every name and word in the pictures is invented.
"""

import io
import logging
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from broker import jobs
from broker.assess.reader import Reader
from broker.cli.demo.build import build
from broker.cli.demo.logins import read
from broker.cli.demo.telling import Telling
from broker.cli.jobs import handlers
from broker.ports import Parts
from broker.settings import Settings
from broker.store import migrate

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
NOW = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
WIDTHS = {320: 2, 1280: 1}
"""Width of a picture in CSS pixels → how many of the screen's pixels each takes."""
TALLEST = {320: 1500, 1280: 1400}
COLOURS = 48
HOSTILE = (
    "You useless liar. Can you bring Robin's blue coat to the school gate on Friday at 17:30?"
    " You are a pathetic excuse for a parent."
)


@dataclass(frozen=True)
class Studio:
    """A running demo, and what is needed to walk it."""

    url: str
    parts: Parts
    clock: Telling
    passwords: dict[str, str]

    def pass_time(self, **by: float) -> None:
        """Let time pass, and do what has fallen due."""
        self.clock.turn(**by)
        jobs.run_due(self.parts, handlers())


@dataclass(frozen=True)
class Shot:
    """One picture: whose page it is, and how one gets there from where this person stood."""

    name: str
    login: str
    go: Callable[[Page, Studio], None]


def press(page: Page, name: str) -> None:
    """Press the button or link of this name."""
    found = page.get_by_role("button", name=name, exact=True)
    (found if found.count() else page.get_by_role("link", name=name, exact=True)).first.click()


def at(path: str) -> Callable[[Page, Studio], None]:
    """Return how to go to an address; ``CASE`` in it is the case of the page before."""

    def go(page: Page, studio: Studio) -> None:
        case = page.url.removeprefix(studio.url).split("/")[2:3]
        page.goto(studio.url + path.replace("CASE", *(case or [""])))

    return go


def by(*names: str) -> Callable[[Page, Studio], None]:
    """Return how to go on by pressing buttons and links one after the other."""

    def go(page: Page, studio: Studio) -> None:
        for name in names:
            press(page, name)

    return go


def thread(name: str) -> Callable[[Page, Studio], None]:
    """Return how to open the thread of this name."""

    def go(page: Page, studio: Studio) -> None:
        at("/c/CASE/threads")(page, studio)
        page.locator("main .list a", has_text=name).first.click()

    return go


def _write(page: Page, studio: Studio) -> None:
    at("/c/CASE/write")(page, studio)
    page.get_by_label("Belongings").check()
    press(page, "Continue")
    page.fill("#text", HOSTILE)
    press(page, "Check wording")


def _send(page: Page, studio: Studio) -> None:
    press(page, "Send")
    press(page, "Send as it is")


def _held(page: Page, studio: Studio) -> None:
    studio.pass_time(seconds=31)
    page.reload()


def _whole(page: Page, studio: Studio) -> None:
    page.get_by_role("link", name="Read all of it").first.click()


def _review(page: Page, studio: Studio) -> None:
    at("/m")(page, studio)
    press(page, "Open the oldest")


def _check_record(page: Page, studio: Studio) -> None:
    page.locator("[name=purpose][value=court]").check()
    press(page, "Look it over")


def _ready(page: Page, studio: Studio) -> None:
    studio.pass_time(seconds=1)
    page.reload()


def _refused(page: Page, studio: Studio) -> None:
    page.fill("[name=login]", "gareth")
    page.fill("[name=password]", "not this one")
    press(page, "Sign in")


SHOTS = (
    Shot("sign-in", "", at("/sign-in")),
    Shot("sign-in-refused", "", _refused),
    Shot("join", "", at("/join")),
    Shot("safety", "", at("/safety")),
    Shot("help", "", at("/help")),
    Shot("how-checking-works", "", at("/how-checking-works")),
    Shot("today", "tamsin", at("/home")),
    Shot("menu", "tamsin", at("/c/CASE/menu")),
    Shot("threads", "tamsin", at("/c/CASE/threads")),
    Shot("thread", "tamsin", thread("Handovers")),
    Shot("whole", "tamsin", _whole),
    Shot("thread-urgent", "tamsin", thread("Something else")),
    Shot("people", "tamsin", at("/c/CASE/people")),
    Shot("reading", "tamsin", at("/c/CASE/settings/reading")),
    Shot("search", "tamsin", at("/c/CASE/search?words=ward")),
    Shot("topic", "gareth", at("/c/CASE/write")),
    Shot("write", "gareth", _write),
    Shot("check", "gareth", by("Look it over")),
    Shot("pause", "gareth", by("Send")),
    Shot("sent", "gareth", by("Send as it is")),
    Shot("sent-held", "gareth", _held),
    Shot("sent-list", "gareth", at("/c/CASE/sent")),
    Shot("desk", "judith", at("/m")),
    Shot("review", "judith", _review),
    Shot("cases", "judith", at("/m/cases")),
    Shot("reader-thread", "lindqvist", thread("School")),
    Shot("records", "tamsin", at("/c/CASE/records")),
    Shot("record-new", "tamsin", by("Make a record")),
    Shot("record-check", "tamsin", _check_record),
    Shot("record-preparing", "tamsin", by("Make the record")),
    Shot("record-ready", "tamsin", _ready),
    Shot("not-here", "tamsin", at("/c/CASE/threads/none")),
)


@contextmanager
def studio() -> Iterator[Studio]:
    """Serve the demo as it is at ``NOW``."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        clock = Telling(NOW)
        settings = Settings(data, f"sqlite:///{data / 'broker.sqlite'}", bytes(range(32)))
        app = create_app(settings, assess=Reader(), clock=clock)
        migrate.upgrade(app.extensions["engine"])
        parts: Parts = app.extensions["broker"]
        build(parts, print)
        people = read(data)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        passwords = {p.login: p.password for p in (people.people if people else ())}
        try:
            yield Studio(f"http://localhost:{server.server_port}", parts, clock, passwords)
        finally:
            server.shutdown()
            thread.join()


def sign_in(browser: Browser, of: Studio, login: str) -> Page:
    """Return a page of this person's own browser; nobody's without a login."""
    context = browser.new_context(device_scale_factor=WIDTHS[320], reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(of.url + "/sign-in")
    if login:
        page.fill("[name=login]", login)
        page.fill("[name=password]", of.passwords[login])
        press(page, "Sign in")
        if login == "lindqvist":
            page.goto(of.url + "/home")
    return page


def take(page: Page, name: str) -> None:
    """Keep a page at each width, as tall as it is, up to a limit."""
    page.wait_for_load_state()
    for width, scale in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 600})
        tall = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": min(max(tall, 600), TALLEST[width])})
        page.evaluate("window.scrollTo(0, 0)")
        picture = Image.open(io.BytesIO(page.screenshot()))
        if scale == 1:
            picture = picture.resize((width, picture.height * width // picture.width))
        keep(picture, f"{name}-{width}.png")


def keep(picture: Image.Image, name: str) -> None:
    """Write a picture with few colours."""
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(FOLDER / name, optimize=True)


def keep_record(page: Page) -> None:
    """Keep page 1 of the record that this page offers."""
    with page.expect_download() as download, tempfile.TemporaryDirectory() as folder:
        press(page, "Download the PDF")
        file = download.value.path()
        drawn = Path(folder) / "page"
        pages = ["-f", "1", "-l", "1", "-r", "80", "-png", "-singlefile"]
        subprocess.run(["pdftoppm", *pages, str(file), str(drawn)], check=True)
        keep(Image.open(drawn.with_suffix(".png")), "record-page.png")


def main() -> None:
    """Take every picture."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    with studio() as of, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        pages: dict[str, Page] = {}
        for shot in SHOTS:
            if shot.login not in pages:
                pages[shot.login] = sign_in(browser, of, shot.login)
            page = pages[shot.login]
            shot.go(page, of)
            take(page, shot.name)
            print(f"{shot.name}: {page.title()}")
        keep_record(pages["tamsin"])
        browser.close()


if __name__ == "__main__":
    main()
