"""HTML on paper: WeasyPrint with nothing but our own style sheets within its reach.

The fetcher serves the `record:` scheme from memory and ends the rendering at any other address
(threats.md E4): no file, no connection. Made to the rules of PDF/A-3, tagged, with the machine
record embedded; the same input gives the same bytes. Has to run in a process where
`fonts.use_only` was called first.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from weasyprint import HTML, Attachment
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

VARIANT = "pdf/a-3a"


class ForbiddenAddress(RuntimeError):
    """The pages asked for something that is not ours to give."""


class OnlyOurs(URLFetcher):  # type: ignore[misc]
    """Serve named sheets from memory; end the rendering at any other address."""

    def __init__(self, sheets: Mapping[str, str]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._sheets = sheets

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Answer `record:NAME` for a known name, and nothing else."""
        scheme, _, name = url.partition(":")
        if scheme != "record" or name not in self._sheets:
            raise FatalURLFetchingError("The record asked for an address that is not its own.")
        return URLFetcherResponse(url, self._sheets[name], {"Content-Type": "text/css"})


@dataclass(frozen=True, slots=True)
class Sheets:
    """A finished PDF and its number of pages."""

    data: bytes
    pages: int


def set_pages(
    html: str, sheets: Mapping[str, str], machine: bytes, made_at: datetime,
    on_page: Callable[[int], None], on_writing: Callable[[int], None],
) -> Sheets:  # fmt: skip
    """Set the pages and write the PDF. Raises `ForbiddenAddress` when the HTML reaches out."""
    fetcher = OnlyOurs(sheets)
    _listen(on_page)
    try:
        document = HTML(string=html, base_url="record:", url_fetcher=fetcher).render(
            presentational_hints=False, pdf_variant=VARIANT
        )
    except FatalURLFetchingError as error:  # a BaseException: `except Exception` would miss it
        if isinstance(error.__cause__, MemoryError):
            raise error.__cause__ from None
        raise ForbiddenAddress(str(error)) from None
    document.metadata.attachments.append(_attachment(machine, made_at, fetcher))
    on_writing(len(document.pages))
    data = document.write_pdf(pdf_variant=VARIANT, full_fonts=False)
    return Sheets(data, len(document.pages))


def _attachment(machine: bytes, made_at: datetime, fetcher: OnlyOurs) -> Attachment:
    stamp = made_at.replace(microsecond=0)
    return Attachment(
        string=machine, name="record.json", description="The record for machines",
        created=stamp, modified=stamp, relationship="Source", url_fetcher=fetcher,
        base_url="record:",
    )  # fmt: skip


def _listen(on_page: Callable[[int], None]) -> None:
    logger = logging.getLogger("weasyprint.progress")
    logger.handlers[:] = [_Pages(on_page)]
    logger.setLevel(logging.INFO)
    logger.propagate = False


class _Pages(logging.Handler):
    """Hear from WeasyPrint which page it is setting."""

    def __init__(self, on_page: Callable[[int], None]) -> None:
        super().__init__()
        self._on_page = on_page

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple) and "Page %d" in str(record.msg):
            self._on_page(int(str(record.args[0])))
