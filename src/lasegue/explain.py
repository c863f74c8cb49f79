"""Why the leader leads: what each finding weighs against the rival, what does not fit, and how surprising the whole is.

Everything here reads a posterior and the model's own rows; nothing is decided anew. Weights are leave-one-out: the log10
ratio, leader to rival, of what the finding adds to all the others.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from lasegue.inference.alone import Alone
from lasegue.inference.focus import focus
from lasegue.inference.omission import omissions
from lasegue.inference.posterior import Posterior, weigh_body
from lasegue.knowledge.lesion import Lesion
from lasegue.model import UNLISTED, Model, tables
from lasegue.model.observe import Evidence, SideTerm
from lasegue.model.story import Label
from lasegue.model.terms import MotorTerm, ReflexTerm, SenseTerm
from lasegue.wiring import Array

MISFIT: Final = 0.12
"""A finding that the leader expects less often than this, and the population more often, does not fit."""
TINY: Final = 1e-300
APART: Final = 3.0
"""Two neighbours of which the better is less than this times as probable as the other are not separated."""
NATS: Final = 0.02
LONGEST: Final = 2000
SAME: Final = 9
"""Decimals in which weights differ: the last bits of a sum do not order reasons."""


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


def _likelihoods(model: Model, evidence: Evidence, found: Posterior, which: tuple[int, int]) -> tuple[Array, Array]:
    """log10 P(findings | row) of the two rows with all findings, and without each: (2,), (findings, 2)."""
    keep = np.array(sorted(which))
    small, told = focus(model, evidence, keep)
    order = [int(np.flatnonzero(keep == r)[0]) for r in which]
    unlisted = np.array([model.lesions[model.rows.lesion[r]].id == UNLISTED for r in which])
    keys = evidence.keys()
    rates = np.array([found.population[key] for key in keys])

    def of(likelihoods: Array, population: Array) -> Array:
        return np.log10(np.maximum(np.where(unlisted, population[:, None], likelihoods[:, order]), TINY))

    whole, rest = omissions(small, told, found.background, weigh_body(small, told))
    others = np.array([np.prod(np.delete(rates, n)) for n in range(len(rates))])
    return of(whole[None], np.prod(rates, keepdims=True))[0], of(rest, others)


def _chances(model: Model, evidence: Evidence, found: Posterior, row: int) -> list[list[float]]:
    """P(finding | row) of each finding by itself that was examined, in order, and of each other value that it might have had."""
    small, heard = focus(model, evidence, np.array([row]))
    alone = Alone(small, small.rows.share, found.background)
    sided = [(name, term) for name in ("left", "right") for term in heard.side(name)]
    chances = [[alone.of_term(name, value) for value in (term, *others(term))] for name, term in sided]
    return [*chances, *([alone.of_midline(term)] for term in heard.mid)]


def _expected(evidence: Evidence, chances: list[list[float]], row: int) -> list[float]:
    """P(finding | row) of each finding by itself, in order."""
    return [max(p, TINY) for p in (*(first for first, *_ in chances), *(float(term.rows[row]) for term in evidence.rows))]


def explain(model: Model, evidence: Evidence, found: Posterior) -> Explanation:
    """The reasons for the leader against its rival."""
    leader = int(np.argmax(found.probability))
    rival = rival_of(model, found, leader)
    whole, rest = _likelihoods(model, evidence, found, (leader, rival))
    gains = whole[None, :] - rest
    weights = gains[:, 0] - gains[:, 1]
    keys = evidence.keys()
    if model.lesions[model.rows.lesion[leader]].id == UNLISTED:
        chances, odd = [found.population[key] for key in keys], 1.0
    else:
        examined = _chances(model, evidence, found, leader)
        chances, odd = _expected(evidence, examined, leader), tail(examined)
    reasons = [Reason(key, evidence.labels[key], float(w), e) for key, w, e in zip(keys, weights, chances, strict=True)]
    prior_weight = float(np.log10(found.prior[leader]) - np.log10(found.prior[rival]))
    total = prior_weight + float(whole[0] - whole[1])
    joint = total - prior_weight - float(weights.sum())
    ordered = sorted(reasons, key=lambda r: (-round(abs(r.weight), SAME), r.key))
    misfits = [r for r in ordered if r.expected < MISFIT and r.expected < 0.7 * found.population[r.key]]
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


def others(term: SideTerm) -> list[SideTerm]:
    """The finding with each value that it might have had instead, where there are several."""
    if isinstance(term, MotorTerm):
        return [replace(term, table=table) for table in term.others]
    if isinstance(term, ReflexTerm):
        return [replace(term, value=v) for v in range(3 if term.plantar else 4) if v != term.value]
    if isinstance(term, SenseTerm) and term.value in tables.SENSE_VALUES and term.source != "reported":
        return [replace(term, value=v) for v in tables.SENSE_VALUES if v != term.value]
    return []


def surprise(model: Model, evidence: Evidence, found: Posterior, row: int) -> float:
    """P(findings at least as unlikely as these | row), each finding at its own rate under the row: 0 to 1, small is odd.

    The distribution of the sum of -log P over what was examined, on a grid of `NATS`, by convolution. What the person told is left out:
    a story is told because it happened, and a rare one (shingles, a fall) is no odder under the lesion that it explains.
    """
    if model.lesions[model.rows.lesion[row]].id == UNLISTED:
        return 1.0
    return tail(_chances(model, evidence, found, row))


def tail(chances: list[list[float]]) -> float:
    """The chance of findings as unlikely as these or more so: of each, P(this value) and those of its other values, where known."""
    found = [np.array([first, *(rest or [1.0 - first])]) for first, *rest in chances]
    shares = [values / values.sum() for values in (np.maximum(one, TINY) for one in found)]
    steps = [np.minimum(np.rint(-np.log(np.maximum(one, TINY)) / NATS).astype(int), LONGEST) for one in found]
    seen = sum(int(one[0]) for one in steps)
    short, beyond = np.zeros(seen + 1), 0.0  # what is beyond the sum seen stays there, whatever follows
    short[0] = 1.0
    for places, values in zip(steps, shares, strict=True):
        longer = np.zeros_like(short)
        for step, share in zip(places.tolist(), values.tolist(), strict=True):
            kept = max(seen - step, 0)
            longer[step : step + kept] += share * short[:kept]
            beyond += share * float(short[kept:seen].sum())
        short = longer
    return float(min(1.0, beyond if seen else 1.0))
