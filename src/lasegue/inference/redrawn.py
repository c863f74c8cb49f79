"""Root shares drawn anew for every member of the ensemble.

They hang on the model and the seed alone, and so are drawn once, when a finding first reads them.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.model import Model
from lasegue.model.patterns import Based, Portion
from lasegue.wiring import Array, Strands

SHARES_SPREAD: Final = 0.30
"""Spread of the logarithm of a root share: shares are good to about .15 (judgement)."""
STEADY: Final = 32
"""A patch of skin with more branches than this keeps its shares: the errors of so many cancel (a spread of .03 is left at 32)."""


class Drawn:
    """The shares of all strands of one kind: (strands, maps, members, anatomies), drawn when somebody first reads them.

    In single precision, which is far finer than the noise.
    """

    def __init__(self, weight: Array, strands: Strands, noise: Array) -> None:
        maps, anatomies, count = weight.shape
        self.weight = weight
        self.group = strands.group
        self.noise = noise
        self.shares = np.empty((count, maps, len(noise), anatomies), dtype=np.float32)
        self.known = np.zeros(count, dtype=np.bool_)

    def mixed(self, strands: NDArray[np.intp], members: slice, kept: Array) -> NDArray[np.float32]:
        """The sum over some strands, which are whole branches of targets: (k, p, x) gives (maps, members × anatomies, p, x)."""
        new = strands[~self.known[strands]]
        if len(new):
            self.shares[new] = _redrawn(self.weight[..., new], self.noise[:, new], self.group[new])
            self.known[new] = True
        shares = self.shares[strands, :, members]
        found = shares.reshape(len(strands), -1).T @ kept.reshape(len(kept), -1).astype(shares.dtype)
        return found.reshape(shares.shape[1], -1, *kept.shape[1:])


def _redrawn(weight: Array, noise: Array, group: NDArray[np.intp]) -> Array:
    """Root shares, (maps, anatomies, strands), with noise, (members, strands), summing as before within each branch of each target.

    The strands of a branch stand together. (strands, maps, members, anatomies).
    """
    first = np.flatnonzero(np.diff(group, prepend=-1))
    before = np.moveaxis(weight, -1, 0)[:, :, None, :]
    drawn = before * noise.T[:, None, :, None]
    sums, after = np.add.reduceat(before, first, axis=0), np.add.reduceat(drawn, first, axis=0)
    scale = np.divide(sums, after, out=np.ones_like(after), where=after > 0)
    return np.asarray(drawn * np.repeat(scale, np.diff(first, append=len(group)), axis=0))


def moved(rate: Array, noise: Array) -> Array:
    """A rate with noise on its log odds."""
    odds = rate / (1.0 - rate) * np.exp(noise)
    return np.asarray(odds / (1.0 + odds))


@dataclass(frozen=True, slots=True, eq=False)
class DrawnShares:
    """The shares of a block's strands to muscles and to skin."""

    motor: Drawn
    skin: Drawn

    def of(self, base: Portion, members: slice) -> "Redrawn":
        """Some of the block's patterns under some members."""
        return Redrawn(base, self, members)


@lru_cache(maxsize=8)
def drawn_shares(model: Model, block: int, members: int, seed: int) -> DrawnShares:
    """The shares of one of a model's blocks. A seed stands for its models."""
    random = np.random.default_rng([seed, members])
    wiring, base = model.wiring, model.blocks[block]
    motor, skin = (np.exp(random.normal(0.0, SHARES_SPREAD, (members, len(kind.targets)))) for kind in (wiring.motor, wiring.skin))
    return DrawnShares(Drawn(base.motor_weight, wiring.motor, motor), Drawn(base.skin_weight, wiring.skin, skin))


@dataclass(frozen=True, slots=True, eq=False)
class Redrawn(Based):
    """A block whose anatomies are drawn anew for some members: the axis holds member after member.

    Reads like a `Block`; shares are redrawn where they are read.
    """

    base: Portion
    shares: DrawnShares
    members: slice

    def motor_kept(self, strands: NDArray[np.intp], shares: Array, needle: bool = False) -> Any:
        """As `Block.motor_kept`: (members × anatomies, patterns, losses)."""
        kept = self.base.muscle(strands, needle) * shares[:, None, None]
        return self.shares.motor.mixed(strands, self.members, kept)[0]

    def skin_kept(self, strands: NDArray[np.intp], shares: Array, potential: bool) -> Any:
        """As `Block.skin_kept`: (maps, members × anatomies, patterns, losses)."""
        if 1 + np.count_nonzero(np.diff(self.shares.skin.group[strands])) > STEADY:
            return np.tile(self.base.skin_kept(strands, shares, potential), (1, self.members.stop - self.members.start, 1, 1))
        return self.shares.skin.mixed(strands, self.members, self.base.site(strands, potential) * shares[:, None, None])

    def pick(self, keep: NDArray[np.intp]) -> "Redrawn":
        """Some of the patterns."""
        return replace(self, base=self.base.pick(keep))
