"""Pairs of lesions by the compiled sums: the same as `pairs.weigh_pairs` gives."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lasegue.inference import kernel_pairs, kernel_screen
from lasegue.inference.coded import Coded, by_pattern, extras, reflex_table
from lasegue.inference.library_pairs import PairLibrary, pair_library
from lasegue.inference.midline import coarse_kept
from lasegue.inference.pairs import KEPT_PAIRS, Pair
from lasegue.inference.sides import POWER_TRUST, SENSE_TRUST
from lasegue.model import INTACT, Model, tables
from lasegue.model.joined import MERGED
from lasegue.model.observe import Evidence
from lasegue.model.reading import Reading
from lasegue.model.terms import MidTerm
from lasegue.wiring import Array

TRUSTS = (POWER_TRUST, SENSE_TRUST)
SIDES = ("left", "right")
NONE = np.ones((1, kernel_pairs.STATES, kernel_pairs.STATES, 3))


@lru_cache(maxsize=8)
def _fixed(model: Model) -> dict[str, Any]:
    """What the sums want of the model's rows and variants."""
    rows, how = model.rows, pair_library(model).how
    irritates = np.array(list(model.irritates().values()))
    order = np.argsort(rows.variant_row, kind="stable")
    start = np.searchsorted(rows.variant_row[order], np.arange(len(rows.side) + 1))
    patterns = np.stack([np.where(rows.near_is_left, rows.near, rows.far), np.where(rows.near_is_left, rows.far, rows.near)])
    severity = (MERGED @ rows.severity @ MERGED.T)[:, kernel_pairs.MOTOR, kernel_pairs.SENSORY][rows.lesion]
    other = np.full(len(rows.side), -1)
    other[how.turned] = len(rows.side) + np.arange(len(how.turned))
    return {
        "variants": (start, order),
        "rows": (patterns, rows.near_is_left, rows.share, np.ascontiguousarray(severity), rows.coupling[rows.lesion]),
        "whole": model.patterns.index(INTACT),
        "other": other,
        "looks": np.stack([how.looks[name] for name in SIDES]),
        "irritating": np.maximum(irritates[how.block.first], irritates[how.block.second]),
        "together": np.ascontiguousarray(model.together),
        "irritates": irritates,
    }


def _stacked(found: Sequence[Array], width: int) -> Array:
    return np.array(found) if found else np.zeros((0, width))


def _tables(found: list[Array]) -> Array:
    return np.array(found).reshape(-1, 2, tables.GRID)


def _rates(model: Model, coded: Coded) -> tuple[Array, NDArray[np.bool_]]:
    return by_pattern(model, [rate for rate, _ in coded.rates]), np.array([turned for _, turned in coded.rates], dtype=np.bool_)


def _power(model: Model, coded: Coded, places: NDArray[np.uint8], at: list[int]) -> tuple[Any, ...]:
    groups = np.array(coded.groups, dtype=np.intp)
    return places, np.array(at, dtype=np.intp), _tables(coded.tables), groups, by_pattern(model, coded.spoilt)


def _told(coded: Coded) -> Array:
    """The rate of what is felt without irritation and what irritation adds: (findings, 2)."""
    return np.array([told or (0.0, 0.0) for told in coded.told]).reshape(-1, 2)


def _reflexes(coded: Coded) -> tuple[Array, Array]:
    both = [reflex_table(term) for term in coded.arcs]
    return _stacked([table for table, _ in both], tables.GRID), np.array([one for _, one in both], dtype=np.float64)


def _screened(store: PairLibrary, coded: Coded) -> Array:
    """P(findings of a side | both patterns act on it), as they are screened: (patterns, patterns)."""
    model, block, fixed = store.model, store.how.block, _fixed(store.model)
    found = np.empty(len(block.first))
    told = [(what, told) for what, told in zip(coded.sense, coded.told, strict=True) if told is not None]
    beside = [told[0] + told[1] * fixed["irritating"] * store.screen_reach(what[1], what[2]) for what, told in told]
    power = _power(model, coded, store.screened["muscle"].parts[0], [store.screen(*what) for what in coded.motor])
    at_skin = np.array([store.screen(*what) for what in coded.sense], dtype=np.intp)
    at_arc = [store.screen_reflex(t.effector, t.afferent_skin, t.column, t.plantar) for t in coded.arcs]
    sense = (store.screened["skin"].parts[0], at_skin, _tables(coded.felt), extras(coded), _stacked(beside, len(found)))
    arcs = (*store.screened["arc"].parts, np.array(at_arc, dtype=np.intp), *_reflexes(coded))
    kernel_screen.screened(found, (block.first, block.second), TRUSTS, power, sense, arcs, _rates(model, coded))
    return found[store.how.place]


