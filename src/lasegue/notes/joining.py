"""Mentions that are one thing together: a sign of Tinel and its place, a movement and the joint named before it."""

import re
from collections.abc import Sequence

from lasegue.notes.mention import Mention
from lasegue.notes.naming import targets

_JOINT = re.compile(r"(?:hip|knee|ankle|great\s+toe|big\s+toe|toe)s?(?=\s)", re.IGNORECASE)


def placed(items: Sequence[Mention]) -> list[Mention]:
    """A sign of Tinel with the place where it was tapped as one target: "Tinel's positive over the fibular head"."""
    found = _jointed(items)
    for one in items:
        if one.kinds.get("test") != "Tinel":
            continue
        after = [other for other in found if other.start >= one.end and other.kind not in {"side", "value", "grade"}]
        place = after[0] if after and after[0].kind == "target" else None
        ahead = [other for other in found if other.end <= one.start and other.kind == "target"]
        if place is None and ahead and targets("test", f"Tinel {ahead[-1].text}"):
            one.kinds["test"] = f"Tinel {ahead[-1].text}"
        if place is not None and targets("test", f"Tinel {place.text}"):
            one.kinds["test"] = f"Tinel {place.text}"
            found.remove(place)
    return found


def _jointed(items: Sequence[Mention]) -> list[Mention]:
    """ "Hip abduction and extension": a movement that names no joint has that of the movement before it."""
    found: list[Mention] = []
    joint = ""
    for one in items:
        named = _JOINT.match(one.text) if one.kind == "target" else None
        joint = named[0] if named else joint
        if "movement" in one.kinds:
            meant = f"{joint} {one.kinds['movement']}"
            others = {kind: name for kind, name in one.kinds.items() if kind != "movement"}
            if joint and targets("power", meant):
                one.kinds = {"power": meant}
            elif others:
                one.kinds = others
            else:
                continue
        found.append(one)
    return found
