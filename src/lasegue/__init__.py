"""Lasegue localises nerve lesions of the lower limb from what was found at the bedside.

    import lasegue

    case = lasegue.read_case({"side": "left", "power": [{"movement": "ankle dorsiflexion", "grade": 2}]})
    lasegue.assess(case).ranking[0].lesion
"""

from lasegue.assess import Assessment, as_answer, assess
from lasegue.case import Case, read_case, read_cases
from lasegue.errors import CaseError, LasegueError

__version__ = "0.1.0"

__all__ = ["Assessment", "Case", "CaseError", "LasegueError", "__version__", "as_answer", "assess", "localize", "read_case", "read_cases"]


def localize(case: Case | dict[str, object], *, setting: str | None = None, map_: str | None = None, lenient: bool = False) -> dict[str, object]:
    """The answer to a case, or to the dictionary of a case file, with the keys of the public contract.

    Raises CaseError with every fault of the dictionary at once; `lenient` turns names that are not understood into entries of `unused`.
    """
    read = case if isinstance(case, Case) else read_case(case, lenient=lenient)
    return as_answer(assess(read, setting=setting, map_=map_))
