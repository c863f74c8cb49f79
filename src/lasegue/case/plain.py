"""The keys of a case file, and a quick look that passes what plainly has its shape.

Pydantic, which tells every fault of a case (`shape.py`), takes longer to load than a case to answer. What passes here has none, so it is
only asked about the rest. A test holds the two to the same keys and to never passing what the other refuses.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

LARGE: Final = 1e15
"""A number beyond this is left to the closer look."""
_OLDEST: Final = 120
Check = Callable[[object], bool]


def _text(value: object) -> bool:
    return type(value) is str or _number(value)


def _number(value: object) -> bool:
    return (type(value) is int or type(value) is float) and -LARGE < value < LARGE


def _measure(value: object) -> bool:
    return type(value) in (int, float) and 0 <= value < LARGE  # type: ignore[operator]


def _age(value: object) -> bool:
    return _measure(value) and value <= _OLDEST  # type: ignore[operator]


def _truth(value: object) -> bool:
    return type(value) is bool


def _value(value: object) -> bool:
    return _text(value) or _truth(value)


def _words(value: object) -> bool:
    return type(value) is str or (type(value) is list and all(map(_text, value)))


def _format(value: object) -> bool:
    return type(value) is int and value == 1


def _anything(value: object) -> bool:
    return type(value) is dict and all(type(key) is str for key in value)


def _sphincters(value: object) -> bool:
    return all(
        _fits(one, SPHINCTER_FINDING, ("finding",)) if type(one) is dict else _text(one)
        for one in (value if type(value) is list else [value])
    )


_FINDING: Final[dict[str, Check]] = {"side": _text, "note": _text, "past": _truth, "since": _text}
PARTS: Final[dict[str, dict[str, Check]]] = {
    "history": {"told": _text, "past": _truth},
    "pain": {**_FINDING, "site": _text, "region": _text, "severity": _value},
    "sensory": {**_FINDING, "site": _text, "modality": _words, "finding": _text, "source": _text},
    "power": {**_FINDING, "movement": _text, "grade": _value},
    "reflexes": {**_FINDING, "reflex": _text, "finding": _value},
    "tests": {**_FINDING, "test": _text, "result": _value, "angle": _number, "value": _number, "count": _number},
    "investigations": {
        **_FINDING,
        "test": _text,
        "result": _value,
        "muscle": _text,
        "nerve": _text,
        "response": _text,
        "level": _text,
        "value": _number,
    },
}
"""The keys of each finding in the lists of a case, with the check that a value of each passes."""
NEEDED: Final = {
    "history": ("told",),
    "sensory": ("site", "finding"),
    "power": ("movement", "grade"),
    "reflexes": ("reflex", "finding"),
    "tests": ("test",),
    "investigations": ("test",),
}
SPHINCTER_FINDING: Final[dict[str, Check]] = {"finding": _text, "since": _text, "side": _text, "note": _text, "past": _truth}
SPHINCTER: Final[dict[str, Check]] = {
    "bladder": _sphincters,
    "bowel": _sphincters,
    "anal_tone": _sphincters,
    "saddle_sensation": _sphincters,
    "sexual_function": _sphincters,
    "post_void_residual_ml": _measure,
}


def _fits(part: object, checks: Mapping[str, Check], needed: tuple[str, ...] = ()) -> bool:
    """Whether a part has known keys alone, those that it needs among them, and a value that each may have; null is as if left out."""
    if type(part) is not dict:
        return False
    given = {key: value for key, value in part.items() if value is not None}
    return all(key in given for key in needed) and all(key in checks for key in part) and all(checks[k](v) for k, v in given.items())


def _lines(value: object) -> bool:
    """A history: a line, or lines as text or as sets of keys."""
    if type(value) is str:
        return True
    return type(value) is list and all(
        _fits(one, PARTS["history"], NEEDED["history"]) if type(one) is dict else _text(one) for one in value
    )


def _list_of(name: str) -> Check:
    checks, needed = PARTS[name], NEEDED.get(name, ())
    return lambda value: type(value) is list and all(_fits(one, checks, needed) for one in value)


CASE: Final[dict[str, Check]] = {
    "format": _format,
    "id": _text,
    "age": _age,
    "sex": _text,
    "side": _text,
    "onset": _text,
    "course": _text,
    "setting": _text,
    "history": _lines,
    "pain": _list_of("pain"),
    "sensory": _list_of("sensory"),
    "power": _list_of("power"),
    "reflexes": _list_of("reflexes"),
    "tests": _list_of("tests"),
    "sphincter": lambda value: _fits(value, SPHINCTER),
    "investigations": _list_of("investigations"),
    "text": _text,
    "gold": _anything,
    "meta": _anything,
}


def plainly_fits(data: dict[str, Any]) -> bool:
    """Whether a case whose keys are known has the shape of a case file, as far as a quick look can tell."""
    return _fits(data, CASE)
