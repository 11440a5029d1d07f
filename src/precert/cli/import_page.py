"""What an import did, as a page: where every line went, the programs, what is wrong, the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.cli.blocks import Heading, Item, Table
from precert.cli.findings import counted, summary_table
from precert.determine.words.rulebook import dates_in_words
from precert.model import AddOnTo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from precert.cli.blocks import Block
    from precert.compiler import Accounting, Compilation
    from precert.rulebook import Added

_KINDS = {
    "rule": "rules",
    "heading": "headings in a table",
    "header": "header lines",
    "title": "title lines",
    "copyright": "copyright lines",
    "pointer": "pointers to another list or page",
    "effective": "lines that print the first day",
    "legend": "legends of footnote marks",
    "exhaustive": "lines that say what holds for a code that is not listed",
    "notice": "notices about codes of the list",
    "page": "lines that stand on each page",
    "ignored": "lines of sheets that the layout passes over",
    "blank": "blank lines",
    "diagnostic": "lines that could not be read: see the diagnostics",
}


def import_page(compilation: Compilation) -> Iterator[Block]:
    """Yield what became of the documents, and the edition that they make."""
    rulebook, accounting = compilation.rulebook, compilation.accounting
    names = ", ".join(document.name for document in rulebook.documents)
    yield Heading(f"{names}: {accounting.lines:,} lines, {_unexplained(accounting)}")
    yield _kinds(accounting)
    yield _programs(accounting)
    for known in compilation.known:
        counts = f"{len(known.codes):,} codes and {len(known.modifiers):,} modifiers"
        yield Item(f"Code file {known.source.name}: {counts}.")
    for file in rulebook.code_files:
        named = sum(isinstance(c, AddOnTo) for rule in rulebook.rules for c in rule.guards)
        yield Item(f"Code file {file.name}: names the primaries of {named:,} add-on rules.")
    yield Heading(f"Diagnostics: {counted(compilation.diagnostics)}; `precert lint` says more")
    if compilation.diagnostics:
        yield summary_table(compilation.diagnostics)
    yield Heading(f"Rulebook {rulebook.digest}")
    yield from map(Item, dates_in_words(rulebook.edition))


def written(folder: Path, *, with_descriptions: bool) -> Iterator[Block]:
    """Yield which files were written into the edition's folder."""
    files = "rulebook.toml and rules.csv" + (", with descriptions.csv" if with_descriptions else "")
    yield Item(f"Written to {folder}: {files}.")
    if with_descriptions:
        yield Item(
            "descriptions.csv holds the payer's and the AMA's words: keep it on this machine."
        )


def added_page(added: Added, folder: Path, *, with_descriptions: bool) -> Iterator[Block]:
    """Yield what became of the edition in the rulebook of that folder, and what it holds now."""
    from precert.cli.editions_page import editions_counted, series
    from precert.rulebook import Addition, Editions

    if added.addition is Addition.SAME:
        yield Item(f"{folder} holds this edition already: nothing was changed.")
        if with_descriptions:
            yield Item(f"Its descriptions were written to {added.place}.")
    else:
        yield from written(added.place, with_descriptions=with_descriptions)
    if isinstance(added.rulebook, Editions):
        yield Heading(f"{folder} holds {editions_counted(added.rulebook)}")
        yield Item(f"Digest {added.rulebook.digest}.")
        yield from series(added.rulebook)


def _unexplained(accounting: Accounting) -> str:
    """Return how many lines stand under no kind: none, unless precert has a bug."""
    missing = accounting.lines - sum(accounting.by_kind.values())
    return f"{missing:,} of them unexplained" if missing else "every one accounted for"


def _kinds(accounting: Accounting) -> Table:
    kinds = {**dict.fromkeys(_KINDS, 0), **accounting.by_kind}
    rows = [
        (f"{count:,}", _KINDS.get(kind, kind))
        for kind, count in kinds.items()
        if count or kind == "diagnostic"
    ]
    return Table(("Lines", "What they are"), rows, right=(0,), toned=1)


def _programs(accounting: Accounting) -> Table:
    rows = [(f"{count:,}", name) for name, count in accounting.by_program.items()]
    rows += [("link", f"{name} (the list prints only a link)") for name in accounting.link_only]
    return Table(("Rules", "Program, in the order of the list"), rows, right=(0,), toned=1)
