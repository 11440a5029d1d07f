"""The rules of one code, as a page and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from precert.cli.blocks import Heading, Item
from precert.determine.words.answer import condition_in_words
from precert.determine.words.rulebook import (
    in_force_in_words,
    platform_in_words,
    requirement_in_words,
    rulebook_in_words,
)
from precert.model import CodeRange
from precert.notation import format_condition, format_conditions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from precert.cli.blocks import Block
    from precert.compiler import Evidence
    from precert.model import Code, Rule
    from precert.rulebook import Rulebook

SCHEMA = 1

_LABEL_WIDTH = len("Requirement:")


class Shown(NamedTuple):
    """The rules of a code in one edition, their printed rows, their descriptions by rule_id."""

    code: Code
    rulebook: Rulebook
    rules: Sequence[Rule]
    evidence: Evidence
    descriptions: Mapping[str, str]


def rules_page(shown: Shown) -> Iterator[Block]:
    """Yield the page that shows the rules."""
    rulebook = shown.rulebook
    count = len(shown.rules)
    yield Heading(f"{shown.code}: {count} {'rule' if count == 1 else 'rules'}")
    if not shown.rules:
        yield Item("Not on this list.")
        if rulebook.link_only:
            programs = " or ".join(rulebook.link_only)
            yield Item(f"It may belong to {programs}, of which the list prints only a link.")
    for rule in shown.rules:
        yield Heading(f"{rule.program}, {rule.ref}")
        for label, text in _fields(rule, shown):
            if text:
                yield Item(text, f"{label}:".ljust(_LABEL_WIDTH))
    yield Heading(rulebook_in_words(rulebook))
    if shown.rules and not shown.evidence.rows:
        names = ", ".join(dict.fromkeys(rule.ref.document for rule in shown.rules))
        yield Item(f"The printed rows are not at hand: tell with --document where {names} is.")
    for path in shown.evidence.changed:
        yield Item(f"{path} is not the document that this rulebook was compiled from: not quoted.")


def rules_as_json(shown: Shown) -> dict[str, Any]:
    """Return the rules as JSON values; `printed` is null where the document is not at hand."""
    rulebook = shown.rulebook
    return {
        "schema": SCHEMA,
        "code": shown.code,
        "rulebook": {"digest": rulebook.digest, "edition": rulebook.edition.name},
        "link_only_programs": list(rulebook.link_only),
        "rules": [_rule_as_json(rule, shown) for rule in shown.rules],
        "changed_documents": [str(path) for path in shown.evidence.changed],
    }


def editions_as_json(shown: Sequence[Shown]) -> dict[str, Any]:
    """Return the rules of several editions as JSON values, each edition as it is told alone."""
    alone = [rules_as_json(one) for one in shown]
    told = [{key: one[key] for key in one if key not in {"schema", "code"}} for one in alone]
    return {"schema": SCHEMA, "code": alone[0]["code"], "editions": told}


def _fields(rule: Rule, shown: Shown) -> Iterator[tuple[str, str]]:
    rulebook = shown.rulebook
    edition = rulebook.edition
    if isinstance(rule.code, CodeRange):
        yield "Range", f"{rule.code}; whether {shown.code} exists was not checked"
    yield "Requirement", requirement_in_words(rule.requirement)
    yield "Platform", platform_in_words(rule.platform, edition.payer)
    yield "Product", rule.product
    yield "Category", rule.category
    yield "Heading", rule.heading
    for condition in rule.conditions:
        yield (
            "Condition",
            f"{condition_in_words(condition, edition)} [{format_condition(condition)}]",
        )
    yield "Add-on", "its description calls it an add-on" if rule.descriptor_add_on else ""
    yield "UM + CS", {True: "included", False: "not included", None: ""}[rule.um_cs]
    yield "In force", in_force_in_words(rule, edition)
    yield "Described", shown.descriptions.get(rule.rule_id, "")
    yield "Rule", rule.rule_id
    row = shown.evidence.rows.get(rule.rule_id)
    if row is not None:
        names = (*row.header, *("",) * len(row.cells))
        cells = [
            f"{name.strip()}: {cell.strip()}" for name, cell in zip(names, row.cells, strict=False)
        ]
        yield "Printed", "\n".join(cell for cell in cells if not cell.endswith(": "))


def _rule_as_json(rule: Rule, shown: Shown) -> dict[str, Any]:
    row = shown.evidence.rows.get(rule.rule_id)
    return {
        "rule_id": rule.rule_id,
        "program": rule.program,
        "product": rule.product,
        "category": rule.category,
        "heading": rule.heading,
        "range": str(rule.code) if isinstance(rule.code, CodeRange) else None,
        "requirement": rule.requirement.value,
        "platform": rule.platform,
        "conditions": format_conditions(rule.conditions),
        "descriptor_add_on": rule.descriptor_add_on,
        "um_cs": rule.um_cs,
        "effective_from": rule.effective_from.isoformat() if rule.effective_from else None,
        "effective_to": rule.effective_to.isoformat() if rule.effective_to else None,
        **rule.ref._asdict(),
        "description": shown.descriptions.get(rule.rule_id),
        "printed": None if row is None else {"header": list(row.header), "cells": list(row.cells)},
    }
