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
    SphincterFinding,
    TestValue,
)
from lasegue.case.partly import name_within
from lasegue.case.told_signs import NORMAL_WORDS, add_tests, affirmed_by_side, named_with_place, named_with_result
from lasegue.errors import UnknownName
from lasegue.knowledge.records import Test
from lasegue.names import TestPart, fold, nearest
from lasegue.names.fold import plain
from lasegue.names.measures import measured
from lasegue.names.reflex_words import is_sign, of_sign, read_reflexes_of
from lasegue.names.result_sides import split_result
from lasegue.names.results import is_only_pain, read_measure, read_result
from lasegue.names.sides import split_side
from lasegue.names.tables import lookup
from lasegue.names.values import NOT_TESTED, is_untested, read_grade

_ABNORMAL = ("", *"absent, brisk, weakness, loss, abnormal, reduced, increased, wasting, sensory loss, limited, tenderness".split(", "))
_NUMB = ("sensory loss", "numbness", "loss", "absent", "level")
_RESULT_NAMES = ("positive", "negative", "equivocal", "reduced", "absent", "normal", "not tested")
_TINEL_AT_SCAR = re.compile(r"(?<=tinel).*\b(?P<scar>(?:(?:operation|surgical|operative|old)\s+)?scar)\b", re.IGNORECASE)
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
    """One entry of `tests`; a result that names sides is one finding for each."""
    name, result = str(entry["test"]), entry.get("result")
    if isinstance(result, str):
        result = _counted(name, result)
        entry = {**entry, "result": result}
        if _tone_on_finger(context, entry, path, name, result):
            return
        if each := _by_side(context, entry, path, name, result):
            for one in each:
                read_test(context, one, path)
            return
        if named_with_result(context, entry, path, name, result):
            return
    try:
        parts, side, left = context.lexicon.test(name)
    except UnknownName as error:
        _unknown_test(context, entry, path, name, error)
        return
    context.leave_all(f"{path}.test", left, "test")
    for part in parts:
        _read_part(context, entry, path, part, side, name)


def _tone_on_finger(context: Context, entry: dict[str, Any], path: str, name: str, result: str) -> bool:
    """ "DRE: lax": what the finger found of tone says more than that the examination was abnormal."""
    examined = _SPHINCTER_NAMES.get(fold(name)) == "anal_tone" and _TONE_TOLD.search(plain(result)) is not None
    return examined and _as_sphincter(context, entry, path, name, result)


def _by_side(context: Context, entry: dict[str, Any], path: str, name: str, result: str) -> list[dict[str, Any]]:
    """An entry for each side that a result names; none where it names no side, or says nothing but a side of what is no sign."""
    found = split_result(result)
    if not found or not all(words or affirmed_by_side(context, name) for _, words in found):
        return []
    each = []
    for side, words in found:
        own = context.sides(entry, path, side) if "side" in entry else ()
        clash = bool(own) and side != "bilateral" and side not in own
        each.append({**entry, "result": words or "positive", "side": entry["side"] if clash else side})
    return each


def _unknown_test(context: Context, entry: dict[str, Any], path: str, name: str, error: UnknownName) -> None:
    """A test that is known only together with its result, belongs under another heading, or is not known at all."""
    result = entry.get("result")
    if result is None:
        result = _number(entry, None)
    if read_elsewhere(context, entry, path, name, "positive" if result is None else result, "tests"):
        return
    if placed := named_with_place(context, name, result):
        read_test(context, {**entry, "test": placed[0], "result": placed[1]}, path)
        return
    if context.lenient and (scar := _TINEL_AT_SCAR.search(name)):
        context.leave(f"{path}.test", name, "a Tinel sign counts where the nerve is named; the scar is taken as seen")
        read_test(context, {**entry, "test": scar["scar"], "result": "present"}, path)
        return
    run = name_within(context, f"{path}.test", error, name, lambda run: _no_less(context, name, run))
    if run:
        read_test(context, {**entry, "test": run}, path)


def _no_less(context: Context, name: str, run: str) -> object:
    """The tests of some words of a name. A Tinel sign over the calf is not tenderness of the calf."""
    if "tinel" in fold(name).split() and "tinel" not in fold(run).split():
        raise UnknownName(run, "test")
    return context.lexicon.test(run)


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
    told = measured(result, test) if isinstance(result, str) else None
    if told:
        number, result = told.number, told.rest or None
    if is_untested(result):
        context.found.not_tested += [NotTested(context.origin(entry, path, name), "test", (part.test,), side) for side in sides]
        return
    value = _test_value(context, test, result, (number, told.sign if told else ""), path, name)
    if value is not None:
        add_tests(context, entry, path, TestPart(part.test, part.parts, None if told and told.sign else number), value, sides)


def _test_value(context: Context, test: Test, result: object, said: tuple[float | None, str], path: str, name: str) -> TestValue | None:
    """The value by the words of a result, else by its number and the sign before it."""
    number, sign = said
    by_number = read_measure(number, test, sign) if number is not None else None
    if result is None:
        if by_number is None:
            why = "needs a result" if number is None or test.measure else f"{test.name} measures nothing: it needs a result"
            context.unusable(f"{path}.result", name, why, _RESULT_NAMES[:2])
        return by_number  # type: ignore[return-value]
    read = read_result(result, test, name)
    if read is None:
        names = {word: word for word in _RESULT_NAMES}
        context.unknown(f"{path}.result", UnknownName(str(result), "test result", nearest(fold(str(result)), names) or _RESULT_NAMES))
        return None
    value, left = read
    for words in left:
        context.leave(f"{path}.result", words, "words beside a result")
    late = value == "positive" and by_number == "negative" and is_only_pain(str(result))
    return "equivocal" if late else value  # type: ignore[return-value]


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
    normal = fold(str(value)) in NORMAL_WORDS
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
        add_tests(context, entry, path, TestPart(found), "negative" if normal else "positive", sides)
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
    add_tests(context, entry, path, TestPart(found), cast("TestValue", read[0]), sides)
    return True


def _counted(name: str, result: Any) -> Any:
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
