"""Determinations with full evidence, against a bare look-up and against a public rules engine."""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING

from benchmarks.timing import print_table, time_calls
from precert import Order, OrderLine, Rulebook, determine, load_rulebook

if TYPE_CHECKING:
    from collections.abc import Callable

    from precert.model import Code, Rule

ORDERS = 20_000  # long enough for a steady state: each run begins with what others left in caches
ZEN_ORDERS = 40
LINES = 5
DAY = date(2026, 3, 2)

Contestant = tuple["Callable[[], object]", int]
Bare = dict[str, tuple[list[date], list[tuple[str, str | None]]]]


def main() -> None:
    """Print the table of determinations."""
    rulebook = load_rulebook()
    # The order of the codes is random and seeded, so that no contestant lives from a warm cache.
    chooser = random.Random(20260102)  # noqa: S311 - not for cryptography
    codes = chooser.choices(list(rulebook.by_code), k=ORDERS * LINES)
    plain = chooser.choices([c for c, rules in rulebook.by_code.items() if _plain(rules)], k=ORDERS)
    contestants: dict[str, Contestant] = {
        "bare look-up, 1 code": (_bare(rulebook, codes[:ORDERS]), ORDERS),
        "determine, 1 line on a plain rule": (_determine(rulebook, plain, 1), ORDERS),
        "determine, 1 line of any code": (_determine(rulebook, codes[:ORDERS], 1), ORDERS),
        "determine and case plan, 1 line": (_plan(rulebook, codes[:ORDERS], 1), ORDERS),
        "determine, 5 lines": (_determine(rulebook, codes, LINES), ORDERS),
        "determine and case plan, 5 lines": (_plan(rulebook, codes, LINES), ORDERS),
    }
    if zen := _zen(rulebook, codes[:ZEN_ORDERS]):
        contestants["zen-engine, 1 code, no evidence"] = zen, ZEN_ORDERS
    title = "Determination, seconds per order"
    print_table(title, time_calls(contestants), "bare look-up, 1 code")


def _plain(rules: tuple[Rule, ...]) -> bool:
    return len(rules) == 1 and not rules[0].conditions


def _orders(codes: list[Code], lines: int) -> list[Order]:
    return [
        Order(tuple(OrderLine(code, DAY) for code in codes[start : start + lines]))
        for start in range(0, len(codes), lines)
    ]


def _determine(rulebook: Rulebook, codes: list[Code], lines: int) -> Callable[[], object]:
    orders = _orders(codes, lines)

    def run() -> None:
        for order in orders:
            determine(rulebook, order)

    return run


def _plan(rulebook: Rulebook, codes: list[Code], lines: int) -> Callable[[], object]:
    orders = _orders(codes, lines)

    def run() -> None:
        for order in orders:
            determine(rulebook, order).case_plan  # noqa: B018 - the property does the work

    return run


def _bare(rulebook: Rulebook, codes: list[Code]) -> Callable[[], object]:
    """Look up what the row prints: a dict by code, a bisection by date, and nothing else."""
    table: Bare = {}
    for code, rules in rulebook.by_code.items():
        starts = [rule.effective_from or rulebook.edition.effective_from for rule in rules]
        answers = [(rule.requirement.value, rule.platform) for rule in rules]
        table[code] = (sorted(starts), answers)

    def look_up(code: str, day: date) -> tuple[str, str | None] | None:
        entry = table.get(code)
        if entry is None:
            return None
        starts, answers = entry
        index = bisect_right(starts, day)
        return answers[index - 1] if index else None

    def run() -> None:
        for code in codes:
            look_up(code, DAY)

    return run


def _zen(rulebook: Rulebook, codes: list[Code]) -> Callable[[], object] | None:
    """Let zen-engine decide the same table, one row per rule; None if it is not installed.

    It decides by the code alone: it is spared the dates, the conditions and the evidence.
    """
    try:
        import zen  # noqa: PLC0415 - the benchmark runs without it
    except ImportError:
        print("zen-engine is not installed: pip install --group bench")
        return None
    decision = zen.ZenEngine().create_decision(json.dumps(_zen_graph(rulebook)))
    expected = rulebook.by_code[codes[0]][0].requirement.value
    answer = decision.evaluate({"code": codes[0], "day": DAY.isoformat()})["result"]
    if answer["requirement"] != expected:
        message = f"zen-engine answers {answer}, expected {expected}"
        raise AssertionError(message)

    def run() -> None:
        for code in codes:
            decision.evaluate({"code": code, "day": DAY.isoformat()})

    return run


def _zen_graph(rulebook: Rulebook) -> dict[str, object]:
    rows = [
        {
            "_id": str(index),
            "code": json.dumps(rule.code),
            "requirement": json.dumps(rule.requirement.value),
            "platform": json.dumps(rule.platform),
        }
        for index, rule in enumerate(rulebook.rules)
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": "code", "name": "code", "type": "expression", "field": "code"}],
        "outputs": [
            {"id": name, "name": name, "type": "expression", "field": name}
            for name in ("requirement", "platform")
        ],
        "rules": rows,
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": table},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return {"nodes": nodes, "edges": edges}


if __name__ == "__main__":
    main()
