"""Inference tried on simulated patients: is it right as often as it says, and what does it take for what?

Patients have one lesion, so the posterior is that of single rows. The likelihood of every value is made once by the same
functions that make it for a case; a test holds that the two ways agree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.inference.midline import midline_likelihood
from lasegue.inference.posterior import DEFAULT_SETTING, variant_likelihood
from lasegue.inference.sides import Weighed, combine, side_likelihood, weigh
from lasegue.model import UNLISTED, Model, model
from lasegue.model.observe import SideTerm
from lasegue.model.terms import MidTerm
from lasegue.simulate.cohort import COMPLAINTS, DIABETES, Cohort, draw
from lasegue.simulate.population import people
from lasegue.simulate.protocol import NOT_TESTED, Item
from lasegue.simulate.sampling import evidence_of, tables
from lasegue.wiring import Array

BINS: Final = 10
FAMILIES_OF_TWO: Final = ("nerve", "polyneuropathy", "mimic", "central")
"""Families that are told by two parts of the id in the confusion matrix."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One value of one item, as inference reads it; `rates` is P(value | variant, background), for what the model does not hold."""

    blocks: tuple[Weighed, Weighed] | None
    middle: MidTerm | None
    rows: Array | None
    rates: Array


class Reader:
    """Reads simulated patients: the likelihood of every value of every column, made when first met and kept."""

    def __init__(self, anatomy: Model) -> None:
        self.anatomy = anatomy
        self.blank = np.ones((len(anatomy.patterns), 1, 1, 1))
        self.lesions = np.array([anatomy.lesions[k].id for k in anatomy.rows.lesion])
        self.known: dict[tuple[str, int, str], Told] = {}
        self.complaints = np.diff(tables().complaint, axis=0, prepend=0.0)

    def told(self, item: Item, code: int, follows: str) -> Told:
        """One value; `follows` is the side that an item follows which is asked of the side complained of."""
        key = (item.name, code, follows if item.follows else "")
        if key not in self.known:
            found = evidence_of(self.anatomy, item, code, follows)
            sided: list[SideTerm] = [*found.left, *found.right]
            middle = found.mid[0] if found.mid else None
            blocks = None
            if sided:
                one, two = (weigh(sided, block)[0] for block in self.anatomy.blocks)
                blocks = (one, two)
            rows = found.rows[0].rows if found.rows else None
            self.known[key] = Told(blocks, middle, rows, self._rates(sided, bool(found.left), middle, rows))
        return self.known[key]

    def _rates(self, sided: list[SideTerm], is_left: bool, middle: MidTerm | None, rows: Array | None) -> Array:
        anatomy = self.anatomy
        if rows is not None:
            return np.repeat(rows[anatomy.rows.variant_row][:, None], 3, axis=1)
        alone = side_likelihood(sided, anatomy.blocks) if sided else self.blank
        left, right = (alone, self.blank) if is_left or not sided else (self.blank, alone)
        centre = midline_likelihood(anatomy, [middle]) if middle else np.ones((1, 1, 1, 1))
        return np.stack([variant_likelihood(anatomy, left, right, centre, one) for one in np.eye(3)], axis=1)

    def posterior(self, cohort: Cohort, number: int) -> Array:
        """P(row | findings of one patient), single rows: (rows,)."""
        anatomy, rows = self.anatomy, self.anatomy.rows
        group = people(cohort.setting)
        kind = cohort.kind[number]
        prior, background = group.prior[kind], group.background[int(cohort.columns[DIABETES][number] == 1), kind]
        complaint = COMPLAINTS[cohort.complaint[number]]
        told = self._told_of(cohort, number, "right" if complaint == "right" else "left")
        left, right = (self._side(told, side) for side in ("left", "right"))
        middle = midline_likelihood(anatomy, [t.middle for _, t in told if t.middle])
        by_variant = variant_likelihood(anatomy, left, right, middle, background) * rows.share
        said = self.complaints[cohort.complaint[number]]
        story = said * np.prod([t.rows for _, t in told if t.rows is not None], axis=0)
        likelihood = np.bincount(rows.variant_row, by_variant, len(prior)) * story
        listed = prior * (self.lesions != UNLISTED)
        weight = listed[rows.variant_row] * rows.share / listed.sum()
        population = float(listed @ said / listed.sum()) * np.prod([weight @ t.rates @ background for _, t in told])
        joint = prior * np.where(self.lesions == UNLISTED, population, likelihood)
        return np.asarray(joint / joint.sum())

    def _told_of(self, cohort: Cohort, number: int, follows: str) -> list[tuple[Item, Told]]:
        codes = ((item, int(cohort.columns[item.name][number])) for item in cohort.items)
        return [(item, self.told(item, code, follows)) for item, code in codes if code != NOT_TESTED]

    def _side(self, told: list[tuple[Item, Told]], side: str) -> Array:
        found = [t.blocks for item, t in told if t.blocks and item.side == side]
        return np.concatenate([combine([pair[number] for pair in found], block) for number, block in enumerate(self.anatomy.blocks)])


