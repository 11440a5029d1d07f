"""One reader per format: a `Document` in, its tables and the lines between them out."""

from precert.tables.text import read_text

__all__ = ["read_text"]
