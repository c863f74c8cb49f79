"""Numbers within the words of a result: "positive at 40 degrees", "<60", "3 reps vs 20", "4/10"."""

import re
from dataclasses import dataclass
from typing import Final

from lasegue.knowledge.records import Test
from lasegue.names.fold import plain

_BELOW: Final = r"<=?|≤|less\s+than|under|below"
_ABOVE: Final = r">=?|≥|more\s+than|over|above|beyond"
_UNITS: Final = r"°\s*[cf]?|deg(?:ree)?s?|c\b|f\b|celsius|rep(?:etition)?s?|raises?|times|seconds?|secs?|s\b"
_NUMBER: Final = re.compile(
    rf"(?:\b(?:at|to|from|until|around|about|approx(?:imately)?)\s+)?(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE})|~)?\s*"
    rf"(?<![a-z0-9./])(?P<number>\d+(?:\.\d+)?)(?:\s*(?:-|to)\s*\d+)?\s*(?P<unit>{_UNITS})?(?![a-z0-9./%])"
    r"(?:\s*(?:vs\.?|versus|out\s+of|compared\s+(?:to|with))\s*\d+)?"
)
_PART: Final = re.compile(r"(?<![\w./])(?P<number>\d+)\s*(?:/|of|out\s+of)\s*(?P<whole>\d+)(?![\w./])")
_LEAST_ANGLE, _MOST_ANGLE = 5, 120
_TENTHS: Final = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """A number of a result, the sign before it (`<`, `>` or nothing), and the words without it."""

    number: float
    sign: str
    rest: str


def measured(text: str, test: Test) -> Measured | None:
    """The one number of a result, where the test can have one."""
    low = plain(text)
    if test.id == "monofilament" and (part := _PART.search(low)) and int(part["whole"]):
        tenths = _TENTHS * int(part["number"]) / int(part["whole"])
        return Measured(tenths, "", _without(low, part))
    found = list(_NUMBER.finditer(low))
    if len(found) != 1 or (test.measure is None and test.kind != "tension"):
        return None
    match = found[0]
    number = float(match["number"])
    angle = test.kind == "tension"
    if angle and not (_LEAST_ANGLE <= number <= _MOST_ANGLE and (match["unit"] or "d")[0] in "d°"):
        return None
    return Measured(number, "<" if match["below"] else ">" if match["above"] else "", _without(low, match))


def _without(text: str, match: re.Match[str]) -> str:
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split()).strip(" ,;:.")
