"""How Alembic reaches the database: by the connection it is handed, or by our settings."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from broker import settings
from broker.store.columns import Moment, Sealed
from broker.store.database import connect
from broker.store.tables import metadata

FROZEN_TYPES = {Sealed: "sa.LargeBinary()", Moment: "sa.String(length=27)"}


def render(kind: str, item: Any, _: AutogenContext) -> str | bool:
    """Write our column types as what the database has, so that a version stays as it is."""
    return FROZEN_TYPES.get(type(item), False) if kind == "type" else False


def run(connection: Connection) -> None:
    """Carry out what was asked for in one transaction: all versions or none."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_item=render,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    with connect(settings.load().database).connect() as connection:
        run(connection)
