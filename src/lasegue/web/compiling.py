"""The compiled sums for a server that stays: compiled beside it, so that nobody waits, and taken up once they are there."""

import atexit
import subprocess
import sys
from importlib.util import find_spec
from threading import Thread
from typing import Final

PROGRAM: Final = "import os; os.nice(10); from lasegue.batch import compile_sums; compile_sums()"
"""Compiles into the cache of the installation, where this process then finds it."""


def compile_beside() -> Thread | None:
    """Compile in a process of its own and switch on when that is done; None, and nothing done, where numba is missing.

    Until then, and for good where compiling fails, NumPy answers: the answers are the same.
    """
    if find_spec("numba") is None:
        return None
    thread = Thread(target=_compile, daemon=True, name="compiling")
    thread.start()
    return thread


def _compile() -> None:
    from lasegue.batch import compile_sums

    other = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    atexit.register(other.kill)
    if other.wait() == 0:
        compile_sums()
    atexit.unregister(other.kill)
