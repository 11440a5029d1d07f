"""What takes longest begins first, and what is slow to start is started by one process only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.long_ones import SHARED, begins, scope_of

TESTS = Path(__file__).parent
SPARK = re.compile(r"\b(by_spark|spark_session)\b")


def test_spark_is_started_by_files_that_share_it() -> None:
    asking = {
        path.relative_to(TESTS.parent).as_posix()
        for path in TESTS.rglob("test_*.py")
        if path != Path(__file__) and SPARK.search(path.read_text(encoding="utf-8"))
    }
    assert len(asking) == 3
    assert {scope_of(f"{path}::test") for path in asking} == {"spark"}


@pytest.mark.parametrize("begin", SHARED)
def test_what_is_shared_is_there_and_begins_first(begin: str) -> None:
    found = [path.relative_to(TESTS.parent).as_posix() for path in TESTS.rglob("test_*.py")]
    sharing = [path for path in found if path.startswith(begin)]
    assert sharing
    usual = begins("tests/test_codes.py::test")
    assert all(begins(path) < begins("tests/batch/test_table.py") < usual for path in sharing)


def test_another_file_is_a_scope_of_its_own() -> None:
    assert scope_of("tests/test_codes.py::test[a::b]") == "tests/test_codes.py"
