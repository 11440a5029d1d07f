"""What all tests share: the published list where it is at hand, and golden files."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support.long_ones import begins
from tests.support.read_once import rows_read_once
from tests.support.thorough import begin_thorough, is_thorough

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from tests.support.distribution import LongOnesFirst

ROOT = Path(__file__).parent.parent

# A shared machine is slow now and then: how long an example takes says nothing about the code.
# A property without a number of its own is tried on twenty examples, thoroughly on a hundred.
settings.register_profile("precert", deadline=None, max_examples=20)
settings.register_profile("thorough", deadline=None, max_examples=100)


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--thorough"):
        begin_thorough()
    settings.load_profile("thorough" if is_thorough() else "precert")


@pytest.hookimpl(trylast=True)  # after pytest-randomly has shuffled them
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let what takes longest begin first, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: begins(item.nodeid))
    if not (config.getoption("--slow") or os.environ.get("PRECERT_SLOW")):
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="takes long: `pytest --slow`, as CI says"))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while collecting, nor later in what stays: modules and tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LongOnesFirst | None:
    if config.getoption("dist") != "loadfile":
        return None  # somebody asked for another way
    from tests.support.distribution import LongOnesFirst  # noqa: PLC0415 - needs pytest-xdist

    return LongOnesFirst(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew",
        action="store_true",
        help="rewrite every golden file from what the code now gives; then read the diff",
    )
    parser.addoption(
        "--slow",
        action="store_true",
        help="also run what takes long: Spark, and processes that are killed (or PRECERT_SLOW=1)",
    )
    parser.addoption(
        "--thorough",
        action="store_true",
        help="draw as many examples as a property deserves, and try every combination",
    )
    parser.addoption(
        "--screenshots", metavar="FOLDER", help="keep pictures of the pages that a browser saw"
    )


@pytest.fixture(scope="session", autouse=True)
def _rows_read_once() -> Iterator[None]:
    with rows_read_once():
        yield


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
