"""Large arrays of few values, small on disk: their values, and for each place which one it is. Nothing is rounded."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.wiring import Array

LARGE: Final = 4096
MOST_VALUES: Final = 1 << 16


def unpack(values: Array, codes: NDArray[Any], shape: tuple[int, ...]) -> Array:
    """The array again."""
    return np.asarray(np.take(values, codes).reshape(shape))


def pack(one: Any) -> Any:
    """How a pickler is to keep an array, or NotImplemented for anything that is not worth it."""
    if type(one) is not np.ndarray or one.dtype != np.float64 or one.size < LARGE:
        return NotImplemented
    values, codes = np.unique(one.ravel(), return_inverse=True)
    if len(values) > min(MOST_VALUES, one.size // 4):
        return NotImplemented
    return unpack, (values, codes.astype(np.uint8 if len(values) <= 1 << 8 else np.uint16), one.shape)
