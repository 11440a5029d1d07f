"""What another edition changes for orders: which lines, how urgent, and no line is lost."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from precert.batch import determine_table
from precert.batch.changed_lines import COMPARED, Urgency
from precert.batch.impact import impact_of
from precert.errors import BadColumns, MissingExtra, UnreadableLines
from precert.notation import format_conditions, parse_conditions
from precert.rulebook import Rulebook
from tests.support.rulebooks import book, row

if TYPE_CHECKING:
    from pathlib import Path

    from precert.batch.changed_lines import Impact

BEFORE = book(
    row("Wheels", "K0001", "not-required"),
    row("Wheels", "K0002"),
    row("Air", "E0601", "not-required"),
    row("Air", "E0470"),
    row("Air", "E0471"),
    row("Knees", "J7330", "add-on"),
    row("Knees", "27447"),
    row("Knees", "27446", "out-of-scope"),
)
AFTER = book(
    row("Wheels", "K0001"),
    row("Wheels", "K0002", platform="Southwind"),
    row("Air", "E0601", "not-required"),
    row("Air", "E0470", "not-required"),
    row("Air", "E0471", platform="NORTH WIND"),
    row("Knees", "J7330", "add-on"),
    row("Knees", "27447", "investigational"),
    effective_from=date(2026, 4, 1),
    review_by=date(2027, 4, 1),
)
FIRST = AFTER.edition.effective_from
LINES = """\
order,line id,code,date of service
"1
2",a,K0001,2026-04-01

