"""Grades with what stands about them: "3/5 left, 5/5 right", "slightly reduced 4+/5", "4 (pain)"."""

import re
from typing import Final

from lasegue.errors import UnknownName
from lasegue.names.fold import plain
from lasegue.names.sides import side_word, split_side
from lasegue.names.values import read_grade

_BEFORE: Final = re.compile(
    r"^(?:(?:slightly|mildly|moderately|markedly|severely|mild|moderate|severe|slight|subtle)\s+)?"
    r"(?:weak|reduced|weakness|decreased|diminished|impaired|paresis)\s*[:,]?\s*(?:at|to|grade|,)?\s*\(?(?=[0-4])"
)
_PAIN: Final = re.compile(
    r"\s*[(,;]?\s*\b(?:pain|painful|limited\s+by\s+pain|due\s+to\s+pain|pain[\s-]+limited|with\s+pain|pain\s+inhibited)\s*\)?$"
)
_ALL_OVER: Final = re.compile(r"\s+(?:throughout|globally|everywhere|in\s+all\s+(?:muscle\s+)?groups)$")
_PIECES: Final = re.compile(r"\s*(?:[,;()]|\band\b|\bbut\b|\bvs\b|\bversus\b)\s*|\s+(?=(?:left|right|l|r|lt|rt|lhs|rhs)\b\s*[:=]?\s*[0-5])")
_SIDE: Final = re.compile(
    r"^(?:on\s+(?:the\s+)?)?(?P<before>left|right|l|r|lt|rt)\b\s*[:=]?\s*(?=\S)|\s*\b(?:on\s+(?:the\s+)?)?(?P<after>left|right|l|r|lt|rt)$"
)


def read_grades(value: object) -> tuple[tuple[float | str, str | None], ...]:
    """The grade of a value, or one for each side that it names. Raises UnknownName."""
    try:
        return ((_grade(value), None),)
    except UnknownName as error:
        if not isinstance(value, str):
            raise
        found = _sided(plain(value))
        if found is None:
            raise error from None
        return found


def _grade(value: object) -> float | str:
    try:
        return read_grade(value)
    except UnknownName:
        if not isinstance(value, str):
            raise
        low = _ALL_OVER.sub("", plain(value).strip(" ."))
        if _PAIN.search(low) and _PAIN.sub("", low).strip():
            # How weak pain made it is not known: only that it did.
            grade = read_grade(_PAIN.sub("", low))
            return "limited by pain" if grade != 5.0 else grade
        bare = _BEFORE.sub("", low)
        if bare == plain(value):
            raise
        return read_grade(bare.rstrip(")"))


def _sided(text: str) -> tuple[tuple[float | str, str | None], ...] | None:
    found: list[tuple[float | str, str | None]] = []
    for piece in _PIECES.split(text):
        if not piece or not piece.strip():
            continue
        bare, side = _split(piece.strip())
        try:
            found.append((_grade(bare), side))
        except UnknownName:
            return None
    named = [side for _, side in found]
    return tuple(found) if any(named) and len(set(named)) == len(named) and not ("bilateral" in named and len(named) > 1) else None


def _split(piece: str) -> tuple[str, str | None]:
    match = _SIDE.search(piece)
    if match:
        word = match["before"] or match["after"]
        return f"{piece[: match.start()]} {piece[match.end() :]}".strip(" :="), side_word(word)
    return split_side(piece)
