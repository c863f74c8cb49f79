"""Two lesions at once: all pairs of rows screened, the best redone exactly.

A pair is weighed in the typical anatomy at three losses of each lesion: that is its model, and within it the sum is
exact. Survivals multiply; a rate or a brisk reflex takes the larger of the two lesions', a told item
comes from either with even odds.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.inference.midline import coarse_kept, midline_product
from lasegue.inference.sides import combine, weigh
from lasegue.model import Model
from lasegue.model.joined import MERGED, Joined, grid
from lasegue.model.observe import Evidence
from lasegue.wiring import Array

KEPT_PAIRS: Final = 32
TIE: Final = 1e-9
"""Pairs that score as the last one kept does are kept too: a mirrored case keeps the mirrored pairs."""
SCREEN_LOSS: Final = 1
"""Moderate."""
LOSSES: Final = (0, 1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two rows that act together, their prior beside all single rows, and P(findings | both)."""

    first: int
    second: int
    prior: float
    likelihood: float


def pair_prior(model: Model, prior: Array) -> Array:
    """Prior odds of every pair against the single rows: one brought the person, the other lay there unnoticed: (rows, rows)."""
    unnoticed = model.rows.unnoticed
    table = prior[:, None] * unnoticed[None, :] + unnoticed[:, None] * prior[None, :]
    return np.asarray(table * model.together)


def told_together(evidence: Evidence, count: int) -> Array:
    """P(told part | pair of rows): each item of the story comes from the one or the other, with even odds: (rows, rows)."""
    total = np.ones((count, count))
    for term in evidence.rows:
        total = total * (0.5 * (term.rows[:, None] + term.rows[None, :]))
    return total


