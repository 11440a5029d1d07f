"""What is written is read back, to the same values, bytes and digest."""

from __future__ import annotations

import subprocess
import tomllib
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precert.model import (
    AtHome,
    Basis,
    CodeFile,
    Edition,
    Program,
    Requirement,
    Rule,
    SourceDocument,
    SourceRef,
)
from precert.model.code import first_code
from precert.rulebook import Rulebook, read_edition, write_rulebook
from tests.rulebook.invented import DOCUMENT, EDITION, PARTS, PROGRAMS, RULES, code
from tests.strategies import Parts, parts
from tests.support.thorough import examples

if TYPE_CHECKING:
    import random

    from tests.strategies import Parts

RULES_CSV = """\
rule_id,program,product,category,heading,code,requirement,platform,conditions,\
descriptor_add_on,um_cs,effective_from,effective_to,document,page,sheet,line,area
air/E0470,Air,Equipment,'+ parts,,E0470,required,Northwind,,yes,,,,invented.md,,,34,
air/E0601,Air,Equipment,"Chairs, and parts",,E0601,required,Northwind,\
no-auth-stated(from=2022-01-01),no,yes,,,invented.md,,,33,
wheels/E0601,Wheels,Equipment,"Chairs, and parts",,E0601,unlisted,Northwind,,\
no,,2025-07-01,,invented.md,,,7,
wheels/K0001,Wheels,Equipment,"Chairs, and parts",,K0001,required,Northwind,,\
no,,,,invented.md,,,5,
wheels/K0002,Wheels,Equipment,"Chairs, and parts",,K0002,required,,\
with-program(Air),no,,,,invented.md,,,6,
"""


