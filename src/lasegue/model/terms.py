"""Terms: one finding each, as a likelihood over the states that can tell it.

Axes, always in this order: r reliability (2) · d map · g anatomy · p pattern · a motor loss · b sensory loss · c background (3).
A term leaves out the axes that it does not see.
"""

from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from lasegue.model import tables
from lasegue.model.joined import Tables
from lasegue.model.patterns import LOSSES, MODALITIES
from lasegue.wiring import Array

BACKGROUNDS: Final = ("none", "constitutional", "mild_neuropathy")
STATEMENT_TRUST: Final = 0.65
"""How often "all other muscles normal" rests on the usual screen having been done."""
ARC_FOR_BRISK: Final = 0.35
"""Below this share kept, an arc can no longer be brisk."""


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


class Term(Protocol):
    """A finding on one side, or on none."""

    key: str


@dataclass(frozen=True, slots=True, eq=False)
class MotorTerm:
    """Power of one target, or a test that reads muscles: P(value | kept) by reliability, with a rate by pattern beside it.

    `others` are the tables of the values that it might have had instead; without them there is but one other.
    """

    key: str
    reading: Reading
    table: Array
    rate: dict[str, float] = field(default_factory=dict)
    others: tuple[Array, ...] = ()

    def likelihood(self, block: Tables) -> Array:
        """(r, g, p, a, c)."""
        kept = tables.before(self.reading.motor(block), self.reading.background)
        found = tables.look(self.table, tables.index(kept))
        return found if not self.rate else _either(found, block, self.rate)


@dataclass(frozen=True, slots=True, eq=False)
class AbsentTestTerm:
    """A negative test that reads muscles: neither the wiring nor the lesion's own rate made it positive."""

    key: str
    positive: MotorTerm

    def likelihood(self, block: Tables) -> Array:
        """(r, g, p, a, c)."""
        return 1.0 - self.positive.likelihood(block)


def _either(found: Array, block: Tables, rate: dict[str, float]) -> Array:
    """P(at least one of two causes), the second given by pattern."""
    other = block.by_pattern(rate)
    return 1.0 - (1.0 - found) * (1.0 - other[:, None, None])


@dataclass(frozen=True, slots=True, eq=False)
class StatementTerm:
    """ "All other muscles normal": one statement on the usual screen, true of each of its movements or never tested."""

    key: str
    readings: tuple[tuple[Reading, float], ...]

    def likelihood(self, block: Tables) -> Array:
        """(r, g, p, a, c)."""
        product = np.ones(())
        for reading, reserve in self.readings:
            kept = tables.index(tables.before(reading.motor(block), reading.background))
            bands = tables.power(reserve)
            product = product * tables.look(bands[:, 5] + 0.6 * bands[:, 4], kept)
        return np.asarray(STATEMENT_TRUST * product + (1 - STATEMENT_TRUST))


@dataclass(frozen=True, slots=True, eq=False)
class SomewhereTerm:
    """ "The leg is weak", no muscle named: the weakest of some movements. P(value | kept) by reliability is that of the weakest."""

    key: str
    readings: tuple[Reading, ...]
    table: Array

    def likelihood(self, block: Tables) -> Array:
        """(r, g, p, a, c)."""
        kept = [tables.before(reading.motor(block), reading.background) for reading in self.readings]
        return tables.look(self.table, tables.index(np.minimum.reduce(kept)))


@dataclass(frozen=True, slots=True, eq=False)
class NeedleTerm:
    """Denervation, or its absence, in one muscle. `informative` falls before the third week."""

    key: str
    reading: Reading
    denervated: bool
    informative: float

    def likelihood(self, block: Tables) -> Array:
        """(r, g, p, a, c); reliability of power testing does not touch it."""
        kept = tables.index(tables.before(self.reading.motor(block, needle=True), self.reading.background))
        table = self.informative * tables.denervation() + (1 - self.informative) * 0.1
        found = tables.look(table if self.denervated else 1 - table, kept)
        return np.stack([found, found])


