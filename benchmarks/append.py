"""How much the database layer costs: one durable row a commit, through SQLAlchemy and without.

Both write the same rows into the same kind of file (journal DELETE, synchronous EXTRA, which is
what the product asks of SQLite), in turns within one run, so that a busy disk slows both alike.
Prints milliseconds for each commit (median of all) and their ratio.

    make bench, or: python benchmarks/append.py [ROWS]
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

ROWS = 200
BODY = b"x" * 400  # about the size of a sealed log entry
PRAGMAS = ("PRAGMA journal_mode=DELETE", "PRAGMA synchronous=EXTRA", "PRAGMA secure_delete=ON")

ENTRIES = sa.Table(
    "entries",
    sa.MetaData(),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

Append = Callable[[int], None]


def with_the_driver(file: Path) -> Append:
    """Append through Python's own sqlite3."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    connection.execute("CREATE TABLE entries (number INTEGER PRIMARY KEY, body BLOB NOT NULL)")

    def append(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO entries VALUES (?, ?)", (number, BODY))
        connection.execute("COMMIT")

    return append


def with_sqlalchemy(file: Path) -> Append:
    """Append through SQLAlchemy Core, one connection taken from the pool for each commit."""
    engine = sa.create_engine(f"sqlite:///{file}")

    @sa.event.listens_for(engine, "connect")
    def durable(connection: sqlite3.Connection, record: object) -> None:
        for pragma in PRAGMAS:
            connection.execute(pragma)

    ENTRIES.create(engine)

    def append(number: int) -> None:
        with engine.begin() as connection:
            connection.execute(sa.insert(ENTRIES), {"number": number, "body": BODY})

    return append


def seconds(append: Append, number: int) -> float:
    """Time one append."""
    begun = time.perf_counter()
    append(number)
    return time.perf_counter() - begun


def measure(rows: int, folder: Path) -> tuple[float, float]:
    """Append rows in turns; return the median seconds of the driver and of SQLAlchemy."""
    driver, core = with_the_driver(folder / "driver.db"), with_sqlalchemy(folder / "core.db")
    times = [(seconds(driver, number), seconds(core, number)) for number in range(rows)]
    return tuple(statistics.median(column) for column in zip(*times, strict=True))  # type: ignore[return-value]


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        driver, core = measure(rows, Path(folder))
    print(f"rows, one a commit     {rows}")
    print(f"sqlite3 alone          {driver * 1000:.2f} ms")
    print(f"through SQLAlchemy     {core * 1000:.2f} ms")
    print(f"ratio                  {core / driver:.2f}")


if __name__ == "__main__":
    main()
