"""Tables to draw from: the likelihoods of inference, one cumulated table a finding, addressed by the state of a patient."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.case.model import Case
from lasegue.inference.midline import midline_likelihood
from lasegue.inference.sides import Weighed, weigh
from lasegue.model import Model, model
from lasegue.model.observe import Evidence, observe
from lasegue.simulate.protocol import ONSET_COLUMN, Item, protocol
from lasegue.wiring import ANATOMY_SHARE, MAP_SHARE, Array

Ints = NDArray[np.intp]
SIDED_AXES: Final = ("rgpac", "rdgpbc", "gpabc", "p")
LOSSES: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One item with its values cumulated over the states: (states, values), ending at 1. `axes` tells which states."""

    item: Item
    axes: str
    cumulated: Array

    def draw(self, rng: np.random.Generator, states: Ints) -> NDArray[np.int8]:
        """A value for every patient, by the number of his state."""
        chance = rng.random(len(states))
        code = np.zeros(len(states), dtype=np.int8)
        for column in self.cumulated[:-1]:  # the last ends at 1
            code += chance >= column[states]
        return code


def sizes(anatomy: Model) -> tuple[dict[str, int], dict[str, int]]:
    """The lengths of the axes of the two blocks."""
    found = []
    for block in anatomy.blocks:
        patterns, losses = block.shape
        found.append({"r": 2, "d": len(block.map_share), "g": len(block.anatomy_share), "p": patterns, "a": losses, "b": losses, "c": 3})
    return found[0], found[1]


def evidence_of(anatomy: Model, item: Item, code: int, side: str = "left") -> Evidence:
    """What inference makes of one value of an item."""
    return observe(anatomy, item.case(code, side))  # type: ignore[arg-type]


def weighed_of(anatomy: Model, item: Item, code: int) -> tuple[Weighed, Weighed]:
    """The likelihood of one value of a sided item in the two blocks."""
    found = evidence_of(anatomy, item, code)
    term = (*found.left, *found.right)[0]
    return weigh([term], anatomy.blocks[0])[0], weigh([term], anatomy.blocks[1])[0]


def _sided(anatomy: Model, item: Item) -> Drawn:
    values = [weighed_of(anatomy, item, code) for code in range(len(item.finding.values))]
    axes = values[0][0].axes
    flat = []
    for number, size in enumerate(sizes(anatomy)):
        shape = tuple(size[axis] for axis in axes)
        flat.append(np.stack([np.broadcast_to(pair[number].values, shape).ravel() for pair in values]))
    return Drawn(item, axes, _cumulated(np.concatenate(flat, axis=1)))


def _cumulated(table: Array) -> Array:
    """Cumulated chances (values, states); rates that were bounded apart are brought to the sum 1 together."""
    return np.ascontiguousarray(np.cumsum(table / table.sum(axis=0), axis=0))


def row_chances(anatomy: Model, item: Item, side: str = "left") -> Array:
    """P(value | row) of an item of no side: (values, rows)."""
    return np.stack([evidence_of(anatomy, item, code, side).rows[0].rows for code in range(len(item.finding.values))])


def _middle(anatomy: Model, item: Item) -> Drawn:
    """Of a midline item the abnormal value is what the model tells; the normal one is what remains."""
    shape = (len(anatomy.rows.share), LOSSES, LOSSES, 3)
    found = evidence_of(anatomy, item, 1)
    abnormal = np.broadcast_to(midline_likelihood(anatomy, found.mid), shape).ravel()
    return Drawn(item, "vabc", np.stack([1.0 - abnormal, np.ones_like(abnormal)]))


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """All items of the protocol, ready to draw; `complaint` is P(left, right, bilateral said | row), cumulated.

    `stage` (onsets, patterns) is how often a side with that pattern is still met once its onset lies that far back, 1 where it stays.
    """

    items: tuple[Drawn, ...]
    complaint: Array
    stage: Array
    anatomy_share: Array
    map_share: Array


def _complaint(anatomy: Model) -> Array:
    sides = [observe(anatomy, Case(side=side)).rows[0].rows for side in ("left", "right", "bilateral")]
    return _cumulated(np.stack(sides))


def _told(anatomy: Model, item: Item) -> Drawn:
    """By row; an item that follows the complaint by side of the complaint and row, for each side has rates of its own."""
    sides = ("left", "right") if item.follows else ("left",)
    return Drawn(item, "sw" if item.follows else "w", _cumulated(np.concatenate([row_chances(anatomy, item, s) for s in sides], axis=1)))


def _stage(anatomy: Model) -> Array:
    """From the terms that inference adds to an onset."""
    item = next(item for item in protocol(anatomy.knowledge) if item.name == ONSET_COLUMN)
    found = []
    for code in range(len(item.finding.values)):
        terms = evidence_of(anatomy, item, code).left
        rates = np.concatenate(
            [np.prod([term.likelihood(block) for term in terms], axis=0) * np.ones(block.shape[0]) for block in anatomy.blocks]
        )
        found.append(rates / rates.max())
    return np.stack(found)


@cache
def tables() -> Tables:
    """The tables of the knowledge in the package."""
    anatomy = model()
    drawn = []
    for item in protocol(anatomy.knowledge):
        found = evidence_of(anatomy, item, 1)
        make = _told if found.rows else _middle if found.mid else _sided
        drawn.append(make(anatomy, item))
    return Tables(tuple(drawn), _complaint(anatomy), _stage(anatomy), ANATOMY_SHARE, MAP_SHARE)
