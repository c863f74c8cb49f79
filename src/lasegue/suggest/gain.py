"""How many bits a result is expected to give, between classes of action and within them."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.case.model import Case
from lasegue.inference.focus import focus
from lasegue.inference.midline import midline_likelihood
from lasegue.inference.outlook import View, Weights, weigh_sides
from lasegue.inference.posterior import Posterior, variant_likelihood
from lasegue.model import UNLISTED, Model
from lasegue.model.observe import Evidence, observe
from lasegue.model.patterns import Portion
from lasegue.model.story import EARLY_NEEDLE, EMG_LATENCY_DAYS, covered
from lasegue.suggest.candidates import PLACE, Candidate, finding
from lasegue.suggest.sheets import Sheet, book, needle_table, read, term_of
from lasegue.suggest.spreads import Spreads
from lasegue.wiring import Array

ALIVE: Final = 3e-4
"""Rows of this probability and more are still in play."""
WITHIN: Final = 0.3
"""What a bit between lesions of one class of action is worth."""
FROM_CAUSES: Final = ("mri_lumbar",)
"""Studies whose rates hang on what may have hurt a root in this case."""


def information(joints: Array) -> Array:
    """Mutual information of the last two axes of joint distributions, in bits; never below 0."""
    p = joints / joints.sum(axis=(-2, -1), keepdims=True)
    apart = p.sum(axis=-1, keepdims=True) * p.sum(axis=-2, keepdims=True)
    return np.asarray(np.maximum(0.0, (p * np.log2(np.divide(p, apart, out=np.ones_like(p), where=p > 0))).sum(axis=(-2, -1))))


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """The rows in play, `alive`, with the outlook over them on one side.

    `weight` is P(row, findings); `classes` (actions, rows) says which action each calls for. `unlisted` marks the row that finds everything
    as the population does: `population` (rows of the model,) are the shares of that, `general` (columns of the book,) what it shows.
    """

    model: Model
    small: Model
    told: Evidence
    weights: Weights
    spreads: Spreads
    alive: NDArray[np.intp]
    weight: Array
    head: Array
    classes: Array
    unlisted: NDArray[np.bool_]
    background: Array
    population: Array
    general: Array

    def bits(self, joints: Array) -> tuple[Array, Array]:
        """The gains of joints (..., rows, values): between classes of action plus `WITHIN` of that within; and between classes alone."""
        between = information(self.classes @ joints)
        return between + WITHIN * np.maximum(0.0, information(joints) - between), between

    def listed(self, values: Array, everybody: float | Array) -> Array:
        """A joint over the rows in play; for `unlisted` everybody's rates count: (rows, values)."""
        return np.where(self.unlisted[:, None], self.weight[:, None] * everybody, values)


def scene(model: Model, evidence: Evidence, found: Posterior, side: str, like: Scene | None = None) -> Scene:
    """The scene before the next finding on a side. `evidence` may hold less of the told part than `found` was worked out from, and then
    what was examined weighs as it does in the scene `like`.
    """
    alive = np.flatnonzero(found.probability >= ALIVE)
    small, told = focus(model, evidence, alive)
    rows = model.rows
    is_listed = np.array([model.lesions[k].id != UNLISTED for k in rows.lesion])
    population = found.prior * is_listed / (found.prior * is_listed).sum()
    head = found.prior[alive] * np.prod([np.ones(len(alive)), *(term.rows for term in told.rows)], axis=0)
    weights = like.weights if like else weigh_sides(small, told)
    ahead = View(small, told, found.background, weights).ahead(head, (side,))
    seen = [found.population[t.key] for t in (*evidence.left, *evidence.right, *evidence.mid)]
    seen += [float(population @ t.rows) for t in evidence.rows]
    weight = np.where(is_listed[alive], ahead.weight, found.prior[alive] * np.prod(seen))
    actions = [model.lesions[k].action for k in small.rows.lesion]
    patterns = np.where(rows.near_is_left == (side == "left"), rows.near, rows.far)
    by_pattern = np.bincount(patterns, population[rows.variant_row] * rows.share, len(model.patterns))
    general = book(model).general
    numbers = tuple(_numbers(*both) for both in zip(small.blocks, model.blocks, strict=True))
    return Scene(
        model=model,
        small=small,
        told=told,
        weights=weights,
        spreads=Spreads(ahead.sides[side], numbers, len(model.blocks[0].names), len(alive)),
        alive=alive,
        weight=weight,
        head=head,
        classes=np.array([[one == action for one in actions] for action in sorted(set(actions))], dtype=np.float64),
        unlisted=~is_listed[alive],
        background=found.background,
        population=population,
        general=found.background @ (by_pattern @ general.reshape(len(general), -1)).reshape(general.shape[1:]),
    )


