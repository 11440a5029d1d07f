"""Contestant: DuckDB copies the lines as they are. No answer can be written faster than this."""

import sys

import duckdb

lines, out = sys.argv[1:]
duckdb.execute(f"COPY (FROM '{lines}') TO '{out}' (FORMAT parquet)")
