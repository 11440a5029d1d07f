"""`precert rulebook`: what a rulebook holds, in words and as JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from precert.rulebook import load_rulebook
from tests.cli.invented import ROWS, rulebook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_programs_are_counted_by_requirement(run: Run, book: Path) -> None:
    rows = {
        name: numbers.split()
        for name, numbers in re.findall(
            r"^(\S.*?)  +((?:[0-9]+ *)+)$", run("rulebook", str(book)).stdout, re.MULTILINE
        )
    }
    assert list(rows) == [
        "Lifts",
        "Pumps and Pump Supplies",
        "Home Care",
        "Laboratory (only a link)",
        "All",
    ]
    assert rows["Lifts"] == ["16", "7", "3", "2", "2", "1", "1", "0"]
    assert rows["Laboratory (only a link)"][0] == "0"
    assert rows["All"][0] == str(len(ROWS))


def test_who_gave_the_dates_is_said(run: Run, book: Path) -> None:
    words = run("rulebook", str(book)).stdout
    assert "In force from 2026-01-01 (told at import, not printed in the list)." in words
    assert "To be reviewed by 2027-01-01 (twelve months after it begins, by default)." in words
    assert rulebook().digest in words


def test_json_says_the_same(run: Run, book: Path) -> None:
    told = json.loads(run("rulebook", str(book), "--json").stdout)
    assert (told["schema"], told["digest"]) == (1, rulebook().digest)
    assert told["rules"] == sum(program["rules"] for program in told["programs"]) == len(ROWS)
    assert [program["name"] for program in told["programs"] if program["link_only"]] == [
        "Laboratory"
    ]
    assert told["programs"][0]["requirements"]["required"] == 7


def test_without_a_folder_it_is_the_bundled_one(run: Run) -> None:
    told = json.loads(run("rulebook", "--json").stdout)
    assert told["digest"] == load_rulebook().digest


def test_a_folder_without_a_rulebook_exits_with_3(run: Run, tmp_path: Path) -> None:
    assert run("rulebook", str(tmp_path)).exit_code == 3
