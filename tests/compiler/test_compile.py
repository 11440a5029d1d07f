"""From documents to a rulebook: dates, several documents, evidence and kept descriptions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import precert.lists
from precert.compiler import (
    ToldEdition,
    compile_documents,
    lint_documents,
    printed_rows,
    read_descriptions,
    write_descriptions,
)
from precert.determine import Order, determine
from precert.errors import BadEdition, UnreadableDocument, UnreadableLayout, UnreadableRulebook
from precert.model import Basis, DefersTo

if TYPE_CHECKING:
    from collections.abc import Callable

HEADER = (
    "Product\tCategory\tCPT® Code\tCPT® Code Description\t"
    "Commercial Prior Authorization Required?\tCommercial Case Build Platform\tExternal Notation"
)
BEGINS = ToldEdition(date(2026, 1, 1))


def text(program: str, *rows: str) -> str:
    title = f"## Cigna Commercial Prior Authorization Procedure List: {program}"
    return "\n".join([title, "", HEADER, *rows])


def row(code: str, decision: str = "Yes", note: str = "") -> str:
    return f"Mobility\tSEATS\t{code}\tA seat\t{decision}\tCareCore National\t{note}"


@pytest.fixture(name="document")
def fixture_document(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, content: str) -> Path:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_without_a_first_day_nothing_is_compiled(document: Callable[[str, str], Path]) -> None:
    path = document("list.md", text("Seats", row("E0992")))
    with pytest.raises(BadEdition, match="--effective-from YYYY-MM-DD"):
        compile_documents([path], ToldEdition())


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (ToldEdition(date(2026, 1, 1), effective_to=date(2025, 12, 31)), "effective_to 2025-12-31"),
        (ToldEdition(date(2026, 1, 1), review_by=date(2025, 12, 31)), "review_by 2025-12-31"),
    ],
)
def test_dates_that_contradict_each_other_are_refused(
    document: Callable[[str, str], Path], told: ToldEdition, read: str
) -> None:
    path = document("list.md", text("Seats", row("E0992")))
    with pytest.raises(BadEdition, match=read):
        compile_documents([path], told)


@pytest.mark.parametrize(
    ("begins", "reviewed"),
    [
        (date(2026, 1, 1), date(2027, 1, 1)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_an_edition_is_reviewed_after_a_year_if_nothing_else_is_told(
    document: Callable[[str, str], Path], begins: date, reviewed: date
) -> None:
    path = document("list.md", text("Seats", row("E0992")))
    edition = compile_documents([path], ToldEdition(begins)).rulebook.edition
    assert (edition.review_by, edition.review_by_basis) == (reviewed, Basis.DEFAULT)
    assert edition.name == f"{begins:%Y-%m}"


@pytest.fixture(name="dating")
def fixture_dating(tmp_path: Path) -> Path:
    """The bundled layout, for a list that prints its first day."""
    layout = (Path(precert.lists.__file__).parent / "layouts" / "evicore-cigna.toml").read_text(
        encoding="utf-8"
    )
    line = '[[furniture]]\nkind = "effective"\nphrases = ["in force from {date}"]\n\n[columns]\n'
    path = tmp_path / "dating.toml"
    path.write_text(layout.replace("[columns]\n", line, 1), encoding="utf-8")
    return path


def test_a_first_day_that_the_list_prints_need_not_be_told(
    document: Callable[[str, str], Path], dating: Path
) -> None:
    path = document("list.md", "In force from 4/1/2026\n" + text("Seats", row("E0992")))
    compilation = compile_documents([path], ToldEdition(), layout=dating)
    edition = compilation.rulebook.edition
    assert (edition.effective_from, edition.effective_from_basis) == (
        date(2026, 4, 1),
        Basis.STATED,
    )
    assert compilation.accounting.by_kind["effective"] == 1
    assert "PC101" not in {found.code for found in compilation.diagnostics}
    assert compile_documents([path], ToldEdition(date(2026, 4, 1)), layout=dating)
    with pytest.raises(BadEdition, match="2026-04-01, the day that the list prints"):
        compile_documents([path], BEGINS, layout=dating)


def test_two_first_days_are_no_edition_and_a_diagnostic(
    document: Callable[[str, str], Path], dating: Path
) -> None:
    lines = "In force from 4/1/2026\nIn force from 7/1/2026\n"
    path = document("list.md", lines + text("Seats", row("E0992")))
    with pytest.raises(BadEdition, match="2026-04-01 and 2026-07-01"):
        compile_documents([path], ToldEdition(), layout=dating)
    (found,) = [
        one for one in lint_documents([path], layout=dating).diagnostics if one.ref.line == 2
    ]
    assert found.code == "PC107"


def test_what_the_importer_tells_is_kept_as_told(document: Callable[[str, str], Path]) -> None:
    path = document("list.md", text("Seats", row("E0992")))
    told = ToldEdition(date(2026, 1, 1), date(2026, 6, 30), date(2026, 5, 1), "spring")
    edition = compile_documents([path], told).rulebook.edition
    assert (edition.name, edition.effective_to) == ("spring", date(2026, 6, 30))
    assert (edition.review_by, edition.review_by_basis) == (date(2026, 5, 1), Basis.TOLD)


def test_several_documents_make_one_rulebook(document: Callable[[str, str], Path]) -> None:
    first = document("first.md", text("Seats", row("E0992"), row("E0950")))
    link = "## Cigna Commercial Seats Code List\n## Cigna Commercial Lamps Code List\n"
    second = document("second.md", link + text("Wheels", row("E0992", "No")))
    third = document("third.md", text("Seats", row("E0992")))
    compilation = compile_documents([first, second, third], BEGINS)
    rulebook = compilation.rulebook
    assert [rule.rule_id for rule in rulebook.rules] == [
        "seats/E0950",
        "seats/E0992",
        "seats/E0992/2",
        "wheels/E0992",
    ]
    assert rulebook.program_names == ("Seats", "Lamps", "Wheels")
    assert rulebook.link_only == ("Lamps",)
    assert [one.name for one in rulebook.documents] == ["first.md", "second.md", "third.md"]
    assert compilation.accounting.by_program == {"Seats": 3, "Wheels": 1}
    assert sum(compilation.accounting.by_kind.values()) == compilation.accounting.lines
    assert {"PC401", "PC402"} <= {found.code for found in compilation.diagnostics}


def test_rows_of_a_code_are_numbered_over_all_documents(
    document: Callable[[str, str], Path], tmp_path: Path
) -> None:
    first = document("first.md", text("Seats", row("E0992").replace("A seat", "First seat")))
    twice = text("Seats", row("E0992").replace("A seat", "Second"), row("E0992"))
    compilation = compile_documents([first, document("second.md", twice)], BEGINS)
    ids = [(rule.rule_id, str(rule.ref)) for rule in compilation.rulebook.rules]
    assert ids == [
        ("seats/E0992", "first.md:4"),
        ("seats/E0992/2", "second.md:4"),
        ("seats/E0992/3", "second.md:5"),
    ]
    write_descriptions(compilation, tmp_path)
    assert read_descriptions(tmp_path) == {
        "seats/E0992": "First seat",
        "seats/E0992/2": "Second",
        "seats/E0992/3": "A seat",
    }


def test_two_documents_of_one_name_are_refused(
    document: Callable[[str, str], Path], tmp_path: Path
) -> None:
    first = document("list.md", text("Seats", row("E0992")))
    (tmp_path / "again").mkdir()
    second = document("again/list.md", text("Wheels", row("E0992")))
    with pytest.raises(UnreadableDocument, match="another document of the same name"):
        compile_documents([first, second], BEGINS)


def test_a_document_without_a_rule_is_refused(document: Callable[[str, str], Path]) -> None:
    with pytest.raises(UnreadableDocument, match="no rule was found with the layout"):
        compile_documents([document("list.md", "Nothing here\n")], BEGINS)


def test_an_unknown_layout_is_refused(document: Callable[[str, str], Path]) -> None:
    with pytest.raises(UnreadableLayout, match="evicore-cigna"):
        compile_documents([document("list.md", text("Seats", row("E0992")))], BEGINS, layout="none")


def test_lint_sorts_by_place_and_says_that_no_date_is_printed(
    document: Callable[[str, str], Path],
) -> None:
    path = document("list.md", text("Seats", row("E0992", "Perhaps"), row("E0992")))
    found = lint_documents([path]).diagnostics
    places = [one.ref.line for one in found]
    assert places == sorted(places)
    assert {"PC101", "PC301", "PC401"} <= {one.code for one in found}


@pytest.mark.parametrize("title", ["Sleep", "SLEEP", "Sleep &nbsp;"])
def test_a_condition_names_a_program_as_its_title_prints_it(
    document: Callable[[str, str], Path], title: str
) -> None:
    content = text("Seats", row("E0992", note="Part of sleep DME"), "", text(title, row("E0992")))
    rulebook = compile_documents([document("list.md", content)], BEGINS).rulebook
    (deferring,) = (rule for rule in rulebook.rules if rule.program == "Seats")
    assert deferring.conditions == (DefersTo(rulebook.program_names[1]),)
    (answer,) = determine(rulebook, Order.of("E0992", on="2026-03-02")).determinations
    assert [rule.program for rule in answer.rules] == [rulebook.program_names[1]]


def test_evidence_is_quoted_only_from_the_very_document(
    document: Callable[[str, str], Path], tmp_path: Path
) -> None:
    path = document("list.md", text("Seats", row("E0992")))
    rulebook = compile_documents([path], BEGINS).rulebook
    found = printed_rows(rulebook, rulebook.rules, [tmp_path])
    assert found.rows["seats/E0992"].cells[2] == "E0992"
    assert found.rows["seats/E0992"].header[2] == "CPT® Code"
    path.write_text(text("Seats", row("E0992", "No")), encoding="utf-8")
    changed = printed_rows(rulebook, rulebook.rules, [path])
    assert (changed.rows, changed.changed) == ({}, (path,))
    path.unlink()
    assert printed_rows(rulebook, rulebook.rules, [path, tmp_path]) == ({}, ())


def test_descriptions_are_kept_only_where_asked(
    document: Callable[[str, str], Path], tmp_path: Path
) -> None:
    compilation = compile_documents([document("list.md", text("Seats", row("E0992")))], BEGINS)
    assert read_descriptions(tmp_path) == {}
    written = write_descriptions(compilation, tmp_path)
    assert read_descriptions(tmp_path) == {"seats/E0992": "A seat"}
    written.write_text("something else\n", encoding="utf-8")
    with pytest.raises(UnreadableRulebook, match="expected the columns"):
        read_descriptions(tmp_path)
