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
from lasegue.model import INTACT, Model
from lasegue.model.joined import MERGED, Joined
from lasegue.model.numbered import numbered
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
MOST_KEPT: Final = 1024
"""Readings that are recalled as they are without background."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two rows that act together, their prior beside all single rows, and P(findings | both)."""

    first: int
    second: int
    prior: float
    likelihood: float


def odds(model: Model, prior: Array) -> Array:
    """Prior odds of pairs against the single rows: one brought the person, the other lay there unnoticed: (rows, rows)."""
    brought = np.multiply.outer(prior, model.rows.unnoticed)
    return np.asarray((brought + brought.T) * model.together)


def told_together(evidence: Evidence, first: NDArray[np.intp], second: NDArray[np.intp]) -> Array:
    """P(told part | pair of rows): each item of the story comes from the one or the other, with even odds: (pairs,)."""
    total = np.ones(len(first))
    for term in evidence.rows:
        total *= 0.5 * (term.rows[first] + term.rows[second])
    return total


@dataclass(frozen=True, slots=True, eq=False)
class Screen:
    """What the screening of a model's pairs goes by, whatever the case.

    A look is a row in its commonest variant; the lopsided bilateral rows, `turned`, have a second, with their sides exchanged. `block` has
    every two patterns that some look has, `place` (patterns, patterns) where two stand in it, `looks` the left and the right pattern
    of each look among them. `possible` (rows, rows) marks the pairs, each once.
    """

    block: Joined
    place: NDArray[np.intp]
    looks: dict[str, NDArray[np.intp]]
    turned: NDArray[np.intp]
    possible: NDArray[np.bool_]


@lru_cache(maxsize=8)
def screen_of(model: Model) -> Screen:
    """What the screening of a model's pairs goes by."""
    left, right = model.rows.chief
    turned = np.flatnonzero((left != right) & np.array([side == "bilateral" for side in model.rows.side]))
    looks = np.concatenate([left, right[turned]]), np.concatenate([right, left[turned]])
    used, among = numbered(np.stack(looks), len(model.patterns))
    one, two = np.triu_indices(len(used))
    place = np.empty((len(used), len(used)), dtype=np.intp)
    place[one, two] = place[two, one] = np.arange(len(one))
    block = Joined(model.coarse, used[one], used[two], (SCREEN_LOSS,), lasting=True)
    return Screen(block, place, dict(zip(("left", "right"), among, strict=True)), turned, np.triu(model.together, 1) > 0)


@lru_cache(maxsize=MOST_KEPT)
def at_rest_reading(reading: Reading) -> Reading:
    """The reading in a person without background."""
    return replace(reading, background=reading.background[:1])


def at_rest(term: SideTerm) -> SideTerm:
    """The term in a person without background, which is all that the screening looks at."""
    match term:
        case RateTerm():
            return term
        case AbsentTestTerm():
            return replace(term, positive=replace(term.positive, reading=at_rest_reading(term.positive.reading)))
        case StatementTerm():
            return replace(term, readings=tuple((at_rest_reading(reading), reserve) for reading, reserve in term.readings))
        case SomewhereTerm():
            return replace(term, readings=tuple(at_rest_reading(reading) for reading in term.readings))
        case ReflexTerm():
            return replace(term, effector=at_rest_reading(term.effector))
    return replace(term, reading=at_rest_reading(term.reading))


def _scores(model: Model, evidence: Evidence, chances: Array) -> Array:
    """What each pair of rows is screened by, whichever way round it explains more; 0 for what cannot be a pair: (rows, rows).

    `chances` are the pairs' prior odds.
    """
    how, rows = screen_of(model), len(chances)
    score = np.ones((len(how.looks["left"]),) * 2)
    for name, look in how.looks.items():
        terms = [at_rest(term) for term in evidence.side(name)]
        if terms:
            found = combine(weigh(terms, how.block), how.block)[:, 0, 0, 0]
            score *= found[how.place].take(look, axis=0).take(look, axis=1)
    score[how.turned] = np.maximum(score[how.turned], score[rows:])
    score[:, how.turned] = np.maximum(score[:, how.turned], score[:, rows:])
    score = score[:rows, :rows] * np.where(how.possible, chances, 0.0)
    for told in evidence.rows:
        score *= 0.5 * np.add.outer(told.rows, told.rows)
    return score


