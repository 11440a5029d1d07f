"""PC330, PC331: codes of a list that are retired, or unknown, by the code files of the user."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from precert.codes import code_set
from precert.diagnostics import diagnostic
from precert.model import CodeRange
from precert.model.code import first_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from precert.codes import CodeSet
    from precert.compiler.code_files.known import KnownCode, KnownCodes
    from precert.diagnostics import Diagnostic
    from precert.model import Code, Rule


def check_codes(
    rules: Iterable[Rule], begins: date, known: Sequence[KnownCodes]
) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each rule whose code no longer was one when the rule began.

    `begins` is the first day of the edition. A rule is looked for in the files that have codes of
    its code set, and in no other; one for a range is retired or unknown when all of it is.
    """
    by_set: dict[CodeSet, list[KnownCodes]] = {}
    for each in known:
        for one in each.sets():
            by_set.setdefault(one, []).append(each)
    for rule in rules:
        files = by_set.get(code_set(first_code(rule.code)), ())
        if files:
            yield from _check(rule, max(begins, rule.effective_from or begins), files)


def _check(rule: Rule, begins: date, files: Sequence[KnownCodes]) -> Iterator[Diagnostic]:
    names = " and ".join(each.source.name for each in files)
    found = [entry for each in files for entry in _entries(rule.code, each)]
    if not found:
        kind = code_set(first_code(rule.code))
        yield diagnostic("PC331", rule.ref, procedure=rule.code, files=names, kind=kind)
        return
    ends = [entry.ends or date.max for entry in found]
    if max(ends) < begins:
        facts = {"procedure": rule.code, "files": names, "ended": max(ends), "begins": begins}
        yield diagnostic("PC330", rule.ref, **facts)


def _entries(code: Code | CodeRange, known: KnownCodes) -> Iterable[KnownCode]:
    """Return what the file says of the code, or of every code that it has of the range."""
    if isinstance(code, CodeRange):
        return (entry for each, entry in known.codes.items() if code.holds(each))
    return (known.codes[code],) if code in known.codes else ()
