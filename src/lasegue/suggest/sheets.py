"""Every candidate's likelihood in the form in which many can be weighed at once, made once a model."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.case.model import Case
from lasegue.inference.outlook import Part, part_of
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
from lasegue.wiring import Array

Places = NDArray[np.uint8]
ROOMS: Final = ("wiring", "model", "case", "inference", "suggest")
"""The rooms whose sources the candidates are made by."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """P(value | state) of one candidate.

    `kind` motor or sense: `table` (r, GRID, values) read at `places`, by block (r left out) as the terms have them; `other` (patterns,)
    is a second way to the last value. `arcs`: `table` (GRID, values) read at `places`, and with the chance `exaggerated` the values
    of `table_up`. `rate`: `other` is P(last value). `rows`: `rows` is P(chief result | row). `mid` has no sheet.
    """

    kind: str
    places: tuple[Places, ...] = ()
    table: Array | None = None
    other: Array | None = None
    exaggerated: tuple[Array, ...] = ()
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
            places = tuple(_skin(term, block) for block in model.blocks)
            lost = tables.potential()
            table = tables.sense() if isinstance(term, SenseTerm) else np.stack([np.stack([1 - lost, lost])] * 2)
            return Sheet("sense", places, np.moveaxis(table, 1, 2))
        case MotorTerm() | NeedleTerm() | AbsentTestTerm():
            return _muscles(model, candidate, term)
    raise TypeError(type(term))


def _muscles(model: Model, candidate: Candidate, term: Any) -> Sheet:
    reading = term.reading
    needle = isinstance(term, NeedleTerm)
    places = tuple(tables.places(reading.motor(block, needle)[..., None] * reading.background) for block in model.blocks)
    if candidate.form == "power":
        bands = tables.power(model.readings.reserve({candidate.subject: 1.0}))
        return Sheet("motor", places, np.stack([bands[:, int(value)] for value in candidate.values], axis=-1))
    if isinstance(term, NeedleTerm):
        return Sheet("motor", places, needle_table(1.0))
    other = np.array([term.rate[name] for name in model.patterns]) if term.rate else None
    return Sheet("motor", places, np.stack([1.0 - term.table, term.table], axis=-1), other)


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
    places, exaggerated = [], []
    for block in model.blocks:
        effector = term.effector.motor(block)
        afferent = effector if term.afferent_skin is None else term.afferent_skin.skin(block)[0]
        arc = effector[..., :, None] * (afferent * block.arc[:, term.column])[..., None, :]
        arc = arc[..., None] * term.effector.background
        up = block.upgoing if term.plantar else block.brisk[:, term.column]
        reach = np.ones_like(arc) if term.plantar else np.minimum(1.0, arc / ARC_FOR_BRISK)
        places.append(tables.places(arc))
        exaggerated.append(up[:, None, None, None] * reach)
    order = [tables.REFLEX_VALUES.index(v) for v in ("normal", "reduced", "absent", "brisk")]
    graded = tables.reflex(term.habit, term.brisk_rate)[order]
    table, above = (tables.plantar(), tables.EXTENSOR) if term.plantar else (graded, tables.EXAGGERATED[order])
    return Sheet("arcs", tuple(places), table.T, None, tuple(exaggerated), above)


def read(one: Sheet, parts: tuple[Part, ...], count: int, first: int) -> Array:
    """P(row, findings, value) of a sheet on the parts' side, by `count` rows: (rows, values). The second block begins at `first`."""
    whole = sum(np.bincount(part.rows, part.whole, count) for part in parts)
    if one.kind == "rate":
        assert one.other is not None
        starts = zip(parts, (0, first), strict=True)
        high = sum(np.bincount(part.rows, part.whole * one.other[part.patterns + start], count) for part, start in starts)
        return np.stack([whole - high, high], axis=1)
    assert one.table is not None
    found = np.zeros((count, one.table.shape[-1]))
    for number, (part, start) in enumerate(zip(parts, (0, first), strict=True)):
        if len(part.rows):
            spare = None if one.other is None else 1.0 - one.other[part.patterns + start]
            found += _arc_values(one, part, number, count) if one.kind == "arcs" else _kept_values(one, part, number, count, spare)
    if one.other is not None:  # a value that has a second cause: what is not the first value is the last
        found[:, 1] = whole - found[:, 0]
    return found


def _kept_values(one: Sheet, part: Part, number: int, count: int, spare: Array | None) -> Array:
    """Sums of the weight by what is kept, times the table. With a second cause only what that cause spares counts, for the first value."""
    assert one.table is not None
    places = one.places[number]
    weight = part.motor if one.kind == "motor" else part.sense
    at = places[:, part.patterns] if one.kind == "motor" else places[:, :, part.patterns]
    weight = weight.reshape(len(weight), *at.shape)
    if np.array_equal(at[..., 0], at[..., 1]):  # the constitution changes nothing here: two backgrounds in one
        weight = np.concatenate([weight[..., :1] + weight[..., 1:2], weight[..., 2:]], axis=-1)
        at = at[..., ::2]
    flat = (at + (part.rows * tables.GRID)[:, None, None]).ravel()
    if spare is not None:
        weight = weight * spare[:, None, None]
    found = np.zeros((count, one.table.shape[-1]))
    for trust, table in zip(weight, one.table, strict=True):
        found += np.bincount(flat, trust.ravel(), count * tables.GRID).reshape(count, tables.GRID) @ table
    return found


def _arc_values(one: Sheet, part: Part, number: int, count: int) -> Array:
    assert one.table is not None
    assert one.table_up is not None
    at = one.places[number][:, part.patterns]
    up = part.arcs * one.exaggerated[number][:, part.patterns]
    flat = (at + part.rows[:, None, None, None] * tables.GRID).ravel()
    plain = np.bincount(flat, (part.arcs - up).ravel(), count * tables.GRID).reshape(count, tables.GRID) @ one.table
    lifted = np.bincount(part.rows, up.sum(axis=(0, 2, 3, 4)), count)
    return np.asarray(plain + lifted[:, None] * one.table_up)


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """All candidates of a model with their sheets. `general` is P(value | pattern, background) of the sided ones: (patterns, 3, values)."""

    candidates: tuple[Candidate, ...]
    sheets: tuple[Sheet, ...]
    general: tuple[Array | None, ...]


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
    sided = [n for n, one in enumerate(sheets) if one.kind not in ("rows", "mid")]
    first = len(model.blocks[0].names)
    backgrounds = [_every_pattern(model, c) for c in range(3)]
    general: list[Array | None] = [None] * len(candidates)
    for n in sided:
        general[n] = np.stack([read(sheets[n], parts, len(model.patterns), first) for parts in backgrounds], axis=1)
    return Book(candidates, sheets, tuple(general))


def _every_pattern(model: Model, background: int) -> tuple[Part, ...]:
    """Every pattern as a row of its own, at its lesion's severities, with one background and no finding."""
    lesion = {one.id: n for n, one in enumerate(model.lesions)}
    owner = np.array([lesion[model.owner[name]] if name != INTACT else 0 for name in model.patterns])
    rest = model.rows.severity[owner][..., None] * np.eye(3)[background]
    first = len(model.blocks[0].names)
    parts = []
    for block, start in zip(model.blocks, (0, first), strict=True):
        places = np.arange(len(block.names))
        parts.append(part_of([], block, places, places + start, rest[start : start + len(places)]))
    return tuple(parts)
