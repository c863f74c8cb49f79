"""Reads the history and pain."""

import re
from dataclasses import replace
from typing import Any

from lasegue.case.context import Context, is_past
from lasegue.case.model import HistoryFinding, Origin, PainFinding, Severity, Side
from lasegue.errors import UnknownName
from lasegue.names import Reading, fold, nearest
from lasegue.names.pain_clauses import clauses
from lasegue.names.resolved import scaled
from lasegue.names.tables import lookup

_SEVERITIES = lookup("""
mild: mild, slight, minor, low
moderate: moderate, medium, considerable
severe: severe, bad, intense, excruciating, very severe, agonising, extreme, marked, worst
""")
_NONE = frozenset({"none", "no", "nil", "absent", "0", "no pain", "painless", "denied"})
_MILD, _MODERATE, _WORST = 3, 6, 10
# In a note these describe the finding that it stands beside.
_OF_FINDING = re.compile(r"pain(?:ful|less)?\b|stiff|tender|numb|weak|severe|mild|moderate")
_TEMPO = ("tempo.", "course.")


def lines_of(history: object) -> list[tuple[str, bool]]:
    """The lines of the history, and whether each is known to be old."""
    entries = [history] if isinstance(history, str) else history if isinstance(history, list) else []
    return [(str(one["told"]), bool(one.get("past"))) if isinstance(one, dict) else (str(one), False) for one in entries]


def read_history(context: Context, text: str, path: str, *, note: bool = False, past: bool = False) -> Reading:
    """One line of free text. A note beside a finding, and what is old, tell nothing of the complaint's tempo."""
    reading = context.lexicon.history(text)
    for match in reading.matches:
        if (note or past) and match.item.startswith(_TEMPO):
            continue
        if note and _OF_FINDING.match(text[match.span[0] :].lower()):
            continue
        side: Side = match.side if match.side in {"left", "right"} else None  # type: ignore[assignment]
        origin = Origin(path, text[match.span[0] : match.span[1]])
        context.found.history.append(HistoryFinding(origin, side, match.item, not match.negated, match.level, past))
    for words, why in reading.leftover:
        context.leave(path, words, why)
    return reading


def read_pain(context: Context, entry: dict[str, Any], path: str) -> None:
    """One entry of `pain`, clause by clause. Words that are not understood are left unused, never an error."""
    key = "site" if entry.get("site") is not None else "region"
    if entry.get(key) is None:
        context.unusable(f"{path}.site", "", "is missing")
        return
    text = str(entry[key])
    told = clauses(text)
    severity, present = _severity(context, entry.get("severity"), f"{path}.severity")
    if told.nowhere:
        _painless(context, entry, path, text)
        return
    if told.felt:
        stated = severity or next((_STATED[word] for word in fold(told.felt).split() if word in _STATED), None)
        felt = PainFinding(context.origin(entry, path, text), None, (), stated, present, is_past(entry))
        _add_pain(context, entry, f"{path}.{key}", told.felt, felt)
    for words in told.denied:
        place = _not_reached(told.felt) if words == _RADIATES else words
        felt = PainFinding(context.origin(entry, path, text), None, (), None, False, is_past(entry))
        _add_pain(context, entry, f"{path}.{key}", place, felt)


_STATED: dict[str, Severity] = {"mild": "mild", "moderate": "moderate", "severe": "severe", "excruciating": "severe"}
"""Words of a site that tell how bad the pain is."""
_RADIATES = "radiation"
_EVERYWHERE = ("low back", "leg")


def _painless(context: Context, entry: dict[str, Any], path: str, text: str) -> None:
    """No pain at all: neither in the back nor in the leg."""
    felt = PainFinding(context.origin(entry, path, text), None, (), None, False, is_past(entry))
    for place in _EVERYWHERE:
        _add_pain(context, entry, path, place, felt)
    read_history(context, "painless", path, past=is_past(entry))


def _not_reached(felt: str) -> str:
    """Where a pain that does not radiate is not: back pain not in the leg, pain of buttock or thigh not below the knee."""
    words = set(fold(felt).split())
    if words & {"back", "lumbar", "spine", "lumbosacral", "lbp"}:
        return "leg"
    return "below the knee" if words & {"buttock", "thigh", "groin", "hip", "gluteal"} else _RADIATES


def _add_pain(context: Context, entry: dict[str, Any], path: str, words: str, felt: PainFinding) -> None:
    """The regions of one clause: those of the midline once, the others for each side."""
    pain = context.lexicon.pain(words)
    for left in pain.leftover:
        context.leave(path, left, "not recognised")
    if not pain.ids and not pain.leftover:
        context.leave(path, words, "not recognised")
    midline = context.lexicon.midline_pain
    central = scaled(pair for pair in pain.ids if pair[0] in midline)
    sided = scaled(pair for pair in pain.ids if pair[0] not in midline)
    sides = context.sides(entry, path.rpartition(".")[0] or path, pain.side)
    context.found.pain += [replace(felt, regions=central)] if central else []
    context.found.pain += [replace(felt, regions=sided, side=side) for side in sides if sided]


def _severity(context: Context, value: object, path: str) -> tuple[Severity, bool]:
    """How bad it is, and whether there is pain at all."""
    if value is None:
        return None, True
    text = fold(str(value))
    if text in _NONE or value is False:
        return None, False
    if text in _SEVERITIES:
        return _SEVERITIES[text], True  # type: ignore[return-value]
    try:
        number = float(str(value).split("/")[0])
    except ValueError:
        number = -1.0
    if not isinstance(value, bool) and 0 <= number <= _WORST:
        return ("mild" if number <= _MILD else "moderate" if number <= _MODERATE else "severe"), True
    names = {name: name for name in ("mild", "moderate", "severe")}
    context.unknown(path, UnknownName(str(value), "severity", nearest(text, names) or tuple(names)))
    return None, True
