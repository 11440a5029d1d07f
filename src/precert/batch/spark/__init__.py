"""The Spark engine: Spark reads, shuffles and writes, the embedded engine answers in its tasks."""

from precert.batch.spark.frame import determine_frame
from precert.batch.spark.run import determine_spark

__all__ = ["determine_frame", "determine_spark"]
