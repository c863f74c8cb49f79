"""Short forms that stand for one word only beside a part of the leg or a movement: "lat thigh", "knee ext", "ankle inv/ev".

They are spelt out in names of places and movements alone: in a line of history "post" is a time and "add" a verb.
"""

import re
from typing import Final

from lasegue.names.fold import plain

_DIRECTIONS: Final = {
    "lat": "lateral",
    "med": "medial",
    "ant": "anterior",
    "post": "posterior",
    "dors": "dorsum",
    "plant": "plantar",
    "prox": "proximal",
    "dist": "distal",
    "antlat": "anterolateral",
    "antmed": "anteromedial",
    "postlat": "posterolateral",
    "postmed": "posteromedial",
}
_DIRECTION: Final = re.compile(r"\b(" + "|".join(_DIRECTIONS) + r")\b\.?(?!\s*-?\s*(?:op|operative|tib)\b)")
_SMALL_TOES: Final = re.compile(r"\b(?:small|smaller)\s+toes\b")
"""Several small toes are the lesser toes; one is the little toe."""
_LONG_MUSCLE: Final = r"(?=\.?\s+(?:hall|dig|carpi))"
_DEEDS: Final = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (rf"\bext(?:ens)?\b{_LONG_MUSCLE}\.?", "extensor"),
        (rf"\bflex\b{_LONG_MUSCLE}\.?", "flexor"),
        (r"\b(abd|add)\b\.?(?=\s+(?:hallucis|hall|digiti|longus|brevis|magnus))", r"\1uctor"),
        (r"\b(?:ext|external)\s+rot(?:n|ation)?\b\.?", "external rotation"),
        (r"\b(?:int|internal)\s+rot(?:n|ation)?\b\.?", "internal rotation"),
        (r"(?<=hip )er\b|(?<=hip ir/)er\b|(?<=hip ir and )er\b", "external rotation"),
        (r"(?<=hip )ir\b|(?<=hip er/)ir\b|(?<=hip er and )ir\b|(?<=hip external rotation/)ir\b", "internal rotation"),
        (r"\bdorsi[\s-]*fl?ex(?!i|o)(?:ing|n)?\b\.?|\bdorsi\b(?![\s-]*flex)\.?|(?<!\w)df\b", "dorsiflexion"),
        (r"\bplantar[\s-]*fl?ex(?!i|o)(?:ing|n)?\b\.?|(?<!\w)pf\b", "plantarflexion"),
        (r"\bext(?:n|en)?\b\.?(?!\s+(?:rot|anal))", "extension"),
        (r"\b(?:flex|flx|flexn)\b\.?", "flexion"),
        (r"\babdn?\b\.?", "abduction"),
        (r"\baddn?\b\.?", "adduction"),
        (r"\binv(?:ert)?\b\.?", "inversion"),
        (r"\bev(?:ers|ert)?\b\.?", "eversion"),
        (r"\bdig\b\.?(?=\s+(?:longus|brevis|long|brev))", "digitorum"),
        (r"\bhall\b\.?(?=\s+(?:longus|brevis|long|brev))", "hallucis"),
        (r"\bpost\.?(?=\s+(?:compartment|thigh|calf|leg)\b)", "posterior"),
        (r"\bant\.?(?=\s+(?:compartment|thigh|leg|shin)\b)", "anterior"),
        (r"\blat\.?(?=\s+(?:compartment|ham|thigh|leg)\w*)", "lateral"),
        (r"\bmed\.?(?=\s+(?:ham|thigh|leg)\w*)", "medial"),
        (r"\btoes\s+up\b", "toe extension"),
    )
)


def spelt_place(text: str) -> str:
    """A place with its directions written out."""
    low = plain(text)
    return _SMALL_TOES.sub("lesser toes", _DIRECTION.sub(lambda match: _DIRECTIONS[match[1]], low)) if _changes_place(low) else text


def _changes_place(low: str) -> bool:
    return _DIRECTION.search(low) is not None or _SMALL_TOES.search(low) is not None


def spelt_movement(text: str) -> str:
    """A movement or a muscle with its deed written out."""
    low = plain(text)
    spelt = low
    for pattern, word in _DEEDS:
        spelt = pattern.sub(word, spelt)
    return spelt if spelt != low else text
