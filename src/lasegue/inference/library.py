"""The tables that the compiled sums read: where each state of each pattern falls on the grid, one slot for everything that is read.

They hang on the model alone, so that the cases of a batch share them. A library that is full begins anew.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.model import Model
from lasegue.model.patterns import Portion
from lasegue.model.places import Places, arc, arc_kept, muscle, places, potential, skin, weakest
from lasegue.model.reading import Reading
from lasegue.model.terms import ARC_FOR_BRISK
from lasegue.wiring import Array

MOTOR_STATE: Final = (0, 1, 2, 3, 4, 1, 2, 3, 4, 0, 0, 1, 2)
SENSORY_STATE: Final = (0, 1, 2, 3, 4, 0, 0, 1, 2, 1, 2, 3, 4)
"""The pairs of motor and sensory loss that a lesion can have: equal, or one two levels lower."""
ROOM: Final = {"muscle": 384, "skin": 384, "arc": 48}
"""Slots of each kind."""


class Shelf:
    """Slots of one kind of table, with an array for each part of what a slot holds."""

    def __init__(self, room: int, parts: tuple[NDArray[Any], ...]) -> None:
        self.room = room
        self.parts = parts
        self.slots: dict[tuple[Any, ...], int] = {}

    def slot(self, key: tuple[Any, ...], make: Callable[[], tuple[NDArray[Any], ...]]) -> int:
        """The slot of what `key` names, made where it is not there yet."""
        found = self.slots.get(key)
        if found is None:
            found = self.slots[key] = len(self.slots)
            for part, table in zip(self.parts, make(), strict=True):
                part[found] = table
        return found


def _by_background(found: Places) -> Places:
    """([d,] g, p, x, c) as (c, p × [d ×] x × g)."""
    turned = np.moveaxis(found, (-1, -3, -2), (0, 1, -2))
    return np.ascontiguousarray(turned).reshape(len(turned), -1)


class Library:
    """Tables of one model for both of its blocks, and what is read of them."""

    def __init__(self, model: Model) -> None:
        self.model = model
        sizes = [(b.shape[0], len(b.anatomy_share), len(b.map_share)) for b in model.blocks]
        self.muscle = Shelf(ROOM["muscle"], self._tables("muscle", [(3, p * 4 * g) for p, g, _ in sizes], whole=True))
        self.skin = Shelf(ROOM["skin"], self._tables("skin", [(3, p * 4 * g * d) for p, g, d in sizes], whole=True))
        self.brisk = np.concatenate([block.brisk for block in model.blocks])
        self.upgoing = np.concatenate([block.upgoing for block in model.blocks])
        self.irritates = np.array(list(model.irritates().values()))
        arcs = [(3, p * len(MOTOR_STATE) * g) for p, g, _ in sizes]
        lifts = tuple(np.zeros((ROOM["arc"], *shape)) for shape in arcs)
        self.arc = Shelf(ROOM["arc"], (*self._tables("arc", arcs, whole=False), *lifts))

    def _tables(self, kind: str, shapes: Sequence[tuple[int, ...]], whole: bool) -> tuple[Places, ...]:
        found = [np.zeros((ROOM[kind], *shape), dtype=np.uint8) for shape in shapes]
        if whole:
            found += [np.zeros((ROOM[kind], 3), dtype=np.uint8), np.zeros(ROOM[kind], dtype=np.uint8)]
        return tuple(found)

    def make_room(self, readings: int) -> None:
        """Begin anew where so many more readings might not fit."""
        for shelf in (self.muscle, self.skin, self.arc):
            if len(shelf.slots) + readings > shelf.room:
                shelf.slots.clear()

    def read(self, work: Callable[..., Places], *what: Any) -> int:
        """The slot of what is read of muscles or of skin."""
        shelf = self.muscle if work in (muscle, weakest) else self.skin
        return shelf.slot((work, *what), lambda: self._split([places(work, block, *what) for block in self.model.blocks]))

    @staticmethod
    def _split(found: list[Places]) -> tuple[Places, ...]:
        """The losses above 0 of each block; what every state has at 0; whether the constitution changes nothing."""
        whole = found[1].reshape(-1, *found[1].shape[-2:])[0, 0]
        same = np.asarray(all(bool((one[..., 0] == one[..., 1]).all()) for one in found), dtype=np.uint8)
        return (*(_by_background(one[..., 1:, :]) for one in found), whole, same)

    def reflex(self, effector: Reading, afferent: Reading | None, column: int) -> int:
        """The slot of a reflex arc."""

        def make() -> tuple[NDArray[Any], ...]:
            what = (effector, afferent, column)
            at = [_by_background(_states(places(arc, block, *what))) for block in self.model.blocks]
            return (*at, *(_lift(block, *what) for block in self.model.blocks))

        return self.arc.slot((effector, afferent, column), make)

    def block(self, number: int) -> tuple[NDArray[Any], ...]:
        """The tables of a block in the order in which the kernel wants them."""
        motor, skins, arcs = self.muscle.parts, self.skin.parts, self.arc.parts
        return motor[number], motor[2], skins[number], skins[2], arcs[number], arcs[2 + number]


def _states(found: NDArray[Any]) -> NDArray[Any]:
    """(g, p, a, b, c) at the states that there are: (g, p, states, c)."""
    return found[:, :, list(MOTOR_STATE), list(SENSORY_STATE)]


def _lift(block: Portion, effector: Reading, afferent: Reading | None, column: int) -> Array:
    """How far an arc can still be brisk, of the patterns that make it so: (c, p × states × g)."""
    lively = np.flatnonzero(block.brisk[:, column])
    found = np.zeros((3, block.shape[0], len(MOTOR_STATE), len(block.anatomy_share)))
    if len(lively):
        kept = np.minimum(1.0, arc_kept(block.pick(lively), effector, afferent, column) / ARC_FOR_BRISK)
        found[:, lively] = np.moveaxis(_states(kept), (3, 1, 2), (0, 1, 2))
    return found.reshape(3, -1)


@lru_cache(maxsize=5)
def library(model: Model) -> Library:
    """The library of a model."""
    return Library(model)


__all__ = ["MOTOR_STATE", "SENSORY_STATE", "Library", "library", "potential", "skin"]
