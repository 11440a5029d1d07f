"""A Spark session of our own: small, quiet and without a network where it is local."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from precert.batch.spark.extra import errors, java, sql
from precert.errors import CallerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyspark.sql import SparkSession

LOCAL = "local[*]"

_EVERYWHERE = {
    "spark.app.name": "precert",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.caseSensitive": "true",  # a file may have a column Note and a column note
    "spark.sql.execution.arrow.maxRecordsPerBatch": "20000",
}
_WHERE_LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
}


@contextmanager
def session(spark_or_master: SparkSession | str | None) -> Iterator[SparkSession]:
    """Yield the session that was given, or one of our own at that master, which is then stopped.

    A session that already runs in this process is used, and not stopped. Raises `MissingExtra`, and
    `CallerError` where Java is missing or the master cannot be reached.
    """
    if isinstance(spark_or_master, sql.SparkSession):
        yield spark_or_master
        return
    running = sql.SparkSession.getActiveSession()
    spark = running or start(str(spark_or_master or LOCAL))
    try:
        yield spark
    finally:
        if running is None:
            spark.stop()


def start(master: str = LOCAL, told: Mapping[str, str] | None = None) -> SparkSession:
    """Return a new session at the master; `told` are further settings. Raises `CallerError`."""
    _need_java()
    options = dict(_EVERYWHERE)
    if master.startswith("local"):
        options |= _WHERE_LOCAL
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        # Spark takes python3 from the PATH, which need not be the one that precert runs in.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = sql.SparkSession.builder.master(master)
    for name, value in (options | dict(told or {})).items():
        builder = builder.config(name, value)
    try:
        spark: SparkSession = builder.getOrCreate()
    except (errors.PySparkException, java.Py4JError) as error:
        first = str(error).strip().splitlines()[0][:300]
        message = f"Spark does not start at {master}: {first}; it needs Java 17 or 21"
        raise CallerError(message) from error
    return spark


def _need_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if (home and shutil.which("java", path=f"{home}/bin")) or shutil.which("java"):
        return
    message = "Spark needs Java 17 or 21, and no java is found: install it, or set JAVA_HOME"
    raise CallerError(message)


@contextmanager
def same_splits(spark: SparkSession) -> Iterator[None]:
    """Make Spark cut the files at the same places each time, however many executors come and go."""
    name = "spark.sql.files.minPartitionNum"
    told = spark.conf.get(name, None)
    spark.conf.set(name, told or str(spark.sparkContext.defaultParallelism))
    try:
        yield
    finally:
        if told is None:
            spark.conf.unset(name)
