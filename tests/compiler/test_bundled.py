"""The published list, compiled: every line accounted for, and the bundled rulebook reproduced."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import precert.rulebook
from precert.compiler import Compilation, ToldEdition, compile_documents
from precert.model import Basis
from precert.rulebook import load_rulebook, write_rulebook

BUNDLED = Path(precert.rulebook.__file__).parent / "bundled" / "cigna-commercial"

pytestmark = pytest.mark.real_list


@pytest.fixture(name="compiled", scope="module")
def fixture_compiled(real_list: Path) -> Compilation:
    return compile_documents([real_list], ToldEdition(date(2026, 1, 1)))


def test_every_line_is_accounted_for(compiled: Compilation) -> None:
    assert compiled.accounting.lines == 1996
    assert compiled.accounting.by_kind == {
        "rule": 1602,
        "heading": 38,
        "header": 117,
        "title": 24,
        "copyright": 12,
        "pointer": 4,
        "blank": 199,
    }
    assert sum(compiled.accounting.by_kind.values()) == compiled.accounting.lines


def test_rules_per_program(compiled: Compilation) -> None:
    assert list(compiled.accounting.by_program.items()) == [
        ("Radiology & Cardiology", 254),
        ("Vascular Interventions", 82),
        ("Joint Surgery", 124),
        ("Interventional Pain Management", 72),
        ("Spine Surgery", 121),
        ("Gastroenterology", 35),
        ("Radiation Oncology", 108),
        ("Sleep", 18),
        ("Durable Medical Equipment", 567),
        ("Durable Medical Equipment and O&P", 76),
        ("Home Health", 20),
        ("Home Infusion Therapy", 125),
    ]
    assert compiled.accounting.link_only == ("Medical Oncology", "Lab Management")
    assert len(compiled.rulebook.by_code) == 1548


def test_compiling_reproduces_the_bundled_rulebook(compiled: Compilation, tmp_path: Path) -> None:
    write_rulebook(compiled.rulebook, tmp_path)
    for name in ("rules.csv", "rulebook.toml"):
        assert (tmp_path / name).read_bytes() == (BUNDLED / name).read_bytes(), name
    assert load_rulebook().digest == compiled.rulebook.digest


def test_the_rulebook_says_that_its_dates_were_told(compiled: Compilation) -> None:
    edition = compiled.rulebook.edition
    assert (edition.effective_from, edition.effective_from_basis) == (
        date(2026, 1, 1),
        Basis.TOLD,
    )
    assert (edition.review_by, edition.review_by_basis) == (date(2027, 1, 1), Basis.DEFAULT)


def test_no_rule_holds_anything_unread(compiled: Compilation) -> None:
    assert "unread" not in (BUNDLED / "rules.csv").read_text(encoding="utf-8")
    assert not [found for found in compiled.diagnostics if found.code in {"PC301", "PC302"}]
