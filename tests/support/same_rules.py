"""The published list, whatever its format, says what the bundled rulebook says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from precert.compiler import ToldEdition, compile_documents
from precert.model import SourceRef
from precert.rulebook import load_rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from precert.compiler import Compilation
    from precert.model import Rule

_NOWHERE = SourceRef("", 0)


def assert_the_same_rules(path: Path) -> Compilation:
    """Compile the document and compare its rules with the bundled ones in all but their places."""
    bundled = load_rulebook()
    told = ToldEdition(effective_from=bundled.edition.effective_from)
    compilation = compile_documents([path], told, layout="evicore-cigna")
    differing = set(_without_places(compilation.rulebook.rules)) ^ set(
        _without_places(bundled.rules)
    )
    assert not sorted(rule.rule_id for rule in differing)
    assert len(compilation.rulebook.rules) == len(bundled.rules)
    refs = [ref for reading in compilation.readings for ref in reading.list.refs]
    assert len(set(refs)) == len(refs)
    return compilation


def _without_places(rules: Iterable[Rule]) -> Iterable[Rule]:
    return (replace(rule, ref=_NOWHERE) for rule in rules)
