"""Reads the examination: power and sensation."""

import re
from typing import Any

from lasegue.case.context import Context, is_past
from lasegue.case.model import NotTested, Power, PowerValue, Sense, Side
from lasegue.case.partly import name_within
from lasegue.case.signs import read_elsewhere
from lasegue.errors import UnknownName
from lasegue.names import Resolved, fold, nearest
from lasegue.names.tables import lookup
from lasegue.names.values import NOT_TESTED, read_grade, read_modalities, read_sense

_WORDS: dict[str, PowerValue] = {"weak": "weak", "limited by pain": "limited_by_pain", "give-way": "give_way"}
_SOURCES = lookup("""
tested: tested, examined, objective, examination
reported: reported, subjective, history, patient, symptom
unknown: unknown, not known
""")
_IRRITATION = frozenset({"paraesthesia", "hyperalgesia"})


def read_power(context: Context, entry: dict[str, Any], path: str) -> None:
    """One entry of `power`."""
    text = str(entry["movement"])
    try:
        grade = read_grade(entry["grade"])
    except UnknownName as error:
        grade = -1.0
        _bad_value(context, f"{path}.grade", error)
    try:
        members = context.lexicon.movements(text)
    except UnknownName as error:
        if grade == -1.0 or not read_elsewhere(context, entry, path, text, entry["grade"], "power"):
            name = name_within(context, f"{path}.movement", error, text, context.lexicon.movement)
            if name:
                read_power(context, {**entry, "movement": name}, path)
        return
    context.leave_all(f"{path}.movement", members[0].leftover, "movement")
    if grade != -1.0:
        for side in context.sides(entry, path, members[0].side):
            for member in members:
                _add_power(context, entry, path, member, grade, side)


def _bad_value(context: Context, path: str, error: UnknownName) -> None:
    """A number off the scale is a fault however a case is read; a word that is not understood may be left unused."""
    if "0 to 5" in error.kind:
        context.fault(path, error.word, f"a grade is 0 to 5, not {error.word}")
    else:
        context.unknown(path, error)


def _add_power(context: Context, entry: dict[str, Any], path: str, member: Resolved, grade: float | str, side: Side) -> None:
    origin = context.origin(entry, path, str(entry["movement"]))
    named = tuple(identifier for identifier, _ in (*member.ids, *member.muscles))
    if grade == NOT_TESTED:
        context.found.not_tested.append(NotTested(origin, "power", named, side))
    elif not named and not member.rest:
        outside = "normal" if grade == 5.0 else "weak"
        if not read_elsewhere(context, {**entry, "side": side}, path, str(entry["movement"]), outside, "power"):
            context.leave(path, origin.text, "outside the legs")
    else:
        value: PowerValue = "graded" if isinstance(grade, float) else _WORDS[grade]
        number = grade if isinstance(grade, float) else None
        context.found.power.append(
            Power(origin, side, value, number, member.ids, member.muscles, member.rest, is_past(entry), member.label_root, member.vague)
        )


_TRUNK = re.compile(
    r"\b(?:up\s+to|to|from|below)\s+(?:the\s+)?(?:umbilicus|navel|nipples?|costal\s+margin|waist|chest|t[0-9]{1,2})\b"
    r"|\bt[0-9]{1,2}\s+(?:down|and\s+below|level)|\b(?:legs?\s+and\s+(?:lower\s+)?trunk|trunk\s+and\s+legs?)\b",
    re.IGNORECASE,
)
"""Loss that climbs on to the trunk: a level, whatever else is said to be lost below it."""


def read_sensory(context: Context, entry: dict[str, Any], path: str) -> None:
    """One entry of `sensory`. Loss up to the trunk is read twice: as a level, and as loss in the legs that it names."""
    text = str(entry["site"])
    if _TRUNK.search(text) and read_elsewhere(context, entry, path, "sensory level", entry["finding"], "sensory"):
        below = "legs" if "trunk" in fold(text).split() else _TRUNK.sub(" ", text).strip()
        if below and _is_site(context, below):
            _read_site(context, entry, path, below)
    else:
        _read_site(context, entry, path, text)


def _is_site(context: Context, text: str) -> bool:
    try:
        return bool(context.lexicon.site(text).ids)
    except UnknownName:
        return False


def _read_site(context: Context, entry: dict[str, Any], path: str, text: str) -> None:
    values = _understood(context, f"{path}.finding", lambda: read_sense(entry["finding"]))
    modality = entry.get("modality")
    modalities = _understood(context, f"{path}.modality", lambda: read_modalities(modality)) if modality else ()
    try:
        site = context.lexicon.site(text)
    except UnknownName as error:
        if not values or not read_elsewhere(context, entry, path, text, entry["finding"], "sensory"):
            name = name_within(context, f"{path}.site", error, text, context.lexicon.site)
            if name:
                _read_site(context, entry, path, name)
        return
    context.leave_all(f"{path}.site", site.leftover, "site")
    source = _source(context, entry, path)
    if values is None or modalities is None or source is None:
        return
    for side in context.sides(entry, path, site.side):
        for value in values:
            told: Any = source or ("reported" if value in _IRRITATION else "tested" if modalities else "unknown")
            origin = context.origin(entry, path, text)
            made = Sense(origin, side, value, site.ids, modalities, told, site.label_root, site.label_nerve, site.rest, is_past(entry))
            _add_sense(context, entry, made)


def _understood(context: Context, path: str, read: Any) -> Any:
    try:
        return read()
    except UnknownName as error:
        context.unknown(path, error)
        return None


def _source(context: Context, entry: dict[str, Any], path: str) -> str | None:
    """The source as written, "" where it is left out, None where it is not understood."""
    if entry.get("source") is None:
        return ""
    found = _SOURCES.get(fold(str(entry["source"])))
    if found is None:
        names = {name: name for name in ("tested", "reported")}
        context.unknown(
            f"{path}.source", UnknownName(str(entry["source"]), "source", nearest(fold(str(entry["source"])), names) or tuple(names))
        )
    return found


def _add_sense(context: Context, entry: dict[str, Any], made: Sense) -> None:
    """Keep a finding; one that was not tested or lies outside the legs goes where it belongs."""
    path, text = made.origin.path, made.origin.text
    if made.value == NOT_TESTED:
        context.found.not_tested.append(NotTested(made.origin, "sensory", tuple(identifier for identifier, _ in made.sites), made.side))
    elif made.sites or made.rest:
        context.found.sense.append(made)
    elif not read_elsewhere(context, {**entry, "side": made.side}, path, text, made.value, "sensory"):
        context.leave(path, text, "outside the legs")
