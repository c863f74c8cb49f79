"""Where the blisters were: a rash told with its place is shingles of the roots of that skin."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from lasegue.case.context import Context
from lasegue.case.model import HistoryFinding
from lasegue.errors import UnknownName
from lasegue.names import Reading
from lasegue.names.complaints import place_in

RASH: Final = "zoster"
LEADS: Final = 0.3
"""Share of the skin that a root must have to be one of those that the rash tells of."""
_ENDS: Final = re.compile(
    r"[.;:]|\b(?:\w+\s+(?:days?|weeks?|fortnight|months?|years?)|then|now|last|after|since|when|while|before|for|from|with|who|which)\b"
)
_PIECES: Final = re.compile(r",|\band\b")


def place_rash(context: Context, told: Iterable[tuple[str, bool]], readings: Iterable[Reading]) -> None:
    """Shingles of no root become those of the roots whose skin the line names."""
    for number, ((line, _), reading) in enumerate(zip(told, readings, strict=True)):
        for match in reading.matches:
            roots = _roots(context, line[match.span[1] :]) if match.item == RASH and not match.negated else ()
            if roots:
                context.found.history = [
                    new for one in context.found.history for new in (_of(one, roots) if _told_by(one, f"history[{number}]") else (one,))
                ]


def _told_by(one: HistoryFinding, path: str) -> bool:
    return one.item == RASH and one.present and one.origin.path == path


def _of(one: HistoryFinding, roots: tuple[str, ...]) -> tuple[HistoryFinding, ...]:
    return tuple(replace(one, item=f"{RASH}.{root}", level=root) for root in roots)


def _roots(context: Context, after: str) -> tuple[str, ...]:
    ended = _ENDS.search(after)
    shares: dict[str, float] = {}
    for piece in _PIECES.split(after[: ended.start()] if ended else after):
        try:
            patch = context.lexicon.site(place_in(piece)) if place_in(piece) else None
        except UnknownName:
            continue
        for root, share in context.lexicon.roots_of(patch.ids) if patch else ():
            shares[root] = shares.get(root, 0.0) + share
    whole = sum(shares.values())
    return tuple(root for root, share in shares.items() if share >= LEADS * whole and f"{RASH}.{root}" in context.lexicon.history_ids)
