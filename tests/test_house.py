"""The limits of the house: sizes, docstrings, and what may stand in a file at all.

Import directions are import-linter's; this file holds what it cannot see. Each rule is a function
from a file to what is wrong with it, and is shown to see a file that breaks it.
"""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("app.py", "broker", "nlp", "deploy", "benchmarks", "tests")
PRODUCT = ("app.py", "broker", "nlp")
LINES_OF_A_FILE = 250
LINES_OF_A_FUNCTION = 50
# One story in one file (ADR 3); one shape in one file.
LONGER_ON_PURPOSE = {"broker/journey.py": 360, "broker/store/tables.py": 310}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}

# Which part may import a library that others may not. Of `nlp` import-linter sees the rest.
AT_HOME = {
    "spacy": ("nlp", "tests", "benchmarks"),
    "flask": ("app.py", "broker/web", "broker/cli", "tests"),
}

# A folder of one machine, or the host that packages come from. Put together from pieces, so that
# this file keeps its own rule.
FOLDERS = ("work", "root", "home", "Users")
HOSTS = ("pypi.{}", "pythonhosted.{}", "registry.npmjs.{}", "deb.debian.{}")
MACHINE_PATH = re.compile(rf"(?<![\w.-])/(?:{'|'.join(FOLDERS)})/[\w.]")
PACKAGE_HOST = re.compile("|".join(re.escape(host.format("org")) for host in HOSTS))
BINARY = {".png", ".pdf", ".ttf", ".otf", ".woff2", ".ico", ".mo", ".gz", ".bin", ".jpg", ".npz"}

Rule = Callable[[str, str], Iterator[str]]


def too_long(name: str, text: str) -> Iterator[str]:
    """A file, or a function in it, is longer than a reader can hold."""
    lines = text.count("\n")
    if lines > LONGER_ON_PURPOSE.get(name, LINES_OF_A_FILE):
        yield f"{name}: {lines} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LINES_OF_A_FUNCTION:
                yield f"{name}: {node.name} has {lines} lines"


def silent(name: str, text: str) -> Iterator[str]:
    """A module does not say what lives in it."""
    if text.strip() and not ast.get_docstring(ast.parse(text)):
        yield f"{name}: no docstring"


def nameless(name: str, text: str) -> Iterator[str]:
    """A module is named after nothing."""
    if NAMELESS & {part.removesuffix(".py") for part in Path(name).parts}:
        yield f"{name}: say what lives there"


def away_from_home(name: str, text: str) -> Iterator[str]:
    """A library is imported where it does not belong."""
    for module in _imported(text):
        homes = AT_HOME.get(module.split(".")[0].split("_")[0])
        if homes and not name.startswith(homes):
            yield f"{name}: imports {module}"


def of_one_machine(name: str, text: str) -> Iterator[str]:
    """A file names a folder that only one machine has, or a place that packages come from."""
    for number, line in enumerate(text.splitlines(), start=1):
        if MACHINE_PATH.search(line) or PACKAGE_HOST.search(line):
            yield f"{name}:{number}: {line.strip()[:80]}"


def _imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""


def files() -> list[str]:
    """List what git has, or would take, by paths from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return [name for name in listed if name and (ROOT / name).is_file()]


def modules(tops: tuple[str, ...]) -> list[str]:
    return [name for name in files() if name.endswith(".py") and Path(name).parts[0] in tops]


def found(rule: Rule, names: list[str]) -> list[str]:
    texts = ((name, (ROOT / name).read_text(encoding="utf-8")) for name in names)
    return [wrong for name, text in texts for wrong in rule(name, text)]


@pytest.mark.parametrize("rule", [too_long, silent, nameless, away_from_home])
def test_every_module_keeps_the_limits_of_the_house(rule):
    names = modules(OURS)
    assert len(names) > 10, "the rules look at the real files"
    assert found(rule, names) == []


def test_no_file_names_a_folder_of_one_machine_or_a_package_host():
    names = [name for name in files() if Path(name).suffix not in BINARY]
    assert "Makefile" in names
    assert found(of_one_machine, names) == []


def test_functions_are_mostly_short():
    lengths = sorted(_lengths(modules(PRODUCT)))
    assert not lengths or lengths[len(lengths) // 2] <= 12


def _lengths(names: list[str]) -> Iterator[int]:
    for name in names:
        for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (node.end_lineno or node.lineno) - node.lineno + 1


BROKEN = [
    (too_long, "nlp/a.py", "x = 1\n" * 251),
    (too_long, "nlp/a.py", "def f():\n" + "    x = 1\n" * 50),
    (silent, "nlp/a.py", "x = 1\n"),
    (nameless, "broker/web/utils.py", ""),
    (nameless, "broker/common/names.py", ""),
    (away_from_home, "broker/jobs.py", "import spacy.tokens\n"),
    (away_from_home, "broker/store/tables.py", "from flask_login import UserMixin\n"),
    (away_from_home, "nlp/a.py", "def f():\n    import flask\n"),
    *((of_one_machine, "docs/a.md", f"see /{folder}/anna\n") for folder in FOLDERS),
    *((of_one_machine, "docs/a.md", f"from {host.format('org')}/x\n") for host in HOSTS),
]


@pytest.mark.parametrize(("rule", "name", "text"), BROKEN)
def test_each_rule_sees_what_breaks_it(rule, name, text):
    assert list(rule(name, text))


KEPT = [
    (too_long, "nlp/a.py", "x = 1\n" * 250),
    (too_long, "broker/journey.py", "x = 1\n" * 350),
    (silent, "nlp/__init__.py", ""),
    (nameless, "broker/web/threads.py", ""),
    (away_from_home, "nlp/pipeline.py", "import spacy\n"),
    (away_from_home, "broker/web/guard.py", "from flask import Flask\n"),
    (of_one_machine, "docs/a.md", "see broker/web/guard.py and /c/<case>/home/\n"),
]


@pytest.mark.parametrize(("rule", "name", "text"), KEPT)
def test_each_rule_leaves_alone_what_keeps_it(rule, name, text):
    assert list(rule(name, text)) == []
