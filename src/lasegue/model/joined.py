"""Two patterns that act on one side together: what both leave is the product, over all pairs of their losses."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.model.numbered import numbered
from lasegue.model.patterns import Based, Block, Portion
from lasegue.wiring import Array

COARSE: Final = (0, 2, 3)
"""Which of the five losses a pair of lesions knows: irritated, moderate, severe."""
MERGED: Final = np.array([[1, 0, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 1, 1]], dtype=np.float64)
"""How the five severities fall into those three."""


def coarse(parts: tuple[Block, Block]) -> Block:
    """All patterns in one block: the typical anatomy, the first map, three losses."""
    middle = len(parts[0].anatomy_share) // 2
    cut = list(COARSE)
    return Block(
        names=(*parts[0].names, *parts[1].names),
        motor=np.concatenate([part.motor for part in parts], axis=1)[:, :, cut],
        needle=np.concatenate([part.needle for part in parts], axis=1)[:, :, cut],
        skin=np.concatenate([part.skin for part in parts], axis=1)[:, :, cut],
        potential=np.concatenate([part.potential for part in parts], axis=1)[:, :, cut],
        motor_weight=parts[0].motor_weight[:, middle : middle + 1],
        skin_weight=parts[0].skin_weight[:1, middle : middle + 1],
        anatomy_share=np.ones(1),
        map_share=np.ones(1),
        modality=np.concatenate([part.modality for part in parts]),
        brisk=np.concatenate([part.brisk for part in parts]),
        upgoing=np.concatenate([part.upgoing for part in parts]),
        arc=np.concatenate([part.arc for part in parts])[..., cut],
    )


@dataclass(frozen=True, eq=False)
class Joined(Based):
    """Pairs of patterns of one block, at the given losses of each. Reads like a `Block` whose losses are all pairs of theirs.

    `lasting` pairs are those of every case, of which what is read is worth recalling.
    """

    base: Block
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    losses: tuple[int, ...]
    lasting: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """How many pairs, and pairs of losses."""
        return len(self.first), len(self.losses) ** 2

    def _kept(self, weight: Array, table: Array, strands: NDArray[np.intp]) -> Array:
        """Sum over strands of weight × what both leave: (..., pairs, losses²). `table` is what each pattern leaves.

        One matrix product over all states of the patterns in use, of which the pairs then pick theirs.
        """
        used, gather = self._used
        states = table[np.ix_(strands, used, np.array(self.losses))].reshape(len(strands), -1)
        products = (weight[..., None, :] * states.T) @ states
        found = np.take(products.reshape(*weight.shape[:-1], -1), gather, axis=-1)
        return np.asarray(found.reshape(*weight.shape[:-1], len(self.first), -1))

    @cached_property
    def _used(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The patterns in use, and where each pair of states stands among all of theirs: (pairs, losses, losses)."""
        used, place = numbered(np.concatenate([self.first, self.second]), len(self.base.names))
        every, count = np.arange(len(self.losses)), len(self.losses)
        one = place[: len(self.first), None, None] * count + every[:, None]
        two = place[len(self.first) :, None, None] * count + every[None, :]
        return used, one * (len(used) * count) + two

    def pick(self, keep: NDArray[np.intp]) -> "Joined":
        """Some of these pairs."""
        return Joined(self.base, self.first[keep], self.second[keep], self.losses)

    def motor_kept(self, strands: NDArray[np.intp], shares: Array, needle: bool = False) -> Array:
        """As `Block.motor_kept`."""
        table = self.base.needle if needle else self.base.motor
        return self._kept(self.base.motor_weight[0][:, strands] * shares, table, strands)

    def skin_kept(self, strands: NDArray[np.intp], shares: Array, potential: bool) -> Array:
        """As `Block.skin_kept`."""
        table = self.base.potential if potential else self.base.skin
        return self._kept(self.base.skin_weight[:, :, strands] * shares, table, strands)

    def by_pattern(self, values: dict[str, float]) -> Array:
        """The larger of the two patterns' values: (pairs,)."""
        alone = self.base.by_pattern(values)
        return np.maximum(alone[self.first], alone[self.second])

    @property
    def modality(self) -> Array:
        """The larger scale of sensory loss: (pairs, modalities)."""
        return np.maximum(self.base.modality[self.first], self.base.modality[self.second])

    @property
    def brisk(self) -> Array:
        """The larger chance of an exaggerated reflex: (pairs, reflexes)."""
        return np.maximum(self.base.brisk[self.first], self.base.brisk[self.second])

    @property
    def upgoing(self) -> Array:
        """The larger chance of an extensor plantar: (pairs,)."""
        return np.maximum(self.base.upgoing[self.first], self.base.upgoing[self.second])

    @property
    def arc(self) -> Array:
        """What both leave of a reflex arc: (pairs, reflexes, losses²)."""
        cut = self.base.arc[..., self.losses]
        both = cut[self.first][..., :, None] * cut[self.second][..., None, :]
        return np.asarray(both.reshape(*both.shape[:-2], -1))


Tables = Portion | Joined