def screen(model: Model, evidence: Evidence, chances: Array) -> list[tuple[int, int]]:
    """The pairs of rows that explain most, each in its commonest variant at moderate loss."""
    found = _scores(model, evidence, chances)
    best = found.max(axis=1)
    # as many rows as pairs are kept have a pair that reaches their bests' least: no pair below it can be among the kept
    least = np.partition(best, -KEPT_PAIRS)[-KEPT_PAIRS] * (1 - TIE) if len(best) > KEPT_PAIRS else 0.0
    first, second = np.nonzero((found > 0) & (found >= least))
    values = found[first, second]
    if len(values) > KEPT_PAIRS:
        keep = values >= np.partition(values, -KEPT_PAIRS)[-KEPT_PAIRS] * (1 - TIE)
        first, second = first[keep], second[keep]
    return list(zip(first.tolist(), second.tolist(), strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class _Forms:
    """All forms of some pairs, one entry a form: which pair, its two rows, their patterns on each side, its share. They stand pair by pair.

    `near_is_left` tells for each lesion which side has its severity.
    """

    pair: NDArray[np.intp]
    rows: tuple[NDArray[np.intp], NDArray[np.intp]]
    left: tuple[NDArray[np.intp], NDArray[np.intp]]
    right: tuple[NDArray[np.intp], NDArray[np.intp]]
    near_is_left: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    share: Array

    def side(self, name: str, count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The pairs of patterns that a side has, as first × `count` + second, and which of them each form has."""
        one, two = self.left if name == "left" else self.right
        return numbered(one * count + two, count**2)


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
    return _Forms(
        pair=pair,
        rows=(rows.variant_row[one], rows.variant_row[two]),
        left=(left[one], left[two]),
        right=(right[one], right[two]),
        near_is_left=(rows.near_is_left[one], rows.near_is_left[two]),
        share=rows.share[one] * rows.share[two],
    )


def _severity(model: Model, rows: NDArray[np.intp]) -> Array:
    """P(losses | row) as pairs know them: (rows, a, b)."""
    return np.asarray(MERGED @ model.rows.severity[model.rows.lesion[rows]] @ MERGED.T)


def _far(side: Array, same: Array, severity: Array, which: int) -> Array:
    """Tables of a side, (tables, a1, a2, b1, b2, c), that is far for one of the two lesions.

    That lesion's severity is the near side's with its coupling, `same`, else one of its own.
    """
    same = same[:, None, None, None, None, None]
    if which == 0:
        apart = np.einsum("vij,vikjlc->vklc", severity, side)[:, None, :, None, :, :]
    else:
        apart = np.einsum("vkl,vikjlc->vijc", severity, side)[:, :, None, :, None, :]
    return np.asarray(same * side + (1 - same) * apart)


def _weighed(model: Model, evidence: Evidence, marks: NDArray[np.intp], name: str) -> Array:
    """P(findings of a side | pair of patterns, losses): (marks, a1, a2, b1, b2, c)."""
    block = Joined(model.coarse, marks // len(model.patterns), marks % len(model.patterns), LOSSES)
    return combine(weigh(evidence.side(name), block), block).reshape(-1, 3, 3, 3, 3, 3)


def _pair_side(model: Model, evidence: Evidence, forms: _Forms, name: str) -> Array:
    """P(findings of a side | form, losses): (forms, states). What forms share is weighed once: a pattern tells its lesion."""
    marks, place = forms.side(name, len(model.patterns))
    near = [is_left == (name == "left") for is_left in forms.near_is_left]
    used, of_form = numbered((place * 2 + near[0]) * 2 + near[1], 4 * len(marks))
    found = _weighed(model, evidence, marks, name).take(used // 4, axis=0)
    example = np.empty(len(used), dtype=np.intp)
    example[of_form] = np.arange(len(of_form))
    whole = model.patterns.index(INTACT)
    for which, patterns in enumerate(np.divmod(marks[used // 4], len(model.patterns))):
        far = ~near[which][example] & (patterns != whole)  # a side that the lesion spares is the same at all of its losses
        if far.any():
            rows = forms.rows[which][example[far]]
            same = model.rows.coupling[model.rows.lesion[rows]]
            found[far] = _far(found[far], same, _severity(model, rows), which)
    return found.reshape(len(found), -1).take(of_form, axis=0)


def pair_likelihoods(model: Model, evidence: Evidence, pairs: list[tuple[int, int]], background: Array) -> Array:
    """P(findings of the body | two rows) of each pair, exact within the pair's model: (pairs,).

    Each lesion has its own near side, whose severity the midline shares.
    """
    forms = _forms(model, pairs)
    one, two = (_severity(model, np.array(rows, dtype=np.intp)) for rows in zip(*pairs, strict=True))
    states = (one[:, :, None, :, None] * two[:, None, :, None, :])[..., None] * background
    states = states.reshape(len(pairs), -1)
    there = [name for name in ("left", "right") if evidence.side(name)]
    if len(there) == 1 and not evidence.mid:  # whose severity is whose changes nothing: each sums to 1
        marks, place = forms.side(there[0], len(model.patterns))
        table = _weighed(model, evidence, marks, there[0]).reshape(len(marks), -1) @ states.T
        return np.asarray(np.bincount(forms.pair, forms.share * table[place, forms.pair], len(pairs)), dtype=np.float64)
    whole = np.repeat(forms.share[:, None], states.shape[1], axis=1)
    if evidence.mid:
        whole *= np.broadcast_to(_midline(model, evidence, forms), (len(whole), 3, 3, 3, 3, 3)).reshape(whole.shape)
    for name in there:
        whole *= _pair_side(model, evidence, forms, name)
    summed = np.add.reduceat(whole, np.searchsorted(forms.pair, np.arange(len(pairs))), axis=0)
    return np.asarray((summed * states).sum(axis=1))


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
    chances = odds(model, prior)
    chosen = screen(model, evidence, chances)
    if not chosen:
        return []
    likelihoods = pair_likelihoods(model, evidence, chosen, background)
    first, second = (np.array(rows, dtype=np.intp) for rows in zip(*chosen, strict=True))
    likelihoods = likelihoods * told_together(evidence, first, second)
    found = [Pair(i, j, float(p), float(q)) for (i, j), p, q in zip(chosen, chances[first, second], likelihoods, strict=True)]
    return sorted(found, key=lambda pair: (-pair.prior * pair.likelihood, pair.first, pair.second))
