"""Cold starts, and the memory of whole processes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from timing import ROOT, Table, process

from lasegue.simulate import write_cohort

TRIES = 5
EXAMPLE = str(ROOT / "examples" / "foot-drop.yaml")
STARTS = {
    "Python alone": ["-c", "pass"],
    "`import numpy`": ["-c", "import numpy"],
    "`import lasegue`": ["-c", "import lasegue"],
    "`lasegue --version`": ["-m", "lasegue", "--version"],
    "`lasegue localize examples/foot-drop.yaml --json`": ["-m", "lasegue", "localize", EXAMPLE, "--json"],
    "`lasegue localize examples/foot-drop.yaml`": ["-m", "lasegue", "localize", EXAMPLE],
}
LENGTHS = (64, 256)


def starts() -> Iterator[Table]:
    """Commands from nothing, each beside what importing NumPy costs on the same machine in the same run."""
    used = {name: process(arguments, TRIES) for name, arguments in STARTS.items()}
    unit = used["`import numpy`"].cpu
    rows = [[name, f"{u.wall:.2f}", f"{u.cpu:.2f}", f"{u.cpu / unit:.1f}", f"{u.memory:.0f}"] for name, u in used.items()]
    head = ["", "wall s", "CPU s", "in imports of NumPy", "peak MB"]
    yield f"A process of its own, best of {TRIES}", head, rows
    yield (
        "Memory by length: `lasegue batch --processes 1`, simulated patients, CSV to JSON Lines",
        ["patients", "CPU s", "peak MB"],
        list(_lengths()),
    )


def _lengths() -> Iterator[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        for count in LENGTHS:
            source, target = Path(folder) / f"{count}.csv", Path(folder) / f"{count}.jsonl"
            write_cohort(count, 1, "specialist", source)
            used = process(["-m", "lasegue", "batch", str(source), str(target), "--processes", "1"], 1)
            yield [str(count), f"{used.cpu:.1f}", f"{used.memory:.0f}"]
