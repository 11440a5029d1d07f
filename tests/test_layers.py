"""What import-linter cannot say: the core runs on the standard library alone."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "precert"
CORE = (
    *("model", "codes", "facts.py", "notation", "diagnostics.py", "errors.py", "toml_section.py"),
    *("lists", "rulebook", "determine"),
)


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


@pytest.mark.parametrize("part", CORE)
def test_the_core_imports_the_standard_library_only(part: str) -> None:
    place = SOURCE / part
    modules = [place] if place.is_file() else sorted(place.rglob("*.py"))
    assert modules
    for module in modules:
        assert imported(module) <= sys.stdlib_module_names | {"precert"}, module


def test_no_module_has_more_than_400_lines() -> None:
    long = {
        str(module.relative_to(SOURCE)): lines
        for module in SOURCE.rglob("*.py")
        if (lines := len(module.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_answering_asks_no_clock() -> None:
    for module in sorted((SOURCE / "determine").glob("*.py")):
        text = module.read_text(encoding="utf-8")
        assert ".today(" not in text, module
        assert ".now(" not in text, module
        assert imported(module).isdisjoint({"os", "io", "pathlib", "time", "random"}), module
