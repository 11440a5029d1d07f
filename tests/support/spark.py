"""One local Spark session for all tests: it takes seconds to start."""

from __future__ import annotations

import os
import shutil
import warnings
from functools import cache
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import SparkSession

NOT_OURS = (
    "ignore:PySpark does not yet fully support pandas:FutureWarning",  # only its pandas API
    "ignore:unclosed <socket:ResourceWarning",  # Py4J keeps connections until the process ends
)
"""Warnings of PySpark, for `pytest.mark.filterwarnings`."""


_QUICK = {  # a small query takes longer to compile than to run
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


HAS_JAVA = bool(shutil.which("java") or os.environ.get("JAVA_HOME"))
NO_JAVA = "the Spark engine needs Java 17 or 21, and there is none"


def quick_environment(folder: Path) -> dict[str, str]:
    """Return what lets a process start a session as quick as that of the tests.

    Its settings are written into the folder.
    """
    text = "".join(f"{name} {value}\n" for name, value in _QUICK.items())
    (folder / "spark-defaults.conf").write_text(text, encoding="utf-8")
    return {"SPARK_CONF_DIR": str(folder)}


@cache
def spark_session() -> SparkSession:
    """Return the session; it ends with the process. Start it within a test or a fixture.

    Skips the test where there is no Java.
    """
    if not HAS_JAVA:
        pytest.skip(NO_JAVA)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # as above
        from precert.batch.spark.session import start  # noqa: PLC0415 - PySpark warns when imported

        return start("local[2]", _QUICK)
