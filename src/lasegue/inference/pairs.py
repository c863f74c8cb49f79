"""Two lesions at once: all pairs of rows screened, the best redone exactly.

A pair is weighed in the typical anatomy at three losses of each lesion: that is its model, and within it the sum is
exact. Survivals multiply; a rate or a brisk reflex takes the larger of the two lesions', a told item
comes from either with even odds.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.inference.midline import coarse_kept, midline_product
from lasegue.inference.sides import combine, weigh
from lasegue.model import Model
from lasegue.model.joined import MERGED, Joined
from lasegue.model.observe import Evidence, SideTerm
from lasegue.model.reading import Reading
from lasegue.model.terms import AbsentTestTerm, RateTerm, ReflexTerm, SomewhereTerm, StatementTerm
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


@lru_cache(maxsize=8)
def possible(model: Model) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """All pairs of rows that can stand together, each once: their first and their second rows."""
    first, second = np.nonzero(np.triu(model.together, 1))
    return first, second


def odds(model: Model, prior: Array, first: NDArray[np.intp], second: NDArray[np.intp]) -> Array:
    """Prior odds of pairs against the single rows: one brought the person, the other lay there unnoticed: (pairs,)."""
    unnoticed = model.rows.unnoticed
    return np.asarray((prior[first] * unnoticed[second] + unnoticed[first] * prior[second]) * model.together[first, second])


def told_together(evidence: Evidence, first: NDArray[np.intp], second: NDArray[np.intp]) -> Array:
    """P(told part | pair of rows): each item of the story comes from the one or the other, with even odds: (pairs,)."""
    total = np.ones(len(first))
    for term in evidence.rows:
        total *= 0.5 * (term.rows[first] + term.rows[second])
    return total


@lru_cache(maxsize=8)
def _looks(model: Model) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Left and right pattern of each row in its commonest variant, then the lopsided bilateral rows (the first array), turned round."""
    left, right = model.rows.chief
    lopsided = np.flatnonzero((left != right) & np.array([side == "bilateral" for side in model.rows.side]))
    return lopsided, np.concatenate([left, right[lopsided]]), np.concatenate([right, left[lopsided]])


def _without_background(reading: Reading) -> Reading:
    return replace(reading, background=reading.background[:1])


def at_rest(term: SideTerm) -> SideTerm:
    """The term in a person without background, which is all that the screening looks at."""
    match term:
        case RateTerm():
            return term
        case AbsentTestTerm():
            return replace(term, positive=replace(term.positive, reading=_without_background(term.positive.reading)))
        case StatementTerm():
            return replace(term, readings=tuple((_without_background(reading), reserve) for reading, reserve in term.readings))
        case SomewhereTerm():
            return replace(term, readings=tuple(_without_background(reading) for reading in term.readings))
        case ReflexTerm():
            return replace(term, effector=_without_background(term.effector))
    return replace(term, reading=_without_background(term.reading))


def _screened(model: Model, terms: list[SideTerm], used: NDArray[np.intp]) -> Array:
    """P(findings of a side | both patterns act on it) at moderate loss: (used, used), the same either way round."""
    one, two = np.triu_indices(len(used))
    block = Joined(model.coarse, used[one], used[two], (SCREEN_LOSS,))
    table = np.empty((len(used), len(used)))
    table[one, two] = table[two, one] = combine(weigh(terms, block), block)[:, 0, 0, 0]
    return table


def screen(model: Model, evidence: Evidence, prior: Array) -> list[tuple[int, int]]:
    """The pairs of rows that explain most, each in its commonest variant at moderate loss, whichever way round it explains more."""
    lopsided, *looks = _looks(model)
    rows = len(prior)
    score = np.ones((len(looks[0]), len(looks[0])))
    for name, look in zip(("left", "right"), looks, strict=True):
        terms = [at_rest(term) for term in evidence.side(name)]
        if terms:
            used, place = np.unique(look, return_inverse=True)
            score *= _screened(model, terms, used)[place][:, place]
    score[lopsided] = np.maximum(score[lopsided], score[rows:])
    score[:, lopsided] = np.maximum(score[:, lopsided], score[:, rows:])
    first, second = possible(model)
    found = score[first, second] * odds(model, prior, first, second) * told_together(evidence, first, second)
    least = np.partition(found, -KEPT_PAIRS)[-KEPT_PAIRS] if len(found) > KEPT_PAIRS else 0.0
    best = np.flatnonzero((found > 0) & (found >= least * (1 - TIE)))
    return [(int(first[k]), int(second[k])) for k in best]


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


