"""``flask broker NOUN VERB``: what an operator does from a terminal. One module for each noun.

Holds no rule: a command reads its words, calls the journey, cases, accounts or imports, and says
what came of it. A refusal is one sentence on the error stream and exit status 1.
"""

from flask import Flask
from flask.cli import AppGroup

from broker.cli.door import Commands

NOUNS: tuple[Commands, ...] = ()


def install(app: Flask) -> None:
    """Give the application its ``broker`` commands."""
    group = AppGroup("broker", help="Run this installation: flask broker NOUN VERB.")
    for noun in NOUNS:
        group.add_command(noun)
    app.cli.add_command(group)
