"""`precert show`: every rule of a code, with its printed row where the document is at hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from precert.cli.options import json_option, rulebook_option

if TYPE_CHECKING:
    from precert.model import Code

LISTS_VARIABLE = "PRECERT_LISTS"


@click.command(short_help="Show every rule of a code, and its printed row.")
@click.argument("code")
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="Where your copy of the list is, a file or a folder; repeatable. Default: the folders in "
    f"{LISTS_VARIABLE}, else the current folder.",
)
@json_option
@rulebook_option
def command(*, code: str, documents: tuple[Path, ...], as_json: bool, rulebook: str | None) -> None:
    """Show what the list says of a code: each rule with its program, conditions, dates and place.

    The printed row is shown only from the very document that the rulebook was compiled from.
    """
    from precert.cli.shown_rules import ShownRules, rules_as_json, rules_page
    from precert.compiler import printed_rows, read_descriptions
    from precert.rulebook import load_rulebook

    book = load_rulebook(rulebook)
    rules = book.rules_for(_code(code))
    evidence = printed_rows(book, rules, documents or _usual_places())
    descriptions = read_descriptions(Path(rulebook)) if rulebook else {}
    shown = ShownRules(_code(code), rules, evidence, descriptions)
    if as_json:
        from precert.cli.json_text import to_json

        click.echo(to_json(rules_as_json(shown, book)))
    else:
        from precert.cli.page import print_page

        print_page(rules_page(shown, book))


def _code(text: str) -> Code:
    from precert.codes import is_code, parse_code
    from precert.errors import BadCode

    parsed = parse_code(text)
    if is_code(parsed):
        return parsed
    raise BadCode(str(parsed))


def _usual_places() -> tuple[Path, ...]:
    """Return the folders in which a user's copy of a list is looked for."""
    import os

    named = [place for place in os.environ.get(LISTS_VARIABLE, "").split(os.pathsep) if place]
    return tuple(map(Path, named)) or (Path(),)
