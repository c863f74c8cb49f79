"""Reads the examination: power and sensation."""

import re
from typing import Any

from lasegue.case.beyond import arm_deed, both_halves, on_side, outside_name, palsy, read_level, read_outside
from lasegue.case.context import Context, is_past
from lasegue.case.model import NotTested, Power, PowerValue, Sense, Side
from lasegue.case.partly import name_within
from lasegue.case.signs import read_elsewhere, read_test
from lasegue.errors import UnknownName
from lasegue.names import Resolved, fold, nearest
from lasegue.names.feelings import read_feelings
from lasegue.names.grades import read_grades
from lasegue.names.sides import split_side
from lasegue.names.tables import lookup
from lasegue.names.values import NOT_TESTED, read_modalities

_WORDS: dict[str, PowerValue] = {"weak": "weak", "limited by pain": "limited_by_pain", "give-way": "give_way"}
_SOURCES = lookup("""
tested: tested, examined, objective, examination
reported: reported, subjective, history, patient, symptom
unknown: unknown, not known
""")
_NO_SIDE = "the case does not say which side is meant"
_IRRITATION = frozenset({"paraesthesia", "hyperalgesia"})


def read_power(context: Context, entry: dict[str, Any], path: str) -> None:
    """One entry of `power`; a grade for each side makes an entry for each."""
    entry, text = palsy(entry, str(entry["movement"]))
    entry, text = on_side(context, entry, text, "whole leg")
    if not text:
        context.unusable(f"{path}.movement", str(entry["movement"]), _NO_SIDE)
        return
    try:
        grades = read_grades(entry["grade"])
    except UnknownName as error:
        grades = ((-1.0, None),)
        if not _is_test(context, text) or _is_movement(context, text):
            _bad_value(context, f"{path}.grade", error)
    named = {grade_side for _, grade_side in grades}
    for grade, side in grades:
        own = {**entry, "side": side} if side and (len(named) > 1 or "side" not in entry) else entry
        if side and own is entry and side not in context.sides(entry, path, None) and side != "bilateral":
            context.unusable(f"{path}.side", str(entry["side"]), f"the grade says {side}")
        else:
            # "Both legs: left 3, right 5" is said of each by its own grade.
            bare, both = split_side(text)
            _read_power(context, own, path, bare if side and both == "bilateral" and fold(bare) else text, grade)


def _is_movement(context: Context, text: str) -> bool:
    try:
        return bool(context.lexicon.movements(text))
    except UnknownName:
        return False


def _is_test(context: Context, text: str) -> bool:
    """Whether a name is a test of function: "heel walking" is no movement tested by hand."""
    try:
        parts, _, left = context.lexicon.test(text)
    except UnknownName:
        return False
    return not left and all(context.lexicon.tests_by_id[part.test].kind == "function" for part in parts)


def _read_power(context: Context, entry: dict[str, Any], path: str, text: str, grade: float | str) -> None:
    try:
        members = context.lexicon.movements(text)
    except UnknownName as error:
        if _is_test(context, text):
            graded = isinstance(grade, float) and grade >= 0
            result = ("normal" if grade == 5.0 else "abnormal") if graded else entry["grade"]
            read_test(context, {**entry, "test": text, "result": result}, path)
        elif grade == -1.0 or not read_elsewhere(context, entry, path, arm_deed(text), _told(entry, grade), "power"):
            name = name_within(context, f"{path}.movement", error, text, lambda name: _no_bare_joint(context, name), _DEED)
            if name:
                _read_power(context, {**entry, "movement": name}, path, name, grade)
        return
    context.leave_all(f"{path}.movement", members[0].leftover, "movement")
    if grade != -1.0:
        outside = len(members) > 1 and any(not (one.ids or one.muscles or one.rest) for one in members)
        for side in context.sides(entry, path, members[0].side):
            for member in members:
                if not outside or member.ids or member.muscles or member.rest:
                    _add_power(context, entry, path, member, grade, side)
        if outside:
            read_outside(context, entry, path, text, ("power", _told(entry, grade)))


_JOINTS = frozenset("hip knee ankle foot toe hallux".split())


def _no_bare_joint(context: Context, text: str) -> Resolved:
    """A movement by its name; a joint alone is none, for the words beside it may have said which."""
    if fold(text) in _JOINTS:
        raise UnknownName(text, "movement")
    return context.lexicon.movement(text)


def _told(entry: dict[str, Any], grade: float | str) -> object:
    """A grade as a number where it is one, however it was written."""
    return grade if isinstance(grade, float) and grade >= 0 else entry["grade"]


