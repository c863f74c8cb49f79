"""Where the history says that it hurts or is numb, of a case that has no entries of its own for that."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from lasegue.case.context import Context
from lasegue.case.model import Origin, PainFinding, Sense, SenseValue, Side
from lasegue.errors import UnknownName
from lasegue.names import Reading
from lasegue.names.complaints import around, place_in
from lasegue.names.resolved import Match, Resolved

HURTS: Final = frozenset({"leg_pain", "burning", "electric_pain"})
NUMBS: Final = frozenset({"sensory_symptoms", "burning"})
"""Items of the history that say that it hurts or is numb, and not where. What burns does both."""
VAGUE: Final = frozenset({"whole_leg", "low_back"})
"""Regions that the history's own items tell as well."""
_TINGLES: Final = re.compile(r"tingl|pins|par?a?esthe|prick|buzz|burn|formic|crawl", re.IGNORECASE)

Felt = TypeVar("Felt", PainFinding, Sense)
_FEELING: Final = re.compile(r"\b(?:burning|tingling|numb\w*|pins\s+and\s+needles)\b", re.IGNORECASE)
_BOTH: Final = re.compile(r"\b(?:both|bilateral\w*|each|feet|soles|legs|thighs|calves|shins|knees|ankles|heels)\b", re.IGNORECASE)


def read_complaints(context: Context, told: Iterable[tuple[str, bool]], readings: Iterable[Reading]) -> None:
    """What the lines of the history say of a place that hurts, where the case has no `pain`, and of one that is numb, where it has no
    `sensory`. A line known to be old says nothing of the present complaint.
    """
    hurts, numbs = not context.found.pain, not context.found.sense
    for number, ((line, past), reading) in enumerate(zip(told, readings, strict=True)):
        for match in reading.matches if not past else ():
            at = f"history[{number}]"
            if hurts and match.item in HURTS and not match.negated:
                context.found.pain += _new(context.found.pain, _pain(context, line, match, f"{at}.pain@{match.span[0]}"))
            if numbs and match.item in NUMBS and not match.negated:
                context.found.sense += _new(context.found.sense, _numb(context, line, match, f"{at}.sensory@{match.span[0]}"))


def _new(known: Iterable[Felt], found: Iterable[Felt]) -> list[Felt]:
    """What no other words have told yet: two complaints of one place are one."""
    told = {(one.side, _where(one)) for one in known}
    return [one for one in found if (one.side, _where(one)) not in told]


def _where(felt: PainFinding | Sense) -> frozenset[str]:
    return frozenset(name for name, _ in (felt.regions if isinstance(felt, PainFinding) else felt.sites))


def _sides(context: Context, text: str, patch: Resolved, match: Match) -> tuple[Side, ...]:
    return context.sides({}, "", patch.side or match.side or ("bilateral" if _BOTH.search(text) else None))


def _pain(context: Context, line: str, match: Match, path: str) -> Iterator[PainFinding]:
    before, words, after = around(line, match)
    for text in (f"{before}{words}{after}", f"{words}{after}", f"{before}{words}"):
        patch = context.lexicon.pain(text.strip())
        regions = {region for region, _ in patch.ids}
        if patch.leftover or not regions or regions & (VAGUE | context.lexicon.midline_pain):
            continue
        for side in _sides(context, text, patch, match):
            yield PainFinding(Origin(path, text.strip()), side, patch.ids)
        return


def _numb(context: Context, line: str, match: Match, path: str) -> Iterator[Sense]:
    before, words, after = around(line, match)
    for text in (place_in(after), place_in(before), place_in(_FEELING.sub("", words))):
        try:
            patch = context.lexicon.site(text) if text else None
        except UnknownName:
            continue
        if patch is None or not patch.ids or patch.rest:
            continue
        value: SenseValue = "paraesthesia" if _TINGLES.search(words) else "reduced"
        for side in _sides(context, text, patch, match):
            origin = Origin(path, f"{before}{words}{after}".strip())
            yield Sense(origin, side, value, patch.ids, (), "reported", patch.label_root, patch.label_nerve)
        return
