"""The process that sets the pages: a machine record on stdin, a PDF on stdout.

Progress goes to the descriptor named on the command line, one JSON object a line. Takes its own
limits before it reads anything. What goes wrong leaves by an exit status of `Exit`; no text of
a message is ever written to stderr or to disk.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from gettext import NullTranslations
from pathlib import Path
from typing import IO

from broker.record.exits import Exit


def main(progress_fd: int, memory: int, seconds: int, scratch: Path, fonts: Path) -> Exit:
    """Render one record. Returns the status to leave with."""
    _limit(memory, seconds)
    sys.addaudithook(_no_connections)
    with os.fdopen(progress_fd, "w", buffering=1) as progress:
        try:
            return _work(progress, scratch, fonts)
        except MemoryError:
            return Exit.MEMORY
        except Exception as error:
            print(json.dumps({"failed": type(error).__name__}), file=progress)
            return _EXITS.get(type(error).__name__, Exit.BROKEN)


_EXITS = {"FontsMissing": Exit.FONTS, "ForbiddenAddress": Exit.ADDRESS, "RecordError": Exit.RECORD}


def _limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _no_connections(event: str, _args: tuple[object, ...]) -> None:
    """Refuse every connection, whoever asks for it: the second lock behind the fetcher."""
    if event.startswith("socket."):
        raise PermissionError("A record is made without any connection.")


def _work(progress: IO[str], scratch: Path, folder: Path) -> Exit:
    from broker.record import fonts

    fonts.check_fonts(folder)
    fonts.use_only(folder, scratch)
    return _render(progress, folder)


def _render(progress: IO[str], folder: Path) -> Exit:
    """Set the pages. WeasyPrint is imported here: Pango reads its fonts at that moment."""
    from broker.record import fonts, machine, page, pdf

    def tell(**step: object) -> None:
        print(json.dumps(step), file=progress)

    tell(step="collecting")
    given = sys.stdin.buffer.read()
    record = machine.read_machine_record(given)
    # fontTools stamps each subset font with the time of day unless it is told a time (R17).
    os.environ["SOURCE_DATE_EPOCH"] = str(int(record.made_at.timestamp()))
    text = page.html(record, given, _translations(record.language), fonts.drawable(folder))
    sheets = pdf.set_pages(
        text, page.sheets(), given, record.made_at,
        on_page=_pages(tell),
        on_writing=lambda pages: tell(step="writing", pages=pages),
    )  # fmt: skip
    sys.stdout.buffer.write(sheets.data)
    sys.stdout.buffer.flush()
    tell(step="done", pages=sheets.pages)
    return Exit.DONE


def _pages(tell: Callable[..., None]) -> Callable[[int], None]:
    """Count the pages as they are set; from the second round on their number is known."""
    seen = {"highest": 0, "known": 0}

    def on_page(number: int) -> None:
        if number == 1:
            seen["known"] = seen["highest"]
        seen["highest"] = max(seen["highest"], number)
        tell(step="setting", page=number, pages=seen["known"] or None)

    return on_page


def _translations(language: str) -> NullTranslations:
    from babel.support import Translations

    from broker.record.page import TRANSLATIONS

    return Translations.load(TRANSLATIONS, [language.replace("-", "_"), language.split("-")[0]])


if __name__ == "__main__":
    fd, memory, seconds, scratch, fonts = sys.argv[1:]
    sys.exit(main(int(fd), int(memory), int(seconds), Path(scratch), Path(fonts)))
