"""From a Case back to the data of a case file."""

from copy import deepcopy
from typing import Any

from lasegue.case.model import Case, HistoryFinding, InvestigationFinding, Power, Sense, Shares, SphincterFinding

_VALUES = {"limited_by_pain": "limited by pain", "give_way": "give-way", "weak": "weak"}
_TEMPO = ("tempo.", "course.")


def case_to_dict(case: Case) -> dict[str, Any]:
    """The case as data that reads back to the same case: what was read, or, for a case made in memory, one entry for each record."""
    return deepcopy(case.source) if case.source else _made(case)


def _made(case: Case) -> dict[str, Any]:
    data: dict[str, Any] = {"format": 1, "id": case.id, "age": case.age, "sex": case.sex, "side": case.side, "setting": case.setting}
    data |= {"onset": case.tempo.onset, "course": case.tempo.course}
    data["history"] = [_history(one) for one in case.history if not one.item.startswith(_TEMPO)]
    data["pain"] = [
        _sided({"site": ("" if one.present else "no ") + _names(one.regions), "severity": one.severity, "past": one.past}, one.side)
        for one in case.pain
    ]
    data["sensory"] = [_sense(one) for one in case.sense]
    data["power"] = [_power(one) for one in case.power]
    data["reflexes"] = [_sided({"reflex": one.reflex, "finding": one.value, "past": one.past}, one.side) for one in case.reflexes]
    data["tests"] = [_sided({"test": one.test, "result": one.value, "value": one.number, "past": one.past}, one.side) for one in case.tests]
    data["sphincter"] = _sphincter(case.sphincter)
    data["investigations"] = [_investigation(one) for one in case.investigations]
    data |= {"text": case.text, "gold": deepcopy(case.gold), "meta": deepcopy(case.meta)}
    return _without_empty(data)


def _sense(one: Sense) -> dict[str, Any]:
    site = "elsewhere" if one.rest else f"{one.label_root.replace('+', ', ')} dermatomes" if one.label_root else _names(one.sites)
    source = one.source if one.source != "unknown" else None
    return _sided({"site": site, "modality": list(one.modalities), "finding": one.value, "source": source, "past": one.past}, one.side)


def _power(one: Power) -> dict[str, Any]:
    movement = "all other muscles" if one.rest else _names(one.movements or one.muscles)
    grade = one.grade if one.grade is not None else _VALUES[one.value]
    return _sided({"movement": movement, "grade": grade, "past": one.past}, one.side)


def _investigation(one: InvestigationFinding) -> dict[str, Any]:
    result = " ".join(word for word in (one.level, one.zone, one.result.replace("_", " ")) if word)
    return _sided(
        {
            "test": one.investigation,
            "result": result,
            "muscle": one.muscle,
            "nerve": one.nerve,
            "response": one.response,
            "level": one.root,
            "value": one.number,
            "past": one.past,
        },
        one.side,
    )


def _history(one: HistoryFinding) -> str | dict[str, Any]:
    words = ("" if one.present else "no", one.item.replace("_", " ").replace(".", " "), one.side or "")
    told = " ".join(word for word in words if word)
    return {"told": told, "past": True} if one.past else told


def _sphincter(findings: tuple[SphincterFinding, ...]) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for one in findings:
        part, _, word = one.item.partition(".")
        since = one.since.replace("_", "-") if one.since else None
        parts.setdefault(part, []).append(_without_empty({"finding": word.replace("_", " "), "since": since, "past": one.past}))
    return parts


def _sided(data: dict[str, Any], side: str | None) -> dict[str, Any]:
    """An entry that always says its side: null means unknown, a side left out would be the case's."""
    return {**_without_empty(data), "side": side}


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None and value is not False and value not in ("", [], {})}


def _names(shares: Shares) -> str:
    return ", ".join(identifier for identifier, _ in shares)