def _joined(store: PairLibrary, coded: Coded, keys: NDArray[np.intp], marks: NDArray[np.intp]) -> Array:
    """P(findings of a side | pair of patterns, states of both, background): (pairs, states, states, 3)."""
    model = store.model
    found = np.empty((len(keys), kernel_pairs.STATES, kernel_pairs.STATES, 3))
    power = _power(model, coded, store.places["muscle"], [store.read(what, keys, marks) for what in coded.motor])
    at_skin = np.array([store.read(what, keys, marks) for what in coded.sense], dtype=np.intp)
    at_arc = [store.reflex(t.effector, t.afferent_skin, t.column, keys, marks) for t in coded.arcs]
    sense = (store.places["skin"], store.reach, at_skin, _tables(coded.felt), _told(coded), _fixed(model)["irritates"])
    whole = model.coarse
    ups = [whole.upgoing if term.plantar else whole.brisk[:, term.column] for term in coded.arcs]
    arcs = (
        store.arcs,
        np.array(at_arc, dtype=np.intp),
        *_reflexes(coded)[:1],
        _stacked(ups, len(model.patterns)),
        _reflexes(coded)[1],
        np.array([term.plantar for term in coded.arcs], dtype=np.bool_),
        _stacked([term.effector.background for term in coded.arcs], 3),
    )
    pairs = np.divmod(keys, len(model.patterns))
    kernel_pairs.joined(found, pairs, marks, TRUSTS, power, sense, arcs, _rates(model, coded))
    return found


@lru_cache(maxsize=256)
def _alone(model: Model, reading: Reading, skin: bool, modalities: tuple[str, ...]) -> Array:
    """What each pattern by itself leaves of the midline's supply: (patterns, losses)."""
    return coarse_kept(MidTerm("", reading, skin, np.zeros(1), 0.0, np.zeros(1), 0.0, False, modalities), model.coarse)


def _middle(model: Model, terms: Sequence[MidTerm]) -> tuple[Any, ...]:
    count = len(terms)
    return (
        np.stack([_alone(model, t.reading, t.skin, t.modalities) for t in terms]) if count else np.zeros((0, 1, 1)),
        _stacked([term.reading.background for term in terms], 3),
        _stacked([term.lost for term in terms], tables.GRID),
        np.array([term.when_lost for term in terms], dtype=np.float64),
        _stacked([term.when_kept for term in terms], 1),
        np.array([term.normal for term in terms], dtype=np.bool_),
        np.array([term.skin for term in terms], dtype=np.bool_),
    )


def weigh_pairs(
    model: Model, evidence: Evidence, coded: dict[str, Coded], prior: Array, background: Array, promise: Array, healthy: Array
) -> list[Pair]:
    """The best pairs with their exact likelihoods, in the order of their weight. `promise` (rows,) says which rows to try first."""
    store, fixed = pair_library(model), _fixed(model)
    store.make_room(sum(one.readings() for one in coded.values()))
    told = _stacked([term.rows for term in evidence.rows], len(prior))
    ones = np.ones(store.how.place.shape)
    left, right = (_screened(store, coded[name]) if evidence.side(name) else ones for name in SIDES)
    chances = (prior, model.rows.unnoticed, fixed["together"])
    order = np.argsort(-promise, kind="stable")
    first, second = kernel_screen.best(KEPT_PAIRS, order, left, right, fixed["looks"], fixed["other"], chances, told)
    if not len(first):
        return []
    count = len(model.patterns)
    patterns, near_is_left, share, severity, coupling = fixed["rows"]
    found, seen = [], []
    for name, mine in zip(SIDES, patterns, strict=True):
        where = np.empty(count * count, dtype=np.intp)
        if evidence.side(name):
            keys = kernel_screen.patterns_of(first, second, fixed["variants"], mine, count, where)
            found.append(_joined(store, coded[name], keys, store.number(keys)))
        else:
            found.append(NONE)
        seen.append(where)
    there = tuple(bool(evidence.side(name)) for name in SIDES)
    likelihood = np.empty(len(first))
    rows = (patterns, near_is_left, share, severity, coupling, fixed["whole"])
    sides = (tuple(found), tuple(seen), there, count)
    mid = _middle(model, evidence.mid)
    kernel_pairs.weigh(likelihood, (first, second), fixed["variants"], rows, sides, mid, healthy, background)
    likelihood *= np.prod(0.5 * (told[:, first] + told[:, second]), axis=0)
    odds = (prior[first] * model.rows.unnoticed[second] + model.rows.unnoticed[first] * prior[second]) * model.together[first, second]
    pairs = [Pair(*one) for one in zip(first.tolist(), second.tolist(), odds.tolist(), likelihood.tolist(), strict=True)]
    return sorted(pairs, key=lambda pair: (-pair.prior * pair.likelihood, pair.first, pair.second))
