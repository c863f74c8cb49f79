"""The weight of the states in play as one flat list for each way in which candidates read them.

Every candidate that reads muscles reads the same states, and so with skin and with reflex arcs: which of them, and what they weigh,
is found once for all. Backgrounds that make no difference to a candidate are one, and so are all states in which nothing is lost.
"""

from dataclasses import dataclass
from math import prod
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lasegue.inference.library import MOTOR_STATE, SENSORY_STATE
from lasegue.inference.outlook import Part
from lasegue.model.tables import GRID
from lasegue.wiring import Array

STATES: Final = (list(MOTOR_STATE), list(SENSORY_STATE))


class Way(NamedTuple):
    """How a candidate reads: `motor`, `sense` or `arcs`; whether no loss is all the same to it; whether the constitution is, and how
    reliably the person was examined.
    """

    kind: str
    same_unhurt: bool
    same_constitution: bool
    same_trust: bool


def states_of(found: NDArray[Any], way: Way) -> NDArray[Any]:
    """A block's table by the terms' axes, with what a case adds before them, as a list of each pattern's states: (..., p, states).

    `motor` (..., g, p, a, c), `sense` (..., d, g, p, b, c), `arcs` (..., g, p, a, b, c).
    """
    if way.kind == "arcs":
        found = found[..., STATES[0], STATES[1], :]
    elif way.same_unhurt:
        found = found[..., 1:, :]
    if way.same_constitution:
        found = found[..., ::2]
    before = 2 if way.kind == "sense" else 1
    found = np.moveaxis(found, -3, -3 - before)
    return found.reshape(*found.shape[: -2 - before], prod(found.shape[-2 - before :]))


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """The states of all variants in play, as one way of reading sees them: `at` is where each stands in a sheet's places, `row` the
    place of its row's grid, `pattern` its pattern; `mass` (r, states) what it weighs. `unhurt` (variants, r × c) is the mass of what
    is not among them, `unhurt_rows` (rows, r × c) its sums.
    """

    at: NDArray[np.intp]
    row: NDArray[np.intp]
    pattern: NDArray[np.intp]
    mass: Array
    unhurt: Array
    unhurt_rows: Array


class Spreads:
    """The parts of a side over `count` rows, each way spread when it is first asked for.

    `numbers` are the model's patterns that each part's are, from the block's first on; the second block begins at `first`.

    By variant: `rows` and `patterns`, which `whole` weighs; `weight` is P(row, findings).
    """

    def __init__(self, parts: tuple[Part, ...], numbers: tuple[NDArray[np.intp], ...], first: int, count: int) -> None:
        self.parts = parts
        self.places = [number[part.patterns] for part, number in zip(parts, numbers, strict=True)]
        self.first = first
        self.count = count
        self.rows = np.concatenate([part.rows for part in parts])
        self.patterns = np.concatenate([self.places[0], self.places[1] + first])
        self.whole = np.concatenate([part.whole for part in parts])
        self.weight = self.by_row(self.whole)
        self._known: dict[Way, Spread] = {}

    def by_row(self, values: Array) -> Array:
        """Values of variants, summed by row: (rows,)."""
        return np.asarray(np.bincount(self.rows, values, self.count), dtype=np.float64)

    def sums(self, values: Array) -> Array:
        """Columns of values of variants, summed by row: (variants, x) gives (rows, x)."""
        return np.stack([self.by_row(column) for column in values.T], axis=1) if values.size else np.zeros((self.count, 0))

    def of(self, way: Way) -> Spread:
        """The spread of a way of reading."""
        if way not in self._known:
            self._known[way] = self._spread(way)
        return self._known[way]

    def _spread(self, way: Way) -> Spread:
        at, row, pattern, mass, unhurt, begin = [], [], [], [], [], 0
        for part, places, start, count in zip(self.parts, self.places, (0, self.first), (self.first, 0), strict=True):
            weight = _weight(part, way)
            states = states_of(weight, way)
            length = states.shape[-1]
            at.append((begin + places[:, None] * length + np.arange(length)).ravel())
            row.append(np.repeat(part.rows * GRID, length))
            pattern.append(np.repeat(places + start, length))
            mass.append(states.reshape(len(states), -1))
            unhurt.append(_unhurt(weight, way))
            begin += count * length
        aside = np.concatenate(unhurt)
        numbers = np.concatenate(at), np.concatenate(row), np.concatenate(pattern)
        return Spread(*numbers, np.concatenate(mass, axis=1), aside, self.sums(aside))


def _weight(part: Part, way: Way) -> Array:
    """The mass of a part's states, with reliability before them; of what is alike to a way, one holds both."""
    found = part.motor if way.kind == "motor" else part.sense if way.kind == "sense" else part.arcs[None]
    if way.same_trust:
        found = found.sum(axis=0, keepdims=True)
    if not way.same_constitution:
        return found
    return np.concatenate([found[..., :1] + found[..., 1:2], found[..., 1:2], found[..., 2:]], axis=-1)


def _unhurt(weight: Array, way: Way) -> Array:
    """(variants, r × c)."""
    if not way.same_unhurt:
        return np.zeros((weight.shape[-3], 0))
    found = weight[..., 0, :: 2 if way.same_constitution else 1]
    found = found.sum(axis=tuple(range(1, found.ndim - 2)))
    return np.asarray(found.swapaxes(0, 1).reshape(found.shape[1], found.shape[0] * found.shape[2]))
