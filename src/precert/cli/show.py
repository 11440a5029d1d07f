"""`precert show`: every rule of a code, with its printed row where the document is at hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from precert.cli.options import (
    day,
    documents_option,
    edition_named,
    edition_option,
    imported_layout_option,
    json_option,
    rulebook_option,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from precert.cli.shown_rules import Shown
    from precert.model import Code
    from precert.rulebook import AnyRulebook, Rulebook

LISTS_VARIABLE = "PRECERT_LISTS"


@click.command(short_help="Show every rule of a code, and its printed row.")
@click.argument("code")
@documents_option(f"Default: the folders in {LISTS_VARIABLE}, else the current folder.")
@imported_layout_option
@click.option(
    "--on",
    type=day,
    metavar="YYYY-MM-DD",
    help="Show the edition that answers for this date of service. Default: every edition.",
)
@edition_option
@json_option
@rulebook_option
def command(
    *,
    code: str,
    documents: tuple[Path, ...],
    layout: str | None,
    on: date | None,
    edition: str | None,
    as_json: bool,
    rulebook: str | None,
) -> None:
    """Show what the list says of a code: each rule with its program, conditions, dates and place.

    Of a rulebook of several editions every edition is shown, the newest first. The printed row is
    shown only from the very document that the edition was compiled from.
    """
    from precert.cli.shown_rules import editions_as_json, rules_as_json, rules_page
    from precert.rulebook import load_rulebook

    if on is not None and edition is not None:
        both = "--on and --edition both pick an edition: expected one of them"
        raise click.UsageError(both)
    parsed = _code(code)
    book = load_rulebook(rulebook)
    picked = _picked(book, on, edition)
    places = documents or _usual_places()
    shown = [_shown(parsed, one, places, _folder(rulebook, book, one), layout) for one in picked]
    if as_json:
        from precert.cli.json_text import to_json

        (first, *others) = shown
        told = editions_as_json(shown) if others else rules_as_json(first)
        click.echo(to_json(told))
    else:
        from precert.cli.page import print_page

        print_page(block for one in shown for block in rules_page(one))


def _picked(rulebook: AnyRulebook, on: date | None, edition: str | None) -> Sequence[Rulebook]:
    """Return the editions to show, the newest first."""
    if edition is not None:
        return [edition_named(rulebook, edition)]
    return rulebook.editions[::-1] if on is None else [rulebook.on(on)]


def _folder(told: str | None, rulebook: AnyRulebook, edition: Rulebook) -> Path | None:
    """Return where an edition stands; None for the bundled one."""
    from precert.rulebook import Editions

    if told is None:
        return None
    if isinstance(rulebook, Editions):
        return next(Path(told) / name for name, book in rulebook.folders() if book is edition)
    return Path(told)


def _shown(
    code: Code, book: Rulebook, places: Sequence[Path], folder: Path | None, layout: str | None
) -> Shown:
    from precert.cli.shown_rules import Shown
    from precert.compiler import printed_rows, read_descriptions

    rules = book.rules_for(code)
    evidence = printed_rows(book, rules, places, layout=layout)
    return Shown(code, book, rules, evidence, read_descriptions(folder) if folder else {})


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
