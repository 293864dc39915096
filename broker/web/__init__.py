"""The web door: pages for the people of a case, put together here.

Each module below is one task a person has. It knows requests and pages; what happens to a message
is the journey's business.
"""

from typing import Any

from flask import Flask

from broker.ports import Parts
from broker.settings import Settings
from broker.web import (
    desk,
    guard,
    headers,
    home,
    join,
    language,
    leave,
    menu,
    people,
    public,
    record,
    refusals,
    sent,
    shield,
    sign_in,
    threads,
    today,
    words,
    write,
)

MODULES = (
    public, sign_in, leave, join, home, menu,
    today, threads, write, sent, people, shield,
    desk, record,
)  # fmt: skip
"""Every module with pages, each with its blueprint ``pages``."""

LARGEST = 256 * 1024
"""Bytes of a request: 8,000 code points take up to 12 bytes each in a form."""


def configuration(settings: Settings, key: bytes) -> dict[str, Any]:
    """Return what Flask and its extensions are told. ``key`` signs the form tokens' cookie.

    Flask's own session carries the form token alone; who is signed in stands in the store.
    """
    return {
        "SECRET_KEY": key,
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "MAX_CONTENT_LENGTH": LARGEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST,
        "MAX_FORM_PARTS": 100,
        "PROVIDE_AUTOMATIC_OPTIONS": False,
        "SESSION_COOKIE_NAME": "__Host-form" if settings.production else "form",
        "SESSION_COOKIE_SECURE": settings.production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_PROTECTION": None,
        "WTF_CSRF_TIME_LIMIT": 12 * 60 * 60,
        "WTF_CSRF_SSL_STRICT": False,  # no page sends a Referer; Sec-Fetch-Site is asked instead
        "BABEL_DEFAULT_LOCALE": settings.languages[0],
        "BABEL_DEFAULT_TIMEZONE": "UTC",
    }


def install(app: Flask) -> None:
    """Put everything into the application: first who may come, then the pages."""
    headers.install(app)
    language.install(app)
    refusals.install(app)
    guard.install(app)
    words.install(app)
    for module in MODULES:
        app.register_blueprint(module.pages)


def make(parts: Parts, key: bytes) -> Flask:
    """Return an application with its pages, over the parts of an installation."""
    app = Flask("broker", template_folder="../templates", static_folder="../static")
    app.config.update(configuration(parts.settings, key))
    app.extensions["broker"] = parts
    install(app)
    return app
