"""The recipe in two looks: what can be said at once, and what takes a moment longer, so that a page can show the first meanwhile."""

from dataclasses import dataclass, replace

import numpy as np

from lasegue.assess.assessment import Assessment, Ranked
from lasegue.assess.parts import compose, look_ahead, no_ranking
from lasegue.assess.ranking import row_keys
from lasegue.case import Case
from lasegue.counterfactual import flips
from lasegue.explain import explain
from lasegue.inference import DEFAULT_SETTING, Posterior, posterior
from lasegue.model import Model, model
from lasegue.model.observe import Evidence, observe, unknown_side
from lasegue.redflags import raise_flags
from lasegue.suggest import suggest


@dataclass(frozen=True, slots=True)
class Weighing:
    """A case weighed by the model."""

    anatomy: Model
    evidence: Evidence
    found: Posterior


@dataclass(frozen=True, slots=True)
class FirstLook:
    """Red flags, ranking and reasons, with what a second look needs; `weighing` is None where nothing is ranked."""

    answer: Assessment
    case: Case
    weighing: Weighing | None


def first_look(case: Case, *, setting: str | None = None, map_: str | None = None) -> FirstLook:
    """Everything but what to do next and how sure the numbers are."""
    flags = raise_flags(case)  # before any ranking, and no ranking lowers them
    who = setting or case.setting or DEFAULT_SETTING
    if not flags.may_rank:
        return FirstLook(no_ranking(case, flags, who), case, None)
    anatomy = model(map_)
    evidence = observe(anatomy, case)
    found = posterior(anatomy, case, evidence, who)
    reasons = explain(anatomy, evidence, found)
    return FirstLook(compose(case, flags, who, anatomy, evidence, found, reasons), case, Weighing(anatomy, evidence, found))


def second_look(first: FirstLook) -> Assessment:
    """The whole assessment: what to do next, and what would have changed it."""
    if first.weighing is None:
        return first.answer
    parts = (first.weighing.anatomy, first.case, first.weighing.evidence, first.weighing.found)
    return look_ahead(first.answer, suggest(*parts), flips(*parts))


def with_intervals(first: FirstLook, answer: Assessment) -> Assessment:
    """The assessment with the model's own uncertainty on each lesion that the members redo.

    Where no side is known a row stands for two, and its bounds are the sums of theirs: at least as wide as the truth.
    """
    if first.weighing is None:
        return answer
    from lasegue.inference.ensemble import interval

    found = first.weighing.found
    bounds = interval(first.weighing.anatomy, first.weighing.evidence, found)
    total: dict[tuple[str, str | None], np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = {}
    for key, bound in zip(row_keys(first.weighing.anatomy, unknown_side(first.case)), bounds, strict=True):
        total[key] = total.get(key, np.zeros(2)) + bound
    return replace(answer, ranking=tuple(_bounded(row, *total[row.lesion, row.side]) for row in answer.ranking))


def _bounded(row: Ranked, low: float, high: float) -> Ranked:
    """A row that no member redid has no width, and says nothing."""
    return replace(row, interval=(float(low), min(1.0, float(high)))) if high > low else row
