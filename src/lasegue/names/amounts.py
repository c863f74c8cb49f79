"""Numbers within a report as words that results are known by: protein and cells of the cerebrospinal fluid, conduction velocity."""

import re
from typing import Final

_PROTEIN: Final = re.compile(r"\bprotein\s*(?:of|was|is|level|:|=)?\s*(\d+(?:\.\d+)?)\s*(g/l|mg/dl|mg/l)?", re.IGNORECASE)
_CELLS: Final = re.compile(
    r"\b(\d+)\s*(?:(?:white|mononuclear)\s+)?(?:cells?|leu[ck]ocytes?|lymphocytes?|wbc|wcc)\b(?:\s*(?:per|/)\s*\S+)?", re.IGNORECASE
)
_VELOCITY: Final = re.compile(r"\b(\d+(?:\.\d+)?)\s*m/s\b", re.IGNORECASE)
_RATIO: Final = re.compile(r"^\s*(\d(?:\.\d+)?)\s*$")
"""One digit and what follows its point is a ratio; platelets and seconds have more."""
MOST_INR: Final = 1.5
_SOMEWHERE: Final = re.compile(r"\b(?:across|over|around|at|segment|focal\w*|fibular|neck|knee|ankle)\b", re.IGNORECASE)
"""Slowing at one place is no demyelination of all nerves."""
_PER_LITRE: Final = {"g/l": 1.0, "mg/dl": 0.01, "mg/l": 0.001}
MOST_PROTEIN: Final = 0.6
"""g/l; up to this is found in well people past middle age (judgement)."""
MOST_CELLS: Final = 5
"""A microlitre."""
SLOW: Final = 33.0
"""m/s in the leg: below this demyelination is likely (judgement)."""
NORMAL: Final = 40.0
"""m/s in the leg: from here on nothing is slow; between the two the number says neither."""


def in_words(study: str, text: str) -> str:
    """A report whose numbers are told in words; what is not understood stays."""
    if study == "csf":
        many = any(int(found[1]) > MOST_CELLS for found in _CELLS.finditer(text))
        return _CELLS.sub(_cells, _PROTEIN.sub("" if many else _protein, text))
    if study == "coagulation":
        return _RATIO.sub(_clotting, text)
    if study.startswith("ncs"):
        return _VELOCITY.sub("slow conduction" if _SOMEWHERE.search(text) else _speed, text)
    return text


def _clotting(found: re.Match[str]) -> str:
    return "abnormal" if float(found[1]) > MOST_INR else "normal"


def _protein(found: re.Match[str]) -> str:
    number, unit = float(found[1]), (found[2] or "").lower()
    litre = _PER_LITRE[unit] if unit else 1.0 if number < 10 else 0.01
    return "raised protein" if number * litre > MOST_PROTEIN else "normal"


def _cells(found: re.Match[str]) -> str:
    return "pleocytosis" if int(found[1]) > MOST_CELLS else "normal"


def _speed(found: re.Match[str]) -> str:
    speed = float(found[1])
    return "demyelinating" if speed < SLOW else "normal" if speed >= NORMAL else found[0]