_DEED = re.compile(
    r"\b(?:flex|ext|abd|rot|inver|ever|dorsi|plantar|rais|lift|stand|walk|curl|spread|fan|superior|inferior|medial|lateral|anterior|posterior"
    r"|proximal|distal|except|spar|contralat|unaffect)\w*"
    r"|\b(?:add|inv|ev|df|pf|up|down|apart|not|no|without|normal|intact|otherwise|other|opposite|good)\b"
)
"""Words that say which movement of a joint, or which of two muscles, was tested: without them the name is another one."""


def _bad_value(context: Context, path: str, error: UnknownName) -> None:
    """A number off the scale is a fault however a case is read; a word that is not understood may be left unused."""
    if "0 to 5" in error.kind:
        context.fault(path, error.word, f"a grade is 0 to 5, not {error.word}")
    else:
        context.unknown(path, error)


def _add_power(context: Context, entry: dict[str, Any], path: str, member: Resolved, grade: float | str, side: Side) -> None:
    origin = context.origin(entry, path, str(entry["movement"]))
    named = tuple(identifier for identifier, _ in (*member.ids, *member.muscles))
    if grade == NOT_TESTED:
        context.found.not_tested.append(NotTested(origin, "power", named, side))
    elif not named and not member.rest:
        outside = "normal" if grade == 5.0 else "weak"
        if not read_elsewhere(context, {**entry, "side": side}, path, str(entry["movement"]), outside, "power"):
            context.leave(path, origin.text, "outside the legs")
    else:
        value: PowerValue = "graded" if isinstance(grade, float) else _WORDS[grade]
        number = grade if isinstance(grade, float) else None
        context.found.power.append(
            Power(origin, side, value, number, member.ids, member.muscles, member.rest, is_past(entry), member.label_root, member.vague)
        )


_DIRECTION = re.compile(
    r"^(?!\s*from\s+\w+\s+to\s+\w+$).*(?:\b(?:lat|med|ant|post|dors|plant|prox|dist|except|exclud|spar|contralat|unaffect|cutan|superfic|pain|alter|abnorm|reduc|decreas|impair|loss|lost|absen"
    r"|tender|hemi)\w*"
    r"|\b(?:upper|lower|inner|outer|inside|outside|front|back|sup|inf|below|above|down|up|from|to|between|half|side|border|apart|not|no|without"
    r"|normal|other|opposite|rest|level|around|tips?|first|second|third|fourth|fifth|deep|nerve|branch|intermediate)\b|\d)"
)
"""Words that say which part of a place was meant, or that it was not: without them the name is another one."""
_TESTED_AT = re.compile(
    r"^(?:(?P<named>light\s+touch|pin[\s-]?prick|vibration(?:\s+sense)?|proprioception|joint\s+position(?:\s+sense)?)\s+(?:sensation\s+)?"
    r"(?:(?:in|over|at|on|of|across|to)\s+)?(?:the\s+)?(?P<there>.+)"
    r"|(?P<kind>[^,;]+?)\s+(?:(?:in|over|at|on|of|across|to)\s+(?:the\s+)?|(?=below\b))(?P<place>.+))$",
    re.IGNORECASE,
)
_NO_TESTS = frozenset("all pain cold hot warm heat cool sharp superficial deep general any none gross".split())


def read_sensory(context: Context, entry: dict[str, Any], path: str) -> None:
    """One entry of `sensory`. Loss up to the trunk is read twice: as a level, and as loss in the legs that it names."""
    entry, text = _with_modality(entry, both_halves(str(entry["site"])))
    entry, text = _turned(entry, text)
    entry, text = on_side(context, entry, text, "whole leg")
    if not text:
        context.unusable(f"{path}.site", str(entry["site"]), _NO_SIDE)
        return
    below = read_level(context, entry, path, text)
    if below is None or below:
        # A level is no dermatome: its roots are where it reaches, not what the examiner called it.
        _read_site(context, entry, path, below or text, labelled=not below)


def _with_modality(entry: dict[str, Any], text: str) -> tuple[dict[str, Any], str]:
    """ "Vibration at great toes": what was tested stands in the name of the place."""
    match = _TESTED_AT.match(text)
    kind, place = ((match["named"] or match["kind"]), (match["there"] or match["place"])) if match else ("", "")
    if not kind or entry.get("modality") or fold(kind) in _NO_TESTS:
        return entry, text
    try:
        return ({**entry, "modality": kind}, place) if read_modalities(kind) else (entry, text)
    except UnknownName:
        return entry, text


