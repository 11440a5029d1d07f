"""The app in a thread of its own, and the machine's Chromium that looks at it.

Playwright drives the Chromium of the operating system and downloads none. Where there is none these
tests are skipped, and say so. `--screenshots FOLDER` keeps what the journeys saw.
"""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from precert.web.app import create_app
from precert.web.settings import ServeSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_SECONDS = 20


class _Server(uvicorn.Server):
    """A server in a thread: signals stay with pytest."""

    def install_signal_handlers(self) -> None:
        """Leave the signals alone."""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Return the address of the app on the bundled rulebook, without anyone's document.

    So no payer's text can stand in a picture of it.
    """
    app = create_app(ServeSettings())
    server = _Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + _SECONDS
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    (port,) = {socket.getsockname()[1] for one in server.servers for socket in one.sockets}
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(_SECONDS)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return the browser; without one the test is skipped.

    Playwright keeps an event loop running in this thread until it ends, beside which no other test
    can run its own; so it ends with the tests of its file, before those of another.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium: install the package chromium of your system")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """Return a window of a desk, whose pages may speak to the app only and must log no error."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def wrong(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """Return what a page logs as an error, or asks of another server; any of it fails the test."""
    found: list[str] = []
    yield found
    if request.config.getoption("--screenshots"):
        # Playwright tries to hide the caret by a style of its own, which the app's policy forbids.
        found = [text for text in found if not text.startswith("Applying inline style")]
    logged = [str(getattr(record, "fields", record)) for record in caplog.records]
    assert not found, "\n".join([*found, *logged])


@pytest.fixture
def page(context: BrowserContext, address: str, wrong: list[str]) -> Page:
    """Return an empty page that is watched."""

    def log(said: ConsoleMessage) -> None:
        refused = "status of 422" in said.text  # what cannot be read has a page of its own
        if said.type == "error" and not refused:
            wrong.append(said.text)

    page = context.new_page()
    page.on("console", log)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((address, "data:")) else wrong.append(asked.url),
    )
    return page


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Return the check that axe-core finds no violation on a page."""

    def check(page: Page) -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    return check


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Return what keeps a picture of a page where `--screenshots` asks for it."""
    folder = request.config.getoption("--screenshots")

    def take(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take
