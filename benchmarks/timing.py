"""How a figure is measured: the best of some tries, wall and CPU, of a call in this process or of a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
TRIES = 2
Table = tuple[str, list[str], list[list[str]]]
"""A title, the head of the columns, the rows."""


class Usage(NamedTuple):
    """Seconds of wall and CPU time, and the most memory held at once in MB."""

    wall: float
    cpu: float
    memory: float


def took(work: Callable[[], Any], tries: int = TRIES) -> tuple[float, float]:
    """The best wall and CPU time of some tries, in milliseconds."""
    walls, used = [], []
    for _ in range(tries):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(1e3 * (time.perf_counter() - wall))
        used.append(1e3 * (time.process_time() - cpu))
    return min(walls), min(used)


def process(arguments: Sequence[str], tries: int = TRIES) -> Usage:
    """The best of some runs of this Python with arguments, with the sources of this tree."""
    found = []
    for _ in range(tries):
        begin = time.perf_counter()
        where = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        started = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=where)
        told = started.stderr.read().decode() if started.stderr else ""
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        if started.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: exit status {started.returncode}: {told}")
        found.append(Usage(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))
    return Usage(*map(min, zip(*found, strict=True)))
