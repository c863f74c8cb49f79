"""Rates under every lesion: the longest key that is the lesion's id or a dotted prefix of it counts; root sets take their members'
largest.
"""

from typing import Final

import numpy as np

from lasegue.wiring import Array

BOUND: Final = 10.0
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
    """Rates mixed with the population's just so far that rate and complement both stay within `bound` of it."""
    low = max(base / bound, 1 - bound * (1 - base), FLOOR)
    high = min(base * bound, 1 - (1 - base) / bound, 1 - FLOOR)
    return np.clip(rate, min(low, base), max(high, base))


def unaffected(by: dict[str, float], base: float) -> float:
    """The rate on a side that the lesion spares: that of people with nothing found, or the population's when it is lower."""
    return float(min(base, by.get("none", base)))
