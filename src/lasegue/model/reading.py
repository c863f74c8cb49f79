"""What a finding reads: strands with their shares of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lasegue.model.joined import Tables
from lasegue.wiring import Array


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What is read: strands with their shares of the finding, the part of it that cannot be lost, and the background's factor (3,)."""

    strands: NDArray[np.intp]
    shares: Array
    background: Array
    spared: float | Array = 0.0

    def motor(self, block: Tables, needle: bool = False) -> Array:
        """Kept of muscles, for the hand or for the needle: (g, p, x)."""
        return block.motor_kept(self.strands, self.shares, needle) + self.spared

    def skin(self, block: Tables, potential: bool = False) -> Array:
        """Kept of skin, or of the sensory potential: (d, g, p, x)."""
        return block.skin_kept(self.strands, self.shares, potential) + self.spared
