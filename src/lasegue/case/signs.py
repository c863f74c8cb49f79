"""Reads bedside tests, and findings that stand under one heading and belong under another."""

import re
from collections.abc import Iterable
from typing import Any, cast

from lasegue.case.context import Context, is_past
from lasegue.case.feeling import as_sense
from lasegue.case.model import (
    InvestigationFinding,
    NotTested,
    Power,
    ReflexFinding,
    Side,
    SphincterFinding,
    TestFinding,
    TestValue,
)
from lasegue.case.partly import name_within
from lasegue.errors import UnknownName
from lasegue.knowledge.records import Test
from lasegue.names import TestPart, fold, nearest
from lasegue.names.fold import plain
from lasegue.names.reflex_words import is_sign, of_sign, read_reflexes_of
from lasegue.names.results import read_measure, read_result
from lasegue.names.sides import split_side
from lasegue.names.tables import lookup
from lasegue.names.values import NOT_TESTED, is_untested, read_grade

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
anal_tone: anal tone, anal sphincter tone, sphincter tone, rectal tone, digital rectal examination, rectal examination, dre, rectal exam,
  digital rectal exam, pr, pr exam, pr examination, per rectum, per rectal examination, anal sphincter
bladder: bladder function
bowel: bowel function
sexual_function: sexual function, erection
""")
_SPHINCTER_NOUNS = re.compile(r"\b(?:anal|rectal|sphincter|tone|of)\b")
_TOPICS = (
    ("bladder", re.compile(r"\b(?:urin\w+|bladder|voiding|retention|incontinen\w+|micturition|hesitancy|overflow)\b")),
    ("bowel", re.compile(r"\b(?:bowels?|fa?ecal|stool|constipat\w+|soiling|flatus)\b")),
    (
        "anal_tone",
        re.compile(
            r"\b(?:(?:anal|rectal)\s+(?:sphincter\s+)?tone|anal\s+sphincter|sphincter\s+tone|(?:anal|voluntary|absent|weak)\s+squeeze)\b"
        ),
    ),
    ("sexual_function", re.compile(r"\b(?:erect\w+|genital|sexual|impotence|priapism|ejaculat\w+)\b")),
)
"""What a test's name must speak of to be taken for a finding of the sphincters."""
_DEGREES = frozenset("mild moderate severe marked slight new acute recent complete total partial painless bilateral".split())
_BEATS = re.compile(r"^\s*[>~≥]?\s*(?P<number>\d+)(?:\s*-\s*(?P<most>\d+))?\s*\+?\s*beats?\b")
_SUSTAINED = 3
_TONE_TOLD = re.compile(r"\b(?:tone|squeeze|lax|laxity|loose|patulous|atonic|flaccid|hypotonic|gaping|contraction)\b")
_REFLEX_IN_NAME = re.compile(
    r"^\s*(?P<state>absent|lost|loss\s+of|reduced|diminished|decreased|depressed|brisk|exaggerated|increased)\s+(?P<name>.+)$"
)


def read_test(context: Context, entry: dict[str, Any], path: str) -> None:
    """One entry of `tests`."""
    name, result = str(entry["test"]), entry.get("result")
    if isinstance(result, str):
        result = _counted(name, result)
        entry = {**entry, "result": result}
        if _tone_on_finger(context, entry, path, name, str(result)) or _named_with_result(context, entry, path, name, str(result)):
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


def _tone_on_finger(context: Context, entry: dict[str, Any], path: str, name: str, result: str) -> bool:
    """ "DRE: lax": what the finger found of tone says more than that the examination was abnormal."""
    examined = _SPHINCTER_NAMES.get(fold(name)) == "anal_tone" and _TONE_TOLD.search(plain(result)) is not None
    return examined and _as_sphincter(context, entry, path, name, result)


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
        "sensory": as_sense,
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
    states = _NUMB if "site" in entry else _ABNORMAL
    words = states if normal else (str(value), *(states if isinstance(value, int | float) or fold(str(value)) in _STATES else ()))
    found = next((sign for word in words if (sign := index.exact(f"{name} {word}") or index.find(f"{word} {name}"))), None)
    found = found or (index.exact(name) if "site" in entry else None)
    if found is None:
        return False
    test = context.lexicon.tests_by_id[found]
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
    name, value = _reflex_without_state(name, value)
    found = known.find(name)
    if not found or (len(found) > 1 and "reflex" not in fold(name)):
        return False
    plantar = found[0] in known.plantar
    try:
        values, _ = read_reflexes_of(value, name, plantar=plantar, superficial=found[0] in known.superficial)
    except UnknownName:
        return False
    if any(read == NOT_TESTED or (plantar != (read in {"upgoing", "mute"}) and read != "normal") for read, _ in values):
        return False
    for reflex in found:
        for read, told in values:
            for side in (None,) if reflex in known.midline else context.sides(entry, path, told):
                origin = context.origin(entry, path, name)
                context.found.reflexes.append(ReflexFinding(origin, side, reflex, read, is_past(entry)))  # type: ignore[arg-type]
    return True


