"""Terms: one finding each, as a likelihood over the states that can tell it.

Axes, always in this order: r reliability (2) · d map · g anatomy · p pattern · a motor loss · b sensory loss · c background (3).
A term leaves out the axes that it does not see.
"""

from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np

from lasegue.model import places, tables
from lasegue.model.joined import Tables
from lasegue.model.places import Places
from lasegue.model.reading import Reading
from lasegue.wiring import Array

BACKGROUNDS: Final = ("none", "constitutional", "mild_neuropathy")
STATEMENT_TRUST: Final = 0.65
"""How often "all other muscles normal" rests on the usual screen having been done."""
ARC_FOR_BRISK: Final = 0.35
"""Below this share kept, an arc can no longer be brisk."""


class Term(Protocol):
    """A finding on one side, or on none."""

    key: str


@dataclass(frozen=True, slots=True, eq=False)
class MotorTerm:
    """Power of one target, or a test that reads muscles: P(value | kept) by reliability, with a rate by pattern beside it.

    `others` are the tables of the values that it might have had instead; without them there is but one other. `needle` is True of wasting:
    it shows fibres that died, as the needle does, and not what will, pain or the upper motor neuron withhold.
    """

    key: str
    reading: Reading
    table: Array
    rate: dict[str, float] = field(default_factory=dict)
    others: tuple[Array, ...] = ()
    needle: bool = False

    def likelihood(self, block: Tables) -> Array:
        """(r, g, p, a, c)."""
        found = tables.look(self.table, places.places(places.muscle, block, self.reading, self.needle))
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
            bands = tables.power(reserve)
            product = product * tables.look(bands[:, 5] + 0.6 * bands[:, 4], places.places(places.muscle, block, reading))
        return np.asarray(STATEMENT_TRUST * product + (1 - STATEMENT_TRUST))


@dataclass(frozen=True, slots=True, eq=False)
class SomewhereTerm:
    """ "The leg is weak", no muscle named: the weakest of some movements. P(value | kept) by reliability is that of the weakest."""

    key: str
    readings: tuple[Reading, ...]
    table: Array

    def likelihood(self, block: Tables) -> Array:
        """(r, g, p, a, c)."""
        return tables.look(self.table, places.places(places.weakest, block, *self.readings))


@dataclass(frozen=True, slots=True, eq=False)
class NeedleTerm:
    """Denervation, or its absence, in one muscle. `informative` falls before the third week."""

    key: str
    reading: Reading
    denervated: bool
    informative: float

    def likelihood(self, block: Tables) -> Array:
        """(r, g, p, a, c); reliability of power testing does not touch it."""
        kept = places.places(places.muscle, block, self.reading, True)
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

    def likelihood(self, block: Tables) -> Array:
        """(r, d, g, p, b, c)."""
        kept: Places = places.places(places.skin, block, self.reading, self.modalities)
        if self.value in ("paraesthesia", "hyperalgesia"):
            active = self._active(block)
            rate = 0.05 + 0.85 * active if self.value == "paraesthesia" else 0.02 + 0.40 * active
            found = np.broadcast_to(rate, kept.shape)
            return np.stack([found, found])
        if self.source == "reported" and self.value != "normal":
            found = 1.0 - (1.0 - tables.look(tables.numb(), kept)) * (1.0 - 0.5 * self._active(block))
            return np.stack([found, found])
        return tables.look(tables.sense()[:, tables.SENSE_VALUES.index(self.value)], kept)

    def _active(self, block: Tables) -> Array:
        """The chance of tingling there: (d, g, p, 1, 1)."""
        reach = places.places(places.reach, block, self.reading, self.modalities)
        return np.asarray((block.by_pattern(self.irritates) * reach)[..., None, None])


@dataclass(frozen=True, slots=True, eq=False)
class PotentialTerm:
    """A sensory nerve potential, which sees only what lies beyond the ganglion."""

    key: str
    reading: Reading
    lost: bool

    def likelihood(self, block: Tables) -> Array:
        """(r, d, g, p, b, c)."""
        kept = places.places(places.potential, block, self.reading)
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
        what = (self.effector, self.afferent_skin, self.column)
        at = places.places(places.arc, block, *what)
        if self.plantar:
            up = block.upgoing[:, None, None, None]
            return np.asarray((1 - up) * tables.look(tables.plantar()[self.value], at) + up * tables.EXTENSOR[self.value])
        found = tables.look(tables.reflex(self.habit, self.brisk_rate)[self.value], at)
        lively = np.flatnonzero(block.brisk[:, self.column])
        if len(lively):
            some = block.pick(lively)
            kept = places.arc_kept(some, *what)
            brisk = some.brisk[:, self.column, None, None, None] * np.minimum(1.0, kept / ARC_FOR_BRISK)
            found[:, lively] = (1 - brisk) * found[:, lively] + brisk * tables.EXAGGERATED[self.value]
        return found


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
