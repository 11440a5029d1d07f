"""PySpark and what its tasks need: importing this raises `MissingExtra` where one is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from precert.batch.extras import import_extra

if TYPE_CHECKING:
    import duckdb
    import py4j.protocol as java  # type: ignore[import-untyped]  # it ships no types
    import pyarrow as pa
    import pyspark
    from pyarrow import compute
    from pyspark import errors, sql
    from pyspark.sql import functions, types
else:
    duckdb, java, pa, compute, pyspark, errors, sql, functions, types = (
        import_extra(module, "answering with Spark", "spark")
        for module in (
            *("duckdb", "py4j.protocol", "pyarrow", "pyarrow.compute", "pyspark"),
            *("pyspark.errors", "pyspark.sql", "pyspark.sql.functions", "pyspark.sql.types"),
        )
    )

__all__ = ["compute", "duckdb", "errors", "functions", "java", "pa", "pyspark", "sql", "types"]