def _looks(model: Model) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Left and right pattern of each row in its commonest variant, then the lopsided bilateral rows again (the first array), turned round."""
    left, right = model.rows.chief
    lopsided = np.flatnonzero((left != right) & np.array([side == "bilateral" for side in model.rows.side]))
    return lopsided, np.concatenate([left, right[lopsided]]), np.concatenate([right, left[lopsided]])


def screen(model: Model, evidence: Evidence, prior: Array, told: Array) -> list[tuple[int, int]]:
    """The pairs of rows that explain most, each in its commonest variant at moderate loss, whichever way round it explains more."""
    lopsided, *looks = _looks(model)
    score, rows = np.ones((len(looks[0]), len(looks[0]))), len(prior)
    for name, look in zip(("left", "right"), looks, strict=True):
        terms = evidence.side(name)
        if terms:
            used, place = np.unique(look, return_inverse=True)
            everything = grid(model.coarse, used, SCREEN_LOSS)
            values = combine(weigh(terms, everything), everything)[:, 0, 0, 0].reshape(len(used), len(used))
            score = score * values[place[:, None], place[None, :]]
    score[lopsided] = np.maximum(score[lopsided], score[rows:])
    score[:, lopsided] = np.maximum(score[:, lopsided], score[:, rows:])
    flat = np.triu(score[:rows, :rows] * pair_prior(model, prior) * told, 1).ravel()
    least = np.partition(flat, -KEPT_PAIRS)[-KEPT_PAIRS] if len(flat) > KEPT_PAIRS else 0.0
    best = np.flatnonzero((flat > 0) & (flat >= least * (1 - TIE)))
    return [(int(k) // rows, int(k) % rows) for k in best]


@dataclass(frozen=True, slots=True, eq=False)
class _Forms:
    """All forms of some pairs, one entry a form: which pair, its two rows, their patterns on each side, its share and severities.

    `near_is_left` tells for each lesion which side has its severity.
    """

    pair: NDArray[np.intp]
    rows: tuple[NDArray[np.intp], NDArray[np.intp]]
    left: tuple[NDArray[np.intp], NDArray[np.intp]]
    right: tuple[NDArray[np.intp], NDArray[np.intp]]
    near_is_left: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    share: Array
    severity: tuple[Array, Array]
    coupling: tuple[Array, Array]


def _forms(model: Model, pairs: list[tuple[int, int]]) -> _Forms:
    rows = model.rows
    left = np.where(rows.near_is_left, rows.near, rows.far)
    right = np.where(rows.near_is_left, rows.far, rows.near)
    of_row = {r: np.flatnonzero(rows.variant_row == r) for pair in pairs for r in pair}
    crossed = [np.meshgrid(of_row[i], of_row[j], indexing="ij") for i, j in pairs]
    one, two = (np.concatenate([grid_[k].ravel() for grid_ in crossed]) for k in (0, 1))
    lesion = tuple(rows.lesion[rows.variant_row[v]] for v in (one, two))
    return _Forms(
        pair=np.repeat(np.arange(len(pairs)), [grid_[0].size for grid_ in crossed]),
        rows=(rows.variant_row[one], rows.variant_row[two]),
        left=(left[one], left[two]),
        right=(right[one], right[two]),
        near_is_left=(rows.near_is_left[one], rows.near_is_left[two]),
        share=rows.share[one] * rows.share[two],
        severity=(MERGED @ rows.severity[lesion[0]] @ MERGED.T, MERGED @ rows.severity[lesion[1]] @ MERGED.T),
        coupling=(rows.coupling[lesion[0]], rows.coupling[lesion[1]]),
    )


def _far(side: Array, forms: _Forms, which: int) -> Array:
    """A side that is far for one of the two lesions: that lesion's severity is the near side's with its coupling, else one of its own."""
    same = forms.coupling[which][:, None, None, None, None, None]
    if which == 0:
        apart = np.einsum("vij,vikjlc->vklc", forms.severity[0], side)[:, None, :, None, :, :]
    else:
        apart = np.einsum("vkl,vikjlc->vijc", forms.severity[1], side)[:, :, None, :, None, :]
    return np.asarray(same * side + (1 - same) * apart)


def pair_likelihoods(model: Model, evidence: Evidence, pairs: list[tuple[int, int]], background: Array) -> Array:
    """P(findings of the body | two rows) of each pair, exact within the pair's model: (pairs,).

    Each lesion has its own near side, whose severity the midline shares.
    """
    forms = _forms(model, pairs)
    sides = []
    for name, (mine, other) in (("left", forms.left), ("right", forms.right)):
        block = Joined(model.coarse, mine, other, LOSSES)
        sides.append(combine(weigh(evidence.side(name), block), block).reshape(-1, 3, 3, 3, 3, 3))
    left, right = sides  # (forms, a1, a2, b1, b2, c)
    for which, near in enumerate(forms.near_is_left):
        is_left = near[:, None, None, None, None, None]
        left, right = np.where(is_left, left, _far(left, forms, which)), np.where(is_left, _far(right, forms, which), right)
    one, two = forms.severity
    whole = left * right * _midline(model, evidence, forms)
    inner = np.einsum("vikjlc,c->vikjl", whole, background)
    found = np.einsum("vij,vkl,vikjl->v", one, two, inner) * forms.share
    return np.bincount(forms.pair, found, len(pairs))


def _midline(model: Model, evidence: Evidence, forms: _Forms) -> Array:
    """P(midline findings | forms, losses): broadcasts against (forms, a1, a2, b1, b2, c)."""
    kept, at_rest = [], []
    for term in evidence.mid:
        alone = coarse_kept(term, model.coarse)
        sides = [alone[p][:, :, None] * alone[q][:, None, :] for p, q in (forms.left, forms.right)]
        both = 0.5 * (sides[0] + sides[1])
        kept.append(both.reshape((-1, 1, 1, 3, 3, 1) if term.skin else (-1, 3, 3, 1, 1, 1)))
        at_rest.append((0.5 * (term.when_kept[forms.rows[0]] + term.when_kept[forms.rows[1]])).reshape(-1, 1, 1, 1, 1, 1))
    return midline_product(evidence.mid, kept, at_rest)


def weigh_pairs(model: Model, evidence: Evidence, prior: Array, background: Array) -> list[Pair]:
    """The best pairs with their exact likelihoods, in the order of their weight."""
    told = told_together(evidence, len(prior))
    odds = pair_prior(model, prior)
    chosen = screen(model, evidence, prior, told)
    if not chosen:
        return []
    likelihoods = pair_likelihoods(model, evidence, chosen, background)
    found = [Pair(i, j, float(odds[i, j]), float(p * told[i, j])) for (i, j), p in zip(chosen, likelihoods, strict=True)]
    return sorted(found, key=lambda pair: (-pair.prior * pair.likelihood, pair.first, pair.second))
