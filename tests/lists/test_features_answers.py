"""The answer as a mark in a column, as a blank, as a footnote: one of them, or none is guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from precert.errors import UnreadableLayout
from precert.lists.footnotes import plain_with_marks, split_code, split_marks
from precert.lists.layout_values import Footnote, Footnotes
from precert.model import Requirement
from tests.lists.features import PLAIN, codes_of, kinds_of, layout_of, read, rules_of

if TYPE_CHECKING:
    from pathlib import Path

MARKED = """
program = "Seating"
columns = { code = ["Code"], description = ["Item"] }
marks = { set = ["x", "✓", "●"], clear = ["-"] }

[[mark_column]]
column = ["PA needed"]
requirement = "required"

[[mark_column]]
column = ["Purchase needs PA"]
requirement = "required"
condition = "purchase"

[[mark_column]]
column = ["Call first", "Notify"]
requirement = "required"

[[mark_column]]
column = ["Free"]
requirement = "not-required"
"""
HEADER = "Code\tPA needed\tPurchase needs PA\tCall first\tFree"
BLANK = '\n[[decision]]\nrequirement = "not-required"\nblank = true\n'


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("x\t\t\t", "required"),
        ("\t✓\t\t", "required; purchase"),
        ("\t\t \t<b>X</b>", "not-required"),
        ("-\t-\t-\t●", "not-required"),
        ("X\t\tx\t", "required"),
    ],
)
def test_the_marked_column_answers(row: str, rule: str, tmp_path: Path) -> None:
    reading = read(f"{HEADER}\nE0992\t{row}", layout_of(tmp_path, MARKED))
    assert rules_of(reading) == [f"seating/E0992 {rule}"]
    assert codes_of(reading) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("\t\t\t", "PC301"),
        ("x\t\t\tx", "PC328"),
        ("x\tx\t\t", "PC328"),
        ("\t\t\tno", "PC301"),
        ("\t\t\tx*", "PC301"),
        ("\t\t\t<s>x</s>", "PC301"),
        ("x\t\t\t?", "PC301"),
        ("-\t-\t-\t-", "PC301"),
    ],
)
def test_no_mark_or_two_that_differ_are_no_answer(row: str, code: str, tmp_path: Path) -> None:
    reading = read(f"{HEADER}\nE0992\t{row}", layout_of(tmp_path, MARKED))
    assert rules_of(reading) == ["seating/E0992 unread; unread(decision)"]
    assert codes_of(reading) == [code]


def test_a_header_needs_one_column_of_an_answer(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, MARKED)
    reading = read("Code\tItem\tNotify\nE0992\tSeat\tx\n\nCode\tItem\nE0994\tArm", layout)
    assert rules_of(reading) == [
        "seating/E0992 required",
        "seating/E0994 unread; unread(decision)",
    ]
    assert codes_of(reading) == ["PC203", "PC301"]


@pytest.mark.parametrize("row", ["Seats\tx\t\tx\tx", "Seats\tSoon\t-\tMore\t"])
def test_a_row_of_marks_without_a_code_is_no_header(row: str, tmp_path: Path) -> None:
    text = f"{HEADER}\nE0992\tx\t\t\t\n\n{row}\nE0994\tx\t\t\t"
    reading = read(text, layout_of(tmp_path, MARKED))
    assert rules_of(reading)[1] == "seating/E0994 required"
    assert codes_of(reading) == ["PC303"]


def test_the_mark_is_found_beneath_its_words_wherever_the_column_stands(tmp_path: Path) -> None:
    reading = read("Free\tCode\tPA needed\nx\tE0992\t", layout_of(tmp_path, MARKED))
    assert rules_of(reading) == ["seating/E0992 not-required"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"{HEADER}\nE0992\t\t\t\t", "not-required"),
        (f"{HEADER}\nE0992\t-\t\t\t", "not-required"),
        (f"{HEADER}\nE0992\tx\t\t\t", "required"),
        (f"{HEADER}\nE0992\tmaybe\t\t\t", "unread; unread(decision)"),
        (f"{HEADER}\nE0992\t<sign>\t\t\t", "unread; unread(decision)"),
        (f"{HEADER}\nE0992\t\t", "unread; unread(decision); unread(row)"),
        ("Code\tPA needed\tFree\nE0992\t\t", "unread; unread(decision)"),
        (
            f"{HEADER}\tPA neded\nE0992\t\t\t\t\tx",
            "not-required; unread(pa-neded)",
        ),
    ],
)
def test_a_blank_says_what_the_layout_says(text: str, rule: str, tmp_path: Path) -> None:
    reading = read(text, layout_of(tmp_path, MARKED + BLANK))
    (told,) = rules_of(reading)
    assert sorted(told.split("; ")) == sorted(f"seating/E0992 {rule}".split("; "))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Code\tPA?\nE0992\t", "not-required"),
        ("Code\tPA?\nE0992\tYes", "required"),
        ("Code\tPA?\nE0992\t-", "unread; unread(decision)"),
        ("Code\tPA?\nE0992\t<sign>", "unread; unread(decision)"),
        ("Code\tPA?\nE0992\tn/a", "unread; unread(decision)"),
        ("Code\tItem\nE0992\tSeat", "unread; unread(decision)"),
        ("Code\tPA?\tItem\nE0992\t\tSeat\nunless rented", "not-required; unread(row)"),
    ],
)
def test_a_blank_decision_means_something_only_in_its_column(
    text: str, rule: str, tmp_path: Path
) -> None:
    assert rules_of(read(text, layout_of(tmp_path, PLAIN + BLANK))) == [f"seating/E0992 {rule}"]


def test_a_blank_decision_means_nothing_by_itself(tmp_path: Path) -> None:
    reading = read("Code\tPA?\nE0992\t", layout_of(tmp_path, PLAIN))
    assert rules_of(reading) == ["seating/E0992 unread; unread(decision)"]


NOTES = Footnotes(
    "description",
    {mark: Footnote(Requirement.REQUIRED, ()) for mark in ("1", "2", "12", "*", "**", "†", "a")},
    bare_digits=True,
)
RAISED = Footnotes("description", NOTES.marks)


@pytest.mark.parametrize(
    ("printed", "text", "marks"),
    [
        ("Seat¹", "Seat", ("1",)),
        ("Seat ²", "Seat", ("2",)),
        ("Seat<sup>1</sup>", "Seat", ("1",)),
        ("Seat <sup>a</sup>", "Seat", ("a",)),
        ("Seat*", "Seat", ("*",)),
        ("Seat **", "Seat", ("**",)),
        ("Seat†", "Seat", ("†",)),
        ("Seat¹, ²", "Seat", ("1", "2")),
        ("Seat<sup>1, 2</sup>", "Seat", ("1", "2")),
        ("Seat<sup>2</sup><sup>1</sup>", "Seat", ("2", "1")),
        ("Seat²¹", "Seat", ("2", "1")),
        ("**Seat**", "Seat", ()),
        ("Seat", "Seat", ()),
        ("Group 2", "Group 2", ()),
    ],
)
def test_a_mark_that_is_raised_is_told_from_the_text(
    printed: str, text: str, marks: tuple[str, ...]
) -> None:
    assert split_marks(plain_with_marks(printed), RAISED) == (text, marks, ())


@pytest.mark.parametrize(
    ("declared", "printed", "marks", "unknown"),
    [
        ("1 2 12", "Seat¹²", (), ("12",)),
        ("1 2 12", "Seat<sup>1</sup><sup>2</sup>", (), ("12",)),
        ("1 2 12", "Seats12", (), ("12",)),
        ("1 2 12", "Seat¹ ²", ("1", "2"), ()),
        ("1 2", "Seat¹²", ("1", "2"), ()),
        ("1 12", "Seat¹²", ("12",), ()),
        ("2 12", "Seats12", ("12",), ()),
        ("1 3", "Seat¹²", (), ("12",)),
        ("1 11", "Seat¹¹", ("11",), ()),
        ("1 2 3", "Seat¹²³", ("1", "2", "3"), ()),
        ("1 2 3 12", "Seat¹²³", (), ("123",)),
        ("3 12", "Seat¹²³", (), ("123",)),
        ("1 12 21", "Seat¹²¹", (), ("121",)),
        ("1 2 3 4 5 6 7 8 9", "Seat¹²", (), ("12",)),
        ("* **", "Seat**", ("**",), ()),
        ("* **", "Seat***", (), ("***",)),
        ("1", f"Seat{'¹²' * 500}", (), ("12" * 500,)),
    ],
)
def test_marks_side_by_side_are_read_where_they_can_be_nothing_else(
    declared: str, printed: str, marks: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    known = {mark: Footnote(Requirement.REQUIRED, ()) for mark in declared.split()}
    notes = Footnotes("description", known, bare_digits=True)
    marked = split_marks(plain_with_marks(printed), notes)
    assert (marked.marks, marked.unknown) == (marks, unknown)


def test_a_code_with_a_mark_of_two_readings_stays_a_code() -> None:
    assert split_code("E099212", NOTES) == ("E0992", (), ("12",))
    assert split_code("E0992¹²", NOTES) == ("E0992", (), ("12",))


@pytest.mark.parametrize(
    ("printed", "marked"),
    [
        ("Seat1", ("Seat", ("1",), ())),
        ("Seat 2", ("Seat", ("2",), ())),
        ("Seat (left)2", ("Seat (left)", ("2",), ())),
        ("Seat 9", ("Seat 9", (), ("9",))),
        ("Chair, group 2", ("Chair, group 2", (), ("2",))),
        ("Chair, type 1", ("Chair, type 1", (), ("1",))),
        ("Chair 100 - 2", ("Chair 100 - 2", (), ("2",))),
        ("Chair 401", ("Chair 401", (), ())),
        ("Chair 40 2", ("Chair 40 2", (), ("2",))),
        ("Vitamin B12", ("Vitamin B12", (), ("12",))),
        ("Blocker H2", ("Blocker H2", (), ("2",))),
        ("SEAT2", ("SEAT", ("2",), ())),
        ("Seat 2*", ("Seat", ("2", "*"), ())),
        ("Seat⁹", ("Seat", (), ("9",))),
        ("Seat‡", ("Seat", (), ("‡",))),
        ("Seat***", ("Seat", (), ("***",))),
        ("insert.1", ("insert.1", (), ("1",))),
        ("insert,1", ("insert,1", (), ("1",))),
        ("[each]1", ("[each]1", (), ("1",))),
        ("Tube 2.1", ("Tube 2.1", (), ())),
    ],
)
def test_a_bare_digit_is_a_mark_only_where_it_can_be_nothing_else(
    printed: str, marked: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> None:
    assert split_marks(plain_with_marks(printed), NOTES) == marked


@pytest.mark.parametrize(
    ("printed", "marked"),
    [
        ("E0992¹", ("E0992", ("1",), ())),
        ("E0992*", ("E0992", ("*",), ())),
        ("E09921", ("E0992", ("1",), ())),
        ("E0992 2", ("E0992", ("2",), ())),
        ("E0992", ("E0992", (), ())),
        ("99212", ("99212", (), ())),
        ("992121", ("99212", ("1",), ())),
        ("E0992‡", ("E0992", (), ("‡",))),
        ("E09929", ("E09929", (), ())),
    ],
)
def test_a_mark_is_stripped_from_a_code(
    printed: str, marked: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> None:
    assert split_code(printed, NOTES) == marked


BY_NOTE = """
program = "Seating"
columns = { code = ["Code"], description = ["Item"] }
footnotes = { column = "description", bare_digits = true }

