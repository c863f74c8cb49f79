"""Findings of one note said twice, and findings that cannot all hold."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lasegue.names import fold, packaged_lexicon
from lasegue.notes.naming import name_of, targets

if TYPE_CHECKING:
    from lasegue.notes.reading import NoteFinding

_KINDS = {"power": "power", "sensory": "sense", "reflexes": "reflex", "tests": "test", "pain": "pain"}
_NORMAL_GRADE = 5.0
_SAME = 0.75
_CLEAR = 3
# A leg that is numb or tingles, where on it not said.
_WHOLE = frozenset({"leg", "lower limb", "limb"})
_FELT = re.compile(r"\b(?:numb|tingl|pins|burn|dead)", re.IGNORECASE)


def _sides(entry: dict[str, Any], case: str | None) -> frozenset[str]:
    side = entry.get("side", case)
    return frozenset({"left", "right"} if side == "bilateral" else {str(side)})


def _class(kind: str, entry: dict[str, Any]) -> str:
    value = str(entry.get("grade", entry.get("finding", entry.get("result", ""))))
    if kind == "power":
        return "normal" if value in {"normal", "5"} else "weak"
    if kind == "sense":
        return "normal" if value == "normal" else "irritated" if value in {"paraesthesia", "hyperalgesia"} else "lost"
    return value


def _grade(entry: dict[str, Any]) -> float | None:
    try:
        return float(str(entry.get("grade")).rstrip("+-"))
    except ValueError:
        return None


def _clash(kind: str, one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two statements about one target exclude each other."""
    first, second = _class(kind, one), _class(kind, other)
    if kind == "sense":
        if {one.get("source"), other.get("source")} == {"tested", "reported"}:
            return False
        same = not one.get("modality") or not other.get("modality") or set(one["modality"]) & set(other["modality"])
        return bool(same) and {first, second} == {"normal", "lost"}
    if first != second:
        return bool(first and second) and kind != "pain"
    grades = _grade(one), _grade(other)
    return kind == "power" and grades[0] is not None and grades[1] is not None and abs(grades[0] - grades[1]) > _SAME


def _key(one: "NoteFinding") -> tuple[str, frozenset[str], bool]:
    kind = _KINDS[one.kind]
    ids = targets(kind, name_of(kind, one.entry))
    if kind == "power":
        target = packaged_lexicon().movement(name_of(kind, one.entry))
        ids |= {f"rest {target.rest}", f"vague {target.vague}"}
    if kind == "sense":
        ids |= {str(one.entry.get("source")), str(one.entry["finding"]) if _class(kind, one.entry) == "irritated" else ""}
    return kind, ids, one.past


def settle(found: Sequence["NoteFinding"]) -> tuple[list["NoteFinding"], list[list["NoteFinding"]]]:
    """Each finding once, and the groups that contradict one another, which count for nothing."""
    side = case_side(found)
    _tell_apart(found)
    groups: dict[object, list[NoteFinding]] = {}
    for one in _specific(found, side):
        groups.setdefault(_key(one) if one.kind in _KINDS else (one.kind, str(one.entry)), []).append(one)
    kept: list[NoteFinding] = []
    against: list[list[NoteFinding]] = []
    for mine in groups.values():
        kind = _KINDS.get(mine[0].kind, "")
        if not kind:
            kept.append(mine[0])
            continue
        clashing, rest = _parted(kind, mine, side)
        if clashing:
            against.append(clashing)
        kept += _once(kind, rest, side)
    kept, more = _sphincters(kept)
    kept.sort(key=lambda one: (one.start, one.end))
    return kept, [*against, *more]


def _parted(kind: str, mine: Sequence["NoteFinding"], side: str | None) -> tuple[list["NoteFinding"], list["NoteFinding"]]:
    """Those findings of one target that another excludes, and the rest; what is said twice in the same words is compared once."""
    said = {str(one.entry): one for one in mine}
    opposed = {words for words, one in said.items() if any(_opposed(kind, one, other, side) for other in said.values())}
    return [one for one in mine if str(one.entry) in opposed], [one for one in mine if str(one.entry) not in opposed]


def _tell_apart(found: Sequence["NoteFinding"]) -> None:
    """Where sensation is said to be normal, a place that is numb or tingles is what the patient feels: reported, not tested."""
    sense = [one for one in found if one.kind == "sensory" and not one.past]
    if not any(one.entry["finding"] == "normal" for one in sense):
        return
    for one in sense:
        felt = _FELT.search(one.text) is not None and not one.entry.get("modality")
        one.entry["source"] = "reported" if felt and one.entry["finding"] != "normal" else "tested"


