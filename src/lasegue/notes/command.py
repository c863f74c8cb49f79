"""A note as a case: for the command line, and joined with what was entered by hand."""

import json
import re
from typing import Any

from lasegue.case import read_case
from lasegue.errors import CaseError
from lasegue.notes.naming import name_of, targets
from lasegue.notes.reading import Reading, Unread, read

_KINDS = {"power": "power", "sensory": "sense", "reflexes": "reflex", "tests": "test", "pain": "pain"}
_PLACE = re.compile(r"^(\w+)(?:\[(\d+)\]|\.(\w+))?")
_ROUNDS = 12


def case_from_text(text: str, entered: dict[str, Any] | None = None) -> dict[str, Any]:
    """The case of a note. Where findings were entered by hand too, those win: what the note says of the same target is left out."""
    found = dict(read(text).case)
    return _readable(_joined(dict(entered), found) if entered else found, entered or {})


def _joined(entered: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    case = dict(entered)
    for part, value in found.items():
        if isinstance(value, list):
            mine = list(entered.get(part) or [])
            case[part] = mine + [one for one in value if not any(_same(part, one, other) for other in mine)]
        elif isinstance(value, dict):
            case[part] = value | dict(entered.get(part) or {})
        elif case.get(part) is None:
            case[part] = value
    return case


def _same(part: str, one: Any, other: Any) -> bool:
    """Whether two entries speak of one target on a shared side."""
    kind = _KINDS.get(part)
    if kind is None or not isinstance(other, dict):
        return bool(one == other)
    first, second = targets(kind, name_of(kind, one)), targets(kind, name_of(kind, other))
    sides = {str(one.get("side")), str(other.get("side"))}
    return bool(first & second) and (len(sides) == 1 or bool(sides & {"bilateral", "None"}))


def _readable(case: dict[str, Any], entered: dict[str, Any]) -> dict[str, Any]:
    """The case without those findings of the note that a case file may not hold together; what was entered stays."""
    for _ in range(_ROUNDS):
        try:
            read_case(case, lenient=True)
        except CaseError as error:
            gone = False
            for fault in error.faults:
                gone = _drop(case, fault.path, entered) or gone
            if not gone:
                return case
        else:
            return case
    return case


def _drop(case: dict[str, Any], path: str, entered: dict[str, Any]) -> bool:
    place = _PLACE.match(path)
    if place is None or place[1] not in case:
        return False
    part, number = place[1], place[2]
    if number is not None and isinstance(case[part], list):
        at = int(number)
        if len(entered.get(part) or []) <= at < len(case[part]):
            case[part] = [one for n, one in enumerate(case[part]) if n != at]
            return True
        return False
    if isinstance(case[part], dict) and place[3] and place[3] not in (entered.get(part) or {}):
        case[part] = {key: value for key, value in case[part].items() if key != place[3]}
        return True
    return False


def read_command(text: str, as_json: bool) -> str:
    """What `lasegue read` prints: the case with the place of every finding, as JSON or as lines."""
    found = read(text)
    return json.dumps(found.as_dict(), ensure_ascii=False) if as_json else "\n".join(_lines(found))


def _lines(found: Reading) -> list[str]:
    who = ", ".join(f"{key} {found.case[key]}" for key in ("age", "sex", "side") if key in found.case)
    lines = [who] if who else []
    for one in found.findings:
        entry = one.entry if isinstance(one.entry, str) else ", ".join(f"{key} {value}" for key, value in one.entry.items())
        lines.append(f"{one.start:>5}-{one.end:<5} {one.kind:14} {entry}   “{' '.join(one.text.split())}”")
    for group in found.contradictions:
        lines.append(
            "cannot all hold, so none counts: " + " / ".join(f"“{' '.join(one.text.split())}” ({one.start}-{one.end})" for one in group)
        )
    lines += [_unused(one) for one in found.unused]
    return lines or ["nothing was found in the note"]


def _unused(one: Unread) -> str:
    return f"{one.start:>5}-{one.end:<5} not used       “{' '.join(one.text.split())}” ({one.why})"
