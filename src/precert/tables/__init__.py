"""One reader per format: a `Document` in, its tables and the lines between them out."""

from precert.tables.contents import Contents
from precert.tables.reading import read_tables

__all__ = ["Contents", "read_tables"]