[[footnote]]
mark = "1"
requirement = "required"

[[footnote]]
mark = "2"
requirement = "not-required"

[[footnote]]
mark = "*"
condition = "purchase"

[[furniture]]
kind = "legend"
phrases = ["1 = prior authorization", "2 = none needed"]
marks = ["1", "2"]
"""
LEGEND = "1 = prior authorization; 2 = none needed"


@pytest.mark.parametrize(
    ("item", "rule"),
    [
        ("Seat1", "required"),
        ("Seat²", "not-required"),
        ("Seat²*", "not-required; purchase"),
        ("Seats2", "not-required"),
        ("Seat¹*", "required; purchase"),
    ],
)
def test_a_footnote_answers(item: str, rule: str, tmp_path: Path) -> None:
    reading = read(f"Code\tItem\nE0992\t{item}\n{LEGEND}", layout_of(tmp_path, BY_NOTE))
    assert rules_of(reading) == [f"seating/E0992 {rule}"]
    assert (codes_of(reading), kinds_of(reading)) == ([], ["header", "rule", "legend"])


@pytest.mark.parametrize(
    "item",
    [
        "Gene test, BRCA2",
        "SpO2",
        "CYP2D2",
        "Seats, set of 2",
        "Cushion category 2",
        "Seat 2",
        "Her2",
    ],
)
def test_a_digit_that_may_be_of_a_name_never_says_that_none_is_required(
    item: str, tmp_path: Path
) -> None:
    reading = read(f"Code\tItem\nE0992\t{item}\n{LEGEND}", layout_of(tmp_path, BY_NOTE))
    assert reading.entries[0].rule.requirement == "unread"


@pytest.mark.parametrize(
    "rows",
    [
        "\t\tYes\t\nE0992\tSeat\t\t",
        "\tSeats\tYes\t\nE0992\tSeat\t\t",
        "**Seats**\t\tYes\t\nE0992\tSeat\t\t",
    ],
)
def test_a_blank_beneath_a_heading_with_a_decision_may_mean_that_one(
    rows: str, tmp_path: Path
) -> None:
    layout = layout_of(tmp_path, PLAIN + BLANK)
    plain, carried = (
        read(f"Code\tItem\tPA?\tRemarks\n{text}", layout) for text in ("E0992\tSeat\t\t", rows)
    )
    assert [each.rule.requirement for each in plain.entries] == ["not-required"]
    assert [each.rule.requirement for each in carried.entries] == ["unread"]


@pytest.mark.parametrize(
    ("item", "rule", "codes"),
    [
        ("Seat", "unread; unread(decision)", ["PC301"]),
        ("Seat*", "unread; unread(decision); purchase", ["PC301"]),
        ("Seat³", "unread; unread(decision); unread(description)", ["PC301", "PC302"]),
        ("Seat 3", "unread; unread(decision); unread(description)", ["PC301", "PC302"]),
        ("Seat, size 2", "unread; unread(decision); unread(description)", ["PC301", "PC302"]),
        ("Seat²‡", "not-required; unread(description)", ["PC302"]),
        ("Seat¹²", "unread; unread(decision)", ["PC328"]),
    ],
)
def test_no_footnote_or_one_that_is_not_declared_is_no_answer(
    item: str, rule: str, codes: list[str], tmp_path: Path
) -> None:
    reading = read(f"Code\tItem\nE0992\t{item}\n{LEGEND}", layout_of(tmp_path, BY_NOTE))
    assert rules_of(reading) == [f"seating/E0992 {rule}"]
    assert codes_of(reading) == codes


@pytest.mark.parametrize("legend", ["", "1 = prior authorization; 2 = not a benefit"])
def test_a_mark_whose_legend_is_missing_or_another_is_not_trusted(
    legend: str, tmp_path: Path
) -> None:
    text = f"Code\tItem\nE0992\tSeat²\nE0994\tArm²\n\n{legend}"
    reading = read(text, layout_of(tmp_path, BY_NOTE))
    assert rules_of(reading) == [
        "seating/E0992 not-required; unread(legend)",
        "seating/E0994 not-required; unread(legend)",
    ]
    assert codes_of(reading) == ["PC122", *["PC103"] * bool(legend)]


@pytest.mark.parametrize(
    "line",
    [
        "2 = none needed in Ohio",
        "(2) None needed in Ohio",
        "2. None in Ohio",
        "² None in Ohio",
        "<sup>2</sup>None in Ohio",
        "<b>2</b> None in Ohio",
        "Note 2: none in Ohio",
        "1 = prior authorization; 2 = none in Ohio",
        "See below. 2) none in Ohio",
        "In Ohio ²none",
        "2\tnone in Ohio",
        "\t2 None in Ohio",
    ],
)
@pytest.mark.parametrize("where", ["\n{}", "\nCode\tItem\n{}", "\nCode\tItem\nE0995\tArm¹\n\n{}"])
def test_a_mark_that_another_line_explains_otherwise_is_not_trusted(
    line: str, where: str, tmp_path: Path
) -> None:
    text = f"Code\tItem\nE0992\tSeat²\nE0994\tBed²\n\n{LEGEND}\n{where.format(line)}"
    reading = read(text, layout_of(tmp_path, BY_NOTE))
    assert rules_of(reading)[:2] == [
        "seating/E0992 not-required; unread(legend)",
        "seating/E0994 not-required; unread(legend)",
    ]
    (wrong,) = [each for each in reading.diagnostics if each.code == "PC126" and "'2'" in str(each)]
    assert wrong.ref.line == len(text.split("\n"))
    assert [ref.line for ref in wrong.related] == [2]


@pytest.mark.parametrize(
    "line",
    [
        "20 items in Ohio",
        "2.5 hours",
        "2/1/2026",
        "2nd edition",
        "Page 2",
        "Items 2 and 3",
        "1 = prior authorization; 2 = none needed",
        "",
    ],
)
def test_a_line_that_explains_no_mark_leaves_it_as_it_was(line: str, tmp_path: Path) -> None:
    text = f"Code\tItem\nE0992\tSeat²\n\n{LEGEND}\n\n{line}"
    reading = read(text, layout_of(tmp_path, BY_NOTE))
    assert rules_of(reading) == ["seating/E0992 not-required"]
    assert "PC126" not in codes_of(reading)


BY_CODE = "codes.several = true\n" + BY_NOTE.replace('column = "description"', 'column = "code"')


def test_a_footnote_of_a_code_is_of_that_code_alone(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, BY_CODE)
    text = f"Code\tItem\nE0992¹, E0994², E09951\tSeats\nE0250<sup>2</sup>\tBed\n{LEGEND}"
    reading = read(text, layout)
    assert rules_of(reading) == [
        "seating/E0992 required",
        "seating/E0995 required",
        "seating/E0994 not-required",
        "seating/E0250 not-required",
    ]
    assert codes_of(reading) == []
    reading = read(f"Code\tItem\nE0992², E0994\tSeats\nE0250‡\tBed\n{LEGEND}", layout)
    assert rules_of(reading) == [
        "seating/E0992 not-required",
        "seating/E0994 unread; unread(decision)",
        "seating/E0250 unread; unread(code); unread(decision)",
    ]


BY_DECISION = f"""{PLAIN}
[footnotes]
column = "decision"

