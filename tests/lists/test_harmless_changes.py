"""What changes nothing in a list changes no rule; a row that is gone takes only itself along."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precert.lists import LineKind
from precert.model import SourceRef
from tests.lists.support import codes_of, read
from tests.support.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from precert.lists import ListReading
    from precert.model import Rule

INVENTED = (Path(__file__).parent / "good" / "every-form.md").read_text("utf-8").splitlines()
NOWHERE = SourceRef("", 0)

few = settings(max_examples=examples(2, 6))
many = settings(max_examples=examples(15, 60))


@lru_cache(maxsize=2)
def _read(text: str) -> ListReading:
    return read(text)


def rules_of(lines: Sequence[str]) -> list[Rule]:
    """Return the rules of a list, wherever in it they stand."""
    return [replace(entry.rule, ref=NOWHERE) for entry in read("\n".join(lines)).entries]


def kinds_of(lines: Sequence[str]) -> list[LineKind]:
    """Return the kinds of the lines of a list that is changed again and again."""
    return list(_read("\n".join(lines)).kinds)


@st.composite
def decorated(draw: st.DrawFn, lines: list[str]) -> list[str]:
    """Return the lines with markup in some cells, blank lines between, and headers repeated."""
    kinds = kinds_of(lines)
    chosen = draw(st.sets(st.integers(0, len(lines) - 1), max_size=12))
    result: list[str] = []
    header = ""
    for at, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        header = "" if kind is LineKind.TITLE else line if kind is LineKind.HEADER else header
        if at in chosen and kind in {LineKind.RULE, LineKind.HEADING, LineKind.BLANK}:
            result += draw(st.sampled_from([[""], ["\t\t\t"], [header], ["", header], []]))
        if at in chosen and kind in {LineKind.RULE, LineKind.HEADING, LineKind.HEADER}:
            cells = line.split("\t")
            cell = draw(st.integers(0, len(cells) - 1))
            form = draw(st.sampled_from(["<b>{}</b>", "**{}**", "<i>{} </i>", " {}  ", "{}<br/>"]))
            cells[cell] = form.format(cells[cell])
            line = "\t".join(cells)  # noqa: PLW2901 - the decorated line
        result.append(line)
    return result


@st.composite
def shortened(draw: st.DrawFn, lines: list[str]) -> tuple[list[str], set[int]]:
    """Return the lines without some rows, and the places where those stood."""
    rows = [at for at, kind in enumerate(kinds_of(lines)) if kind is LineKind.RULE]
    gone = draw(st.sets(st.sampled_from(rows), min_size=1, max_size=10))
    return [line for at, line in enumerate(lines) if at not in gone], gone


def without(lines: list[str], gone: set[int]) -> list[Rule]:
    """Return the rules of the whole list but for those that stand in the places that are gone."""
    entries = _read("\n".join(lines)).entries
    kept = [entry.rule for entry in entries if entry.rule.ref.line - 1 not in gone]
    return [replace(rule, ref=NOWHERE, rule_id="") for rule in kept]


@many
@given(decorated(INVENTED))
def test_markup_blank_lines_and_repeated_headers_change_no_rule(lines: list[str]) -> None:
    assert rules_of(lines) == rules_of(INVENTED)


@many
@given(shortened(INVENTED))
def test_a_row_that_is_gone_takes_only_itself_along(change: tuple[list[str], set[int]]) -> None:
    lines, gone = change
    assert [replace(rule, rule_id="") for rule in rules_of(lines)] == without(INVENTED, gone)


@pytest.mark.real_list
def test_the_published_list_decorated_or_shortened(real_list: Path) -> None:
    printed = real_list.read_text("utf-8").split("\n")
    expected = rules_of(printed)

    @few
    @given(decorated(printed))
    def decorate(lines: list[str]) -> None:
        assert rules_of(lines) == expected

    @few
    @given(shortened(printed))
    def shorten(change: tuple[list[str], set[int]]) -> None:
        lines, gone = change
        assert [replace(rule, rule_id="") for rule in rules_of(lines)] == without(printed, gone)

    decorate()
    shorten()


def test_a_header_that_is_gone_leaves_its_rows_unread_and_says_so() -> None:
    header = INVENTED.index(next(line for line in INVENTED if line.startswith("Category")))
    reading = read("\n".join(INVENTED[:header] + INVENTED[header + 1 :]))
    assert [code for code in codes_of(reading) if code != "PC102"] == ["PC106", "PC204", "PC204"]
    assert len(reading.entries) == len(rules_of(INVENTED)) - 2


def test_a_title_that_is_gone_leaves_its_rows_unread_and_says_so() -> None:
    title = INVENTED.index(next(line for line in INVENTED if line.endswith(": Sleep")))
    reading = read("\n".join(INVENTED[:title] + INVENTED[title + 1 :]))
    assert codes_of(reading).count("PC105") == 9
    assert "sleep" not in {entry.rule.rule_id.split("/")[0] for entry in reading.entries}
