"""Under a root: which roots are hit on which side, from which disc and by what cause."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from lasegue.case import Case
from lasegue.inference.posterior import Posterior
from lasegue.model import Model
from lasegue.model.causes import causes
from lasegue.wiring import Array

ZONES: Final = ("central", "paracentral", "foraminal", "extraforaminal")
HIT: Final = 0.2
"""A root is hit when a full lesion takes this share of it."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc level and the zone of the canal, with its probability given that a root is hit."""

    level: str
    zone: str
    probability: float


@lru_cache(maxsize=8)
def pattern_roots(model: Model) -> Array:
    """Whether each pattern hits each root inside the spine: (patterns, roots), in the order of the knowledge's roots."""
    acts = {p.id: p.acts for p in model.knowledge.patterns}
    return np.array([[acts[name].cuts.get(f"root.{root.id}", 0.0) >= HIT for root in model.knowledge.roots] for name in model.patterns])


def variant_shares(model: Model, found: Posterior) -> Array:
    """P(variant | findings), the single rows' part: (variants,)."""
    rows = model.rows
    whole = np.bincount(rows.variant_row, found.by_variant, len(rows.side))
    inside = np.divide(found.by_variant, whole[rows.variant_row], out=np.zeros_like(found.by_variant), where=whole[rows.variant_row] > 0)
    return np.asarray(inside * found.probability[rows.variant_row])


def disc_roots(model: Model, found: Posterior) -> dict[str, dict[str, float]]:
    """P(root is hit by a lesion of roots alone | findings) by side: what one disc may explain; stenosis and cauda equina are left out."""
    alone = np.array([model.lesions[k].id.startswith("root.") for k in model.rows.lesion])
    return _by_name(model, _hits(model, variant_shares(model, found) * alone[model.rows.variant_row]))


def _sides_of(model: Model) -> tuple[Array, Array]:
    """The left and the right pattern of every variant."""
    rows = model.rows
    return np.where(rows.near_is_left, rows.near, rows.far), np.where(rows.near_is_left, rows.far, rows.near)


def _hits(model: Model, shares: Array) -> dict[str, Array]:
    hits = pattern_roots(model)
    left, right = _sides_of(model)
    return {"left": shares @ hits[left], "right": shares @ hits[right]}


def _by_name(model: Model, table: dict[str, Array]) -> dict[str, dict[str, float]]:
    return {name: {root.id: float(p) for root, p in zip(model.knowledge.roots, values, strict=True)} for name, values in table.items()}


def root_marginals(model: Model, found: Posterior) -> dict[str, dict[str, float]]:
    """P(root is hit | findings) by side, from every lesion that hits it, pairs included by their rows' own shares."""
    table = _hits(model, variant_shares(model, found))
    first, second = np.array([(pair.first, pair.second) for pair in found.pairs], dtype=np.intp).reshape(-1, 2).T
    for name, by_row in row_roots(model).items():
        spared = (1.0 - by_row[first]) * (1.0 - by_row[second])
        table[name] = table[name] + found.pair_probability @ (1.0 - spared)
    return _by_name(model, table)


@lru_cache(maxsize=8)
def row_roots(model: Model) -> dict[str, Array]:
    """P(root is hit | row) by side: (rows, roots)."""
    rows, hits = model.rows, pattern_roots(model)
    owner = np.arange(len(rows.side))[:, None] == rows.variant_row
    return {
        name: owner @ (rows.share[:, None] * hits[patterns]) for name, patterns in zip(("left", "right"), _sides_of(model), strict=True)
    }


def discs(model: Model, case: Case, roots: dict[str, float]) -> list[Disc]:
    """P(level and zone | a root is hit): each root's discs by the zones of its causes, best first, summing to 1.

    `roots` are the marginals of the side in question. Imaging that shows a level speaks for that level.
    """
    zone_share = dict.fromkeys(ZONES, 0.0)
    for cause, probability in causes(model.knowledge, case).items():
        for zone, share in next(c for c in model.knowledge.causes if c.id == cause).zones.items():
            zone_share[zone] += probability * share
    shown = {(f.level, f.zone) for f in case.investigations if f.level}
    weight: dict[tuple[str, str], float] = {}
    for root in model.knowledge.roots:
        for zone, share in zone_share.items():
            level = root.disc_paracentral if zone in ("central", "paracentral") else root.disc_foraminal
            if level and "-" in level and roots[root.id] > 0:
                factor = 1.0 if not shown else 3.0 if any(s == level and z in (None, zone) for s, z in shown) else 0.5
                weight[level, zone] = weight.get((level, zone), 0.0) + roots[root.id] * share * factor
    whole = sum(weight.values()) or 1.0
    found = [Disc(level, zone, value / whole) for (level, zone), value in weight.items()]
    return sorted(found, key=lambda disc: (-disc.probability, disc.level, disc.zone))
