"""Where in the body a piece of a report is: level, root, zone and side, and the result that stands there."""

import re
from dataclasses import dataclass

from lasegue.names.fold import plain
from lasegue.names.levels import find_discs, named_roots
from lasegue.names.sides import sides_in

ZONES = (
    ("extraforaminal", re.compile(r"\bextra[\s-]*foraminal|\bfar[\s-]*(?:out\s+)?lateral|\bextreme\s+lateral")),
    (
        "paracentral",
        re.compile(
            r"\bpara[\s-]*(?:central|median)|\bposterolateral|\bpostero-lateral|\bsub[\s-]*articular|\blateral\s+recess|\brecessal|\bmediolateral"
        ),
    ),
    ("foraminal", re.compile(r"\b(?:neuro)?foramin(?:al|a)\b|\bforamen\b")),
    ("central", re.compile(r"\bcentral\b|\bmedian\b|\bmidline\b")),
)
_WEIGHTING = re.compile(
    r"\bt[12]\b(?=[\s-]*(?:w\b|weight|signal|hyper|bright|high|lesion|length|prolong|stir|flair|increase|abnormal|image|sequence|change|cord))"
)
"""T1 and T2 of a scan are ways of imaging, not roots of the chest."""
_VERTEBRA = re.compile(
    r"\b[tls]\d{1,2}(?=\s+(?:vertebra|body|metasta|fracture|wedge|burst|collapse|pars\b|compression fracture|crush|insufficiency))"
    r"|(?<=conus )(?:at |to )?[tl]\d{1,2}\b"
    r"|(?<=fracture )(?:of |at )?(?:the )?[tls]\d{1,2}\b(?!\s*[-/])"
)
"""A bone that bears the number; the root of that number leaves elsewhere."""
_JOINED = re.compile(r"\b(l[1-5])(?:\s+on\s+)?(l[1-5]|s1)\b|\b(l)([1-4])([2-5])\b")


@dataclass(frozen=True, slots=True)
class StudyResult:
    """One result of one investigation."""

    investigation: str
    result: str
    side: str | None = None
    nerve: str | None = None
    level: str | None = None
    zone: str | None = None
    root: str | None = None
    number: float | None = None


def located(before: StudyResult, text: str) -> StudyResult:
    """The level, root, zone and side that a piece names; what it does not name holds on from the piece before."""
    placed = _levels(text)
    discs = find_discs(placed)
    roots = named_roots(placed)
    zone = next((name for name, pattern in ZONES if pattern.search(plain(text))), None)
    sides = sides_in(text)
    return StudyResult(
        before.investigation,
        "",
        sides.pop() if len(sides) == 1 else before.side,
        before.nerve,
        discs[0] if discs else before.level,
        zone or before.zone,
        "+".join(roots) or before.root,
    )


def levels_in(text: str) -> tuple[str, ...]:
    """Every disc level of a piece: L3-5 is two."""
    return find_discs(_levels(text))


def _levels(text: str) -> str:
    """A text whose levels are written alike: "L5S1", "L45" and "L5 on S1" with a stroke, without weightings and vertebrae."""

    def level(found: re.Match[str]) -> str:
        if found[1]:
            return f"{found[1]}/{found[2]}"
        return f"l{found[4]}/{found[5]}" if int(found[5]) == int(found[4]) + 1 else found[0]

    return _JOINED.sub(level, _VERTEBRA.sub(" ", _WEIGHTING.sub(" ", plain(text))))
