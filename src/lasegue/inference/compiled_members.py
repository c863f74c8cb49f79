"""A side under some members of the ensemble by the compiled sums: the same as `ensemble` works out with NumPy.

A block is here one that is `Redrawn`, which reads like any other.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lasegue.inference import kernel_members as kernel
from lasegue.inference.coded import Coded, code, reflex_table
from lasegue.inference.kernel import STATES, stated
from lasegue.inference.redrawn import moved
from lasegue.inference.sides import POWER_TRUST, SENSE_TRUST
from lasegue.model import tables
from lasegue.model.observe import SideTerm
from lasegue.model.places import lost_of, muscle, potential, reach, weakest
from lasegue.model.terms import PotentialTerm, RateTerm, SenseTerm
from lasegue.wiring import Array

Pair = tuple[Array, Array]


def combine(terms: Sequence[SideTerm], block: Any, members: int, noise: dict[str, Array]) -> Array:
    """As `ensemble.combine`: (members, p, states, c)."""
    coded = code(list(terms))
    patterns = block.shape[0]
    found = np.empty((members, patterns, STATES, 3))
    parts = (_power(coded, block), _senses(coded, terms, block, members), _arcs(coded, block, members))
    there = np.array([part is not None for part in parts])
    blank = np.ones((1, 1, 1)), np.ones((1, 1, 1)), np.ones((1, 1, 1, 1))
    power, felt, arcs = (b if part is None else part for part, b in zip(parts, blank, strict=True))
    kernel.summed(found, block.anatomy_share, power, felt, arcs, there)
    for rate, turned in coded.rates:
        if turned:
            found *= (1.0 - block.by_pattern(rate))[:, None, None]
    for term in terms:
        if isinstance(term, RateTerm):
            found *= moved(term.likelihood(block)[None, :], noise[term.key])[:, :, None, None]
    return found


def _steps(kept: Array) -> Array:
    """Where on the grid a share of 1 stands, what rounds, the last place, and the first: in the precision of what is kept."""
    last = tables.GRID - 1.0
    return np.array([last, tables.HALF, last + tables.HALF, 0.0], dtype=kept.dtype)


def _placed(kept: Array, background: Array) -> NDArray[np.uint8]:
    """(..., p, x) as places (n, p, x × c), maps before anatomies."""
    flat = np.ascontiguousarray(kept.reshape(-1, *kept.shape[-2:]))
    at = kernel.placed(flat, background.astype(flat.dtype), _steps(flat))
    return np.asarray(at.reshape(*flat.shape[:2], -1))


def _ones(at: NDArray[np.uint8]) -> Pair:
    return np.ones(at.shape), np.ones(at.shape)


def _strong(what: tuple[Any, ...], block: Any) -> NDArray[np.uint8]:
    work, *rest = what
    if work is muscle:
        return _placed(rest[0].motor(block, *rest[1:]), rest[0].background)
    assert work is weakest
    return np.asarray(np.minimum.reduce([_placed(reading.motor(block), reading.background) for reading in rest]))


def _power(coded: Coded, block: Any) -> Array | None:
    """P(what reads muscles | state) by member and anatomy, mixed over reliability: (n, p, losses × c)."""
    whole: Pair | None = None
    statement: Pair | None = None
    last = len(coded.motor) - 1
    for f, (what, table, group, spoilt) in enumerate(zip(coded.motor, coded.tables, coded.groups, coded.spoilt, strict=True)):
        at = _strong(what, block)
        whole = whole or _ones(at)
        if group == 0:
            beside = block.by_pattern(spoilt)[None, :] if spoilt else np.zeros((1, at.shape[1]))
            kernel.times(*whole, at, table, beside)
            continue
        statement = statement or _ones(at)
        kernel.times(*statement, at, table, np.zeros((1, at.shape[1])))
        if f == last or coded.groups[f + 1] != group:
            stated(*whole, *statement)
            statement = None
    return None if whole is None else kernel.over_trust(*whole, POWER_TRUST, np.ones(1), len(whole[0]))


def _senses(coded: Coded, terms: Sequence[SideTerm], block: Any, members: int) -> Array | None:
    """P(what is felt | state), mixed over reliability and maps: (n, p, losses × c)."""
    whole: Pair | None = None
    mine = [term for term in terms if isinstance(term, SenseTerm | PotentialTerm)]
    for term, what, table, told in zip(mine, coded.sense, coded.felt, coded.told, strict=True):
        kept = term.reading.skin(block, potential=True) if what[0] is potential else 1.0 - lost_of(block, *what[1:])
        at = _placed(kept, term.reading.background)
        whole = whole or _ones(at)
        beside = np.zeros((1, at.shape[1]))
        if told is not None and isinstance(term, SenseTerm):
            active = block.by_pattern(term.irritates) * reach(block, *what[1:])
            beside = np.ascontiguousarray((told[0] + told[1] * active).reshape(-1, at.shape[1]))
        kernel.times(*whole, at, table, beside)
    return None if whole is None else kernel.over_trust(*whole, SENSE_TRUST, block.map_share, members * len(block.anatomy_share))


def _arcs(coded: Coded, block: Any, members: int) -> Array | None:
    """P(reflexes | state): (n, p, states, c)."""
    if not coded.arcs:
        return None
    found = np.ones((members * len(block.anatomy_share), block.shape[0], STATES, 3))
    for term in coded.arcs:
        table, exaggerated = reflex_table(term)
        motor = term.effector.motor(block)
        sensory = (motor if term.afferent_skin is None else term.afferent_skin.skin(block)[0]) * block.arc[:, term.column]
        both = np.asarray(motor, dtype=np.float64), np.asarray(sensory, dtype=np.float64)
        ups = block.upgoing if term.plantar else np.ascontiguousarray(block.brisk[:, term.column])
        kernel.reflex(found, *both, term.effector.background, table, ups, exaggerated, term.plantar, _steps(both[0]))
    return found
