"""How sure the model is of itself: the same posterior under 64 models drawn from the uncertainty of its numbers.

A member draws root shares, thresholds, rates and priors once; what differs between patients stays averaged inside it. Only
rows that the mean model leaves alive are redone, all members at once: they ride on the axis of the anatomies.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.inference.focus import focus
from lasegue.inference.midline import midline_likelihood
from lasegue.inference.posterior import Posterior
from lasegue.inference.sides import POWER_TRUST, SENSE_TRUST, Weighed, product, weigh
from lasegue.model import UNLISTED, Model
from lasegue.model.observe import Evidence, SideTerm
from lasegue.model.patterns import Portion
from lasegue.model.reading import Reading
from lasegue.model.terms import RateTerm
from lasegue.wiring import Array, Strands

MEMBERS: Final = 64
SEED: Final = 20261124
ALIVE: Final = 0.002
"""Rows below this probability, and pairs, keep their weight in every member."""
MOST_ROWS: Final = 14
WORTH: Final = 3e-4
"""Variants of a row that hold less than this of the whole move as the rest of their row does."""
SHARES_SPREAD: Final = 0.30
"""Spread of the logarithm of a root share: shares are good to about .15 (judgement)."""
THRESHOLD_SPREAD: Final = 0.04
RATE_SPREAD: Final = 0.35
"""Spread of the log odds of a rate under a lesion."""
PRIOR_SPREAD: Final = 0.35
STEADY: Final = 32
"""A patch of skin with more branches than this keeps its shares: the errors of so many cancel (a spread of .03 is left at 32)."""
LEVELS: Final = (0.05, 0.95)
"""Read at the plotting positions n p + p, so that a further member lies within them nine times in ten, whatever the number of members."""


def interval(model: Model, evidence: Evidence, found: Posterior) -> Array:
    """5th and 95th percentile of each row's probability over the members, widened to hold the mean model's: (rows, 2)."""
    alive = alive_rows(found)
    bounds = np.stack([found.probability, found.probability], axis=1)
    if len(alive):
        joint = member_joint(model, evidence, found, alive, MEMBERS)
        shares = joint / (joint.sum(axis=1, keepdims=True) + asleep(found, alive))
        low, high = np.quantile(shares, LEVELS, axis=0, method="weibull")
        bounds[alive] = np.stack([np.minimum(low, found.probability[alive]), np.maximum(high, found.probability[alive])], axis=1)
    return bounds


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
    noise = _share_noise(len(model.wiring.motor.targets), len(model.wiring.skin.targets), members, seed)
    shifts = {term.key: random.normal(0.0, THRESHOLD_SPREAD, members) for term in (*told.left, *told.right)}
    sides = [_side(told.side(name), small, noise, shifts, random) for name in ("left", "right")]
    by_row = _rows_of(small, sides[0], sides[1], midline_likelihood(small, told.mid), found.background)
    by_row /= held[alive]
    prior = found.prior[alive] * np.exp(random.normal(0.0, PRIOR_SPREAD, (members, len(small.lesions))))[:, small.rows.lesion]
    for term in told.rows:
        moved = random.normal(0.0, RATE_SPREAD, (members, len(small.lesions)))[:, small.rows.lesion]
        by_row = by_row * _moved(term.rows[None, :], moved)
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


def _moved(rate: Array, noise: Array) -> Array:
    """A rate with noise on its log odds."""
    odds = rate / (1.0 - rate) * np.exp(noise)
    return np.asarray(odds / (1.0 + odds))


@lru_cache(maxsize=4)
def _share_noise(motor: int, skin: int, members: int, seed: int) -> tuple[Array, Array]:
    """What every member multiplies the shares of the strands with: (strands, members) to muscles and to skin."""
    random = np.random.default_rng([seed, members])
    first, second = (np.exp(random.normal(0.0, SHARES_SPREAD, (members, count))) for count in (motor, skin))
    return np.ascontiguousarray(first.T), np.ascontiguousarray(second.T)


@dataclass(frozen=True, slots=True, eq=False)
class Redrawn:
    """A block whose anatomies are drawn anew for every member: the axis holds member after member.

    Reads like a `Block`; shares are redrawn where they are read, with noise that sums as before within each branch of each target.
    """

    base: Portion
    motor_strands: Strands
    skin_strands: Strands
    noise: tuple[Array, Array]

    @property
    def shape(self) -> tuple[int, int]:
        """How many patterns and losses."""
        return self.base.shape

    def motor_kept(self, strands: NDArray[np.intp], shares: Array, needle: bool = False) -> Array:
        """As `Block.motor_kept`: (members × anatomies, patterns, losses)."""
        weight = _redrawn(self.base.motor_weight[:, :, strands] * shares, self.noise[0][strands], self.motor_strands.group[strands])
        return np.asarray(_mixed(weight, self.base.muscle(strands, needle))[0])

    def skin_kept(self, strands: NDArray[np.intp], shares: Array, potential: bool) -> Array:
        """As `Block.skin_kept`: (maps, members × anatomies, patterns, losses)."""
        if len(np.unique(self.skin_strands.group[strands])) > STEADY:
            return np.tile(self.base.skin_kept(strands, shares, potential), (1, self.noise[1].shape[1], 1, 1))
        weight = _redrawn(self.base.skin_weight[:, :, strands] * shares, self.noise[1][strands], self.skin_strands.group[strands])
        return _mixed(weight, self.base.site(strands, potential))

    def by_pattern(self, values: dict[str, float]) -> Array:
        """Values by pattern name as a vector (patterns,)."""
        return self.base.by_pattern(values)

    def pick(self, keep: NDArray[np.intp]) -> "Redrawn":
        """Some of the patterns."""
        return replace(self, base=self.base.pick(keep))

    @property
    def modality(self) -> Array:
        """As the block's."""
        return self.base.modality

    @property
    def brisk(self) -> Array:
        """As the block's."""
        return self.base.brisk

    @property
    def upgoing(self) -> Array:
        """As the block's."""
        return self.base.upgoing

    @property
    def arc(self) -> Array:
        """As the block's."""
        return self.base.arc


