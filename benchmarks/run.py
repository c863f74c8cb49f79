"""Measures the program on this machine and writes the tables of `docs/benchmarks.md`: `make bench`.

CPU time is given beside wall time, for a machine that others use too shows only the first. Each figure is the median over cases of the
best of some tries. Ratios are of figures of one run.
"""

import os
import resource
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[threads] = "1"
ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "benchmarks")]

import kernel
import numpy as np
import plan
from others import against_others
from start import starts
from timing import Table, took

from lasegue.assess import assess, first_look
from lasegue.batch import run
from lasegue.case import Case, read_case
from lasegue.evaluate import benchmark
from lasegue.inference import posterior
from lasegue.inference.ensemble import interval
from lasegue.model import model
from lasegue.model.observe import observe
from lasegue.simulate import cohort_table, draw

PAGE = ROOT / "docs" / "benchmarks.md"
EVERY = 3
"""Every third published case is timed."""
COHORT = 100_000
BATCH = 1000


def middle(times: list[tuple[float, float]]) -> list[str]:
    """Medians of wall and CPU time."""
    return [f"{statistics.median(column):.1f}" for column in zip(*times, strict=True)]


def published() -> list[Case]:
    """The published cases that ship with the program."""
    return [read_case({k: v for k, v in case.items() if k not in ("gold", "meta")}, lenient=True) for case in benchmark()[::EVERY]]


def single() -> Table:
    """One case, warm, step by step."""
    used, cases = model(), published()
    heard = [observe(used, case) for case in cases]
    found = [posterior(used, case, evidence) for case, evidence in zip(cases, heard, strict=True)]
    rows = []
    for name, works in (
        ("posterior, all rows and pairs", [lambda c=c, e=e: posterior(used, c, e) for c, e in zip(cases, heard, strict=True)]),
        ("64-member interval", [lambda e=e, f=f: interval(used, e, f) for e, f in zip(heard, found, strict=True)]),
        ("flags, ranking and reasons", [lambda c=c: first_look(c) for c in cases]),
        ("whole answer", [lambda c=c: assess(c) for c in cases]),
    ):
        rows.append([name, *middle([took(work) for work in works])])
    size = statistics.median(len(one.keys()) for one in heard)
    return f"One case, warm: median over {len(cases)} published cases (median {size:.0f} findings)", ["step", "wall ms", "CPU ms"], rows


def by_findings() -> Table:
    """The posterior by number of findings."""
    used, rows = model(), []
    heard = [(case, observe(used, case)) for case in published()]
    for low, high in ((1, 8), (9, 14), (15, 40)):
        some = [(c, e) for c, e in heard if low <= len(e.keys()) <= high]
        times = [took(lambda c=c, e=e: posterior(used, c, e)) for c, e in some]
        rows.append([f"{low} to {high}", str(len(some)), *middle(times)])
    return "The posterior by number of findings", ["findings", "cases", "wall ms", "CPU ms"], rows


def batches() -> Iterator[Table]:
    """Rows a second and memory of a batch; patients drawn."""
    rows = []
    columns = cohort_table(draw(2 * BATCH, 1))
    with tempfile.TemporaryDirectory() as folder:
        for count, processes in ((BATCH // 10, 1), (BATCH, 1), (2 * BATCH, 1), (2 * BATCH, 2)):
            source, target = Path(folder) / f"{count}.csv", Path(folder) / f"{count}-{processes}.jsonl"
            _as_csv(source, columns, count)
            before = _used()
            summary = run(source, target, processes=processes)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            figures = (count / summary.seconds, count / (_used() - before), summary.failed, peak)
            rows.append([str(count), str(processes), *(f"{figure:.0f}" for figure in figures)])
    head = ["patients", "processes", "rows a second", "rows a CPU second", "error rows", "peak memory of the leading process MB"]
    yield "`lasegue batch`: simulated patients with the whole examination, wide CSV to JSON Lines, starts included", head, rows
    drawn, told = took(lambda: draw(COHORT, 1)), took(lambda: cohort_table(draw(COHORT, 1)))
    rates = [[name, f"{COHORT / wall * 1e3:,.0f}"] for name, (wall, _) in (("drawn", drawn), ("drawn and put into words", told))]
    yield f"A simulated cohort of {COHORT:,}", ["", "patients a second"], rates


def _used() -> float:
    """CPU seconds of this process and of those that it has ended."""
    kinds = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in kinds)


def _as_csv(path: Path, columns: dict[str, list[Any]], count: int) -> None:
    rows = list(zip(*columns.values(), strict=True))[:count]
    path.write_text("\n".join([",".join(columns), *(",".join(map(str, row)) for row in rows)]) + "\n")


def page(tables: list[Table]) -> str:
    """The page with all tables."""
    parts = ["# Benchmarks", "", "Written by `make bench`; wall time depends on what else the machine does, CPU time less so.", ""]
    parts += [f"Machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end. NumPy {np.__version__}, one thread.", ""]
    for title, head, rows in tables:
        parts += [f"## {title}", "", f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
        parts += [f"| {' | '.join(row)} |" for row in rows] + [""]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page([*starts(), single(), by_findings(), against_others(), *kernel.tables(), *batches()]), encoding="utf-8")
    plan.main([])
