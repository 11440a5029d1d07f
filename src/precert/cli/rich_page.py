"""A page on a terminal: as wide as it, and with colour unless NO_COLOR is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from precert.cli.page_lines import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from precert.cli.blocks import Block

_STYLES = {
    "heading": "bold",
    "label": "dim",
    "act": "bold yellow",
    "clear": "green",
    "open": "bold cyan",
    "stop": "bold red",
    "": "",
}
"""The looks of a style; the words say it too."""


def print_rich(blocks: Iterable[Block], console: Console | None = None) -> None:
    """Print the blocks on the console, by default the terminal of standard output."""
    console = console or Console(highlight=False, markup=False, emoji=False)
    for line in lay_out(blocks, console.width):
        text = Text.assemble(*((span.text, _STYLES[span.style]) for span in line))
        text.rstrip()
        console.print(text, soft_wrap=True)
