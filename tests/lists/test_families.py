"""Lists of three families: a draft of each, its layout made by editing TOML only, and its rules.

`families/NAME` holds an invented list, `draft.toml` as `precert layout draft` gives it,
`layout.toml` as a person made it from that, and `rules.txt`, what the layout reads. `--renew`
rewrites the draft and the rules; the layout is written by hand.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from precert.compiler import check_layout, draft_of_document
from precert.documents import open_document
from precert.lists import load_layout, read_list
from precert.tables import read_tables
from tests.lists.features import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from precert.compiler import LayoutCheck

FOLDER = Path(__file__).parent / "families"
LISTS = [
    ("vendor", "list.csv", None),
    ("marks", "list.html", None),
    ("lines", "list.csv", "Medicaid"),
    ("lines", "list.csv", "Marketplace"),
]


@pytest.mark.parametrize(("name", "file"), sorted({(name, file) for name, file, _ in LISTS}))
def test_the_draft_of_a_list(name: str, file: str, golden: Callable[[Path, str], None]) -> None:
    golden(FOLDER / name / "draft.toml", draft_of_document(FOLDER / name / file))


@pytest.mark.parametrize(("name", "file", "line"), LISTS)
def test_the_rules_of_a_list(
    name: str, file: str, line: str | None, golden: Callable[[Path, str], None]
) -> None:
    layout = load_layout(FOLDER / name / "layout.toml", line_of_business=line)
    document = open_document(FOLDER / name / file)
    blocks = read_tables(document, layout.header_words).blocks
    reading = read_list(document, blocks, layout)
    rules = [f"{told(each.rule)} | {each.rule.platform or '-'}" for each in reading.entries]
    wrong = [f"{each.code} {each.ref.place}" for each in reading.diagnostics]
    golden(
        FOLDER / name / f"rules{f'.{line}' if line else ''}.txt", "\n".join((*rules, *wrong, ""))
    )


def test_what_the_layouts_leave_unread_is_what_they_cannot_say() -> None:
    left = {
        (name, line): [one.text for one in _checked(name, file, line).unread]
        for name, file, line in LISTS
    }
    assert left == {
        ("vendor", None): [
            "Covered if ordered with K0005, K0009",
            "Not a benefit",
            "Never covered",
        ],
        ("marks", None): [""],  # the row beneath, whose code is a word
        ("lines", "Medicaid"): ["PA*"],
        ("lines", "Marketplace"): ["Not covered"],
    }


def _checked(name: str, file: str, line: str | None) -> LayoutCheck:
    layout = FOLDER / name / "layout.toml"
    return check_layout(layout, [FOLDER / name / file], line_of_business=line)
