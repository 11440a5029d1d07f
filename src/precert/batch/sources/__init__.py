"""Files in, a relation of lines out: Parquet, CSV, TSV and JSON Lines for the embedded engine."""

from precert.batch.sources.found_files import find_files
from precert.batch.sources.kinds import KNOWN_SUFFIXES, Kind, kind_of
from precert.batch.sources.source import Source, open_source

__all__ = ["KNOWN_SUFFIXES", "Kind", "Source", "find_files", "kind_of", "open_source"]
