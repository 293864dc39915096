"""A setting or a command that is not on the page for operators fails here."""

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest
from flask import Flask

from broker.cli import NOUNS, Nouns
from broker.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
VARIABLES = re.findall(r'read\("([A-Z_]+)"\)', (ROOT / "broker" / "settings.py").read_text())


def commands() -> list[str]:
    group, found = Nouns("broker"), []
    context = click.Context(group)
    for noun in NOUNS:
        command = group.get_command(context, noun)
        assert command is not None
        verbs = command.list_commands(context) if isinstance(command, click.Group) else [""]
        found += [f"{noun} {verb}".strip() for verb in verbs]
    return found


@pytest.mark.parametrize("field", [field.name for field in fields(Settings)])
def test_every_setting_stands_on_the_page(field: str) -> None:
    assert f"`{field}`" in PAGE


@pytest.mark.parametrize("variable", sorted(set(VARIABLES)))
def test_every_variable_that_is_read_stands_on_the_page(variable: str) -> None:
    assert f"| `BROKER_{variable}` |" in PAGE


def test_the_page_names_no_variable_that_is_not_read() -> None:
    named = {name.removesuffix("_FILE") for name in re.findall(r"BROKER_([A-Z_]+)", PAGE)}
    assert named == set(VARIABLES)


@pytest.mark.parametrize("command", commands())
def test_every_command_stands_on_the_page(command: str) -> None:
    assert re.search(rf"^\| `{command}[ `]", PAGE, re.MULTILINE)


def test_the_page_names_no_command_that_is_not_there(app: Flask) -> None:
    section = PAGE.split("## Commands")[1].split("To run the processes")[0]
    named = set()
    for row in re.findall(r"^\| `([^`]+)`", section, re.MULTILINE):
        words = row.split()
        named.add(words[0] if words[0] == "serve" else " ".join(words[:2]))
    assert named == set(commands())
