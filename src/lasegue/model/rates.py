"""Rates under every lesion: the longest key that is the lesion's id or a dotted prefix of it counts; root sets take their members'
largest.
"""

from math import log
from typing import Final

import numpy as np

from lasegue.wiring import Array

BOUND: Final = 20.0
"""No single item of history or pain moves a lesion against the population by more than this factor."""
SIGN_BOUND: Final = 50.0
"""A sign that somebody elicited, or a result, may move it by as much as this: a lone decisive sign keeps its weight."""
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


def bounded(rate: Array | float, base: float, bound: float = BOUND) -> Array:
    """Rates of which neither the ratio to the population's nor that of the complements leaves `bound`.

    Where the largest ratio is beyond it, all ratios above 1 shrink together, so that of two lesions the likelier stays the likelier.
    """
    low = max(base / bound, 1 - bound * (1 - base), FLOOR)
    high = min(base * bound, 1 - (1 - base) / bound, 1 - FLOOR)
    return np.clip(shrunk(np.asarray(rate, dtype=np.float64), base, bound), min(low, base), max(high, base))


def shrunk(rate: Array, base: float, bound: float) -> Array:
    """Rates above the population's drawn towards it, each in proportion to its logarithm, until the largest is `bound` times as high."""
    top = float(rate.max()) / base
    if top <= bound:
        return rate
    share = log(bound) / log(top)
    return np.where(rate > base, base * (np.maximum(rate, base) / base) ** share, rate)


def unaffected(by: dict[str, float], base: float) -> float:
    """The rate on a side that the lesion spares: that of people with nothing found, or the population's when it is lower."""
    return float(min(base, by.get("none", base)))
