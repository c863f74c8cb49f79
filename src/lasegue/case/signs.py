"""Reads bedside tests, and findings that stand under one heading and belong under another."""

from collections.abc import Iterable
from typing import Any, cast

from lasegue.case.context import Context, is_past
from lasegue.case.model import (
    InvestigationFinding,
    NotTested,
    Power,
    ReflexFinding,
    Sense,
    SenseValue,
    Side,
    SphincterFinding,
    TestFinding,
    TestValue,
)
from lasegue.case.partly import name_within
from lasegue.errors import UnknownName
from lasegue.knowledge.records import Test
from lasegue.names import TestPart, fold, nearest
from lasegue.names.results import read_measure, read_result
from lasegue.names.sides import split_side
from lasegue.names.tables import lookup
from lasegue.names.values import NOT_TESTED, is_untested, read_grade, read_reflex, read_sense

# A bare noun whose normal state denies several signs at once.
_FAMILIES = {
    "gait": ("steppage_gait", "waddling_gait", "ataxic_gait", "spastic_gait", "antalgic_gait"),
    "walking": ("steppage_gait", "waddling_gait", "ataxic_gait", "spastic_gait", "antalgic_gait"),
    "tone": ("spasticity", "flaccidity"),
    "muscle tone": ("spasticity", "flaccidity"),
    "limb tone": ("spasticity", "flaccidity"),
    "leg tone": ("spasticity", "flaccidity"),
    "bulk": ("wasting",),
    "muscle bulk": ("wasting",),
    "pulse": ("pulse_distal",),
    "peripheral pulse": ("pulse_distal",),
}
_ABNORMAL = ("", *"absent, brisk, weakness, loss, abnormal, reduced, increased, wasting, sensory loss, limited, tenderness".split(", "))
_NUMB = ("sensory loss", "numbness", "loss", "absent", "level")
_NORMAL_WORDS = frozenset("normal negative no none intact nil full 5 present preserved unremarkable false".split()) | {"5 0", "5 5"}
_PLAIN_WORDS = frozenset({"positive", "negative", "normal", "yes", "no", "abnormal", "present", "equivocal", "true", "false"})
_RESULT_NAMES = ("positive", "negative", "equivocal", "reduced", "absent", "normal", "not tested")
_SPHINCTER_NAMES = lookup("""
anal_tone: anal tone, anal sphincter tone, sphincter tone, rectal tone, digital rectal examination, rectal examination, dre
bladder: bladder function
bowel: bowel function
sexual_function: sexual function, erection
""")


def read_test(context: Context, entry: dict[str, Any], path: str) -> None:
    """One entry of `tests`."""
    name, result = str(entry["test"]), entry.get("result")
    if isinstance(result, str) and _named_with_result(context, entry, path, name, result):
        return
    try:
        parts, side, left = context.lexicon.test(name)
    except UnknownName as error:
        if result is None and _number(entry, None) is not None:
            result = _number(entry, None)
        if result is None:
            result = "positive"
        if not read_elsewhere(context, entry, path, name, result, "tests"):
            run = name_within(context, f"{path}.test", error, name, context.lexicon.test)
            if run:
                read_test(context, {**entry, "test": run}, path)
        return
    context.leave_all(f"{path}.test", left, "test")
    for part in parts:
        _read_part(context, entry, path, part, side, name)


def _number(entry: dict[str, Any], named: float | None) -> float | None:
    found = next((entry[key] for key in ("angle", "value", "count") if entry.get(key) is not None), named)
    return None if found is None else float(found)


def _read_part(context: Context, entry: dict[str, Any], path: str, part: TestPart, named_side: str | None, name: str) -> None:
    """One test of an entry."""
    test = context.lexicon.tests_by_id[part.test]
    number = _number(entry, part.number)
    sides = context.sides(entry, path, named_side) if test.sided else (None,)
    result = entry.get("result")
    if isinstance(result, int | float) and not isinstance(result, bool):
        number, result = float(result), None
    if is_untested(result):
        context.found.not_tested += [NotTested(context.origin(entry, path, name), "test", (part.test,), side) for side in sides]
        return
    value = _test_value(context, test, result, number, path, name)
    if value is not None:
        _add_tests(context, entry, path, TestPart(part.test, part.parts, number), value, sides)


