"""`precert import`: from a published list to a rulebook, every line of it accounted for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from precert.cli.options import (
    codes_option,
    day,
    folder,
    layout_option,
    line_of_business_option,
)

if TYPE_CHECKING:
    from datetime import date

    from precert.compiler import Compilation
    from precert.rulebook import Rulebook


@click.command(name="import", short_help="Compile a published list into a rulebook.")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...", type=click.Path())
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=folder,
    help="The folder to write the rulebook into; it then holds this edition alone.",
)
@click.option(
    "--into",
    metavar="DIR",
    type=folder,
    help="The folder of the rulebook to add this edition to; one of -o and --into.",
)
@layout_option
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
@codes_option
@click.option(
    "--add-on-codes",
    metavar="FILE",
    type=click.Path(),
    help="Your copy of CMS's add-on code edits: it names the primaries that an add-on may follow.",
)
@click.option(
    "--with-descriptions",
    is_flag=True,
    help="Also keep the printed descriptions beside the rulebook, for `precert show`, or those of "
    "--codes where the list prints none. They are the payer's and the AMA's: keep them on this "
    "machine.",
)
@click.option(
    "--force", is_flag=True, help="With -o: replace another rulebook that is in the folder."
)
@click.option(
    "--replace-edition",
    is_flag=True,
    help="With --into: take the place of the published edition of that name or first day. The "
    "rulebook keeps the digests of both.",
)
def command(
    *,
    documents: tuple[str, ...],
    output: str | None,
    into: str | None,
    layout: str | None,
    line_of_business: str | None,
    edition: str | None,
    effective_from: date | None,
    effective_to: date | None,
    review_by: date | None,
    codes: tuple[str, ...],
    add_on_codes: str | None,
    with_descriptions: bool,
    force: bool,
    replace_edition: bool,
) -> None:
    """Compile DOCUMENT..., together one edition of one list, into a rulebook.

    With -o the rulebook is this edition alone; with --into it joins those that a rulebook holds,
    and each date of service picks the edition that answers.

    Prints what became of every line. Problems of the list do not stop it: `precert lint` says what
    they are.
    """
    from precert.compiler import ToldEdition, compile_documents

    place = _place(output, into, force=force, replace_edition=replace_edition)
    compilation = compile_documents(
        list(map(Path, documents)),
        ToldEdition(effective_from, effective_to, review_by, edition),
        layout=layout,
        codes=list(map(Path, codes)),
        add_on_codes=None if add_on_codes is None else Path(add_on_codes),
        line_of_business=line_of_business,
    )
    if into is None:
        _write(compilation, place, with_descriptions=with_descriptions, force=force)
    else:
        _add(compilation, place, with_descriptions=with_descriptions, replace=replace_edition)


def _place(output: str | None, into: str | None, *, force: bool, replace_edition: bool) -> Path:
    """Return the folder that one of -o and --into names; each has an option of its own."""
    if output is not None and into is None and not replace_edition:
        return Path(output)
    if into is not None and output is None and not force:
        return Path(into)
    if (output is None) == (into is None):
        expected = "expected one of -o DIR (this edition alone) and --into DIR (beside others)"
    else:
        expected = "expected --force with -o only, and --replace-edition with --into only"
    raise click.UsageError(expected)


def _write(compilation: Compilation, into: Path, *, with_descriptions: bool, force: bool) -> None:
    """Write the edition as a rulebook of its own, and print what was done."""
    from precert.cli.import_page import import_page, written
    from precert.cli.page import print_page
    from precert.compiler import foreign_descriptions, remove_descriptions, write_descriptions
    from precert.rulebook import write_rulebook

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
    page = import_page(compilation)
    print_page([*page, *written(into, with_descriptions=with_descriptions)])


def _add(compilation: Compilation, into: Path, *, with_descriptions: bool, replace: bool) -> None:
    """Add the edition to the rulebook in the folder, and print what was done."""
    from precert.cli.import_page import added_page, import_page
    from precert.cli.page import print_page
    from precert.compiler import DESCRIPTIONS_FILE, foreign_descriptions, write_descriptions
    from precert.rulebook import add_edition
    from precert.rulebook.rulebook_toml import EDITIONS_FILE

    foreign = foreign_descriptions(into)
    if foreign is not None and with_descriptions and not (into / EDITIONS_FILE).exists():
        _refuse_to_overwrite(foreign)
    along = () if foreign is not None else (DESCRIPTIONS_FILE,)
    added = add_edition(compilation.rulebook, into, replace=replace, along=along)
    if with_descriptions:
        if (theirs := foreign_descriptions(added.place)) is not None:
            _refuse_to_overwrite(theirs)
        write_descriptions(compilation, added.place)
    page = import_page(compilation)
    print_page([*page, *added_page(added, into, with_descriptions=with_descriptions)])


def _refuse_to_overwrite(descriptions: Path) -> None:
    """Raise Unwritable: the file is not one that an import wrote."""
    from precert.errors import Unwritable

    reason = "was not written by `precert import`: move it away, or name another folder"
    raise Unwritable(str(descriptions), reason)


def _refuse_to_replace(into: Path, rulebook: Rulebook) -> None:
    """Raise Unwritable if the folder holds another rulebook, or the remains of one."""
    from precert.errors import UnreadableRulebook, Unwritable
    from precert.rulebook import Rulebook, read_rulebook

    names = ("editions.toml", "rulebook.toml", "rules.csv")
    if not any((into / name).exists() for name in names):
        return
    try:
        there = read_rulebook(into)
    except UnreadableRulebook as error:
        held = f"a rulebook that cannot be read ({error})"
    else:
        if there == rulebook or not isinstance(there, Rulebook):
            return  # over several editions `write_rulebook` writes nothing, whatever is told
        held = f"another rulebook (edition {there.edition.name}, digest {there.digest[:12]})"
    reason = f"holds {held}: name another folder, or replace it with --force"
    raise Unwritable(str(into), reason)
