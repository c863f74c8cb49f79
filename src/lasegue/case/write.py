"""From a Case back to the data of a case file."""

from copy import deepcopy
from typing import Any

from lasegue.case.model import Case, Shares

_VALUES = {"limited_by_pain": "limited by pain", "give_way": "give-way", "weak": "weak"}


def case_to_dict(case: Case) -> dict[str, Any]:
    """The case as data that reads back to the same case: what was read, or, for a case made in memory, one entry for each record."""
    return deepcopy(case.source) if case.source else _made(case)


def _made(case: Case) -> dict[str, Any]:
    data: dict[str, Any] = {"format": 1, "id": case.id, "age": case.age, "sex": case.sex, "side": case.side, "setting": case.setting}
    data |= {"onset": case.tempo.onset, "course": case.tempo.course}
    data["history"] = [
        _history_line(one.item, one.present, one.side) for one in case.history if not one.item.startswith(("tempo.", "course."))
    ]
    data["pain"] = [
        {"site": ("" if one.present else "no ") + _names(one.regions), "side": one.side, "severity": one.severity} for one in case.pain
    ]
    data["sensory"] = [
        _without_empty(
            {
                "site": _names(one.sites),
                "modality": list(one.modalities),
                "finding": one.value,
                "source": _source(one.source),
                "past": one.past,
            }
        )
        | {"side": one.side}
        for one in case.sense
    ]
    data["power"] = [
        _without_empty(
            {
                "movement": "all other muscles" if one.rest else _names(one.movements or one.muscles),
                "grade": one.grade if one.grade is not None else _VALUES[one.value],
                "past": one.past,
            }
        )
        | {"side": one.side}
        for one in case.power
    ]
    data["reflexes"] = [
        _without_empty({"reflex": one.reflex, "finding": one.value, "past": one.past}) | {"side": one.side} for one in case.reflexes
    ]
    data["tests"] = [
        _without_empty({"test": one.test, "result": one.value, "value": one.number, "past": one.past}) | {"side": one.side}
        for one in case.tests
    ]
    data["sphincter"] = _sphincter(case)
    data["investigations"] = [
        _without_empty(
            {
                "test": one.investigation,
                "result": one.result.replace("_", " "),
                "muscle": one.muscle,
                "nerve": one.nerve,
                "response": one.response,
                "level": one.level or one.root,
                "value": one.number,
            }
        )
        | {"side": one.side}
        for one in case.investigations
    ]
    data |= {"text": case.text, "gold": deepcopy(case.gold), "meta": deepcopy(case.meta)}
    return _without_empty(data)


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None and value is not False and value not in ("", [], {})}


def _names(shares: Shares) -> str:
    return ", ".join(identifier for identifier, _ in shares)


def _source(source: str) -> str | None:
    return source if source != "unknown" else None


def _history_line(item: str, present: bool, side: str | None) -> str:
    return " ".join(word for word in ("" if present else "no", item.replace("_", " ").replace(".", " "), side) if word)


def _sphincter(case: Case) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for one in case.sphincter:
        part, _, word = one.item.partition(".")
        parts.setdefault(part, []).append(
            {"finding": word.replace("_", " ")} | ({"since": one.since.replace("_", "-")} if one.since else {})
        )
    return parts
