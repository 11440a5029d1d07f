"""Differences of two rulebooks: what changed is told exactly, how it is printed is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precert.model import Program, Requirement, Rule, SourceDocument, SourceRef
from precert.notation import parse_conditions
from precert.rulebook import Rulebook, diff_rulebooks
from precert.rulebook.as_compared import as_compared
from precert.rulebook.difference import DifferenceKind as Kind
from tests.support.rulebooks import EDITION, book, code, row
from tests.support.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from precert.rulebook.difference import Differences

WHEELS, AIR, KNEES = "Wheels & Chairs", "Air", "Knees"
CODES = ("K0001", "K0002", "K0003", "E0601", "E0470", "E0471", "J7330", "A4604", "27447", "0331T")


class Row(NamedTuple):
    """One printed row of an invented list; a row has no place until it stands in a list."""

    program: str
    code: str
    requirement: str = "required"
    platform: str | None = "Northwind"
    conditions: str = ""
    category: str = "Chairs - parts"
    heading: str = ""
    product: str = "Equipment"
    effective_from: date | None = None
    effective_to: date | None = None
    um_cs: bool | None = None
    descriptor_add_on: bool = False


def listed(
    *rows: Row,
    link_only: Sequence[str] = (),
    plans: Sequence[str] = ("Silver",),
    document: str = "invented.md",
    begin: int = 10,
    **edition: Any,  # noqa: ANN401 - any field of Edition
) -> Rulebook:
    """Return the rulebook of a list that prints these rows, from the line `begin` on."""
    names = dict.fromkeys([*(row.program for row in rows), *link_only])
    programs = [
        Program(name, name in link_only, SourceRef(document, 1 + at))
        for at, name in enumerate(names)
    ]
    rules = [_rule(row, SourceRef(document, begin + at)) for at, row in enumerate(rows)]
    documents = [SourceDocument(document, "a" * 64, 999)]
    return Rulebook.build(replace(EDITION, **edition), programs, plans, documents, rules)


def _rule(row: Row, ref: SourceRef) -> Rule:
    facts = row._asdict() | {
        "rule_id": f"{row.program}/{row.code}/{ref.line}",
        "code": code(row.code),
        "requirement": Requirement(row.requirement),
        "conditions": parse_conditions(row.conditions),
        "ref": ref,
    }
    return Rule(**facts)


def told(found: Differences) -> list[tuple[str, str, str, str]]:
    """Return kind, code, program (`from > to` where it is another) and changes of each."""
    return [
        (
            str(one.kind),
            one.code,
            " > ".join(dict.fromkeys(filter(None, (one.program_before, one.program_after)))),
            "; ".join(map(str, one.changes)),
        )
        for one in found.found
    ]


PLAIN = (
    Row(WHEELS, "K0001"),
    Row(WHEELS, "K0002", "not-required", None, "contact(payer, phone=555-0100)"),
    Row(AIR, "E0601", conditions="with-program(Wheels & Chairs); purchase"),
    Row(AIR, "E0470", "add-on", heading="New"),
)


def test_a_rulebook_does_not_differ_from_itself() -> None:
    found = diff_rulebooks(listed(*PLAIN), listed(*PLAIN))
    assert found.found == ()
    assert set(found.counts.values()) == {0}
    assert found.by_program == {}


def test_other_places_documents_spellings_and_doubles_are_no_difference() -> None:
    respelt = (
        Row("AIR ", "E0470", "add-on", "NORTHWIND", "", "chairs \u2013 Parts", "NEW", "EQUIPMENT"),
        Row("air", "E0601", conditions="purchase; with-program(wheels  and CHAIRS)"),
        Row("AIR ", "E0470", "add-on", heading="n\u200bew"),
        Row(
            "Wheels\u00a0&Chairs\u2122",
            "K0002",
            "not-required",
            None,
            "contact(payer, phone=5550100)",
        ),
        Row("wheels & chairs", "K0001", category="Chairs\u2014parts"),
    )
    after = listed(*respelt, document="again.pdf", begin=400, name="other")
    assert told(diff_rulebooks(listed(*PLAIN), after)) == []


@pytest.mark.parametrize(
    ("before", "after", "kind", "said"),
    [
        ({}, {"requirement": "unlisted"}, Kind.ANSWER, "requirement: required -> unlisted"),
        ({}, {"platform": "payer"}, Kind.ANSWER, "platform: Northwind -> payer"),
        ({}, {"platform": None}, Kind.ANSWER, "platform: Northwind -> (nothing)"),
        (
            {},
            {"conditions": "no-auth-stated"},
            Kind.ANSWER,
            "statements: (nothing) -> no-auth-stated",
        ),
        (
            {"conditions": "contact(payer, phone=1)"},
            {"conditions": "contact(payer, phone=2)"},
            Kind.ANSWER,
            "statements: contact(payer, phone=1) -> contact(payer, phone=2)",
        ),
        (
            {"conditions": "denied-if-requested(K0002)"},
            {},
            Kind.ANSWER,
            "statements: denied-if-requested(K0002) -> (nothing)",
        ),
        (
            {},
            {"effective_from": date(2026, 5, 1)},
            Kind.ANSWER,
            "effective_from: (nothing) -> 2026-05-01",
        ),
        (
            {"effective_to": date(2026, 5, 1)},
            {},
            Kind.ANSWER,
            "effective_to: 2026-05-01 -> (nothing)",
        ),
        (
            {},
            {"conditions": "for-plan(Silver)"},
            Kind.CONDITIONS,
            "guards: (nothing) -> for-plan(Silver)",
        ),
        (
            {"conditions": "with-code(K0002)"},
            {"conditions": "with-code(K0003)"},
            Kind.CONDITIONS,
            "guards: with-code(K0002) -> with-code(K0003)",
        ),
        (
            {"conditions": "purchase-above(4)"},
            {"conditions": "purchase-above(5)"},
            Kind.CONDITIONS,
            "limits: purchase-above(4) -> purchase-above(5)",
        ),
        (
            {"conditions": "unread(note, 0123456789ab)"},
            {"conditions": "unread(note, ba9876543210)"},
            Kind.ANSWER,
            "unread: unread(note, 0123456789ab) -> unread(note, ba9876543210)",
        ),
        ({}, {"category": "Beds"}, Kind.DETAILS, "category: Chairs - parts -> Beds"),
        ({}, {"heading": "New"}, Kind.DETAILS, "heading: (nothing) -> New"),
        ({}, {"product": ""}, Kind.DETAILS, "product: Equipment -> (nothing)"),
        ({}, {"um_cs": False}, Kind.DETAILS, "um_cs: (nothing) -> no"),
        ({}, {"descriptor_add_on": True}, Kind.DETAILS, "descriptor_add_on: no -> yes"),
        (
            {},
            {"category": "Beds", "conditions": "purchase", "platform": "Southwind"},
            Kind.ANSWER,
            (
                "platform: Northwind -> Southwind; limits: (nothing) -> purchase; "
                "category: Chairs - parts -> Beds"
            ),
        ),
    ],
)
def test_what_a_rule_says_otherwise(
    before: dict[str, Any], after: dict[str, Any], kind: Kind, said: str
) -> None:
    row = Row(AIR, "E0601")
    found = diff_rulebooks(listed(row._replace(**before)), listed(row._replace(**after)))
    assert told(found) == [(kind, "E0601", AIR, said)]
    (one,) = found.found
    assert (one.before_refs, one.after_refs) == ((SourceRef("invented.md", 10),),) * 2
    assert str(one) == f"{kind} | E0601 Air | {said} | invented.md:10 -> invented.md:10"


def test_codes_added_and_removed_and_where_else_they_stand() -> None:
    before = listed(Row(WHEELS, "K0001"), Row(AIR, "E0601"), Row(AIR, "K0003"))
    after = listed(
        Row(WHEELS, "K0001"),
        Row(WHEELS, "K0002", "not-required", None, "purchase", effective_from=date(2026, 7, 1)),
        Row(WHEELS, "E0601"),
        Row(AIR, "E0601"),
    )
    found = diff_rulebooks(before, after)
    assert told(found) == [
        (Kind.CODE_ADDED, "E0601", WHEELS, "rule: (nothing) -> required on Northwind"),
        (
            Kind.CODE_ADDED,
            "K0002",
            WHEELS,
            "rule: (nothing) -> not-required; purchase; from 2026-07-01",
        ),
        (Kind.CODE_REMOVED, "K0003", AIR, "rule: required on Northwind -> (nothing)"),
    ]
    assert [one.also_in for one in found.found] == [(AIR,), (), ()]
    assert found.by_program[WHEELS][Kind.CODE_ADDED] == 2
    assert found.counts[Kind.CODE_REMOVED] == found.by_program[AIR][Kind.CODE_REMOVED] == 1


def test_a_program_that_is_spelt_otherwise_or_renamed_is_one() -> None:
    kept = [Row("Air", text) for text in ("E0470", "E0471")]
    before = listed(*(Row(WHEELS, text) for text in ("K0001", "K0002")), *kept, Row(AIR, "E0601"))
    after = listed(
        *(Row("WHEELS and Chairs", text) for text in ("K0002", "K0003")),
        *(row._replace(program="Breath") for row in kept),
    )
    found = diff_rulebooks(before, after)
    assert [(one.kind, one.code) for one in found.found] == [
        (Kind.CODE_ADDED, "K0003"),
        (Kind.CODE_REMOVED, "K0001"),
        (Kind.CODE_REMOVED, "E0601"),
        (Kind.RENAMED, ""),
    ]
    assert {
        name: [kind for kind, count in counts.items() if count]
        for name, counts in found.by_program.items()
    } == {
        "WHEELS and Chairs": [Kind.CODE_ADDED, Kind.CODE_REMOVED],
        "Breath": [Kind.CODE_REMOVED, Kind.RENAMED],
    }


def test_what_holds_for_a_code_that_is_not_listed_is_compared() -> None:
    silent, stated = book(row(AIR, "E0601")), book(row(AIR, "E0601"), exhaustive=True)
    change = ("edition-changed", "", "", "exhaustive: (nothing) -> HCPCS Level II")
    assert change in told(diff_rulebooks(silent, stated))
    (found,) = (
        one
        for one in diff_rulebooks(stated, silent).found
        if one.changes[0] == ("exhaustive", "HCPCS Level II", "")
    )
    assert [str(ref) for ref in found.before_refs] == ["invented.md:98"]
    assert found.after_refs == ()
    more = book(row(AIR, "E0601"), row(AIR, "27447"), exhaustive=True)
    wider = "exhaustive: HCPCS Level II -> CPT Category I, HCPCS Level II"
    assert ("edition-changed", "", "", wider) in told(diff_rulebooks(stated, more))
    again = SourceRef("invented.md", 97)
    parts = stated.edition, stated.programs, stated.plans, stated.documents, stated.rules
    assert told(diff_rulebooks(stated, Rulebook.build(*parts, exhaustive=again))) == []


def test_a_code_that_left_one_program_and_came_to_another_has_moved() -> None:
    stays = Row(WHEELS, "K0001"), Row(AIR, "E0470")
    before = listed(
        *stays, Row(WHEELS, "E0601"), Row(WHEELS, "K0002"), Row(WHEELS, "K0002", "not-required")
    )
    after = listed(
        *stays,
        Row(AIR, "E0601", "not-required"),
        Row(AIR, "K0002", "not-required"),
        Row(AIR, "K0002"),
    )
    moved = f"program: {WHEELS} -> {AIR}"
    both = f"{WHEELS} > {AIR}"
    found = diff_rulebooks(before, after)
    assert told(found) == [
        (Kind.MOVED, "E0601", both, f"{moved}; requirement: required -> not-required"),
        (Kind.MOVED, "K0002", both, moved),
        (Kind.MOVED, "K0002", both, moved),
    ]


def test_a_code_that_stays_and_comes_to_another_program_has_not_moved() -> None:
    rows = Row(WHEELS, "K0001"), Row(AIR, "E0470"), Row(WHEELS, "K0002")
    before = listed(*rows, Row(WHEELS, "K0002", "not-required"))
    after = listed(*rows, Row(AIR, "K0002", "not-required"))
    assert [each[:3] for each in told(diff_rulebooks(before, after))] == [
        (Kind.CODE_ADDED, "K0002", AIR),
        (Kind.ANSWER, "K0002", WHEELS),
    ]


def test_rows_of_one_code_are_paired_by_likeness() -> None:
    rows = (
        Row(WHEELS, "K0001", heading="Old"),
        Row(WHEELS, "K0001", "not-required", heading="New"),
        Row(WHEELS, "K0001", "unlisted", conditions="for-plan(Silver)"),
    )
    before = listed(*rows)
    after = listed(
        rows[2]._replace(platform="Southwind"),
        rows[1]._replace(requirement="required"),
        rows[0],
    )
    assert [each[3] for each in told(diff_rulebooks(before, after))] == [
        "platform: Northwind -> Southwind",
        "requirement: not-required -> required",
    ]


def test_one_row_more_or_fewer_changes_the_answer() -> None:
    one, other = Row(WHEELS, "K0001"), Row(WHEELS, "K0001", "not-required")
    less, more = listed(one), listed(one, other)
    (added,) = told(diff_rulebooks(less, more))
    (removed,) = told(diff_rulebooks(more, less))
    assert added == (Kind.ANSWER, "K0001", WHEELS, "rule: (nothing) -> not-required on Northwind")
    assert removed == (Kind.ANSWER, "K0001", WHEELS, "rule: not-required on Northwind -> (nothing)")


def test_a_renamed_program_is_one_difference() -> None:
    conditions = "with-program(Knees); defers-to(Knees)"
    codes = CODES[:5]
    before = listed(*(Row(KNEES, text) for text in codes), Row(AIR, "J7330", conditions=conditions))
    after = listed(
        *(Row("Joint Care", text) for text in (*codes[:4], "A4604")),
        Row(AIR, "J7330", conditions=conditions.replace("Knees", "Joint Care")),
    )
    found = diff_rulebooks(before, after)
    assert told(found) == [
        (Kind.CODE_ADDED, "A4604", "Joint Care", "rule: (nothing) -> required on Northwind"),
        (Kind.CODE_REMOVED, codes[4], KNEES, "rule: required on Northwind -> (nothing)"),
        (Kind.RENAMED, "", "Knees > Joint Care", "program: Knees -> Joint Care"),
    ]


def test_a_program_that_is_split_is_not_renamed() -> None:
    before = listed(*(Row(KNEES, text) for text in CODES[:4]))
    after = listed(
        *(Row("One", text) for text in CODES[:2]), *(Row("Two", text) for text in CODES[2:4])
    )
    found = diff_rulebooks(before, after)
    assert found.counts[Kind.MOVED] == 4
    assert found.counts[Kind.RENAMED] == 0


def test_the_edition_itself() -> None:
    before = listed(Row(AIR, "E0601"), link_only=["Drops", "Sleep"])
    after = listed(
        Row(AIR, "E0601"),
        Row("Drops", "J7330"),
        link_only=["Lab"],
        plans=["Silver", "Gold"],
        effective_from=date(2026, 4, 1),
        review_by=date(2027, 4, 1),
        vendor="TERN",
        name="other",
    )
    edition = [each[2:] for each in told(diff_rulebooks(before, after)) if each[0] == Kind.EDITION]
    undated = [
        ("", "plans: Silver -> Silver, Gold"),
        ("Drops", "link_only: yes -> no"),
        ("Lab", "program: (nothing) -> only a link"),
        ("Sleep", "program: only a link -> (nothing)"),
    ]
    assert sorted(edition) == sorted(
        [
            ("", "effective_from: 2026-01-01 -> 2026-04-01"),
            ("", "review_by: 2027-01-01 -> 2027-04-01"),
            *undated,
        ]
    )
    found = diff_rulebooks(before, after, dates=False)
    assert sorted(each[2:] for each in told(found) if each[0] == Kind.EDITION) == sorted(undated)


def test_signs_that_mean_something_are_compared() -> None:
    for one, other in (("> 4 parts", "< 4 parts"), ("A/B", "A B"), ("1", "1+"), ("(a)", "a")):
        assert as_compared(one) != as_compared(other)


# --- any list and any edits -----------------------------------------------------------------------

conditions = st.sampled_from(
    ["", "purchase", "for-plan(Silver)", "with-program(Air, Knees)", "no-auth-stated; at-home"]
)
rows = st.builds(
    Row,
    program=st.sampled_from([WHEELS, AIR, KNEES]),
    code=st.sampled_from(CODES),
    requirement=st.sampled_from(list(map(str, Requirement))),
    platform=st.sampled_from(["Northwind", "payer", None]),
    conditions=conditions,
    category=st.sampled_from(["Chairs - parts", "Beds"]),
    heading=st.sampled_from(["", "New"]),
    product=st.just("Equipment"),
    effective_from=st.sampled_from([None, date(2026, 5, 1)]),
    effective_to=st.none(),
    um_cs=st.sampled_from([None, True]),
    descriptor_add_on=st.booleans(),
)


def respelt(draw: st.DrawFn, text: str) -> str:
    ways = [str.upper, str.lower, str.title, lambda said: said.replace(" ", "  ")]
    ways += [lambda said: said.replace("-", "\u2013").replace("&", "and")]
    return str(draw(st.sampled_from(ways))(text))


@st.composite
def lists_printed_twice(draw: st.DrawFn) -> tuple[Rulebook, Rulebook]:
    """A list, and the same with other lines, orders and spellings, and rows printed twice."""
    drawn = draw(st.lists(rows, min_size=1, max_size=12))
    twice = draw(st.lists(st.sampled_from(drawn), max_size=2))
    again = [
        row._replace(program=respelt(draw, row.program), category=respelt(draw, row.category))
        for row in draw(st.permutations([*drawn, *twice]))
    ]
    return listed(*drawn), listed(*again, document="again.md", begin=draw(st.integers(10, 90)))


@settings(max_examples=examples(20, 40))
@given(lists_printed_twice())
def test_a_list_printed_otherwise_does_not_differ(pair: tuple[Rulebook, Rulebook]) -> None:
    assert told(diff_rulebooks(*pair)) == []


EDITS = ("keep", "add", "remove", "move", "answer", "conditions", "details")


def edited(row: Row, edit: str) -> tuple[list[Row], list[Row]]:
    """Return what stands before and after, for one code and one edit."""
    return {
        "keep": ([row], [row]),
        "add": ([], [row]),
        "remove": ([row], []),
        "move": ([row], [row._replace(program=KNEES)]),
        "answer": ([row], [row._replace(platform="Southwind", heading="Other")]),
        "conditions": ([row], [row._replace(conditions="client-specific", category="Other")]),
        "details": ([row], [row._replace(heading="Other")]),
    }[edit]


def expected(edits: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    kinds = {
        "add": Kind.CODE_ADDED,
        "remove": Kind.CODE_REMOVED,
        "move": Kind.MOVED,
        "answer": Kind.ANSWER,
        "conditions": Kind.CONDITIONS,
        "details": Kind.DETAILS,
    }
    return sorted((kinds[edit], text) for text, edit in edits if edit in kinds)


@settings(max_examples=examples(20, 40))
@given(st.lists(st.sampled_from(EDITS), min_size=len(CODES), max_size=len(CODES)), st.data())
def test_any_edits_are_found_exactly(edits: list[str], data: st.DataObject) -> None:
    fixed = [Row(program, "S9999") for program in (WHEELS, AIR, KNEES)]
    before, after = list(fixed), list(fixed)
    for text, edit in zip(CODES, edits, strict=True):
        row = Row(data.draw(st.sampled_from([WHEELS, AIR])), text)
        old, new = edited(row, edit)
        before += old
        after += new
    found = diff_rulebooks(listed(*before), listed(*data.draw(st.permutations(after))))
    assert sorted((one.kind, one.code) for one in found.found) == expected(
        zip(CODES, edits, strict=True)
    )
