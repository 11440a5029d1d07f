"""Tables of order lines, in memory or in files: the same lines with their determinations."""

from precert.batch.answers import ANSWER_COLUMNS
from precert.batch.changed_lines import ChangedLine, Impact, Urgency
from precert.batch.columns import Role
from precert.batch.files import Run, determine_files
from precert.batch.impact import impact_of
from precert.batch.summary import Summary
from precert.batch.table import TableAnswers, determine_table

__all__ = [
    "ANSWER_COLUMNS",
    "ChangedLine",
    "Impact",
    "Role",
    "Run",
    "Summary",
    "TableAnswers",
    "Urgency",
    "determine_files",
    "determine_table",
    "impact_of",
]
