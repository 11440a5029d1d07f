"""What a command says to a person, printed plain or on a terminal.

The words are the same wherever they are printed; a terminal adds its width and colour.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.cli.blocks import Block

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
    from precert.cli.page_lines import lay_out, text_of

    return "\n".join(map(text_of, lay_out(blocks, PLAIN_WIDTH)))
