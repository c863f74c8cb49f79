"""What the findings so far leave open: the weight of every state of a few rows, ready for one finding more.

P(findings, one more finding | row) is linear in the likelihood of the one more. So the states that it sees are weighed once, by all
that the others say, and each further finding costs one sum.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.inference.midline import midline_likelihood
from lasegue.inference.sides import POWER_TRUST, SENSE_TRUST, Weighed, combine_blocks, product, weigh
from lasegue.model import Model
from lasegue.model.numbered import numbered
from lasegue.model.observe import Evidence, SideTerm
from lasegue.model.patterns import Portion
from lasegue.model.terms import PotentialTerm, RateTerm, ReflexTerm, SenseTerm
from lasegue.wiring import Array

SIDES: Final = ("left", "right")


class Part:
    """The states of one side in one block, by variant (v): which pattern of the block each has and which row it belongs to.

    `rest` (v, a, b, c) is what everything but this side's findings, `weighed`, says of them. Each of the arrays is P(row, findings, state)
    by the axes that a further finding of its kind sees, worked out when it is first asked for. They all have the same sum.
    """

    def __init__(self, weighed: list[Weighed], block: Portion, patterns: NDArray[np.intp], rows: NDArray[np.intp], rest: Array) -> None:
        self.weighed = weighed
        self.block = block
        self.patterns = patterns
        self.rows = rows
        self.rest = rest

    @cached_property
    def motor(self) -> Array:
        """(r, g, v, a, c)."""
        return np.asarray(self._by_motor * (self._core * self._sense_mixed).sum(axis=3))

    @cached_property
    def sense(self) -> Array:
        """(r, d, g, v, b, c)."""
        return np.asarray(self._by_sense * (self._core * self._motor_mixed).sum(axis=2))

    @cached_property
    def arcs(self) -> Array:
        """(g, v, a, b, c)."""
        return np.asarray(self._core * self._motor_mixed * self._sense_mixed)

    @cached_property
    def whole(self) -> Array:
        """(v,)."""
        return np.asarray(self.arcs.sum(axis=(0, 2, 3, 4)))

    @cached_property
    def _core(self) -> Array:
        core = self.block.anatomy_share[:, None, None, None, None] * self.rest
        rate, arcs = product(self.weighed, "p"), product(self.weighed, "gpabc")
        core = core if rate is None else core * rate[self.patterns][:, None, None, None]
        return np.asarray(core if arcs is None else core * arcs.take(self.patterns, axis=1))

    @cached_property
    def _by_motor(self) -> Array:
        motor = product(self.weighed, "rgpac")
        trust = POWER_TRUST[:, None, None, None, None]
        return np.asarray(trust if motor is None else trust * motor.take(self.patterns, axis=2))

    @cached_property
    def _by_sense(self) -> Array:
        sense = product(self.weighed, "rdgpbc")
        trust = SENSE_TRUST[:, None, None, None, None, None] * self.block.map_share[:, None, None, None, None]
        return np.asarray(trust if sense is None else trust * sense.take(self.patterns, axis=3))

    @cached_property
    def _motor_mixed(self) -> Array:
        return np.asarray(self._by_motor.sum(axis=0)[:, :, :, None, :])

    @cached_property
    def _sense_mixed(self) -> Array:
        by_sense = self._by_sense
        return np.asarray(by_sense.reshape(by_sense.shape[0] * by_sense.shape[1], *by_sense.shape[2:]).sum(axis=0)[:, :, None])


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """P(row, findings), (rows,), and its parts by side and block."""

    weight: Array
    sides: dict[str, tuple[Part, ...]]


Weights = dict[str, list[list[Weighed]]]


def weigh_sides(model: Model, evidence: Evidence) -> Weights:
    """Every term of both sides in both blocks, for outlooks of parts of the evidence."""
    return {name: [weigh(evidence.side(name), block) for block in model.blocks] for name in SIDES}


class View:
    """A focused model's variants with all findings, but for what is told, weighed once: for outlooks of all and of all but some.

    `weights` may have been made of more evidence than this.
    """

    def __init__(self, model: Model, evidence: Evidence, background: Array, weights: Weights | None = None) -> None:
        rows, keys = model.rows, set(evidence.keys())
        every = weights or weigh_sides(model, evidence)
        self.model = model
        self.weighed = {name: [[one for one in terms if one.key in keys] for terms in every[name]] for name in SIDES}
        self.patterns = {name: np.where(rows.near_is_left == (name == "left"), rows.near, rows.far) for name in SIDES}
        self.scale = rows.share[:, None, None, None] * background
        whole = {name: combine_blocks(tuple(self.weighed[name]), model.blocks) for name in SIDES}
        self.rests = _rests(model, whole["left"], whole["right"], midline_likelihood(model, evidence.mid))
        by_state = whole["left"][self.patterns["left"]] * self.rests["left"] * self.scale
        by_variant = by_state.reshape(len(by_state), -1).sum(axis=1)
        self.weight = np.asarray(np.bincount(rows.variant_row, by_variant, len(rows.side)), dtype=np.float64)

    def ahead(self, head: Array, wanted: tuple[str, ...] = SIDES) -> Outlook:
        """The outlook; `head` is P(row) with all that is told, (rows,), `wanted` the sides that further findings are to be weighed on."""
        return Outlook(self.weight * head, {name: self._parts(name, self.weighed[name], head) for name in wanted})

    def without(self, keys: frozenset[str], side: str, head: Array) -> Outlook:
        """The outlook of a side without some of its findings."""
        weighed = [[one for one in terms if one.key not in keys] for terms in self.weighed[side]]
        parts = self._parts(side, weighed, head)
        weight = sum(np.bincount(part.rows, part.whole, len(head)) for part in parts)
        return Outlook(np.asarray(weight, dtype=np.float64), {side: parts})

    def _parts(self, name: str, weighed: list[list[Weighed]], head: Array) -> tuple[Part, ...]:
        first = len(self.model.blocks[0].names)
        rows, patterns, rest = self._alike[name]
        rest = rest * head[rows][:, None, None, None]
        found = []
        for block, terms, start, mine in zip(self.model.blocks, weighed, (0, first), (patterns < first, patterns >= first), strict=True):
            found.append(Part(terms, block, patterns[mine] - start, rows[mine], rest[mine]))
        return tuple(found)

    @cached_property
    def _alike(self) -> dict[str, tuple[NDArray[np.intp], NDArray[np.intp], Array]]:
        """By side the rows, the patterns and the rest of the variants; variants of one row that look alike on a side are one there."""
        found, count = {}, len(self.model.patterns)
        for name in SIDES:
            rest = self.rests[name] * self.scale
            marks, place = numbered(self.model.rows.variant_row * count + self.patterns[name], len(self.weight) * count)
            summed = (place == np.arange(len(marks))[:, None]).astype(np.float64) @ rest.reshape(len(rest), -1)
            found[name] = (*np.divmod(marks, count), summed.reshape(-1, *rest.shape[1:]))
        return found


def _rests(model: Model, left: Array, right: Array, middle: Array) -> dict[str, Array]:
    """What each side's likelihood is multiplied with, state by state, to give the body's: (variants, a, b, c)."""
    rows = model.rows
    is_left = rows.near_is_left[:, None, None, None]
    near = np.where(is_left, left[rows.near], right[rows.near])
    far = np.where(is_left, right[rows.far], left[rows.far])
    lesion = rows.lesion[rows.variant_row]
    severity = rows.severity[lesion][..., None]
    same = rows.coupling[lesion][:, None, None, None]
    shared = severity * middle
    of_near = shared * (same * far + (1 - same) * (severity * far).sum(axis=(1, 2), keepdims=True))
    of_far = same * shared * near + (1 - same) * severity * (shared * near).sum(axis=(1, 2), keepdims=True)
    return {"left": np.where(is_left, of_near, of_far), "right": np.where(is_left, of_far, of_near)}


def weigh_further(model: Model, ahead: Outlook, side: str, term: SideTerm) -> Array:
    """P(row, findings, one further finding of a side): (rows,)."""
    found = np.zeros(len(ahead.weight))
    for part, block in zip(ahead.sides[side], model.blocks, strict=True):
        values = term.likelihood(block)
        match term:
            case SenseTerm() | PotentialTerm():
                by = np.einsum("rdgvbc,rdgvbc->v", part.sense, values[:, :, :, part.patterns])
            case ReflexTerm():
                by = np.einsum("gvabc,gvabc->v", part.arcs, values[:, part.patterns])
            case RateTerm():
                by = part.whole * values[part.patterns]
            case _:
                by = np.einsum("rgvac,rgvac->v", part.motor, values[:, :, part.patterns])
        found += np.bincount(part.rows, by, len(found))
    return found