def _redrawn(weight: Array, noise: Array, group: NDArray[np.intp]) -> NDArray[np.float32]:
    """Root shares with noise, summing as before within each branch of each target: (strands, maps, members, anatomies).

    `weight` is (maps, anatomies, strands), `noise` (strands, members). The strands of a branch stand together. In single precision,
    which is far finer than the noise.
    """
    before = np.moveaxis(weight, -1, 0)[:, :, None, :].astype(np.float32)
    drawn = before * noise.astype(np.float32)[:, None, :, None]
    first = np.flatnonzero(np.diff(group, prepend=-1))
    size = np.diff(first, append=len(group))
    sums, after = before[first], drawn[first]
    for further in range(1, size.max()):
        larger = size > further
        sums[larger] += before[first[larger] + further]
        after[larger] += drawn[first[larger] + further]
    drawn *= np.repeat(np.divide(sums, after, out=np.ones_like(after), where=after > 0), size, axis=0)
    return drawn


def _mixed(weight: NDArray[np.float32], kept: Array) -> Array:
    """Sum over strands: (k, maps, members, anatomies) with (k, p, x) gives (maps, members × anatomies, p, x)."""
    found = weight.reshape(len(weight), -1).T @ kept.reshape(len(kept), -1).astype(weight.dtype)
    _, maps, members, anatomies = weight.shape
    return np.asarray(found.reshape(maps, members * anatomies, *kept.shape[1:]), dtype=np.float64)


def _shifted(term: SideTerm, shift: Array, anatomies: int) -> SideTerm:
    """A term whose threshold every member has moved, as so much more or less kept."""
    reading = getattr(term, "reading", None) or getattr(term, "effector", None)
    if not isinstance(reading, Reading):
        return term
    moved = replace(reading, spared=reading.spared + np.repeat(shift, anatomies)[:, None, None])
    return replace(term, **{"reading" if hasattr(term, "reading") else "effector": moved})  # type: ignore[arg-type]


