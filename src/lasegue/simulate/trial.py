"""Inference tried on simulated patients: is it right as often as it says, and what does it take for what?

Patients have one lesion, so the posterior is that of single rows, worked out by the functions of inference themselves.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.case import Case
from lasegue.inference.midline import midline_likelihood
from lasegue.inference.posterior import DEFAULT_SETTING, case_background, variant_likelihood
from lasegue.inference.sides import Weighed, combine, side_likelihood, weigh
from lasegue.model import UNLISTED, Model, model
from lasegue.model.observe import SideTerm, observe
from lasegue.model.terms import MidTerm, ReflexTerm
from lasegue.simulate.cohort import Cohort, cases, draw
from lasegue.simulate.population import people
from lasegue.simulate.protocol import ONSET_COLUMN
from lasegue.wiring import Array

BINS: Final = 10
FAMILIES_OF_TWO: Final = ("nerve", "polyneuropathy", "mimic", "central")
"""Families that are told by two parts of the id in the confusion matrix."""
Progress = Callable[[int, int], None]
Read = tuple[str, int, float]
"""A column, the code in it, and how often healthy reflexes are called brisk beside what else is brisk."""


class Reader:
    """Reads simulated patients as inference reads any case; what a value of a sided finding weighs is worked out once and kept."""

    def __init__(self, anatomy: Model, cohort: Cohort) -> None:
        self.anatomy = anatomy
        self.cohort = cohort
        self.blank = np.ones((len(anatomy.patterns), 1, 1, 1))
        self.lesions = np.array([anatomy.lesions[k].id for k in anatomy.rows.lesion])
        self.weights: dict[Read, tuple[Weighed, ...]] = {}
        self.rates: dict[Read, Array] = {}

    def posteriors(self) -> Iterator[Array]:
        """P(row | findings) of each patient, single rows: (rows,)."""
        for number, case in enumerate(cases(self.cohort)):
            yield self._posterior(number, case)

    def _posterior(self, number: int, case: Case) -> Array:
        anatomy, rows = self.anatomy, self.anatomy.rows
        group, kind = people(self.cohort.setting), self.cohort.kind[number]
        prior, background = group.prior[kind], case_background(case)
        found = observe(anatomy, case)
        keys = {term.key: self._read(term, found.labels[term.key].path, number) for term in (*found.left, *found.right, *found.mid)}
        left, right = (self._side(found.side(name), keys) for name in ("left", "right"))
        by_variant = variant_likelihood(anatomy, left, right, midline_likelihood(anatomy, found.mid), background) * rows.share
        said = np.prod([term.rows for term in found.rows], axis=0)
        likelihood = np.bincount(rows.variant_row, by_variant, len(prior)) * said
        listed = prior * (self.lesions != UNLISTED)
        listed = listed / listed.sum()
        weight = listed[rows.variant_row] * rows.share
        population = np.prod([listed @ term.rows for term in found.rows])
        for term in (*found.left, *found.right, *found.mid):
            population *= weight @ self._rate(term, term in found.left, keys[term.key]) @ background
        joint = prior * np.where(self.lesions == UNLISTED, population, likelihood)
        return np.asarray(joint / joint.sum())

    def _read(self, term: SideTerm | MidTerm, path: str, number: int) -> Read:
        """What a term was made from. A stage, which speaks for one side, comes from the onset."""
        name, column = (path, path) if path in self.cohort.columns else (term.key, ONSET_COLUMN)
        return name, int(self.cohort.columns[column][number]), term.brisk_rate if isinstance(term, ReflexTerm) else 0.0

    def _side(self, terms: list[SideTerm], keys: dict[str, Read]) -> Array:
        found = []
        for term in terms:
            key = keys[term.key]
            if key not in self.weights:
                self.weights[key] = tuple(weigh([term], block)[0] for block in self.anatomy.blocks)
            found.append(self.weights[key])
        return np.concatenate([combine([both[number] for both in found], block) for number, block in enumerate(self.anatomy.blocks)])

    def _rate(self, term: SideTerm | MidTerm, is_left: bool, key: Read) -> Array:
        """P(value | variant, background): (variants, 3)."""
        if key not in self.rates:
            alone = self.blank if isinstance(term, MidTerm) else side_likelihood([term], self.anatomy.blocks)
            left, right = (alone, self.blank) if is_left else (self.blank, alone)
            centre = midline_likelihood(self.anatomy, [term]) if isinstance(term, MidTerm) else np.ones((1, 1, 1, 1))
            self.rates[key] = np.stack([variant_likelihood(self.anatomy, left, right, centre, one) for one in np.eye(3)], axis=1)
        return self.rates[key]


def site(lesion: str) -> str:
    """A lesion id at site level: its first two parts."""
    return ".".join(lesion.split(".")[:2])


def family(lesion: str) -> str:
    """The family under which the confusion matrix counts a lesion."""
    first = lesion.split(".", maxsplit=1)[0]
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
    cohort = draw(n, seed, setting)
    reader = Reader(model(), cohort)
    names, column = np.unique([site(lesion) for lesion in reader.lesions], return_inverse=True)
    first, right, loss = np.zeros(n), np.zeros(n, dtype=np.bool_), np.zeros(n)
    for number, posterior in enumerate(reader.posteriors()):
        found = np.bincount(column, posterior, len(names))
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
    return tuple(
        Bin(float(k) / BINS, int((place == k).sum()), float(first[place == k].mean()), float(right[place == k].mean())) for k in used
    )


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
    anatomy = model()
    names, column = np.unique([family(anatomy.lesions[k].id) for k in anatomy.rows.lesion], return_inverse=True)
    counts = np.zeros((len(names), len(names)), dtype=np.intp)
    for k in range(len(names)):
        cohort = draw(per_family, seed + k, setting, only=column == k)
        for posterior in Reader(anatomy, cohort).posteriors():
            counts[k, np.bincount(column, posterior, len(names)).argmax()] += 1
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


def confusion_dict(found: Confusion) -> dict[str, Any]:
    """A confusion matrix as JSON: each family with what its patients are taken for, in shares."""
    taken = {name: {other: round(share, 4) for other, share in found.taken_for(name, len(found.families))} for name in found.families}
    return {"per_family": found.per_family, "right": round(found.right, 4), "taken_for": taken}
