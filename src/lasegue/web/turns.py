"""Who computes when: rankings first, in the order in which they were asked, and what may wait only when no ranking does."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakKeyDictionary

CORES: Final = os.cpu_count() or 2
PATIENCE: Final = 3.0
"""Seconds after which a second look no longer stands back, so that a busy hour starves nobody."""


class Turns:
    """The turns of one event loop; waiting for one occupies no thread."""

    def __init__(self) -> None:
        self._first = asyncio.Semaphore(CORES)
        self._later = asyncio.Semaphore(max(1, CORES - 1))
        self._asked = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @asynccontextmanager
    async def first(self) -> AsyncIterator[None]:
        """A turn for a ranking. No more of them run at once than there are cores: more would only slow each other down."""
        self._asked += 1
        self._quiet.clear()
        try:
            async with self._first:
                yield
        finally:
            self._asked -= 1
            if not self._asked:
                self._quiet.set()

    @asynccontextmanager
    async def later(self) -> AsyncIterator[None]:
        """A turn for a second look: it stands back while rankings are asked for, up to a few seconds."""
        async with self._later:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._quiet.wait()
            except TimeoutError:
                pass
            yield


_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, Turns] = WeakKeyDictionary()


def turns() -> Turns:
    """The turns of the running loop."""
    return _TURNS.setdefault(asyncio.get_running_loop(), Turns())
