"""Reads the history, pain and investigations."""

import re
from dataclasses import replace
from typing import Any, cast

from lasegue.case.context import Context, is_past
from lasegue.case.model import HistoryFinding, InvestigationFinding, NotTested, Origin, PainFinding, Severity, Side, Zone
from lasegue.case.needle import NEEDLE, by_muscle
from lasegue.errors import UnknownName
from lasegue.names import Reading, StudyResult, fold, nearest
from lasegue.names.levels import find_discs, named_roots
from lasegue.names.pain_clauses import clauses
from lasegue.names.resolved import scaled
from lasegue.names.tables import lookup
from lasegue.names.values import is_untested

_SEVERITIES = lookup("""
mild: mild, slight, minor, low
moderate: moderate, medium, considerable
severe: severe, bad, intense, excruciating, very severe, agonising, extreme, marked, worst
""")
_NONE = frozenset({"none", "no", "nil", "absent", "0", "no pain", "painless", "denied"})
_MILD, _MODERATE, _WORST = 3, 6, 10
# In a note these describe the finding that it stands beside.
_OF_FINDING = re.compile(r"pain(?:ful|less)?\b|stiff|tender|numb|weak|severe|mild|moderate")
_BLOOD = re.compile(r"bloods?|blood (?:tests?|results?|work)|labs?|laboratory", re.IGNORECASE)
_PART_OF_BLOOD = re.compile(
    r"(?P<name>[A-Za-z][\w\s-]*?)\s+(?:was|is|of|:)?\s*(?P<value>\d[\d.]*.*|normal|raised|high|low|elevated|positive|negative|reduced)$"
)
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


def read_investigation(context: Context, entry: dict[str, Any], path: str) -> None:
    """One entry of `investigations`."""
    name = str(entry["test"])
    part = str(entry.get("nerve") or entry.get("muscle") or "")
    response = str(entry.get("response") or "")
    result, value = entry.get("result"), entry.get("value")
    if is_untested(result) or (result is None and value is None):
        _untested_study(context, entry, path, name, part, response)
        return
    try:
        identifier, named_side = context.lexicon.studies.find(name, part=part, response=response, report=str(result))
    except UnknownName as error:
        if not (_BLOOD.fullmatch(name.strip()) and _read_blood(context, entry, path, str(result))):
            context.unknown(f"{path}.test", error)
        return
    if identifier == NEEDLE and not entry.get("muscle") and isinstance(result, str) and (each := by_muscle(context, entry, result)):
        for one in each:
            read_investigation(context, one, path)
        return
    try:
        results, left = context.lexicon.studies.read(identifier, result, number=None if value is None else float(value))
    except UnknownName as error:
        context.unknown(f"{path}.result", error)
        return
    for words in left:
        context.leave(f"{path}.result", words, "words beside a result")
    _add_studies(context, entry, context.origin(entry, path, name), results, _study_sides(context, entry, path, named_side, results))


def _read_blood(context: Context, entry: dict[str, Any], path: str, report: str) -> bool:
    """ "Blood: CK 8000, ESR 50": every part is a study of its own; False where none is known."""
    read = False
    for piece in re.split(r"[,;]|\band\b", report):
        said = _PART_OF_BLOOD.match(piece.strip())
        try:
            identifier, _ = context.lexicon.studies.find(said["name"] if said else piece)
            results, left = context.lexicon.studies.read(identifier, said["value"] if said else "")
        except UnknownName:
            context.leave(f"{path}.result", piece.strip(), "not a known result of blood tests")
            continue
        for words in left:
            context.leave(f"{path}.result", words, "words beside a result")
        _add_studies(context, entry, context.origin(entry, path, piece.strip()), results, (None,))
        read = True
    return read


def _untested_study(context: Context, entry: dict[str, Any], path: str, name: str, part: str, response: str) -> None:
    if entry.get("result") is None:
        context.unusable(f"{path}.result", "", "needs a result or a value")
        return
    try:
        identifier, _ = context.lexicon.studies.find(name, part=part, response=response)
    except UnknownName as error:
        context.unknown(f"{path}.test", error)
        return
    context.found.not_tested.append(NotTested(context.origin(entry, path, name), "investigation", (identifier,)))


def _study_sides(context: Context, entry: dict[str, Any], path: str, named: str | None, results: list[StudyResult]) -> tuple[Side, ...]:
    """The side of a result: as stated; a limb study takes the case's side, imaging and blood take none."""
    limb = bool(entry.get("muscle") or entry.get("nerve")) or any(
        one.investigation.startswith(("ncs_", "snap_", "needle", "emg")) for one in results
    )
    if "side" in entry or named or limb:
        return context.sides(entry, path, named)
    return (None,)


def _muscles(context: Context, entry: dict[str, Any], origin: Origin) -> tuple[str | None, ...]:
    """The muscles of a needle study, from its own field or from the name of the study."""
    if entry.get("muscle") is None:
        words = [word for word in fold(origin.text).split() if word not in {"emg", "needle"}]
        return context.lexicon.powers.muscle(" ".join(words)) or (None,)
    found = context.lexicon.powers.muscle(str(entry["muscle"]))
    if not found and not context.lexicon.studies.index.find(str(entry["muscle"])):  # muscles may be a study of their own
        context.leave(f"{origin.path}.muscle", str(entry["muscle"]), "not a known muscle")
    return found or (None,)


def _add_studies(context: Context, entry: dict[str, Any], origin: Origin, results: list[StudyResult], sides: tuple[Side, ...]) -> None:
    stated = str(entry.get("level") or "")
    discs, roots = find_discs(stated), named_roots(stated)
    nerve = context.lexicon.studies.nerve(str(entry["nerve"])) if entry.get("nerve") else None
    response = str(entry["response"]) if entry.get("response") else None
    for one in results:
        level = one.level or (discs[0] if discs else None)
        root = one.root or "+".join(roots) or None
        found = InvestigationFinding(
            origin,
            None,
            one.investigation,
            one.result,
            None,
            nerve or one.nerve,
            response,
            level,
            cast("Zone", one.zone),
            root,
            one.number,
            is_past(entry),
        )
        own: tuple[Side, ...] = (cast("Side", one.side),) if one.side in {"left", "right"} else sides
        muscles = _muscles(context, entry, origin)
        context.found.investigations += [replace(found, side=side, muscle=muscle) for side in own for muscle in muscles]
