"""Questions put to the machine before anything is changed on it.

Each either returns or raises a SetupError. Knows folders, free room and ports; does not know what
they are needed for.
"""

import errno
import shutil
import socket
import tempfile
from pathlib import Path

from deploy.refusal import SetupError, from_error

MEGABYTE = 1_000_000


def writable(folder: Path) -> None:
    """Make sure that files can be made in a folder, by making one."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"room")
    except OSError as error:
        raise from_error(error, doing="looking at the folder", folder=folder) from None


def room(folder: Path, needed: int) -> int:
    """Make sure that `needed` bytes are free on the folder's disk; return the free bytes."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise SetupError(
            f"The disk is too full: {needed // MEGABYTE} MB are needed in {folder} "
            f"and {free // MEGABYTE} MB are free. Make room and start again."
        )
    return free


def port_number(text: str) -> int:
    """Read a port as a person typed it."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise SetupError(f"PORT={text} is not a port. It is a number up to 65535: make run PORT=8010")


def port_free(port: int) -> None:
    """Make sure that we can listen on a port of this machine."""
    failure = _listen(port)
    if failure == errno.EADDRINUSE:
        raise SetupError(
            f"Port {port} is taken by another program. "
            f"Stop that one, or choose another port: make run PORT={_another(port)}"
        )
    if failure:
        raise SetupError(f"Port {port} may not be used here. Choose another: make run PORT=8010")


def _listen(port: int) -> int:
    """Try to listen on a port for a moment; return 0, or the number of the error."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the web server does: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError as error:
            return error.errno or errno.EIO
    return 0


def _another(port: int) -> int:
    """Find a free port near a taken one."""
    near = (each for each in range(port + 10, 65536, 10) if _listen(each) == 0)
    return next(near, 8010)
