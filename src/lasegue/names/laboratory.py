"""Numbers that a test beyond the bedside gives, by their units: what is beyond the bound, what is normal, and what is neither."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lasegue.knowledge.records import Investigation, Scale
from lasegue.names.fold import plain
from lasegue.names.located import StudyResult
from lasegue.names.sides import side_word

_THOUSANDS: Final = re.compile(r"(?<![\w.,])(\d{1,3})((?:[, ]\d{3})+)(?![\d.])")
_DECIMAL_COMMA: Final = re.compile(r"(?<![\w.,])(\d+),(\d{1,2})(?![\d,])")
_UNIT: Final = (
    r"mmol/mol|mmol/l|umol/l|pmol/l|u/l|iu/l|mg/dl|mg/l|g/dl|g/l|ng/ml|ng/l|ug/l|ug/ml|pg/ml|mcg/l|miu/l|mu/l|ml|mls|cc|litres?|liters?|l|%"
    r"|mmhg|mm/hr?|mm|m/s|x\s*10\^?9(?:/l)?|/ul|/mm3|units?"
)
_FIGURE: Final = re.compile(rf"(?<![\w.-])(\d+(?:\.\d+)?)\s*({_UNIT})?(?![\w/-])")
_TIMES: Final = re.compile(
    r"(?:\bx\s*(\d+(?:\.\d+)?)|\b(\d+(?:\.\d+)?)\s*(?:x|times|fold))\s*(?:the\s+)?(?:upper\s+limit\s+of\s+)?"
    r"(?:(?:uln|normal|upper limit)\b|$)"
)
_OF_SIDE: Final = re.compile(r"\b(left|right|lt|rt|l|r)\b[\s:=,]*(?:\w+[\s:=]+)?$")
_MOST_FOLD: Final = 2.0
_LITRE: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, and the side it belongs to."""

    number: float
    unit: str
    side: str | None


_OWN_SCALE: Final = re.compile(r"wcc|wbc|white|leu[ck]ocyt|hba1c|glyc|glucose|sugar|ogtt|a1c|pressure|mmhg")
"""Names whose numbers the bound of their study does not judge."""


def figures(text: str) -> list[Figure]:
    """The numbers of a report: "12,000" is twelve thousand, and a number after a side belongs to that side."""
    words = _DECIMAL_COMMA.sub(r"\1.\2", _THOUSANDS.sub(lambda found: found[1] + re.sub(r"[, ]", "", found[2]), plain(text)))
    return list(_figures(words.replace("µ", "u").replace("μ", "u")))


def _figures(words: str) -> Iterator[Figure]:
    last = 0
    for found in _FIGURE.finditer(words):
        side = _OF_SIDE.search(words[last : found.start()])
        last = found.end()
        unit = re.sub(r"\s+", "", found[2] or "")
        yield Figure(float(found[1]), unit, side_word(side[1]) if side else None)


def is_raised_fold(text: str) -> bool:
    """Whether a report says that a value is several times the normal."""
    found = _TIMES.search(plain(text))
    return found is not None and float(found[1] or found[2]) >= _MOST_FOLD


def judged(study: Investigation, name: str, figure: Figure) -> bool | str | None:
    """True for abnormal, False for normal, "neither" between the bounds, None where the study has no scale for this number."""
    scale = next((one for one in study.scales if _fits(one, figure) and re.search(one.named, plain(name))), None)
    if scale is None:
        return None
    below = scale.positive == "below"
    if figure.number < scale.abnormal if below else figure.number > scale.abnormal:
        return True
    return False if (figure.number >= scale.normal if below else figure.number <= scale.normal) else "neither"


def _fits(scale: Scale, figure: Figure) -> bool:
    """A number is of a scale by its unit; without one, by the range it falls in."""
    if figure.unit:
        return figure.unit in scale.units
    return scale.least is not None and scale.least <= figure.number < (scale.most or float("inf"))


def measured(study: Investigation, name: str, text: str, number: float | None) -> list[StudyResult]:
    """The results that the numbers of a report mean; none where it has no number, or one that decides nothing.

    A number after a side is of that side; of several without a side the lowest counts where low is abnormal, else the first.
    """
    if number is None and study.measure and is_raised_fold(text) and "raised" in study.results:
        return [StudyResult(study.id, "raised")]
    found = [Figure(number, "", None)] if number is not None else figures(text)
    told = [(one, result) for one in found if (result := _result(study, name, one))]
    sided = {one.side: StudyResult(study.id, result, one.side, number=one.number) for one, result in reversed(told) if one.side}
    if len(sided) > 1:
        return [sided[side] for side in sorted(side for side in sided if side)]
    if study.scales and all(one.positive == "below" for one in study.scales):
        told.sort(key=lambda pair: pair[0].number)
    return [StudyResult(study.id, result, one.side, number=_whole(study, one)) for one, result in told[:1]]


def _whole(study: Investigation, figure: Figure) -> float:
    return millilitres(figure.number, figure.unit) if study.id == "post_void_residual" else figure.number


def _result(study: Investigation, name: str, figure: Figure) -> str | None:
    verdict = judged(study, name, figure)
    abnormal = next((result for result in study.results if result not in ("normal", "no_relief")), "positive")
    if verdict is None and study.measure and not _OWN_SCALE.search(plain(name)):
        number = _whole(study, figure)
        bound = study.measure
        verdict = number < bound.bound if bound.positive == "below" else number > bound.bound
    return None if not isinstance(verdict, bool) else abnormal if verdict else "normal"


def millilitres(number: float, unit: str) -> float:
    """Of a volume that may be told in litres."""
    return number * _LITRE if unit.startswith("l") else number
