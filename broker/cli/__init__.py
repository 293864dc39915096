"""``flask broker NOUN VERB``: what an operator does from a terminal. One module for each noun.

Holds no rule: a command reads its words, calls the journey, cases, accounts or imports, and says
what came of it. A refusal is one sentence on the error stream and exit status 1.
"""

from flask import Flask
from flask.cli import AppGroup

from broker.cli.case import case
from broker.cli.db import db
from broker.cli.demo import demo
from broker.cli.door import Commands
from broker.cli.jobs import jobs
from broker.cli.ledger import ledger
from broker.cli.people import operator, person
from broker.cli.serve import serve

NOUNS: tuple[Commands, ...] = (case, db, demo, jobs, ledger, operator, person)


def install(app: Flask) -> None:
    """Give the application its ``broker`` commands."""
    group = AppGroup("broker", help="Run this installation: flask broker NOUN VERB.")
    for noun in NOUNS:
        group.add_command(noun)
    group.add_command(serve)
    app.cli.add_command(group)