@dataclass(frozen=True, slots=True, eq=False)
class SenseTerm:
    """Sensation over one patch."""

    key: str
    reading: Reading
    value: str
    source: str
    modalities: tuple[str, ...]
    irritates: dict[str, float]

    def _scale(self, block: Tables) -> Array:
        if not self.modalities:
            return np.asarray(block.modality.max(axis=1))
        return np.asarray(block.modality[:, [MODALITIES.index(m) for m in self.modalities]].mean(axis=1))

    def likelihood(self, block: Tables) -> Array:
        """(r, d, g, p, b, c)."""
        lost = (1.0 - self.reading.skin(block)) * self._scale(block)[:, None]
        kept = tables.index(tables.before(1.0 - lost, self.reading.background))
        reach = lost[..., -1:] / LOSSES[-1]
        active = (block.by_pattern(self.irritates)[:, None] * reach)[..., None]
        if self.value in ("paraesthesia", "hyperalgesia"):
            rate = 0.05 + 0.85 * active if self.value == "paraesthesia" else 0.02 + 0.40 * active
            found = np.broadcast_to(rate, kept.shape)
            return np.stack([found, found])
        if self.source == "reported" and self.value != "normal":
            found = 1.0 - (1.0 - tables.look(tables.numb(), kept)) * (1.0 - 0.5 * active)
            return np.stack([found, found])
        return tables.look(tables.sense()[:, tables.SENSE_VALUES.index(self.value)], kept)


@dataclass(frozen=True, slots=True, eq=False)
class PotentialTerm:
    """A sensory nerve potential, which sees only what lies beyond the ganglion."""

    key: str
    reading: Reading
    lost: bool

    def likelihood(self, block: Tables) -> Array:
        """(r, d, g, p, b, c)."""
        kept = tables.index(tables.before(self.reading.skin(block, potential=True), self.reading.background))
        found = tables.look(tables.potential() if self.lost else 1 - tables.potential(), kept)
        return np.stack([found, found])


@dataclass(frozen=True, slots=True, eq=False)
class ReflexTerm:
    """One reflex: effector by motor loss, afferent by sensory loss, exaggerated where the pattern says so.

    An afferent through the skin reads the first map of the block: reflex arcs are not what the maps disagree about. `habit` is
    how often healthy people lack this reflex, beyond what the shared background tells of the ankle; `brisk_rate` how often
    a normal one is called brisk, which is likelier beside other brisk ones.
    """

    key: str
    effector: Reading
    afferent_skin: Reading | None
    column: int
    plantar: bool
    value: int
    habit: float = 0.0
    brisk_rate: float = tables.LIVELY

    def likelihood(self, block: Tables) -> Array:
        """(g, p, a, b, c)."""
        effector = self.effector.motor(block)
        afferent = effector if self.afferent_skin is None else self.afferent_skin.skin(block)[0]
        arc = effector[..., :, None] * (afferent * block.arc[:, self.column])[..., None, :]
        arc = tables.before(arc, self.effector.background)
        if self.plantar:
            up = block.upgoing[:, None, None, None]
            return np.asarray((1 - up) * tables.look(tables.plantar()[self.value], tables.index(arc)) + up * tables.EXTENSOR[self.value])
        brisk = block.brisk[:, self.column, None, None, None] * np.minimum(1.0, arc / ARC_FOR_BRISK)
        ordinary = tables.look(tables.reflex(self.habit, self.brisk_rate)[self.value], tables.index(arc))
        return np.asarray((1 - brisk) * ordinary + brisk * tables.EXAGGERATED[self.value])


@dataclass(frozen=True, slots=True, eq=False)
class RateTerm:
    """A sign that the wiring does not explain, at its rate under the lesion that a pattern belongs to."""

    key: str
    rate: dict[str, float]

    def likelihood(self, block: Tables) -> Array:
        """(p,)."""
        return block.by_pattern(self.rate)


@dataclass(frozen=True, slots=True, eq=False)
class RowTerm:
    """A finding of no side, or of the whole story: P(finding | row), (rows,). `present` is False for what was denied."""

    key: str
    rows: Array
    present: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class MidTerm:
    """A finding in the midline: it reads both sides at once. `normal` marks one that can only reassure.

    `lost` is how far the supply is lost at a share kept, 0 to 1 (GRID,): the finding's rate runs from `when_kept` (rows,) to `when_lost`;
    `healthy` is its rate in people with nothing found.
    """

    key: str
    reading: Reading
    skin: bool
    lost: Array
    when_lost: float
    when_kept: Array
    healthy: float
    normal: bool
    modalities: tuple[str, ...] = ()

    def rate(self, kept: Array, when_kept: Array | float) -> Array:
        """P(finding | kept by the two sides together), for rows with the given rate when all is kept."""
        share = self.lost[tables.index(kept * self.reading.background)]
        return np.asarray(when_kept + (self.when_lost - when_kept) * share)
