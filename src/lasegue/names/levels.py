"""Roots and disc levels as people write them: L4/5, L2-L4, S1 and S2, L5/S1, L2 to S1."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lasegue.names.fold import plain

ROOTS = (
    *(f"C{n}" for n in range(1, 9)),
    *(f"T{n}" for n in range(1, 13)),
    *(f"L{n}" for n in range(1, 6)),
    *(f"S{n}" for n in range(1, 6)),
)
LEG_ROOTS = ROOTS[ROOTS.index("T12") :]
_PLACE = {root: place for place, root in enumerate(ROOTS)}
_ROOT = r"(?<![a-z0-9])[ctls][0-9]{1,2}"
_NEXT = (
    r"\s*(?:-|/|,|\+|&|\bto\b|\bthrough\b|\band\b|\bor\b)\s*(?:and\s+|or\s+)?(?:[ctls]?[0-9]{1,2})"
    r"(?![a-z0-9./%]|\s*(?:week|day|month|year|hour|cm|mm|ml))"
)
_CHAIN = re.compile(rf"{_ROOT}(?![a-z0-9])(?:{_NEXT})*")
_LINK = re.compile(r"(-|/|,|\+|&|\bto\b|\bthrough\b|\band\b|\bor\b)?\s*(?:and\s+|or\s+)?([ctls]?)([0-9]{1,2})")


_AS_ROOTS = re.compile(r"\s*(?:nerve\s+)?(?:roots?|myotomes?|segments?|(?:poly)?radiculopath\w*|radiculitis|innervated)\b")
_OF_ROOTS = re.compile(r"\broots?\s+(?:of\s+|at\s+)?$")
_ORDINAL = re.compile(
    r"\b(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)\s+(left\s+|right\s+)?(lumbar|sacral)\b"
    r"(?=\s+(?:nerve|root|foram|dermatom|segment|vertebra|pedicle))"
)
_ORDER = ("first", "second", "third", "fourth", "fifth")


def in_figures(text: str) -> str:
    """A text with "the first right sacral foramen" written as "the right S1 foramen"."""

    def figure(match: re.Match[str]) -> str:
        word, side, part = match[1], match[2] or "", match[3]
        number = word[0] if word[0].isdigit() else str(_ORDER.index(word) + 1)
        return f"{side}{'L' if part == 'lumbar' else 'S'}{number}"

    return _ORDINAL.sub(figure, text)


def _chain_roots(text: str) -> list[str]:
    found: list[str] = []
    letter = ""
    for link, own_letter, number in _LINK.findall(text):
        letter = (own_letter or letter).upper()
        root = f"{letter}{number}"
        if root not in _PLACE:
            return []
        if link in {"-", "to", "through"} and found and _PLACE[found[-1]] < _PLACE[root]:
            found.extend(ROOTS[_PLACE[found[-1]] + 1 : _PLACE[root] + 1])
        else:
            found.append(root)
    return found


def split_roots(text: str) -> tuple[tuple[str, ...], str]:
    """The roots that a text names, from head to tail, and the text without them."""
    text = in_figures(text)
    roots: set[str] = set()
    rest, last = [], 0
    for match in _CHAIN.finditer(plain(text)):
        chain = _chain_roots(match.group())
        if chain:
            roots.update(chain)
            rest.append(text[last : match.start()])
            last = match.end()
    rest.append(text[last:])
    return tuple(sorted(roots, key=_PLACE.__getitem__)), " ".join(rest)


def find_discs(text: str) -> tuple[str, ...]:
    """The disc levels that a text names, as `L4-L5`; roots that are not neighbours, or are said to be roots, make no disc."""
    return tuple(dict.fromkeys(disc for _, discs in _chains(text) for disc in discs))


def named_roots(text: str) -> tuple[str, ...]:
    """The roots that a text names beside its disc levels, from head to tail: L5 in "L4/5 disc on the L5 root"."""
    return tuple(sorted({root for roots, discs in _chains(text) if not discs for root in roots}, key=_PLACE.__getitem__))


def _chains(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each run of roots in a text, and the discs between them."""
    words = plain(in_figures(text))
    for match in _CHAIN.finditer(words):
        roots = _chain_roots(match.group())
        neighbours = [f"{above}-{below}" for above, below in pairwise(roots) if _PLACE[below] == _PLACE[above] + 1 and above[0] != "S"]
        said = _AS_ROOTS.match(words, match.end()) or _OF_ROOTS.search(words[: match.start()])
        yield roots, [] if said else neighbours
