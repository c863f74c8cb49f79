"""What the findings so far leave open: the weight of every state of a few rows, ready for one finding more.

P(findings, one more finding | row) is linear in the likelihood of the one more. So the states that it sees are weighed once, by all
that the others say, and each further finding costs one sum.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.inference.midline import midline_likelihood
from lasegue.inference.sides import POWER_TRUST, SENSE_TRUST, Weighed, combine, product, weigh
from lasegue.model import Model
from lasegue.model.observe import Evidence, SideTerm
from lasegue.model.patterns import Portion
from lasegue.model.terms import PotentialTerm, RateTerm, ReflexTerm, SenseTerm
from lasegue.wiring import Array

SIDES: Final = ("left", "right")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The states of one side in one block, by variant (v): which pattern of the block each has and which row it belongs to.

    Each array is P(row, findings, state) by the axes that a further finding of its kind sees: `motor` (r, g, v, a, c), `sense`
    (r, d, g, v, b, c), `arcs` (g, v, a, b, c), `whole` (v,). They all have the same sum.
    """

    patterns: NDArray[np.intp]
    rows: NDArray[np.intp]
    motor: Array
    sense: Array
    arcs: Array
    whole: Array


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """P(row, findings), (rows,), and its parts by side and block."""

    weight: Array
    sides: dict[str, tuple[Part, ...]]


Weights = dict[str, list[list[Weighed]]]


def weigh_sides(model: Model, evidence: Evidence) -> Weights:
    """Every term of both sides in both blocks, for outlooks of parts of the evidence."""
    return {name: [weigh(evidence.side(name), block) for block in model.blocks] for name in SIDES}


def outlook(
    model: Model, evidence: Evidence, background: Array, head: Array, weights: Weights | None = None, wanted: tuple[str, ...] = SIDES
) -> Outlook:
    """The outlook of a focused model; `head` is P(row) with all that is told: (rows,).

    `weights` may have been made of more evidence than this; `wanted` are the sides that further findings are to be weighed on.
    """
    rows = model.rows
    keys = set(evidence.keys())
    every = weights or weigh_sides(model, evidence)
    weighed = {name: [[one for one in terms if one.key in keys] for terms in every[name]] for name in SIDES}
    whole = {name: np.concatenate([combine(w, b) for w, b in zip(weighed[name], model.blocks, strict=True)]) for name in SIDES}
    rest = _rests(model, whole["left"], whole["right"], midline_likelihood(model, evidence.mid))
    scale = (rows.share * head[rows.variant_row])[:, None, None, None] * background
    sides, patterns = {}, {name: np.where(rows.near_is_left == (name == "left"), rows.near, rows.far) for name in SIDES}
    for name in wanted:
        sides[name] = _parts(model, weighed[name], patterns[name], rest[name] * scale)
    weight = np.bincount(rows.variant_row, (whole["left"][patterns["left"]] * rest["left"] * scale).sum(axis=(1, 2, 3)), len(rows.side))
    return Outlook(np.asarray(weight, dtype=np.float64), sides)


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


def _parts(model: Model, weighed: list[list[Weighed]], patterns: NDArray[np.intp], rest: Array) -> tuple[Part, ...]:
    rows, first = model.rows.variant_row, len(model.blocks[0].names)
    # variants of one row that look alike on this side are one
    marks, place = np.unique(rows * len(model.patterns) + patterns, return_inverse=True)
    rows, patterns = np.divmod(marks, len(model.patterns))
    summed = (place == np.arange(len(marks))[:, None]).astype(np.float64) @ rest.reshape(len(rest), -1)
    rest = summed.reshape(-1, *rest.shape[1:])
    found = []
    for block, terms, start, mine in zip(model.blocks, weighed, (0, first), (patterns < first, patterns >= first), strict=True):
        found.append(part_of(terms, block, patterns[mine] - start, rows[mine], rest[mine]))
    return tuple(found)


def part_of(weighed: list[Weighed], block: Portion, patterns: NDArray[np.intp], rows: NDArray[np.intp], rest: Array) -> Part:
    """The states of some patterns of a block, weighed by a side's findings and by `rest`, (v, a, b, c)."""
    core = block.anatomy_share[:, None, None, None, None] * rest[None]
    rate, arcs = product(weighed, "p"), product(weighed, "gpabc")
    motor, sense = product(weighed, "rgpac"), product(weighed, "rdgpbc")
    core = core if rate is None else core * rate[patterns][:, None, None, None]
    core = core if arcs is None else core * arcs[:, patterns]
    by_motor = POWER_TRUST[:, None, None, None, None] * (1.0 if motor is None else motor[:, :, patterns])
    by_sense = SENSE_TRUST[:, None, None, None, None, None] * block.map_share[:, None, None, None, None]
    by_sense = by_sense if sense is None else by_sense * sense[:, :, :, patterns]
    motor_mixed, sense_mixed = by_motor.sum(axis=0)[:, :, :, None, :], by_sense.sum(axis=(0, 1))[:, :, None]
    core_motor, core_sense = core * motor_mixed, core * sense_mixed
    everything = core_motor * sense_mixed
    return Part(
        patterns,
        rows,
        by_motor * core_sense.sum(axis=3),
        by_sense * core_motor.sum(axis=2),
        everything,
        everything.sum(axis=(0, 2, 3, 4)),
    )


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
