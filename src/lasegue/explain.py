"""Why the leader leads: what each finding weighs against the rival, what does not fit, and how surprising the whole is.

Everything here reads a posterior and the model's own rows; nothing is decided anew. Weights are leave-one-out: the log10
ratio, leader to rival, of what the finding adds to all the others.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from lasegue.inference.focus import focus
from lasegue.inference.posterior import Posterior, row_likelihood
from lasegue.knowledge.lesion import Lesion
from lasegue.model import UNLISTED, Model, tables
from lasegue.model.observe import Evidence, SideTerm, without
from lasegue.model.story import Label
from lasegue.model.terms import MidTerm, MotorTerm, ReflexTerm, RowTerm, SenseTerm
from lasegue.wiring import Array

Finding = SideTerm | MidTerm | RowTerm
MISFIT: Final = 0.12
"""A finding that the leader expects less often than this, and the population more often, does not fit."""
TINY: Final = 1e-300
APART: Final = 3.0
"""Two neighbours of which the better is less than this times as probable as the other are not separated."""
NATS: Final = 0.02
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding's weight for the leader against the rival, in log10 units; negative speaks against."""

    key: str
    label: Label
    weight: float
    expected: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Reasons, strongest first; `prior_weight`, the reasons' weights and `joint` add up to `total`, the log10 odds of leader to rival.

    `leader` and `rival` are rows. `expected` of a reason is P(finding | leader).
    `surprise` is the chance that the leader would bring about findings as odd as these or odder. `cannot_separate` says so where the
    two best lesions are neighbours that these findings leave together.
    """

    leader: int
    rival: int
    total: float
    prior_weight: float
    joint: float
    reasons: tuple[Reason, ...]
    misfits: tuple[Reason, ...]
    surprise: float
    cannot_separate: str | None = None


def rival_of(model: Model, found: Posterior, leader: int) -> int:
    """The best row that is another answer: no other side or site of the leader's own nerve, and no root set that shares its roots."""
    mine = model.lesions[model.rows.lesion[leader]]
    order = np.argsort(-found.probability, kind="stable")
    return int(next(r for r in order if _another(mine, model.lesions[model.rows.lesion[r]])))


def _another(mine: Lesion, other: Lesion) -> bool:
    if mine.id.startswith("root.") and other.id.startswith("root."):
        return not set(mine.roots) & set(other.roots)
    return mine.id.split(".")[:2] != other.id.split(".")[:2]


def _likelihoods(model: Model, evidence: Evidence, found: Posterior, which: tuple[int, int]) -> tuple[Array, Array, Array]:
    """log10 P(findings | row) of the two rows with all findings, and without each: (2,), (findings, 2), (findings alone, 2)."""
    keep = np.array(sorted(which))
    small, told = focus(model, evidence, keep)
    order = [int(np.flatnonzero(keep == r)[0]) for r in which]
    unlisted = np.array([model.lesions[model.rows.lesion[r]].id == UNLISTED for r in which])
    keys = evidence.keys()
    rates = np.array([found.population[key] for key in keys])

    def of(part: Evidence, population: float) -> Array:
        likelihood, _ = row_likelihood(small, part, found.background)
        return np.log10(np.maximum(np.where(unlisted, population, likelihood[order]), TINY))

    whole = of(told, float(np.prod(rates)))
    rest = np.array([of(without(told, key), float(np.prod(np.delete(rates, n)))) for n, key in enumerate(keys)]).reshape(-1, 2)
    alone = np.array([of(only(told, key), float(rates[n])) for n, key in enumerate(keys)]).reshape(-1, 2)
    return whole, rest, alone


def only(evidence: Evidence, key: str) -> Evidence:
    """The evidence of one finding by itself."""
    return Evidence(
        left=[t for t in evidence.left if t.key == key],
        right=[t for t in evidence.right if t.key == key],
        mid=[t for t in evidence.mid if t.key == key],
        rows=[t for t in evidence.rows if t.key == key],
        labels=evidence.labels,
    )