def _test_value(context: Context, test: Test, result: object, number: float | None, path: str, name: str) -> TestValue | None:
    if result is None:
        measured = read_measure(number, test) if number is not None else None
        if measured is None:
            why = "needs a result" if number is None else f"{test.name} measures nothing: it needs a result"
            context.unusable(f"{path}.result", name, why, _RESULT_NAMES[:2])
        return measured  # type: ignore[return-value]
    read = read_result(result, test, name)
    if read is None:
        names = {word: word for word in _RESULT_NAMES}
        context.unknown(f"{path}.result", UnknownName(str(result), "test result", nearest(fold(str(result)), names) or _RESULT_NAMES))
        return None
    value, left = read
    for words in left:
        context.leave(f"{path}.result", words, "words beside a result")
    return value  # type: ignore[return-value]


def _add_tests(context: Context, entry: dict[str, Any], path: str, part: TestPart, value: TestValue, sides: Iterable[Side]) -> None:
    name = str(entry.get("test") or entry.get("movement") or entry.get("site") or entry.get("reflex") or "")
    origin = context.origin(entry, path, name)
    context.found.tests += [TestFinding(origin, side, part.test, value, part.number, part.parts, is_past(entry)) for side in sides]


def _named_with_result(context: Context, entry: dict[str, Any], path: str, name: str, result: str) -> bool:
    """ "Gait: antalgic" and "tone: increased" name a sign together; "gait: normal" denies several."""
    bare, named_side = split_side(name)
    index = context.lexicon.signs.index
    words = fold(result)
    family = [sign for sign in _FAMILIES.get(fold(bare), ()) if index.exact(sign) == sign]
    if family and words in _NORMAL_WORDS and index.find(bare) is None:
        sides = context.sides(entry, path, named_side)
        for sign in family:
            _add_tests(context, entry, path, TestPart(sign), "negative", sides if context.lexicon.tests_by_id[sign].sided else (None,))
        return True
    if words in _PLAIN_WORDS or is_untested(result):
        return False
    found = index.find(f"{result} {bare}") or index.find(f"{bare} {result}")
    if found is None and index.find(bare) is None and family:
        found = index.find(result)
    if found is None or found == index.find(bare):
        return False
    test = context.lexicon.tests_by_id[found]
    _add_tests(context, entry, path, TestPart(found), "positive", context.sides(entry, path, named_side) if test.sided else (None,))
    return True


def read_elsewhere(context: Context, entry: dict[str, Any], path: str, name: str, value: object, heading: str) -> bool:
    """Read a finding that its heading does not know as what it is; False where no heading knows it."""
    ways = {
        "tests": _as_sign,
        "reflexes": _as_reflex,
        "power": _as_power,
        "sphincter": _as_sphincter,
        "investigations": _as_study,
        "sensory": _as_sense,
    }
    order = ["tests", "reflexes", "sphincter", "sensory", "power", "investigations"] if heading != "power" else ["tests", "sphincter"]
    if heading == "sensory":
        order = ["tests", "sphincter"]
    bare, side = split_side(name)
    sided = {**entry, "side": side} if side and "side" not in entry else entry
    return any(ways[one](context, sided, path, bare, value) for one in order if one != heading or one == "tests")


def _as_sign(context: Context, entry: dict[str, Any], path: str, name: str, value: object) -> bool:
    """ "Upper limb reflexes: brisk", "grip: weak": a sign named by a target and its state."""
    index = context.lexicon.signs.index
    normal = fold(str(value)) in _NORMAL_WORDS
    if not fold(name):
        return False
    weak = tuple(state for state in _ABNORMAL if state != "wasting")
    states = _NUMB if "site" in entry else weak if "movement" in entry else _ABNORMAL
    words = states if normal else (str(value), *(states if isinstance(value, int | float) or fold(str(value)) in _STATES else ()))
    found = next((sign for word in words if (sign := index.exact(f"{name} {word}") or index.find(f"{word} {name}"))), None)
    found = found or (index.exact(name) if "site" in entry else None)
    if found is None:
        return False
    test = context.lexicon.tests_by_id[found]
    if "site" in entry and test.kind == "function":
        return False  # "tips of toes" are no walk on tiptoe
    sides = context.sides(entry, path, None) if test.sided else (None,)
    if is_untested(value):
        context.found.not_tested += [NotTested(context.origin(entry, path, name), "test", (found,), side) for side in sides]
    else:
        _add_tests(context, entry, path, TestPart(found), "negative" if normal else "positive", sides)
    return True


