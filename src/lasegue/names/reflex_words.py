"""The finding of a reflex in several words: a side within it, a comparison behind it, and names that are a sign themselves."""

import re
from typing import Final

from lasegue.errors import UnknownName
from lasegue.names.fold import fold, plain
from lasegue.names.sides import OPPOSITE, split_side
from lasegue.names.values import read_reflex

_SIGN_NAME: Final = re.compile(
    r"\b(?:babinski'?s?|chaddock'?s?|oppenheim'?s?|extensor\s+(?:plantars?|toes?)|plantars?\s+(?:extensors?|upgoing)|up-?\s?going\s+(?:plantars?|toes?)"
    r"|extensor\s+(?:response|reflex))\b",
)
"""Names of the upgoing toe itself: what is present there is abnormal."""
_AFFIRMED: Final = frozenset("present positive yes true seen elicited elicitable found bilateral there pos 1".split()) | {
    "+",
    "++",
    "+++",
    "+ve",
}
_DENIED: Final = frozenset(
    "absent negative no none nil false not_present not_seen not_elicited not_elicitable not_found neg denied normal downgoing".split()
) | {"-", "-ve", "0", "down going", "down", "flexor", "flexion", "downgoing toe", "unremarkable"}
_UNSURE: Final = frozenset(
    "mute equivocal indifferent withdrawal unclear uncertain doubtful flat silent no_response unresponsive neutral".split()
)
_PLANTAR_MUTE: Final = frozenset({"withdrawal", "withdrew", "withdraw", "unclear", "withdrawal response", "withdrawn"})
_COMPARISON: Final = re.compile(
    r"\b(?:vs\.?|versus|(?:as\s+)?compared\s+(?:with|to)|relative\s+to|than)\s+.*$"
    r"|,?\s*(?:even|despite|also)?\s*\b(?:with|on|despite|after)\s+(?:reinforcement|jendrassik\w*(?:\s+man\w+)?)\s*$"
)
_ADVERBS: Final = re.compile(
    r"\b(?:asymmetric(?:al)?ly|symmetric(?:al)?ly|slightly|mildly|markedly|very|clearly|definitely|bilaterally|throughout|generally|globally"
    r"|diffusely|somewhat|a\s+little|now|both\s+sides|everywhere|completely|totally)\b"
)
_EVERYWHERE: Final = re.compile(r"\b(?:throughout|everywhere|globally|diffusely)\b")
_PIECES: Final = re.compile(r"[,;/]|\band\b|\bbut\b")
Values = list[tuple[str, str | None]]


def is_sign(name: str) -> bool:
    """Whether a reflex is named by its abnormal answer: Babinski, extensor plantar."""
    return _SIGN_NAME.search(plain(name)) is not None


def of_sign(text: str) -> str | None:
    """What a few words say of a sign: present, absent or unsure; None where they say something else."""
    low = plain(text).strip(" .")
    words = {low, fold(low), fold(low).replace(" ", "_")}
    if words & _UNSURE:
        return "unsure"
    if words & _AFFIRMED:
        return "present"
    return "absent" if words & _DENIED else None


def read_reflexes_of(value: object, name: str, *, plantar: bool, superficial: bool) -> tuple[Values, tuple[str, ...]]:
    """The findings of one reflex, each with the side its words name, and the words left over. Raises UnknownName."""
    text = "present" if value is True else "absent" if value is False else str(value)
    sign = plantar and is_sign(name)
    whole = _one(text, sign=sign, plantar=plantar, superficial=superficial)
    if whole is not None:
        return [whole], ()
    found: Values = []
    left: list[str] = []
    for piece in (piece.strip() for piece in _PIECES.split(plain(text))):
        read = _one(piece, sign=sign, plantar=plantar, superficial=superficial) if piece else None
        if read is not None:
            found.append(read)
        elif piece:
            left.append(piece)
    if not found:
        read_reflex(text, plantar=plantar, superficial=superficial)  # tells what is near
        raise UnknownName(text, "reflex finding")
    return _settled(found, text), tuple(left)


def _settled(found: Values, text: str) -> Values:
    """ "Present but reduced" is reduced; two losses that differ on one side are not understood."""
    kept: dict[str | None, str] = {}
    for value, side in found:
        before = kept.setdefault(side, value)
        if before == "normal":
            kept[side] = value
        elif value not in {"normal", before}:
            raise UnknownName(text, "reflex finding")
    if None in kept and len(kept) > 1 and kept[None] == "normal":
        del kept[None]
    return [(value, side) for side, value in kept.items()]


def _one(text: str, *, sign: bool, plantar: bool, superficial: bool) -> tuple[str, str | None] | None:
    """One finding and its side, tried as it stands and then without what only stands beside it."""
    bare = _COMPARISON.sub("", plain(text)).strip(" ,.()")
    tail, side = split_side(bare)
    stripped = " ".join(_ADVERBS.sub(" ", tail).split()).strip(" ,.()")
    side = side or _compared_with(plain(text)) or ("bilateral" if _EVERYWHERE.search(bare) or "both sides" in bare else None)
    if not sign:
        with_side = plain(text).strip() not in {"symmetrical", "symmetric", "equal"} and stripped not in {plain(text).strip()}
        for wording, of_side in ((text, None), *(((stripped, side),) if with_side else ())):
            value = _value(wording, plantar=plantar, superficial=superficial)
            if value is not None:
                return value, of_side
        return None
    said = of_sign(stripped) or ("present" if not stripped and side == "bilateral" else None)
    if said is not None:
        return {"present": "upgoing", "absent": "normal", "unsure": "mute"}[said], side
    value = _value(stripped, plantar=True, superficial=False)
    return (value, side) if value is not None and value != "normal" else None


def _compared_with(text: str) -> str | None:
    """ "Reduced vs right" is the left one."""
    tail = _COMPARISON.search(text)
    return OPPOSITE.get(split_side(tail.group())[1] or "") if tail else None


def _value(text: str, *, plantar: bool, superficial: bool) -> str | None:
    if not text:
        return None
    if plantar and fold(text) in _PLANTAR_MUTE:
        return "mute"
    try:
        return read_reflex(text, plantar=plantar, superficial=superficial)
    except UnknownName:
        pass
    words = text.split()
    each = {_value(word, plantar=plantar, superficial=superficial) for word in words} if len(words) == 2 else {None}
    return each.pop() if len(each) == 1 else None  # "normal flexor"
