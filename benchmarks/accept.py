"""What one accepted message costs: the whole journey against one bare durable commit.

Both write into the same kind of file in turns within one run. A submission and its acceptance are
two durable commits (message, key, body, form, job; then entries, number, state) and the worker's
two (claim, done), so a ratio of four is the floor.

    make bench, or: python benchmarks/accept.py [MESSAGES]
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from broker.store.database import CAREFUL, journal
from tests.world import make_world

MESSAGES = 100


def main() -> None:
    """Print the median of both and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(Path(folder))
        family = world.family()
        bare = sqlite3.connect(Path(folder) / "bare.sqlite", isolation_level=None)
        for pragma in (*CAREFUL, *journal()):
            bare.execute(pragma)
        bare.execute("CREATE TABLE entries (number INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        ours, floor = [], []
        for number in range(count):
            started = time.perf_counter()
            bare.execute("INSERT INTO entries VALUES (?, ?)", (number, b"x" * 600))
            between = time.perf_counter()
            world.send(family.anna, f"Handover {number} is on Friday at the school gate.")
            ours.append(time.perf_counter() - between)
            floor.append(between - started)
        mine, least = statistics.median(ours) * 1e3, statistics.median(floor) * 1e3
        print(f"one durable commit, raw driver:   {least:6.2f} ms")
        print(f"submit and accept, whole journey: {mine:6.2f} ms")
        print(f"ratio: {mine / least:.1f} (floor 4: four durable commits)")
        bare.close()
        world.engine.dispose()


if __name__ == "__main__":
    main()
