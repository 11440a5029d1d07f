"""A row that goes on beneath its line, or is cut off, is not read as a whole; and says so."""

from __future__ import annotations

import pytest

from precert.notation import format_conditions
from tests.lists.support import HEADER, codes_of, listed, read, row

NO_PA = "No PA required effective 1/1/2031"


def unread_fields(text: str) -> list[list[str]]:
    """Return, for each rule of the document, the fields that are unread."""
    return [
        [
            part.removeprefix("unread(").partition(",")[0]
            for part in format_conditions(entry.rule.conditions).split("; ")
            if part.startswith("unread(")
        ]
        for entry in read(text).entries
    ]


@pytest.mark.parametrize(
    "rest",
    [
        "for members over 21",  # a line without a tab
        "\t\t\t\t\t\tfor members over 21",  # a note that goes on in its column
        "\t\t\t\twith a modifier\t\t",  # a decision that does
        "\t\tor another one\tNot this\tYes\t\t",  # two cells that do
        "Mobility\tSEATS\t\tSeat insert\tNo\tCareCore National\t",  # a second row without its code
    ],
)
def test_what_stands_directly_beneath_a_rule_may_be_its_rest(rest: str) -> None:
    text = listed(row(decision="No"), rest)
    assert unread_fields(text) == [["row"]]
    assert "PC208" in codes_of(read(text))


@pytest.mark.parametrize("between", ["", "\t\t", HEADER, "\t\t\t<b>Arms</b>\t\t\t"])
def test_what_is_set_off_from_a_rule_is_not_its_rest(between: str) -> None:
    text = listed(row(decision="No"), between, "for members over 21")
    assert unread_fields(text) == [[]]
    assert codes_of(read(text)) == ["PC103"]


def test_the_rest_of_a_row_may_have_several_lines() -> None:
    one = listed(row(decision="No"), "for members", row("E0994"))
    two = listed(row(decision="No"), "for members", "over 21", row("E0994"))
    assert unread_fields(two) == [["row"], ["remark"]]
    first, second = (read(text).entries[0].rule.conditions for text in (one, two))
    assert first != second  # the digest is of all lines
    (found,) = [each for each in read(two).diagnostics if each.code == "PC208"]
    assert (found.ref.line, [ref.line for ref in found.related]) == (4, [5, 6])


@pytest.mark.parametrize("code", ["E099Z1", "E0994, E0995", "E0994-E0995"])
def test_a_row_whose_code_is_malformed_is_no_rest(code: str) -> None:
    text = listed(row(decision="No"), row(code))
    assert unread_fields(text) == [[]]
    assert codes_of(read(text)) == ["PC303"]


@pytest.mark.parametrize(
    ("broken", "rest"),
    [
        ('Mobility\tSEATS\tE0992\tSeat\t"No', '(unless rented)"\tCareCore National\t'),
        ("Mobility\tSEATS\tE0992\tSeat\tNo (", "unless rented)\tCareCore National\t"),
        ('Mobility\tSEATS\tE0992\t"Seat', 'in two parts"\tNo\tCareCore National\t'),
        (row(decision="Yes", note=f'"{NO_PA}'), 'except for members under 21"'),
    ],
)
@pytest.mark.parametrize("between", [[], [""]])
def test_a_cell_on_several_lines_is_half_of_a_rule(
    broken: str, rest: str, between: list[str]
) -> None:
    assert unread_fields(listed(broken, *between, rest, row("E0994", decision="No")))[0]


@pytest.mark.parametrize("cell", ['"No', "“No", "No (", "(No"])
def test_a_decision_that_opens_what_it_does_not_close_is_none(cell: str) -> None:
    assert "decision" in unread_fields(listed(row(decision=cell)))[0]
    assert "PC301" in codes_of(read(listed(row(decision=cell))))


@pytest.mark.parametrize("cell", ['"Purchase only', "Purchase only (", "“Purchase only"])
def test_a_note_that_opens_what_it_does_not_close_is_unread(cell: str) -> None:
    assert unread_fields(listed(row(note=cell))) == [["note"]]


@pytest.mark.parametrize(
    "line",
    [
        row(decision='"No"', note='"Purchase only"'),
        row(description='Wheel, 12" or 14" wide'),
        row(description='12" wheel'),
        row(description="Seat (in two parts"),  # descriptions are cut off everywhere
        row(decision="(No)", note="(Purchase only)"),
    ],
)
def test_quotation_marks_and_brackets_in_pairs_say_nothing(line: str) -> None:
    assert unread_fields(listed(line)) == [[]]
    assert codes_of(read(listed(line))) == []


