"""Figures of a set of scored cases, each with its sampling interval.

Shares of cases carry a Wilson interval, means of probabilities a bootstrap over cases; both 95 %. The calibration error has
none: beside it stands what a perfectly calibrated model would show on as many cases (mean and 90 % limit).
"""

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lasegue.evaluate.calibration import ece
from lasegue.evaluate.scoring import Row

LEAST_PROBABILITY = 1e-3  # what is given less counts as given this much, so that one case cannot decide the log loss
NULL_DRAWS = 400
BOOTSTRAP_DRAWS = 2000
PICKS_AT_ONCE = 4_000_000  # of the bootstrap: bounds its memory
Z95 = 1.959963984540054

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Figures:
    """Accuracy and calibration over `n` cases; `sided` of them have a known side and an answer."""

    n: int
    strict: float
    accepted: float
    top3: float
    p_gold: float
    logloss: float
    brier: float
    ece: float
    ece_null: float
    ece_null90: float
    side: float
    sided: int
    conf: float
    none: int
    intervals: dict[str, Interval]

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


def wilson(hits: int, n: int, z: float = Z95) -> Interval:
    """Wilson's score interval of a share; (0, 1) of nothing."""
    if n == 0:
        return 0.0, 1.0
    p, zz = hits / n, z * z / n
    middle = (p + zz / 2) / (1 + zz)
    half = z / (1 + zz) * math.sqrt(p * (1 - p) / n + zz / (4 * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(values: Sequence[float], draws: int = BOOTSTRAP_DRAWS, seed: int = 1) -> Interval:
    """The 2.5th to 97.5th percentile of the mean over resampled cases."""
    x: NDArray[np.float64] = np.asarray(values, dtype=float)
    rng, at_once = np.random.default_rng(seed), max(1, PICKS_AT_ONCE // len(x))
    sizes = [min(at_once, draws - done) for done in range(0, draws, at_once)]
    means = [x[rng.integers(0, len(x), size=(size, len(x)))].mean(axis=1) for size in sizes]
    low, high = np.percentile(np.concatenate(means), [2.5, 97.5])
    return float(low), float(high)


def ece_null(confidence: Sequence[float], bins: int = 5) -> Interval:
    """Calibration error of a perfectly calibrated model on as many cases: its mean and its 90 % limit."""
    p: NDArray[np.float64] = np.asarray(confidence, dtype=float)
    place = np.minimum((p * bins).astype(np.intp), bins - 1)
    *key, at = random.Random(1).getstate()[1]
    rng = np.random.RandomState()
    # the numbers of Python's own generator, many at once
    rng.set_state({"bit_generator": "MT19937", "state": {"key": np.array(key, dtype=np.uint32), "pos": at}})
    null = sorted(np.abs(np.bincount(place, (rng.random_sample(len(p)) < p) - p, bins)).sum() / len(p) for _ in range(NULL_DRAWS))
    return float(sum(null) / len(null)), float(null[int(0.9 * len(null))])


def losses(rows: Iterable[Row]) -> list[float]:
    """Log loss of each case: of the probability given to all accepted answers together."""
    return [-math.log(max(row.p_accepted, LEAST_PROBABILITY)) for row in rows]


def figures(rows: Sequence[Row], bins: int = 5) -> Figures:
    """The figures of at least one scored case."""
    if not rows:
        raise ValueError("no figures of no cases")
    n, confidence, hit = len(rows), [row.confidence for row in rows], [row.strict for row in rows]
    shares: dict[str, list[bool]] = {
        "strict": hit,
        "accepted": [row.accepted for row in rows],
        "top3": [row.top3 for row in rows],
        "side": [row.side for row in rows if row.side is not None],
    }
    means: dict[str, list[float]] = {
        "p_gold": [row.p_gold for row in rows],
        "logloss": losses(rows),
        "brier": [(p - h) ** 2 for p, h in zip(confidence, hit, strict=True)],
        "conf": confidence,
    }
    null, null90 = ece_null(confidence, bins)
    return Figures(
        n=n,
        **{name: sum(values) / max(1, len(values)) for name, values in shares.items()},
        **{name: sum(values) / n for name, values in means.items()},
        sided=len(shares["side"]),
        ece=ece(confidence, hit, bins),
        ece_null=null,
        ece_null90=null90,
        none=sum(not row.answered for row in rows),
        intervals={name: wilson(sum(v), len(v)) for name, v in shares.items()} | {name: bootstrap(v) for name, v in means.items()},
    )


def by(rows: Iterable[Row], key: Callable[[Row], str | None]) -> dict[str, Figures]:
    """Figures of each group of cases, in the order of the groups' names; what has no group stands under "unknown"."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row) or "unknown", []).append(row)
    return {name: figures(groups[name]) for name in sorted(groups)}
