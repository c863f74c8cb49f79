"""Where on the grid the states of a block fall for what is read. It is the same for every case, and so worked out once.

Each of the functions below takes a block and what is read; `places` calls it, or recalls what it gave before.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.model import tables
from lasegue.model.joined import Tables
from lasegue.model.patterns import LOSSES, MODALITIES, Block, Focused
from lasegue.model.reading import Reading
from lasegue.wiring import Array

Places = NDArray[np.uint8]
MOST_KEPT: Final = 1024
"""How much is recalled; the largest thing is 58 kB."""


def muscle(block: Tables, reading: Reading, needle: bool = False) -> Places:
    """Of muscles, for the hand or for the needle: (g, p, a, c)."""
    return tables.places(tables.before(reading.motor(block, needle), reading.background))


def weakest(block: Tables, *readings: Reading) -> Places:
    """The weakest of several muscles: (g, p, a, c)."""
    return np.asarray(np.minimum.reduce([places(muscle, block, reading) for reading in readings]))


def skin(block: Tables, reading: Reading, modalities: tuple[str, ...]) -> Places:
    """Of skin by some modalities: (d, g, p, b, c)."""
    return tables.places(tables.before(1.0 - lost_of(block, reading, modalities), reading.background))


def potential(block: Tables, reading: Reading) -> Places:
    """Of a sensory potential: (d, g, p, b, c)."""
    return tables.places(tables.before(reading.skin(block, potential=True), reading.background))


def arc(block: Tables, effector: Reading, afferent: Reading | None, column: int) -> Places:
    """Of a reflex arc: (g, p, a, b, c)."""
    return tables.places(arc_kept(block, effector, afferent, column))


def reach(block: Tables, reading: Reading, modalities: tuple[str, ...]) -> Array:
    """How much of a patch of skin a full lesion takes: (d, g, p)."""
    return np.asarray(lost_of(block, reading, modalities)[..., -1] / LOSSES[-1])


def arc_kept(block: Tables, effector: Reading, afferent: Reading | None, column: int) -> Array:
    """What a reflex arc keeps: (g, p, a, b, c). An afferent through the skin reads the first map of the block."""
    motor = effector.motor(block)
    sensory = motor if afferent is None else afferent.skin(block)[0]
    kept = motor[..., :, None] * (sensory * block.arc[:, column])[..., None, :]
    return tables.before(kept, effector.background)


def lost_of(block: Tables, reading: Reading, modalities: tuple[str, ...]) -> Array:
    """How much of a patch of skin is lost to some modalities, or to the one that suffers most: (d, g, p, b)."""
    columns = [MODALITIES.index(m) for m in modalities]
    scale = block.modality[:, columns].mean(axis=1) if columns else block.modality.max(axis=1)
    return np.asarray((1.0 - reading.skin(block)) * scale[:, None])


PATTERN_AXIS: Final[dict[Callable[..., Any], int]] = {muscle: 1, weakest: 1, skin: 2, potential: 2, arc: 1, reach: 2}


def places(work: Callable[..., Any], block: Tables, *what: Any) -> Any:
    """What `work` gives for a block: for a part of a block cut from what it gave for the whole."""
    if isinstance(block, Focused):
        return np.take(_recalled(work, block.base, *what), block.keep, axis=PATTERN_AXIS[work])
    if isinstance(block, Block) or getattr(block, "lasting", False):
        return _recalled(work, block, *what)
    return work(block, *what)


@lru_cache(maxsize=MOST_KEPT)
def _recalled(work: Callable[..., Any], block: Tables, *what: Any) -> Any:
    found = work(block, *what)
    found.flags.writeable = False
    return found
