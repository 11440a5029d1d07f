"""The layout and the list that the documentation shows are what it says they are."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from precert.compiler import ToldEdition, compile_documents
from precert.lists import load_layout
from precert.lists.layout import FIELDS, SEARCHED
from precert.notation import format_conditions
from tests.lists.features import layout_of, read, rules_of

DOC = (Path(__file__).parents[2] / "docs" / "layouts.md").read_text("utf-8")


def shown(marker: str) -> str:
    """Return the fenced block beneath a marker."""
    found = re.search(rf"<!-- {marker} -->\n```[a-z]*\n(.*?)```", DOC, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_layout_that_is_shown_reads_the_list_that_is_shown(tmp_path: Path) -> None:
    layout, document = tmp_path / "acme.toml", tmp_path / "list.txt"
    layout.write_text(shown("layout"), encoding="utf-8")
    document.write_text(shown("list"), encoding="utf-8")
    compiled = compile_documents([document], ToldEdition(date(2026, 1, 1)), layout=layout)
    rules = {
        rule.rule_id: (rule.requirement.value, format_conditions(rule.conditions))
        for rule in compiled.rulebook.rules
    }
    assert rules == {
        "seating/E0992": ("required", ""),
        "seating/E0994": ("not-required", ""),
        "seating/K0195": ("required", "purchase"),
    }
    assert {found.code for found in compiled.diagnostics} <= {"PC101"}


EXAMPLES = re.findall(
    r"### ([^\n]+)\n(?:(?!\n##).)*?<!-- example -->\n```toml\n(.*?)```\n\n"
    r"```text\n(.*?)```\n\n```text\n(.*?)```",
    DOC,
    re.DOTALL,
)


def test_no_example_is_left_out() -> None:
    assert len(EXAMPLES) == DOC.count("<!-- example -->") > 0


@pytest.mark.parametrize(
    ("toml", "text", "expected"),
    [each[1:] for each in EXAMPLES],
    ids=[each[0] for each in EXAMPLES],
)
def test_an_example_reads_what_stands_beneath_it(
    toml: str, text: str, expected: str, tmp_path: Path
) -> None:
    told = re.search(r"--line-of-business (\w+)", toml)
    reading = read(text, layout_of(tmp_path, toml, told and told[1]))
    assert "\n".join(rules_of(reading)) == expected.strip()


def test_every_placeholder_column_and_searched_text_is_named() -> None:
    names = (*load_layout("evicore-cigna").placeholders, *FIELDS, *SEARCHED)
    for name in names:
        assert re.search(rf"`\{{?{name}\}}?`", DOC), name