def _crossed(model: Model, pairs: list[tuple[int, int]]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Every variant of the one row with every variant of the other: which pair, and the two variants."""
    owner = model.rows.variant_row
    order = np.argsort(owner, kind="stable")
    start = np.searchsorted(owner[order], np.arange(len(model.rows.side) + 1))
    first, second = np.array(pairs, dtype=np.intp).T
    wide, high = (start[r + 1] - start[r] for r in (first, second))
    pair = np.repeat(np.arange(len(pairs)), wide * high)
    within = np.arange(len(pair)) - np.repeat(np.cumsum(wide * high) - wide * high, wide * high)
    return pair, order[start[first[pair]] + within // high[pair]], order[start[second[pair]] + within % high[pair]]


def _forms(model: Model, pairs: list[tuple[int, int]]) -> _Forms:
    rows = model.rows
    left = np.where(rows.near_is_left, rows.near, rows.far)
    right = np.where(rows.near_is_left, rows.far, rows.near)
    pair, one, two = _crossed(model, pairs)
    lesion = tuple(rows.lesion[rows.variant_row[v]] for v in (one, two))
    return _Forms(
        pair=pair,
        rows=(rows.variant_row[one], rows.variant_row[two]),
        left=(left[one], left[two]),
        right=(right[one], right[two]),
        near_is_left=(rows.near_is_left[one], rows.near_is_left[two]),
        share=rows.share[one] * rows.share[two],
        severity=(MERGED @ rows.severity[lesion[0]] @ MERGED.T, MERGED @ rows.severity[lesion[1]] @ MERGED.T),
        coupling=(rows.coupling[lesion[0]], rows.coupling[lesion[1]]),
    )


def _far(side: Array, forms: _Forms, which: int, mine: NDArray[np.bool_]) -> Array:
    """Some forms of a side that is far for one of the two lesions.

    That lesion's severity is the near side's with its coupling, else one of its own.
    """
    same = forms.coupling[which][mine, None, None, None, None, None]
    severity, far = forms.severity[which][mine], side[mine]
    if which == 0:
        apart = np.einsum("vij,vikjlc->vklc", severity, far)[:, None, :, None, :, :]
    else:
        apart = np.einsum("vkl,vikjlc->vijc", severity, far)[:, :, None, :, None, :]
    return np.asarray(same * far + (1 - same) * apart)


def _pair_side(model: Model, evidence: Evidence, forms: _Forms, name: str) -> Array:
    """P(findings of a side | form, losses): (forms, a1, a2, b1, b2, c). A pair of patterns that many forms share is weighed once."""
    terms = evidence.side(name)
    if not terms:
        return np.ones((1, 1, 1, 1, 1, 1))
    one, two = forms.left if name == "left" else forms.right
    marks, place = np.unique(one * len(model.patterns) + two, return_inverse=True)
    block = Joined(model.coarse, marks // len(model.patterns), marks % len(model.patterns), LOSSES)
    found = combine(weigh(terms, block), block).reshape(-1, 3, 3, 3, 3, 3)[place]
    for which, near in enumerate(forms.near_is_left):
        far = ~near if name == "left" else near
        if far.any():
            found[far] = _far(found, forms, which, far)
    return np.asarray(found)


def pair_likelihoods(model: Model, evidence: Evidence, pairs: list[tuple[int, int]], background: Array) -> Array:
    """P(findings of the body | two rows) of each pair, exact within the pair's model: (pairs,).

    Each lesion has its own near side, whose severity the midline shares.
    """
    forms = _forms(model, pairs)
    whole = _pair_side(model, evidence, forms, "left") * _pair_side(model, evidence, forms, "right")
    whole = (whole * _midline(model, evidence, forms) * background).sum(axis=-1)
    one, two = forms.severity
    severities = one[:, :, None, :, None] * two[:, None, :, None, :]
    found = (severities * whole).sum(axis=(1, 2, 3, 4)) * forms.share
    return np.asarray(np.bincount(forms.pair, found, len(pairs)), dtype=np.float64)


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
    chosen = screen(model, evidence, prior)
    if not chosen:
        return []
    likelihoods = pair_likelihoods(model, evidence, chosen, background)
    first, second = (np.array(rows, dtype=np.intp) for rows in zip(*chosen, strict=True))
    likelihoods = likelihoods * told_together(evidence, first, second)
    found = [Pair(i, j, float(p), float(q)) for (i, j), p, q in zip(chosen, odds(model, prior, first, second), likelihoods, strict=True)]
    return sorted(found, key=lambda pair: (-pair.prior * pair.likelihood, pair.first, pair.second))
