"""What the tests of the command line share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
from click.testing import CliRunner

from precert.cli.group import precert
from precert.rulebook import write_rulebook
from tests.cli import invented

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


class Run(Protocol):
    def __call__(self, *arguments: str, given: str | None = None) -> Result: ...


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the invented rulebook."""
    folder = tmp_path_factory.mktemp("invented") / "book"
    write_rulebook(invented.rulebook(), folder)
    return folder


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """The invented list as a file."""
    path = tmp_path / invented.DOCUMENT
    path.write_text(invented.LIST, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def run() -> Run:
    """Run `precert` in this process; an exception that is no refusal is a bug and is raised."""

    def invoke(*arguments: str, given: str | None = None) -> Result:
        return CliRunner().invoke(precert, list(arguments), input=given, catch_exceptions=False)

    return invoke