[[footnote]]
mark = "1"
condition = "purchase"

[[footnote]]
mark = "2"
requirement = "not-required"
"""


@pytest.mark.parametrize(
    ("decision", "rule"),
    [
        ("Yes¹", "required; purchase"),
        ("Yes", "required"),
        ("No²", "not-required"),
        ("²", "not-required"),
        ("Yes²", "unread; unread(decision)"),
        ("Yes*", "required; unread(decision)"),
        ("Perhaps¹", "unread; unread(decision); purchase"),
        ("Yes 1", "unread; unread(decision)"),
    ],
)
def test_a_footnote_may_stand_at_the_decision(decision: str, rule: str, tmp_path: Path) -> None:
    reading = read(f"Code\tPA?\nE0992\t{decision}", layout_of(tmp_path, BY_DECISION))
    assert rules_of(reading) == [f"seating/E0992 {rule}"]


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ('set = ["x", "✓", "●"]', "set = []", "marks.set", "nothing was read"),
        ('clear = ["-"]', 'clear = ["X"]', "marks.clear", "marks a column as well"),
        ('clear = ["-"]', 'clear = [" "]', "marks.clear", "a blank marks no column"),
        ('["PA needed"]', '["Item"]', "mark_column[1].column", "another column has too"),
        ('"not-required"', '"maybe"', "mark_column[4].requirement", "expected one of"),
        ('"purchase"', '"purchase("', "mark_column[2].condition", "is no condition"),
    ],
)
def test_a_bad_mark_column_says_where_and_what(
    old: str, new: str, place: str, reason: str, tmp_path: Path
) -> None:
    assert old in MARKED
    with pytest.raises(UnreadableLayout, match=re.escape(reason)) as refused:
        layout_of(tmp_path, MARKED.replace(old, new, 1))
    assert f": {place}: " in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ('column = "description"', 'column = "note"', "footnotes.column", "expected one of code"),
        (
            'footnotes = { column = "description", bare_digits = true }',
            "",
            "footnotes.column",
            "nothing was read",
        ),
        ('mark = "2"', 'mark = "1"', "footnote[2].mark", "each in one place"),
        ('mark = "2"', 'mark = "1,2"', "footnote[2].mark", "expected a sign or a digit"),
        ('condition = "purchase"', "", "footnote[3].condition", "what the mark means"),
        ('marks = ["1", "2"]', 'marks = ["3"]', "furniture", "expected one of a footnote"),
        ('kind = "legend"', 'kind = "pointer"', "furniture[1].marks", "only in a legend"),
    ],
)
def test_a_bad_footnote_says_where_and_what(
    old: str, new: str, place: str, reason: str, tmp_path: Path
) -> None:
    assert old in BY_NOTE
    with pytest.raises(UnreadableLayout, match=re.escape(reason)) as refused:
        layout_of(tmp_path, BY_NOTE.replace(old, new, 1))
    assert f": {place}: " in str(refused.value)


@pytest.mark.parametrize(
    ("more", "place", "reason"),
    [
        (BLANK + BLANK, "decision", "two meanings"),
        (BLANK.replace("blank", 'printed = ["{count}"]\nblank'), "decision[3]", "{count}"),
        ('[footnotes]\ncolumn = "code"\n', "footnotes.column", "at least one [[footnote]]"),
    ],
)
def test_a_bad_blank_says_where_and_what(
    more: str, place: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableLayout, match=re.escape(reason)) as refused:
        layout_of(tmp_path, PLAIN + more)
    assert f": {place}" in str(refused.value)


@pytest.mark.parametrize(
    ("last", "rule", "codes"),
    [("", "unread; unread(decision)", ["PC329"]), ("x", "not-required", [])],
)
def test_blanks_alone_answer_nothing(
    last: str, rule: str, codes: list[str], tmp_path: Path
) -> None:
    blanks = "\n".join(f"E099{digit}\t\t\t\t" for digit in range(5))
    reading = read(f"{HEADER}\n{blanks}\nE0999\t{last}\t\t\t", layout_of(tmp_path, MARKED + BLANK))
    assert rules_of(reading)[0] == f"seating/E0990 {rule}"
    assert codes_of(reading) == codes
