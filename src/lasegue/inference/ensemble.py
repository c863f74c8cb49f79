"""How sure the model is of itself: the same posterior under 64 models drawn from the uncertainty of its numbers.

A member draws root shares, thresholds, rates and priors once; what differs between patients stays averaged inside it. Only
rows that the mean model leaves alive are redone, some members at once: they ride on the axis of the anatomies (see `redrawn`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.inference.engine import members_by
from lasegue.inference.focus import focus
from lasegue.inference.library import MOTOR_STATE, SENSORY_STATE
from lasegue.inference.midline import midline_likelihood
from lasegue.inference.posterior import Posterior
from lasegue.inference.redrawn import drawn_shares, moved
from lasegue.inference.sides import POWER_TRUST, SENSE_TRUST, product, weigh
from lasegue.model import UNLISTED, Model
from lasegue.model.numbered import numbered
from lasegue.model.observe import Evidence, SideTerm
from lasegue.model.reading import Reading
from lasegue.model.terms import RateTerm
from lasegue.wiring import Array

SIDES: Final = ("left", "right")
MOTOR: Final = list(MOTOR_STATE)
SENSORY: Final = list(SENSORY_STATE)
MEMBERS: Final = 64
AT_ONCE: Final = 16
"""Members that are weighed together: so few that their arrays stay in the processor's caches."""
SEED: Final = 20261124
ALIVE: Final = 0.005
"""Rows below this probability, and pairs, keep their weight in every member."""
MOST_ROWS: Final = 8
"""With these three figures the interval holds .88 of what it promises .9 of, as it does at .002, 14 rows and 3e-4 (150 patients, twice)."""
WORTH: Final = 2e-3
"""Variants of a row that hold less than this of the whole move as the rest of their row does."""
THRESHOLD_SPREAD: Final = 0.04
RATE_SPREAD: Final = 0.35
"""Spread of the log odds of a rate under a lesion."""
PRIOR_SPREAD: Final = 0.35
LEVELS: Final = (0.05, 0.95)
"""Read at the plotting positions n p + p, so that a further member lies within them nine times in ten, whatever the number of members."""


def interval(model: Model, evidence: Evidence, found: Posterior) -> Array:
    """5th and 95th percentile of each row's probability over the members, widened to hold the mean model's: (rows, 2)."""
    alive = alive_rows(found)
    bounds = np.stack([found.probability, found.probability], axis=1)
    if len(alive):
        joint = member_joint(model, evidence, found, alive, MEMBERS)
        shares = joint / (joint.sum(axis=1, keepdims=True) + asleep(found, alive))
        low, high = _quantiles(shares, LEVELS)
        bounds[alive] = np.stack([np.minimum(low, found.probability[alive]), np.maximum(high, found.probability[alive])], axis=1)
    return bounds


def _quantiles(values: Array, levels: tuple[float, ...]) -> list[Array]:
    """Quantiles of the columns at the plotting positions n p + p, as `np.quantile` has them by "weibull", without all that it loads."""
    ordered = np.sort(values, axis=0)
    found = []
    for level in levels:
        place = min(max((len(ordered) + 1) * level - 1.0, 0.0), len(ordered) - 1.0)
        below = min(int(place), len(ordered) - 2)
        found.append(ordered[below] + (place - below) * (ordered[below + 1] - ordered[below]))
    return found


def alive_rows(found: Posterior) -> NDArray[np.intp]:
    """The rows that the members redo, in their order."""
    alive = np.flatnonzero(found.probability >= ALIVE)
    return np.asarray(np.sort(alive[np.argsort(-found.probability[alive], kind="stable")][:MOST_ROWS]))


def asleep(found: Posterior, alive: NDArray[np.intp]) -> float:
    """P(row or pair, findings) of all that no member redoes."""
    joint = found.prior * found.likelihood
    return float(joint.sum() - joint[alive].sum() + sum(pair.prior * pair.likelihood for pair in found.pairs))


def member_joint(model: Model, evidence: Evidence, found: Posterior, alive: NDArray[np.intp], members: int, seed: int = SEED) -> Array:
    """P(row, findings) of some rows under each member: (members, rows). A seed stands for its models, whatever the case."""
    random = np.random.default_rng(seed)
    variants, held = _worth_redoing(model, found)
    small, told = focus(model, evidence, alive, variants)
    size = members, len(small.lesions)
    shifts = {term.key: random.normal(0.0, THRESHOLD_SPREAD, members) for term in (*told.left, *told.right)}
    rates = {term.key: random.normal(0.0, RATE_SPREAD, size) for term in (*told.left, *told.right) if isinstance(term, RateTerm)}
    sides = [_Side(model, small, told.side(name), name, members, seed) for name in SIDES]
    weight = _weight(small, told, found.background)
    by_variant = np.empty((members, len(small.rows.share)))
    for start in range(0, members, AT_ONCE):
        some = slice(start, min(start + AT_ONCE, members))
        left, right = (side.likelihood(some, shifts, rates) for side in sides)
        by_variant[some] = _variants(small, left, right, weight)
    by_row = by_variant @ (small.rows.variant_row[:, None] == np.arange(len(alive))) / held[alive]
    prior = found.prior[alive] * np.exp(random.normal(0.0, PRIOR_SPREAD, size))[:, small.rows.lesion]
    for term in told.rows:
        by_row = by_row * moved(term.rows[None, :], random.normal(0.0, RATE_SPREAD, size)[:, small.rows.lesion])
    unlisted = np.array([small.lesions[k].id == UNLISTED for k in small.rows.lesion])
    return np.asarray(np.where(unlisted, found.likelihood[alive] * found.prior[alive], prior * by_row))


