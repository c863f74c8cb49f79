"""The example for Spark on two local workers. Not part of `make test`: `make test-spark` installs Java and PySpark and runs it."""

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

import lasegue
from lasegue.simulate import write_cohort

ROOT = Path(__file__).parents[1]
PATIENTS = 40
PARTITIONS = 4


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable  # the workers' Python: not the system's, which has no Lasegue
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
    session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "7").getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def example() -> Any:
    spec = importlib.util.spec_from_file_location("spark_example", ROOT / "examples" / "spark.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["spark_example"] = module
    spec.loader.exec_module(module)
    return module


def test_a_cluster_gives_each_patient_the_answer_of_one_machine(spark: SparkSession, example: Any, tmp_path: Path) -> None:
    source = tmp_path / "cohort.parquet"
    write_cohort(PATIENTS, 11, "specialist", source)
    frame = spark.read.parquet(str(source)).repartition(PARTITIONS)
    found = {row["id"]: row.asDict() for row in example.answers(frame).collect()}
    import pyarrow.parquet

    alone = {row["id"]: row for row in lasegue.localize_batch(pyarrow.parquet.read_table(source), lenient=True).to_pylist()}
    assert len(found) == PATIENTS
    assert found == alone


def test_one_bad_row_is_an_error_row_and_the_rest_goes_on(spark: SparkSession, example: Any) -> None:
    rows = [("a", "left", "3"), ("b", "left", "9"), ("c", "right", "4")]
    frame = spark.createDataFrame(rows, ["id", "side", "left.power.ankle_dorsiflexion"])
    found = {row["id"]: row for row in example.answers(frame).collect()}
    assert {name: row["error"] is not None for name, row in found.items()} == {"a": False, "b": True, "c": False}
    assert found["a"]["lesion"]


def test_a_table_of_single_findings_is_refused_for_its_cases_would_be_torn(spark: SparkSession, example: Any) -> None:
    frame = spark.createDataFrame([("a", "power", "EHL", "3")], ["id", "kind", "name", "value"])
    with pytest.raises(Exception, match="one row a case"):
        example.answers(frame).collect()
