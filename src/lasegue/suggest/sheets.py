"""Every candidate's likelihood in the form in which many can be weighed at once, made once a model."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.case.model import Case
from lasegue.inference.outlook import Part
from lasegue.knowledge.ready import ready, write_ready
from lasegue.model import INTACT, Model, tables
from lasegue.model import model as packaged
from lasegue.model.observe import observe
from lasegue.model.patterns import MODALITIES, Portion
from lasegue.model.terms import (
    ARC_FOR_BRISK,
    AbsentTestTerm,
    MidTerm,
    MotorTerm,
    NeedleTerm,
    PotentialTerm,
    RateTerm,
    ReflexTerm,
    RowTerm,
    SenseTerm,
)
from lasegue.suggest.candidates import Candidate, catalogue, finding
from lasegue.suggest.spreads import Spreads, Way, states_of
from lasegue.wiring import Array

Places = NDArray[np.uint8]
ROOMS: Final = ("wiring", "model", "case", "inference", "suggest")
"""The rooms whose sources the candidates are made by."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """P(value | state) of one candidate.

    `kind` motor, sense or arcs: `table` (r, GRID, values) read at `places`, one for each state of each pattern as the `way` lists them,
    and at `unhurt` (c,) in those that it leaves out; r is 1 where reliability changes nothing. `other` (patterns,) is a second way to the
    last value. With the chance `exaggerated`, by state, an arc has the values of `table_up`; `lively` (patterns,) says where there is any.
    `rate`: `other` is P(last value). `rows`: `rows` is P(chief result | row). `mid` has no sheet.
    """

    kind: str
    way: Way | None = None
    places: Places | None = None
    unhurt: Places | None = None
    table: Array | None = None
    other: Array | None = None
    exaggerated: Array | None = None
    lively: NDArray[np.bool_] | None = None
    table_up: Array | None = None
    rows: Array | None = None


def term_of(model: Model, candidate: Candidate, value: str, side: str, case: Case | None = None) -> Any:
    """The term of a result found on a side, as the model reads it in a case that tells nothing else that this depends on."""
    alone = Case(**finding(candidate, value, side)) if case is None else replace(_told_alone(case), **finding(candidate, value, side))  # type: ignore[arg-type]
    seen = observe(model, alone)
    return next(term for term in (*seen.left, *seen.right, *seen.mid, *seen.rows) if seen.labels[term.key].path == "next")


def _told_alone(case: Case) -> Case:
    return Case(age=case.age, sex=case.sex, tempo=case.tempo, history=case.history)


def sheet(model: Model, candidate: Candidate) -> Sheet:
    """The sheet of a candidate, on either side."""
    value = candidate.chief
    term = term_of(model, candidate, value, "left")
    match term:
        case RowTerm():
            return Sheet("rows", rows=term.rows)
        case RateTerm():
            return Sheet("rate", other=np.array([term.rate[name] for name in model.patterns]))
        case MidTerm():
            return Sheet("mid")
        case ReflexTerm():
            return _arcs(model, term)
        case SenseTerm() | PotentialTerm():
            lost = tables.potential()
            table = tables.sense() if isinstance(term, SenseTerm) else np.stack([np.stack([1 - lost, lost])] * 2)
            return _kept("sense", [_skin(term, block) for block in model.blocks], np.moveaxis(table, 1, 2))
        case MotorTerm() | NeedleTerm() | AbsentTestTerm():
            return _muscles(model, candidate, term)
    raise TypeError(type(term))


def _muscles(model: Model, candidate: Candidate, term: Any) -> Sheet:
    reading = term.reading
    needle = isinstance(term, NeedleTerm) or term.needle
    places = [tables.places(reading.motor(block, needle)[..., None] * reading.background) for block in model.blocks]
    if candidate.form == "power":
        bands = tables.power(model.readings.reserve({candidate.subject: 1.0}))
        return _kept("motor", places, np.stack([bands[:, int(value)] for value in candidate.values], axis=-1))
    if isinstance(term, NeedleTerm):
        return _kept("motor", places, needle_table(1.0))
    other = np.array([term.rate[name] for name in model.patterns]) if term.rate else None
    return _kept("motor", places, np.stack([1.0 - term.table, term.table], axis=-1), other)


def _kept(kind: str, places: list[Places], table: Array, other: Array | None = None) -> Sheet:
    unhurt = [one[..., 0, :].reshape(-1, 3) for one in places]
    same_unhurt = all((one == unhurt[0][0]).all() for one in unhurt)
    same_trust = np.array_equal(*table)
    way = Way(kind, same_unhurt, all(np.array_equal(one[..., 0], one[..., 1]) for one in places), same_trust)
    listed = np.concatenate([states_of(one, way).ravel() for one in places])
    whole = unhurt[0][0, :: 2 if way.same_constitution else 1] if same_unhurt else None
    return Sheet(kind, way, listed, whole, table[:1] if same_trust else table, other)


def needle_table(informative: float) -> Array:
    """P(normal, denervation | kept) of needle EMG, by reliability, which does not touch it: (2, GRID, 2)."""
    found = informative * tables.denervation() + (1 - informative) * 0.1
    return np.stack([np.stack([1 - found, found], axis=-1)] * 2)


def _skin(term: SenseTerm | PotentialTerm, block: Portion) -> Places:
    if isinstance(term, PotentialTerm):
        return tables.places(term.reading.skin(block, potential=True)[..., None] * term.reading.background)
    scale = block.modality[:, [MODALITIES.index(m) for m in term.modalities]].mean(axis=1)
    kept = 1.0 - (1.0 - term.reading.skin(block)) * scale[:, None]
    return tables.places(kept[..., None] * term.reading.background)


def _arcs(model: Model, term: ReflexTerm) -> Sheet:
    places, exaggerated, chances = [], [], []
    for block in model.blocks:
        effector = term.effector.motor(block)
        afferent = effector if term.afferent_skin is None else term.afferent_skin.skin(block)[0]
        arc = effector[..., :, None] * (afferent * block.arc[:, term.column])[..., None, :]
        arc = arc[..., None] * term.effector.background
        up = block.upgoing if term.plantar else block.brisk[:, term.column]
        reach = np.ones_like(arc) if term.plantar else np.minimum(1.0, arc / ARC_FOR_BRISK)
        places.append(tables.places(arc))
        exaggerated.append(up[:, None, None, None] * reach)
        chances.append(up)
    order = [tables.REFLEX_VALUES.index(v) for v in ("normal", "reduced", "absent", "brisk")]
    graded = tables.reflex(term.habit, term.brisk_rate)[order]
    table, above = (tables.plantar(), tables.EXTENSOR) if term.plantar else (graded, tables.EXAGGERATED[order])
    same = all(np.array_equal(one[..., 0], one[..., 1]) for one in (*places, *exaggerated))
    way = Way("arcs", False, same, True)
    listed, chance = (np.concatenate([states_of(one, way).ravel() for one in some]) for some in (places, exaggerated))
    lively = np.concatenate(chances) > 0
    return Sheet("arcs", way, listed, None, table.T[None], None, chance, lively, above)


def read(one: Sheet, spreads: Spreads) -> Array:
    """P(row, findings, value) of a sheet on the spreads' side: (rows, values)."""
    if one.kind == "rate":
        assert one.other is not None
        high = spreads.by_row(spreads.whole * one.other[spreads.patterns])
        return np.stack([spreads.weight - high, high], axis=1)
    assert one.way is not None
    assert one.places is not None
    assert one.table is not None
    spread = spreads.of(one.way)
    flat, mass, lifted = spread.row + one.places.take(spread.at), spread.mass, None
    if one.other is not None:  # a value that has a second cause: of the first value only what that cause spares counts
        mass = mass * (1.0 - one.other).take(spread.pattern)
    if one.lively is not None and one.lively[spreads.patterns].any():
        assert one.exaggerated is not None
        up = mass * one.exaggerated.take(spread.at)
        mass, lifted = mass - up, np.bincount(spread.row // tables.GRID, up[0], spreads.count)
    found = np.zeros((spreads.count, one.table.shape[-1]))
    for part, table in zip(mass, one.table, strict=True):
        found += np.bincount(flat, part, spreads.count * tables.GRID).reshape(spreads.count, tables.GRID) @ table
    if one.unhurt is not None:
        aside = spread.unhurt_rows if one.other is None else spreads.sums(spread.unhurt * (1.0 - one.other[spreads.patterns])[:, None])
        found += aside @ one.table[:, one.unhurt].reshape(aside.shape[1], -1)
    if lifted is not None:
        assert one.table_up is not None
        found += lifted[:, None] * one.table_up
    if one.other is not None:  # what is not the first value is the last
        found[:, 1] = spreads.weight - found[:, 0]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """All candidates of a model with their sheets.

    `general` is P(value | pattern, background) of all the sided ones, side by side, each at its `columns`: (patterns, 3, columns).
    """

    candidates: tuple[Candidate, ...]
    sheets: tuple[Sheet, ...]
    general: Array
    columns: tuple[slice | None, ...]


@lru_cache(maxsize=5)
def book(model: Model) -> Book:
    """The candidates of a model, made once; those of the packaged one come with the build."""
    return ready("book", ROOMS, lambda: _made(model)) if model is packaged() else _made(model)


def prepare() -> None:
    """Keep the candidates of the packaged model for later starts; the build hook calls this."""
    write_ready("book", ROOMS, _made(packaged()))


def _made(model: Model) -> Book:
    candidates = tuple(catalogue(model.knowledge))
    sheets = tuple(sheet(model, one) for one in candidates)
    backgrounds = [_every_pattern(model, c) for c in range(3)]
    general: list[Array] = []
    columns: list[slice | None] = []
    begin = 0
    for one in sheets:
        if one.kind in ("rows", "mid"):
            columns.append(None)
            continue
        general.append(np.stack([read(one, spreads) for spreads in backgrounds], axis=1))
        columns.append(slice(begin, begin := begin + general[-1].shape[2]))
    return Book(candidates, sheets, np.concatenate(general, axis=2), tuple(columns))


def _every_pattern(model: Model, background: int) -> Spreads:
    """Every pattern as a row of its own, at its lesion's severities, with one background and no finding."""
    lesion = {one.id: n for n, one in enumerate(model.lesions)}
    owner = np.array([lesion[model.owner[name]] if name != INTACT else 0 for name in model.patterns])
    rest = model.rows.severity[owner][..., None] * np.eye(3)[background]
    first = len(model.blocks[0].names)
    parts, numbers = [], []
    for block, start in zip(model.blocks, (0, first), strict=True):
        places = np.arange(len(block.names))
        parts.append(Part([], block, places, places + start, rest[start : start + len(places)]))
        numbers.append(places)
    return Spreads(tuple(parts), tuple(numbers), first, len(model.patterns))
