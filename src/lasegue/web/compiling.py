"""The compiled sums for a server that stays: compiled beside it, so that nobody waits, and taken up once they are there."""

import atexit
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from threading import Thread
from typing import Final

from lasegue.web.workers import second_process

PROGRAM: Final = "import os; os.nice(10); from lasegue.batch import compile_sums; compile_sums()"
"""Compiles into the cache of the installation, where this process then finds it."""


def compile_beside() -> None:
    """Compile in a process of its own and switch on when that is done, in this process and in the second; nothing where numba is missing.

    Until then, and for good where compiling fails, NumPy answers: the answers are the same.
    """
    first = os.getpid()
    tell = second_process(_switch_on)
    if os.getpid() == first and find_spec("numba") is not None:
        Thread(target=_compile, args=(tell,), daemon=True, name="compiling").start()


def _switch_on() -> None:
    from lasegue.batch import compile_sums

    compile_sums()


def _compile(tell: Callable[[], None]) -> None:
    other = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    atexit.register(other.kill)
    if other.wait() == 0:
        _switch_on()
        tell()
    atexit.unregister(other.kill)
