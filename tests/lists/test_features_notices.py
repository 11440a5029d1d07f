"""Notices of change: a line about codes is added to their rules, or stays unexplained."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from precert.compiler import ToldEdition, compile_documents
from precert.errors import UnreadableLayout
from tests.lists.features import LINE, NAMES, PLAIN, codes_of, kinds_of, layout_of, read, rules_of

if TYPE_CHECKING:
    from pathlib import Path

DATED = PLAIN.replace("[columns]", '[columns]\neffective_from = ["From"]\neffective_to = ["To"]')
NOTICES = """
[[pattern]]
phrases = ["no pa from {date}"]
condition = "no-auth-stated(from={date})"

[[notice]]
phrases = ["no pa", "for {codes}", "from {date}"]
fillers = ["needed", "effective"]
condition = "no-auth-stated(from={date})"

[[notice]]
phrases = ["{codes} end", "{date}"]
fillers = ["on"]
sets = "effective-to({date})"

[[notice]]
phrases = ["{code}: purchase only"]
condition = "purchase"
"""
LAYOUT = DATED + NOTICES
HEADER = "Code\tPA?\tFrom\tTo\tRemarks"
ROWS = f"{HEADER}\nE0992\tYes\t\t\t\nE0994\tNo\t\t\t\nE0992\tYes\t\t\t"
NO_PA = "No PA needed for E0992 from 7/1/2026"


@pytest.mark.parametrize(
    ("notice", "rules"),
    [
        (NO_PA, ["required; no-auth-stated(from=2026-07-01)", "not-required"]),
        (
            "E0992 and E0994 end 12/31/26.",
            ["required; to 2026-12-31", "not-required; to 2026-12-31"],
        ),
        ("E0994: Purchase only", ["required", "not-required; purchase"]),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_notice_is_added_to_the_rules_of_its_codes(
    notice: str, rules: list[str], *, above: bool, tmp_path: Path
) -> None:
    text = f"{notice}\n{ROWS}" if above else f"{ROWS}\n{notice}"
    reading = read(text, layout_of(tmp_path, LAYOUT))
    first, second = rules
    assert rules_of(reading) == [
        f"seating/E0992 {first}",
        f"seating/E0994 {second}",
        f"seating/E0992/2 {first}",
    ]
    assert codes_of(reading) == []
    assert kinds_of(reading)[0 if above else -1] == "notice"


@pytest.mark.parametrize(
    "notice",
    [
        "No PA needed for E0992 from 7/1/2026, except for rentals",
        "No PA needed for E0992, not from 7/1/2026",
        "No PA needed for E0992 from 13/1/2026",
        "No PA needed for E099 from 7/1/2026",
        "No PA needed for E0992 to E0994 from 7/1/2026",
        "No PA needed for E0992 from 7/1/2026; no PA needed for E0994 from 8/1/2026",
        "<s>No PA needed for E0992 from 7/1/2026</s>",
        "PA needed for E0992 from 7/1/2026",
    ],
)
def test_a_line_that_says_more_stays_unexplained(notice: str, tmp_path: Path) -> None:
    reading = read(f"{notice}\n{ROWS}", layout_of(tmp_path, LAYOUT))
    assert rules_of(reading)[0] == "seating/E0992 required; unread(remark)"
    assert codes_of(reading) == ["PC103"]


@pytest.mark.parametrize(
    "lines",
    [
        f"{NO_PA},\nunless it is rented.",
        f"For members in Ohio alone:\n{NO_PA}",
    ],
)
def test_a_notice_beside_a_line_that_nothing_explains_is_half_read(
    lines: str, tmp_path: Path
) -> None:
    reading = read(f"{ROWS}\n\n{lines}", layout_of(tmp_path, LAYOUT))
    assert rules_of(reading)[0] == "seating/E0992 required; unread(notice)"
    assert {"PC103", "PC125"} <= set(codes_of(reading))


def test_a_notice_beneath_a_title_speaks_of_that_program(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, f'{LAYOUT}\n[titles]\nprogram = ["Group {{program}}"]\n')
    beds = f"Group Beds\n{HEADER}\nE0992\tYes\t\t\t"
    chairs = f"Group Chairs\n{HEADER}\nE0992\tYes\t\t\t\nE0996\tYes\t\t\t"
    text = f"{beds}\n\n{NO_PA}\nE0996: purchase only\n\n{chairs}"
    assert rules_of(read(text, layout)) == [
        "beds/E0992 required; no-auth-stated(from=2026-07-01)",
        "chairs/E0992 required",
        "chairs/E0996 required; unread(notice)",
    ]


def test_a_day_of_the_other_order_takes_the_trust_from_those_of_notes_and_notices(
    tmp_path: Path,
) -> None:
    rows = f"{HEADER}\nE0992\tYes\t\t\tNo PA from 2/9/2026\nE0994\tYes\t\t\t"
    notice = "No PA needed for E0994 from 2/9/2026"
    layout = layout_of(tmp_path, LAYOUT)
    trusted = read(f"{rows}\n\n{notice}", layout)
    doubted = read(f"{rows}\nE0996\tYes\t31/1/2026\t\t\n\n{notice}", layout)
    assert [each.split(" ", 1)[1] for each in rules_of(trusted)] == [
        "required; no-auth-stated(from=2026-02-09)",
        "required; no-auth-stated(from=2026-02-09)",
    ]
    assert [each.split(" ", 1)[1] for each in rules_of(doubted)[:2]] == [
        "required; unread(dates); no-auth-stated(from=2026-02-09)",
        "required; unread(notice)",
    ]


def test_a_notice_of_a_code_without_a_rule_is_reported(tmp_path: Path) -> None:
    reading = read(f"{ROWS}\nE0992 and E0999 end on 12/31/2026", layout_of(tmp_path, LAYOUT))
    assert rules_of(reading)[0] == "seating/E0992 required; to 2026-12-31"
    (found,) = reading.diagnostics
    assert (found.code, found.ref.line, "E0999" in found.sentence) == ("PC121", 5, True)


@pytest.mark.parametrize(
    ("row", "notices", "rule"),
    [
        ("\t1/31/2026\t", "E0992 end 12/31/2026", "unread(notice); to 2026-01-31"),
        ("\t12/31/2026\t", "E0992 end 12/31/2026", "to 2026-12-31"),
        ("1/31/2027\t\t", "E0992 end 12/31/2026", "unread(notice); from 2027-01-31"),
        (
            "\t\tNo PA from 1/1/2026",
            NO_PA,
            "unread(notice); no-auth-stated(from=2026-01-01)",
        ),
        ("\t\tNo PA from 7/1/2026", NO_PA, "no-auth-stated(from=2026-07-01)"),
        (
            "\t\t",
            "E0992 end 12/31/2026\nE0992 end 12/31/2027",
            "unread(notice); to 2026-12-31",
        ),
    ],
)
def test_a_notice_against_the_row_or_another_leaves_the_rule_unread(
    row: str, notices: str, rule: str, tmp_path: Path
) -> None:
    reading = read(f"{HEADER}\nE0992\tYes\t{row}\n{notices}", layout_of(tmp_path, LAYOUT))
    assert rules_of(reading) == [f"seating/E0992 required; {rule}"]
    assert codes_of(reading) == ["PC125"] * rule.startswith("unread")


def test_a_notice_of_an_ignored_sheet_says_nothing(tmp_path: Path) -> None:
    layout = layout_of(tmp_path, f'{LAYOUT}\n[sheets]\nignored = ["Old"]\n')
    reading = read(f"[sheet New]\n{ROWS}\n[sheet Old]\n{NO_PA}", layout)
    assert rules_of(reading)[0] == "seating/E0992 required"


def test_a_notice_of_a_code_without_a_rule_is_a_line_where_a_code_may_stand(tmp_path: Path) -> None:
    layout, document = tmp_path / "acme.toml", tmp_path / "list.txt"
    stated = '\n[[furniture]]\nkind = "exhaustive"\nphrases = ["none for other codes"]\n'
    layout.write_text(NAMES + LINE + LAYOUT + stated, encoding="utf-8")
    text = f"{ROWS}\n\nNone for other codes\nE0999: purchase only\n"
    document.write_text(text, encoding="utf-8")
    compiled = compile_documents([document], ToldEdition(date(2026, 1, 1)), layout=layout)
    assert [each.unread for each in compiled.rulebook.documents] == [1]
    assert {"PC121", "PC123"} <= {each.code for each in compiled.diagnostics}


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("{code}: purchase", "it: purchase", "notice[3].phrases", "expected {code} or {codes}"),
        ('condition = "purchase"', "", "notice[3].condition", "what the notice says"),
        ('"effective-to({date})"', '"ends({date})"', "notice[2].sets", "effective-to({date})"),
        ('fillers = ["on"]', 'fillers = ["not"]', "notice[2].fillers", "adds nothing"),
        ("{code}: purchase", "{code} {name}", "notice[3].phrases", "whatever is printed"),
        (
            '"no-auth-stated(from={date})"\n\n[[notice]]\nphrases = ["{codes} end"',
            '"no-auth-stated"\n\n[[notice]]\nphrases = ["{codes} end"',
            "notice[1].condition",
            "{date}",
        ),
    ],
)
def test_a_bad_notice_says_where_and_what(
    old: str, new: str, place: str, reason: str, tmp_path: Path
) -> None:
    assert LAYOUT.count(old) == 1
    with pytest.raises(UnreadableLayout, match=re.escape(reason)) as refused:
        layout_of(tmp_path, LAYOUT.replace(old, new, 1))
    assert f": {place}: " in str(refused.value)
