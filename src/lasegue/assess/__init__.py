"""The recipe: from a case to its assessment, in the order in which a clinician thinks."""

from lasegue.assess.answer import as_answer
from lasegue.assess.assessment import Assessment
from lasegue.assess.parts import compose, no_ranking
from lasegue.case import Case
from lasegue.explain import explain
from lasegue.inference import DEFAULT_SETTING, posterior
from lasegue.model import model
from lasegue.model.observe import observe
from lasegue.redflags import raise_flags


def assess(case: Case, *, setting: str | None = None, map_: str | None = None) -> Assessment:
    """Where the lesion may be, why, what does not fit, and what must not be missed.

    `setting` is who walks in (it overrides the case's own), `map_` the dermatome map to believe; all maps are weighed by default.
    """
    flags = raise_flags(case)  # before any ranking, and no ranking lowers them
    who = setting or case.setting or DEFAULT_SETTING
    if not flags.may_rank:
        return no_ranking(case, flags, who)
    anatomy = model(map_)
    evidence = observe(anatomy, case)
    found = posterior(anatomy, case, evidence, who)
    reasons = explain(anatomy, evidence, found)
    return compose(case, flags, who, anatomy, evidence, found, reasons)


__all__ = ["Assessment", "as_answer", "assess"]
