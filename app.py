"""Chooses the parts and wires them. Imports everything, is imported by nobody, holds no rule."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask

from broker import assess, cli, passwords, settings, web
from broker.ports import Parts
from broker.settings import Settings, SettingsRefused
from broker.store.database import connect
from broker.store.proof import holds_demo
from broker.store.vault import derive
from broker.store.work import SqlWork


def create_app(chosen: Settings | None = None, **parts: Any) -> Flask:
    """Return the application; ``parts`` replace what would be wired (for tests and servers).

    Raises:
        SettingsRefused: with settings that were handed in; where they come from the environment,
            the process ends with the sentence and exit status 1.

    """
    if chosen is not None:
        return _wired(chosen, parts)
    try:
        return _wired(settings.load(), parts)
    except SettingsRefused as refused:
        raise SystemExit(f"Error: {refused}") from None


def _wired(config: Settings, parts: dict[str, Any]) -> Flask:
    config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = parts.get("engine") or connect(config.database)
    if config.production and holds_demo(engine):
        raise SettingsRefused("This database holds a demo. Production needs a database of its own.")
    wired = Parts(
        settings=config,
        work=lambda: SqlWork(engine, config.master),
        assess=parts.get("assess") or assess.Client(config.assessor_socket),
        hasher=parts.get("hasher") or passwords.Argon2Hasher(),
        clock=parts.get("clock") or (lambda: datetime.now(UTC)),
    )
    app = web.make(wired, derive(config.master, "web"))
    app.extensions["engine"] = engine
    cli.install(app)
    return app
