"""What a command says to a person: headings, items and tables, printed plain or on a terminal.

The words are the same wherever they are printed; a terminal adds its width and colour.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Heading(NamedTuple):
    """A line that opens a part of the page."""

    text: str


class Item(NamedTuple):
    """A sentence, set in under its heading, behind its label if it has one."""

    text: str
    label: str = ""


class Table(NamedTuple):
    """Rows under a header; a cell may hold line breaks.

    `right` names the columns of numbers. `tones` says of each row what it asks for (`act`, `clear`,
    `open`, `stop`): a terminal colours the column `toned`, whose words say the same.
    """

    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    right: tuple[int, ...] = ()
    tones: Sequence[str] = ()
    toned: int = 0


Block = Heading | Item | Table

PLAIN_WIDTH = 100


def print_page(blocks: Iterable[Block]) -> None:
    """Print the blocks: as wide as the terminal and in colour, or plain where there is none."""
    if sys.stdout.isatty():
        from precert.cli.rich_page import print_rich

        print_rich(blocks)
    else:
        import click

        click.echo(format_page(blocks))


def format_page(blocks: Iterable[Block]) -> str:
    """Return the plain text of the blocks, for pipes, files and logs."""
    from precert.cli.layout import lay_out, text_of

    return "\n".join(map(text_of, lay_out(blocks, PLAIN_WIDTH)))
