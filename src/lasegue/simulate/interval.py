"""Whether the interval holds what it promises: how often the posterior of the model that made a patient lies inside."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from lasegue.inference.ensemble import alive_rows, asleep, interval, member_joint
from lasegue.inference.posterior import DEFAULT_SETTING, Posterior, posterior
from lasegue.model import model
from lasegue.model.observe import observe
from lasegue.simulate.cohort import cases, draw
from lasegue.wiring import Array

FRESH: Final = 20
"""Models drawn anew for the test; none of them is a member of the ensemble behind the interval."""
FRESH_SEED: Final = 7


@dataclass(frozen=True, slots=True)
class Covered:
    """How often the generating model's probability of the leading lesion lies in the interval, and how wide that is on average."""

    patients: int
    share: float
    width: float


def interval_coverage(n: int, seed: int, setting: str = DEFAULT_SETTING) -> Covered:
    """Coverage over simulated patients.

    A patient is drawn from the mean model and given to each fresh model with the weight P(findings | that model) / P(findings | mean):
    so weighted, the patients are those of the fresh models.
    """
    anatomy = model()
    inside, weights, widths = [], [], []
    for case in cases(draw(n, seed, setting)):
        evidence = observe(anatomy, case)
        found = posterior(anatomy, case, evidence, setting)
        alive = alive_rows(found)
        leader = int(np.argmax(found.probability[alive]))
        low, high = interval(anatomy, evidence, found)[alive[leader]]
        joint = member_joint(anatomy, evidence, found, alive, FRESH, FRESH_SEED)
        whole = joint.sum(axis=1) + asleep(found, alive)
        share = joint[:, leader] / whole
        inside.append((share >= low) & (share <= high))
        weights.append(whole / _by_the_mean(found))
        widths.append(high - low)
    weight: Array = np.stack(weights)
    return Covered(n, float((weight * np.stack(inside)).sum() / weight.sum()), float(np.mean(widths)))


def _by_the_mean(found: Posterior) -> float:
    return float((found.prior * found.likelihood).sum() + sum(pair.prior * pair.likelihood for pair in found.pairs))
