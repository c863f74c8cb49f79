"""What a finding says about the fibres kept: P(value | share kept), on a grid of half percents.

The grid is the model: everything downstream looks values up here, so that inference, simulation and the oracle agree.
Shapes: (values, GRID). All thresholds are judgement unless a source is named; an ensemble moves them.
"""

from functools import cache
from math import erf, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.wiring import Array

GRID: Final = 201
"""Half percents of fibres kept, 0 to 100 %."""
KEPT: Final = np.linspace(0.0, 1.0, GRID)
HALF: Final = 0.5 + 1e-9
"""Rounds half up. Shares such as .8625 lie half way between two places, and sums in another order miss them by 1e-16."""
BANDS: Final = ("0", "1", "2", "3", "4", "5")
POWER_VALUES: Final = (*BANDS, "weak", "limited_by_pain", "give_way")
SENSE_VALUES: Final = ("normal", "reduced", "absent")
REFLEX_VALUES: Final = ("absent", "reduced", "normal", "brisk")
RELIABILITY_POWER: Final = (0.88, 0.12)
"""How often power testing was done well, or was muddled by pain, effort or method."""
RELIABILITY_SENSE: Final = (0.80, 0.20)
"""How often the sensory examination can be relied upon."""
LAPSE: Final = 0.02
"""A slip of examiner, pen or side: no value is impossible."""
NEARER: Final = 0.5
"""A slip by one grade more is half as likely (judgement): of healthy muscles one in two thousand is called 1/5, not one in two hundred."""

_phi = np.vectorize(lambda z: 0.5 * (1.0 + erf(z / sqrt(2.0))))


def cumulative(z: Array) -> Array:
    """The standard normal distribution function."""
    return np.asarray(_phi(z), dtype=np.float64)


def index(kept: Array) -> NDArray[np.intp]:
    """Grid positions of shares kept. What lies half way goes up, whatever the last bits of the sum that gave it."""
    return places(kept).astype(np.intp)


def places(kept: Array) -> NDArray[np.uint8]:
    """As `index`, in a byte each."""
    place = kept * (GRID - 1.0)
    place += HALF
    np.clip(place, 0.0, GRID - 1.0 + HALF, out=place)  # in its own memory: fresh memory costs more than the arithmetic
    return np.asarray(place.astype(np.uint8))


def look(table: Array, places: NDArray[np.intp] | NDArray[np.uint8]) -> Array:
    """The values of tables (..., GRID) at grid positions: (..., *places). Taking is seven times faster than indexing."""
    return np.take(table, places, axis=-1)


def before(kept: Array, background: Array) -> Array:
    """Shares kept under each background: (..., backgrounds). An outer product, which is faster than broadcasting over three."""
    return (kept.reshape(-1, 1) @ background.reshape(1, -1).astype(kept.dtype)).reshape(*kept.shape, len(background))


def strength(kept: Array, reserve: float) -> Array:
    """Mean MRC grade that a share of fibres produces in the hand; a strong muscle hides the loss of its `reserve`."""
    felt = np.minimum(1.0, kept / (1.0 - reserve))
    return np.interp(felt, [0.0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.6, 0.78, 0.92, 1.0], [0.0, 0.4, 1.2, 2.0, 2.7, 3.2, 3.8, 4.4, 5.1, 5.8])


def _bands(kept: Array, reserve: float, spread: float, lapse: float) -> Array:
    """P(MRC band | kept): (6, GRID). 4-, 4 and 4+ are one band, for examiners do not agree within it."""
    edges = np.array([0.5, 1.5, 2.5, 3.6, 4.5])
    grade = strength(kept, reserve)[None, :]
    below = cumulative((edges[:, None] - grade) / spread)
    whole = np.vstack([np.zeros(GRID), below, np.ones(GRID)])
    slip = NEARER ** np.abs(np.arange(len(BANDS))[:, None] - np.minimum(grade, len(BANDS) - 1))
    return np.asarray((1 - lapse) * np.diff(whole, axis=0) + lapse * slip / slip.sum(axis=0))


OWN_SHARE: Final = 0.10
"""Spread, at a half, of what a partial loss leaves of a muscle in one person: roots share each muscle out differently from person to
person, by about a third of a root's share (judgement, beside what the anatomies move all muscles together). All or nothing is certain.
"""


@cache
def _personal() -> Array:
    """P(what is kept of a muscle in a person | what the wiring says): (GRID, GRID), the latter first."""
    spread = OWN_SHARE * 4.0 * KEPT * (1.0 - KEPT)
    apart = (KEPT[None, :] - KEPT[:, None]) / np.maximum(spread, 1e-6)[:, None]
    weight = np.exp(-0.5 * apart**2)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


@cache
def power(reserve: float) -> Array:
    """P(value | kept) by reliability of the power examination: (2, values, GRID), rows in the order of `POWER_VALUES`."""
    tables = []
    for spread, lapse in ((0.55, LAPSE), (1.1, 0.10)):
        bands = _bands(KEPT, reserve, spread, lapse)
        weak = bands[:4].sum(axis=0) + 0.85 * bands[4]
        pain = np.interp(KEPT, [0.0, 0.1, 0.3, 1.0], [0.03, 0.05, 0.10, 0.10])
        give_way = np.interp(KEPT, [0.0, 0.2, 0.5, 1.0], [0.02, 0.03, 0.05, 0.05])
        tables.append(np.vstack([bands, weak, pain, give_way]) @ _personal().T)
    return np.stack(tables)


