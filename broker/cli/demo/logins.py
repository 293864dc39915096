"""Who can sign in to the demo: kept in a file of the data folder that only its owner reads."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "demo-logins.json"


@dataclass(frozen=True)
class Login:
    """One person of the demo."""

    login: str
    password: str
    name: str
    what: str


@dataclass(frozen=True)
class Logins:
    """Everybody, and whether the demo was made to its end."""

    people: tuple[Login, ...]
    complete: bool


def read(data: Path) -> Logins | None:
    """Return what the file says, or None where there is no demo."""
    try:
        plain = json.loads((data / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Logins(tuple(Login(**person) for person in plain["people"]), plain["complete"])


def write(data: Path, logins: Logins) -> None:
    """Replace the file, in one step; nobody else may read it."""
    fresh = data / f"{FILE}.new"
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(logins), file, indent=1, ensure_ascii=False)
    fresh.replace(data / FILE)


def sign_in_lines(data: Path) -> list[str]:
    """Return one line a person saying how to sign in; none where there is no demo."""
    found = read(data)
    if found is None or not found.complete:
        return []
    width = max(len(person.login) for person in found.people)
    return [f"{p.login:<{width}}  {p.password}  {p.what}" for p in found.people]
