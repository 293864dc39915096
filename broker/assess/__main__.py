"""``python -m broker.assess SOCKET``: the assessor as a process of its own."""

import sys
from pathlib import Path

from broker.assess.process import listen, serve


def main() -> None:
    """Listen first, so that clients wait for the model instead of failing; then load and serve."""
    line = listen(Path(sys.argv[1]))
    from broker.assess.reader import Reader

    serve(line, Reader())


if __name__ == "__main__":
    main()
