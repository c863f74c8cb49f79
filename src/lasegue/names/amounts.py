"""Numbers within a report as words that results are known by: protein and cells of the cerebrospinal fluid, conduction velocity."""

import re
from typing import Final

_PROTEIN: Final = re.compile(r"\bprotein\s*(?:of|was|is|level|:|=)?\s*(\d+(?:\.\d+)?)\s*(g/l|mg/dl|mg/l)?", re.IGNORECASE)
_CELLS: Final = re.compile(
    r"\b(\d+)\s*(?:(?:white|mononuclear)\s+)?(?:cells?|leu[ck]ocytes?|lymphocytes?|wbc|wcc)\b(?:\s*(?:per|/)\s*\S+)?", re.IGNORECASE
)
_CELLS_FIRST: Final = re.compile(
    r"\b(?:(?:white\s+)?cells?|leu[ck]ocytes?|lymphocytes?|wbc|wcc)(?:\s+count)?\s*(?:of|was|were|:|=)?\s*(\d+)(?:\s*(?:per|/)\s*\S+)?"
    r"(?!\S*\s*(?:cells|(?:white|mononuclear)))",
    re.IGNORECASE,
)
_NO_CELLS: Final = re.compile(
    r"\b(?:normal|no|nil|few|without(?:\s+any)?)\s+(?:white\s+)?(?:cells?|pleocytosis|leu[ck]ocytes?|cell count)\b|\bacellular\b"
    r"|\b(?:white\s+)?(?:cells?|cell count|leu[ck]ocytes?|wbc|wcc)\s*(?:was|were|are|is|:)?\s*(?:normal|nil|none|not raised)\b",
    re.IGNORECASE,
)
_BOTH_RAISED: Final = re.compile(
    r"\b(?:raised|high|elevated|increased)\s+(?:protein\s+and\s+(?:white\s+)?cells?|(?:white\s+)?cells?\s+and\s+protein)\b"
    r"|\b(?:protein\s+and\s+(?:white\s+)?cells?|(?:white\s+)?cells?\s+and\s+protein)\s+(?:both\s+)?(?:raised|high|elevated|increased)\b",
    re.IGNORECASE,
)
_AMPLITUDE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(mv|[uµμ]v)\b", re.IGNORECASE)
_OTHER_SIDE: Final = re.compile(
    r"\(?\b(?:left|right|other side|contralateral|opposite)(?:\s+side)?\s*(?:was|is|:|=)?\s*(\d+(?:\.\d+)?)\s*(?:mv|[uµμ]v)?\s*\)?",
    re.IGNORECASE,
)
_HALF: Final = re.compile(
    r"\b(left|right)\s+(?:is\s+|was\s+)?(?:(?:less than |under |about )?half|lower|smaller|less)\s+"
    r"(?:of|than)?\s*(?:the\s+)?(?:left|right)\b",
    re.IGNORECASE,
)
_ACTIVE_AND_CHRONIC: Final = re.compile(
    r"\b(?:mixed\s+)?(?:active|acute|ongoing)\s+(?:and|on|/)\s+chronic\s+(?:denervation|neurogenic)\b|\b(?:mixed\s+)?chronic\s+and\s+"
    r"(?:active|acute|ongoing)\s+denervation\b",
    re.IGNORECASE,
)
_LATENCY: Final = re.compile(r"\b(?:distal\s+)?(?:motor\s+)?(?:latency|dml)\s*(?:of|was|is|:|=)?\s*(\d+(?:\.\d+)?)\s*ms\b", re.IGNORECASE)
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
AMPLITUDES: Final = {
    "ncs_peroneal_motor": (2.0, 2.0),
    "ncs_tibial_motor": (4.0, 4.0),
    "ncs_femoral_motor": (3.0, 5.0),
    "snap_sural": (6.0, 10.0),
    "snap_superficial_peroneal": (6.0, 10.0),
}
"""Millivolts of a motor and microvolts of a sensory response: below the first low, from the second on normal (judgement)."""
HALF: Final = 0.5
"""Of the other side: below this a response is low whatever its size."""
MOST_TIBIAL_LATENCY: Final = 6.1
"""Milliseconds to the abductor hallucis."""


def in_words(study: str, text: str) -> str:
    """A report whose numbers are told in words; what is not understood stays."""
    if study == "csf":
        text = _BOTH_RAISED.sub("raised protein, pleocytosis", _NO_CELLS.sub("normal", text))
        many = any(int(found[1]) > MOST_CELLS for pattern in (_CELLS, _CELLS_FIRST) for found in pattern.finditer(text))
        text = _CELLS_FIRST.sub(_cells, text)
        return _CELLS.sub(_cells, _PROTEIN.sub("" if many else _protein, text))
    if study in {"needle_emg", "emg_paraspinal"}:
        return _ACTIVE_AND_CHRONIC.sub("denervation and chronic denervation", text)
    if study == "coagulation":
        return _RATIO.sub(_clotting, text)
    if study in AMPLITUDES:
        text = _amplitude(study, _HALF.sub(r"reduced \1", text))
    if study == "ncs_tibial_motor":
        text = _LATENCY.sub(lambda found: "prolonged" if float(found[1]) > MOST_TIBIAL_LATENCY else "normal", text)
    if study.startswith("ncs"):
        return _VELOCITY.sub("slow conduction" if _SOMEWHERE.search(text) else _speed, text)
    return text


def _amplitude(study: str, text: str) -> str:
    """An amplitude told as low or normal, by itself and beside the other side's; between the two it stays a number."""
    found = _AMPLITUDE.search(text)
    wanted = "mv" if study.startswith("ncs") else "v"
    if found is None or not found[2].lower().endswith(wanted) or (wanted == "v" and found[2].lower() == "mv"):
        return text
    own, (low, fine) = float(found[1]), AMPLITUDES[study]
    after = _OTHER_SIDE.match(text[found.end() :].lstrip(" ,;"))
    beside = float(after[1]) if after else None
    word = "reduced" if own < low or (beside is not None and own < HALF * beside) else "normal" if own >= fine else None
    if word is None:
        return text
    rest = text[found.end() :].lstrip(" ,;")[after.end() if after else 0 :]
    return f"{text[: found.start()]}{word} {rest}".strip()


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
