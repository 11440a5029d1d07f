"""`precert lint`: diagnostics as lines, as JSON and as SARIF, and their manual."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from precert.cli.lint_json import as_json, as_sarif
from precert.compiler import Accounting, Lint
from precert.diagnostics import catalogue, diagnostic
from precert.model import SourceRef
from tests.cli.invented import DOCUMENT

if TYPE_CHECKING:
    from precert.diagnostics import Diagnostic
    from tests.cli.conftest import Run

LINE = re.compile(r"[^:]+:[0-9]+: PC[0-9]{3} (error|warning|info): .+")

_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
_LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "additionalProperties": False,
                    "properties": {"uri": {"type": "string", "format": "uri-reference"}},
                },
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "additionalProperties": False,
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        },
        "logicalLocations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "fullyQualifiedName"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string"},
                    "fullyQualifiedName": {"type": "string"},
                },
            },
        },
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"const": "precert"},
                                    "version": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string"},
                                                "name": {"type": "string"},
                                                "shortDescription": _TEXT,
                                                "fullDescription": _TEXT,
                                                "help": _TEXT,
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "properties": {
                                                        "level": {
                                                            "enum": ["note", "warning", "error"]
                                                        }
                                                    },
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["ruleId", "message", "locations"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "level": {"enum": ["note", "warning", "error"]},
                                "message": _TEXT,
                                "locations": {"type": "array", "items": _LOCATION, "maxItems": 1},
                                "relatedLocations": {
                                    "type": "array",
                                    "items": _LOCATION,
                                    "uniqueItems": True,
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What precert writes of SARIF 2.1.0 (OASIS), which names more and forbids the rest likewise."""


def test_a_diagnostic_is_a_line_and_an_error_exits_with_1(run: Run, document: Path) -> None:
    done = run("lint", str(document))
    lines = done.stdout.splitlines()
    assert done.exit_code == 1
    assert lines
    assert all(LINE.fullmatch(line) for line in lines)
    assert any(line.startswith(f"{DOCUMENT}:4: PC301 error: ") for line in lines)
    assert any(line.startswith(f"{DOCUMENT}:10: PC402 error: ") for line in lines)
    assert re.fullmatch(
        r"[0-9]+ errors, [0-9]+ warnings?, [0-9]+ notes?", done.stderr.splitlines()[-1]
    )


def test_a_list_without_errors_exits_with_0(run: Run, document: Path) -> None:
    text = (
        document.read_text("utf-8").replace("Perhaps", "Yes").replace("Beds\tE0601", "Beds\tE0260")
    )
    document.write_text(text, encoding="utf-8")
    assert run("lint", str(document)).exit_code == 0


@pytest.mark.parametrize(
    ("floor", "kept"),
    [("error", {"error"}), ("warning", {"error", "warning"}), ("info", {"error", "warning"})],
)
def test_the_floor_hides_what_is_less_severe(
    run: Run, document: Path, floor: str, kept: set[str]
) -> None:
    told = json.loads(run("lint", str(document), "--severity", floor, "--format", "json").stdout)
    assert {one["severity"] for one in told["diagnostics"]} == kept


def test_json_says_what_the_lines_say(run: Run, document: Path) -> None:
    lines = run("lint", str(document)).stdout.splitlines()
    done = run("lint", str(document), "--format", "json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [
        "{document}:{line}: {code} {severity}: {sentence}".format(**one)
        for one in told["diagnostics"]
    ] == lines
    assert told["schema"] == 1
    assert sum(told["counts"].values()) == len(lines)
    assert sum(told["accounting"]["by_kind"].values()) == told["accounting"]["lines"] == 10
    (contradiction,) = (one for one in told["diagnostics"] if one["code"] == "PC402")
    assert contradiction["related"] == [
        {
            "document": DOCUMENT,
            "line": 5,
            "page": None,
            "sheet": None,
            "area": None,
            "place": "line 5",
        }
    ]


def sarif(run: Run, path: Path | str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run("lint", str(path), "--format", "sarif").stdout)
    jsonschema.validate(told, SARIF)
    return told


