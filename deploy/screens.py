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
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from broker.assess.reader import Reader
from broker.cli.demo.build import build
from broker.cli.demo.logins import read
from broker.cli.demo.telling import Telling
from broker.ports import Parts
from broker.settings import Settings
from broker.store import migrate
from deploy.shots import SHOTS, Studio, press

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
NOW = datetime(2026, 11, 24, 14, 2, tzinfo=UTC)
WIDTHS = {320: 2, 1280: 1}
"""Width of a picture in CSS pixels → how many of the screen's pixels each takes."""
TALLEST = {320: 1500, 1280: 1400}
COLOURS = 48


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
        size = (width * scale, picture.height * width * scale // picture.width)
        keep(picture.resize(size), f"{name}-{width}.png")


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
