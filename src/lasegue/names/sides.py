"""Side words: left, right, both, and those that are relative to the case's side."""

import re
from functools import lru_cache

from lasegue.names.fold import plain
from lasegue.names.tables import lookup

_BOTH = (
    r"\bleft\s*(?:and|&|\+|/|,)\s*right\b|\bright\s*(?:and|&|\+|/|,)\s*left\b|\bl\s*(?:and|&|\+|/)\s*r\b|\br\s*(?:and|&|\+|/)\s*l\b"
    r"|\bboth(?:\s+sides)?\b|\bbilat(?:eral(?:ly)?)?\b|\bb/l\b|\b(?:on\s+)?each\s+side\b|\beither\s+side\b"
)
_LIMB = r"(?=\s+(?:leg|foot|calf|thigh|buttock|hip|knee|ankle|heel|groin|shin|sole|toe|big|great|lower|side|sciatica|limb|hallux)\b)"
_HAND = r"(?:[\s-]+(?:hand\s+)?sided?)?\b"
_LEAVING = r"(?!\s+(?:her|him|them|work|hospital|home|untreated|alone)\b)"
_AS_FAR_AS = r"(?!\s+(?:down|up|into|through|away|now|after|across|along)\b)"
# "It left her" and "right down the leg" name no side.
_LEFT = (
    rf"\b(?:on\s+)?(?:the\s+)?left{_LEAVING}{_HAND}|\blt\b|\blhs\b|\(\s*l\s*\)|^l\b(?=\s+[a-z])|(?<=[a-z])\s+l$"
    rf"|(?<=\s)l\b{_LIMB}|(?<=[a-z]\s)l(?=\s+\d)"
)
_RIGHT = (
    rf"(?<!\ball\s)\b(?:on\s+)?(?:the\s+)?right{_AS_FAR_AS}{_HAND}|\brt\b|\brhs\b|\(\s*r\s*\)|^r\b(?=\s+[a-z])|(?<=[a-z])\s+r$"
    rf"|(?<=\s)r\b{_LIMB}|(?<=[a-z]\s)r(?=\s+\d)"
)
_SIDES = (("bilateral", re.compile(_BOTH)), ("left", re.compile(_LEFT)), ("right", re.compile(_RIGHT)))
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")

_WHOLE = lookup("""
left: left, l, lt, lhs, left side, left-sided, left leg
right: right, r, rt, rhs, right side, right-sided, right leg
bilateral: bilateral, both, b/l, bl, bilat, both sides, both legs, left and right, bilaterally, symmetrical, symmetric
unknown: unknown, none, not stated, unspecified, midline, null, n/a, central
same: ipsilateral, affected, symptomatic, same
other: contralateral, opposite, other, unaffected, asymptomatic
""")
SIDE_NAMES = ("left", "right", "bilateral")
OPPOSITE = {"left": "right", "right": "left"}


def side_word(text: str) -> str | None:
    """What a side field says: left, right, bilateral, unknown, same or other (than the case's side); None when not understood."""
    words = " ".join(plain(text).split())
    return _WHOLE.get(words) if words else "unknown"


def split_side(text: str) -> tuple[str, str | None]:
    """A name without its side word, and the side (left, right, bilateral or None)."""
    for side, pattern in _SIDES:
        match = pattern.search(plain(text))
        if match:
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            return " ".join(_EMPTY_BRACKETS.sub(" ", rest).split()), side
    return text, None


_RELATIVE = re.compile(
    r"\b(?<!all )(?:(?:on\s+|of\s+|in\s+)?the\s+)?(?P<which>other|opposite|contralateral|unaffected|asymptomatic|uninvolved|ipsilateral"
    r"|affected|symptomatic|involved)\s+(?P<part>side|leg|foot|limb|lower\s+limb|lower\s+extremity|thigh|calf|sole|knee"
    r"|ankle|buttock)\b"
    r"(?!\s+(?:muscles?|movements?|dermatomes?|groups?|sites?))"
)
_SAME = frozenset({"ipsilateral", "affected", "symptomatic", "involved"})
_WHOLE_LEG = frozenset({"side", "leg", "limb", "lower limb", "lower extremity"})


def split_relative(text: str) -> tuple[str, str | None]:
    """A name without "the other side" or "contralateral leg", and whether that is the other side or the same.

    Of a whole leg nothing is left.
    """
    low = plain(text)
    match = _RELATIVE.search(low)
    if not match:
        return text, None
    part = "" if " ".join(match["part"].split()) in _WHOLE_LEG else match["part"]
    rest = " ".join(f"{low[: match.start()]} {part} {low[match.end() :]}".split())
    return re.sub(r"\s+(?:of|on|in|over|at)$", "", rest).strip(" ,:"), "same" if match["which"] in _SAME else "other"


_PLURAL = re.compile(
    r"\b(?:feet|soles|legs|thighs|calves|shins|knees|ankles|heels|buttocks|lower\s+(?:limbs|extremities)|great\s+toes|big\s+toes|halluces"
    r"|glove\s+and\s+stocking|stockings?\s+and\s+gloves?|gloves|hands|arms)\b"
)


def in_plural(text: str) -> bool:
    """Whether a name speaks of parts that a leg has only one of, so of both legs."""
    return _PLURAL.search(plain(text)) is not None


def sides_in(text: str) -> set[str]:
    """Every side that a free text names."""
    return set(_sides_in(text))


@lru_cache(maxsize=2048)
def _sides_in(text: str) -> frozenset[str]:
    low = plain(text)
    found = frozenset(side for side, pattern in _SIDES if pattern.search(low))
    return frozenset({"bilateral"}) if "bilateral" in found or found == {"left", "right"} else found
