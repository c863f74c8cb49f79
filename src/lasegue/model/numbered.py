"""Numbers that occur, numbered anew."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def numbered(values: NDArray[np.integer[Any]], count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Which of the numbers below `count` occur, in order, and which of them each value is, in the shape of `values`.

    As `np.unique`, which sorts, and loads NumPy's masked arrays to do so.
    """
    place = np.zeros(count, dtype=np.intp)
    place[values] = 1
    used = np.flatnonzero(place)
    place[used] = np.arange(len(used))
    return used, place[values]
