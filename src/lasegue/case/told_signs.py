"""Signs that the name of a test and its result tell together: "gait: antalgic", "tone: flaccid", "fundi: papilloedema"."""

import re
from collections.abc import Iterable
from typing import Any, Final

from lasegue.case.context import Context, is_past
from lasegue.case.model import HistoryFinding, Side, TestFinding, TestValue
from lasegue.errors import UnknownName
from lasegue.knowledge.records import Test
from lasegue.names import TestPart, fold
from lasegue.names.faculties import is_faculty
from lasegue.names.levels import split_roots
from lasegue.names.result_sides import place_words
from lasegue.names.results import is_result, only_back
from lasegue.names.sides import split_side
from lasegue.names.values import is_untested

# A bare noun whose normal state denies several signs at once.
_FAMILIES = {
    "gait": ("steppage_gait", "waddling_gait", "ataxic_gait", "spastic_gait", "antalgic_gait"),
    "walking": ("steppage_gait", "waddling_gait", "ataxic_gait", "spastic_gait", "antalgic_gait"),
    "ambulation": ("steppage_gait", "waddling_gait", "ataxic_gait", "spastic_gait", "antalgic_gait"),
    "tone": ("spasticity", "flaccidity"),
    "muscle tone": ("spasticity", "flaccidity"),
    "limb tone": ("spasticity", "flaccidity"),
    "leg tone": ("spasticity", "flaccidity"),
    "bulk": ("wasting",),
    "muscle bulk": ("wasting",),
    "pulse": ("pulse_distal",),
    "peripheral pulse": ("pulse_distal",),
    "rash": ("zoster_rash", "purpura", "erythema_migrans", "myositis_rash"),
    "skin rash": ("zoster_rash", "purpura", "erythema_migrans", "myositis_rash"),
}
_TONE: Final = frozenset({"tone", "muscle tone", "limb tone", "leg tone"})
_GAIT: Final = frozenset({"gait", "walking", "ambulation", "gait examination"})
_GAIT_KINDS: Final = frozenset({"gait", "function"})
NORMAL_WORDS: Final = frozenset("normal negative no none intact nil full 5 present preserved unremarkable false".split()) | {"5 0", "5 5"}
_PLAIN_WORDS = frozenset({"positive", "negative", "normal", "yes", "no", "abnormal", "present", "equivocal", "true", "false"})
_DENIED: Final = re.compile(r"\b(?:no|not|without|nil|never|denies|denied|nor|neither)\b")
_UNABLE: Final = re.compile(r"\b(?:unable|impossible|cannot|can't|bed\s*-?bound|wheel\s*chair(?:\s*-?bound)?|non\s*-?ambula\w+|immobile)\b")
_PIECES: Final = re.compile(r"[,;/]|\band\b|\bbut\b|\bwith\b|\bapart\s+from\b|\bexcept(?:\s+for)?\b")
_EXTENT: Final = re.compile(
    r"\b(?:mild(?:ly)?|moderate(?:ly)?|severe(?:ly)?|marked(?:ly)?|slight(?:ly)?|very|clearly|obvious|partial|complete)\b"
)
_LOOKED: Final = frozenset("examination exam assessment finding test".split())
_RASH: Final = "zoster_rash"


def add_tests(context: Context, entry: dict[str, Any], path: str, part: TestPart, value: TestValue, sides: Iterable[Side]) -> None:
    """Keep one value of a test for each side. Blisters with a root beside them are shingles of that root as well."""
    name = str(entry.get("test") or entry.get("movement") or entry.get("site") or entry.get("reflex") or "")
    origin, past, sides = context.origin(entry, path, name), is_past(entry), tuple(sides)
    context.found.tests += [TestFinding(origin, side, part.test, value, part.number, part.parts, past) for side in sides]
    if part.test == _RASH and value == "positive":
        for root in split_roots(f"{name} {entry.get('result') or ''}")[0]:
            if f"zoster.{root}" in context.lexicon.history_ids:
                context.found.history += [HistoryFinding(origin, side, f"zoster.{root}", True, root, past) for side in sides]


def _add(context: Context, entry: dict[str, Any], path: str, part: TestPart, value: TestValue, named: str | None) -> None:
    sided = context.lexicon.tests_by_id[part.test].sided
    add_tests(context, entry, path, part, value, context.sides(entry, path, named) if sided else (None,))


