"""The published list, read once for the tests of all checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from precert.documents import open_document
from precert.lists import ListReading, read_list
from precert.tables.text import read_text
from tests.lists.checks.invented import LAYOUT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="published", scope="session")
def fixture_published(real_list: Path) -> ListReading:
    document = open_document(real_list)
    return read_list(document, read_text(document, LAYOUT.header_words).blocks, LAYOUT)
