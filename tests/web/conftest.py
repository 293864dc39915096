"""The application over a world of its own, for tests of pages."""

from pathlib import Path

import pytest

from broker import web
from broker.ports import Parts
from broker.settings import Settings
from broker.store.vault import derive
from tests.web.site import Site
from tests.world import MASTER, World


def make_site(world: World, folder: Path, **settings: object) -> Site:
    """Return a site over a world; ``settings`` replace those of a development machine."""
    config = Settings(data=folder, database="", master=MASTER, **settings)  # type: ignore[arg-type]
    parts = Parts(config, world.work, world.assess, world.hasher, world.clock)
    app = web.make(parts, derive(MASTER, "web"))
    app.extensions["engine"] = world.engine
    return Site(world, app)


@pytest.fixture
def site(world: World, tmp_path: Path) -> Site:
    """The pages over this test's world; open a case with ``site.world.family()``."""
    return make_site(world, tmp_path)