def too_vague(found: Sequence["NoteFinding"], side: str | None) -> list["NoteFinding"]:
    """A weak leg where a movement of it is said to be weak, a numb one where its numb places are told: they add nothing."""
    weak = [one for one in found if one.kind == "power" and _class("power", one.entry) == "weak" and not one.past]
    vague = [one for one in weak if packaged_lexicon().movement(str(one.entry["movement"])).vague]
    exact = _without(weak, vague)
    felt = [one for one in found if one.kind == "sensory" and _class("sense", one.entry) != "normal" and not one.past]
    whole = [one for one in felt if fold(str(one.entry["site"])) in _WHOLE]
    placed = _without(felt, whole)
    return [
        one
        for several, others in ((vague, exact), (whole, placed))
        for sides in ({where for other in others for where in _sides(other.entry, side)},)
        for one in several
        if _sides(one.entry, side) & sides
    ]


def _without(found: Sequence["NoteFinding"], some: Sequence["NoteFinding"]) -> list["NoteFinding"]:
    gone = {id(one) for one in some}
    return [one for one in found if id(one) not in gone]


def _opposed(kind: str, one: "NoteFinding", other: "NoteFinding", side: str | None) -> bool:
    return bool(_sides(one.entry, side) & _sides(other.entry, side)) and _clash(kind, one.entry, other.entry)


def _once(kind: str, mine: Sequence["NoteFinding"], side: str | None) -> list["NoteFinding"]:
    """Of findings that say the same the first; of weakness and its grade the grade."""
    kept: list[NoteFinding] = []
    for one in sorted(mine, key=lambda finding: kind == "power" and _grade(finding.entry) is None):
        covered = any(
            _sides(one.entry, side) <= _sides(other.entry, side) and one.entry.get("modality") == other.entry.get("modality")
            for other in kept
        )
        if not covered:
            kept.append(one)
    return kept


def _specific(found: Sequence["NoteFinding"], side: str | None) -> list["NoteFinding"]:
    """ "Reflexes normal except the left ankle jerk": what is said of all reflexes holds for those that nothing else names."""
    known = {id(one): targets("reflex", one.entry["reflex"]) for one in found if one.kind == "reflexes"}
    named = {
        (reflex, where) for one in found if len(ids := known.get(id(one), ())) == 1 for reflex in ids for where in _sides(one.entry, side)
    }
    settled: list[NoteFinding] = []
    for one in found:
        ids = known.get(id(one), frozenset())
        if len(ids) < 2 or not any((reflex, where) in named for reflex in ids for where in _sides(one.entry, side)):
            settled.append(one)
            continue
        for reflex in sorted(ids):
            left = [where for where in sorted(_sides(one.entry, side)) if (reflex, where) not in named]
            settled += [replace(one, entry=one.entry | {"reflex": reflex, "side": where}) for where in left if where != "None"]
    return settled


def _sphincters(found: Sequence["NoteFinding"]) -> tuple[list["NoteFinding"], list[list["NoteFinding"]]]:
    """A part of the sphincters is not normal and something else at once."""
    parts: dict[str, list[NoteFinding]] = {}
    for one in found:
        if one.kind == "sphincter":
            parts.setdefault(next(iter(one.entry)), []).append(one)
    clashing = [
        mine for part, mine in parts.items() if part != "post_void_residual_ml" and {"normal"} < {str(one.entry[part]) for one in mine}
    ]
    gone = {id(one) for mine in clashing for one in mine}
    return [one for one in found if id(one) not in gone], clashing


def _abnormal(one: "NoteFinding") -> bool:
    kind = _KINDS.get(one.kind)
    return kind is not None and (kind == "pain" or _class(kind, one.entry) not in {"normal", "negative", ""}) and not one.past


def case_side(found: Sequence["NoteFinding"]) -> str | None:
    """The symptomatic side: that of what is abnormal."""
    count = {side: sum(one.entry.get("side") == side for one in found if _abnormal(one)) for side in ("left", "right", "bilateral")}
    left, right = count["left"], count["right"]
    if left or right:
        if not (left and right):
            return "left" if left else "right"
        return "left" if left >= _CLEAR * right else "right" if right >= _CLEAR * left else "bilateral"
    return "bilateral" if count["bilateral"] else None
