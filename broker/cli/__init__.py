"""``flask broker NOUN VERB``: what an operator does from a terminal. One module for each noun.

Holds no rule: a command reads its words, calls the journey, cases, accounts or imports, and says
what came of it. A refusal is one sentence on the error stream and exit status 1. A noun's module
is imported when it is called for, so that the pages carry none of it.
"""

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

NOUNS = {
    "case": "broker.cli.case",
    "db": "broker.cli.db",
    "demo": "broker.cli.demo",
    "jobs": "broker.cli.jobs",
    "ledger": "broker.cli.ledger",
    "operator": "broker.cli.people",
    "person": "broker.cli.people",
    "serve": "broker.cli.serve",
}
"""Each noun and the module that holds it under the same name; ``serve`` alone has no verbs."""


class Nouns(AppGroup):
    """The group of all nouns."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every noun."""
        return list(NOUNS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a noun."""
        module = NOUNS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(module), cmd_name)
        return command


def install(app: Flask) -> None:
    """Give the application its ``broker`` commands."""
    app.cli.add_command(Nouns("broker", help="Run this installation: flask broker NOUN VERB."))
