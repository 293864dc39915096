"""How fast a log is verified, chain and tree, against hashing the same bytes once.

make bench, or: python benchmarks/verify.py [ENTRIES]
"""

import sys
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from broker.domain.ledger import Entry, commitment, head, next_entry, verify

ENTRIES = 20_000
ORIGIN = "k7q2mm4dx9pt2222/case"


def a_log(size: int) -> list[Entry]:
    """Return a log of deliveries."""
    log: list[Entry] = []
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(size):
        last, at = (log[-1] if log else None), start + timedelta(minutes=number)
        body = commitment(b"s" * 32, str(number))
        meta = {"message": f"m{number:015d}", "thread": "t" * 16, "number": number}
        log.append(next_entry(last, ORIGIN, "message.delivered", "a" * 16, at, body, meta))
    return log


def main() -> None:
    """Print entries a second for both and their ratio."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    log = a_log(size)
    started = time.process_time()
    for entry in log:
        sha256(entry.data).digest()
    bare = size / (time.process_time() - started)
    started = time.process_time()
    faults = verify(ORIGIN, log)
    head(ORIGIN, log)
    ours = size / (time.process_time() - started)
    print(f"hashing alone:         {bare:10,.0f} entries/s")
    print(f"verify, chain and tree:{ours:10,.0f} entries/s, {len(faults)} faults")
    print(f"ratio: {ours / bare:.3f} of hashing alone")


if __name__ == "__main__":
    main()
