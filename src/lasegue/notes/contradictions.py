"""Findings of one note said twice, and findings that cannot all hold."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lasegue.notes.naming import name_of, targets

if TYPE_CHECKING:
    from lasegue.notes.reading import NoteFinding

_KINDS = {"power": "power", "sensory": "sense", "reflexes": "reflex", "tests": "test", "pain": "pain"}
_NORMAL_GRADE = 5.0
_SAME = 0.75
_CLEAR = 3


def _sides(entry: dict[str, Any]) -> frozenset[str]:
    side = entry.get("side")
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
        same = not one.get("modality") or not other.get("modality") or set(one["modality"]) & set(other["modality"])
        return bool(same) and {first, second} == {"normal", "lost"}
    if first != second:
        return bool(first and second) and kind != "pain"
    grades = _grade(one), _grade(other)
    return kind == "power" and grades[0] is not None and grades[1] is not None and abs(grades[0] - grades[1]) > _SAME


def _key(one: "NoteFinding") -> tuple[str, frozenset[str], frozenset[str], bool]:
    kind = _KINDS[one.kind]
    ids = targets(kind, name_of(kind, one.entry))
    if kind == "sense":
        ids |= {",".join(one.entry.get("modality", ())), _class(kind, one.entry) if _class(kind, one.entry) == "irritated" else ""}
    return kind, ids, _sides(one.entry), one.past


def settle(found: Sequence["NoteFinding"]) -> tuple[list["NoteFinding"], list[list["NoteFinding"]]]:
    """Each finding once, and the groups that contradict one another, which count for nothing."""
    groups: dict[object, list[NoteFinding]] = {}
    for one in found:
        key = _key(one) if one.kind in _KINDS else (one.kind, str(one.entry))
        groups.setdefault(key, []).append(one)
    kept: list[NoteFinding] = []
    against: list[list[NoteFinding]] = []
    for mine in groups.values():
        kind = _KINDS.get(mine[0].kind, "")
        if kind and any(_clash(kind, mine[0].entry, other.entry) for other in mine[1:]):
            against.append(mine)
            continue
        exact = next((one for one in mine if kind == "power" and _grade(one.entry) is not None), mine[0])
        kept.append(exact)
    kept, more = _sphincters(kept)
    kept.sort(key=lambda one: (one.start, one.end))
    return kept, [*against, *more]


def _sphincters(found: Sequence["NoteFinding"]) -> tuple[list["NoteFinding"], list[list["NoteFinding"]]]:
    """A part of the sphincters is not normal and something else at once."""
    parts: dict[str, list[NoteFinding]] = {}
    for one in found:
        if one.kind == "sphincter":
            parts.setdefault(next(iter(one.entry)), []).append(one)
    clashing = [
        mine
        for part, mine in parts.items()
        if part != "post_void_residual_ml" and {"normal"} < {str(one.entry[part]) for one in mine}
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
