"""Checks the shape of a case, all faults at once: unknown keys, wrong types, missing keys."""

from typing import Any

from lasegue.case.plain import CASE, PARTS, SPHINCTER, SPHINCTER_FINDING, plainly_fits
from lasegue.errors import Fault
from lasegue.names import fold, nearest

_LONGEST_WORD = 60


def path_of(places: tuple[str | int, ...]) -> str:
    """A place in a case file as it is written in messages: `power[2].grade`."""
    path = ""
    for place in places:
        path += f"[{place}]" if isinstance(place, int) else f".{place}" if path else place
    return path


def short(value: object) -> str:
    """A value as a message shows it."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _LONGEST_WORD else f"{text[: _LONGEST_WORD - 1]}…"


def _unknown_in(part: dict[Any, Any], known: tuple[str, ...], path: str) -> tuple[dict[str, Any], list[Fault]]:
    kept = {key: value for key, value in part.items() if key in known}
    names = {fold(name): name for name in known}
    faults = []
    for key in part:
        if key not in known:
            place = f"{path}.{key}" if path else str(key)
            faults.append(Fault(place, short(key), f"unknown key {short(key)!r}", nearest(fold(str(key)), names)))
    return kept, faults


def split_unknown_keys(data: dict[Any, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The case without the keys that no case file has, and a fault for each of those."""
    kept, faults = _unknown_in(data, tuple(CASE), "")
    for name, keys in PARTS.items():
        entries = kept.get(name)
        if isinstance(entries, list):
            cleaned: list[Any] = []
            for place, entry in enumerate(entries):
                if isinstance(entry, dict):
                    entry, more = _unknown_in(entry, tuple(keys), f"{name}[{place}]")  # noqa: PLW2901 - the entry without its unknown keys
                    faults += more
                cleaned.append(entry)
            kept[name] = cleaned
    sphincter = kept.get("sphincter")
    if isinstance(sphincter, dict):
        kept["sphincter"], more = _unknown_in(sphincter, tuple(SPHINCTER), "sphincter")
        faults += more
        for name, value in kept["sphincter"].items():
            kept["sphincter"][name], more = _unknown_deeper(value, tuple(SPHINCTER_FINDING), f"sphincter.{name}")
            faults += more
    return kept, faults


def _unknown_deeper(value: object, known: tuple[str, ...], path: str) -> tuple[object, list[Fault]]:
    """The same for a sphincter finding, which may stand alone or in a list."""
    if isinstance(value, dict):
        return _unknown_in(value, known, path)
    if not isinstance(value, list):
        return value, []
    kept, faults = [], []
    for place, entry in enumerate(value):
        entry, more = _unknown_in(entry, known, f"{path}[{place}]") if isinstance(entry, dict) else (entry, [])  # noqa: PLW2901
        kept.append(entry)
        faults += more
    return kept, faults


_UNION_NAMES = {"str", "int", "float", "bool", "list", "SphincterFindingPart", "a set", "a text", "function-before[_text(), str]"}


def shape_faults(data: dict[str, Any]) -> list[Fault]:
    """Every fault of type or presence in a case whose keys are known."""
    if plainly_fits(data):
        return []
    from pydantic import ValidationError

    from lasegue.case.shape import CaseFile

    try:
        CaseFile.model_validate(data)
    except ValidationError as error:
        found: dict[str, Fault] = {}
        for one in error.errors(include_url=False, include_context=False):
            places = tuple(place for place in one["loc"] if isinstance(place, int) or not _is_branch(place))
            path = path_of(places)
            if one["type"] == "missing":
                found.setdefault(path, Fault(path, path.rsplit(".", 1)[-1], "is missing"))
            else:
                found.setdefault(path, Fault(path, short(one["input"]), f"{_message(one['msg'])}, not {short(one['input'])}"))
        return list(found.values())
    except RecursionError:
        return [Fault("", "", "is nested too deeply")]
    return []


def _is_branch(place: str) -> bool:
    """Pydantic names the branch of a union in its places; a reader of messages does not care."""
    return place in _UNION_NAMES or place.startswith(("function-", "list[", "constrained-"))


def _message(text: str) -> str:
    """ "Value error, should be text" as "should be text"."""
    words = text.removeprefix("Value error, ").removeprefix("Input ")
    words = (
        words.replace("valid dictionary or instance of", "set of keys for a")
        .replace("valid dictionary", "set of keys")
        .replace("valid list", "list")
    )
    return f"{words[0].lower()}{words[1:]}"
