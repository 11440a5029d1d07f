"""What docs/api.md shows runs, and answers what it shows; what exists is in it."""

from __future__ import annotations

import json
import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from precert.web.api.routes import OPERATIONS
from precert.web.app import create_app
from precert.web.http.problems import KINDS
from precert.web.settings import ServeSettings
from precert.web.worklist.runs import KEPT_SECONDS, MOST

DOCS = Path(__file__).parent.parent.parent / "docs"
API, SERVE, WORKLIST = (
    (DOCS / name).read_text("utf-8") for name in ("api.md", "serve.md", "worklist.md")
)
SHOWN = re.findall(
    r"```sh\ncurl ([^`]*)```\n(?:(?:(?!```)[^#])*?```json\n(.*?)```)?", API, re.DOTALL
)
ADDRESS = "http://127.0.0.1:8000"


def within(shown: Any, answered: Any, place: str = "") -> list[str]:  # noqa: ANN401 - JSON
    """Return what is shown and was not answered; of an object some keys, of a list the first."""
    if isinstance(shown, dict) and isinstance(answered, dict):
        return [
            difference
            for key, value in shown.items()
            for difference in within(value, answered.get(key, "(absent)"), f"{place}.{key}")
        ]
    if isinstance(shown, list) and isinstance(answered, list) and len(shown) <= len(answered):
        return [
            difference
            for at, (one, other) in enumerate(zip(shown, answered, strict=False))
            for difference in within(one, other, f"{place}[{at}]")
        ]
    return [] if shown == answered else [f"{place}: shown {shown!r}, answered {answered!r}"]


@pytest.fixture(scope="module")
def bundled() -> TestClient:
    return TestClient(create_app(ServeSettings()), base_url=ADDRESS)


def test_it_shows_commands_and_answers() -> None:
    assert len(SHOWN) == API.count("\ncurl ") == 7
    assert sum(bool(answer) for _, answer in SHOWN) == API.count("```json") == 4


@pytest.mark.parametrize(("command", "shown"), SHOWN)
def test_a_shown_command_answers_what_is_shown(
    bundled: TestClient, command: str, shown: str
) -> None:
    words = shlex.split(command.replace("\\\n", " "))
    told = dict(pairwise(words))
    address = next(word for word in words if word.startswith(ADDRESS))
    if "-d" in told:
        name, value = told["-H"].split(": ")
        answer = bundled.post(address, content=told["-d"], headers={name: value})
    else:
        answer = bundled.get(address)
    expected = json.loads(shown) if shown else {}
    assert answer.status_code == expected.get("status", 200)
    assert within(expected, answer.json()) == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_every_operation_is_in_it(operation: Any) -> None:  # noqa: ANN401
    assert f"`{operation.method} {operation.path}`" in API


@pytest.mark.parametrize("kind", [*KINDS.values()], ids=lambda kind: kind.name)
def test_every_kind_of_problem_is_in_it(kind: Any) -> None:  # noqa: ANN401
    (row,) = (line for line in API.splitlines() if line.startswith(f"| {kind.status} |"))
    assert f"`{kind.name}`" in row


def test_the_limits_are_those_of_the_server() -> None:
    settings = ServeSettings()
    assert f"| a JSON request | {settings.max_body // 1_000_000} MB |" in SERVE
    assert f"| its order lines | {settings.max_lines:,}," in SERVE
    assert f"at most {settings.max_order_lines} of one order" in SERVE
    assert f"| a worklist | {settings.max_upload // 1_000_000} MB |" in SERVE
    assert f"at most {settings.max_upload // 1_000_000} MB" in WORKLIST
    assert f"when {MOST} newer ones came" in WORKLIST
    assert ("an hour after" in WORKLIST) is (KEPT_SECONDS == 3600)