def _worth_redoing(model: Model, found: Posterior) -> tuple[NDArray[np.bool_], Array]:
    """The variants that hold something of their row, at least one of each, and how much of each row they hold: (variants,), (rows,)."""
    row = model.rows.variant_row
    count = len(found.probability)
    whole = np.bincount(row, found.by_variant, count)
    share = found.by_variant / whole[row]
    most = np.zeros(count)
    np.maximum.at(most, row, share)
    worth = (found.probability[row] * share >= WORTH) | (share >= most[row])
    return worth, np.asarray(np.bincount(row, np.where(worth, share, 0.0), count))


class _Side:
    """One side of a focused model: its findings, and of each block the patterns that some variant has there.

    `place` (variants,) is where each variant's pattern stands among those of both blocks.
    """

    def __init__(self, whole: Model, small: Model, terms: list[SideTerm], name: str, members: int, seed: int) -> None:
        rows, first = small.rows, small.blocks[0].shape[0]
        used, self.place = numbered(np.where(rows.near_is_left == (name == "left"), rows.near, rows.far), len(small.patterns))
        self.terms = terms
        parts = (used[used < first], used[used >= first] - first)
        self.blocks = [block.pick(part) for block, part in zip(small.blocks, parts, strict=True)]
        self.shares = [drawn_shares(whole, number, members, seed) for number in range(len(self.blocks))]
        place = {lesion.id: k for k, lesion in enumerate(small.lesions)}
        self.owner = [np.array([place.get(small.owner.get(n, ""), 0) for n in block.names], dtype=np.intp) for block in self.blocks]

    def likelihood(self, some: slice, shifts: dict[str, Array], rates: dict[str, Array]) -> Array | None:
        """P(findings of the side | state of each variant) under some members: (members, variants, states, c); None without findings."""
        if not self.terms:
            return None
        parts, sums = [], members_by(combine)
        for block, shares, owner in zip(self.blocks, self.shares, self.owner, strict=True):
            if len(owner):
                redrawn = shares.of(block, some)
                terms = [_shifted(term, shifts[term.key][some], len(block.anatomy_share)) for term in self.terms]
                noise = {key: values[some][:, owner] for key, values in rates.items()}
                parts.append(sums(terms, redrawn, some.stop - some.start, noise))
        return np.concatenate(parts, axis=1).take(self.place, axis=1)


def _shifted(term: SideTerm, shift: Array, anatomies: int) -> SideTerm:
    """A term whose threshold every member has moved, as so much more or less kept."""
    reading = getattr(term, "reading", None) or getattr(term, "effector", None)
    if not isinstance(reading, Reading):
        return term
    moved = replace(reading, spared=(reading.spared + np.repeat(shift, anatomies)[:, None, None]).astype(np.float32))
    return replace(term, **{"reading" if hasattr(term, "reading") else "effector": moved})  # type: ignore[arg-type]


def combine(terms: Sequence[SideTerm], block: Any, members: int, noise: dict[str, Array]) -> Array:
    """As `sides.combine`, by member: (members, p, states, c). `block` is one that is `Redrawn`; `noise` (members, p) moves the rates of
    what the wiring does not explain.
    """
    weighed = weigh(terms, block)
    anatomies, (patterns, losses) = len(block.anatomy_share), block.shape
    apart = (members, anatomies, patterns)
    motor, sense, arcs = (product(weighed, axes) for axes in ("rgpac", "rdgpbc", "gpabc"))
    total: Any = block.anatomy_share[:, None, None, None]
    if motor is not None:
        total = total * (POWER_TRUST @ motor.reshape(len(POWER_TRUST), -1)).reshape(*apart, losses, 3).take(MOTOR, axis=3)
    if sense is not None:
        trust = (SENSE_TRUST[:, None] * block.map_share).ravel()
        total = total * (trust @ sense.reshape(len(trust), -1)).reshape(*apart, losses, 3).take(SENSORY, axis=3)
    if arcs is not None:
        total = total * arcs.reshape(*apart, losses, losses, 3)[:, :, :, MOTOR, SENSORY]
    found = np.broadcast_to(total, (*apart, len(MOTOR), 3)).sum(axis=1)
    for w in weighed:
        if w.axes == "p":
            found *= moved(w.values[None, :], noise[w.key])[:, :, None, None]
    return np.asarray(found)


def _weight(model: Model, evidence: Evidence, background: Array) -> Array:
    """P(midline findings, state, background | variant), times the variant's share: (variants, states, c)."""
    rows = model.rows
    weight = _severity(model)[..., None] * background * rows.share[:, None, None]
    if not evidence.mid:
        return np.asarray(weight)
    middle = midline_likelihood(model, evidence.mid)
    return np.asarray(weight * np.broadcast_to(middle, (len(weight), *rows.severity.shape[1:], 3))[:, MOTOR, SENSORY])


def _severity(model: Model) -> Array:
    """P(state | variant): (variants, states)."""
    return model.rows.severity[model.rows.lesion[model.rows.variant_row]][:, MOTOR, SENSORY]


def _variants(model: Model, left: Array | None, right: Array | None, weight: Array) -> Array:
    """P(findings of the body | variant), times its share, by member: (members or 1, variants). A side without findings is None."""
    rows = model.rows
    if left is None and right is None:
        return np.asarray(weight.sum(axis=(1, 2))[None])
    none = np.ones((1, 1, 1, 1))
    left, right = none if left is None else left, none if right is None else right
    is_left = rows.near_is_left[None, :, None, None]
    near, far = np.where(is_left, left, right), np.where(is_left, right, left)
    same = rows.coupling[rows.lesion[rows.variant_row]][None, :, None, None]
    apart = (_severity(model)[None, :, :, None] * far).sum(axis=2, keepdims=True)
    return np.asarray((near * (same * far + (1 - same) * apart) * weight).sum(axis=(2, 3)))
