"""A simulated cohort as a file for teaching and method research: one row a patient, what was found in words, and the truth."""

import csv
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.errors import InputError
from lasegue.inference.posterior import DEFAULT_SETTING
from lasegue.model import model
from lasegue.simulate.cohort import cohort_table, draw

AT_ONCE: Final = 50_000
ENDINGS: Final = (".csv", ".parquet")


def write_cohort(n: int, seed: int, setting: str | None, out: str | Path, *, lesion: str | None = None) -> int:
    """Draw patients into a Parquet or CSV file, in bounded memory; how many were written. The same call writes the same patients.

    With `lesion`, an id, all of them have it. Every 50,000 patients have a seed of their own, made of `seed` and their place.
    """
    target = Path(out)
    if target.suffix.lower() not in ENDINGS:
        raise InputError(f"--out {out}: patients are written as {' or '.join(ENDINGS)}")
    if not target.parent.is_dir():
        raise InputError(f"--out {out}: there is no folder {target.parent}")
    anatomy = model()
    only = None if lesion is None else np.array([anatomy.lesions[k].id == lesion for k in anatomy.rows.lesion])
    parts = _parts(n, seed, setting or DEFAULT_SETTING, only)
    half = target.with_name(f"{target.name}.partial")
    _as_parquet(half, parts) if target.suffix.lower() == ".parquet" else _as_csv(half, parts)
    half.replace(target)
    return n


def _parts(n: int, seed: int, setting: str, only: NDArray[np.bool_] | None) -> Iterator[dict[str, list[Any]]]:
    if n < 1:
        raise InputError(f"--cohort {n}: at least one patient")
    for part, start in enumerate(range(0, n, AT_ONCE)):
        size = min(AT_ONCE, n - start)
        own = seed if part == 0 else seed + 1_000_003 * part
        yield {"id": [f"simulated-{k}" for k in range(start, start + size)], **cohort_table(draw(size, own, setting, only=only))}


def _as_csv(path: Path, parts: Iterator[dict[str, list[Any]]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for number, columns in enumerate(parts):
            if not number:
                writer.writerow(columns)
            writer.writerows(zip(*columns.values(), strict=True))


def _as_parquet(path: Path, parts: Iterator[dict[str, list[Any]]]) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise InputError("Parquet needs pyarrow: pip install 'lasegue[batch]'") from error
    first = pyarrow.table(next(parts))
    with pyarrow.parquet.ParquetWriter(path, first.schema, compression="zstd") as writer:
        for table in itertools.chain([first], map(pyarrow.table, parts)):
            writer.write_table(table)
