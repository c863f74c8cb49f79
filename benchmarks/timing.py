"""How a figure is measured: the best of some tries, wall and CPU, of a call in this process or of a process of its own."""

import json
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
STARTER = """
import json, os, sys, time
begin = time.perf_counter()
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
started = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[1:]], os.environ, file_actions=quiet)
_, status, used = os.wait4(started, 0)
wall = time.perf_counter() - begin
print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)]))
"""
"""Starts a process from one that holds next to nothing itself: what it holds counts as the other's at its start."""


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
    where = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    found = []
    for _ in range(tries):
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", STARTER, *arguments], capture_output=True, text=True, check=True, env=where
        )
        wall, cpu, memory, status = json.loads(done.stdout)
        if status:
            raise RuntimeError(f"{' '.join(arguments)}: exit status {status}: {done.stderr}")
        found.append(Usage(wall, cpu, memory))
    return Usage(*map(min, zip(*found, strict=True)))
