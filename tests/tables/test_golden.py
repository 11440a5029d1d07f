"""Files and what is read from them, side by side in `good/` and `bad/`; `--renew` rewrites it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from precert.documents import open_document
from precert.model import Table
from precert.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from precert.model import Row, TextLine
    from precert.tables import Contents

HERE = Path(__file__).parent
INPUTS = sorted(
    path for kind in ("good", "bad") for path in HERE.glob(f"{kind}/*") if path.suffix != ".txt"
)
WORDS = frozenset({"Code", "What it is", "Needs a call?"})


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_read_is_what_lies_beside(path: Path, golden: Callable[[Path, str], None]) -> None:
    contents = read_tables(open_document(path), WORDS)
    golden(path.with_name(f"{path.name}.expected.txt"), "\n".join((*_told(contents), "")))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_only_bad_files_give_warnings(path: Path) -> None:
    found = {str(each.severity) for each in read_tables(open_document(path), WORDS).diagnostics}
    assert bool(found - {"info"}) is (path.parent.name == "bad")


def _told(contents: Contents) -> Iterator[str]:
    for block in contents.blocks:
        if isinstance(block, Table):
            yield from ([f"= {_unit(block.header)}"] if block.header else ["= no header"])
            yield from (f"- {_unit(row)}" for row in block.rows)
        else:
            yield f"  {_unit(block)}"
    yield from map(str, contents.diagnostics)


def _unit(unit: Row | TextLine) -> str:
    said = repr(unit.text) if hasattr(unit, "text") else " | ".join(map(repr, unit.cells))
    area = f" [{unit.ref.area}]" if unit.ref.area else ""
    return f"{unit.ref.place}{area}: {said}"