_STATES = frozenset(
    "reduced absent weak brisk paresthesia hyperalgesia impaired lost decreased abnormal diminished increased positive".split()
)


def _as_reflex(context: Context, entry: dict[str, Any], path: str, name: str, value: object) -> bool:
    known = context.lexicon.reflexes
    found = known.find(name)
    if not found or (len(found) > 1 and "reflex" not in fold(name)):
        return False
    plantar = found[0] in known.plantar
    try:
        read = read_reflex(value, plantar=plantar, superficial=found[0] in known.superficial)
    except UnknownName:
        return False
    if plantar != (read in {"upgoing", "mute"}) and read != "normal":
        return False
    sides = context.sides(entry, path, None)
    for reflex in found:
        for side in (None,) if reflex in known.midline else sides:
            context.found.reflexes.append(ReflexFinding(context.origin(entry, path, name), side, reflex, read, is_past(entry)))  # type: ignore[arg-type]
    return True


def _as_power(context: Context, entry: dict[str, Any], path: str, name: str, value: object) -> bool:
    target = context.lexicon.powers.find(name)
    if target is None or not (target.movements or target.muscles):
        return False
    try:
        grade = read_grade(value)
    except UnknownName:
        return False
    if grade == NOT_TESTED:
        return False
    word = {"weak": "weak", "limited by pain": "limited_by_pain", "give-way": "give_way"}.get(str(grade), "graded")
    number = grade if isinstance(grade, float) else None
    for side in context.sides(entry, path, None):
        origin = context.origin(entry, path, name)
        context.found.power.append(Power(origin, side, word, number, target.movements, target.muscles, target.rest, is_past(entry)))  # type: ignore[arg-type]
    return True


def _as_sense(context: Context, entry: dict[str, Any], path: str, name: str, value: object) -> bool:
    """Only where the name says that it is about feeling: "perianal sensation: reduced"."""
    if not {"sensation", "sensory", "pinprick", "touch", "numbness", "feeling"} & set(fold(name).split()):
        return False
    words = " ".join(word for word in fold(name).split() if word not in {"pinprick", "touch", "light", "pin", "prick", "feeling"})
    patch = context.lexicon.sites.find(words)
    try:
        values = read_sense(value)
    except UnknownName:
        return False
    if patch is None or not patch.sites or values == (NOT_TESTED,):
        return False
    for side in context.sides(entry, path, None):
        for one in values:
            origin, value_found = context.origin(entry, path, name), cast("SenseValue", one)
            found = Sense(origin, side, value_found, patch.sites, (), "tested", patch.label_root, patch.label_nerve, past=is_past(entry))
            context.found.sense.append(found)
    return True


def _as_sphincter(context: Context, entry: dict[str, Any], path: str, name: str, value: object) -> bool:
    part = _SPHINCTER_NAMES.get(fold(name))
    if part is None:
        return False
    try:
        items, _ = context.lexicon.sphincters.read(part, str(value))
    except UnknownName:
        return False
    context.found.sphincter += [SphincterFinding(context.origin(entry, path, name), item, past=is_past(entry)) for item in items]
    return True


def _as_study(context: Context, entry: dict[str, Any], path: str, name: str, value: object) -> bool:
    number = _number(entry, None)
    try:
        results, side, _ = context.lexicon.investigation(name, value, number=number)
    except UnknownName:
        return False
    sides = context.sides(entry, path, side) if "side" in entry or side else (None,)
    for one in results:
        for where in sides:
            context.found.investigations.append(
                InvestigationFinding(
                    context.origin(entry, path, name), where, one.investigation, one.result, level=one.level, number=one.number
                )
            )
    return True
