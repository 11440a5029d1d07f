"""Invariant 7: no descriptor and no sentence of a payer's list stands in the repository."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from precert.rulebook import load_rulebook

ROOT = Path(__file__).parent.parent
DECISIONS = {"In Scope for FL DSNP Only"}
WORDS = 6
"""A run of this many words of one printed cell is a descriptor; a layout's phrases are shorter."""


def words_of(text: str) -> list[str]:
    return re.sub(r"<[^<>]*>|[^a-z0-9]+", " ", text.lower()).split()


def printed_runs(path: Path) -> set[str]:
    """Return every run of six words of the list's descriptions, notes and sentences.

    Titles, categories and headings are facts that the rulebook keeps, and are left out; so are the
    copyright notice, which NOTICE repeats, and runs of telephone numbers.
    """
    rules = load_rulebook().rules
    facts = {text for rule in rules for text in (rule.category, rule.heading)} | DECISIONS
    kept = {run for fact in facts for run in runs_of(words_of(fact))}
    runs: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "*", "CPT copyright")) or "procedure list" in line.lower():
            continue
        for cell in line.split("\t"):
            words = words_of(cell)
            if "prior authorization required" not in cell.lower():  # a header word
                runs |= {run for run in runs_of(words) if sum(map(str.isdigit, run.split())) < 3}
    return runs - kept


def runs_of(words: list[str]) -> list[str]:
    return [" ".join(words[start : start + WORDS]) for start in range(len(words) - WORDS + 1)]


def repository_files() -> list[Path]:
    """Return what git tracks or would track; every file of the folder where there is no git."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        folders = (ROOT / name for name in ("src", "tests", "docs", "benchmarks"))
        inside = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        return [*inside, *(path for path in ROOT.iterdir() if path.is_file())]
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


@pytest.mark.real_list
def test_no_printed_text_stands_in_the_repository(real_list: Path) -> None:
    printed = printed_runs(real_list)
    assert len(printed) > 5_000
    found: dict[str, set[str]] = {}
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if hits := printed.intersection(runs_of(words_of(text))):
            found[str(path.relative_to(ROOT))] = hits
    assert found == {}


def test_a_printed_run_would_be_found() -> None:
    printed = set(runs_of(words_of("One two three, four five six seven")))
    assert printed.intersection(runs_of(words_of("x: 'two THREE four; five six seven!'")))
    assert not printed.intersection(runs_of(words_of("One two three four five eight")))