def named_with_result(context: Context, entry: dict[str, Any], path: str, name: str, result: str) -> bool:
    """ "Gait: antalgic" and "tone: increased" name a sign together; "gait: normal" denies several."""
    bare, named = split_side(name)
    index = context.lexicon.signs.index
    if _denies_family(context, entry, path, bare, result, named):
        return True
    if fold(result) in _PLAIN_WORDS or is_untested(result):
        return False
    if fold(bare) in _GAIT and _described_gait(context, entry, path, result, named):
        return True
    if index.find(bare) == "slr" and only_back(result):
        _add(context, entry, path, TestPart("slr_back_pain_only"), "positive", named)
        return True
    found = _together(context, bare, result)
    if found is None:
        return False
    _add(context, entry, path, found, "positive", named)
    return True


def _denies_family(context: Context, entry: dict[str, Any], path: str, bare: str, result: str, named: str | None) -> bool:
    index = context.lexicon.signs.index
    family = [sign for sign in _FAMILIES.get(fold(bare), ()) if index.exact(sign) == sign]
    absent = NORMAL_WORDS | ({"absent"} if "rash" in fold(bare) else set())
    if not family or fold(result) not in absent - ({"present", "full"} if "rash" in fold(bare) else set()):
        return False
    if index.find(bare) is not None and fold(bare) not in _TONE:
        return False
    for sign in family:
        _add(context, entry, path, TestPart(sign), "negative", named)
    return True


def _described_gait(context: Context, entry: dict[str, Any], path: str, result: str, named: str | None) -> bool:
    """The gaits that a result names, each denied where it is told so; one who cannot walk has none."""
    found: list[tuple[TestPart, TestValue]] = []
    left: list[str] = []
    for piece in _PIECES.split(result):
        denied = _DENIED.search(piece)
        part = _gait(context, _DENIED.sub(" ", piece))
        if part:
            found.append((part, "negative" if denied else "positive"))
        elif piece.strip(" .") and not is_result(piece):
            left.append(piece.strip(" ."))
    if not any(value == "positive" for _, value in found) and _UNABLE.search(result.lower()) and not _DENIED.search(result):
        found, left = [(TestPart("cannot_stand"), "positive")], []
    for part, value in found:
        _add(context, entry, path, part, value, named)
    if found:
        for words in left:
            context.leave(f"{path}.result", words, "words beside a result")
    return bool(found)


def _gait(context: Context, piece: str) -> TestPart | None:
    index = context.lexicon.signs.index
    words = " ".join(_EXTENT.sub(" ", split_side(piece)[0]).split()).strip(" .")
    found = (index.find(words) or index.find(f"{words} gait")) if words else None
    test = context.lexicon.tests_by_id[found] if found else None
    return TestPart(test.id) if test and test.kind in _GAIT_KINDS and test.id != "gait_abnormal" and not is_faculty(test, words) else None


def _together(context: Context, bare: str, result: str) -> TestPart | None:
    """The sign that a name and a result make together, or the sign that the result names by itself."""
    index = context.lexicon.signs.index
    plain_name = " ".join(word for word in fold(bare).split() if word not in _LOOKED)
    own = index.find(bare)
    for wording in dict.fromkeys((f"{result} {bare}", f"{bare} {result}", f"{plain_name} {result}", result)):
        found = index.find(wording)
        if found and not (found == own and is_result(result)) and _affirms(context, found, wording, result):
            return TestPart(found)
    if own is not None or is_result(result):
        return None
    part = context.lexicon.signs.find(result)
    return part if part and _affirms(context, part.test, result, result) else None


def _affirms(context: Context, found: str, wording: str, result: str) -> bool:
    return not is_faculty(context.lexicon.tests_by_id[found], wording) and not _DENIED.search(result.lower())


def named_with_place(context: Context, name: str, result: object) -> tuple[str, str] | None:
    """ "Tinel: positive at the fibular head" and "fibular head: tender" as the name of a test and its result."""
    if not isinstance(result, str):
        return None
    place = place_words(result)
    words = [f"{name} {place}", f"{place} {name}"] if place else []
    if "tender" in fold(result).split():
        words += [f"{name} tenderness", f"{name} {place} tenderness"]
    for wording in words:
        try:
            _, _, left = context.lexicon.test(wording)
        except UnknownName:
            continue
        if not left:
            denied = _DENIED.search(result.lower()) or {"negative", "absent", "normal", "ve"} & set(fold(result.replace("+ve", "")).split())
            return wording, "negative" if denied else "positive"
    return None


def affirmed_by_side(context: Context, name: str) -> bool:
    """Whether a side alone as the result affirms: "foot drop: bilateral" does, "SLR: right" only says which leg was raised."""
    try:
        parts, _, _ = context.lexicon.test(name)
    except UnknownName:
        return False
    return all(_is_sign(context.lexicon.tests_by_id[part.test], name) for part in parts)


def _is_sign(test: Test, name: str) -> bool:
    return test.kind not in {"tension", "joint", "tinel"} and not is_faculty(test, name)