_COMPLAINT = re.compile(
    r"\b(?:(?P<numb>numb(?:ness)?|(?:sensory|sensation)\s+loss|loss\s+of\s+sensation|sensory\s+deficit"
    r"|(?:reduced|decreased|diminished|impaired|absent|lost|poor)\s+(?:sensation|sensibility|feeling)|hyp(?:o|oa)?a?esthesia|anaesthesia)"
    r"|(?P<tingling>tingling|pins\s+and\s+needles|(?:altered|abnormal)\s+(?:sensation|feeling)|par(?:a|ae)?esthesiae?|burning|dysa?esthesia))\b",
    re.IGNORECASE,
)
_HAS = frozenset({"present", "yes", "positive", "true", "+", "marked", "mild", "moderate", "severe"})
_HAS_NOT = frozenset({"absent", "no", "none", "nil", "negative", "false", "not present", "denied"})


def _turned(entry: dict[str, Any], text: str) -> tuple[dict[str, Any], str]:
    """ "Numbness of the foot: present" is a loss, and absent is none: yes and no are about what the name tells of."""
    match = _COMPLAINT.search(text)
    told = str(entry["finding"]).strip().lower()
    if not match or told not in _HAS | _HAS_NOT:
        return entry, text
    place = re.sub(r"^(?:of|in|over|at|on|across)\s+(?:the\s+)?", "", " ".join(_COMPLAINT.sub(" ", text).split()))
    told_of = {**entry, "finding": "normal" if told in _HAS_NOT else "reduced" if match["numb"] else "paraesthesia"}
    return told_of, place


def _read_site(context: Context, entry: dict[str, Any], path: str, text: str, *, labelled: bool = True) -> None:
    feelings = _understood(context, f"{path}.finding", lambda: read_feelings(entry["finding"]))
    modality = entry.get("modality")
    modalities = _understood(context, f"{path}.modality", lambda: read_modalities(modality)) if modality else ()
    try:
        site = context.lexicon.site(text)
    except UnknownName as error:
        if not feelings or not read_elsewhere(context, entry, path, text, entry["finding"], "sensory"):
            name = name_within(context, f"{path}.site", error, text, context.lexicon.site, _DIRECTION)
            if name:
                _read_site(context, entry, path, name)
        return
    context.leave_all(f"{path}.site", site.leftover, "site")
    source = _source(context, entry, path)
    if feelings is None or modalities is None or source is None:
        return
    if site.ids:
        read_outside(context, entry, path, text, ("sensory", entry["finding"]))
    label = site.label_root if labelled else None
    for feeling in feelings:
        kinds = tuple(dict.fromkeys([*modalities, *feeling.modalities]))
        for side in _sides(context, entry, path, site.side, feeling.side, several=len(feelings) > 1):
            for value in feeling.values:
                told: Any = source or ("reported" if value in _IRRITATION else "tested" if kinds else "unknown")
                origin, past = context.origin(entry, path, text), is_past(entry)
                made = Sense(origin, side, value, site.ids, kinds, told, label, site.label_nerve, site.rest, past)
                _add_sense(context, entry, made)


def _sides(context: Context, entry: dict[str, Any], path: str, site: str | None, feeling: str | None, *, several: bool) -> tuple[Side, ...]:
    """The sides of a finding. One that the finding itself names goes before a plural, and, among several, before the field."""
    if feeling is None or site == feeling:
        return context.sides(entry, path, site)
    wide = site == "bilateral" or entry.get("side") == "bilateral"
    if site is not None and not wide:
        context.unusable(f"{path}.finding", str(entry["finding"]), f"the finding's own words say {site}")
        return ()
    if wide and feeling != "bilateral":
        return context.sides({}, path, feeling)
    return context.sides(entry, path, feeling) if not several or "side" not in entry else context.sides({}, path, feeling)


def _understood(context: Context, path: str, read: Any) -> Any:
    try:
        return read()
    except UnknownName as error:
        context.unknown(path, error)
        return None


def _source(context: Context, entry: dict[str, Any], path: str) -> str | None:
    """The source as written, "" where it is left out, None where it is not understood."""
    if entry.get("source") is None:
        return ""
    found = _SOURCES.get(fold(str(entry["source"])))
    if found is None:
        names = {name: name for name in ("tested", "reported")}
        context.unknown(
            f"{path}.source", UnknownName(str(entry["source"]), "source", nearest(fold(str(entry["source"])), names) or tuple(names))
        )
    return found


def _add_sense(context: Context, entry: dict[str, Any], made: Sense) -> None:
    """Keep a finding; one that was not tested or lies outside the legs goes where it belongs."""
    path, text = made.origin.path, made.origin.text
    if made.value == NOT_TESTED:
        context.found.not_tested.append(NotTested(made.origin, "sensory", tuple(identifier for identifier, _ in made.sites), made.side))
    elif made.sites or made.rest:
        context.found.sense.append(made)
    elif not read_elsewhere(context, {**entry, "side": made.side}, path, outside_name(text), made.value, "sensory"):
        context.leave(path, text, "outside the legs")