def explain(model: Model, evidence: Evidence, found: Posterior) -> Explanation:
    """The reasons for the leader against its rival."""
    leader = int(np.argmax(found.probability))
    rival = rival_of(model, found, leader)
    whole, rest, alone = _likelihoods(model, evidence, found, (leader, rival))
    gains = whole[None, :] - rest
    weights = gains[:, 0] - gains[:, 1]
    expected = 10.0 ** alone[:, 0]
    keys = evidence.keys()
    reasons = [Reason(key, evidence.labels[key], float(w), float(e)) for key, w, e in zip(keys, weights, expected, strict=True)]
    prior_weight = float(np.log10(found.prior[leader]) - np.log10(found.prior[rival]))
    total = prior_weight + float(whole[0] - whole[1])
    joint = total - prior_weight - float(weights.sum())
    ordered = sorted(reasons, key=lambda r: (-abs(r.weight), r.key))
    misfits = [r for r in ordered if r.expected < MISFIT and r.expected < 0.7 * found.population[r.key]]
    odd = surprise(model, evidence, found, leader)
    unfit = tuple(sorted(misfits, key=lambda r: r.expected))
    return Explanation(leader, rival, total, prior_weight, joint, tuple(ordered), unfit, odd, cannot_separate(model, found))


def cannot_separate(model: Model, found: Posterior) -> str | None:
    """That the two best lesions cannot be told apart, where both are roots, lie on one nerve or are known to be taken for each other."""
    share = np.bincount(model.rows.lesion, found.probability, len(model.lesions))
    first, second = (int(n) for n in np.argsort(-share, kind="stable")[:2])
    one, two = model.lesions[first], model.lesions[second]
    if share[first] >= APART * share[second] or not _neighbours(one, two):
        return None
    names = [" with ".join(lesion.roots) if one.roots and two.roots else lesion.name for lesion in (one, two)]
    return f"{names[0]} and {names[1]} cannot be separated on these findings"


def _neighbours(one: Lesion, two: Lesion) -> bool:
    if one.id.split(".")[0] == two.id.split(".")[0] == "root":
        return True
    if one.id.split(".")[:2] == two.id.split(".")[:2]:
        return True
    return any(b.id == name or b.id.startswith(f"{name}.") for a, b in ((one, two), (two, one)) for name in a.confusions)


def outcomes(model: Model, term: Finding, background: Array) -> Array:
    """P(value | the one row of a focused model) of a finding's value, first, and of each value that it might have had."""
    told = Evidence()

    def chance(value: Finding) -> float:
        told.left, told.right, told.mid, told.rows = [], [], [], []
        place = told.mid if isinstance(value, MidTerm) else told.rows if isinstance(value, RowTerm) else told.left
        place.append(value)  # type: ignore[arg-type]
        return float(row_likelihood(model, told, background)[0][0])

    first = chance(term)
    others: list[Finding] = []
    if isinstance(term, MotorTerm) and term.others:
        others = [replace(term, table=table) for table in term.others]
    elif isinstance(term, ReflexTerm):
        others = [replace(term, value=v) for v in range(3 if term.plantar else 4) if v != term.value]
    elif isinstance(term, SenseTerm) and term.value in tables.SENSE_VALUES and term.source != "reported":
        others = [replace(term, value=v) for v in tables.SENSE_VALUES if v != term.value]
    rest = [chance(value) for value in others] or [1.0 - first]
    return np.asarray(np.maximum(np.array([first, *rest]), TINY))


def surprise(model: Model, evidence: Evidence, found: Posterior, row: int) -> float:
    """P(findings at least as unlikely as these | row), each finding at its own rate under the row: 0 to 1, small is odd.

    The distribution of the sum of -log P over what was examined, on a grid of `NATS`, by convolution. What the person told is left out:
    a story is told because it happened, and a rare one (shingles, a fall) is no odder under the lesion that it explains.
    """
    if model.lesions[model.rows.lesion[row]].id == UNLISTED:
        return 1.0
    small, told = focus(model, evidence, np.array([row]))
    spread, seen = np.ones(1), 0
    for name, terms in (("left", told.left), ("right", told.right), ("", told.mid)):
        for term in terms:
            chances = outcomes(small if name != "right" else mirrored(small), term, found.background)
            steps = np.minimum(np.rint(-np.log(chances) / NATS).astype(int), LONGEST)
            line = np.bincount(steps, chances / chances.sum())
            spread, seen = np.convolve(spread, line), seen + int(steps[0])
    return float(min(1.0, spread[seen:].sum()))


def mirrored(model: Model) -> Model:
    """The model with its sides exchanged, so that a finding on the right may be read on the left."""
    return replace(model, rows=replace(model.rows, near_is_left=~model.rows.near_is_left))
