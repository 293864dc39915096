"""One frozen ``Settings`` from the environment (``BROKER_*``, each also ``BROKER_*_FILE``).

In production it refuses to start without secrets of its own, and with a demo database.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class SettingsRefused(Exception):
    """The installation is not safe to start; the sentence says what to set."""


@dataclass(frozen=True)
class Settings:
    """Everything an operator can set. Paths are absolute."""

    data: Path
    database: str
    master: bytes
    production: bool = False
    name: str = "Notes"
    leave_for: str = "https://www.weather.gov/"
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    languages: tuple[str, ...] = ("en",)
    help_lines: Path | None = None
    port: int = 8000

    @property
    def assessor_socket(self) -> Path:
        """Where the one assessor process listens."""
        return self.data / "assessor.sock"

    @property
    def cookie(self) -> str:
        """Name of the session cookie; the ``__Host-`` prefix needs TLS in front."""
        return "__Host-session" if self.production else "session"


def load(environment: Mapping[str, str] = os.environ, root: Path | None = None) -> Settings:
    """Return the settings of this installation.

    Raises:
        SettingsRefused: production without a master key, or with one that is not 32 bytes long.

    """
    read = _reader(environment)
    data = Path(read("DATA") or (root or Path.cwd()) / "var").resolve()
    production = read("ENV") == "production"
    lines = read("HELP_LINES")
    return Settings(
        data=data,
        database=read("DATABASE") or f"sqlite:///{data / 'broker.sqlite'}",
        master=_master(read("MASTER_KEY"), data, production=production),
        production=production,
        name=read("NAME") or Settings.name,
        leave_for=read("LEAVE_FOR") or Settings.leave_for,
        trusted_hosts=tuple((read("TRUSTED_HOSTS") or ",".join(Settings.trusted_hosts)).split(",")),
        help_lines=Path(lines) if lines else None,
        port=int(read("PORT") or Settings.port),
    )


def _reader(environment: Mapping[str, str]):  # type: ignore[no-untyped-def]
    def read(name: str) -> str | None:
        path = environment.get(f"BROKER_{name}_FILE")
        return Path(path).read_text().strip() if path else environment.get(f"BROKER_{name}")

    return read


def _master(given: str | None, data: Path, *, production: bool) -> bytes:
    """Return the master key (hex); outside of production it is made once and kept in a file."""
    if given is None and production:
        raise SettingsRefused("Set BROKER_MASTER_KEY_FILE to a file with 64 hexadecimal digits.")
    master = bytes.fromhex(given if given is not None else _own_key(data / "master.key"))
    if len(master) != 32:
        raise SettingsRefused("The master key has 64 hexadecimal digits (32 bytes).")
    return master


def _own_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(fresh, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()
