"""How sure the model is of itself: the same posterior under 64 models drawn from the uncertainty of its numbers.

A member draws root shares, thresholds, rates and priors once; what differs between patients stays averaged inside it. Only
rows that the mean model leaves alive are redone, all members at once: they ride on the axis of the anatomies.
"""

from dataclasses import replace
from typing import Any, Final

import numpy as np

from lasegue.inference.focus import focus
from lasegue.inference.midline import midline_likelihood
from lasegue.inference.posterior import Posterior
from lasegue.inference.sides import POWER_TRUST, SENSE_TRUST, Weighed, product, weigh
from lasegue.model import UNLISTED, Model
from lasegue.model.observe import Evidence, SideTerm
from lasegue.model.patterns import Block
from lasegue.model.terms import RateTerm, Reading
from lasegue.wiring import Array, Strands

MEMBERS: Final = 64
SEED: Final = 20261124
ALIVE: Final = 0.002
"""Rows below this probability, and pairs, keep their weight in every member."""
MOST_ROWS: Final = 14
SHARES_SPREAD: Final = 0.30
"""Spread of the logarithm of a root share: shares are good to about .15 (judgement)."""
THRESHOLD_SPREAD: Final = 0.04
RATE_SPREAD: Final = 0.35
"""Spread of the log odds of a rate under a lesion."""
PRIOR_SPREAD: Final = 0.35
LEVELS: Final = (0.05, 0.95)


def interval(model: Model, evidence: Evidence, found: Posterior) -> Array:
    """5th and 95th percentile of each row's probability over the members, widened to hold the mean model's: (rows, 2)."""
    alive = np.flatnonzero(found.probability >= ALIVE)
    alive = np.sort(alive[np.argsort(-found.probability[alive], kind="stable")][:MOST_ROWS])
    bounds = np.stack([found.probability, found.probability], axis=1)
    if len(alive):
        joint = member_joint(model, evidence, found, alive, MEMBERS)
        asleep = float((found.prior * found.likelihood).sum() - (found.prior * found.likelihood)[alive].sum())
        asleep += float(sum(pair.prior * pair.likelihood for pair in found.pairs))
        shares = joint / (joint.sum(axis=1, keepdims=True) + asleep)
        low, high = np.quantile(shares, LEVELS, axis=0)
        bounds[alive] = np.stack([np.minimum(low, found.probability[alive]), np.maximum(high, found.probability[alive])], axis=1)
    return bounds


def member_joint(model: Model, evidence: Evidence, found: Posterior, alive: Any, members: int) -> Array:
    """P(row, findings) of some rows under each member: (members, rows)."""
    random = np.random.default_rng(SEED)
    small, told = focus(model, evidence, alive)
    blocks = tuple(_members_of(small, block, members, random) for block in small.blocks)
    shifts = {term.key: random.normal(0.0, THRESHOLD_SPREAD, members) for term in (*told.left, *told.right)}
    sides = [_side(told.side(name), blocks, small, members, shifts, random) for name in ("left", "right")]
    middle = np.broadcast_to(midline_likelihood(small, told.mid), (len(small.rows.near), 5, 5, 3))
    by_row = _rows_of(small, sides[0], sides[1], middle, found.background)
    prior = found.prior[alive] * _by_lesion(small, random.normal(0.0, PRIOR_SPREAD, (members, len(small.lesions))), np.exp)
    for term in told.rows:
        noise = random.normal(0.0, RATE_SPREAD, (members, len(small.lesions)))[:, small.rows.lesion]
        by_row = by_row * _moved(term.rows[None, :], noise)
    unlisted = np.array([small.lesions[k].id == UNLISTED for k in small.rows.lesion])
    return np.asarray(np.where(unlisted, found.likelihood[alive] * found.prior[alive], prior * by_row))


def _by_lesion(model: Model, noise: Array, turn: Any) -> Array:
    return np.asarray(turn(noise)[:, model.rows.lesion])


def _moved(rate: Array, noise: Array) -> Array:
    """A rate with noise on its log odds."""
    odds = rate / (1.0 - rate) * np.exp(noise)
    return np.asarray(odds / (1.0 + odds))


def _members_of(model: Model, block: Block, members: int, random: np.random.Generator) -> Block:
    """The block with its anatomies drawn anew for every member: the axis holds member after member."""
    return replace(
        block,
        motor_weight=_redrawn(block.motor_weight, model.wiring.motor, members, random),
        skin_weight=_redrawn(block.skin_weight, model.wiring.skin, members, random),
    )


