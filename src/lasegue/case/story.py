"""Reads the history, pain and sphincters."""

import re
from dataclasses import replace
from typing import Any

from lasegue.case.context import Context, is_past
from lasegue.case.model import HistoryFinding, NotTested, Origin, PainFinding, Severity, Side, SphincterFinding
from lasegue.case.studied import add_studies
from lasegue.errors import UnknownName
from lasegue.names import Reading, fold, nearest
from lasegue.names.resolved import scaled
from lasegue.names.sphincters import PARTS, untested
from lasegue.names.tables import lookup
from lasegue.names.values import read_since

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
    """One entry of `pain`. Words that are not understood are left unused, never an error."""
    key = "site" if entry.get("site") is not None else "region"
    if entry.get(key) is None:
        context.unusable(f"{path}.site", "", "is missing")
        return
    text = str(entry[key])
    words = fold(text).split()
    denied = words[:1] in (["no"], ["without"], ["nil"], ["denie"], ["deny"])
    pain = context.lexicon.pain(text.split(maxsplit=1)[1] if denied and len(words) > 1 else text)
    for left in pain.leftover:
        context.leave(f"{path}.{key}", left, "not recognised")
    if not pain.ids and not pain.leftover:
        context.leave(f"{path}.{key}", text, "not recognised")
    severity, present = _severity(context, entry.get("severity"), f"{path}.severity")
    midline = context.lexicon.midline_pain
    felt = PainFinding(context.origin(entry, path, text), None, (), severity, present and not denied, is_past(entry))
    central = scaled(pair for pair in pain.ids if pair[0] in midline)
    sided = scaled(pair for pair in pain.ids if pair[0] not in midline)
    sides = context.sides(entry, path, pain.side)
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


def read_sphincter(context: Context, data: dict[str, Any]) -> None:
    """The sphincter part of a case."""
    for part in PARTS:
        value = data.get(part)
        for place, entry in enumerate(value if isinstance(value, list) else [value] if part in data else []):
            path = f"sphincter.{part}" + (f"[{place}]" if isinstance(value, list) else "")
            _read_sphincter_word(context, part, entry if isinstance(entry, dict) else {"finding": entry}, path)
    volume = data.get("post_void_residual_ml")
    if volume is not None:
        results, _, _ = context.lexicon.investigation("post void residual", float(volume))
        add_studies(context, {}, Origin("sphincter.post_void_residual_ml", "post-void residual"), results, (None,))


def _read_sphincter_word(context: Context, part: str, entry: dict[str, Any], path: str) -> None:
    word = entry["finding"]
    origin = context.origin(entry, path, str(word))
    if untested(word):
        context.found.not_tested.append(NotTested(origin, "sphincter", (part,)))
        return
    if isinstance(word, bool):
        word = "normal" if word else "dysfunction"
    try:
        items, left = context.lexicon.sphincters.read(part, str(word))
    except UnknownName as error:
        context.unknown(path, error)
        return
    context.leave_all(path, left, f"{part.replace('_', ' ')} finding")
    if entry.get("note"):
        read_history(context, str(entry["note"]), f"{path}.note", note=True)
    since = read_since(str(entry.get("since") or ""))
    if entry.get("since") and since is None:
        context.leave(f"{path}.since", str(entry["since"]), "not new, changed or long-standing")
    past = is_past(entry) and since != "long_standing"
    context.found.sphincter += [SphincterFinding(origin, item, since, None, past) for item in items]  # type: ignore[arg-type]
