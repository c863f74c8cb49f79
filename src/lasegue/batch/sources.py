"""Where cases come from, one after the other and never all at once."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from lasegue.batch.columns import RAGGED, check_columns, is_long, long_cases, wide_case
from lasegue.errors import Fault, InputError

JSON_LINES: Final = (".jsonl", ".ndjson")
PARQUET: Final = (".parquet", ".pq")
ARROW: Final = (".arrow", ".feather")
ROWS_AT_ONCE: Final = 1024


def cases_of(path: Path) -> Iterator[Any]:
    """The data of every case of a file, or the Fault that keeps it from being read, by the file's ending."""
    ending = path.suffix.lower()
    if not path.is_file():
        raise InputError(f"no file {path}")
    if ending in JSON_LINES:
        return _lines(path)
    if ending == ".csv":
        return _csv(path)
    if ending in PARQUET + ARROW:
        return of_rows(_columns_of(path), _arrow_rows(path))
    raise InputError(f"{path}: a batch reads .jsonl, .csv, .parquet and .arrow")


def count_of(path: Path) -> int | None:
    """How many cases a file holds, where that can be told without reading them; for a progress bar."""
    ending = path.suffix.lower()
    if ending in JSON_LINES:
        with path.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    if ending == ".csv":
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file, suppress(csv.Error):
            rows = csv.reader(file)
            names = [name.strip() for name in next(rows, [])]
            return None if is_long(names) else sum(1 for row in rows if row)
        return None
    if is_long(_columns_of(path)):
        return None
    with _readable(path):
        if ending in PARQUET:
            return int(parquet().read_metadata(path).num_rows)
        with arrow().ipc.open_file(path) as file:
            return sum(int(file.get_batch(number).num_rows) for number in range(file.num_record_batches))


def of_rows(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    """The cases of a table, wide or long; one with a column `case` holds the JSON of a case in each row."""
    names = list(columns)
    if "case" in names:
        return (_parsed(str(row["case"])) for row in rows)
    check_columns(names)
    return long_cases(rows) if is_long(names) else (wide_case(row) for row in rows)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return Fault("", "", f"not JSON: {error.msg}, column {error.colno}")


def _lines(path: Path) -> Iterator[Any]:
    with path.open("rb") as lines:
        for line in lines:
            if line.strip():
                try:
                    text = line.decode("utf-8-sig")
                except UnicodeDecodeError:
                    yield Fault("", "", "not text in UTF-8")
                else:
                    yield _parsed(text)


def _csv(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey=RAGGED)
        try:
            names = [name.strip() for name in reader.fieldnames or ()]
        except (csv.Error, UnicodeDecodeError) as error:
            raise InputError(f"{path}: the header is not CSV in UTF-8: {error}") from error
        if not names:
            raise InputError(f"{path}: the file is empty")
        reader.fieldnames = names
        yield from _checked(of_rows(names, map(_whole, reader)))


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """A row, marked where cells are missing; one with too many is marked by the reader."""
    return {**row, RAGGED: True} if None in row.values() else row


def _checked(cases: Iterator[Any]) -> Iterator[Any]:
    """A row that the CSV reader refuses ends the file with a fault of its own."""
    try:
        yield from cases
    except (csv.Error, UnicodeDecodeError) as error:
        yield Fault("", "", f"not CSV in UTF-8 from here on: {error}")


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What Arrow says of a file that it cannot read, in one line with the file's name."""
    try:
        yield
    except (arrow().ArrowException, OSError) as error:
        raise InputError(f"{path} cannot be read as {path.suffix.lower()[1:]}: {str(error).splitlines()[0]}") from error


def _columns_of(path: Path) -> list[str]:
    with _readable(path):
        return _named(path)


def _named(path: Path) -> list[str]:
    if path.suffix.lower() in PARQUET:
        return list(parquet().read_schema(path).names)
    with arrow().ipc.open_file(path) as file:
        return list(file.schema.names)


def _arrow_rows(path: Path) -> Iterator[dict[str, Any]]:
    batches = _batches(path)
    while True:
        with _readable(path):  # not around the yield: what fails there is no fault of the file
            batch = next(batches, None)
        if batch is None:
            return
        yield from batch.to_pylist()


def _batches(path: Path) -> Iterator[Any]:
    if path.suffix.lower() in PARQUET:
        with parquet().ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=ROWS_AT_ONCE)
        return
    with arrow().ipc.open_file(path) as file:
        for number in range(file.num_record_batches):
            yield file.get_batch(number)


def parquet() -> Any:
    """The Parquet library, or an error that says how to get it."""
    arrow()
    import pyarrow.parquet

    return pyarrow.parquet


def arrow() -> Any:
    """The Arrow library, or an error that says how to get it."""
    try:
        import pyarrow
        import pyarrow.ipc
    except ImportError as error:
        raise InputError("Parquet and Arrow need pyarrow: pip install 'lasegue[batch]'") from error
    return pyarrow
