"""What every command shares: its parts, and how a refusal leaves by the error stream."""

from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from broker.domain.errors import BrokerError
from broker.ports import Parts
from broker.settings import SettingsRefused

NO_DATABASE = "The database cannot be used. Run: flask broker db upgrade, and look at the disk."


class Commands(AppGroup):
    """A noun with its verbs; a refusal is a sentence and exit status 1, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except (BrokerError, SettingsRefused) as refusal:
            raise click.ClickException(str(refusal)) from refusal
        except OperationalError as error:
            raise click.ClickException(NO_DATABASE) from error


def parts() -> Parts:
    """Return the parts of this installation."""
    wired: Parts = current_app.extensions["broker"]
    return wired
