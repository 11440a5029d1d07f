"""What a list says of one code, and of which list, edition and document it says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from precert.model.conditions import (
    GUARDS,
    LIMITS,
    STATEMENTS,
    Otherwise,
    WithCode,
)
from precert.model.requirements import Requirement
from precert.model.scope_guards import SCOPE_GUARDS, Unless

if TYPE_CHECKING:
    from datetime import date

    from precert.model.code import Code, CodeRange
    from precert.model.conditions import Condition, Guard, Limit, Statement
    from precert.model.documents import SourceRef
    from precert.model.scope_guards import ScopeGuard

PAYER = "payer"
"""The platform of a rule whose authorization the payer itself gives."""


class Basis(StrEnum):
    """Who gave a date: the document prints it, the importer told it, or it follows by default."""

    STATED = "stated"
    TOLD = "told"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a list: what it says of one code in one program, on which conditions, and where.

    `platform` is where the case is built, `PAYER` where the payer itself is the route, None where
    the row names none. `effective_from` and `effective_to` are inclusive; None is the edition's own
    bound. `um_cs` keeps the printed "included with UM + CS" as a fact; None where nothing says it.
    """

    rule_id: str
    program: str
    product: str
    category: str
    heading: str
    code: Code | CodeRange
    requirement: Requirement
    platform: str | None
    conditions: tuple[Condition, ...]
    descriptor_add_on: bool
    um_cs: bool | None
    effective_from: date | None
    effective_to: date | None
    ref: SourceRef
    guards: tuple[Guard, ...] = field(init=False, compare=False, repr=False)
    statements: tuple[Statement, ...] = field(init=False, compare=False, repr=False)
    limits: tuple[Limit | WithCode, ...] = field(init=False, compare=False, repr=False)
    """The conditions by kind, sorted out once; `WithCode` is a guard and is printed as a limit."""
    scope: tuple[ScopeGuard | Unless, ...] = field(init=False, compare=False, repr=False)
    """Those of the guards that say for which members, places and diagnoses the row is."""
    otherwise: Requirement | None = field(init=False, compare=False, repr=False)
    """What the row prints for when one of these is false, if anything; unread where two differ."""

    def __post_init__(self) -> None:
        """Sort the conditions by kind: every answer asks for them."""
        conditions = self.conditions
        for name, kinds in _KINDS:
            of_kind = tuple(c for c in conditions if isinstance(c, kinds)) if conditions else ()
            object.__setattr__(self, name, of_kind)
        printed = {c.requirement for c in self.statements if isinstance(c, Otherwise)}
        if len(printed) > 1:  # one excludes the other, and nobody can tell which holds
            printed = {Requirement.UNREAD}
        object.__setattr__(self, "otherwise", next(iter(printed), None))


_KINDS = (
    ("guards", GUARDS),
    ("statements", STATEMENTS),
    ("limits", (*LIMITS, WithCode)),
    ("scope", (*SCOPE_GUARDS, Unless)),
)


@dataclass(frozen=True, slots=True)
class Program:
    """A program of the list, in the list's order; `link_only` where the list prints only a link."""

    name: str
    link_only: bool
    ref: SourceRef


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document that the rulebook was compiled from: file name, sha256 (hex), line count.

    `unread` counts the lines on which a code may stand that no rule has: those that are no rule,
    heading or furniture, rows that print beside their codes what is none, notices of others.
    """

    name: str
    sha256: str
    lines: int
    unread: int = 0


@dataclass(frozen=True, slots=True)
class CodeFile:
    """A file of codes that the user supplied, as CMS and the AMA publish them: name and sha256."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version of a list: whose it is and when it holds. Dates are inclusive.

    After `review_by` an answer that needs no action is no longer trusted without a newer edition.
    """

    name: str
    payer: str
    line_of_business: str
    vendor: str
    effective_from: date
    effective_from_basis: Basis
    effective_to: date | None
    review_by: date
    review_by_basis: Basis
