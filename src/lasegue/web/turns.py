"""Second looks take turns, so that however many people wait for theirs, first answers are not held up."""

import asyncio
import os
from typing import Final
from weakref import WeakKeyDictionary

AT_ONCE: Final = max(1, (os.cpu_count() or 2) - 1)
_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


def turn() -> asyncio.Semaphore:
    """The turns of the running loop; waiting for one occupies no thread."""
    return _TURNS.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
