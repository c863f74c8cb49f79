"""Tables in memory: whatever speaks the Arrow PyCapsule interface (pandas, Polars, PyArrow, DuckDB) in, an Arrow table out."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from lasegue.batch.answering import Options, as_row
from lasegue.batch.columns import is_long
from lasegue.batch.running import answer_chunks
from lasegue.batch.sinks import as_table, schema
from lasegue.batch.sources import ROWS_AT_ONCE, arrow, of_rows
from lasegue.errors import InputError


def localize_batch(
    table: Any,
    *,
    setting: str | None = None,
    map_: str | None = None,
    lenient: bool = False,
    full: bool = False,
    processes: int = 1,
) -> Any:
    """The answers to a table of cases, one row a case in the same order, as a PyArrow table.

    `table` has one row a case and one column a finding, one row a finding, or a column `case` of JSON, as `lasegue batch` reads them.
    The result speaks the same interface: `polars.from_arrow(result)`, `result.to_pandas()`.
    """
    library = arrow()
    if not hasattr(table, "__arrow_c_stream__"):
        raise InputError(f"{type(table).__name__} is no table that speaks Arrow (__arrow_c_stream__)")
    reader = library.RecordBatchReader.from_stream(table)
    rows = (row for batch in reader for part in _slices(batch) for row in part.to_pylist())
    cases = of_rows(reader.schema.names, rows)
    answers = answer_chunks(cases, Options(setting, map_, lenient, full), processes)
    return as_table([as_row(found) for found in chain.from_iterable(answers)])


def localize_batches(batches: Iterable[Any], *, setting: str | None = None, lenient: bool = False) -> Iterator[Any]:
    """Arrow record batches to record batches of answers: what `mapInArrow` of a cluster engine wants. The wide form or `case` only.

    Raises InputError for the long form: an engine may tear the rows of one case apart.
    """
    options = Options(setting, None, lenient)
    for batch in batches:
        if is_long(batch.schema.names):
            raise InputError("record batches hold one row a case: bring rows of single findings together first, or use `lasegue batch`")
        cases = of_rows(batch.schema.names, batch.to_pylist())
        rows = [as_row(found) for found in chain.from_iterable(answer_chunks(cases, options, 1))]
        yield from arrow().Table.from_pylist(rows, schema=schema()).to_batches()


def _slices(batch: Any) -> Iterator[Any]:
    return (batch.slice(start, ROWS_AT_ONCE) for start in range(0, batch.num_rows, ROWS_AT_ONCE))