A2,b,K0002,2026-05-01
A2,c,E0471,2026-05-01
A3,d,E0470,2026-04-02
A4,e,K0001,2026-03-31
A5,f,J7330,2026-05-02
A5,g,27447,2026-05-02
A6,h,27446,2026-05-03
A7,i,E0601,2026-05-03
A8,j,K000I,2026-05-03
"A9,k,K0001,2026-05-03
"""


def impact(
    folder: Path, before: Rulebook = BEFORE, after: Rulebook = AFTER, lines: str = LINES
) -> Impact:
    path = folder / "orders.csv"
    path.write_text(lines, encoding="utf-8")
    columns = {"order_id": "order"}
    return impact_of(
        before, after, [str(path)], since=after.edition.effective_from, columns=columns
    )


def told(found: Impact) -> list[tuple[str, str, str, str]]:
    return [(one.order_id, one.line, one.urgency.value, one.change) for one in found.changed]


def test_the_lines_that_change_the_most_urgent_first(tmp_path: Path) -> None:
    found = impact(tmp_path)
    assert told(found) == [
        ("1\n2", "a", "needs-auth", "no-auth -> auth-needed"),
        ("A5", "g", "denial", "auth-needed -> investigational"),
        ("A2", "b", "elsewhere", "auth-needed: platform"),
        ("A5", "f", "to-ask", "follows-primary -> conditional"),
        ("A6", "h", "to-ask", "not-managed -> not-listed"),
        ("A3", "d", "no-auth", "auth-needed -> no-auth"),
    ]
    first = found.changed[0]
    assert (first.code, first.date_of_service, first.since) == ("K0001", FIRST, FIRST)
    assert [one.file_line for one in found.changed] == [2, 10, 5, 9, 11, 7]
    assert (found.lines, found.orders, found.changed_orders) == (11, 8, 5)
    assert [one.line for one in found.rejected] == [13, 14]
    assert "did you mean" in found.rejected[0].reason
    assert found.by_urgency[Urgency.TO_ASK] == (2, 2)
    assert sum(count.lines for count in found.by_change.values()) == len(found.changed)


def test_a_line_without_an_id_has_its_number_in_the_order(tmp_path: Path) -> None:
    lines = (
        "order,code,date of service\nA,E0601,2026-05-01\nB,K0001,2026-05-01\nA,K0001,2026-05-01\n"
    )
    assert [one[:2] for one in told(impact(tmp_path, lines=lines))] == [("A", "2"), ("B", "1")]


def test_that_the_edition_before_ends_is_no_change(tmp_path: Path) -> None:
    rows = [row("Air", "E0601", "not-required"), row("Air", "E0470", "out-of-scope")]
    ended = book(*rows, effective_to=date(2026, 3, 31))
    days = "2026-05-01", "2027-12-01"
    lines = "order,code,date of service\n" + "".join(
        f"{day},{text},{day}\n" for day in days for text in ("E0601", "E0470", "K0001")
    )
    again = book(*rows, effective_from=FIRST, review_by=date(2027, 4, 1))
    assert told(impact(tmp_path, ended, again, lines)) == []
    now = book(row("Air", "E0601"), rows[1], effective_from=FIRST, review_by=date(2027, 4, 1))
    assert [one[3] for one in told(impact(tmp_path, ended, now, lines))] == [
        "no-auth -> auth-needed",
        "conditional -> auth-needed",  # nothing is known of that day: the edition after was to be
    ]  # reviewed before


def test_what_one_edition_alone_cannot_answer_is_rejected_and_says_so(tmp_path: Path) -> None:
    lines = "order,code,date of service,program\n" + "".join(
        f"{order},K0001,{day},{program}\n"
        for order, day, program in (
            ("A", "2026-05-01", "Wheels"),
            ("B", "2026-05-01", "Chairs"),
            ("C", "2026-05-01", "Nobody"),
            ("D", "2026-03-01", "Wheels"),
        )
    )
    found = impact(tmp_path, BEFORE, _renamed(AFTER), lines)
    said = {one.line: one.reason for one in found.rejected}
    assert said.keys() == {2, 3, 4}
    assert said[2].startswith("after: program: ")
    assert said[3].startswith("before: program: ")
    assert said[4].startswith("before: program: ")
    assert "; after: program: " in said[4]
    assert found.lines == 4


def test_a_program_that_is_renamed_as_a_whole_changes_no_line(tmp_path: Path) -> None:
    rows = [
        *(row("Wheels", text) for text in ("E0601", "E0470", "E0471")),
        row("Air", "E0470", "not-required"),
        row("Air", "K0001", "required", "with-program(Wheels)"),
        row("Air", "K0002", "out-of-scope", "defers-to(Wheels)"),
    ]
    lines = "order,code,date of service\n" + "".join(
        f"{text},{text},2026-05-01\n" for text in ("E0601", "E0470", "K0001", "K0002")
    )
    before, after = book(*rows), _renamed(book(*rows, effective_from=FIRST))
    assert told(impact(tmp_path, before, after, f"{lines}K0001,E0471,2026-05-01\n")) == []


def test_in_which_order_programs_are_printed_changes_no_question(tmp_path: Path) -> None:
    rows = [row("Wheels", "E0601"), row("Air", "E0601", "not-required")]
    before, after = book(*rows), book(*rows, effective_from=FIRST)
    turned = tuple(reversed(after.programs))
    parts = after.edition, turned, after.plans, after.documents, after.rules
    after = Rulebook.build(*parts)
    lines = "order,code,date of service\nA,E0601,2026-05-01\n"
    assert told(impact(tmp_path, before, after, lines)) == []


def test_a_line_that_goes_into_another_programs_case_changes(tmp_path: Path) -> None:
    rows = [row("Wheels", "E0601"), row("Air", "E0470")]
    moved = [row("Air", "E0601"), row("Air", "E0470")]
    lines = "order,code,date of service\nA,E0601,2026-05-01\nA,E0470,2026-05-01\n"
    found = impact(tmp_path, book(*rows), book(*moved, effective_from=FIRST), lines)
    assert told(found) == [("A", "1", "elsewhere", "auth-needed: case_key")]


def _renamed(rulebook: Rulebook) -> Rulebook:
    programs = [
        replace(program, name="Chairs" if program.name == "Wheels" else program.name)
        for program in rulebook.programs
    ]
    rules = [
        replace(
            rule,
            program="Chairs" if rule.program == "Wheels" else rule.program,
            conditions=parse_conditions(
                format_conditions(rule.conditions).replace("Wheels", "Chairs")
            ),
        )
        for rule in rulebook.rules
    ]
    return type(rulebook).build(
        rulebook.edition, programs, rulebook.plans, rulebook.documents, rules
    )


def test_the_changed_lines_are_those_whose_answers_differ(tmp_path: Path) -> None:
    """As `determine_table` answers each side, line by line."""
    codes = ("K0001", "K0002", "E0601", "E0470", "E0471", "J7330", "27447", "27446", "A4604")
    rows = [
        {"order": f"A{at // 3}", "code": codes[at * 7 % len(codes)], "date of service": str(day)}
        for at in range(300)
        for day in [date(2026, 3 + at // 3 % 3, 1 + at % 2)]
    ]
    lines = "\n".join(
        ",".join(each.values()) for each in [dict(zip(rows[0], rows[0], strict=True)), *rows]
    )
    found = impact(tmp_path, lines=lines + "\n")
    table = pa.Table.from_pylist(rows)
    before, after = (
        determine_table(table, rulebook, columns={"order_id": "order"}).answers.to_pylist()
        for rulebook in (BEFORE, AFTER)
    )
    expected = {
        at + 2
        for at, (was, is_now) in enumerate(zip(before, after, strict=True))
        if any(
            str(was[name]).replace("NORTH WIND", "Northwind")
            != str(is_now[name]).replace("NORTH WIND", "Northwind")
            for name in COMPARED
        )
        and rows[at]["date of service"] >= str(FIRST)
    }
    assert {one.file_line for one in found.changed} == expected
    assert len(expected) > 50
    assert not found.rejected


def test_what_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableLines, match=r"absent\.csv"):
        impact_of(BEFORE, AFTER, [str(tmp_path / "absent.csv")], since=None)
    with pytest.raises(BadColumns, match="a column for code"):
        impact(tmp_path, lines="order,number\nA,1\n")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra, match=r"the impact on orders .* 'precert\[batch\]'"):
        impact(tmp_path)
