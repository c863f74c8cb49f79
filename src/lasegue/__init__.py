"""Lasegue localises nerve lesions of the lower limb from what was found at the bedside.

A case is a dictionary with the keys of a case file, or what `read_case` made of one. What it does not say was not tested.

>>> import lasegue
>>> answer = lasegue.localize({"side": "left", "power": [{"movement": "great toe extension", "grade": 2}]})
>>> answer["ranking"][0]["side"]
'left'
>>> [flag["urgency"] for flag in answer["red_flags"]]
['same_day']

Forward, from the lesion to its findings: `expected`, `compare`; what the knowledge says: `show`. A table of cases:
`localize_batch`. These load when first used.
"""

from typing import TYPE_CHECKING, Any

from lasegue.assess import Assessment, as_answer, assess
from lasegue.case import BadCase, Case, read_case, read_cases
from lasegue.errors import CaseError, InputError, LasegueError, UnknownName

if TYPE_CHECKING:
    from lasegue.batch import localize_batch
    from lasegue.simulate import compare, expected, show

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "BadCase",
    "Case",
    "CaseError",
    "InputError",
    "LasegueError",
    "UnknownName",
    "__version__",
    "as_answer",
    "assess",
    "compare",
    "expected",
    "localize",
    "localize_batch",
    "read_case",
    "read_cases",
    "show",
]
_LATER = {"compare": "simulate", "expected": "simulate", "localize_batch": "batch", "show": "simulate"}


def localize(
    case: Case | dict[str, object], *, setting: str | None = None, map_: str | None = None, lenient: bool = False
) -> dict[str, Any]:
    """The answer to a case, or to the dictionary of a case file, with the keys of `lasegue localize --json`.

    `setting` is who walks in (it overrides the case's own), `map_` the dermatome map to believe.
    Raises CaseError with every fault of the dictionary at once; `lenient` turns names that are not understood into entries of `unused`.

    >>> answer = localize({"reflexes": [{"reflex": "ankle", "side": "both", "finding": "absent"}], "age": 80}, setting="primary_care")
    >>> answer["prior"], answer["red_flags"]
    ('primary_care', [])
    >>> localize({"power": [{"movement": "great toe extnsion", "side": "left", "grade": 7}]})
    Traceback (most recent call last):
    lasegue.errors.CaseError: ...
    """
    read = case if isinstance(case, Case) else read_case(case, lenient=lenient)
    return as_answer(assess(read, setting=setting, map_=map_))


def __getattr__(name: str) -> Any:
    """What few need, loaded when first used."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"lasegue.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
