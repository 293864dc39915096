"""A real Chromium against the real application: real language step, real PDF, a clock to turn.

The server runs in this process, so that a test can let thirty seconds pass by turning the clock.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from broker import jobs
from broker.assess.reader import Reader
from broker.cli.jobs import handlers
from broker.ports import Parts
from broker.settings import Settings
from tests.world import MASTER, PASSWORD, Family, World

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
CHROMIUM = "/usr/bin/chromium"
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The language step, loaded once."""
    return Reader()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the session, with the back/forward cache that playwright turns off."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=FLAGS,
            ignore_default_args=["--disable-back-forward-cache"],
        )
        yield browser
        browser.close()


@dataclass
class Live:
    """A running site: where it is, its world, and somebody's signed-in page."""

    url: str
    world: World
    app: Flask
    open: Callable[..., BrowserContext]

    def pass_time(self, **by: float) -> None:
        """Let time pass, and do what has fallen due, as the worker would."""
        self.world.clock.turn(**by)
        parts: Parts = self.app.extensions["broker"]
        jobs.run_due(parts, handlers())

    def sign_in(self, login: str, **context: object) -> Page:
        """Return a page of a browser of its own, in which this person has signed in."""
        page = self.open(**context).new_page()
        page.goto(self.url + "/sign-in")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        return page


@pytest.fixture
def live(
    world: World, reader: Reader, chromium: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Live]:
    """The site over this test's world, on a free port; over TLS where the test asks for "https"."""
    scheme = getattr(request, "param", "http")
    world.assess = reader  # type: ignore[assignment]
    port = a_free_port()
    settings = Settings(
        data=tmp_path,
        database="",
        master=MASTER,
        production=scheme == "https",
        leave_for=f"{scheme}://127.0.0.1:{port}/safety",  # another site than localhost
    )
    app = create_app(
        settings, engine=world.engine, assess=reader, hasher=world.hasher, clock=world.clock
    )
    tls = certificate(tmp_path) if scheme == "https" else None
    server = make_server("localhost", port, app, threaded=True, ssl_context=tls)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    contexts: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        contexts.append(chromium.new_context(ignore_https_errors=True, **options))  # type: ignore[arg-type]
        return contexts[-1]

    yield Live(f"{scheme}://localhost:{port}", world, app, open_context)
    for context in contexts:
        context.close()
    server.shutdown()
    thread.join()


def a_free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path) -> tuple[str, str]:
    """Write a certificate for localhost that signs itself, and return the files of both halves."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    cert, secret = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(signed.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(cert), str(secret)


@pytest.fixture
def family(live: Live) -> Family:
    """A case whose terms hold grave messages, everybody joined."""
    return live.world.family()
