"""The tables of two patterns that act together, for the compiled sums: of all that are screened, and of those that are weighed.

Those that are screened are in the tables at once, at one loss. Those that are weighed get a number when a case first asks for them, and
their places when a finding first reads them: the same pairs come back case after case.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.inference.library import ROOM, Shelf
from lasegue.inference.pairs import LOSSES, at_rest_reading, screen_of
from lasegue.model import Model
from lasegue.model.joined import Joined
from lasegue.model.places import arc, arc_kept, muscle, places, reach, weakest
from lasegue.model.reading import Reading
from lasegue.model.terms import ARC_FOR_BRISK
from lasegue.wiring import Array

MARKS: Final = 4096
"""Pairs of patterns that have a number; when all are given the numbering begins anew."""
LOSS_PAIRS: Final = len(LOSSES) ** 2


class PairLibrary:
    """Tables of one model's pairs of patterns."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.how = screen_of(model)
        wide = len(self.how.block.first)
        self.screened = {kind: Shelf(ROOM[kind], (np.zeros((ROOM[kind], wide), dtype=np.uint8),)) for kind in ("muscle", "skin")}
        arcs = (np.zeros((ROOM["arc"], wide), dtype=np.uint8), np.zeros((ROOM["arc"], wide)))
        self.screened["arc"] = Shelf(ROOM["arc"], arcs)
        self.numbers = np.full(len(model.patterns) ** 2, -1, dtype=np.intp)
        self.given = 0
        self.weighed = {kind: Shelf(ROOM[kind], (np.zeros((ROOM[kind], MARKS), dtype=np.bool_),)) for kind in ROOM}
        self.places = {kind: np.zeros((ROOM[kind], MARKS, LOSS_PAIRS * 3), dtype=np.uint8) for kind in ("muscle", "skin")}
        self.reach = np.zeros((ROOM["skin"], MARKS))
        self.arcs = np.zeros((ROOM["arc"], MARKS, 2, LOSS_PAIRS))

    def make_room(self, readings: int) -> None:
        """Begin anew where so many more readings might not fit."""
        for shelf in (*self.screened.values(), *self.weighed.values()):
            if len(shelf.slots) + readings > shelf.room:
                shelf.slots.clear()

    # -- those that are screened ---------------------------------------------------------------------------------------

    def screen(self, work: Callable[..., Any], *what: Any) -> int:
        """The slot of what is read of muscles or skin by all pairs, in a person without background."""
        rest = [at_rest_reading(one) if isinstance(one, Reading) else one for one in what]
        shelf = self.screened["muscle" if work in (muscle, weakest) else "skin"]
        return shelf.slot((work, *what), lambda: (places(work, self.how.block, *rest).reshape(-1),))

    def screen_reflex(self, effector: Reading, afferent: Reading | None, column: int, plantar: bool) -> int:
        """The slot of a reflex arc, with the chance that it is exaggerated."""
        what = (at_rest_reading(effector), afferent, column)
        block = self.how.block

        def make() -> tuple[NDArray[Any], ...]:
            kept = arc_kept(block, *what).reshape(-1)
            up = block.upgoing if plantar else block.brisk[:, column] * np.minimum(1.0, kept / ARC_FOR_BRISK)
            return places(arc, block, *what).reshape(-1), up

        return self.screened["arc"].slot((effector, afferent, column, plantar), make)

    def screen_reach(self, reading: Reading, modalities: tuple[str, ...]) -> Array:
        """How much of a patch of skin each pair takes at the loss of the screening: (pairs,)."""
        return np.asarray(places(reach, self.how.block, at_rest_reading(reading), modalities).reshape(-1))

    # -- those that are weighed ----------------------------------------------------------------------------------------

    def number(self, keys: NDArray[np.intp]) -> NDArray[np.intp]:
        """The numbers of pairs of patterns, given as first × patterns + second, each once."""
        new = keys[self.numbers[keys] < 0]
        if self.given + len(new) > MARKS:
            self.numbers[:] = -1
            self.given = 0
            for shelf in self.weighed.values():
                shelf.slots.clear()
            new = keys
        self.numbers[new] = np.arange(self.given, self.given + len(new))
        self.given += len(new)
        return self.numbers[keys]

    def weigh(self, kind: str, key: tuple[Any, ...], keys: NDArray[np.intp], marks: NDArray[np.intp], fill: Callable[..., None]) -> int:
        """The slot of what is read, with the places of some pairs of patterns in it: `fill` works them out where they are not."""
        shelf = self.weighed[kind]
        slot = shelf.slot(key, lambda: (np.zeros(MARKS, dtype=np.bool_),))
        known = shelf.parts[0][slot]
        missing = ~known[marks]
        if missing.any():
            count = len(self.model.patterns)
            pairs = Joined(self.model.coarse, keys[missing] // count, keys[missing] % count, LOSSES)
            fill(pairs, slot, marks[missing])
            known[marks[missing]] = True
        return slot

    def read(self, what: tuple[Any, ...], keys: NDArray[np.intp], marks: NDArray[np.intp]) -> int:
        """The slot of what is read of muscles or skin."""
        work, *rest = what
        kind = "muscle" if work in (muscle, weakest) else "skin"

        def fill(pairs: Joined, slot: int, some: NDArray[np.intp]) -> None:
            self.places[kind][slot, some] = work(pairs, *rest).reshape(len(some), -1)
            if len(rest) > 1 and kind == "skin":
                self.reach[slot, some] = reach(pairs, *rest).reshape(-1)

        return self.weigh(kind, what, keys, marks, fill)

    def reflex(self, effector: Reading, afferent: Reading | None, column: int, keys: NDArray[np.intp], marks: NDArray[np.intp]) -> int:
        """The slot of a reflex: what its effector keeps by motor losses, and its afferent by sensory ones."""

        def fill(pairs: Joined, slot: int, some: NDArray[np.intp]) -> None:
            motor = effector.motor(pairs)
            sensory = (motor if afferent is None else afferent.skin(pairs)[0]) * pairs.arc[:, column]
            self.arcs[slot, some, 0] = motor.reshape(len(some), -1)
            self.arcs[slot, some, 1] = sensory.reshape(len(some), -1)

        return self.weigh("arc", (effector, afferent, column), keys, marks, fill)


@lru_cache(maxsize=5)
def pair_library(model: Model) -> PairLibrary:
    """The library of a model's pairs."""
    return PairLibrary(model)