def _numbers(some: Portion, block: Portion) -> NDArray[np.intp]:
    """Which patterns of the whole block those of a part of it are."""
    place = {name: n for n, name in enumerate(block.names)}
    return np.array([place[name] for name in some.names], dtype=np.intp)


def base_of(model: Model, case: Case, evidence: Evidence, candidate: Candidate, side: str) -> Evidence:
    """What a candidate's finding leaves of the evidence: words of the history that it tells better no longer count."""
    richer = with_finding(case, candidate, candidate.values[0], side)
    items = [model.knowledge.history_item[f.item] for f in case.history]
    if all(covered(item, richer) == covered(item, case) for item in items):
        return evidence
    heard = observe(model, richer)
    return replace(evidence, rows=[term for term in heard.rows if heard.labels[term.key].path != PLACE], labels=heard.labels)


def with_finding(case: Case, candidate: Candidate, value: str, side: str) -> Case:
    """The case with one finding more."""
    more = finding(candidate, value, side)  # type: ignore[arg-type]
    return replace(case, **{name: getattr(case, name) + values for name, values in more.items()})


def joint(scene: Scene, case: Case, candidate: Candidate, sheet: Sheet, columns: slice | None) -> Array:
    """P(row, findings, value) of a candidate on the scene's side: (rows in play, values). `columns` are those that it has in the book."""
    if sheet.kind == "rows":
        return told(scene, case, [(candidate, sheet)])[0]
    if sheet.kind == "mid":
        return _midline(scene, candidate)
    assert columns is not None
    everybody = scene.general[columns]
    days = case.tempo.duration_days
    if candidate.form == "needle" and days is not None and days < EMG_LATENCY_DAYS:
        sheet = replace(sheet, table=needle_table(EARLY_NEEDLE)[:1])
        high = EARLY_NEEDLE * everybody[1] + (1 - EARLY_NEEDLE) * 0.1
        everybody = np.array([1.0 - high, high])
    return scene.listed(read(sheet, scene.spreads), everybody)


def told(scene: Scene, case: Case, candidates: list[tuple[Candidate, Sheet]]) -> list[Array]:
    """As `joint`, of findings that are told by the row alone."""
    if not candidates:
        return []
    rates = np.array([_rates(scene, case, *one) for one in candidates])
    everybody = rates @ scene.population
    mine = scene.weight * np.where(scene.unlisted, everybody[:, None], rates[:, scene.alive])
    pairs = np.stack([mine, scene.weight - mine], axis=2)
    return [p if one.chief == one.values[0] else p[:, ::-1] for p, (one, _) in zip(pairs, candidates, strict=True)]


def _rates(scene: Scene, case: Case, candidate: Candidate, sheet: Sheet) -> Array:
    if candidate.subject in FROM_CAUSES:
        return np.asarray(term_of(scene.model, candidate, candidate.values[0], "left", case).rows)
    assert sheet.rows is not None
    return sheet.rows


def _midline(scene: Scene, candidate: Candidate) -> Array:
    """A finding in the midline, which the reassuring ones beside it bound."""
    columns, everybody = [], []
    rows = scene.model.rows
    blank = np.ones((len(scene.model.patterns), 1, 1, 1))
    for value in candidate.values:
        term = term_of(scene.model, candidate, value, "left")
        mine = replace(term, when_kept=term.when_kept[scene.alive])
        heard = replace(scene.told, mid=[*scene.told.mid, mine])
        columns.append(View(scene.small, heard, scene.background, scene.weights).weight * scene.head)
        middle = midline_likelihood(scene.model, [term])
        by_variant = variant_likelihood(scene.model, blank, blank, middle, scene.background) * rows.share
        everybody.append(float(scene.population[rows.variant_row] @ by_variant))
    return scene.listed(np.stack(columns, axis=1), np.array(everybody))