def written(rulebook: Rulebook, folder: Path) -> dict[str, bytes]:
    write_rulebook(rulebook, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@settings(max_examples=examples(12, 100))
@given(parts=parts())
def test_a_rulebook_is_read_back_as_it_was_built(parts: Parts) -> None:
    built = parts.build()
    with TemporaryDirectory() as folder:
        files = written(built, Path(folder))
        read = read_edition(Path(folder))
    told = [name for name in Rulebook.__slots__ if name != "listing"]  # what it gives is below
    assert {name: getattr(read, name) for name in told} == {
        name: getattr(built, name) for name in told
    }
    for rule in built.rules:
        assert read.rules_for(first_code(rule.code)) == built.rules_for(first_code(rule.code))
    assert sorted(files) == ["rulebook.toml", "rules.csv"]
    assert read.edition == parts.edition
    assert read.programs == parts.programs
    assert read.documents == parts.documents
    assert read.plans == parts.plans
    assert set(read.rules) == set(parts.rules)
    assert len(read.rules) == len(parts.rules)


@settings(max_examples=examples(12, 100))
@given(parts=parts(), shuffled=st.randoms(use_true_random=False))
def test_the_order_in_which_rules_are_given_is_irrelevant(
    parts: Parts, shuffled: random.Random
) -> None:
    rules = list(parts.rules)
    shuffled.shuffle(rules)
    again = parts._replace(rules=tuple(rules)).build()
    assert again.rules == parts.build().rules
    assert again.digest == parts.build().digest
    assert dict(again.by_code) == dict(parts.build().by_code)


def test_the_same_rulebook_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(PARTS.build(), tmp_path / "first")
    second = written(PARTS.build(), tmp_path / "second")
    again = written(read_edition(tmp_path / "first"), tmp_path / "again")
    assert first == second == again
    assert not any(b"\r" in content for content in first.values())


def test_the_files_look_like_this(tmp_path: Path) -> None:
    files = written(PARTS.build(), tmp_path)
    assert files["rules.csv"].decode() == RULES_CSV
    manifest = tomllib.loads(files["rulebook.toml"].decode())
    assert manifest == {
        "schema": 2,
        "digest": PARTS.build().digest,
        "plans": ["Silver Plan"],
        "edition": {
            "name": "2026",
            "payer": "Acme Health",
            "line_of_business": "Commercial",
            "vendor": "Vendor",
            "effective_from": date(2026, 1, 1),
            "effective_from_basis": "told",
            "review_by": date(2027, 1, 1),
            "review_by_basis": "told",
        },
        "rules": {"count": 5, "sha256": sha256(files["rules.csv"]).hexdigest()},
        "programs": [
            {"name": "Wheels", "link_only": False, "document": DOCUMENT, "line": 3},
            {"name": "Air", "link_only": False, "document": DOCUMENT, "line": 30},
            {"name": "Drops", "link_only": True, "document": DOCUMENT, "line": 60},
        ],
        "documents": [{"name": DOCUMENT, "sha256": "a" * 64, "lines": 61, "unread": 0}],
    }


def test_the_digest_is_what_a_shell_computes(tmp_path: Path) -> None:
    write_rulebook(PARTS.build(), tmp_path)
    command = "grep -v '^digest = ' rulebook.toml | sha256sum"
    printed = subprocess.check_output(["/bin/sh", "-c", command], cwd=tmp_path, text=True)
    assert printed.split()[0] == PARTS.build().digest


# --- the digest covers everything -----------------------------------------------------------------

OTHER: dict[type, tuple[Any, dict[str, Any]]] = {
    Rule: (
        RULES[0],
        {
            "rule_id": "wheels/K0001/2",
            "program": "Air",
            "product": "Other",
            "category": "Other",
            "heading": "Other",
            "code": code("K0003"),
            "requirement": Requirement.ADD_ON,
            "platform": None,
            "conditions": (AtHome(),),
            "descriptor_add_on": True,
            "um_cs": False,
            "effective_from": date(2026, 2, 1),
            "effective_to": date(2026, 2, 1),
            "ref": SourceRef(DOCUMENT, 8),
        },
    ),
    Edition: (
        EDITION,
        {
            "name": "Other",
            "payer": "Other",
            "line_of_business": "Other",
            "vendor": "Other",
            "effective_from": date(2025, 1, 1),
            "effective_from_basis": Basis.STATED,
            "effective_to": date(2026, 12, 31),
            "review_by": date(2026, 12, 31),
            "review_by_basis": Basis.STATED,
        },
    ),
    Program: (
        PROGRAMS[2],
        {"name": "Other", "link_only": False, "ref": SourceRef(DOCUMENT, 3, 1)},
    ),
    SourceDocument: (
        PARTS.documents[0],
        {"name": "Other", "sha256": "b" * 64, "lines": 62, "unread": 1},
    ),
}


def changed_parts(changed: Edition | Program | Rule | SourceDocument) -> Parts:
    """The invented list with one of its values changed."""
    if isinstance(changed, Rule):
        return PARTS._replace(rules=(changed, *RULES[1:]))
    if isinstance(changed, Edition):
        return PARTS._replace(edition=changed)
    if isinstance(changed, Program):
        return PARTS._replace(programs=(*PROGRAMS[:2], changed))
    extra = SourceDocument(DOCUMENT, "c" * 64, 1) if changed.name != DOCUMENT else None
    return PARTS._replace(documents=(changed, extra) if extra else (changed,))


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, field.name) for kind in OTHER for field in fields(kind) if field.init],
)
def test_the_digest_changes_with_any_fact(kind: type, field: str) -> None:
    value, other = OTHER[kind]
    changed = changed_parts(replace(value, **{field: other[field]}))
    assert changed.build().digest != PARTS.build().digest
    assert changed.build() != PARTS.build()


@pytest.mark.parametrize(
    "changed",
    [
        PARTS._replace(programs=tuple(reversed(PROGRAMS))),
        PARTS._replace(plans=()),
        PARTS._replace(plans=("Silver Plan", "Gold Plan")),
        PARTS._replace(rules=RULES[1:]),
    ],
    ids=["order of programs", "no plan", "another plan", "a rule less"],
)
def test_the_digest_changes_with_the_whole(changed: Parts) -> None:
    assert changed.build().digest != PARTS.build().digest


def test_a_file_of_codes_that_changed_rules_is_named(tmp_path: Path) -> None:
    files = (CodeFile("aoc.csv", "b" * 64),)
    built = Rulebook.build(*PARTS, code_files=files)
    manifest = written(built, tmp_path)["rulebook.toml"].decode()
    assert manifest.endswith(f'\n[[code_files]]\nname = "aoc.csv"\nsha256 = "{"b" * 64}"\n')
    assert read_edition(tmp_path).code_files == files
    assert built.digest != PARTS.build().digest
    assert "code_files" not in written(PARTS.build(), tmp_path)["rulebook.toml"].decode()
