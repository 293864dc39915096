"""``demo``: six invented families to look around in, never in production."""

import time

import click
from flask import current_app

from broker.cli.demo.build import begin_anew, build
from broker.cli.demo.logins import read, sign_in_lines
from broker.cli.door import Commands, parts
from broker.store.proof import holds_demo

demo = Commands("demo", help="Six invented families, with passwords made for this installation.")


@demo.command("create")
def create() -> None:
    """Make the demo, and print its passwords; does nothing where there is one already."""
    wired, engine = parts(), current_app.extensions["engine"]
    if wired.settings.production:
        raise click.ClickException("There is no demo in production. Unset BROKER_ENV for one.")
    logins = read(wired.settings.data)
    if holds_demo(engine):
        if logins is not None and logins.complete:
            click.echo("The demo is there already. `demo logins` shows who can sign in.")
            return
        click.echo("The demo was stopped in the middle. It is begun anew.")
        begin_anew(engine)
    began = time.monotonic()
    build(wired, lambda line: click.echo(line))
    click.echo(f"The demo is ready ({time.monotonic() - began:.0f} s).")
    for line in sign_in_lines(wired.settings.data):
        click.echo(line)


@demo.command("logins")
def logins() -> None:
    """Print sign-in names and passwords of the demo."""
    lines = sign_in_lines(parts().settings.data)
    if not lines:
        raise click.ClickException("There is no demo here. `demo create` makes one.")
    for line in lines:
        click.echo(line)
