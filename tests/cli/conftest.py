"""Commands over a world of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from broker import cli
from broker.ports import Parts
from broker.settings import Settings
from tests.world import MASTER, World

Run = Callable[..., Result]


@pytest.fixture
def app(world: World, tmp_path: Path) -> Flask:
    """An application with the commands alone."""
    settings = Settings(data=tmp_path, database=str(world.engine.url), master=MASTER)
    made = Flask("broker")
    made.extensions["broker"] = Parts(settings, world.work, world.assess, world.hasher, world.clock)
    made.extensions["engine"] = world.engine
    cli.install(made)
    return made


@pytest.fixture
def run(app: Flask) -> Run:
    """Run ``flask broker …``; ``typed`` are the lines given to prompts."""

    def invoke(*words: str, typed: tuple[str, ...] = ()) -> Result:
        lines = "".join(f"{line}\n" for line in typed)
        return app.test_cli_runner().invoke(args=["broker", *words], input=lines)

    return invoke
