"""What was felt, with the side and the modality beside it: "reduced bilaterally", "loss of vibration", "reduced left, normal right"."""

import re
from dataclasses import dataclass
from typing import Final

from lasegue.errors import UnknownName
from lasegue.names.fold import plain
from lasegue.names.sides import sides_in, split_side
from lasegue.names.values import read_modalities, read_sense

_EXTENT: Final = re.compile(
    r"\b(?:patchy|patchily|mild(?:ly)?|slight(?:ly)?|moderate(?:ly)?|marked(?:ly)?|severe(?:ly)?|definite(?:ly)?|subtle|subtly|clearly|"
    r"subjective(?:ly)?|profound(?:ly)?|relatively|somewhat|throughout|sensation|feeling)\b"
)
_OF_NORMAL: Final = re.compile(
    r"^(?:about\s+|~\s*)?(?P<part>\d{1,3}(?:\.\d+)?)\s*(?:%|/\s*(?P<whole>10|100)\b|\bpercent)\s*(?:of\s+(?:normal|the\s+other\s+side))?$"
)
_STOPS: Final = (re.compile(r"\s*(?:[,;]|\bbut\b)\s*"), re.compile(r"\s*(?:[,;]|\bbut\b|\band\b)\s*"))
_FOR: Final = re.compile(r"\s+(?:to|for|of|in|on|with)\s+")
_BEFORE: Final = re.compile(r"^(?:to|for|of|in|with)\s+")
_FEELINGS: Final = frozenset("pain cold hot warm heat cool sharp needle subjective general any none".split())
"""Alone beside a value these are what is felt, no modality: "less pain", "burning hot"."""
_OF_TESTS: Final = frozenset({"reduced", "absent", "normal", "hyperalgesia", "not tested"})


@dataclass(frozen=True, slots=True)
class Feeling:
    """Values that hold together, with the side and the modalities said of them."""

    values: tuple[str, ...]
    side: str | None = None
    modalities: tuple[str, ...] = ()


def read_feelings(value: object) -> tuple[Feeling, ...]:
    """Every statement of a finding; sides and modalities go with their own value. Raises UnknownName where any word is not understood."""
    text = str(value)
    whole = _one(text)
    if whole is not None:
        return (whole,)
    for stop in _STOPS:
        pieces = [piece for piece in stop.split(plain(text)) if piece]
        found = _each(pieces) if len(pieces) > 1 else None
        if found is not None:
            return found
    return (Feeling(read_sense(value)),)


def _each(pieces: list[str]) -> tuple[Feeling, ...] | None:
    """Every piece with a value of its own; a piece that is only a modality goes with the one before."""
    found: list[Feeling] = []
    for piece in pieces:
        one = _one(piece)
        if one is None:
            more = _modalities(_BEFORE.sub("", piece.strip()))
            if not more or not found or not found[-1].modalities:
                return None
            found[-1] = Feeling(found[-1].values, found[-1].side, tuple(dict.fromkeys([*found[-1].modalities, *more])))
        else:
            found.append(one)
    return tuple(found)


def _one(text: str) -> Feeling | None:
    values = _values(text)
    if values:
        return Feeling(values)
    if sides_in(text) == {"bilateral"} and re.search(r"\bleft\b.*\d|\bright\b.*\d", plain(text)):
        return None
    bare, side = split_side(plain(text))
    if side and split_side(bare)[1]:
        return None
    return _with_modality(bare, side)


def _with_modality(text: str, side: str | None) -> Feeling | None:
    bare = " ".join(_EXTENT.sub(" ", text).split()).strip(" ,.")
    if (values := _values(bare) or _values(text)) is not None:
        return Feeling(values, side)
    for link in _FOR.finditer(text):
        values, kinds = _stripped(text[: link.start()]), _modalities(text[link.end() :])
        if values and kinds is not None:
            return Feeling(values, side, kinds)
    words = bare.split()
    for place in range(1, len(words)):
        for value, kind in ((words[:place], words[place:]), (words[place:], words[:place])):
            values, kinds = _values(" ".join(value)), _modalities(" ".join(kind))
            if values and kinds and set(values) <= _OF_TESTS and " ".join(kind) not in _FEELINGS:
                return Feeling(values, side, kinds)
    return None


def _stripped(text: str) -> tuple[str, ...] | None:
    return _values(text) or _values(" ".join(_EXTENT.sub(" ", text).split()))


def _values(text: str) -> tuple[str, ...] | None:
    """The value of a few words, or of a share of normal; a list of several values is read piece by piece elsewhere."""
    match = _OF_NORMAL.match(plain(text).strip())
    if match:
        share = float(match["part"]) / float(match["whole"] or 100)
        return ("absent" if share == 0 else "normal" if share == 1 else "reduced",) if share <= 1 else None
    try:
        return read_sense(text) if text.strip() else None
    except UnknownName:
        return None


def _modalities(text: str) -> tuple[str, ...] | None:
    bare = re.sub(r"\s+(?:sense|sensation|only|alone)$", "", text.strip(" ."))
    try:
        return read_modalities(bare) if bare else None
    except UnknownName:
        return None
