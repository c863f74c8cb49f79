"""Age and sex as a history mentions them in passing."""

import re

from lasegue.names.fold import plain

_OLD = re.compile(
    r"\b(\d{1,3})[\s-]*(?:(?:years?|yrs?)[\s-]*(?:old|of\s+age)\b|y/?o\b|y\.o\.)|\b(?:aged?|age\s+of)\s+(\d{1,3})\b|\b(\d{2})\s*[fm]\b|\b[fm]\s*(\d{2})\b"
)
_TENS = {
    "teens": 10,
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_DECADE = re.compile(
    rf"\b(early|mid|middle|late)?[\s-]*(?:in\s+(?:her|his|the|their)\s+(early|mid|late)?[\s-]*)?(?:({'|'.join(_TENS)})|([1-9]0)\s*'?s)\b"
)
_WITHIN = {"early": 2, "mid": 5, "middle": 5, "late": 8}
_WORDS = (
    (re.compile(r"\b(?:newborn|neonate)\b"), 0.0),
    (re.compile(r"\b(?:infant|baby)\s+(?:boy|girl)\b"), 0.5),
    (re.compile(r"\btoddler\b"), 2.0),
    (re.compile(r"\b(?:schoolchild|schoolboy|schoolgirl|young\s+child)\b"), 8.0),
    (re.compile(r"\b(?:teenage[rd]?|adolescent)\b"), 16.0),
    (re.compile(r"\byoung\s+(?:adult|man|woman|lady|male|female)\b"), 25.0),
    (re.compile(r"\bmiddle[\s-]?aged\b"), 50.0),
    (re.compile(r"\boctogenarian\b"), 84.0),
    (re.compile(r"\belderly\s+(?:man|woman|lady|gentleman|male|female|patient|person)\b"), 78.0),
)
_FEMALE = re.compile(r"\b(?:woman|female|lady|girl|schoolgirl|pregnant|postpartum|primipara|multipara)\b")
_MALE = re.compile(r"\b(?:man|male|gentleman|boy|schoolboy)\b")
# "52F", "52 y/o M", "52yo f": a small letter alone may be metres.
_LETTER = re.compile(
    r"\b\d{2}\s*(?:-?\s*(?:y/?o|yrs?|years?(?:[\s-]old)?|y)[\s,-]*)?(?P<sex>[FM])\b|\b\d{2}[\s-]*(?:y/?o|yrs?)[\s,-]*(?P<small>[fm])\b|^\W*\d{2}\s*(?P<first>[fm])\b"
)
_SHE, _HE = re.compile(r"\b(?:she|her)\b"), re.compile(r"\b(?:he|his|him)\b")
_OLDEST = 120


def find_age(text: str) -> float | None:
    """The age in years that a text mentions, or None."""
    low = plain(text)
    match = _OLD.search(low)
    if match:
        age = float(next(group for group in match.groups() if group))
        return age if age <= _OLDEST else None
    decade = _DECADE.search(low)
    if decade:
        base = _TENS[decade[3]] if decade[3] else int(decade[4])
        return float(base + _WITHIN.get(decade[1] or decade[2] or "mid", 5))
    return next((age for pattern, age in _WORDS if pattern.search(low)), None)


def find_sex(text: str) -> str | None:
    """F or M where a text mentions one and not the other."""
    low = plain(text)
    if letter := _LETTER.search(text):
        return (letter["sex"] or letter["small"] or letter["first"]).upper()
    for female, male in ((_FEMALE, _MALE), (_SHE, _HE)):
        found = bool(female.search(low)), bool(male.search(low))
        if any(found):
            return None if all(found) else "F" if found[0] else "M"
    return None


def speaks_of_person(text: str) -> bool:
    """Whether a text only says who the patient is."""
    return (
        find_age(text) is not None
        or _FEMALE.search(plain(text)) is not None
        or _MALE.search(plain(text)) is not None
        or _LETTER.search(text) is not None
    )
