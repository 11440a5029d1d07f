"""What all tests share: the published list where it is at hand, and golden files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent

# A shared machine is slow now and then: how long an example takes says nothing about the code.
settings.register_profile("precert", deadline=None)
settings.load_profile("precert")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew",
        action="store_true",
        help="rewrite every golden file from what the code now gives; then read the diff",
    )
    parser.addoption(
        "--screenshots", metavar="FOLDER", help="keep pictures of the pages that a browser saw"
    )


@pytest.fixture(scope="session")
def real_list() -> Path:
    """The published list "Cigna Commercial"; a test that needs it is skipped where it is absent."""
    folder = Path(os.environ.get("PRECERT_LISTS") or ROOT.parent / "shared" / "lists")
    path = folder / "cigna-commercial.md"
    if not path.is_file():
        pytest.skip(f"the published list is not at hand: there is no {path} (set PRECERT_LISTS)")
    return path


@pytest.fixture(scope="session")
def renew(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are rewritten in this run."""
    return bool(pytestconfig.getoption("--renew"))


@pytest.fixture(scope="session")
def golden(renew: bool) -> Callable[[Path, str], None]:  # noqa: FBT001 - a fixture
    """Compare a text with the golden file at a path, or rewrite that file under `--renew`."""

    def compare(path: Path, text: str) -> None:
        if renew:
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"there is no {path}; run pytest --renew and read the diff"
        assert text == path.read_text(encoding="utf-8"), f"{path} differs; see pytest --renew"

    return compare
