"""`precert import`: from a published list to a rulebook, every line of it accounted for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from precert.cli.options import day, folder, line_of_business_option

if TYPE_CHECKING:
    from datetime import date

    from precert.rulebook import Rulebook


@click.command(name="import", short_help="Compile a published list into a rulebook.")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...", type=click.Path())
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=folder,
    help="The folder to write the rulebook into.",
)
@click.option(
    "--layout",
    metavar="NAME|FILE.toml",
    help="How the list is laid out. Default: the bundled layout that reads most of its rows.",
)
@line_of_business_option
@click.option("--edition", metavar="NAME", help="What to call this edition. Default: YYYY-MM.")
@click.option(
    "--effective-from",
    metavar="YYYY-MM-DD",
    type=day,
    help="The first day on which the list is in force; needed where it prints none.",
)
@click.option(
    "--effective-to",
    metavar="YYYY-MM-DD",
    type=day,
    help="The last day on which it is in force.",
)
@click.option(
    "--review-by",
    metavar="YYYY-MM-DD",
    type=day,
    help="After this day an answer that needs no action is not trusted without a newer edition. "
    "Default: twelve months after it begins.",
)
@click.option(
    "--with-descriptions",
    is_flag=True,
    help="Also keep the printed descriptions beside the rulebook, for `precert show`. They are the "
    "payer's and the AMA's: keep them on this machine.",
)
@click.option("--force", is_flag=True, help="Replace another rulebook that is in the folder.")
def command(
    *,
    documents: tuple[str, ...],
    output: str,
    layout: str | None,
    line_of_business: str | None,
    edition: str | None,
    effective_from: date | None,
    effective_to: date | None,
    review_by: date | None,
    with_descriptions: bool,
    force: bool,
) -> None:
    """Compile DOCUMENT..., together one edition of one list, into a rulebook.

    Prints what became of every line. Problems of the list do not stop it: `precert lint` says what
    they are.
    """
    from precert.cli.import_page import import_page
    from precert.cli.page import print_page
    from precert.compiler import (
        ToldEdition,
        compile_documents,
        foreign_descriptions,
        remove_descriptions,
        write_descriptions,
    )
    from precert.rulebook import write_rulebook

    compilation = compile_documents(
        list(map(Path, documents)),
        ToldEdition(effective_from, effective_to, review_by, edition),
        layout=layout,
        line_of_business=line_of_business,
    )
    into = Path(output)
    foreign = foreign_descriptions(into)
    if not force:
        _refuse_to_replace(into, compilation.rulebook)
    if foreign is not None and with_descriptions:
        _refuse_to_overwrite(foreign)
    write_rulebook(compilation.rulebook, into)
    if with_descriptions:
        write_descriptions(compilation, into)
    elif foreign is None:
        remove_descriptions(into)  # they would be those of an earlier import
    print_page(import_page(compilation, into, with_descriptions=with_descriptions))


def _refuse_to_overwrite(descriptions: Path) -> None:
    """Raise Unwritable: the file is not one that an import wrote."""
    from precert.errors import Unwritable

    reason = "was not written by `precert import`: move it away, or name another folder"
    raise Unwritable(str(descriptions), reason)


def _refuse_to_replace(into: Path, rulebook: Rulebook) -> None:
    """Raise Unwritable if the folder holds another rulebook, or the remains of one."""
    from precert.errors import UnreadableRulebook, Unwritable
    from precert.rulebook import read_rulebook

    if not any((into / name).exists() for name in ("rulebook.toml", "rules.csv")):
        return
    try:
        there = read_rulebook(into)
    except UnreadableRulebook as error:
        held = f"a rulebook that cannot be read ({error})"
    else:
        if there == rulebook:
            return
        held = f"another rulebook (edition {there.edition.name}, digest {there.digest[:12]})"
    reason = f"holds {held}: name another folder, or replace it with --force"
    raise Unwritable(str(into), reason)
