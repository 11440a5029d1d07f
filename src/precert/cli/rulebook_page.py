"""What a rulebook holds, as a page and as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from precert.cli.blocks import Heading, Item, Table
from precert.determine.words.rulebook import dates_in_words
from precert.model import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from precert.cli.blocks import Block
    from precert.rulebook import Rulebook

SCHEMA = 1

_COLUMNS = {
    Requirement.REQUIRED: "Yes",
    Requirement.NOT_REQUIRED: "No",
    Requirement.OUT_OF_SCOPE: "Out of scope",
    Requirement.ADD_ON: "Add-on",
    Requirement.INVESTIGATIONAL: "Experimental",
    Requirement.UNLISTED: "Unlisted",
    Requirement.UNREAD: "Unread",
}


def rulebook_page(rulebook: Rulebook) -> Iterator[Block]:
    """Yield the page of a rulebook."""
    edition = rulebook.edition
    yield Heading(
        f"{edition.payer} {edition.line_of_business}, edition {edition.name}, "
        f"managed by {edition.vendor}"
    )
    yield Item(f"Digest {rulebook.digest}.")
    yield from map(Item, dates_in_words(edition))
    count = len(rulebook.ranges)
    ranges = f" and {count:,} range{'' if count == 1 else 's'} of codes" if count else ""
    yield Item(f"{len(rulebook.rules):,} rules for {len(rulebook.by_code):,} codes{ranges}.")
    yield _programs(rulebook)
    yield Heading("Documents")
    for document in rulebook.documents:
        yield Item(f"{document.name}, {document.lines:,} lines, sha256\n{document.sha256}")
    if rulebook.exhaustive is not None:
        yield Item(f"{rulebook.exhaustive} says that a code which is not listed needs none.")
    if rulebook.code_files:
        yield Heading("Files of codes that changed rules")
        for file in rulebook.code_files:
            yield Item(f"{file.name}, sha256\n{file.sha256}")
    yield Heading("Plans that a rule speaks of")
    yield Item(", ".join(rulebook.plans) or "None.")


def rulebook_as_json(rulebook: Rulebook) -> dict[str, Any]:
    """Return the same as JSON values."""
    edition, counts = rulebook.edition, _counts(rulebook)
    return {
        "schema": SCHEMA,
        "digest": rulebook.digest,
        "edition": edition.name,
        "payer": edition.payer,
        "line_of_business": edition.line_of_business,
        "vendor": edition.vendor,
        "effective_from": edition.effective_from.isoformat(),
        "effective_from_basis": edition.effective_from_basis.value,
        "effective_to": edition.effective_to.isoformat() if edition.effective_to else None,
        "review_by": edition.review_by.isoformat(),
        "review_by_basis": edition.review_by_basis.value,
        "rules": len(rulebook.rules),
        "codes": len(rulebook.by_code),
        "ranges": len(rulebook.ranges),
        "programs": [
            {
                "name": program.name,
                "link_only": program.link_only,
                "rules": counts[program.name].total(),
                "requirements": {kind.value: counts[program.name][kind] for kind in Requirement},
            }
            for program in rulebook.programs
        ],
        "exhaustive": str(rulebook.exhaustive) if rulebook.exhaustive else None,
        "plans": list(rulebook.plans),
        "documents": [
            {"name": document.name, "sha256": document.sha256, "lines": document.lines}
            for document in rulebook.documents
        ],
        "code_files": [{"name": file.name, "sha256": file.sha256} for file in rulebook.code_files],
    }


def _counts(rulebook: Rulebook) -> dict[str, Counter[Requirement]]:
    """Return by program how many rules there are of each requirement."""
    counts: dict[str, Counter[Requirement]] = {name: Counter() for name in rulebook.program_names}
    for rule in rulebook.rules:
        counts[rule.program][rule.requirement] += 1
    return counts


def _programs(rulebook: Rulebook) -> Table:
    counts = _counts(rulebook)
    total = sum(counts.values(), Counter[Requirement]())
    shown = [kind for kind in _COLUMNS if total[kind]]
    rows = [
        (
            f"{program.name} (only a link)" if program.link_only else program.name,
            f"{counts[program.name].total():,}",
            *(f"{counts[program.name][kind]:,}" for kind in shown),
        )
        for program in rulebook.programs
    ]
    rows.append(("All", f"{total.total():,}", *(f"{total[kind]:,}" for kind in shown)))
    header = ("Program", "Rules", *(_COLUMNS[kind] for kind in shown))
    return Table(header, rows, right=tuple(range(1, len(header))))
