"""Toes and webs named by their numbers: "toes 2-5", "3/4 interspace", "lateral 2 toes", "plantar surface of 3rd and 4th toes"."""

import re
from typing import Final

from lasegue.names.fold import plain

_RANGE: Final = re.compile(r"\b(toes?\s+|digits?\s+)?([1-5])(?:st|nd|rd|th)?\s*(?:-|to)\s*([1-5])(?:st|nd|rd|th)?\b(?!\s*[/%.])")
_ORDINALS: Final = ("", "1st", "2nd", "3rd", "4th", "5th")
_WEB: Final = re.compile(
    r"\b(?:dorsal\s+)?(?:web(?:\s*space)?|cleft|space|skin)\s+between\s+(?:the\s+)?(?P<one>big|great|first|1st|second|2nd|third|3rd|fourth|4th)(?:\s+toes?)?\s+and\s+(?:the\s+)?(?:second|2nd|third|3rd|fourth|4th|fifth|5th|little)\s+toes?"
)
_WEB_NUMBER: Final = {"big": "1st", "great": "1st", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th"}
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_ROMAN_PAIR: Final = re.compile(r"\b(i{1,3}|iv)\s*([/-])\s*(i{2,3}|iv|v)\b")
_SPACE: Final = r"(?:web[\s-]*space|inter[\s-]*space|web|inter[\s-]*digital(?:\s+(?:web\s*)?space|\s+cleft)?|cleft)"
_PAIR: Final = r"([1-5])(?:st|nd|rd|th)?\s*[/-]\s*([1-5])(?:st|nd|rd|th)?"
_PAIR_SPACE: Final = re.compile(
    rf"\b(?:toes?\s+)?{_PAIR}\s+(?:toes?\s+)?{_SPACE}\b|\b{_SPACE}\s+(?:of\s+)?(?:toes?\s+)?{_PAIR}\b(?:\s+toes?\b)?"
)
"""A web between two neighbouring toes is called by both; "2nd and 3rd webs" are two."""
_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_FACE: Final = r"(?P<{name}>plantar|dorsal|dorsum|sole)(?:\s+(?:surfaces?|aspects?|sides?|skin))?"
_SOME_TOES: Final = re.compile(
    rf"^(?:{_FACE.format(name='before')}\s+(?:of\s+)?(?:the\s+)?)?(?P<side>medial|lateral|inner|outer)\s+(?P<number>one|two|three|four|[1-4])"
    rf"\s*(?P<half>and\s+a\s+half|1/2|½|\.5)?\s+(?:toes|digits)(?:,?\s+(?:\(?)\s*{_FACE.format(name='after')}\)?)?$"
)
_FACE_OF_LIST: Final = re.compile(rf"^{_FACE.format(name='face')}\s+(?:of\s+)?(?:the\s+)?(?P<list>[^()]*\b(?:toes|digits))$")
_NUMBERED: Final = re.compile(r"\b(great|big|hallux|little|first|second|third|fourth|fifth|[1-5](?:st|nd|rd|th)?)\b")
_TOE: Final = {"great": 1, "big": 1, "hallux": 1, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "little": 5}
_NAMES: Final = ("", "great toe", "2nd toe", "3rd toe", "4th toe", "5th toe")


def expand_digits(text: str) -> str:
    """A range of toes as a list, a web named by its two toes as that web, "lateral two toes" as the toes meant."""
    low = _WEB.sub(lambda match: f"{_WEB_NUMBER.get(match['one'], match['one'])} web space", plain(text))
    low = _PAIR_SPACE.sub(_web, _ROMAN_PAIR.sub(lambda pair: f"{_ROMAN[pair[1]]}{pair[2]}{_ROMAN[pair[3]]}", low))
    low = _RANGE.sub(_spell, low)
    return _one_face(_some_toes(low))


def _web(match: re.Match[str]) -> str:
    one, two = (int(digit) for digit in match.groups() if digit)
    return f"{_ORDINALS[one]} web space" if two == one + 1 else match.group()


def _spell(match: re.Match[str]) -> str:
    first, last = int(match[2]), int(match[3])
    if first >= last:
        return match.group()
    names = _NAMES if match[1] else _ORDINALS
    return ", ".join(names[first : last + 1])


def _some_toes(text: str) -> str:
    """Half a toe is half of the fourth: it goes with the lateral toes, which have fewer."""
    match = _SOME_TOES.match(text.strip())
    if not match:
        return text
    number, medial = _NUMBERS[match["number"]], match["side"] in {"medial", "inner"}
    which = range(1, number + 1) if medial else range(6 - number - bool(match["half"]), 6)
    face = match["before"] or match["after"]
    if not face and number == 1 and not match["half"]:
        return text
    return _with_face(face, list(which))


def _one_face(text: str) -> str:
    match = _FACE_OF_LIST.match(text.strip())
    if not match:
        return text
    which = [_TOE.get(word) or int(word[0]) for word in _NUMBERED.findall(match["list"])]
    return _with_face(match["face"], which) if len(which) > 1 else text


def _with_face(face: str | None, which: list[int]) -> str:
    word = "" if not face else "plantar " if face in {"plantar", "sole"} else "dorsal "
    return ", ".join(f"{word}{_NAMES[number]}" for number in which)
