"""The conformance table as values, and the tests that a file defines."""

from __future__ import annotations

import ast
import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
TABLE = ROOT / "docs" / "conformance" / "crd.csv"

MANDATORY = frozenset({"SHALL", "SHALL-NOT"})


class Statement(NamedTuple):
    """A line of the table: what a statement asks, and how it is kept."""

    key: str
    conformance: str
    actors: str
    binds_server: str
    status: str
    test: str
    why: str

    @property
    def verbs(self) -> tuple[str, ...]:
        """The verbs of the statement, the strongest first."""
        return tuple(self.conformance.split("/"))

    @property
    def tests(self) -> tuple[str, ...]:
        """The tests that show it, without what a parameter adds."""
        return tuple(name.partition("[")[0] for name in self.test.split("; ") if name)

    @property
    def is_mandatory(self) -> bool:
        """Whether the server has no choice."""
        return self.binds_server == "yes" and not MANDATORY.isdisjoint(self.verbs)

    @property
    def place(self) -> tuple[str, int]:
        """Where the key stands among the others: `dev-9` before `dev-10`."""
        chapter, _, number = self.key.rpartition("-")
        return chapter, int(number)


@cache
def statements() -> tuple[Statement, ...]:
    """Return the lines of the table. Raises `ValueError` on other columns than those named."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file, strict=True)
    if tuple(header) != Statement._fields:
        message = f"{TABLE.name}:1: the columns are {header}, expected {list(Statement._fields)}"
        raise ValueError(message)
    return tuple(Statement(*line) for line in lines)


@cache
def defined_tests(path: str) -> frozenset[str]:
    """Return the names of the tests that a file defines at its top; none where it is absent."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    return frozenset(
        node.name
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    )
