"""Invariant 1, nothing is lost: whatever happens to a document, every line is accounted for.

Each property holds for an invented list always, and for the published one where it is at hand.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from precert.documents import document_of
from precert.lists import LineKind, read_list
from precert.lists.markup import plain
from precert.model import NoAuthStated, Requirement, Table, Unread
from precert.tables.text import read_text
from tests.lists.support import EVICORE
from tests.support.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from precert.lists import ListReading
    from precert.model import Document

INVENTED = (Path(__file__).parent / "good" / "every-form.md").read_text("utf-8").split("\n")

few = settings(max_examples=examples(3, 12), suppress_health_check=[HealthCheck.too_slow])
many = settings(max_examples=examples(25, 120))


noise = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
marks = st.sampled_from(
    ["<b>{}</b>", "**{}**", "<br>{}", "*{}", "{}**", "<s>{}</s>", '"{}', "{} ("]
)


class Accidents:
    """What can happen to a list; each accident changes the lines at a place that is drawn."""

    def __init__(self, draw: st.DrawFn, lines: list[str]) -> None:
        self.draw = draw
        self.lines = list(lines)

    def somewhere(self) -> int:
        return self.draw(st.integers(0, len(self.lines) - 1))

    def drop(self) -> None:
        at = self.somewhere()
        self.lines[at : at + self.draw(st.integers(1, 3))] = []
        self.lines = self.lines or ["x"]

    def move(self) -> None:
        self.lines.insert(self.somewhere(), self.lines.pop(self.somewhere()) or "x")

    def copy(self) -> None:
        self.lines.insert(self.somewhere(), self.lines[self.somewhere()])

    def blank(self) -> None:
        self.lines.insert(self.somewhere(), self.draw(st.sampled_from(["", "  ", "\t\t", "\t \t"])))

    def insert(self) -> None:
        self.lines.insert(self.somewhere(), self.draw(noise))

    def cut(self) -> None:
        at = self.somewhere()
        self.lines[at] = self.lines[at][: self.draw(st.integers(0, len(self.lines[at])))]

    def swap(self) -> None:
        at = self.somewhere()
        cells = self.lines[at].split("\t")
        one, other = (self.draw(st.integers(0, len(cells) - 1)) for _ in range(2))
        cells[one], cells[other] = cells[other], cells[one]
        self.lines[at] = "\t".join(cells)

    def tear(self) -> None:
        at = self.somewhere()
        place = self.draw(st.integers(0, len(self.lines[at])))
        quote = self.draw(st.sampled_from(["", '"', "("]))
        self.lines[at : at + 1] = [self.lines[at][:place] + quote, self.lines[at][place:] + quote]

    def remark(self) -> None:
        column = self.draw(st.integers(0, 7))
        remark = self.draw(
            st.sampled_from(["for members under 21", "Arms", "not effective 1/1/31"])
        )
        self.lines.insert(self.somewhere(), "\t" * column + remark)

    def mark(self) -> None:
        self.change_cell(self.draw(marks).format)

    def overwrite(self) -> None:
        printed = self.draw(noise)
        self.change_cell(lambda _: printed)

    def change_cell(self, change: Callable[[str], str]) -> None:
        at = self.somewhere()
        cells = self.lines[at].split("\t")
        cell = self.draw(st.integers(0, len(cells) - 1))
        cells[cell] = change(cells[cell])
        self.lines[at] = "\t".join(cells)


@st.composite
def damages(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """Return the lines of a list after some accidents."""
    accidents = Accidents(draw, lines)
    happened = draw(
        st.lists(
            st.sampled_from(
                [
                    Accidents.drop,
                    Accidents.move,
                    Accidents.copy,
                    Accidents.blank,
                    Accidents.insert,
                    Accidents.cut,
                    Accidents.swap,
                    Accidents.tear,
                    Accidents.remark,
                    Accidents.mark,
                    Accidents.overwrite,
                ]
            ),
            min_size=1,
            max_size=8,
        )
    )
    for accident in happened:
        accident(accidents)
    return accidents.lines


def read_whole(content: bytes) -> tuple[Document, ListReading]:
    document = document_of("list.md", content)
    return document, read_list(document, read_text(document, EVICORE.header_words).blocks, EVICORE)


def assert_accounted_for(document: Document, reading: ListReading) -> None:
    """Every line is one thing, and what the line kinds say is what the reading holds."""
    assert len(reading.kinds) == len(document.lines)
    places = {
        LineKind.RULE: [entry.rule.ref.line for entry in reading.entries],
        LineKind.HEADING: [heading.ref.line for heading in reading.headings],
    }
    for kind, lines in places.items():
        assert lines == [n for n, each in enumerate(reading.kinds, 1) if each is kind]
    reported = {diagnostic.ref.line for diagnostic in reading.diagnostics}
    for number, (kind, text) in enumerate(zip(reading.kinds, document.lines, strict=True), 1):
        if kind is LineKind.DIAGNOSTIC:
            assert number in reported
        if kind is LineKind.BLANK:
            assert not re.search(r"\w", plain(text))
    rows = Counter(
        reading.kinds[table_row.ref.line - 1]
        for block in read_text(document, EVICORE.header_words).blocks
        if isinstance(block, Table)
        for table_row in block.rows
    )
    assert LineKind.HEADER not in rows
    ids = [entry.rule.rule_id for entry in reading.entries]
    assert len(set(ids)) == len(ids)


def assert_no_guess(document: Document, reading: ListReading) -> None:
    """No row says that nothing is needed unless it prints so; what is unread is reported."""
    codes = {"PC202", "PC208", "PC301", "PC302", "PC306"}
    unread = {each.ref.line for each in reading.diagnostics if each.code in codes}
    named = {each.ref.line for each in reading.diagnostics if each.code == "PC201"}
    for entry in reading.entries:
        line = document.lines[entry.rule.ref.line - 1]
        cells = {plain(cell).casefold().strip(" .,;:-") for cell in line.split("\t")}
        if entry.rule.requirement is Requirement.NOT_REQUIRED:
            assert any(re.fullmatch(r"\W*no\W*", cell) for cell in cells)
        for condition in entry.rule.conditions:
            if isinstance(condition, NoAuthStated):
                assert "no pa required" in " ".join(re.findall(r"\w+", line.casefold()))
            elif isinstance(condition, Unread):
                above = condition.field in {"heading", "remark"}
                assert entry.rule.ref.line in unread or above or named


@many
@given(damages(INVENTED))
def test_a_damaged_list_is_accounted_for(lines: list[str]) -> None:
    document, reading = read_whole("\n".join(lines).encode() or b"x")
    assert_accounted_for(document, reading)
    assert_no_guess(document, reading)


@many
@given(st.binary().map(lambda content: b"x" + content.replace(b"\0", b"\t")))
def test_any_bytes_are_accounted_for(content: bytes) -> None:
    assert_accounted_for(*read_whole(content))


@many
@given(st.lists(st.sampled_from([*INVENTED, "\t", "x\ty", "Yes\tNo"]), min_size=1, max_size=30))
def test_lines_in_any_order_are_accounted_for(lines: list[str]) -> None:
    document, reading = read_whole(("\n".join(lines) + "\n").encode())
    assert_accounted_for(document, reading)
    assert_no_guess(document, reading)


@pytest.mark.real_list
def test_the_published_list_damaged_is_accounted_for(real_list: Path) -> None:
    printed = real_list.read_text("utf-8").split("\n")

    @few
    @given(damages(printed))
    def check(lines: list[str]) -> None:
        document, reading = read_whole("\n".join(lines).encode())
        assert_accounted_for(document, reading)
        assert_no_guess(document, reading)

    check()
