"""Rates under every lesion: the longest key that is the lesion's id or a dotted prefix of it counts; root sets take their members' largest."""

from typing import Final

import numpy as np

from lasegue.knowledge.lesion import Lesion
from lasegue.wiring import Array

BOUND: Final = 10.0
"""No single item of history, pain or test moves a lesion against the population by more than this factor."""
FLOOR: Final = 0.002


def lookup(by: dict[str, float], lesion: str) -> float | None:
    """The rate of one lesion, or None where no key fits it."""
    if lesion in by:
        return by[lesion]
    if lesion.startswith("root.") and "+" in lesion:
        members = [lookup(by, f"root.{root}") for root in lesion.removeprefix("root.").split("+")]
        return max((rate for rate in members if rate is not None), default=None)
    prefix = lesion
    while "." in prefix:
        prefix = prefix.rpartition(".")[0]
        if prefix in by:
            return by[prefix]
    return None


def bounded(rate: Array | float, base: float) -> Array:
    """Rates mixed with the population's just so far that rate and complement both stay within `BOUND` of it."""
    low = max(base / BOUND, 1 - BOUND * (1 - base), FLOOR)
    high = min(base * BOUND, 1 - (1 - base) / BOUND, 1 - FLOOR)
    return np.clip(rate, min(low, base), max(high, base))


def vector(by: dict[str, float], base: float, lesions: tuple[Lesion, ...]) -> Array:
    """P(item | lesion), bounded: (lesions,)."""
    raw = [lookup(by, lesion.id) for lesion in lesions]
    return bounded(np.array([base if rate is None else rate for rate in raw]), base)


def unaffected(by: dict[str, float], base: float) -> float:
    """The rate on a side that the lesion spares: that of people with nothing found, or the population's when it is lower."""
    return float(min(base, by.get("none", base)))
