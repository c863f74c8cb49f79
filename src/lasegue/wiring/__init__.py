"""The wiring: one graph from cord to muscle and skin, and what cuts in it leave of each target.

    roots → ganglion → dorsal ramus | ventral ramus → plexus → nerve segments → muscles and skin

What a target keeps is the sum over its strands of weight × the product over the cuts on its path of (1 - loss).
"""

from dataclasses import dataclass

import numpy as np

from lasegue.errors import KnowledgeError
from lasegue.knowledge import Knowledge
from lasegue.wiring.paths import ROOTS, all_segments
from lasegue.wiring.shares import ANATOMIES, ANATOMY_SHARE, MAP_SHARE, MAPS, TYPICAL, Array
from lasegue.wiring.strands import Strands, beyond_the_ganglion, motor_strands, skin_strands


@dataclass(frozen=True, slots=True, eq=False)
class Wiring:
    """Segments by name, and the strands to muscles and to skin."""

    segments: dict[str, int]
    motor: Strands
    skin: Strands

    def kept(self, strands: Strands, cuts: dict[str, float], losses: Array, potential: bool = False) -> Array:
        """What each strand keeps at each loss: (strands, losses).

        `cuts` maps segments to the share that a full lesion takes; `losses` scale it. A sensory `potential` is blind to the roots.
        """
        seen = beyond_the_ganglion(self.segments) if potential else np.ones(len(self.segments), dtype=np.bool_)
        left = np.ones((len(strands.targets), len(losses)))
        for name, share in cuts.items():
            if name not in self.segments:
                raise KnowledgeError([f"no segment of the wiring is called {name}"])
            column = self.segments[name]
            if seen[column]:
                left *= np.where(strands.crosses[:, column, None], 1 - share * losses[None, :], 1.0)
        return left

    def target(
        self, kind: str, name: str, cuts: dict[str, float], loss: float = 1.0, map_: str = "consensus", anatomy: int = TYPICAL
    ) -> float:
        """What one muscle (`kind` motor) or site (`kind` skin) keeps under `cuts`; the query behind tables and claims."""
        strands = self.motor if kind == "motor" else self.skin
        rows = strands.rows[name]
        weight = strands.weight[MAPS.index(map_) if kind == "skin" else 0, anatomy, rows]
        return float(weight @ self.kept(strands, cuts, np.array([loss]))[rows, 0])


def wire(knowledge: Knowledge) -> Wiring:
    """The wiring that the given knowledge describes."""
    segments = {name: column for column, name in enumerate(dict.fromkeys(all_segments(knowledge)))}
    return Wiring(segments, motor_strands(knowledge, segments), skin_strands(knowledge, segments))


__all__ = ["ANATOMIES", "ANATOMY_SHARE", "MAPS", "MAP_SHARE", "ROOTS", "TYPICAL", "Array", "Strands", "Wiring", "wire"]
