"""Diagnostics as JSON: in a form of our own, and as a SARIF 2.1.0 log for code-scanning tools."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from precert.diagnostics import Severity, catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from precert.compiler import Lint
    from precert.diagnostics import Diagnostic, Kind
    from precert.model import SourceRef

SCHEMA = 1

Json = dict[str, Any]

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_json(diagnostics: Sequence[Diagnostic], lint: Lint) -> Json:
    """Return the diagnostics, how many there are of each code, and where every line went."""
    accounting = lint.accounting
    return {
        "schema": SCHEMA,
        "diagnostics": [
            {
                "code": one.code,
                "severity": one.severity.value,
                **_ref(one.ref),
                "sentence": one.sentence,
                "related": [_ref(ref) for ref in one.related],
            }
            for one in diagnostics
        ],
        "counts": dict(sorted(Counter(one.code for one in diagnostics).items())),
        "accounting": {
            "lines": accounting.lines,
            "by_kind": dict(accounting.by_kind),
            "by_program": dict(accounting.by_program),
            "link_only": list(accounting.link_only),
        },
    }


def as_sarif(diagnostics: Sequence[Diagnostic], paths: Sequence[Path]) -> Json:
    """Return a SARIF 2.1.0 log (OASIS) of one run; `paths` are the documents as they were given."""
    from importlib.metadata import version

    uris = {path.name: _uri(path) for path in paths}
    kinds = [catalogue()[code] for code in sorted({one.code for one in diagnostics})]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "precert",
                        "version": version("precert"),
                        "rules": [_rule(kind) for kind in kinds],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": one.code,
                        "level": _LEVELS[one.severity],
                        "message": {"text": one.sentence},
                        "locations": [_location(one.ref, uris)],
                        "relatedLocations": [
                            _location(ref, uris) for ref in dict.fromkeys(one.related)
                        ],
                    }
                    for one in diagnostics
                ],
            }
        ],
    }


def _ref(ref: SourceRef) -> Json:
    return {**ref._asdict(), "place": ref.place}


def _rule(kind: Kind) -> Json:
    return {
        "id": kind.code,
        "name": "".join(word.capitalize() for word in kind.name.split("-")),
        "shortDescription": {"text": kind.what},
        "fullDescription": {"text": kind.why},
        "help": {
            "text": f"{kind.what}\n\n{kind.why}\n\nFor example: {kind.example}\n\n{kind.remedy}"
        },
        "defaultConfiguration": {"level": _LEVELS[kind.severity]},
    }


def _location(ref: SourceRef, uris: Mapping[str, str]) -> Json:
    """Return a place: a line of the file, or in words where the file has pages or sheets.

    A region of SARIF counts the lines of the file as an editor shows them: a page has none.
    """
    artifact = {"artifactLocation": {"uri": uris[ref.document]}}
    if ref.page is None and ref.sheet is None:
        return {"physicalLocation": {**artifact, "region": {"startLine": ref.line}}}
    name = f"{ref.document}: {ref.place}"
    return {
        "physicalLocation": artifact,
        "logicalLocations": [{"name": ref.place, "fullyQualifiedName": name}],
    }


def _uri(path: Path) -> str:
    """Return the path as a URI reference, relative where the path is."""
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
