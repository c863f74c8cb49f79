"""A second process for the second core: it shares the listening socket and ends with the first. Answers need nothing of each other."""

import os
import signal
import time
from collections.abc import Callable
from threading import Thread, current_thread, main_thread
from typing import Final

MOST: Final = 2
"""More processes answer no faster than people type."""
LOOKS: Final = 0.5
"""Seconds between two looks at whether the first process is still there."""


def second_process(when_compiled: Callable[[], object]) -> Callable[[], None]:
    """Fork a second process where there is a second core; both go on from here.

    Gives what the first process calls once the sums are compiled; the second then calls `when_compiled`. Call it before any thread is
    started. Where processes cannot be forked, and in a thread of somebody else's program, nothing happens.
    """
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < MOST or current_thread() is not main_thread():
        return lambda: None
    reading, writing = os.pipe()
    first = os.getpid()
    if os.fork():
        os.close(reading)
        return lambda: os.close(writing)
    os.close(writing)
    Thread(target=_ends_with, args=(first,), daemon=True, name="ends with the first").start()
    Thread(target=_waits, args=(reading, first, when_compiled), daemon=True, name="waits for the sums").start()
    return lambda: None


def _waits(reading: int, first: int, then: Callable[[], object]) -> None:
    os.read(reading, 1)
    if os.getppid() == first:
        then()


def _ends_with(first: int) -> None:
    while os.getppid() == first:
        time.sleep(LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
