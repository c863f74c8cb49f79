"""Lasegue localises nerve lesions of the lower limb from what was found at the bedside.

A case is a dictionary with the keys of a case file, or what `read_case` made of one. What it does not say was not tested.

>>> import lasegue
>>> answer = lasegue.localize({"side": "left", "power": [{"movement": "great toe extension", "grade": 2}]})
>>> answer["ranking"][0]["side"]
'left'
>>> [flag["urgency"] for flag in answer["red_flags"]]
['same_day']

Forward, from the lesion to its findings: `expected`, `compare`; what the knowledge says: `show`. A table of cases:
`localize_batch`.

Everything but the errors loads when it is first used, so that `import lasegue` costs next to nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from lasegue.errors import CaseError, InputError, LasegueError, UnknownName
from lasegue.version import __version__

if TYPE_CHECKING:
    from lasegue.assess import Assessment, as_answer, assess
    from lasegue.batch import localize_batch
    from lasegue.case import BadCase, Case, read_case, read_cases
    from lasegue.simulate import compare, expected, show

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
_LATER: Final = {
    "Assessment": "assess",
    "BadCase": "case",
    "Case": "case",
    "as_answer": "assess",
    "assess": "assess",
    "compare": "simulate",
    "expected": "simulate",
    "localize_batch": "batch",
    "read_case": "case",
    "read_cases": "case",
    "show": "simulate",
}
"""The room that each of these names is in."""


def localize(
    case: "Case | dict[str, object]", *, setting: str | None = None, map_: str | None = None, lenient: bool = False
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
    from lasegue.assess import as_answer, assess
    from lasegue.case import Case, read_case

    read = case if isinstance(case, Case) else read_case(case, lenient=lenient)
    return as_answer(assess(read, setting=setting, map_=map_))


class _FrontDoor(ModuleType):
    """This module, in which `assess` is the function and never the room of that name, whichever was asked for first."""

    def __getattr__(self, name: str) -> Any:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f"lasegue.{_LATER[name]}"), name)
        setattr(self, name, found)
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _LATER and isinstance(value, ModuleType)):  # so Python tells a package of each room that it loads
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *_LATER})


sys.modules[__name__].__class__ = _FrontDoor
