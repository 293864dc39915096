"""Brings a database to the shape of this version, and says where it stands. Knows no table.

Each call is one transaction; a second process that migrates at the same time waits for the first.
"""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from broker.domain.errors import BrokerError
from broker.domain.words import N_
from broker.store.tables import metadata

VERSIONS = Path(__file__).parents[2] / "migrations"


class DatabaseNewer(BrokerError):
    """The database was written by a later version of this software."""

    sentence = N_("This database belongs to a later version of Breakwater. Install that version.")


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database up to a version; does nothing where it is there already.

    Raises:
        DatabaseNewer: it holds a version that this software does not know.

    """
    with engine.connect() as connection:
        try:
            command.upgrade(_config(connection), to)
        except CommandError as error:
            raise DatabaseNewer from error


def downgrade(engine: Engine, to: str = "base") -> None:
    """Take the database back to an earlier version; tables that it did not have are dropped."""
    with engine.connect() as connection:
        command.downgrade(_config(connection), to)


def current(engine: Engine) -> str | None:
    """Return the version of the database; None: it is empty."""
    with engine.connect().execution_options(writing=False) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the version that this software brings."""
    return ScriptDirectory(str(VERSIONS)).get_current_head()


def differences(engine: Engine) -> list[str]:
    """Return what the database has otherwise than ``broker.store.tables`` says; nothing if well."""
    with engine.connect().execution_options(writing=False) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, metadata)]


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(VERSIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
