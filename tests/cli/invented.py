"""An invented rulebook with every outcome, and an invented list that compiles."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from precert.codes import is_code, parse_code
from precert.model import (
    PAYER,
    Basis,
    Edition,
    Program,
    Requirement,
    Rule,
    SourceDocument,
    SourceRef,
)
from precert.notation import parse_conditions
from precert.rulebook import Rulebook

if TYPE_CHECKING:
    from precert.model import Code

DOCUMENT = "invented-list.md"

NORTH, SOUTH = "Platform North", "Platform South"
LIFTS, PUMPS, HOME = "Lifts", "Pumps and Pump Supplies", "Home Care"
YES, NO, OUT = Requirement.REQUIRED, Requirement.NOT_REQUIRED, Requirement.OUT_OF_SCOPE
ADD_ON, TRIAL = Requirement.ADD_ON, Requirement.INVESTIGATIONAL

Row = tuple[int, str, str, Requirement, str | None, str]

ROWS: list[Row] = [
    (10, LIFTS, "E0621", YES, NORTH, ""),
    (11, LIFTS, "E0625", NO, NORTH, ""),
    (12, LIFTS, "E0630", ADD_ON, NORTH, ""),
    (13, LIFTS, "E0635", OUT, None, ""),
    (14, LIFTS, "E0636", TRIAL, SOUTH, ""),
    (15, LIFTS, "E0637", YES, NORTH, ""),
    (16, LIFTS, "E0639", YES, NORTH, "purchase"),
    (17, LIFTS, "E0640", OUT, None, "no-auth-stated(from=2026-06-01); contact(manufacturer)"),
    (18, LIFTS, "E0641", YES, NORTH, ""),
    (19, LIFTS, "E0642", Requirement.UNLISTED, NORTH, "describe-procedure"),
    (20, LIFTS, "E0650", YES, NORTH, "age(from=21); otherwise(not-required)"),
    (21, LIFTS, "E0651", YES, NORTH, "in-state(FL, GA); unless-at-place(12)"),
    (22, LIFTS, "E0652", NO, NORTH, "unless-with-diagnosis(I89.0, I97.2); otherwise(required)"),
    (23, LIFTS, "E0655", NO, None, "with-modifier(RT, LT); otherwise(out-of-scope)"),
    (24, LIFTS, "E0656", YES, NORTH, "units-above(5); otherwise(not-required)"),
    (25, LIFTS, "E0657", ADD_ON, NORTH, "add-on-to(E0660-E0669, E0781)"),
    (30, PUMPS, "E0637", TRIAL, SOUTH, ""),
    (31, PUMPS, "E0781", YES, PAYER, ""),
    (32, PUMPS, "E0782", ADD_ON, NORTH, "with-program(Lifts)"),
    (33, PUMPS, "E0784", YES, SOUTH, "contact(payer, phone=555-0100, fax=555-0101)"),
    (34, PUMPS, "E0785", YES, SOUTH, "unread(note, 0123456789ab)"),
    (35, PUMPS, "E0786", YES, None, ""),
    (36, PUMPS, "K0455", Requirement.UNREAD, SOUTH, "unread(decision, 0123456789ab)"),
    (37, PUMPS, "E0791", YES, SOUTH, "denied-if-requested(E0791)"),
    (50, HOME, "T1030", YES, NORTH, "for-plan(Gold); at-home"),
    (51, HOME, "T1031", YES, NORTH, "client-specific"),
    (52, HOME, "S9123", OUT, None, "defers-to(Lifts)"),
]
"""Line, program, code, requirement, platform, conditions."""

BEGINS = {"E0641": date(2026, 7, 1)}


def rulebook(name: str = "spring") -> Rulebook:
    """Return the invented rulebook; another name makes another edition, with another digest."""
    edition = Edition(
        name=name,
        payer="Acme Health",
        line_of_business="Commercial",
        vendor="Reviewco",
        effective_from=date(2026, 1, 1),
        effective_from_basis=Basis.TOLD,
        effective_to=None,
        review_by=date(2027, 1, 1),
        review_by_basis=Basis.DEFAULT,
    )
    programs = [
        Program(LIFTS, link_only=False, ref=SourceRef(DOCUMENT, 9)),
        Program(PUMPS, link_only=False, ref=SourceRef(DOCUMENT, 29)),
        Program(HOME, link_only=False, ref=SourceRef(DOCUMENT, 49)),
        Program("Laboratory", link_only=True, ref=SourceRef(DOCUMENT, 60)),
    ]
    documents = [SourceDocument(DOCUMENT, "ab" * 32, 60)]
    return Rulebook.build(edition, programs, ["Gold"], documents, map(_rule, ROWS))


def _rule(row: Row) -> Rule:
    line, program, code, requirement, platform, conditions = row
    return Rule(
        rule_id=f"{program.split()[0].lower()}/{code}",
        program=program,
        product="",
        category="Slings" if program == LIFTS else "",
        heading="",
        code=code_of(code),
        requirement=requirement,
        platform=platform,
        conditions=parse_conditions(conditions),
        descriptor_add_on=False,
        um_cs=None,
        effective_from=BEGINS.get(code),
        effective_to=None,
        ref=SourceRef(DOCUMENT, line),
    )


def code_of(text: str) -> Code:
    code = parse_code(text)
    assert is_code(code)
    return code


_HEADER = (
    "Category\tCPT® Code\tCPT® Code Description\tCommercial Prior Authorization Required?\t"
    "Commercial Case Build Platform\tExternal Notation"
)

LIST = f"""\
**Cigna Commercial Prior Authorization Procedure Code List: Sleep**
{_HEADER}
Masks\tA7030\tFace mask\tYes\tCareCore National\t
Masks\tA7031\tCushion\tPerhaps\tCareCore National\t
Machines\tE0601\tPressure device\tNo\tCareCore National\t

**Cigna Commercial Prior Authorization Procedure List: Durable Medical Equipment**
{_HEADER}
Beds\tE0250\tHospital bed\tYes\tCareCore National\tPurchase only
Beds\tE0601\tPressure device\tYes\tCareCore National\t
"""
"""A list in the layout `evicore-cigna`: two programs, one unknown decision, one contradiction."""
