"""Drafts of layouts: what is proposed, why, and what is left to a person."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from precert.documents import document_of, open_document
from precert.lists import load_layout
from precert.lists.draft import Draft, draft_layout, layout_text
from precert.lists.draft.notes import phrases_of
from precert.lists.draft.tokens import code_tokens
from precert.tables import read_tables

if TYPE_CHECKING:
    from pathlib import Path

LIST = """\
Acme Health

Codes needing a call: Seating

Procedure Code	What it is	PA Required?	Reviewed By	Comments	Weight
E0992	Seat insert of any kind	Yes	Northwind		2
E0994	Arm rest for one side	No	Northwind		3
Cushions
E2601	Cushion of some kind	Yes	Northwind	Purchase only	1
E2602	Cushion of a wide kind	Perhaps	Northwind	Call 555-010-0199 from 3/1/2026 on	1

Acme Health

Codes needing a call: Air

Procedure code	What it is	PA Required?	Reviewed By	Comments
E0601	Airway device for the night	YES	None	Purchase only

Copyright 2026 Acme Health
"""


def drafted(text: str, name: str = "acme.md") -> Draft:
    document = document_of(name, text.encode())
    return draft_layout(document.name, read_tables(document, frozenset()).blocks)


def toml_of(text: str) -> dict[str, Any]:
    return tomllib.loads(layout_text(drafted(text)))


def test_columns_are_told_by_what_stands_in_them_and_by_their_header_words() -> None:
    fields = {guess.column.header: guess.field for guess in drafted(LIST).guesses}
    assert fields == {
        "Procedure Code": "code",
        "What it is": None,
        "PA Required?": "decision",
        "Reviewed By": "platform",
        "Comments": "note",
        "Weight": None,
    }


def test_every_guess_says_why() -> None:
    why = {guess.column.header: guess.why for guess in drafted(LIST).guesses}
    assert why["Procedure Code"] == "5 of 5 cells hold codes"
    assert why["PA Required?"] == "4 of 5 cells hold a decision word"
    assert why["Comments"] == "by its header word; distinct texts in 3 cells: 2"


def test_titles_are_lines_above_a_header_that_name_something() -> None:
    draft = drafted(LIST)
    assert [(title.form, title.programs) for title in draft.titles] == [
        ("Codes needing a call: {program}", ("Seating", "Air"))
    ]
    assert draft.openings == ("Acme Health",)


def test_decision_words_are_counted_and_an_unknown_one_is_a_question() -> None:
    decided = drafted(LIST).decisions["PA Required?"]
    assert [(each.seen.text, each.seen.times, each.requirement) for each in decided] == [
        ("Yes", 2, "required"),
        ("No", 1, "not-required"),
        ("Perhaps", 1, None),
        ("YES", 1, "required"),
    ]
    text = layout_text(drafted(LIST))
    assert "# ? 1 row prints 'Perhaps', first line 10. What does it require?" in text
    assert toml_of(LIST)["decision"] == [
        {"requirement": "required", "printed": ["YES"]},
        {"requirement": "not-required", "printed": ["No"]},
    ]


def test_what_has_no_place_is_named_with_its_line() -> None:
    unplaced = [(one.ref.line, one.text) for one in drafted(LIST).unplaced]
    assert unplaced == [(8, "Cushions"), (19, "Copyright 2026 Acme Health")]


def test_the_draft_loads_as_a_layout_and_reads_what_it_understood(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    path.write_text(layout_text(drafted(LIST)), encoding="utf-8")
    layout = load_layout(path)
    assert layout.header_words == {"Procedure Code", "PA Required?", "Reviewed By", "Comments"}
    assert layout.platforms == {"northwind": "Northwind", "none": None}


def test_a_word_with_a_mark_is_another_word() -> None:
    text = "For: Air\n\nCode\tPA Required?\nE0601\tYes\nE0602\tYes\nE0603\tYes*\n"
    assert toml_of(text)["decision"] == [{"requirement": "required", "printed": ["Yes"]}]


@pytest.mark.parametrize("header", ["No PA Required", "Exempt from PA", "Covered by Medicaid"])
def test_a_header_that_may_turn_its_words_round_is_a_question(header: str) -> None:
    text = f"For: Air\n\nCode\t{header}\nE0601\tYes\nE0602\tNo\n"
    assert "decision" not in toml_of(text)
    assert "# ? Which column prints the decision?" in layout_text(drafted(text))


@pytest.mark.parametrize(
    "title", ["pre-auth codes of our group: Air", "Codes {2026}: Air", "A b c d e f g h i: Air"]
)
def test_what_is_proposed_as_a_title_loads(title: str, tmp_path: Path) -> None:
    opening = "Six words that stand above each"
    above = f"{opening}\n{title}\nCode\tPA?\n"
    text = f"{above}E0601\tYes\nE0602\tYes.\n{above}E0603\tNo\n"
    path = tmp_path / "draft.toml"
    path.write_text(layout_text(drafted(text)), encoding="utf-8")
    assert len(load_layout(path).decisions) == 2


def test_a_word_is_never_guessed_to_mean_that_none_is_required() -> None:
    rows = "".join(f"E060{n}\tYes\n" for n in range(9))
    text = f"For: Air\n\nCode\tPA Required?\n{rows}E0620\tNope\nE0621\t\n"
    assert toml_of(text)["decision"] == [{"requirement": "required", "printed": ["Yes"]}]
    assert "# ? 1 row prints 'Nope'" in layout_text(drafted(text))
    assert "# ? Rows that print no decision: 1." in layout_text(drafted(text))


def test_a_mark_in_one_of_several_columns_is_the_answer() -> None:
    text = "For: Air\n\nCode\tNeeded\tNot needed\nE0601\tX\t\nE0602\t\tx\nE0603\tX\t\n"
    draft = drafted(text)
    assert [column.header for column in draft.marked] == ["Needed", "Not needed"]
    assert not draft.decisions


def test_codes_in_one_cell_and_ranges_are_seen() -> None:
    text = "For: Air\n\nCode\tPA?\nE0601, E0602\tYes\nE0610-E0615\tNo\nE0620*\tYes\n"
    draft = drafted(text)
    assert (draft.several_codes, draft.ranges, draft.code_marks) == (1, 1, ("*",))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("E0601", (1, 0, ())),
        ("E0601 / E0602; 27447", (3, 0, ())),
        ("77750- 77799", (1, 1, ())),
        ("E0601¹", (1, 0, ("1",))),
        ("E0601<sup>2</sup>", (1, 0, ("2",))),
        ("E0601 or E0602", (2, 0, ())),
        ("E0610 thru E0615", (1, 1, ())),
        ("E0601 or so", None),
        ("Yes", None),
        ("", None),
        ("E0601 and E0602", (2, 0, ())),
        ("2026", None),
        ("E0601-E0602-E0603", None),
    ],
)
def test_what_is_a_cell_of_codes(cell: str, expected: tuple[object, ...] | None) -> None:
    found = code_tokens(cell)
    assert (tuple(found) if found else None) == expected


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (("1/31/2026", "2026-01-31", "31-Jan-26"), "effective_from"),
        (("31.1.2026", "28.2.2026", "20260331 "), "effective_from"),
        (("2026-01-31 00:00:00", "January 31, 2026", "12/31/9999"), "effective_from"),
        (("13/13/2026", "2026-1-31", "in May"), None),
    ],
)
def test_a_column_of_days_is_one_that_a_layout_can_read(
    days: tuple[str, ...], field: str | None
) -> None:
    rows = "".join(f"E060{at}\tYes\t{day}\n" for at, day in enumerate(days))
    guesses = drafted(f"Code\tPA?\tWhen\n{rows}").guesses
    assert guesses[2].field == field


def test_a_note_becomes_phrases_with_placeholders() -> None:
    assert phrases_of("Call 555-010-0199 for E0601 and E0602, from 3/1/2026 on (twice {a})") == (
        "Call {phone} for {codes} from",
        "{date} on twice a",
    )


@pytest.mark.parametrize(
    ("limit", "phrase"),
    [
        ("21 and over", "{age} and over"),
        ("Under 21", "Under {under}"),
        ("Younger than age 21", "Younger than age {under}"),
        ("Over 65", "Over {over}"),
        ("18 to 20", "{age} to 20"),
    ],
)
def test_an_age_is_told_from_what_lies_beneath_or_above_it(limit: str, phrase: str) -> None:
    assert phrases_of(limit, "age") == (phrase,)


@pytest.mark.parametrize(
    ("column", "limit", "phrase"),
    [
        ("place_of_service", "11, 22 and 24 only", "{places} only"),
        ("modifier", "with RT or LT", "with {modifiers}"),
        ("state", "FL", "{states}"),
        ("units", "more than 4", "more than {units}"),
        ("diagnosis", "for C50 and M80.0-M80.9", "for {diagnoses}"),
        ("note", "FL 11", "FL {count}"),
        ("note", "from 31-Jan-26 on", "from {date} on"),
    ],
)
def test_the_column_tells_what_a_value_is(column: str, limit: str, phrase: str) -> None:
    assert phrases_of(limit, column) == (phrase,)


def test_the_limits_of_a_column_are_questions_too() -> None:
    text = "Code\tPA?\tAge limit\tUnits\nE0601\tYes\t18 and over\t\nE0602\tYes\t\tMore than 4\n"
    assert (
        "# Limits in the column age. One without a pattern leaves its rule unread.\n"
        "# ? 1 row prints '18 and over', first line 2. What does it mean?\n"
        "# [[pattern]]\n"
        '# phrases = ["{age} and over"]\n'
        '# columns = ["age"]\n'
        '# condition = ""\n'
    ) in layout_text(drafted(text))
    assert '# phrases = ["More than {units}"]\n' in layout_text(drafted(text))


def test_a_document_without_a_table_gives_a_draft_that_says_so() -> None:
    text = layout_text(drafted("Nothing but\na few lines\n"))
    assert text.startswith("# Draft of a layout for acme.md: 0 rows with a code were found.")
    assert "# line 2: 'a few lines'" in text


def test_a_heading_with_a_decision_is_no_header() -> None:
    text = (
        "For: Air\n\nCode\tPA Required?\tPlatform\nMasks\tYes\tNorthwind\nE0601\tYes\tNorthwind\n"
    )
    assert [guess.column.header for guess in drafted(text).guesses] == [
        "Code",
        "PA Required?",
        "Platform",
    ]


@pytest.mark.real_list
def test_the_draft_of_the_published_list_reads_most_of_it(real_list: Path, tmp_path: Path) -> None:
    document = open_document(real_list)
    draft = draft_layout(document.name, read_tables(document, frozenset()).blocks)
    assert draft.rows == 1602
    fields = {guess.field for guess in draft.guesses}
    assert fields == {
        *("code", "product", "category", "description"),
        "decision",
        "platform",
        "note",
        None,
    }
    path = tmp_path / "draft.toml"
    path.write_text(layout_text(draft), encoding="utf-8")
    assert len(load_layout(path).decisions) == 6
