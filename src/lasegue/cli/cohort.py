"""Simulated patients as a file: one row a patient, what was found in words, what was not tested left empty."""

import csv
from pathlib import Path
from typing import Any, Final

from lasegue.errors import InputError

ENDINGS: Final = (".csv", ".parquet")


def write_cohort(n: int, seed: int, setting: str, lesion: str | None, out: str) -> str | None:
    """Draw patients and write them; the id of the lesion that they were drawn from, where one was named."""
    target = Path(out)
    if target.suffix.lower() not in ENDINGS:
        raise InputError(f"--out {out}: patients are written as {' or '.join(ENDINGS)}")
    if not target.parent.is_dir():
        raise InputError(f"--out {out}: there is no folder {target.parent}")
    import numpy as np

    from lasegue.model import model
    from lasegue.simulate import cohort_table, draw, lesion_of

    identifier = lesion_of(lesion).id if lesion else None
    anatomy = model()
    only = np.array([anatomy.lesions[k].id == identifier for k in anatomy.rows.lesion]) if identifier else None
    columns = cohort_table(draw(n, seed, setting, only=only))
    _WRITERS[target.suffix.lower()](target, columns)
    return identifier


def _csv(target: Path, columns: dict[str, list[Any]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _parquet(target: Path, columns: dict[str, list[Any]]) -> None:
    from lasegue.batch.sources import arrow, parquet

    parquet().write_table(arrow().table(columns), target)


_WRITERS: Final = {".csv": _csv, ".parquet": _parquet}
