"""Findings that go beyond one leg: levels on the trunk, arms beside legs, the other side, both legs in one word."""

import re
from typing import Any, Final

from lasegue.case.context import Context
from lasegue.case.signs import read_elsewhere
from lasegue.errors import UnknownName
from lasegue.names.fold import fold, plain
from lasegue.names.grammar import split_list
from lasegue.names.levels import ROOTS
from lasegue.names.sides import in_plural, split_relative, split_side

_MARK: Final = r"(?:umbilicus|navel|nipples?|costal\s+margin|waist|chest|xiphi\w*|belly\s+button|t[0-9]{1,2})"
_TRUNK: Final = re.compile(
    rf"\b(?:up\s+to|to|from|below|(?:sensory\s+)?level\s+(?:(?:at|of|to)\s+)?)\s*(?:the\s+)?(?:level\s+of\s+(?:the\s+)?)?{_MARK}\b(?:\s+down(?:wards?)?)?"
    rf"|\b{_MARK}\s+(?:downwards?|down|and\s+below|(?:sensory\s+)?level)\b"
    r"|\b(?:legs?\s+and\s+(?:lower\s+)?trunk|trunk\s+and\s+legs?)\b",
    re.IGNORECASE,
)
"""Loss that climbs on to the trunk: a level, whatever else is said to be lost below it."""
_DOWN: Final = re.compile(r"\bdown|\bbelow\b", re.IGNORECASE)
_ROOT: Final = r"(?P<root>[ls][1-5])"
_ROOT_LEVEL: Final = re.compile(
    rf"^(?:sensory\s+level\s+(?:at\s+|of\s+)?{_ROOT}|(?:from\s+|below\s+){_ROOT.replace('root', 'under')}(?:\s+down(?:wards?)?)?"
    rf"|{_ROOT.replace('root', 'down')}\s+(?:down(?:wards?)?|and\s+below|sensory\s+level)"
    rf"|(?:level\s+(?:at\s+|of\s+)?(?P<high>l[1-3])|(?P<upper>l[1-3])\s+level))(?:\s+dermatomes?)?$"
)
"""Loss of all roots from one down. "L5 level" is as often the one dermatome and stays so."""
_HALF_BODY: Final = re.compile(r"\b(?:hemi-?body|half\s+of\s+(?:the\s+)?body|side\s+of\s+(?:the\s+)?body)\b", re.IGNORECASE)
_PARESIS: Final = re.compile(r"^(?P<kind>para|mono|quadri|tetra)(?:paresis|plegia)$")
_ALL_LIMBS: Final = re.compile(r"^(?:all\s+)?(?:four|4)\s+limbs?$|^all\s+limbs$")
_ARMS: Final = re.compile(
    r"\b(?:arms?|hands?|fingers?|finger\s*tips?|upper\s+(?:limbs?|extremit(?:y|ies))|gloves?|grip|face|trunk)\b", re.IGNORECASE
)


def on_side(context: Context, entry: dict[str, Any], text: str, whole: str) -> tuple[dict[str, Any], str]:
    """An entry and its name with a relative or double side taken out of the name: "other side", "contralateral foot", "feet".

    "Right side" and "other leg" are the `whole` of that leg. The name is "" where it speaks of a side that is not known.
    """
    bare, relative = split_relative(text)
    if relative and "side" in entry:
        return entry, bare or whole
    if relative:
        # Without one side of its own a case has no other.
        return {**entry, "side": relative}, (bare or whole) if context.side in {"left", "right"} else ""
    bare, side = split_side(text)
    if side and not fold(bare):
        return ({**entry, "side": side} if "side" not in entry else entry), whole
    if side is None and "side" not in entry and in_plural(text):
        return {**entry, "side": "bilateral"}, text
    return entry, text


def read_level(context: Context, entry: dict[str, Any], path: str, text: str) -> str | None:
    """The place on the legs that is left to read of loss up to a level, "" where there is none, or None where no level is named."""
    bare = " ".join(plain(split_side(text)[0]).split())
    if _TRUNK.search(text) and _as_level(context, entry, path, text):
        below = "legs" if "trunk" in fold(text).split() else re.sub(r"\bsensory\b", "", _TRUNK.sub(" ", text)).strip(" ,.")
        if below and is_site(context, below):
            return below
        return "whole leg" if not fold(split_side(below)[0]) and _DOWN.search(text) else ""
    match = _ROOT_LEVEL.match(bare)
    root = next((found.upper() for found in match.groups() if found), None) if match else None
    if root is None:
        return None
    if root == "L1":
        _as_level(context, entry, path, text)
    side = split_side(text)[1]
    return f"{side or ''} {' and '.join(ROOTS[ROOTS.index(root) :])}".strip()


def _as_level(context: Context, entry: dict[str, Any], path: str, text: str) -> bool:
    side = split_side(text)[1]
    sided = {**entry, "side": side} if side and "side" not in entry else entry
    return read_elsewhere(context, sided, path, "sensory level", entry["finding"], "sensory")


def is_site(context: Context, text: str) -> bool:
    """Whether a wording names skin of the leg."""
    try:
        return bool(context.lexicon.site(text).ids)
    except UnknownName:
        return False


def both_halves(text: str) -> str:
    """ "Left hemibody" as the arm and the leg of that side."""
    return _HALF_BODY.sub("arm and leg", text)


def palsy(entry: dict[str, Any], text: str) -> tuple[dict[str, Any], str]:
    """Paraparesis, quadriplegia and the like as the limbs that they weaken."""
    match = _PARESIS.match(fold(text))
    kind = match["kind"] if match else "all" if _ALL_LIMBS.match(plain(text).strip()) else ""
    if not kind:
        return entry, text
    if kind == "mono":
        return entry, "leg"
    return {**entry, "side": entry.get("side", "bilateral")}, "legs" if kind == "para" else "arms and legs"


def read_outside(context: Context, entry: dict[str, Any], path: str, text: str, told: tuple[str, object]) -> None:
    """Members of a list that lie outside the legs, each read as when it stands alone. `told` is the heading and the value."""
    heading, value = told
    parts = split_list(text)
    for part in parts if len(parts) > 1 else ():
        bare = split_side(part)[0]
        if not _ARMS.search(bare):
            continue
        name = outside_name(bare) if heading == "sensory" else bare
        if not read_elsewhere(context, entry, path, name, value, heading):
            context.leave(path, part, "outside the legs")


_FINGERS: Final = re.compile(r"^\s*(?:finger\s*tips?|fingers?|thumbs?)\s*$", re.IGNORECASE)


def outside_name(text: str) -> str:
    """A place outside the legs by the name that its test knows: numb fingers are a numb hand."""
    return _FINGERS.sub("hand", text)


_ARM_DEED: Final = re.compile(
    r"^\s*(?:(?:little\s+|index\s+)?finger|thumb|wrist|elbow|shoulder|hand|forearm)s?\s+(?:(?:flex|ext|abd|add|spread|rotat|pronat|supinat|grip)\w*)\s*$"
    r"|^\s*(?:(?:first\s+)?dorsal\s+interosse(?:i|us|ous)|fdi|deltoids?|triceps|grip|hand\s+grip|apb|abductor\s+pollicis\s+brevis)\s*$",
    re.IGNORECASE,
)


def arm_deed(text: str) -> str:
    """A movement or muscle of the arm by the name that its test knows: weak finger abduction is a weak arm."""
    bare, side = split_side(text)
    return f"{side or ''} arm".strip() if _ARM_DEED.search(bare) else text
