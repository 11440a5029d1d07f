"""Several codes in a cell: each has its rule, and what is no code leaves them all unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.codes import parse_range
from precert.compiler import ToldEdition, compile_documents, printed_rows
from precert.lists.code_cells import read_code_cell
from precert.lists.layout_values import CodeForm
from tests.lists.features import LINE, NAMES, PLAIN, codes_of, kinds_of, layout_of, read, rules_of

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "Code\tItem\tPA?\tRemarks"
SEVERAL = f"{PLAIN}\n[codes]\nseveral = true\n"
ONE, MANY = CodeForm(), CodeForm(several=True)


@pytest.mark.parametrize(
    "text",
    [
        "E0992, E0994",
        "E0992 / E0994",
        "E0992;E0994",
        "e0992 and E0994",
        "E0992 E0994",
        "E0992, E0994, E0992",
        "E0992 or E0994",
        "E0992 | E0994,",
    ],
)
def test_several_codes_are_told_apart(text: str) -> None:
    cell = read_code_cell(text, MANY)
    assert (cell.codes, cell.wrong) == (("E0992", "E0994"), ())
    assert read_code_cell(text, ONE).codes == ()


@pytest.mark.parametrize(
    ("text", "codes", "read_as"),
    [
        ("E0992, E099", ("E0992",), ["E099"]),
        ("E0992, EO994", ("E0992",), ["EO994"]),
        ("E0992 only with E0994", ("E0992", "E0994"), ["only with"]),
        ("except E0992", ("E0992",), ["except"]),
        ("+E0992 E0994", ("E0994",), ["+E0992"]),
        ("(E0992, E0994)", (), ["(E0992 E0994)"]),
        ("E0992-E0994", (), ["E0992-E0994"]),
        ("E0990, E0992 \u2013 E0994", ("E0990",), ["E0992-E0994"]),
        ("E0992-RT", (), ["E0992-RT"]),
        ("Seats and arms", (), ["Seats arms"]),
    ],
)
def test_what_is_no_code_is_told(text: str, codes: tuple[str, ...], read_as: list[str]) -> None:
    cell = read_code_cell(text, MANY)
    assert cell.codes == codes
    assert [reason.split("'")[1] for reason in cell.wrong] == read_as


@pytest.mark.parametrize(
    "text", ["E0992-E0994", "E0992 - E0994", "E0992\u2013E0994", "E0992- E0994"]
)
def test_a_range_is_one_rule_where_the_layout_says_so(text: str) -> None:
    for form in (CodeForm(ranges=True), CodeForm(several=True, ranges=True)):
        cell = read_code_cell(text, form)
        assert cell.codes == (parse_range("E0992-E0994"),)
        assert cell.wrong == ()
    for form in (ONE, MANY):
        assert read_code_cell(text, form).codes == ()
        assert "E0992" in read_code_cell(text, form).wrong[0]


def test_a_range_that_ends_before_it_begins_is_none() -> None:
    cell = read_code_cell("E0994-E0992, E0995", CodeForm(several=True, ranges=True))
    assert cell.codes == ("E0995",)
    assert "E0994-E0992" in cell.wrong[0]


def test_four_digits_are_no_code_but_in_a_column_of_revenue_codes() -> None:
    assert "'0240'" in read_code_cell("0240", ONE).wrong[0]
    assert read_code_cell("0240", CodeForm(revenue=True)).codes == ("REV0240",)
    assert read_code_cell("E0992", CodeForm(revenue=True)).codes == ("E0992",)


def test_each_code_has_its_rule_and_all_have_the_row(tmp_path: Path) -> None:
    text = f"{HEADER}\nE0992, E0994\tSeats\tNo\t\nE0994\tArm\tYes\t"
    reading = read(text, layout_of(tmp_path, SEVERAL))
    assert rules_of(reading) == [
        "seating/E0992 not-required",
        "seating/E0994 not-required",
        "seating/E0994/2 required",
    ]
    assert [entry.rule.ref.line for entry in reading.entries] == [2, 2, 3]
    assert (codes_of(reading), kinds_of(reading)) == ([], ["header", "rule", "rule"])


def test_a_part_that_is_no_code_leaves_the_other_rules_unread(tmp_path: Path) -> None:
    text = f"{HEADER}\nE0992, E099, E0994\tSeats\tNo\t"
    reading = read(text, layout_of(tmp_path, SEVERAL))
    assert rules_of(reading) == [
        "seating/E0992 not-required; unread(code)",
        "seating/E0994 not-required; unread(code)",
    ]
    assert codes_of(reading) == ["PC303"]


def test_what_follows_directly_beneath_is_the_rest_of_all(tmp_path: Path) -> None:
    text = f"{HEADER}\nE0992, E0994\tSeats\tNo\t\nunless rented\nE0995\tLeg\tNo\t"
    reading = read(text, layout_of(tmp_path, SEVERAL))
    assert rules_of(reading) == [
        "seating/E0992 not-required; unread(row)",
        "seating/E0994 not-required; unread(row)",
        "seating/E0995 not-required; unread(remark)",
    ]
    (torn,) = (each for each in reading.diagnostics if each.code == "PC208")
    assert "E0992, E0994" in torn.sentence


def test_a_layout_that_does_not_say_so_reads_one_code_alone(tmp_path: Path) -> None:
    reading = read(f"{HEADER}\nE0992, E0994\tSeats\tNo\t", layout_of(tmp_path, PLAIN))
    assert (rules_of(reading), codes_of(reading)) == ([], ["PC106", "PC303"])


def test_the_printed_row_is_found_for_each_of_its_rules(tmp_path: Path) -> None:
    layout, document = tmp_path / "acme.toml", tmp_path / "list.txt"
    layout.write_text(NAMES + LINE + SEVERAL, encoding="utf-8")
    document.write_text(
        f"Effective 1/1/2031\n{HEADER}\nE0992, E0994\tSeats\tNo\t\n", encoding="utf-8"
    )
    layout.write_text(
        layout.read_text(encoding="utf-8")
        + '[[furniture]]\nkind = "effective"\nphrases = ["effective {date}"]\n',
        encoding="utf-8",
    )
    rulebook = compile_documents([document], ToldEdition(), layout=layout).rulebook
    found = printed_rows(rulebook, rulebook.rules, [document])
    assert set(found.rows) == {"seating/E0992", "seating/E0994"}