@cache
def sense() -> Array:
    """P(normal, reduced, absent | kept) by reliability of the sensory examination: (2, 3, GRID)."""
    tables = []
    for false, miss, spread in ((0.02, 0.05, 0.15), (0.06, 0.28, 0.22)):
        abnormal = false + (1 - false - miss) * cumulative((0.64 - KEPT) / spread)
        absent = abnormal * np.clip(0.02 + 0.75 * cumulative((0.16 - KEPT) / 0.10), 0.0, 1.0)
        tables.append(np.vstack([1 - abnormal, abnormal - absent, absent]))
    return np.stack(tables)


@cache
def saddle() -> Array:
    """P(normal, reduced, absent | kept) of perianal skin: (3, GRID). False loss in 2 % of well people (judgement)."""
    abnormal = 0.02 + 0.83 * cumulative((0.70 - KEPT) / 0.17)
    absent = abnormal * np.clip(0.03 + 0.75 * cumulative((0.22 - KEPT) / 0.12), 0.0, 1.0)
    return np.vstack([1 - abnormal, abnormal - absent, absent])


@cache
def uncontrolled() -> Array:
    """How far bladder, bowel or saddle fail with the share of their supply that both sides keep together: 0 with all of it, 1 with none.
    The first third lost shows little, and most of it shows by the second (judgement): (GRID,).
    """
    failed = cumulative((0.60 - KEPT) / 0.15)
    return np.asarray((failed - failed[-1]) / (failed[0] - failed[-1]))


@cache
def numb() -> Array:
    """P(numbness | kept) as a person reports it, before irritation is added: (GRID,)."""
    return 0.05 + 0.80 * cumulative((0.66 - KEPT) / 0.20)


LIVELY: Final = 0.035
"""P(a normal reflex is called brisk)."""
LIVELY_AGAIN: Final = 0.55
"""Lively reflexes are a trait: who has one without a lesion has the next in so many cases (judgement)."""


def lively(count: int) -> float:
    """Each of `count` brisk reflexes' rate without a lesion: the first is rare, each further one is likely, and all are alike."""
    return float((LIVELY * LIVELY_AGAIN ** (count - 1)) ** (1.0 / count)) if count > 1 else LIVELY


CALLED_ABSENT: Final = 0.20
"""A jerk that is only reduced, called absent for want of a better technique (Ziff and Stark: mostly so in the old; two examiners agree on
reflexes with kappa .42 to .53, Vroomen 2000). The share is judgement."""
CALLED_REDUCED: Final = 0.15
"""A jerk that is lost, called reduced: a trace was thought to be seen (judgement)."""


@cache
def reflex(habit: float = 0.0, brisk_rate: float = LIVELY) -> Array:
    """P(value | arc kept) without upper motor neuron signs: (4, GRID), rows in the order of `REFLEX_VALUES`.

    `habit` is the share of healthy people in whom this reflex is not obtained, `brisk_rate` how often a normal one is called brisk.
    """
    absent = 0.012 + 0.95 * cumulative((0.27 - KEPT) / 0.13)
    normal = 0.04 + 0.93 * cumulative((KEPT - 0.62) / 0.14)
    brisk = brisk_rate * normal
    reduced = np.maximum(0.02, 1 - absent - normal)
    lost = (1 - CALLED_REDUCED) * absent + CALLED_ABSENT * reduced
    table = np.vstack([lost, absent + reduced - lost, normal - brisk, brisk])
    return np.asarray((1.0 - habit) * table / table.sum(axis=0) + habit * NOT_OBTAINED[:, None])


NOT_OBTAINED: Final = np.array([0.75, 0.20, 0.05, 0.0])
"""P(value) of a reflex that this person never had."""
EXAGGERATED: Final = np.array([0.02, 0.02, 0.11, 0.85])
"""P(value) of a reflex that an upper motor neuron lesion exaggerates."""
PLANTAR_FLAT: Final = 0.5
"""Share of plantar responses that are mute when the arc is lost."""


@cache
def plantar() -> Array:
    """P(down, mute, up | arc kept) without a pyramidal lesion: (3, GRID)."""
    mute = 0.08 + PLANTAR_FLAT * cumulative((0.35 - KEPT) / 0.15)
    up = np.full(GRID, 0.015)
    return np.vstack([1 - mute - up, mute, up])


EXTENSOR: Final = np.array([0.04, 0.06, 0.90])
"""P(down, mute, up) of an extensor plantar."""


def reading(threshold: float, when_weak: float, when_strong: float) -> Array:
    """P(positive | kept) of a test that reads the wiring: (GRID,)."""
    return when_strong + (when_weak - when_strong) * cumulative((threshold - KEPT) / 0.16)


@cache
def denervation() -> Array:
    """P(denervation on needle EMG | kept): (GRID,); mild loss already shows, normal muscle seldom does."""
    return 0.04 + 0.88 * cumulative((0.86 - KEPT) / 0.12)


@cache
def potential() -> Array:
    """P(reduced or absent sensory potential | kept beyond the ganglion): (GRID,)."""
    return 0.05 + 0.87 * cumulative((0.58 - KEPT) / 0.15)
