"""What an earlier start has left ready, read without the product's own packages.

It lets a second start begin at once. In doubt the answer is no, and the product's own commands look
again: they are the ones that know.
"""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

VERSIONS = Path(__file__).resolve().parent.parent / "migrations" / "versions"


def database_is_ready(data: Path) -> bool:
    """Say whether the embedded database has the newest shape."""
    file = data / "broker.sqlite"
    if not file.is_file() or any(name.startswith("BROKER_DATABASE") for name in os.environ):
        return False
    newest = max(version.name.split("_")[0] for version in VERSIONS.glob("[0-9]*.py"))
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error:
        return False
    return found == [(newest,)]


def demo_is_ready(data: Path) -> bool:
    """Say whether the demo was made to its end."""
    try:
        told = json.loads((data / "demo-logins.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("complete") is True
