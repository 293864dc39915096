"""Chooses the parts and wires them. Imports everything, is imported by nobody, holds no rule."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask

from broker import assess, cli, passwords, settings, web
from broker.ports import Parts
from broker.settings import Settings
from broker.store.database import connect
from broker.store.vault import derive
from broker.store.work import SqlWork


def create_app(chosen: Settings | None = None, **parts: Any) -> Flask:
    """Return the application; ``parts`` replace what would be wired (for tests and servers)."""
    config = chosen or settings.load()
    config.data.mkdir(parents=True, exist_ok=True)
    engine = parts.get("engine") or connect(config.database)
    wired = Parts(
        settings=config,
        work=lambda: SqlWork(engine, config.master),
        assess=parts.get("assess") or assess.Client(config.assessor_socket),
        hasher=parts.get("hasher") or passwords.Argon2Hasher(),
        clock=parts.get("clock") or (lambda: datetime.now(UTC)),
    )
    app = Flask("broker", template_folder="../templates", static_folder="../static")
    app.config.update(web.configuration(config, derive(config.master, "web")))
    app.extensions["broker"] = wired
    app.extensions["engine"] = engine
    web.install(app)
    cli.install(app)
    return app
