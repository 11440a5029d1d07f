"""The catalogue of diagnostics: every kind has a manual, and the manual stands in the docs."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from precert.diagnostics import Kind, Severity, catalogue, diagnostic
from precert.model import SourceRef

ROOT = Path(__file__).parent.parent
KINDS = list(catalogue().values())


OPENING = """# Diagnostics

What `precert lint` and `precert import` say of a list, by code: 1xx the document, 2xx a table, 3xx a row, 4xx the rules
together. `precert lint --explain CODE` prints an entry.
"""  # noqa: E501 - as wide as the other documents


def manual() -> str:
    """Return the manual as docs/diagnostics.md has it; `pytest --renew` writes it."""
    return OPENING + "".join(
        f"\n## {kind.code}: {kind.name} ({kind.severity})\n\n{kind.what}\n\n"
        f"- **Why it matters:** {kind.why}\n- **Example:** {kind.example}\n"
        f"- **What to do:** {kind.remedy}\n"
        for kind in KINDS
    )


def test_the_manual_stands_in_the_docs(renew: bool) -> None:  # noqa: FBT001 - a fixture
    path = ROOT / "docs" / "diagnostics.md"
    if renew:
        path.write_text(manual(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == manual()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_is_explained(kind: Kind) -> None:
    assert re.fullmatch(r"PC[1-4][0-9]{2}", kind.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.name)
    assert kind.severity in Severity
    for text in (kind.name, kind.sentence, kind.what, kind.why, kind.example, kind.remedy):
        assert text.strip() == text != ""
    names = {name for _, name, _, _ in Formatter().parse(kind.sentence) if name}
    facts = dict.fromkeys(names, "fact")
    found = diagnostic(kind.code, SourceRef("list.md", 7), **facts)
    assert str(found).startswith(f"list.md:7: {kind.code} {kind.severity}: ")


def test_every_kind_is_raised_somewhere() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src" / "precert").rglob("*.py")
    )
    assert {kind.code for kind in KINDS} == set(re.findall(r'"(PC[1-4][0-9]{2})"', code))


def test_a_fact_that_is_missing_is_a_bug() -> None:
    with pytest.raises(KeyError):
        diagnostic("PC101x", SourceRef("list.md", 1))
