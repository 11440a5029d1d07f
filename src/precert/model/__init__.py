"""The vocabulary both halves share: frozen values for documents, tables, conditions and rules.

Nothing here reads a file, answers an order or knows a payer. The words are the field's own and are
listed in ARCHITECTURE.md.
"""

from precert.model.code import Code, CodeRange
from precert.model.conditions import (
    GUARDS,
    LIMITS,
    STATEMENTS,
    AtHome,
    ClientSpecific,
    Condition,
    Contact,
    ContactParty,
    DefersTo,
    DeniedIfRequested,
    DescribeProcedure,
    ForPlan,
    Guard,
    Limit,
    NoAuthStated,
    Purchase,
    PurchaseAbove,
    Statement,
    Unread,
    WithCode,
    WithProgram,
)
from precert.model.documents import Document, Format, Row, SourceRef, Table, TextLine
from precert.model.rules import (
    PAYER,
    Basis,
    Edition,
    Program,
    Requirement,
    Rule,
    SourceDocument,
)

__all__ = [
    "GUARDS",
    "LIMITS",
    "PAYER",
    "STATEMENTS",
    "AtHome",
    "Basis",
    "ClientSpecific",
    "Code",
    "CodeRange",
    "Condition",
    "Contact",
    "ContactParty",
    "DefersTo",
    "DeniedIfRequested",
    "DescribeProcedure",
    "Document",
    "Edition",
    "ForPlan",
    "Format",
    "Guard",
    "Limit",
    "NoAuthStated",
    "Program",
    "Purchase",
    "PurchaseAbove",
    "Requirement",
    "Row",
    "Rule",
    "SourceDocument",
    "SourceRef",
    "Statement",
    "Table",
    "TextLine",
    "Unread",
    "WithCode",
    "WithProgram",
]
