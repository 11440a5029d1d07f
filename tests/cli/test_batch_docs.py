"""The pages about batch are true: their commands and Python print what is shown, nothing lacks."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from precert.batch import ANSWER_COLUMNS, Role
from precert.batch.answers import Place
from precert.batch.rejects import OWN
from precert.determine import Fact, Outcome
from precert.determine.answer import ReasonKind, Route

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS = Path(__file__).parent.parent.parent / "docs"
COLUMNS = (DOCS / "batch-columns.md").read_text(encoding="utf-8")
HOW_TO = DOCS / "batch.md"

STEP = re.compile(
    r"(?P<command>```console\n\$ precert (?P<arguments>[^\n]+)\n)(?P<page>.*?)(?=```)"
    r"|(?P<code>```python\n(?P<python>.*?)```\n\n<!-- printed -->\n```text\n)(?P<words>.*?)(?=```)"
    r"|(?P<show><!-- show (?P<name>[^ ]+) -->\n```csv\n)(?P<file>.*?)(?=```)",
    re.DOTALL,
)


@pytest.mark.slow
def test_the_night_goes_as_it_is_told(tmp_path: Path, golden: Callable[[Path, str], None]) -> None:
    text = HOW_TO.read_text(encoding="utf-8")
    worklist = text.partition("```csv\n")[2].partition("```")[0]
    (tmp_path / "worklist.csv").write_text(worklist, encoding="utf-8")
    golden(HOW_TO, STEP.sub(lambda step: done(step, tmp_path), text))
    assert len(STEP.findall(text)) == 5


def done(step: re.Match[str], folder: Path) -> str:
    """Return the step with what it really prints."""
    if step["name"]:
        return step["show"] + (folder / step["name"]).read_text(encoding="utf-8")
    if step["python"]:
        return step["code"] + started(["-c", step["python"]], folder)
    return step["command"] + started(["-m", "precert", *shlex.split(step["arguments"])], folder)


def started(arguments: list[str], folder: Path) -> str:
    finished = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, cwd=folder, check=False
    )
    assert finished.stderr == ""
    return finished.stdout


@pytest.mark.parametrize(
    "values", [Role, ANSWER_COLUMNS, OWN, Outcome, Route, Place, Fact, ReasonKind]
)
def test_every_name_and_value_is_described(values: type[Role] | tuple[str, ...]) -> None:
    for value in values:
        assert re.search(rf"`{value}[`(:]", COLUMNS), value
