"""What exists is documented: every command, argument, option and exit code."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from precert.cli.group import precert

PAGE = (Path(__file__).parent.parent.parent / "docs" / "cli.md").read_text("utf-8")
SECTIONS = {
    title.split()[1]: text
    for title, text in re.findall(
        r"^## `([^`]+)`\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE
    )
}
CONTEXT = click.Context(precert)
COMMANDS = {name: precert.get_command(CONTEXT, name) for name in precert.list_commands(CONTEXT)}


def test_every_command_has_its_section() -> None:
    assert list(SECTIONS) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_in_its_section_and_says_what_it_is(name: str) -> None:
    command = COMMANDS[name]
    assert command is not None
    assert command.help
    assert command.short_help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            for flag in (*parameter.opts, *parameter.secondary_opts):
                assert f"`{flag}" in SECTIONS[name], flag


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_documented_that_is_none(name: str) -> None:
    command = COMMANDS[name]
    assert command is not None
    flags = {flag for one in command.params for flag in (*one.opts, *one.secondary_opts)}
    rows = re.findall(r"^\| (`-[^|]*) \|", SECTIONS[name].replace("\\|", ""), re.MULTILINE)
    documented = {flag for row in rows for flag in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row)}
    assert documented == {flag for flag in flags if flag.startswith("-")}


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_every_exit_code_is_documented(code: int) -> None:
    assert f"\n| {code} | " in PAGE
