"""From terms to probabilities: exact sums over every state of every hypothesis."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.case import Case
from lasegue.inference.alone import Alone
from lasegue.inference.midline import midline_likelihood
from lasegue.inference.pairs import Pair, weigh_pairs
from lasegue.inference.sides import Weighed, combine_blocks, weigh_blocks
from lasegue.model import UNLISTED, Model
from lasegue.model.observe import Evidence
from lasegue.model.rows import age_factor, sex_factor
from lasegue.wiring import Array

DEFAULT_SETTING: Final = "specialist"
DIABETES: Final = "diabetes"


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """P(row | findings) and P(pair | findings), which sum to 1 together.

    `prior` and `likelihood`: P(row), P(findings | row): (rows,); `by_variant` splits the likelihood of the body's findings.
    `pairs` are the weighed pairs, `pair_probability` theirs. `population` is each finding's own rate, which `unlisted` multiplies.
    """

    probability: Array
    pairs: tuple[Pair, ...]
    pair_probability: Array
    prior: Array
    likelihood: Array
    by_variant: Array
    background: Array
    population: dict[str, float]


def background_share(age: float | None, diabetes: bool) -> Array:
    """P(none, constitutional, mild neuropathy) at an age: (3,). Ankle jerks are absent in 23 % of healthy people over 60 (Vrancken
    2006).
    """
    years = 50.0 if age is None else age
    constitutional = float(np.interp(years, [45.0, 60.0, 70.0, 80.0, 90.0], [0.03, 0.10, 0.20, 0.28, 0.33]))
    mild = float(np.interp(years, [40.0, 60.0, 75.0], [0.01, 0.04, 0.08])) + (0.20 if diabetes else 0.0)
    return np.array([1.0 - constitutional - mild, constitutional, mild])


def case_prior(model: Model, case: Case, setting: str) -> Array:
    """P(row) for a person of this age and sex in this setting: (rows,). Shared: not to be changed."""
    return _prior(model, setting, case.age, case.sex)


@lru_cache(maxsize=2048)
def _prior(model: Model, setting: str, age: float | None, sex: str | None) -> Array:
    prior = model.rows.prior[setting]
    if age is not None:
        prior = prior * age_factor(model.lesions, age)[model.rows.lesion]
    if sex is not None:
        prior = prior * sex_factor(model.lesions, sex)[model.rows.lesion]
    return np.asarray(prior / prior.sum())


def case_background(case: Case) -> Array:
    """The background of this person: (3,)."""
    diabetes = any(f.item == DIABETES and f.present for f in case.history)
    return background_share(case.age, diabetes)


def variant_likelihood(model: Model, left: Array, right: Array, middle: Array, background: Array) -> Array:
    """P(findings of the body | variant): (variants,).

    The near side has the lesion's severity; the far side has the same with the lesion's coupling, else one of its own.
    """
    rows = model.rows
    is_left = rows.near_is_left[:, None, None, None]
    near = np.where(is_left, left[rows.near], right[rows.near])
    far = np.where(is_left, right[rows.far], left[rows.far])
    lesion = rows.lesion[rows.variant_row]
    severity = rows.severity[lesion]
    apart = np.einsum("vab,vabc->vc", severity, far)[:, None, None, :]
    same = rows.coupling[lesion][:, None, None, None]
    whole = near * (same * far + (1 - same) * apart) * middle
    return np.asarray(np.einsum("vab,vabc,c->v", severity, whole, background))


Weighing = dict[str, tuple[list[Weighed], ...]]
"""Every finding's likelihood by side and block."""


def weigh_body(model: Model, evidence: Evidence) -> Weighing:
    """Every finding of both sides in each block."""
    return {name: weigh_blocks(evidence.side(name), model.blocks) for name in ("left", "right")}


def population_rates(
    model: Model, evidence: Evidence, prior: Array, background: Array, weighed: Weighing | None = None
) -> dict[str, float]:
    """P(finding) in the population, by the prior, of every finding by itself: what `unlisted` predicts.

    `weighed` are the terms' likelihoods, where they have been worked out.
    """
    listed = prior * ~unlisted_rows(model)
    listed /= listed.sum()
    known = weighed or weigh_body(model, evidence)
    found: dict[str, float] = {}
    alone = Alone(model, listed[model.rows.variant_row] * model.rows.share, background)
    for name in ("left", "right"):
        found |= {terms[0].key: alone.of_side(name, terms) for terms in zip(*known[name], strict=True)}
    found |= {term.key: alone.of_midline(term) for term in evidence.mid}
    return found | {told.key: float(listed @ told.rows) for told in evidence.rows}


def row_likelihood(model: Model, evidence: Evidence, background: Array, weighed: Weighing | None = None) -> tuple[Array, Array]:
    """P(findings | row) and, before what is told, its parts by variant: (rows,), (variants,). `unlisted` is not among them.

    `weighed` may have been made of more evidence than this.
    """
    keys = set(evidence.keys())
    known = weighed or weigh_body(model, evidence)
    mine = {name: tuple([one for one in terms if one.key in keys] for terms in known[name]) for name in known}
    left, right = (combine_blocks(mine[name], model.blocks) for name in ("left", "right"))
    middle = midline_likelihood(model, evidence.mid)
    by_variant = variant_likelihood(model, left, right, middle, background) * model.rows.share
    told = np.ones(len(model.rows.side))
    for term in evidence.rows:
        told = told * term.rows
    return np.bincount(model.rows.variant_row, by_variant, len(told)) * told, by_variant


def posterior(model: Model, case: Case, evidence: Evidence, setting: str = DEFAULT_SETTING) -> Posterior:
    """P(row | findings) and P(pair | findings), exact."""
    prior, background = case_prior(model, case, setting), case_background(case)
    weighed = weigh_body(model, evidence)
    likelihood, by_variant = row_likelihood(model, evidence, background, weighed)
    population = population_rates(model, evidence, prior, background, weighed)
    likelihood = np.where(unlisted_rows(model), np.prod(list(population.values())), likelihood)
    pairs = weigh_pairs(model, evidence, prior, background)
    return summed(prior, likelihood, by_variant, pairs, background, population)


def summed(
    prior: Array, likelihood: Array, by_variant: Array, pairs: list[Pair], background: Array, population: dict[str, float]
) -> Posterior:
    """Rows and pairs, each weighed, as probabilities that sum to 1 together."""
    joint = prior * likelihood
    joint_pairs = np.array([pair.prior * pair.likelihood for pair in pairs])
    whole = joint.sum() + joint_pairs.sum()
    return Posterior(joint / whole, tuple(pairs), joint_pairs / whole, prior, likelihood, by_variant, background, population)


@lru_cache(maxsize=64)
def unlisted_rows(model: Model) -> NDArray[np.bool_]:
    """Which rows are `unlisted`: (rows,)."""
    return np.array([model.lesions[k].id == UNLISTED for k in model.rows.lesion], dtype=np.bool_)
