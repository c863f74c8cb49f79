"""How often each row shows one finding by itself: it hangs on the model and on the finding alone, and is worked out once for all cases."""

from functools import lru_cache
from typing import Any, Final

import numpy as np

from lasegue.inference.midline import midline_likelihood
from lasegue.inference.posterior import unlisted_rows
from lasegue.inference.sides import POWER_TRUST, SENSE_TRUST, Weighed, weigh
from lasegue.model import Model
from lasegue.model.observe import Evidence, SideTerm
from lasegue.model.patterns import Portion
from lasegue.model.terms import (
    AbsentTestTerm,
    MidTerm,
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

MOST_KEPT: Final = 4096
"""Findings that are recalled, of 8 kB each."""


class Same:
    """Stands for one object, whatever it holds."""

    __slots__ = ("one",)

    def __init__(self, one: Any) -> None:
        self.one = one

    def __hash__(self) -> int:
        return id(self.one)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.one is other.one


def _told_by(term: SideTerm | MidTerm) -> tuple[Any, ...]:  # noqa: PLR0911 - one for every kind
    """All that the likelihood of a finding hangs on, beside the model."""
    match term:
        case MotorTerm():
            return term.reading, term.table.tobytes(), term.needle, Same(term.rate) if term.rate else None
        case AbsentTestTerm():
            return _told_by(term.positive)
        case StatementTerm():
            return term.readings
        case SomewhereTerm():
            return *term.readings, term.table.tobytes()
        case NeedleTerm():
            return term.reading, term.denervated, term.informative
        case SenseTerm():
            return term.reading, term.value, term.source, term.modalities
        case PotentialTerm():
            return term.reading, term.lost
        case ReflexTerm():
            return term.effector, term.afferent_skin, term.column, term.plantar, term.value, term.habit, term.brisk_rate
        case RateTerm():
            return (Same(term.rate),)
    tables = (term.lost.tobytes(), term.when_kept.tobytes())
    return term.reading, term.skin, *tables, term.when_lost, term.healthy, term.normal, term.modalities


class _Mark:
    """A finding as far as its likelihood goes: two cases that tell the same have equal marks."""

    __slots__ = ("mark", "term")

    def __init__(self, term: SideTerm | MidTerm) -> None:
        self.term = term
        self.mark = (type(term), *_told_by(term))

    def __hash__(self) -> int:
        return hash(self.mark)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Mark) and self.mark == other.mark


def chance(model: Model, name: str, term: SideTerm | MidTerm) -> Array:
    """P(finding | row, background) of a finding on a side, or of one in the midline: (rows, 3). Shared: not to be changed."""
    return _chance(model, name, _Mark(term))


@lru_cache(maxsize=MOST_KEPT)
def _chance(model: Model, name: str, mark: _Mark) -> Array:
    rows, term = model.rows, mark.term
    if isinstance(term, MidTerm):
        by_variant = midline_likelihood(model, [term])
    else:
        parts = [np.broadcast_to(_mean(weigh([term], block)[0], block), (block.shape[0], 5, 5, 3)) for block in model.blocks]
        pattern = np.where(rows.near_is_left == (name == "left"), rows.near, rows.far)
        by_variant = np.concatenate(parts)[pattern]
    severity = rows.share[:, None, None] * rows.severity[rows.lesion[rows.variant_row]]
    found = np.einsum("vab,vabc->vc", severity, np.broadcast_to(by_variant, (*severity.shape, 3)))
    return np.stack([np.bincount(rows.variant_row, column, len(rows.side)) for column in found.T], axis=1)


def _mean(weighed: Weighed, block: Portion) -> Array:
    """A finding's likelihood, averaged over what no other side shares: (p, a, b, c), of length 1 where it does not see them."""
    match weighed.axes:
        case "rgpac":
            share = np.multiply.outer(POWER_TRUST, block.anatomy_share).ravel()
            return np.asarray((share @ weighed.values.reshape(len(share), -1)).reshape(weighed.values.shape[2:])[:, :, None])
        case "rdgpbc":
            share = np.multiply.outer(np.multiply.outer(SENSE_TRUST, block.map_share), block.anatomy_share).ravel()
            return np.asarray((share @ weighed.values.reshape(len(share), -1)).reshape(weighed.values.shape[3:])[:, None])
        case "gpabc":
            return np.tensordot(block.anatomy_share, weighed.values, 1)
    return weighed.values[:, None, None, None]


def population(model: Model, evidence: Evidence, prior: Array, background: Array) -> dict[str, float]:
    """As `posterior.population_rates`."""
    listed = prior * ~unlisted_rows(model)
    listed /= listed.sum()
    sided = [(name, term) for name in ("left", "right") for term in evidence.side(name)]
    found = {term.key: float(listed @ (chance(model, name, term) @ background)) for name, term in sided}
    found |= {term.key: float(listed @ (chance(model, "", term) @ background)) for term in evidence.mid}
    return found | {told.key: float(listed @ told.rows) for told in evidence.rows}
