"""Reads the investigations of a case: which study, of which nerve or muscle, on which side, and what it shows."""

import re
from dataclasses import replace
from typing import Any, cast

from lasegue.case.context import BOTH, Context, is_past
from lasegue.case.model import InvestigationFinding, NotTested, Origin, Side, Zone
from lasegue.case.needle import NEEDLE, PARASPINAL, by_muscle
from lasegue.case.responses import by_response, is_conduction
from lasegue.errors import UnknownName
from lasegue.names import StudyResult, fold
from lasegue.names.fold import plain
from lasegue.names.levels import find_discs, named_roots, split_roots
from lasegue.names.scans import several
from lasegue.names.sides import split_side
from lasegue.names.values import is_untested

_BLOOD = re.compile(r"bloods?|blood (?:tests?|results?|work)|labs?|laboratory", re.IGNORECASE)
_PART_OF_BLOOD = re.compile(
    r"(?P<name>[A-Za-z][\w\s-]*?)\s+(?:was|is|of|:)?\s*(?P<value>\d[\d.]*.*|normal|raised|high|low|elevated|positive|negative|reduced)$"
)
_OF_A_LIMB = ("ncs_", "snap_", "needle", "emg", "h_reflex", "f_waves")
"""Studies of one leg; imaging and blood have no side of their own."""


def read_investigation(context: Context, entry: dict[str, Any], path: str, *, whole: bool = False) -> None:
    """One entry of `investigations`; a report of several scans, responses or muscles is as many, each `whole`."""
    name = str(entry["test"])
    part = str(entry.get("nerve") or entry.get("muscle") or "")
    response = str(entry.get("response") or "")
    result, value = entry.get("result"), entry.get("value")
    if is_untested(result) or (result is None and value is None):
        _untested_study(context, entry, path, name, part, response)
        return
    if not whole and (each := _several(context, entry, path)):
        for one in each:
            read_investigation(context, one, path, whole=True)
        return
    if (known := _of_muscle(context, entry, path)) is None:
        return
    entry, name, part = known, str(known["test"]), str(known.get("nerve") or known.get("muscle") or "")
    try:
        identifier, named_side = context.lexicon.studies.find(name, part=part, response=response, report=str(result))
    except UnknownName as error:
        if not (_BLOOD.fullmatch(name.strip()) and _read_blood(context, entry, path, str(result))):
            context.unknown(f"{path}.test", error)
        return
    try:
        results, left = context.lexicon.studies.read(
            identifier,
            result,
            number=None if value is None else float(value),
            named=name,
            nerve=context.lexicon.studies.nerve(str(entry["nerve"])) if entry.get("nerve") else None,
            muscle=bool(entry.get("muscle")),
        )
    except UnknownName as error:
        context.unknown(f"{path}.result", error)
        return
    for words in left:
        context.leave(f"{path}.result", words, "words beside a result")
    add_studies(context, entry, context.origin(entry, path, name), results, _study_sides(context, entry, path, named_side, results))


def _several(context: Context, entry: dict[str, Any], path: str) -> list[dict[str, Any]]:
    """The entries that one entry stands for: scans of several parts, responses of several nerves, muscles of a needle study."""
    name, result = str(entry["test"]), entry.get("result")
    if not isinstance(result, str):
        return []
    if scans := several(name):
        return _scans(context, entry, scans, result)
    part = str(entry.get("nerve") or entry.get("muscle") or "")
    try:
        identifier, _ = context.lexicon.studies.find(name, part=part, response=str(entry.get("response") or ""), report=result)
    except UnknownName:
        identifier = ""
    if identifier == NEEDLE and not entry.get("muscle"):
        return by_muscle(context, entry, result, path)
    if not entry.get("muscle") and not entry.get("response") and (is_conduction(name) or identifier == "ncs"):
        return by_response(context, entry, result)
    return []


def _scans(context: Context, entry: dict[str, Any], scans: tuple[str, ...], report: str) -> list[dict[str, Any]]:
    """A normal report is of every part; of an abnormal one the first part that can show it."""
    studies = context.lexicon.studies
    readable = []
    for scan in scans:
        try:
            found, _ = studies.read(studies.find(scan)[0], report)
        except UnknownName:
            continue
        readable.append((scan, all(one.result == "normal" for one in found)))
    if readable and all(fine for _, fine in readable):
        return [{**entry, "test": scan} for scan, _ in readable]
    return [{**entry, "test": scan} for scan, fine in readable if not fine][:1]


def _of_muscle(context: Context, entry: dict[str, Any], path: str) -> dict[str, Any] | None:
    """The entry with the muscles of the back as the study that they are; None where its muscle is not known.

    Without its muscle a result would speak of the whole leg.
    """
    if entry.get("muscle") is None:
        return entry
    muscle, _ = split_side(str(entry["muscle"]))
    if context.lexicon.powers.muscle(muscle) or context.lexicon.studies.index.find(muscle):
        return entry
    if PARASPINAL.search(plain(muscle)):
        rest = {key: value for key, value in entry.items() if key != "muscle"}
        side = split_side(str(entry["muscle"]))[1]
        roots = entry.get("level") or " ".join(split_roots(muscle)[0])
        sided = {"side": side} if side and "side" not in entry else {}
        return {**rest, "test": "paraspinal EMG", **sided, "level": roots}
    context.unknown(f"{path}.muscle", UnknownName(str(entry["muscle"]), "muscle"))
    return None


def _read_blood(context: Context, entry: dict[str, Any], path: str, report: str) -> bool:
    """ "Blood: CK 8000, ESR 50": every part is a study of its own; False where none is known."""
    read = False
    for piece in re.split(r",(?!\d{3}\b)|;|\band\b", report):
        said = _PART_OF_BLOOD.match(piece.strip())
        try:
            name = said["name"] if said else piece
            identifier, _ = context.lexicon.studies.find(name)
            results, left = context.lexicon.studies.read(identifier, said["value"] if said else "", named=name)
        except UnknownName:
            context.leave(f"{path}.result", piece.strip(), "not a known result of blood tests")
            continue
        for words in left:
            context.leave(f"{path}.result", words, "words beside a result")
        add_studies(context, entry, context.origin(entry, path, piece.strip()), results, (None,))
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
    limb = bool(entry.get("muscle") or entry.get("nerve")) or any(one.investigation.startswith(_OF_A_LIMB) for one in results)
    if "side" in entry or named or limb:
        return context.sides(entry, path, named)
    return (None,)


def _muscles(context: Context, entry: dict[str, Any], origin: Origin) -> tuple[str | None, ...]:
    """The muscles of a needle study, from its own field or from the name of the study."""
    if entry.get("muscle") is None:
        words = [word for word in fold(origin.text).split() if word not in {"emg", "needle"}]
        return context.lexicon.powers.muscle(" ".join(words)) or (None,)
    return context.lexicon.powers.muscle(split_side(str(entry["muscle"]))[0]) or (None,)


def add_studies(context: Context, entry: dict[str, Any], origin: Origin, results: list[StudyResult], sides: tuple[Side, ...]) -> None:
    """The findings of one study: for each result, side and muscle."""
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
        if one.side == "bilateral" and one.investigation.startswith(_OF_A_LIMB):
            own = BOTH
        muscles = _muscles(context, entry, origin)
        context.found.investigations += [replace(found, side=side, muscle=muscle) for side in own for muscle in muscles]
