"""Sides within the words of a result: "positive on right", "L 30, R 70", "left positive, right negative"."""

import re
from itertools import pairwise
from typing import Final

from lasegue.names.fold import fold, plain, spelt_out
from lasegue.names.results import is_result_word

_LEFT: Final = r"left|lt|lhs|l"
_RIGHT: Final = r"right|rt|rhs|r"
_SIDE: Final = re.compile(
    rf"\b(?:(?:on|at|in|to)\s+)?(?:the\s+)?(?:"
    rf"(?P<both>both\s+sides|both|bilat(?:eral(?:ly)?)?|b/l|each\s+side|either\s+side"
    rf"|(?:{_LEFT})\s*(?:and|&|\+|/)\s*(?:the\s+)?(?:{_RIGHT})|(?:{_RIGHT})\s*(?:and|&|\+|/)\s*(?:the\s+)?(?:{_LEFT}))"
    rf"|(?P<left>{_LEFT})|(?P<right>{_RIGHT}))(?:[\s-]+sided?)?(?![\w'-])(?:\s*[:=])?"
)
_COMPARED: Final = re.compile(
    r"[<>]\s*(?![\d\s])|\b(?:than|worse|better|more|most|greater|less|compared|versus|vs|opposite|contralateral|crossed|raising|lifting|equal|same)\b"
)
"""Words that set one side against the other: which finding is whose stays open."""
_CUT: Final = re.compile(r"[,;/]|\band\b|\bbut\b")
_PLUS: Final = re.compile(r"(?<![\d+])\++(?![\w+])(?!\s*[lr]\b\s*$)|(?<=\bl)\+|(?<=\br)\+")
_MINUS: Final = re.compile(r"(?<![a-z0-9])-(?!\s*\w)|(?<=\bl)-(?!\w)|(?<=\br)-(?!\w)|-(?=\s*(?:[,;]|$))")
Sided = tuple[str, str]


def split_result(text: str) -> tuple[Sided, ...]:
    """Each side that a result names, with its own words; nothing where it names none or sets one against the other."""
    low = _MINUS.sub(" negative ", _PLUS.sub(" positive ", plain(spelt_out(text))))
    found = list(_SIDE.finditer(low))
    if not found or _COMPARED.search(low):
        return ()
    if len(found) == 1:
        return ((_side(found[0]), _joined(low[: found[0].start()], low[found[0].end() :])),)
    pieces = _pieces(low, found)
    if pieces is None or len({side for side, _ in pieces}) < len(pieces):
        return ()
    return _shared(pieces)


def _side(match: re.Match[str]) -> str:
    return "bilateral" if match["both"] else "left" if match["left"] else "right"


def _joined(*parts: str) -> str:
    words = " ".join(" ".join(parts).split()).strip(" ,;:.-/()")
    return "" if words == "only" else words


def _pieces(text: str, found: list[re.Match[str]]) -> list[Sided] | None:
    """The words of each side: after it where the text begins with a side, before it where it ends with one, else clause by clause."""
    if not text[: found[0].start()].strip(" ,;(") or not _CUT.search(text):
        ends = [*(match.start() for match in found[1:]), len(text)]
        before = text[: found[0].start()]
        pieces = [(_side(match), _clean(text[match.end() : end])) for match, end in zip(found, ends, strict=True)]
        return [(pieces[0][0], _joined(before, pieces[0][1])), *pieces[1:]]
    cuts = [0, *(match.end() for match in _CUT.finditer(text) if not _inside(match, found)), len(text) + 1]
    pieces = []
    for first, last in pairwise(cuts):
        here = [match for match in found if first <= match.start() < last]
        words = text[first:last]
        if len(here) > 1 or (not here and _clean(words)):
            return None
        if here:
            pieces.append((_side(here[0]), _clean(text[first : here[0].start()] + " " + text[here[0].end() : last])))
    return pieces


def _inside(cut: re.Match[str], found: list[re.Match[str]]) -> bool:
    return any(match.start() <= cut.start() < match.end() for match in found)


def _clean(text: str) -> str:
    return re.sub(r"^(?:and|but)\b|\b(?:and|but)$", "", _joined(text)).strip(" ,;:.-/()")


def _shared(pieces: list[Sided]) -> tuple[Sided, ...]:
    """A side without words of its own shares those of its neighbour: "positive on left, and on right"."""
    known = [words for _, words in pieces if words and not all(word in {"and", "also", "in", "on"} for word in fold(words).split())]
    if not known:
        return tuple((side, "") for side, _ in pieces)
    return tuple((side, words or known[0]) for side, words in pieces)


def place_words(result: str) -> str:
    """The words of a result that do not say how the test came out: the place of a Tinel sign."""
    words = [word for word in re.findall(r"[^\s,;()]+", plain(result).replace("+ve", " ").replace("-ve", " ")) if word.strip("+-")]
    return " ".join(word for word in words if not is_result_word(fold(word)) and fold(word))
