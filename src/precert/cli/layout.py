"""`precert layout`: draft a layout for a new list, and check what one leaves unread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from precert.cli.options import line_of_business_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.cli.blocks import Block
    from precert.compiler import LayoutCheck

_SHOWN = 30


@click.group(name="layout", short_help="Draft a layout for a new list, or check one.")
def command() -> None:
    """Draft a layout for a list that none reads yet, or check what a layout leaves unread."""


@command.command(short_help="Propose a layout for a document.")
@click.argument("document", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE.toml",
    type=click.Path(path_type=Path),
    help="Write the draft into a new file instead of printing it.",
)
def draft(*, document: Path, output: Path | None) -> None:
    """Propose a layout for DOCUMENT: what its columns hold, its decision words, platforms, notes.

    What is not clear stands in the draft as a question, in a comment. It quotes the document, so it
    belongs on this machine until the quotations are removed.
    """
    from precert.compiler import draft_of_document

    text = draft_of_document(document)
    if output is None:
        click.echo(text, nl=False)
        return
    _write_new(output, text)
    questions = sum(line.startswith("# ?") for line in text.splitlines())
    click.echo(
        f"Written to {output}, with {questions:,} questions. Answer them in the file, then run:\n"
        f"precert layout check {output} {document}"
    )


def _write_new(path: Path, text: str) -> None:
    from precert.errors import Unwritable

    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Unwritable(str(path), "is there already: name another file, or remove it") from None
    except OSError as error:
        raise Unwritable(str(path), f"cannot be written ({error.strerror})") from error


@command.command(short_help="Say what a layout leaves unread in a document.")
@click.argument("layout", metavar="LAYOUT")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...", type=click.Path())
@line_of_business_option
@click.pass_context
def check(
    ctx: click.Context, *, layout: str, documents: tuple[str, ...], line_of_business: str | None
) -> None:
    """Say what LAYOUT, a bundled layout's name or a file, still leaves unread in DOCUMENT...

    Exits with 1 if anything is left unread, or nothing was read.
    """
    from precert.cli.page import print_page
    from precert.compiler import check_layout

    paths = list(map(Path, documents))
    checked = check_layout(layout, paths, line_of_business=line_of_business)
    print_page(_page(checked))
    if not checked.is_complete:
        ctx.exit(1)


def _page(checked: LayoutCheck) -> Iterator[Block]:
    from precert.cli.blocks import Heading, Item, Table

    yield Heading("What the layout reads")
    yield Item(f"{checked.rules:,} rules, {checked.wholly_read:,} of them wholly.")
    yield Item(f"{checked.lines:,} lines or rows, {checked.unexplained:,} of them not explained.")
    if checked.unread:
        yield Heading("Unread in rules")
        rows = [
            (f"{one.rows:,}", one.field, one.text or "(see the diagnostics)", str(one.first))
            for one in checked.unread[:_SHOWN]
        ]
        yield Table(("Rules", "Field", "Text", "First"), rows, right=(0,))
        yield from _more(len(checked.unread))
    if checked.outside:
        yield Heading("Outside the rules")
        rows = [
            (f"{count:,}", found.code, found.sentence, str(found.ref))
            for found, count in checked.outside[:_SHOWN]
        ]
        yield Table(("Times", "Code", "What", "First"), rows, right=(0,))
        yield from _more(len(checked.outside))
    if checked.is_complete:
        yield Heading("Nothing is left unread.")
    elif checked.rules == 0:
        yield Heading("No rule was read: do the titles and header words of the layout stand there?")


def _more(count: int) -> Iterator[Block]:
    from precert.cli.blocks import Item

    if count > _SHOWN:
        yield Item(f"and {count - _SHOWN:,} more; `precert lint --layout` says all.")
