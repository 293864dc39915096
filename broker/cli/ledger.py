"""``ledger``: whether the evidence still holds, computed from the stored bytes."""

import click
from flask import current_app

from broker.cli.door import Commands, parts
from broker.store.proof import Proof, prove

ledger = Commands("ledger", help="The ledger: entries that can only be appended.")


@ledger.command("verify")
@click.option("--heads", is_flag=True, help="Print size and root of every log.")
def verify(*, heads: bool) -> None:
    """Recompute every log and every delivered message; exit status 1 if anything does not hold."""
    found = prove(current_app.extensions["engine"], parts().settings.master)
    for head in found.heads if heads else ():
        click.echo(f"{head.origin}  {head.size}  {head.root}")
    for fault in found.faults:
        click.echo(f"{fault.origin}, entry {fault.seq}: {fault.what}", err=True)
    if found.faults:
        raise click.ClickException(f"The ledger does not hold: {len(found.faults)} faults.")
    click.echo(_sentence(found))


def _sentence(found: Proof) -> str:
    size = sum(head.size for head in found.heads)
    return f"The ledger holds: {len(found.heads)} logs, {size} entries, no fault."
