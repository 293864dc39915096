"""``db``: the database and its versions."""

import click
from flask import current_app
from sqlalchemy import Engine

from broker.cli.door import Commands
from broker.store import migrate

db = Commands("db", help="The database and its versions.")


def _engine() -> Engine:
    engine: Engine = current_app.extensions["engine"]
    return engine


@db.command("upgrade")
def upgrade() -> None:
    """Bring the database up to this version; it may be run at any time."""
    before = migrate.current(_engine())
    migrate.upgrade(_engine())
    after = migrate.current(_engine())
    click.echo(f"The database is at version {after}" + ("." if before == after else ", new."))


@db.command("current")
def current() -> None:
    """Say at which version the database is."""
    click.echo(f"{migrate.current(_engine()) or 'empty'} (newest: {migrate.newest()})")


@db.command("check")
def check() -> None:
    """Compare the database with what this version expects; exit status 1 where they differ."""
    if migrate.current(_engine()) != migrate.newest():
        raise click.ClickException("The database is not up to date. Run: flask broker db upgrade")
    found = migrate.differences(_engine())
    for difference in found:
        click.echo(difference, err=True)
    if found:
        raise click.ClickException("The database differs from what this version expects.")
    click.echo("The database is as this version expects it.")
