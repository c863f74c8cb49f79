"""One case by the compiled sums: the same posterior as `posterior.posterior` gives, to the last bits of a sum."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lasegue.case import Case
from lasegue.inference import kernel
from lasegue.inference.coded import Coded, by_pattern, code, extras, of_block, reflex_table, slots
from lasegue.inference.compiled_pairs import weigh_pairs
from lasegue.inference.library import MOTOR_STATE, SENSORY_STATE, Library, library
from lasegue.inference.midline import coarse_kept
from lasegue.inference.posterior import Posterior, case_background, case_prior, summed, unlisted_rows
from lasegue.inference.recalled import population
from lasegue.inference.sides import POWER_TRUST, SENSE_TRUST
from lasegue.model import INTACT, Model, tables
from lasegue.model.observe import Evidence
from lasegue.model.places import Places
from lasegue.model.reading import Reading
from lasegue.model.terms import MidTerm
from lasegue.wiring import Array

SIDES = ("left", "right")
TRUSTS = (POWER_TRUST, SENSE_TRUST)
STATES = len(MOTOR_STATE)


def side_likelihood(store: Library, coded: Coded) -> Array:
    """P(findings of a side | pattern, state, background): (patterns, states, 3)."""
    count = len(store.model.patterns)
    found = np.ones((count, STATES, 3))
    if not coded.any():
        return found
    at_motor, at_skin, at_arc = slots(store, coded)
    power = (at_motor, _stacked(coded.tables), np.array(coded.groups, dtype=np.intp), by_pattern(store.model, coded.spoilt))
    arcs = _arcs(store, coded, at_arc)
    rate = np.ones(count)
    for values, turned in coded.rates:
        one = by_pattern(store.model, [values])[0]
        rate *= 1.0 - one if turned else one
    same = bool(store.skin.parts[3][at_skin].all())
    first = 0
    for number, block in enumerate(store.model.blocks):
        sense = (at_skin, _stacked(coded.felt), extras(coded), of_block(store, coded, number, store.irritates), same)
        shares = (block.anatomy_share, block.map_share)
        kernel.side_of(first, found, store.block(number), shares, TRUSTS, power, sense, arcs, rate)
        first += block.shape[0]
    return found


def _stacked(found: list[Array]) -> Array:
    """Tables by reliability, whose two values of a place stand side by side: (findings, grid, 2)."""
    return np.ascontiguousarray(np.array(found).reshape(-1, 2, tables.GRID).transpose(0, 2, 1))


def _arcs(store: Library, coded: Coded, at: NDArray[np.intp]) -> tuple[Any, ...]:
    both = [reflex_table(term) for term in coded.arcs]
    values = np.array([table for table, _ in both]).reshape(-1, tables.GRID)
    ups = [store.upgoing if term.plantar else store.brisk[:, term.column] for term in coded.arcs]
    steady = np.array([term.plantar for term in coded.arcs], dtype=np.bool_)
    chance = np.array(ups).reshape(-1, len(store.upgoing))
    return at, values, chance, np.array([one for _, one in both], dtype=np.float64), steady


@lru_cache(maxsize=256)
def _middle_places(model: Model, reading: Reading, skin: bool, modalities: tuple[str, ...]) -> Places:
    """Where each variant's midline falls on the grid: (variants, losses, backgrounds)."""
    term = MidTerm("", reading, skin, np.zeros(1), 0.0, np.zeros(1), 0.0, False, modalities)
    sides = np.concatenate([coarse_kept(term, block) for block in model.blocks])
    both = 0.5 * (sides[model.rows.near] + sides[model.rows.far])
    return tables.places(both[..., None] * reading.background)


def middle(model: Model, terms: Sequence[MidTerm]) -> tuple[tuple[Any, ...], Array]:
    """The midline's findings for the kernel, and what healthy people show of the reassuring ones: (3,)."""
    owner, count = model.rows.variant_row, len(terms)
    healthy = np.ones(3)
    for term in terms:
        healthy = healthy * term.rate(np.ones(1), term.healthy) if term.normal else healthy
    places = [_middle_places(model, term.reading, term.skin, term.modalities) for term in terms]
    return (
        np.stack(places) if places else np.zeros((0, 1, 1, 3), dtype=np.uint8),
        np.stack([term.lost for term in terms]) if count else np.zeros((0, tables.GRID)),
        np.array([term.when_lost for term in terms], dtype=np.float64),
        np.stack([term.when_kept[owner] for term in terms]) if count else np.zeros((0, 1)),
        np.array([term.normal for term in terms], dtype=np.bool_),
        np.array([term.skin for term in terms], dtype=np.bool_),
    ), healthy


@lru_cache(maxsize=8)
def _rows(model: Model) -> tuple[tuple[Any, ...], Array]:
    """What the kernel wants of the rows, and P(state | lesion): (lesions, states)."""
    rows = model.rows
    lesion = rows.lesion[rows.variant_row]
    severity = np.ascontiguousarray(rows.severity[:, list(MOTOR_STATE), list(SENSORY_STATE)])
    spared = rows.far == model.patterns.index(INTACT)
    return (rows.near, rows.far, rows.near_is_left, lesion, rows.share, spared), severity


def posterior(model: Model, case: Case, evidence: Evidence, setting: str) -> Posterior:
    """As `posterior.posterior`."""
    prior, background = case_prior(model, case, setting), case_background(case)
    coded = {name: code(evidence.side(name)) for name in SIDES}
    mid, healthy = middle(model, evidence.mid)
    likelihood, by_variant = _row_likelihood(model, evidence, coded, background, (mid, healthy))
    everybody = population(model, evidence, prior, background)
    likelihood = np.where(unlisted_rows(model), np.prod(list(everybody.values())), likelihood)
    pairs = weigh_pairs(model, evidence, coded, prior, background, prior * likelihood, healthy)
    return summed(prior, likelihood, by_variant, pairs, background, everybody)


def row_likelihood(model: Model, evidence: Evidence, background: Array) -> tuple[Array, Array]:
    """As `posterior.row_likelihood`, of the whole model: (rows,), (variants,)."""
    coded = {name: code(evidence.side(name)) for name in SIDES}
    return _row_likelihood(model, evidence, coded, background, middle(model, evidence.mid))


def _row_likelihood(
    model: Model, evidence: Evidence, coded: dict[str, Coded], background: Array, mid: tuple[tuple[Any, ...], Array]
) -> tuple[Array, Array]:
    store = library(model)
    store.make_room(sum(one.readings() for one in coded.values()))
    sides, told = tuple(side_likelihood(store, coded[name]) for name in SIDES), tuple(coded[name].any() for name in SIDES)
    rows, severity = _rows(model)
    by_variant = np.empty(len(model.rows.share))
    kernel.variants_of(by_variant, sides, told, rows, severity, model.rows.coupling, background, *mid)
    told = np.prod([np.ones(len(model.rows.side)), *(term.rows for term in evidence.rows)], axis=0)
    return np.bincount(model.rows.variant_row, by_variant, len(told)) * told, by_variant