def site(lesion: str) -> str:
    """A lesion id at site level: its first two parts."""
    return ".".join(lesion.split(".")[:2])


def family(lesion: str) -> str:
    """The family under which the confusion matrix counts a lesion."""
    first = lesion.split(".")[0]
    return site(lesion) if first in FAMILIES_OF_TWO else first


@dataclass(frozen=True, slots=True)
class Bin:
    """The patients whose first answer had a probability from `low` to `low` + 1 / bins."""

    low: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of the first answers at site level: calibration error, share right, mean probability; `rows` the same of all rows' probabilities."""

    n: int
    setting: str
    seed: int
    ece: float
    right: float
    confidence: float
    log_loss: float
    bins: tuple[Bin, ...]
    noise: float


def calibration(n: int, seed: int, setting: str = DEFAULT_SETTING, *, progress: Progress | None = None) -> Calibration:
    """Calibration on patients drawn from the prior: expected calibration error over ten bins of the first site's probability.

    Sites are lesion ids cut to two parts, whose probabilities are added up. `noise` is the error that sampling alone would give.
    """
    cohort, reader = draw(n, seed, setting), Reader(model())
    names, column = np.unique([site(lesion) for lesion in reader.lesions], return_inverse=True)
    first, right, loss = np.zeros(n), np.zeros(n, dtype=np.bool_), np.zeros(n)
    for number in range(n):
        found = np.bincount(column, reader.posterior(cohort, number), len(names))
        truth = column[cohort.row[number]]
        first[number], right[number], loss[number] = found.max(), found.argmax() == truth, -np.log(max(found[truth], 1e-12))
        if progress:
            progress(number + 1, n)
    bins = _bins(first, right)
    ece = sum(b.n * abs(b.confidence - b.right) for b in bins) / n
    noise = sum(np.sqrt(2 / np.pi * b.n * b.confidence * (1 - b.confidence)) for b in bins) / n
    return Calibration(n, setting, seed, float(ece), float(right.mean()), float(first.mean()), float(loss.mean()), bins, float(noise))


def _bins(first: Array, right: NDArray[np.bool_]) -> tuple[Bin, ...]:
    place = np.minimum((first * BINS).astype(int), BINS - 1)
    used = np.unique(place)
    return tuple(Bin(k / BINS, int((place == k).sum()), float(first[place == k].mean()), float(right[place == k].mean())) for k in used)


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """`counts` (families, families): patients of a family (line) whose likeliest family is that of the column."""

    families: tuple[str, ...]
    counts: NDArray[np.intp]
    per_family: int

    @property
    def right(self) -> float:
        """Share of patients put in their family."""
        return float(np.trace(self.counts) / self.counts.sum())

    def taken_for(self, name: str, most: int = 3) -> list[tuple[str, float]]:
        """What a family is oftenest taken for, itself included, with the share."""
        line = self.counts[self.families.index(name)]
        return [(self.families[k], float(line[k] / line.sum())) for k in np.argsort(-line, kind="stable")[:most] if line[k]]


def confusion(per_family: int, seed: int, setting: str = DEFAULT_SETTING, *, progress: Progress | None = None) -> Confusion:
    """As many patients of each family, and the family in which inference puts them. Within a family lesions come by their prior."""
    reader = Reader(model())
    names, column = np.unique([family(lesion) for lesion in reader.lesions], return_inverse=True)
    counts = np.zeros((len(names), len(names)), dtype=np.intp)
    for k in range(len(names)):
        cohort = draw(per_family, seed + k, setting, only=column == k)
        for number in range(per_family):
            counts[k, np.bincount(column, reader.posterior(cohort, number), len(names)).argmax()] += 1
        if progress:
            progress(k + 1, len(names))
    return Confusion(tuple(str(name) for name in names), counts, per_family)


def calibration_dict(found: Calibration) -> dict[str, Any]:
    """A calibration as JSON."""
    bins = [{"low": b.low, "n": b.n, "confidence": round(b.confidence, 4), "right": round(b.right, 4)} for b in found.bins]
    return {
        "n": found.n,
        "setting": found.setting,
        "seed": found.seed,
        "ece": round(found.ece, 4),
        "noise": round(found.noise, 4),
        "right": round(found.right, 4),
        "confidence": round(found.confidence, 4),
        "log_loss": round(found.log_loss, 4),
        "bins": bins,
    }
