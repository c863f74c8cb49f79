"""Localise a table of cases on a Spark cluster: one row a case in, one row an answer out, no shuffle.

    spark-submit examples/spark.py cases.parquet answers.parquet

Every worker needs Lasegue and pyarrow: pip install 'lasegue[spark]'. The columns are those of `lasegue batch`.
"""

import sys
from collections.abc import Iterator
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from lasegue.batch import localize_batches, schema


def answers(cases: DataFrame, setting: str | None = None) -> DataFrame:
    """A data frame with the answer to each case."""

    def localize(batches: Iterator[Any]) -> Iterator[Any]:
        return localize_batches(batches, setting=setting, lenient=True)

    plain = cases.toDF(*(name.replace(".", "__") for name in cases.columns))  # to Spark a dot in a name means a field of a structure
    return plain.mapInArrow(localize, from_arrow_schema(schema()))


def main(source: str, target: str) -> None:
    """Answer one Parquet table into another."""
    spark = SparkSession.builder.appName("lasegue").getOrCreate()
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1024")  # what a worker holds at a time
    answers(spark.read.parquet(source)).write.parquet(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
