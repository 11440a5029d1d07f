"""The only driver over both halves: documents in, a rulebook and its diagnostics out."""

from precert.compiler.accounting import Accounting
from precert.compiler.as_printed import AsPrinted, compile_as_printed
from precert.compiler.compile import Compilation, compile_documents
from precert.compiler.descriptions import (
    DESCRIPTIONS_FILE,
    foreign_descriptions,
    read_descriptions,
    remove_descriptions,
    write_descriptions,
)
from precert.compiler.edition import ToldEdition
from precert.compiler.evidence import (
    Copies,
    Evidence,
    PrintedRow,
    printed_rows,
    read_copies,
)
from precert.compiler.layouts import LayoutCheck, UnreadText, check_layout, draft_of_document
from precert.compiler.lint import Lint, lint_documents
from precert.compiler.order_sheet import OrderSheet, is_workbook, write_order_sheet

__all__ = [
    "DESCRIPTIONS_FILE",
    "Accounting",
    "AsPrinted",
    "Compilation",
    "Copies",
    "Evidence",
    "LayoutCheck",
    "Lint",
    "OrderSheet",
    "PrintedRow",
    "ToldEdition",
    "UnreadText",
    "check_layout",
    "compile_as_printed",
    "compile_documents",
    "draft_of_document",
    "foreign_descriptions",
    "is_workbook",
    "lint_documents",
    "printed_rows",
    "read_copies",
    "read_descriptions",
    "remove_descriptions",
    "write_descriptions",
    "write_order_sheet",
]
