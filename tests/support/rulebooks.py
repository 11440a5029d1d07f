"""Small invented lists for what the real one does not hold: rows in, a rulebook out.

The payer, the programs and the platforms are invented, the codes are HCPCS Level II, and the
conditions stand in the notation of `rules.csv`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from precert.codes import InvalidCode, is_code, parse_code, parse_code_or_range
from precert.determine import Determination, Order, OrderAnswer, OrderLine, determine
from precert.model import (
    Basis,
    Code,
    CodeRange,
    Edition,
    Program,
    Requirement,
    Rule,
    SourceDocument,
    SourceRef,
)
from precert.notation import parse_conditions
from precert.rulebook import Rulebook

DOCUMENT = "invented.md"
PROGRAMS = ("Wheels", "Air", "Knees")
LINK_ONLY = ("Drops",)
PLANS = ("Silver", "Bronze")
DAY = date(2026, 3, 2)

EDITION = Edition(
    name="2026",
    payer="Acme Health",
    line_of_business="Commercial",
    vendor="Tern",
    effective_from=date(2026, 1, 1),
    effective_from_basis=Basis.TOLD,
    effective_to=None,
    review_by=date(2027, 1, 1),
    review_by_basis=Basis.DEFAULT,
)


class Row(NamedTuple):
    """One row of an invented list."""

    program: str
    code: str
    requirement: str = "required"
    conditions: str = ""
    platform: str | None = "Northwind"
    facts: tuple[tuple[str, Any], ...] = ()


def row(
    program: str,
    code: str,
    requirement: str = "required",
    conditions: str = "",
    *,
    platform: str | None = "Northwind",
    **facts: Any,  # noqa: ANN401  (any other field of Rule)
) -> Row:
    """Return a row; `facts` tell other fields of its rule."""
    return Row(program, code, requirement, conditions, platform, tuple(facts.items()))


def code(text: str) -> Code:
    parsed = parse_code(text)
    assert is_code(parsed)
    return parsed


def code_or_range(text: str) -> Code | CodeRange:
    parsed = parse_code_or_range(text)
    assert not isinstance(parsed, InvalidCode)
    return parsed


def book(*rows: Row, exhaustive: bool = False, **edition: Any) -> Rulebook:  # noqa: ANN401  (any field of Edition)
    """Return the rulebook of these rows, which stand on the lines from 1 on.

    `exhaustive`: line 98 says that a code which is not listed needs none, and no program is a link.
    """
    programs = [
        Program(name, name in LINK_ONLY, SourceRef(DOCUMENT, 1))
        for name in (*PROGRAMS, *(() if exhaustive else LINK_ONLY))
    ]
    stated = SourceRef(DOCUMENT, 98) if exhaustive else None
    documents = [SourceDocument(DOCUMENT, "a" * 64, 99)]
    dated = replace(EDITION, **edition)
    return Rulebook.build(dated, programs, PLANS, documents, rules_of(*rows), exhaustive=stated)


def rules_of(*rows: Row) -> list[Rule]:
    """Return the rules of these rows, which stand on the lines from 1 on."""
    rules = []
    for line, (program, text, requirement, conditions, platform, facts) in enumerate(rows, 1):
        plain = Rule(
            rule_id=f"{program.lower()}/{text}/{line}",
            program=program,
            product="",
            category="Things",
            heading="",
            code=code_or_range(text),
            requirement=Requirement(requirement),
            platform=platform,
            conditions=parse_conditions(conditions),
            descriptor_add_on=False,
            um_cs=None,
            effective_from=None,
            effective_to=None,
            ref=SourceRef(DOCUMENT, line),
        )
        rules.append(replace(plain, **dict(facts)))
    return rules


def line(text: str, **facts: Any) -> OrderLine:  # noqa: ANN401  (any field of OrderLine)
    """Return an order line of the code on the usual day; `facts` tell the rest."""
    return replace(OrderLine(code(text), DAY), **facts)


def ask(rulebook: Rulebook, *lines: OrderLine | str, **facts: Any) -> OrderAnswer:  # noqa: ANN401  (any field of Order)
    """Return the answer to an order of these lines; a text is a code on the usual day."""
    told = tuple(line(each) if isinstance(each, str) else each for each in lines)
    return determine(rulebook, Order(told, **facts))


def answer(rulebook: Rulebook, *lines: OrderLine | str, **facts: Any) -> Determination:  # noqa: ANN401  (any field of Order)
    """Return the determination of the first line."""
    return ask(rulebook, *lines, **facts).determinations[0]


def lines_cited(determination: Determination) -> list[int]:
    """Return the printed lines of the rules that the answer cites."""
    return [rule.ref.line for rule in determination.rules]


def facts_asked(determination: Determination) -> set[str]:
    """Return the facts that would settle the answer."""
    return {str(asked.fact) for asked in determination.ask}


def reasons_given(determination: Determination) -> set[str]:
    """Return the kinds of the reasons of the answer."""
    return {str(reason.kind) for reason in determination.reasons}


def limits_of(determination: Determination) -> list[bool | None]:
    """Return the truths of the limits of the answer."""
    return [limit.truth for limit in determination.limits]
