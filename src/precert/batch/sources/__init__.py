"""Files in, a relation of lines out: Parquet, CSV, TSV and JSON Lines for the embedded engine."""

from precert.batch.sources.found_files import find_files
from precert.batch.sources.source import Source, open_source

__all__ = ["Source", "find_files", "open_source"]
