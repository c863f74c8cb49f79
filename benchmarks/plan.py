"""What a hospital network would need, reckoned from the measured rows a second: fills the plan in `docs/scale.md`.

python benchmarks/plan.py                      from the figures of docs/benchmarks.md
python benchmarks/plan.py price=0.03 busy=6    with other assumptions; prints, writes nothing
"""

import re
import sys
from dataclasses import dataclass, fields, replace
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
PLAN = re.compile(r"(<!-- plan -->\n)(.*?)(<!-- end of plan -->)", re.DOTALL)
YEAR = 365 * 24 * 3600
MEANINGS = {
    "cases": "examinations a year",
    "busy": "the busiest hour, in mean hours",
    "used": "share of paid time that a core works",
    "price": "price of a core hour, in dollars",
    "memory": "memory of a process, MB",
}


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the reader may change; none of these was measured here but `memory`, the peak of a batch process, rounded up."""

    cases: float = 1e9
    busy: float = 4.0
    used: float = 0.7
    price: float = 0.05
    memory: float = 300.0


@dataclass(frozen=True, slots=True)
class Measured:
    """The best batch of the benchmarks: rows a second, over how many processes, a core each."""

    rows: float
    processes: int


def measured(page: str) -> Measured:
    """The best line of any table of a page that tells rows a second by processes."""
    found: list[Measured] = []
    columns: list[str] = []
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if "rows a second" in cells and "processes" in cells:
            columns = cells
        elif not line.startswith("|"):
            columns = []
        elif columns and not line.startswith("|--"):
            told = dict(zip(columns, cells, strict=True))
            found.append(Measured(float(told["rows a second"].replace(",", "")), int(told["processes"])))
    return max(found, key=lambda one: one.rows)


def plan(speed: Measured, given: Assumptions) -> str:
    """The plan as two tables: what goes in, what comes out."""
    core = speed.rows / speed.processes
    mean = given.cases / YEAR
    million = 1e6 / core / 3600
    inputs = [("rows a second, measured", f"{speed.rows:,.1f} over {speed.processes} processes", f"{core:,.1f} a core")]
    inputs += [(MEANINGS[f.name], f"{getattr(given, f.name):,g}", f"assumed: `{f.name}`") for f in fields(given)]
    paid = million / given.used
    cores = mean / core / given.used
    outputs = [
        ("mean load", f"{given.cases:,g} / {YEAR:,} s", f"{mean:,.1f} cases a second"),
        ("cores for the mean load", "mean load / rows a second a core / share used", f"{cores:,.1f}"),
        ("cores for the busiest hour", "that, times the busiest hour", f"{cores * given.busy:,.1f}"),
        ("memory for the busiest hour", "a process a core", f"{cores * given.busy * given.memory / 1024:,.1f} GB"),
        ("core hours for a million", "10⁶ / rows a second a core / 3600", f"{million:,.2f} at work, {paid:,.2f} paid"),
        ("cost of a million", "paid core hours, times the price", f"{paid * given.price:,.3g} dollars"),
        ("cost of a year", "that, by millions of cases", f"{paid * given.price * given.cases / 1e6:,.0f} dollars"),
    ]
    return "\n".join([*_table(("in", "value", ""), inputs), "", *_table(("out", "how", "value"), outputs), ""])


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)]


def filled(page: str, figures: str) -> str:
    """The page with the plan that follows from the figures."""
    return PLAN.sub(lambda found: f"{found[1]}{plan(measured(figures), Assumptions())}{found[3]}", page)


def main(arguments: list[str]) -> None:
    """Fill the page, or print the plan under other assumptions."""
    figures, page = (DOCS / "benchmarks.md").read_text(encoding="utf-8"), DOCS / "scale.md"
    if not arguments:
        page.write_text(filled(page.read_text(encoding="utf-8"), figures), encoding="utf-8")
        return
    given = [one.partition("=") for one in arguments]
    wrong = [name for name, _, value in given if name not in MEANINGS or not re.fullmatch(r"[0-9.]+(e[0-9]+)?", value)]
    if wrong:
        sys.exit(f"plan: {', '.join(wrong)}: give NAME=NUMBER with NAME one of {', '.join(MEANINGS)}")
    sys.stdout.write(plan(measured(figures), replace(Assumptions(), **{name: float(value) for name, _, value in given})))


if __name__ == "__main__":
    main(sys.argv[1:])
