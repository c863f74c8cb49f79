"""The recipe: from a case to its assessment, in the order in which a clinician thinks."""

from lasegue.assess.answer import as_answer
from lasegue.assess.assessment import Assessment
from lasegue.assess.brief import brief
from lasegue.assess.looks import FirstLook, first_look, second_look, with_intervals
from lasegue.case import Case


def assess(case: Case, *, setting: str | None = None, map_: str | None = None) -> Assessment:
    """Where the lesion may be, why, what does not fit, and what must not be missed.

    `setting` is who walks in (it overrides the case's own), `map_` the dermatome map to believe; all maps are weighed by default.
    """
    first = first_look(case, setting=setting, map_=map_)
    return with_intervals(first, second_look(first))


__all__ = ["Assessment", "FirstLook", "as_answer", "assess", "brief", "first_look", "second_look", "with_intervals"]
