"""Where the history says that it hurts or is numb, beside what the case's own entries say."""

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
    """What the lines of the history say of a place that hurts or is numb, unless an entry of its own says so. A line known to be old says
    nothing of the present complaint. A normal entry takes nothing back: what warns must not be lost to what reassures.
    """
    entered = tuple(context.found.pain)
    for number, ((line, past), reading) in enumerate(zip(told, readings, strict=True)):
        for match in reading.matches if not past else ():
            at = f"history[{number}]"
            if match.item in HURTS and not match.negated:
                new = _new(context.found.pain, _pain(context, line, match, f"{at}.pain@{match.span[0]}"))
                context.found.pain += [one for one in new if not any(_of_this_leg(context, entry, one) for entry in entered)]
            if match.item in NUMBS and not match.negated:
                context.found.sense += _new(context.found.sense, _numb(context, line, match, f"{at}.sensory@{match.span[0]}"))


def _new(known: Iterable[Felt], found: Iterable[Felt]) -> list[Felt]:
    """What nothing has told yet of a place that it shares."""
    told = [(one.side, _where(one)) for one in known if _abnormal(one)]
    return [one for one in found if not any(side in (None, one.side) and _where(one) & places for side, places in told)]


def _of_this_leg(context: Context, entry: PainFinding, one: PainFinding) -> bool:
    """Whether an entry tells of pain in the same leg: whoever enters where it hurts says it better than a word of the history."""
    return _abnormal(entry) and entry.side in (None, one.side) and not _where(entry) <= context.lexicon.midline_pain


def _abnormal(felt: PainFinding | Sense) -> bool:
    return not felt.past and (felt.present if isinstance(felt, PainFinding) else felt.value != "normal")


def _where(felt: PainFinding | Sense) -> frozenset[str]:
    return frozenset(name for name, _ in (felt.regions if isinstance(felt, PainFinding) else felt.sites))


def _sides(context: Context, text: str, patch: Resolved, match: Match) -> tuple[Side, ...]:
    return context.sides({}, "", patch.side or match.side or ("bilateral" if _BOTH.search(text) else None))


def _pain(context: Context, line: str, match: Match, path: str) -> list[PainFinding]:
    """Of several ways to cut the clause the one that names the fewest regions, and of those the longest."""
    before, words, after = around(line, match)
    read = [
        (text.strip(), context.lexicon.pain(text.strip())) for text in (f"{before}{words}{after}", f"{words}{after}", f"{before}{words}")
    ]
    clear = [(text, patch) for text, patch in read if patch.ids and not patch.leftover]
    if not clear:
        return []
    text, patch = min(clear, key=lambda one: len(one[1].ids))
    if {region for region, _ in patch.ids} & (VAGUE | context.lexicon.midline_pain):
        return []
    return [PainFinding(Origin(path, text), side, patch.ids) for side in _sides(context, text, patch, match)]


def _numb(context: Context, line: str, match: Match, path: str) -> Iterator[Sense]:
    before, words, after = around(line, match)
    own = _FEELING.sub("", words)
    whole = (place_in(f"{before}{own}"), place_in(f"{own}{after}")) if own.strip() else ()
    for text in (*whole, place_in(after), place_in(before), place_in(own)):
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
