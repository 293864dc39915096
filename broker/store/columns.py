"""Two column types: a UTC moment kept as sortable text, and sealed bytes that take nothing else."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.types import TypeDecorator


class Box(bytes):
    """Sealed bytes, as only ``broker.store.vault`` makes them."""


class Sealed(TypeDecorator[Box]):
    """A column for sealed text. Plain text or bytes are refused before they reach the database."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Box | None, dialect: Any) -> bytes | None:
        """Refuse whatever the vault did not seal."""
        if value is not None and not isinstance(value, Box):
            raise TypeError("this column takes sealed bytes only")
        return value

    def process_result_value(self, value: bytes | None, dialect: Any) -> Box | None:
        """Hand sealed bytes back, still sealed."""
        return None if value is None else Box(value)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as UTC text with microseconds, so that text order is time order."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """Write ``2026-11-23T14:02:30.000000Z``; a time without zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment needs its zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """Read it back, aware and in UTC."""
        return None if value is None else datetime.fromisoformat(value)
