"""``operator`` and ``person``: who runs the installation, and new passwords (S16)."""

import secrets

import click

from broker import accounts
from broker.cli.door import Commands, parts

operator = Commands("operator", help="The people who run this installation.")
person = Commands("person", help="People who sign in.")


@operator.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--generate", is_flag=True, help="Make a password and print it once.")
def add(login: str, name: str, *, generate: bool) -> None:
    """Add an operator; the password is asked for twice, or made."""
    password = secrets.token_urlsafe(18) if generate else _asked_twice()
    wired = parts()
    accounts.add_operator(login, name, password, work=wired.work(), hasher=wired.hasher)
    click.echo(f"{name} can sign in as {login}.")
    if generate:
        click.echo(f"Password, shown only now: {password}")


def _asked_twice() -> str:
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


@person.command("reset")
@click.argument("login")
def reset(login: str) -> None:
    """Give somebody a new password; two operators or mediators confirm with their own."""
    wired, two = parts(), (_confirmer("First"), _confirmer("Second"))
    fresh = accounts.reset(login, two, work=wired.work(), hasher=wired.hasher, clock=wired.clock)
    click.echo(f"All sessions of {login} have ended. The person is told on every page of a case.")
    click.echo(f"New password, shown only now: {fresh}")


def _confirmer(which: str) -> tuple[str, str]:
    login = click.prompt(f"{which} person who confirms, sign-in name", err=True)
    return login, click.prompt("Their password", hide_input=True, err=True)