def test_sarif_names_the_path_that_was_given(
    run: Run, document: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(document.parent)
    (of_relative,) = sarif(run, document.name)["runs"]
    (of_absolute,) = sarif(run, document)["runs"]
    uris = [
        one["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for one in (of_relative, of_absolute)
    ]
    assert uris == [DOCUMENT, document.as_uri()]
    named = {rule["id"] for rule in of_relative["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in of_relative["results"]} == named


PLACES = (
    SourceRef("list.pdf", 7, page=3, area="72.0,310.5,540.0,322.5"),
    SourceRef("list.xlsx", 12, sheet="PA & Codes", area="A12:G12"),
    SourceRef("list.csv", 4),
)
PATHS = [Path(ref.document) for ref in PLACES]


def diagnostics_of_pages_and_sheets() -> list[Diagnostic]:
    """One diagnostic a place, each with the place before it as the other."""
    pairs = zip(PLACES, (PLACES[-1], *PLACES), strict=False)
    facts = {"text": "E06O1", "reason": "it is no code"}
    return [diagnostic("PC301", ref, other, **facts) for ref, other in pairs]


def test_places_are_pages_and_sheets_where_the_format_has_some() -> None:
    found = diagnostics_of_pages_and_sheets()
    assert [str(one).split(": ")[0] for one in found] == [
        "list.pdf:page 3:7",
        "list.xlsx:PA & Codes:12",
        "list.csv:4",
    ]
    accounting = Accounting(3, {"diagnostic": 3}, {}, ())
    told = as_json(found, Lint(tuple(found), accounting))["diagnostics"]
    assert [one["place"] for one in told] == [
        "page 3, line 7",
        "sheet PA & Codes, row 12",
        "line 4",
    ]
    assert [one["related"][0]["place"] for one in told] == [
        "line 4",
        *(ref.place for ref in PLACES[:2]),
    ]
    log = as_sarif(found, PATHS)
    jsonschema.validate(log, SARIF)
    on_page, in_sheet, on_line = (one["locations"][0] for one in log["runs"][0]["results"])
    assert "region" not in {**on_page["physicalLocation"], **in_sheet["physicalLocation"]}
    assert on_page["logicalLocations"][0]["fullyQualifiedName"] == "list.pdf: page 3, line 7"
    assert in_sheet["logicalLocations"][0]["name"] == "sheet PA & Codes, row 12"
    assert on_line["physicalLocation"]["region"] == {"startLine": 4}


@pytest.mark.usefixtures("document")
def test_a_report_goes_into_a_file(run: Run, document: Path) -> None:
    printed = run("lint", str(document), "--format", "json")
    written = document.parent / "report.json"
    told = ("lint", str(document), "--format", "json", "-o", str(written))
    assert (run(*told).exit_code, run(*told).exit_code, run(*told, "--force").exit_code) == (
        1,
        2,
        1,
    )
    assert written.read_text("utf-8") == printed.stdout
    over = ("lint", str(document), "--force", "-o", str(document))
    assert run(*over).exit_code == 2


@pytest.mark.real_list
def test_sarif_of_the_published_list(run: Run, real_list: Path) -> None:
    assert len(sarif(run, real_list)["runs"][0]["results"]) > 100


@pytest.mark.parametrize("code", catalogue())
def test_every_code_has_a_manual_entry(run: Run, code: str) -> None:
    done = run("lint", "--explain", code.lower())
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{code} {catalogue()[code].name} ")
    for label in ("What:", "Why it matters:", "Example:", "What to do:"):
        assert label in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "expected at least one DOCUMENT"),
        (("--explain", "PC999"), 2, "read 'PC999', expected one of PC101"),
        (("absent.md",), 3, "absent.md"),
    ],
)
def test_what_cannot_be_linted_is_refused(
    run: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run("lint", *arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr


def test_code_files_say_what_is_retired(run: Run, document: Path, tmp_path: Path) -> None:
    file = tmp_path / "hcpcs.txt"
    file.write_text(
        "HCPC\tRECID\tLONG DESCRIPTION\tSHORT DESCRIPTION\tTERM DT\nE0601\t3\tA\tA\t20251231\n",
        encoding="utf-8",
    )
    told = ("lint", str(document), "--codes", str(file))
    assert "--effective-from YYYY-MM-DD" in run(*told).stderr
    assert run(*told).exit_code == 2
    said = run(*told, "--effective-from", "2026-01-01").stdout
    assert f"{DOCUMENT}:5: PC330 warning: E0601 was retired" in said
    assert "PC330" not in run(*told, "--effective-from", "2025-12-31").stdout
