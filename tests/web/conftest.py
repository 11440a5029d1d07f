"""What the tests of the web app share: an app on an invented rulebook, and a client of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from precert.rulebook import write_rulebook
from precert.web.app import create_app
from precert.web.settings import ServeSettings
from tests.cli import invented
from tests.support.cases import RULEBOOKS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def book_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the invented rulebook of one edition."""
    folder = tmp_path_factory.mktemp("served") / "book"
    write_rulebook(invented.rulebook(), folder)
    return folder


@pytest.fixture(scope="session")
def client(book_folder: Path) -> TestClient:
    """A client of an app on that rulebook; a bug becomes an answer, as it does on a socket."""
    settings = ServeSettings(
        rulebook=str(book_folder), max_body=20_000, max_lines=100, max_order_lines=60
    )
    return TestClient(create_app(settings), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def editions_client() -> TestClient:
    """A client of an app on an invented rulebook of three editions."""
    return TestClient(create_app(ServeSettings(rulebook=str(RULEBOOKS / "acme"))))
