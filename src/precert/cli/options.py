"""The options and option types that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from precert.rulebook import AnyRulebook, Rulebook

    Command = Callable[..., object]


def day(text: str) -> date:
    """Return the day that an option's text writes, or say what was read and what was expected."""
    from precert.determine import read_date
    from precert.errors import BadOrder

    try:
        return read_date(text)
    except BadOrder as error:
        raise click.BadParameter(str(error)) from None


def folder(text: str) -> str:
    """Return the folder that an option names; an empty name is a variable that was not set."""
    if not text.strip():
        message = f"read {text!r}, expected the name of a folder"
        raise click.BadParameter(message)
    return text


def documents_option(more: str) -> Callable[[Command], Command]:
    """Return the option for where the user's copy of a list is; its help ends with `more`."""
    from pathlib import Path

    return click.option(
        "--document",
        "documents",
        multiple=True,
        metavar="PATH",
        type=click.Path(exists=True, path_type=Path),
        help=f"Where your copy of the list is, a file or a folder; repeatable. {more}",
    )


codes_option = click.option(
    "--codes",
    multiple=True,
    metavar="FILE",
    type=click.Path(),
    help="Your copy of a code file, CMS's HCPCS file or the AMA's CPT file; repeatable. Codes that "
    "it calls retired, or does not know, are reported.",
)


def edition_named(rulebook: AnyRulebook, name: str) -> Rulebook:
    """Return the edition of that name, in any case. Raises `UnknownEdition`."""
    from precert.determine import named_as
    from precert.errors import UnknownEdition

    books = {book.edition.name: book for book in rulebook.editions}
    found = named_as(name, books)
    if found is None:
        raise UnknownEdition(name, books)
    return books[found]


rulebook_option = click.option(
    "--rulebook",
    metavar="DIR",
    type=folder,
    help="Ask the rulebook in this folder, as `precert import` wrote it. Default: the bundled one.",
)
edition_option = click.option(
    "--edition",
    metavar="NAME",
    help="Look at this edition only, where the rulebook holds several.",
)

layout_option = click.option(
    "--layout",
    metavar="NAME|FILE.toml",
    help="How a document is laid out. Default: the bundled layout that reads most of its rows.",
)
imported_layout_option = click.option(
    "--layout",
    metavar="NAME|FILE.toml",
    help="The layout that the list was imported with, where it is none of the bundled ones: it "
    "tells the headers of the printed rows.",
)
report_option = click.option(
    "-o", "--output", metavar="FILE", help="Write it into a file. Default: it is printed."
)
line_of_business_option = click.option(
    "--line-of-business",
    metavar="NAME",
    help="Which line of business to read; needed where the list has a column for each of several.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON for programs instead of words for people."
)
