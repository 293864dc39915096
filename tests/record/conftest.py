"""Records to test with: builders, and one printed record for all tests that read pages."""

import io
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pikepdf
import pytest

from broker.record.render import Pdf, make_pdf
from broker.record.value import (
    Attachment,
    Claim,
    Entry,
    Event,
    Head,
    Message,
    Party,
    Record,
    Thread,
)

START = datetime(2025, 10, 20, 9, 0, 40, tzinfo=UTC)


@dataclass(frozen=True)
class Make:
    """Builders of record values with plain defaults; every field can be changed."""

    @staticmethod
    def message(
        number: int = 1, text: str = "I will be there at 17:30.", **changes: Any
    ) -> Message:
        fields: dict[str, Any] = {
            "ref": f"T3-{number}", "number": number, "delivered_at": START + timedelta(days=number),
            "accepted_at": None, "author": "Dario Venn", "to": "Maren Holt", "topic": "handovers",
            "reply_ref": None, "text": text,
        }  # fmt: skip
        return Message(**(fields | changes))

    @classmethod
    def imported(cls, number: int = 1, text: str = "From before.", **changes: Any) -> Message:
        claim = Claim(
            "Dario V", "2024-03-14T10:05:00+00:00", datetime(2024, 3, 14, 10, 5, tzinfo=UTC)
        )
        return cls.message(number, text, **({"ref": f"T3-i{number}", "imported": claim} | changes))

    @classmethod
    def thread(cls, *messages: Message, **changes: Any) -> Thread:
        messages = messages or (cls.message(),)
        last = max((m.number for m in messages if not m.imported), default=0)
        fields: dict[str, Any] = {
            "ref": "T3", "title": "Handovers", "first": min(1, last), "last": last,
            "delivered": last, "messages": messages,
        }  # fmt: skip
        return Thread(**(fields | changes))

    @classmethod
    def record(cls, *threads: Thread, **changes: Any) -> Record:
        fields: dict[str, Any] = {
            "record_id": "M4TD", "export_number": 7, "software": "Breakwater 0.1.0",
            "made_at": datetime(2026, 3, 14, 10, 5, 40, tzinfo=UTC), "case_label": "Holt and Venn",
            "about": "It is about two children.", "requester": "Maren Holt", "purpose": "court",
            "parties": (Party("parent", "Maren Holt"), Party("parent", "Dario Venn")),
            "zone": "Europe/London", "threads": threads or (cls.thread(),),
        }  # fmt: skip
        return Record(**(fields | changes))


@dataclass(frozen=True)
class Paper:
    """A printed record: the value, the PDF, and the text of each page."""

    record: Record
    pdf: Pdf
    pages: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)

    def open(self) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(self.pdf.data))


def print_record(record: Record) -> Paper:
    pdf = make_pdf(record)
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf.data, capture_output=True)
    assert done.returncode == 0, done.stderr
    return Paper(record, pdf, done.stdout.decode().split("\f")[:-1])


@pytest.fixture(scope="session")
def make() -> type[Make]:
    return Make


@pytest.fixture(scope="session")
def printed() -> Callable[[Record], Paper]:
    return print_record


@pytest.fixture(scope="session")
def paper() -> Paper:
    """One record with a little of everything, printed once for all tests of a worker."""
    long = "\n\n".join(
        f"Paragraph {number}. " + "Words and more words. " * 20 for number in range(12)
    )
    thread = Make.thread(
        Make.message(1, "Can you collect Ada at 17:30?\n\nShe needs the blue bag."),
        Make.message(2, "Yes. 👍🏽 ❤️ 👨‍👩‍👧", author="Maren Holt", reply_ref="T3-1"),
        Make.message(3, "Она дома. שלום לכולם. أنا تعبان. Ça va, señora? Ω", urgent="for today"),
        Make.message(4, long, attachments=(Attachment("letter.pdf", "PDF"),)),
        Make.message(9, "The last one.", accepted_at=START + timedelta(days=8, hours=20)),
        Make.imported(1, "An older one."),
        last=10, delivered=14,
    )  # fmt: skip
    return print_record(
        Make.record(
            thread,
            Make.thread(
                Make.message(1, ref="T5-1", reply_ref="T4-8"), ref="T5", title="Money & <b>"
            ),
            filters=("Only the topics handovers and school.",),
            events=(Event(START, "The case was opened by a mediator."),),
            heads=(Head("Case log", 212, "9b1c04e7" * 8),),
            entries=(Entry("case", 0, '{"kind":"case.opened"}'),),
        )
    )
