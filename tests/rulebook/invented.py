"""An invented list of an invented payer: three programs, one of them a link, and five rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from precert.codes import is_code, parse_code
from precert.model import (
    Basis,
    Code,
    Edition,
    NoAuthStated,
    Program,
    Requirement,
    Rule,
    SourceDocument,
    SourceRef,
    WithProgram,
)
from tests.strategies import Parts

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = "invented.md"


def code(text: str) -> Code:
    parsed = parse_code(text)
    assert is_code(parsed)
    return parsed


def rule(program: str, text: str, line: int, **facts: Any) -> Rule:  # noqa: ANN401  (any field of Rule)
    """A rule that requires authorization on Northwind; `facts` replace what it says."""
    plain = Rule(
        rule_id=f"{program.lower()}/{text}",
        program=program,
        product="Equipment",
        category="Chairs, and parts",
        heading="",
        code=code(text),
        requirement=Requirement.REQUIRED,
        platform="Northwind",
        conditions=(),
        descriptor_add_on=False,
        um_cs=None,
        effective_from=None,
        effective_to=None,
        ref=SourceRef(DOCUMENT, line),
    )
    return replace(plain, **facts)


EDITION = Edition(
    name="2026",
    payer="Acme Health",
    line_of_business="Commercial",
    vendor="Vendor",
    effective_from=date(2026, 1, 1),
    effective_from_basis=Basis.TOLD,
    effective_to=None,
    review_by=date(2027, 1, 1),
    review_by_basis=Basis.TOLD,
)

PROGRAMS = (
    Program("Wheels", link_only=False, ref=SourceRef(DOCUMENT, 3)),
    Program("Air", link_only=False, ref=SourceRef(DOCUMENT, 30)),
    Program("Drops", link_only=True, ref=SourceRef(DOCUMENT, 60)),
)

RULES = (
    rule("Wheels", "K0001", 5),
    rule("Wheels", "K0002", 6, conditions=(WithProgram(("Air",)),), platform=None),
    rule("Wheels", "E0601", 7, requirement=Requirement.UNLISTED, effective_from=date(2025, 7, 1)),
    rule("Air", "E0601", 33, conditions=(NoAuthStated(date(2022, 1, 1)),), um_cs=True),
    rule("Air", "E0470", 34, category="+ parts", descriptor_add_on=True),
)

PARTS = Parts(EDITION, PROGRAMS, ("Silver Plan",), (SourceDocument(DOCUMENT, "a" * 64, 61),), RULES)


def with_rules(*rules: Rule, **facts: Any) -> Parts:  # noqa: ANN401  (any field of Parts)
    """The invented list with these rules in place of its own."""
    return PARTS._replace(rules=rules, **facts)


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in the file once."""
    text = path.read_bytes().decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_bytes(text.replace(old, new).encode())


def seal(folder: Path) -> None:
    """Make the two files of a folder agree again, as if they had been written like that."""
    manifest, rules = folder / "rulebook.toml", folder / "rules.csv"
    lines = manifest.read_text("utf-8").split("\n")
    rules_at = lines.index("[rules]")
    lines[rules_at + 2] = f'sha256 = "{sha256(rules.read_bytes()).hexdigest()}"'
    digest_at = next(at for at, line in enumerate(lines) if line.startswith("digest = "))
    del lines[digest_at]
    digest = sha256("\n".join(lines).encode()).hexdigest()
    lines.insert(digest_at, f'digest = "{digest}"')
    manifest.write_bytes("\n".join(lines).encode())
