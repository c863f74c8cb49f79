"""The findings of a side as the compiled sums want them: numbers of tables in the library, and tables P(value | kept)."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.inference.library import Library
from lasegue.inference.recalled import Same
from lasegue.model import MOST_RATES, Model, tables
from lasegue.model.observe import SideTerm
from lasegue.model.places import muscle, places, potential, reach, skin, weakest
from lasegue.model.terms import (
    AbsentTestTerm,
    MotorTerm,
    NeedleTerm,
    PotentialTerm,
    RateTerm,
    ReflexTerm,
    SenseTerm,
    SomewhereTerm,
    StatementTerm,
)
from lasegue.wiring import Array

TOLD: Final = {"paraesthesia": (0.05, 0.85), "hyperalgesia": (0.02, 0.40)}
"""The rate of a finding without irritation, and what full irritation adds."""
NOTHING: Final = np.zeros((2, tables.GRID))
NO_RATE: dict[str, float] = {}


@dataclass(slots=True)
class Coded:
    """What reads muscles (`motor`), skin (`sense`), arcs and nothing of the wiring (`rates`), each finding as one entry of every list.

    A statement's movements are entries of one group above 0. `spoilt` is the rate beside what muscles tell. `told` is, of what is felt, the
    rate without irritation and what irritation adds. Of reflexes `ups` says which chance exaggerates them.
    """

    motor: list[tuple[Any, ...]] = field(default_factory=list)
    tables: list[Array] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    spoilt: list[dict[str, float]] = field(default_factory=list)
    sense: list[tuple[Any, ...]] = field(default_factory=list)
    felt: list[Array] = field(default_factory=list)
    told: list[tuple[float, float] | None] = field(default_factory=list)
    arcs: list[ReflexTerm] = field(default_factory=list)
    rates: list[tuple[dict[str, float], bool]] = field(default_factory=list)

    def any(self) -> bool:
        """Whether there is a finding."""
        return bool(self.motor or self.sense or self.arcs or self.rates)

    def readings(self) -> int:
        """How many slots of one kind it may need."""
        return max(len(self.motor), len(self.sense), len(self.arcs))


def code(terms: list[SideTerm]) -> Coded:
    """The findings of a side, coded."""
    found = Coded()
    for term in terms:
        match term:
            case SenseTerm() | PotentialTerm():
                _sense(found, term)
            case ReflexTerm():
                found.arcs.append(term)
            case RateTerm():
                found.rates.append((term.rate, False))
            case _:
                _strength(found, term)
    return found


def _strength(found: Coded, term: SideTerm) -> None:
    match term:
        case MotorTerm():
            _motor(found, (muscle, term.reading, term.needle), term.table, spoilt=term.rate)
        case AbsentTestTerm():
            _motor(found, (muscle, term.positive.reading, term.positive.needle), 1.0 - term.positive.table)
            if term.positive.rate:
                found.rates.append((term.positive.rate, True))
        case StatementTerm():
            group = max(found.groups, default=0) + 1
            for reading, reserve in term.readings:
                bands = tables.power(reserve)
                _motor(found, (muscle, reading), bands[:, 5] + 0.6 * bands[:, 4], group)
        case SomewhereTerm():
            _motor(found, (weakest, *term.readings), term.table)
        case NeedleTerm():
            table = term.informative * tables.denervation() + (1 - term.informative) * 0.1
            _motor(found, (muscle, term.reading, True), _twice(table if term.denervated else 1 - table))


def _motor(found: Coded, what: tuple[Any, ...], table: Array, group: int = 0, spoilt: dict[str, float] = NO_RATE) -> None:
    found.motor.append(what)
    found.tables.append(table)
    found.groups.append(group)
    found.spoilt.append(spoilt)


def _twice(table: Array) -> Array:
    """A table that reliability does not touch."""
    return np.stack([table, table])


def _sense(found: Coded, term: SenseTerm | PotentialTerm) -> None:
    told: tuple[float, float] | None = None
    if isinstance(term, PotentialTerm):
        found.sense.append((potential, term.reading))
        table = _twice(tables.potential() if term.lost else 1 - tables.potential())
    else:
        found.sense.append((skin, term.reading, term.modalities))
        if term.value in TOLD:
            table, told = NOTHING, TOLD[term.value]
        elif term.source == "reported" and term.value != "normal":
            table, told = _twice(tables.numb()), (0.0, 0.5)
        else:
            table = tables.sense()[:, tables.SENSE_VALUES.index(term.value)]
    found.felt.append(table)
    found.told.append(told)


def reflex_table(term: ReflexTerm) -> tuple[Array, float]:
    """P(value | arc kept) of a reflex, and P(value | exaggerated)."""
    if term.plantar:
        return tables.plantar()[term.value], float(tables.EXTENSOR[term.value])
    return tables.reflex(term.habit, term.brisk_rate)[term.value], float(tables.EXAGGERATED[term.value])


def by_pattern(model: Model, rates: list[dict[str, float]]) -> Array:
    """Rates by pattern, 0 where there are none: (rates, patterns)."""
    found = np.zeros((len(rates), len(model.patterns)))
    for row, rate in zip(found, rates, strict=True):
        if rate:
            row[:] = _by_pattern(model, Same(rate))
    return found


@lru_cache(maxsize=MOST_RATES)
def _by_pattern(model: Model, rate: Same) -> Array:
    return np.array([rate.one[name] for name in model.patterns])


def extras(coded: Coded) -> NDArray[np.intp]:
    """Which row of what is felt beside what is lost each finding of skin has, or -1."""
    told = np.array([one is not None for one in coded.told], dtype=np.bool_)
    return np.where(told, np.cumsum(told) - 1, -1)


def of_block(store: Library, coded: Coded, number: int, irritates: Array) -> Array:
    """The chance of what is felt beside what is lost, of the findings that have one: (those, patterns of the block, maps × anatomies)."""
    block = store.model.blocks[number]
    first = 0 if number == 0 else store.model.blocks[0].shape[0]
    mine = irritates[first : first + block.shape[0]]
    found = []
    for what, told in zip(coded.sense, coded.told, strict=True):
        if told is not None:
            active = mine * places(reach, block, *what[1:])
            found.append(np.moveaxis(told[0] + told[1] * active, 2, 0).reshape(len(mine), -1))
    return np.array(found) if found else np.zeros((0, block.shape[0], 1))


def slots(store: Library, coded: Coded) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """The slots of what reads muscles, skin and arcs."""
    return (
        np.array([store.read(*what) for what in coded.motor], dtype=np.intp),
        np.array([store.read(*what) for what in coded.sense], dtype=np.intp),
        np.array([store.reflex(t.effector, t.afferent_skin, t.column) for t in coded.arcs], dtype=np.intp),
    )
