"""What exists is documented: every command, argument, option and exit code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from precert.cli.group import precert

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (Path(__file__).parent.parent.parent / "docs" / "cli.md").read_text("utf-8")
CONTEXT = click.Context(precert)


def leaves(group: click.Group, *above: str) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands by their names as they are typed, those of groups within too."""
    for name in group.list_commands(CONTEXT):
        command = group.get_command(CONTEXT, name)
        assert command is not None
        assert command.short_help, name
        if isinstance(command, click.Group):
            yield from leaves(command, *above, name)
        else:
            yield " ".join((*above, name)), command


COMMANDS = dict(leaves(precert))
SECTIONS = {
    " ".join(re.findall(r"(?<= )[a-z]+(?= |$)", title)): text
    for title, text in re.findall(
        r"^## `([^`]+)`\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE
    )
}


def test_every_command_has_its_section() -> None:
    assert sorted(SECTIONS) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_in_its_section_and_says_what_it_is(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            for flag in (*parameter.opts, *parameter.secondary_opts):
                assert f"`{flag}" in SECTIONS[name], flag


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_documented_that_is_none(name: str) -> None:
    command = COMMANDS[name]
    flags = {flag for one in command.params for flag in (*one.opts, *one.secondary_opts)}
    rows = re.findall(r"^\| (`-[^|]*) \|", SECTIONS[name].replace("\\|", ""), re.MULTILINE)
    documented = {flag for row in rows for flag in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row)}
    assert documented == {flag for flag in flags if flag.startswith("-")}


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_every_exit_code_is_documented(code: int) -> None:
    assert f"\n| {code} | " in PAGE
