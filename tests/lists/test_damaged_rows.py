"""A damaged row never says less in silence: its rule says the same, is unread, or is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precert.lists import LineKind
from precert.model import Unread
from tests.lists.support import read
from tests.support.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precert.model import Rule

GOOD = Path(__file__).parent / "good"
INVENTED = [
    (GOOD / name).read_text("utf-8").splitlines()
    for name in ("every-form.md", "client-specific.md")
]

few = settings(max_examples=examples(2, 12))
many = settings(max_examples=examples(25, 120))

remarks = st.sampled_from(
    ["All codes below need a call.", "except for members under 21", "and its straps", "x"]
)
turning = st.sampled_from(["not", "except", "unless", "deleted", "no", "without", "termed"])


def rules_of(lines: list[str]) -> dict[tuple[str, str], Rule]:
    """Return the rules by program and code; without those that stand there twice."""
    rules: dict[tuple[str, str], Rule] = {}
    twice = set()
    for entry in read("\n".join(lines)).entries:
        key = entry.rule.program, str(entry.rule.code)
        twice |= {key} & rules.keys()
        rules[key] = entry.rule
    return {key: rule for key, rule in rules.items() if key not in twice}


def is_unread(rule: Rule) -> bool:
    return any(isinstance(condition, Unread) for condition in rule.conditions)


def assert_not_less(rules: Mapping[tuple[str, str], Rule], lines: list[str]) -> None:
    """Each rule that is still one says all that it said, or is unread."""
    for key, rule in rules_of(lines).items():
        if key in rules and not is_unread(rule):
            before = rules[key]
            assert rule.requirement is before.requirement
            assert set(rule.conditions) >= set(before.conditions)
            assert (rule.effective_from, rule.effective_to) == (
                before.effective_from,
                before.effective_to,
            )


def rows_in(lines: list[str]) -> list[int]:
    kinds = read("\n".join(lines)).kinds
    return [at for at, kind in enumerate(kinds) if kind in {LineKind.RULE, LineKind.HEADING}]


@st.composite
def torn(draw: st.DrawFn, lines: list[str], rows: list[int]) -> list[str]:
    """Return the lines with one cell on two of them, in quotation marks or not."""
    at = draw(st.sampled_from(rows))
    cells = lines[at].split("\t")
    cell = draw(st.sampled_from([n for n, each in enumerate(cells) if each] or [0]))
    place = draw(st.integers(0, len(cells[cell])))
    quote = draw(st.sampled_from(["", '"']))
    between = draw(st.sampled_from(["\n", "\n\n"] if quote else ["\n"]))
    cells[cell] = f"{quote}{cells[cell][:place]}{between}{cells[cell][place:]}{quote}"
    return [*lines[:at], *"\t".join(cells).split("\n"), *lines[at + 1 :]]


@st.composite
def cut(draw: st.DrawFn, lines: list[str], rows: list[int]) -> list[str]:
    """Return the lines, one of them without its end: at least one cell is missing, not all.

    A row that is cut off in its last cell is a damaged note; right before it, it is like any other.
    """
    at = draw(st.sampled_from(rows))
    begins = len(lines[at]) - len(lines[at].lstrip("\t"))
    length = draw(st.integers(begins + 1, max(begins + 1, lines[at].rindex("\t"))))
    return [*lines[:at], lines[at][:length], *lines[at + 1 :]]


@st.composite
def interrupted(draw: st.DrawFn, lines: list[str], rows: list[int]) -> list[str]:
    """Return the lines with a remark or the rest of a description between two rows."""
    at = draw(st.sampled_from(rows))
    column = draw(st.integers(0, 4))
    remark = "\t" * column + draw(remarks) + "\t" * (lines[at].count("\t") - column)
    return [*lines[: at + 1], remark if column else remark.strip("\t"), *lines[at + 1 :]]


@st.composite
def turned(draw: st.DrawFn, lines: list[str], rows: list[int]) -> list[str]:
    """Return the lines with a negation or an exception somewhere in a row."""
    at = draw(st.sampled_from(rows))
    cells = lines[at].split("\t")
    cell = draw(st.sampled_from([n for n, each in enumerate(cells) if each] or [0]))
    words = cells[cell].split(" ")
    words.insert(draw(st.integers(0, len(words))), draw(turning))
    cells[cell] = " ".join(words)
    return [*lines[:at], "\t".join(cells), *lines[at + 1 :]]


DAMAGES = pytest.mark.parametrize("damage", [torn, cut, interrupted, turned])


@DAMAGES
@pytest.mark.parametrize("lines", INVENTED, ids=["every-form", "client-specific"])
def test_an_invented_list(damage: object, lines: list[str]) -> None:
    assert callable(damage)
    rules = rules_of(lines)

    @many
    @given(damage(lines, rows_in(lines)))
    def check(damaged: list[str]) -> None:
        assert_not_less(rules, damaged)

    check()


@pytest.fixture(scope="module")
def published(real_list: Path) -> tuple[list[str], dict[tuple[str, str], Rule], list[int]]:
    """The lines of the published list, its rules, and where its rows are."""
    lines = real_list.read_text("utf-8").split("\n")
    return lines, rules_of(lines), rows_in(lines)


@pytest.mark.real_list
@DAMAGES
def test_the_published_list(
    damage: object, published: tuple[list[str], dict[tuple[str, str], Rule], list[int]]
) -> None:
    assert callable(damage)
    lines, rules, rows = published

    @few
    @given(damage(lines, rows))
    def check(damaged: list[str]) -> None:
        assert_not_less(rules, damaged)

    check()