def test_a_row_that_was_cut_off_is_unread() -> None:
    cut = "Mobility\tSEATS\tE0994\tSeat\tNo"
    text = listed(row(), cut)
    assert unread_fields(text) == [[], ["row"]]
    assert codes_of(read(text)) == ["PC202"]
    assert unread_fields(listed(cut)) == [["row"]]  # one row alone is no evidence


def test_a_heading_that_was_cut_off_leaves_its_rows_unread() -> None:
    text = listed(row(), "", "\t\t\t<b>Client", row("E0994"))
    assert unread_fields(text) == [[], ["heading"]]


def test_a_document_that_lacks_the_blanks_at_the_end_of_its_rows_is_read_and_says_so() -> None:
    rows = [row(code).rstrip("\t") for code in ("E0992", "E0994", "E0995")]
    text = listed("\t\t\t<b>Arms</b>", *rows, row("E1002", note="Purchase only"))
    assert unread_fields(text) == [[], [], [], []]
    assert codes_of(read(text)) == ["PC202"]


def test_one_short_row_among_many_full_ones_was_cut_off() -> None:
    rows = [row(f"E10{number}", note="Purchase only") for number in range(10, 35)]
    fields = unread_fields(listed(*rows, "Mobility\tSEATS\tE0994\tSeat\tNo"))
    assert fields == [*([[]] * 25), ["row"]]


def test_a_remark_concerns_the_rules_after_it_until_the_next_title() -> None:
    text = listed(row(), "", "All seats need a call.", "", row("E0994")) + listed(row("E0995"))
    assert unread_fields(text) == [[], ["remark"], []]
    assert codes_of(read(text)) == ["PC103"]


def test_a_text_in_a_column_of_its_own_is_a_remark() -> None:
    assert unread_fields(listed("\tClient specific\t\t\t\t\t", row())) == [["remark"]]


def test_a_pointer_is_no_remark_and_no_rest() -> None:
    text = listed(row(), "For the current Chairs list, click [here](#).", row("E0994"))
    assert unread_fields(text) == [[], []]
    assert codes_of(read(text)) == []


CLIENT = "\t\t\t<b>Client specific managed codes</b>\t\t\t"


def test_a_wrapped_description_does_not_end_what_the_heading_says() -> None:
    wrapped = "\t\t\tand its straps\t\t\t"
    reading = read(listed(CLIENT, row(), wrapped, row("E0994"), wrapped, row("E0995")))
    assert [format_conditions(entry.rule.conditions) for entry in reading.entries] == [
        "client-specific"
    ] * 3
    assert codes_of(reading) == ["PC207", "PC207"]


def test_both_headings_hold_where_the_second_is_doubtful() -> None:
    reading = read(listed(CLIENT, row(), "", "\t\t\tOnly adults\t\t\t", row("E0994")))
    (_, second) = (format_conditions(entry.rule.conditions) for entry in reading.entries)
    assert "client-specific" in second
    assert "unread(heading" in second


@pytest.mark.parametrize(
    "heading", ["\t\t\t<b>Arms</b>\t\t\t", "\t\t\t**Arms**\t\t\t", "\t\t\tArms\tYes\t\t"]
)
def test_a_heading_that_is_surely_one_ends_what_the_one_before_says(heading: str) -> None:
    reading = read(listed(CLIENT, row(), heading, row("E0994")))
    assert format_conditions(reading.entries[1].rule.conditions) == ""
    assert "PC207" not in codes_of(reading)


def test_a_wrapped_description_that_sounds_like_a_rule_is_held_against_its_row() -> None:
    text = listed(row(decision="No"), "\t\t\tonly for members under 21\t\t\t", row("E0994"))
    assert unread_fields(text) == [["row"], ["heading"]]


@pytest.mark.parametrize("text", ["**Stockings**", "<b>Stockings</b>"])
def test_a_marked_heading_may_stand_beside_its_product_and_category(text: str) -> None:
    reading = read(listed(row(), f"Mobility\tSEATS\t\t{text}\t\t\t", row("E0950")))
    assert [entry.rule.heading for entry in reading.entries] == ["", "Stockings"]
    assert codes_of(reading) == []


def test_a_row_without_a_code_names_no_columns() -> None:
    reading = read(listed(row(), "Mobility\tSEATS\t\tStockings\t\t\t", "", row("E0950")))
    assert len(reading.entries) == 2
    assert "PC303" in codes_of(reading)
    assert "PC204" not in codes_of(reading)
