"""Invariant 7: no descriptor and no sentence of a payer's list stands in the repository."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from precert.rulebook import load_rulebook

ROOT = Path(__file__).parent.parent
WORDS = 6
"""A run of this many words of one printed cell is a descriptor; a layout's phrases are shorter."""


def words_of(text: str) -> list[str]:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).split()


def printed_texts(path: Path) -> dict[str, list[str]]:
    """Return the list's long descriptions, notes and sentences, by their first words.

    Titles and categories are facts that the rulebook keeps, and are left out.
    """
    facts = {" ".join(words_of(rule.category)) for rule in load_rulebook().rules}
    texts: dict[str, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        for cell in line.split("\t"):
            words = words_of(cell)
            title = line.startswith(("#", "*")) or "procedure list" in line.lower()
            if title or " ".join(words) in facts:
                continue
            if len(words) >= WORDS and len(" ".join(words)) >= 45:
                texts[" ".join(words[:WORDS])].append(" ".join(words))
    return texts


def repository_files() -> list[Path]:
    """Return what git tracks or would track; every file of the folder where there is no git."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        folders = ("src", "tests", "docs", "benchmarks")
        return [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def found_in(text: str, printed: dict[str, list[str]]) -> list[str]:
    words = words_of(text)
    joined = " ".join(words)
    return [
        whole
        for start in range(len(words) - WORDS + 1)
        for whole in printed.get(" ".join(words[start : start + WORDS]), ())
        if whole in joined
    ]


@pytest.mark.real_list
def test_no_printed_text_stands_in_the_repository(real_list: Path) -> None:
    printed = printed_texts(real_list)
    assert len(printed) > 500
    found: dict[str, list[str]] = {}
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        hits = found_in(text, printed)
        if hits:
            found[str(path.relative_to(ROOT))] = hits
    assert found == {}


def test_a_printed_text_would_be_found() -> None:
    printed = {"one two three four five six": ["one two three four five six seven"]}
    assert found_in("x: 'One two three, four five six seven!'", printed)
    assert not found_in("One two three four five six eight", printed)
