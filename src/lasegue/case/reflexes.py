"""Reads the reflexes of a case."""

import re
from collections.abc import Iterable
from typing import Any

from lasegue.case.context import BOTH, Context, is_past
from lasegue.case.model import NotTested, ReflexFinding, Side
from lasegue.case.signs import read_elsewhere, read_named_sign
from lasegue.case.told_signs import add_tests
from lasegue.errors import UnknownName
from lasegue.names import TestPart
from lasegue.names.fold import plain
from lasegue.names.reflex_words import read_reflexes_of
from lasegue.names.values import NOT_TESTED

_NEVER_BRISK = frozenset({"brisk", "clonus"})
_PLANTAR_ONLY = frozenset({"upgoing", "mute"})
_ARMS = re.compile(
    r"^\s*(?:(?:left|right|both|bilateral)\s+)?(?:biceps|triceps|supinator|brachioradialis|arms?|upper\s+limbs?|upper\s+extremit(?:y|ies))"
    r"(?:\s+(?:jerks?|reflex(?:es)?))?\s*$",
    re.IGNORECASE,
)
_LIMBS = ((re.compile(r"\bUL\b", re.IGNORECASE), "upper limb"), (re.compile(r"\bLL\b", re.IGNORECASE), "lower limb"))
_ABDOMINAL = re.compile(r"^\s*(?:superficial\s+)?abdominals?(?:\s+reflex(?:es)?)?\s*$", re.IGNORECASE)
_ALL_LIMBS = re.compile(
    r"\b(?:all|arms?\s+and\s+legs?|upper\s+and\s+lower\s+limbs?|all\s+(?:four|4)\s+limbs|throughout|everywhere|generali[sz]ed|global(?:ly)?)\b"
)
_ONE_PART = re.compile(r"\b(?:legs?|lower|other|others|remaining|rest|left|right)\b")
_SEVERAL = re.compile(
    r"^(?:all\s+)?(?:(?:deep\s+)?(?:tendon\s+)?(?:lower\s+limb\s+|leg\s+)?reflexes|(?:lower\s+limb\s+)?dtrs?(?:\s+(?:in\s+)?(?:the\s+)?lower\s+limbs?)?"
    r"|(?:deep\s+)?(?:tendon\s+)?reflexes\s+(?:in\s+|of\s+)?(?:the\s+)?(?:legs|lower\s+limbs?)|lower\s+limbs?(?:\s+reflexes)?)$"
)
"""Reflexes in the plural without a side: those of both legs."""
_EVERYWHERE = {"absent": "generalised_areflexia", "reduced": "generalised_areflexia", "brisk": "generalised_hyperreflexia"}


def read_reflexes(context: Context, entry: dict[str, Any], path: str) -> None:
    """One entry of `reflexes`."""
    text = _spelt_out(str(entry["reflex"]))
    if _ARMS.search(text) and read_elsewhere(context, entry, path, "arm reflexes", entry["finding"], "reflexes"):
        return
    if _every_limb(text, str(entry["finding"])):
        _read_ids(context, {"side": "bilateral", **entry}, path, context.lexicon.reflexes.find("all reflexes") or (), None, whole=True)
        return
    known = context.lexicon.reflexes.index
    if known.find(text) is None and (named := known.find(f"{text} reflex")) is not None:
        _read_ids(context, entry, path, (named,), None)
        return
    try:
        reflex = context.lexicon.reflex(text)
    except UnknownName as error:
        _read_other(context, entry, path, text, error)
        return
    context.leave_all(f"{path}.reflex", reflex.leftover, "reflex")
    several = reflex.side is None and _SEVERAL.match(plain(text).strip()) is not None
    ids = tuple(identifier for identifier, _ in reflex.ids)
    _read_ids(context, entry, path, ids, "bilateral" if several and "side" not in entry else reflex.side)


def _spelt_out(text: str) -> str:
    for short, long in _LIMBS:
        text = short.sub(long, text)
    return "abdominal reflexes" if _ABDOMINAL.search(text) else text


def _every_limb(name: str, finding: str) -> bool:
    """ "All reflexes", "arm and leg reflexes", "DTRs: absent throughout"."""
    low = plain(name)
    named = _ALL_LIMBS.search(low) and (re.search(r"reflex|dtr|jerk|limbs", low) is not None)
    told = _SEVERAL.match(low.strip()) and _ALL_LIMBS.search(plain(finding))
    arms = re.search(r"arms?\s+and\s+legs?|upper\s+and\s+lower", low)
    return bool((named or told) and (arms or not _ONE_PART.search(low)) and "areflexia" not in low and "reflexi" not in low)


def _read_other(context: Context, entry: dict[str, Any], path: str, text: str, error: UnknownName) -> None:
    """A name that is no reflex: a sign by itself, or a finding of another heading; a bare muscle is neither."""
    if read_named_sign(context, entry, path, text, entry["finding"]):
        return
    muscle = context.lexicon.powers.find(text) is not None
    if muscle or not read_elsewhere(context, entry, path, text, entry["finding"], "reflexes"):
        context.unknown(f"{path}.reflex", error)


def _read_ids(context: Context, entry: dict[str, Any], path: str, ids: Iterable[str], named: str | None, *, whole: bool = False) -> None:
    """The finding of some reflexes; with `whole` it holds for every limb."""
    values: set[str] = set()
    for identifier in ids:
        for value, told in _reflex_values(context, entry, identifier, f"{path}.finding"):
            values.add(value)
            sides = context.sides(entry, path, told or named)
            midline = identifier in context.lexicon.reflexes.midline
            _add_reflex(context, entry, path, identifier, value, (None,) if midline else sides)
    sign = _EVERYWHERE.get(values.pop()) if whole and len(values) == 1 else None
    if sign is not None:
        sides = BOTH if context.lexicon.tests_by_id[sign].sided else (None,)
        add_tests(context, entry, path, TestPart(sign), "positive", sides)


def _reflex_values(context: Context, entry: dict[str, Any], identifier: str, path: str) -> list[tuple[str, str | None]]:
    known, finding = context.lexicon.reflexes, entry["finding"]
    plantar = identifier in known.plantar
    try:
        values, left = read_reflexes_of(finding, str(entry["reflex"]), plantar=plantar, superficial=identifier in known.superficial)
    except UnknownName as error:
        context.unknown(path, error)
        return []
    for words in left:
        context.leave(path, words, "words beside a finding")
    kept = []
    for value, side in values:
        if value in _PLANTAR_ONLY and not plantar:
            context.unusable(path, str(finding), f"only a plantar response can be {value}")
        elif value in _NEVER_BRISK and plantar:
            context.unusable(path, str(finding), f"a plantar response is normal, mute or upgoing, not {value}")
        else:
            kept.append((value, side))
    return kept


def _add_reflex(context: Context, entry: dict[str, Any], path: str, identifier: str, value: str, sides: Iterable[Side]) -> None:
    origin = context.origin(entry, path, str(entry["reflex"]))
    for side in sides:
        if value == NOT_TESTED:
            context.found.not_tested.append(NotTested(origin, "reflex", (identifier,), side))
        else:
            context.found.reflexes.append(ReflexFinding(origin, side, identifier, value, is_past(entry)))  # type: ignore[arg-type]