def _side(terms: list[SideTerm], model: Model, noise: tuple[Array, Array], shifts: dict[str, Array], random: np.random.Generator) -> Array:
    """P(findings of the side | state) under each member: (members, patterns, a, b, c)."""
    members = noise[0].shape[1]
    if not terms:
        return np.ones((1, len(model.patterns), 1, 1, 1))
    rates = {t.key: random.normal(0.0, RATE_SPREAD, (members, len(model.lesions))) for t in terms if isinstance(t, RateTerm)}
    parts = []
    for block in model.blocks:
        moved = [_shifted(term, shifts[term.key], len(block.anatomy_share)) for term in terms]
        drawn: Any = Redrawn(block, model.wiring.motor, model.wiring.skin, noise)
        parts.append(_combine(weigh(moved, drawn), block, model, members, rates))
    return np.concatenate(parts, axis=1)


def _combine(weighed: list[Weighed], block: Portion, model: Model, members: int, rates: dict[str, Array]) -> Array:
    """As `sides.combine`, with the members kept apart: (members, p, a, b, c)."""
    anatomies, (patterns, losses) = len(block.anatomy_share), block.shape
    apart = (members, anatomies, patterns)
    motor, sense, arcs = (product(weighed, axes) for axes in ("rgpac", "rdgpbc", "gpabc"))
    by_motor: Any = block.anatomy_share[:, None, None, None]
    if motor is not None:
        by_motor = by_motor * np.tensordot(POWER_TRUST, motor, 1).reshape(*apart, losses, 3)
    by_motor = np.broadcast_to(by_motor, (*apart, losses, 3))
    if sense is None and arcs is None:
        found = np.repeat(by_motor.sum(axis=1)[:, :, :, None], losses, axis=3)
    else:
        trust = (SENSE_TRUST[:, None] * block.map_share).ravel()
        mixed = np.ones((*apart, losses, 3)) if sense is None else (trust @ sense.reshape(len(trust), -1)).reshape(*apart, losses, 3)
        if arcs is None:
            found = np.einsum("mgpac,mgpbc->mpabc", by_motor, mixed)
        else:
            whole = arcs.reshape(*apart, losses, losses, 3) * by_motor[..., None, :]
            found = np.einsum("mgpabc,mgpbc->mpabc", whole, mixed)
    place = {lesion.id: k for k, lesion in enumerate(model.lesions)}
    owner = np.array([place.get(model.owner.get(name, ""), 0) for name in block.names], dtype=np.intp)
    for w in weighed:
        if w.axes == "p":
            found *= _moved(w.values[None, :], rates[w.key][:, owner])[:, :, None, None, None]
    return np.asarray(found)


def _rows_of(model: Model, left: Array, right: Array, middle: Array, background: Array) -> Array:
    """P(findings of the body | row) under each member: (members, rows)."""
    rows = model.rows
    is_left = rows.near_is_left[None, :, None, None, None]
    near = np.where(is_left, left[:, rows.near], right[:, rows.near])
    far = np.where(is_left, right[:, rows.far], left[:, rows.far])
    lesion = rows.lesion[rows.variant_row]
    severity = rows.severity[lesion]
    states = np.broadcast_to(far, (len(far), len(lesion), *severity.shape[1:], far.shape[-1]))
    apart = np.einsum("vab,mvabc->mvc", severity, states)[:, :, None, None, :]
    same = rows.coupling[lesion][None, :, None, None, None]
    whole = near * (same * far + (1 - same) * apart) * middle * background
    by_variant = (whole * severity[None, :, :, :, None]).sum(axis=(2, 3, 4)) * rows.share
    table = np.zeros((len(by_variant), len(rows.side)))
    np.add.at(table.T, rows.variant_row, by_variant.T)
    return table
