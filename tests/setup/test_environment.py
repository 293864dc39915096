"""An environment is whole or it is not there; only what was locked gets in."""

import base64
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from deploy.environment import MARK, Environment
from deploy.refusal import SetupError
from tests.setup.conftest import ROOT


def wheel(folder: Path, size: int = 10) -> Path:
    """Build a package of one module with `size` bytes of spaces."""
    file = folder / "pebble-1.0-py3-none-any.whl"
    parts = {
        "pebble.py": b" " * size,
        "pebble-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: pebble\nVersion: 1.0\n",
        "pebble-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\n"
        b"Tag: py3-none-any\n",
    }
    record = "".join(
        f"{name},sha256={_record_hash(data)},{len(data)}\n" for name, data in parts.items()
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        archive.writestr("pebble-1.0.dist-info/RECORD", record)
    return file


def _record_hash(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def locked(package: Path, digest: str | None = None) -> Path:
    """Write a requirement list with one package and its hash."""
    digest = digest or hashlib.sha256(package.read_bytes()).hexdigest()
    requirements = package.with_name("requirements.txt")
    requirements.write_text(f"pebble @ {package.as_uri()} --hash=sha256:{digest}\n")
    return requirements


@pytest.fixture
def environment(tmp_path):
    return Environment(tmp_path / ".venv", tmp_path / "setup.log")


def test_an_environment_is_made_once_and_made_anew_when_it_was_broken_off(environment, tmp_path):
    said: list[str] = []
    lists = [locked(wheel(tmp_path))]
    environment.make()
    environment.install(lists, said.append)
    assert environment.holds(lists)
    assert said == ["1 of about 1 packages", "all packages are here; putting them in place"]
    ours = environment.folder / "ours"
    ours.touch()

    environment.make()
    assert ours.exists(), "a whole environment is left as it is"

    (environment.folder / MARK).write_text("{}")  # as it stands while something is installed
    assert not environment.holds(lists)
    environment.make()
    assert not ours.exists(), "a broken-off one is made anew"
    assert not environment.holds(lists)


def test_a_package_that_is_not_as_locked_is_not_installed(environment, tmp_path):
    lists = [locked(wheel(tmp_path), digest="0" * 64)]
    environment.make()
    with pytest.raises(SetupError, match="not the one that was locked"):
        environment.install(lists, print)
    assert not environment.folder.exists()


def test_a_changed_list_is_installed_again(environment, tmp_path):
    environment.folder.mkdir()
    lists = [locked(wheel(tmp_path))]
    whole = {"made_for": environment._made_for(), lists[0].name: "the hash of an older list"}
    environment._write(whole)
    assert not environment.holds(lists)
    assert environment.holds([])


def test_an_environment_made_by_somebody_else_is_left_alone(environment):
    environment.folder.mkdir()
    (environment.folder / "theirs").touch()
    with pytest.raises(SetupError, match=r"made by somebody else.* mv "):
        environment.make()
    assert (environment.folder / "theirs").exists()


FILL = """
import resource, sys
from pathlib import Path
from deploy.environment import Environment
from deploy.refusal import SetupError

environment = Environment(Path(sys.argv[1]), Path(sys.argv[2]))
environment.make()
print("made", flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))
try:
    environment.install([Path(sys.argv[3])], print)
except SetupError as refusal:
    print(refusal)
"""


def test_a_disk_that_fills_up_under_a_package_leaves_no_environment(environment, tmp_path):
    requirements = locked(wheel(tmp_path, size=6_000_000))
    done = subprocess.run(
        [sys.executable, "-c", FILL, environment.folder, environment.log, requirements],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "made\n" in done.stdout
    assert "The disk is full, or a limit on the size of files was reached" in done.stdout
    assert not environment.folder.exists()
