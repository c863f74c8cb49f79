"""The small grammar that every closed kind shares: brackets, lists, words that several members of a list share, and exceptions."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from lasegue.names.fold import fold, plain

Found = TypeVar("Found")
Find = Callable[[str], Found | None]

_SEPARATOR = re.compile(r"\s*(?:[,;&+/]|\band\b|\bplus\b|\bor\b|\bas well as\b|\btogether with\b|\bwith\b|\bincluding\b|\bincl\b\.?)\s*")
_BRACKET = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?(?:\s+for)?|excluding|apart\s+from|other\s+than|sparing(?:\s+of)?|but\s+not|besides|save\s+for)\b"
)
_BARE = frozenset(
    {"thigh", "leg", "lower leg", "calf", "foot", "knee", "shin", "toe", "toes", "buttock", "ankle", "heel", "hip", "groin", "hallux"}
)
_DIRECTIONS = frozenset(
    "medial lateral anterior posterior dorsum plantar upper lower proximal distal "
    "anterolateral anteromedial posterolateral posteromedial".split()
)
_DEEDS = (
    "flexion",
    "flexor",
    "extension",
    "extensor",
    "abduction",
    "adduction",
    "rotation",
    "version",
    "jerk",
    "reflex",
    "pulse",
    "wasting",
)
# Members of a list that were found without help and members that nobody understood.
Parsed = tuple[list[Found], list[str]]


def _cut(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Split at a pattern looked for in the plain text, so that the pieces keep their own spelling."""
    pieces, last = [], 0
    for match in pattern.finditer(plain(text)):
        pieces.append(text[last : match.start()])
        last = match.end()
    pieces.append(text[last:])
    return [piece.strip(" .:-") for piece in pieces if piece.strip(" .:-")]


def split_list(text: str) -> list[str]:
    """The members of a list written with commas, slashes, "and" and the like."""
    return _cut(text, _SEPARATOR)


def split_exception(text: str) -> tuple[str, str]:
    """ "All muscles except EHL" as its two halves; the second is empty where nothing is excepted."""
    halves = _cut(text, _EXCEPT)
    return (halves[0], " ".join(halves[1:])) if len(halves) > 1 else (text, "")


def is_excepting(text: str) -> bool:
    """Whether an exception has nothing before it to be taken from, or names nothing."""
    return _EXCEPT.search(plain(text)) is not None


def split_brackets(text: str) -> tuple[str, list[str]]:
    """A name without its brackets, and what stood in them."""
    inside = [piece.strip() for piece in _BRACKET.findall(text) if piece.strip()]
    return " ".join(_BRACKET.sub(" ", text).split()), inside


def _borrowed(parts: Sequence[str], place: int) -> list[str]:
    """Readings of one member with words borrowed from its neighbours: "medial and lateral thigh", "hip flexion and abduction"."""
    own = parts[place]
    readings = []
    for other in parts[place + 1 :]:
        words = other.split()
        readings += [f"{own} {' '.join(words[-count:])}" for count in (1, 2, 3) if count < len(words)]
    for other in reversed(parts[:place]):
        words = other.split()
        readings += [f"{' '.join(words[:count])} {own}" for count in (1, 2, 3) if count < len(words)]
    for other in reversed(parts[:place]):
        words = other.split()
        readings += [f"{own} {' '.join(words[-count:])}" for count in (1, 2) if count < len(words)]
    return readings


def _member(parts: Sequence[str], place: int, find: Find[Found]) -> Found | None:
    own = parts[place]
    found = find(own)
    bare = plain(own) in _BARE or fold(own) in _BARE
    if found is not None and not bare:
        return found
    readings = _borrowed(parts, place) if found is None else _directed(parts, place)
    borrowed = next((hit for reading in readings if (hit := find(reading)) is not None), None)
    return borrowed if borrowed is not None else found


def _directed(parts: Sequence[str], place: int) -> list[str]:
    """Readings of a bare part of the leg with a direction before it or a deed after it: "lateral leg and foot" is the lateral foot."""
    before = [part.split()[0] for part in parts[:place] if len(part.split()) > 1]
    after = [part.split()[-1] for part in parts[place + 1 :] if len(part.split()) > 1]
    readings = [f"{word} {parts[place]}" for word in reversed(before) if fold(word) in _DIRECTIONS]
    return readings + [f"{parts[place]} {word}" for word in after if fold(word).endswith(_DEEDS)]


def parse_members(text: str, find: Find[Found]) -> Parsed[Found]:
    """The members of a list that are understood, and those that are not."""
    parts = split_list(text)
    found: list[Found] = []
    unknown: list[str] = []
    for place in range(len(parts)):
        hit = _member(parts, place, find)
        if hit is None:
            unknown.append(parts[place])
        else:
            found.append(hit)
    return found, unknown


def parse(text: str, find: Find[Found]) -> Parsed[Found]:
    """Read a wording: as one name, then without its brackets, then as a list."""
    whole = find(text)
    if whole is not None:
        return [whole], []
    outside, inside = split_brackets(text)
    if inside and outside:
        found, unknown = parse(outside, find)
        if found:
            joined = next((hit for word in inside if (hit := find(f"{outside} {word}")) is not None), None)
            said_again = all(parse(word, find)[0] for word in inside)
            extra = [] if joined is not None or said_again else [word for word in inside if not _is_remark(word)]
            return ([joined] if joined is not None else found), [*unknown, *extra]
        return parse(" ".join(inside), find) if len(inside) == 1 and parse(inside[0], find)[0] else ([], [text])
    return parse_members(text, find)


_REMARK = re.compile(
    r"not\s+(?:further\s+)?specified|unspecified|\bnos\b|as above|see (?:note|text)|\btested\b|\bmrc\b|manual(?:ly)?"
    r"|seated|supine|prone|standing"
)


def _is_remark(words: str) -> bool:
    """Whether a bracket only says how something was tested, or that no more is known."""
    return _REMARK.search(plain(words)) is not None