def _reflex_without_state(name: str, value: object) -> tuple[str, object]:
    """ "Absent ankle jerk: present" is an ankle jerk that is absent; "Babinski present: yes" a Babinski that is present."""
    said = "present" if value is True else of_sign(str(value))
    state = _REFLEX_IN_NAME.match(plain(name))
    if state and said == "present":
        return state["name"], "absent" if "los" in state["state"] else state["state"]
    if is_sign(name) and said == "present" and plain(name).split()[-1] in {"present", "positive"}:
        return " ".join(name.split()[:-1]), "present"
    return name, value


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


def _as_sphincter(context: Context, entry: dict[str, Any], path: str, name: str, value: object) -> bool:
    """A part of the sphincters by its name ("DRE: lax"), or a finding of one ("urinary retention: present")."""
    part = _SPHINCTER_NAMES.get(fold(name))
    if part is None:
        return _as_sphincter_finding(context, entry, path, name, value)
    try:
        items, _ = context.lexicon.sphincters.read(part, str(value))
    except UnknownName:
        return False
    _add_sphincter(context, entry, path, name, items)
    return True


def _add_sphincter(context: Context, entry: dict[str, Any], path: str, name: str, items: Iterable[str]) -> None:
    context.found.sphincter += [SphincterFinding(context.origin(entry, path, name), item, past=is_past(entry)) for item in items]


def _as_sphincter_finding(context: Context, entry: dict[str, Any], path: str, name: str, value: object) -> bool:
    for part, topic in _TOPICS:
        if not topic.search(plain(name)):
            continue
        known = context.lexicon.sphincters
        bare = _SPHINCTER_NOUNS.sub(" ", plain(name)) if part == "anal_tone" else name
        item = known.named(part, name) or known.named(part, bare)
        said = of_sign(str(value)) or ("present" if fold(str(value)) in _DEGREES else None)
        normal = known.normal(part)
        if item is None or item == normal or said not in {"present", "absent"}:
            continue
        chosen = item if said == "present" else normal
        _add_sphincter(context, entry, path, name, (chosen,) if chosen else ())
        return True
    return False


def read_named_sign(context: Context, entry: dict[str, Any], path: str, name: str, value: object) -> bool:
    """A sign under another heading that its name tells in full: "clonus: present", "areflexia: absent"."""
    bare, named_side = split_side(name)
    found = context.lexicon.signs.index.find(bare)
    if found is None:
        return False
    test = context.lexicon.tests_by_id[found]
    result, side = split_side(value) if isinstance(value, str) else (value, None)
    result = _counted(bare, "present" if result == "" and side else result)
    sides = context.sides(entry, path, named_side or side) if test.sided else (None,)
    if is_untested(result):
        context.found.not_tested += [NotTested(context.origin(entry, path, name), "test", (found,), one) for one in sides]
        return True
    read = read_result(result, test, bare)
    if read is None:
        return False
    for words in read[1]:
        context.leave(path, words, "words beside a result")
    _add_tests(context, entry, path, TestPart(found), cast("TestValue", read[0]), sides)
    return True


def _counted(name: str, result: object) -> object:
    """Beats of clonus as a result: one or two are found in health as well."""
    beats = _BEATS.match(plain(result)) if isinstance(result, str) and "clonus" in fold(name).split() else None
    if beats is None:
        return result
    number = int(beats["most"] or beats["number"])
    return "negative" if number == 0 else "positive" if number >= _SUSTAINED else "equivocal"


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