def _redrawn(weight: Array, strands: Strands, members: int, random: np.random.Generator) -> Array:
    """Root shares with noise, summing as before within each branch of each target: (maps, members × anatomies, strands)."""
    maps, anatomies, count = weight.shape
    noise = np.exp(random.normal(0.0, SHARES_SPREAD, (members, 1, count)))
    drawn = weight[:, None] * noise[None]
    group = strands.group
    before = _sums(weight[:, None], group)
    after = _sums(drawn, group)
    scale = np.divide(before, after, out=np.ones_like(after), where=after > 0)
    return np.asarray((drawn * scale[..., group]).reshape(maps, members * anatomies, count))


def _sums(values: Array, group: Any) -> Array:
    """Sums over the strands of each group: (..., groups)."""
    total = np.zeros((*values.shape[:-1], int(group.max()) + 1))
    np.add.at(np.moveaxis(total, -1, 0), group, np.moveaxis(values, -1, 0))
    return total


def _shifted(term: SideTerm, shift: Array, anatomies: int) -> SideTerm:
    """A term whose threshold every member has moved, as so much more or less kept."""
    reading = getattr(term, "reading", None) or getattr(term, "effector", None)
    if not isinstance(reading, Reading):
        return term
    moved = replace(reading, spared=reading.spared + np.repeat(shift, anatomies)[:, None, None])
    return replace(term, **{"reading" if hasattr(term, "reading") else "effector": moved})  # type: ignore[arg-type]


def _side(
    terms: list[SideTerm], blocks: tuple[Block, ...], model: Model, members: int, shifts: dict[str, Array], random: np.random.Generator
) -> Array:
    """P(findings of the side | state) under each member: (members, patterns, a, b, c)."""
    noise = {t.key: random.normal(0.0, RATE_SPREAD, (members, len(model.lesions))) for t in terms if isinstance(t, RateTerm)}
    parts = []
    for block in blocks:
        anatomies = block.motor_weight.shape[1] // members
        moved = [_shifted(term, shifts[term.key], anatomies) for term in terms]
        parts.append(_combine(weigh(moved, block), block, model, members, noise))
    return np.concatenate(parts, axis=1)


def _combine(weighed: list[Weighed], block: Block, model: Model, members: int, noise: dict[str, Array]) -> Array:
    """As `sides.combine`, with the members kept apart: (members, p, a, b, c)."""
    anatomies = block.motor_weight.shape[1] // members
    patterns, losses = block.shape
    total = np.ones((members, anatomies, patterns, losses, losses, 3)) * block.anatomy_share[None, :, None, None, None, None]
    motor, sense, arcs = (product(weighed, axes) for axes in ("rgpac", "rdgpbc", "gpabc"))
    if motor is not None:
        total *= np.tensordot(POWER_TRUST, motor, 1).reshape(members, anatomies, patterns, losses, 1, 3)
    if sense is not None:
        mixed = np.einsum("r,d,rdgpbc->gpbc", SENSE_TRUST, block.map_share, sense)
        total *= mixed.reshape(members, anatomies, patterns, 1, losses, 3)
    if arcs is not None:
        total *= arcs.reshape(members, anatomies, patterns, losses, losses, 3)
    found = total.sum(axis=1)
    place = {lesion.id: k for k, lesion in enumerate(model.lesions)}
    owner = np.array([place.get(model.owner.get(name, ""), 0) for name in block.names], dtype=np.intp)
    for w in weighed:
        if w.axes == "p":
            found *= _moved(w.values[None, :], noise[w.key][:, owner])[:, :, None, None, None]
    return np.asarray(found)


def _rows_of(model: Model, left: Array, right: Array, middle: Array, background: Array) -> Array:
    """P(findings of the body | row) under each member: (members, rows)."""
    rows = model.rows
    is_left = rows.near_is_left[None, :, None, None, None]
    near = np.where(is_left, left[:, rows.near], right[:, rows.near])
    far = np.where(is_left, right[:, rows.far], left[:, rows.far])
    lesion = rows.lesion[rows.variant_row]
    severity = rows.severity[lesion]
    apart = np.einsum("vab,mvabc->mvc", severity, far)[:, :, None, None, :]
    same = rows.coupling[lesion][None, :, None, None, None]
    whole = near * (same * far + (1 - same) * apart) * middle[None]
    by_variant = np.einsum("vab,mvabc,c->mv", severity, whole, background) * rows.share
    table = np.zeros((len(by_variant), len(rows.side)))
    np.add.at(table.T, rows.variant_row, by_variant.T)
    return table
