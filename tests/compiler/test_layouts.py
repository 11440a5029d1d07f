"""What a layout leaves unread, and drafts from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.compiler import check_layout, draft_of_document
from precert.errors import UnreadableDocument

if TYPE_CHECKING:
    from pathlib import Path

LAYOUT = """\
payer = "Acme Health"
line_of_business = "Commercial"
vendor = "Acme Review"
[titles]
program = ["Codes for {program}"]
[columns]
code = ["Code"]
decision = ["Needed?"]
note = ["Remarks"]
[[decision]]
requirement = "required"
printed = ["yes"]
"""

ROWS = ("Code|Needed?|Remarks", "E0601|Yes|", "E0602|Maybe|", "E0603|Yes|On Tuesdays")
LIST = "\n".join(
    ["Codes for Air", "", *ROWS, "E0604|Yes|On Tuesdays", "", "What is this?", ""]
).replace("|", "\t")


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    path = tmp_path / "acme.toml"
    path.write_text(LAYOUT)
    return path


def test_what_is_unread_is_counted_with_its_first_place(layout: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text(LIST)
    checked = check_layout(layout, [path])
    assert (checked.rules, checked.wholly_read) == (4, 1)
    assert (checked.lines, checked.unexplained) == (9, 1)
    assert [(one.field, one.text, one.rows, one.first.line) for one in checked.unread] == [
        ("note", "On Tuesdays", 2, 6),
        ("decision", "Maybe", 1, 5),
    ]
    assert [(found.code, times) for found, times in checked.outside] == [("PC103", 1)]
    assert not checked.is_complete


def test_a_list_that_is_read_wholly(layout: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("Codes for Air\n\nCode\tNeeded?\tRemarks\nE0601\tYes\t\n")
    checked = check_layout(layout, [path])
    assert checked.is_complete
    assert (checked.rules, checked.wholly_read, checked.unread, checked.outside) == (1, 1, (), ())


def test_a_layout_that_reads_nothing_is_not_complete(layout: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("\n\n")
    assert not check_layout(layout, [path]).is_complete


def test_a_draft_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text(LIST)
    assert 'code = ["Code"]' in draft_of_document(path)
    with pytest.raises(UnreadableDocument, match="there is no such file"):
        draft_of_document(tmp_path / "absent.md")


@pytest.mark.real_list
def test_the_bundled_layout_reads_its_list_wholly(real_list: Path) -> None:
    checked = check_layout("evicore-cigna", [real_list])
    assert (checked.rules, checked.wholly_read, checked.is_complete) == (1602, 1602, True)
