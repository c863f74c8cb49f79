"""From the data of a case file to a Case, with everything that is wrong reported at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from lasegue.case.complaints import read_complaints
from lasegue.case.conflicts import settle
from lasegue.case.context import Context
from lasegue.case.examine import read_power, read_sensory
from lasegue.case.model import Case, CaseSide, Course, HistoryFinding, Onset, Origin, Tempo
from lasegue.case.rash import place_rash
from lasegue.case.reflexes import read_reflexes
from lasegue.case.sacral import read_sphincter
from lasegue.case.signs import read_test
from lasegue.case.story import lines_of, read_history, read_pain
from lasegue.case.studied import read_investigation
from lasegue.case.validate import shape_faults, split_unknown_keys
from lasegue.errors import CaseError, Fault, UnknownName
from lasegue.names import Lexicon, Reading, fold, nearest, packaged_lexicon
from lasegue.names.person import find_age, find_sex
from lasegue.names.sides import SIDE_NAMES, side_word
from lasegue.names.tables import lookup
from lasegue.names.tempo import onset_class, whole_duration

_SEXES = {"f": "F", "female": "F", "woman": "F", "girl": "F", "w": "F", "m": "M", "male": "M", "man": "M", "boy": "M"}
_SETTINGS = ("primary_care", "emergency", "specialist", "postoperative", "obstetric", "inpatient")
_SETTING_WORDS = lookup("""
primary_care: gp, general practice, community
emergency: ed, emergency department, er, a e
specialist: clinic, outpatient, neurology, spine
postoperative: post op, post operative, surgery
obstetric: obstetric, obstetrics, labour, postpartum, maternity
inpatient: ward, hospital, icu
""")
_GRADUAL = "months"
"""What "gradual" or "slowly" stands for; a stated duration says it better."""
_ONSETS = ("sudden", "hours", "days", "weeks", "months", "years")
_ONSET_WORDS = lookup("""
sudden: acute, abrupt, instant, immediate, minutes, hyperacute
weeks: subacute, gradual, week
years: chronic, childhood, since childhood, lifelong, congenital, year
months: insidious, month
hours: hour
days: day
""")
_COURSES = ("worsening", "stable", "improving", "fluctuating", "episodic")
_COURSE_WORDS = lookup("""
worsening: progressive, progressing, deteriorating, worse, increasing
stable: static, unchanged, constant, persistent, plateau
improving: better, recovering, resolving, resolved
fluctuating: variable, waxing and waning
episodic: relapsing, intermittent, recurrent, transient, paroxysmal, relapsing remitting
""")
_YOUNG = ((2, "under_2"), (12, "under_12"), (16, "under_16"))
_READERS: tuple[tuple[str, Callable[[Context, dict[str, Any], str], None]], ...] = (
    ("pain", read_pain),
    ("sensory", read_sensory),
    ("power", read_power),
    ("reflexes", read_reflexes),
    ("tests", read_test),
    ("investigations", read_investigation),
)


def read_case(data: Mapping[str, Any] | object, *, lexicon: Lexicon | None = None, lenient: bool = False, path: str = "") -> Case:
    """Read one case from its data. Raises CaseError with every fault; `path` goes before the place of each.

    Leniently, what is not understood goes to `unused`, and so does the milder of two findings that contradict; wrong types stay faults.
    """
    if not isinstance(data, Mapping):
        raise CaseError([Fault(path, "", f"a case is a set of keys, not {_kind(data)}")])
    kept, unknown_keys = split_unknown_keys(dict(data))
    shape = shape_faults(kept)
    context = Context(lexicon or packaged_lexicon(), lenient, faults=[*shape, *(unknown_keys if not lenient else ())])
    if lenient:
        for fault in unknown_keys:
            context.leave(fault.path, fault.word, "unknown key")
    case = _assemble(context, _without_faulty(kept, shape), dict(data))
    if context.faults:
        faults = [
            Fault(f"{path}.{fault.path}".strip(".") if path else fault.path, fault.word, fault.message, fault.nearest)
            for fault in context.faults
        ]
        raise CaseError(faults, case_id=str(data.get("id") or ""))
    return case


def _kind(data: object) -> str:
    if data is None:
        return "nothing"
    return {"list": "a list", "str": "text", "int": "a number", "float": "a number", "bool": "a truth value"}.get(
        type(data).__name__, type(data).__name__
    )


def _without_faulty(data: dict[str, Any], faults: list[Fault]) -> dict[str, Any]:
    """The parts of a case whose shape is right, so that their names are checked in the same run. A list keeps its length."""
    kept = dict(data)
    for fault in faults:
        place = fault.path.split(".", 1)[0].split("[", 1)
        name = place[0]
        entries = kept.get(name)
        if len(place) > 1 and isinstance(entries, list) and name != "history":
            number = int(place[1].rstrip("]"))
            kept[name] = [None if at == number else entry for at, entry in enumerate(entries)]
        else:
            kept.pop(name, None)
    return kept


def _assemble(context: Context, data: dict[str, Any], source: dict[str, Any]) -> Case:
    context.side = _case_side(context, data)
    age, sex = data.get("age"), _chosen(context, data, "sex", {}, _SEXES)
    told = lines_of(data.get("history"))
    readings = [read_history(context, line, f"history[{place}]", past=past) for place, (line, past) in enumerate(told)]
    lines = [line for line, _ in told]
    for name, read in _READERS:
        for place, entry in enumerate(data.get(name) or ()):
            if entry is not None:
                read(context, entry, f"{name}[{place}]")
                if entry.get("note"):
                    read_history(context, str(entry["note"]), f"{name}[{place}].note", note=True)
    if data.get("sphincter") is not None:
        read_sphincter(context, data["sphincter"])
    setting = _chosen(context, data, "setting", {name: name for name in _SETTINGS}, _SETTING_WORDS)
    tempo = _tempo(context, data, _told_duration([reading for reading, (_, past) in zip(readings, told, strict=True) if not past]))
    settle(context)
    place_rash(context, told, readings)
    read_complaints(context, told, readings)
    age = float(age) if age is not None else next((years for line in lines if (years := find_age(line)) is not None), None)
    sex = sex or next((letter for line in lines if (letter := find_sex(line))), None)
    who: dict[str, Any] = {"age": age, "sex": sex, "side": context.side, "setting": setting, "scope": _scope(age, setting, context)}
    kept: dict[str, Any] = {
        "text": str(data.get("text") or ""),
        "source": source,
        "gold": dict(data.get("gold") or {}),
        "meta": dict(data.get("meta") or {}),
    }
    identifier = "" if data.get("id") is None else str(data["id"])
    return Case(id=identifier, tempo=tempo, **who, **_observations(context), **kept)


def _told_duration(readings: Sequence[Reading]) -> float | None:
    """The longest duration that the history gives the complaint; that of the back pain only where nothing else is dated."""
    dated = [reading for reading in readings if reading.days is not None]
    foremost = [reading for reading in dated if not reading.background] or dated
    return max((reading.days or 0.0 for reading in foremost), default=None)


def _observations(context: Context) -> dict[str, Any]:
    """What was found, each thing once."""
    found = context.found
    return {
        "power": tuple(found.power),
        "sense": tuple(found.sense),
        "reflexes": tuple(found.reflexes),
        "tests": tuple(found.tests),
        "history": _history(found.history),
        "pain": tuple(dict.fromkeys(found.pain)),
        "sphincter": tuple(found.sphincter),
        "investigations": tuple(dict.fromkeys(found.investigations)),
        "not_tested": tuple(found.not_tested),
        "unused": tuple(dict.fromkeys(context.unused)),
    }


def _case_side(context: Context, data: dict[str, Any]) -> CaseSide:
    value = data.get("side")
    word = "unknown" if value is None else side_word(str(value))
    if word in SIDE_NAMES:
        return word  # type: ignore[return-value]
    if word != "unknown":
        names = {name: name for name in SIDE_NAMES}
        context.unknown("side", UnknownName(str(value), "side", nearest(fold(str(value)), names) or SIDE_NAMES))
    return None


def _chosen(context: Context, data: dict[str, Any], key: str, names: dict[str, str], words: dict[str, str]) -> str | None:
    """One of a few words, or None where the key is not there."""
    if data.get(key) is None:
        return None
    text = fold(str(data[key]))
    known = {fold(name): value for name, value in (*names.items(), *words.items())}
    if text in known:
        return known[text]
    shown = {value: value for value in (names or words).values()}
    context.unknown(key, UnknownName(str(data[key]), key, nearest(text, shown) or tuple(shown)))
    return None


def _tempo(context: Context, data: dict[str, Any], told: float | None) -> Tempo:
    """Onset and course from their fields, else from the history; each then stands among the history as an item of its own."""
    days = None if data.get("onset") is None else whole_duration(str(data["onset"]))
    onset = (
        onset_class(days) if days is not None else _chosen(context, data, "onset", dict(zip(_ONSETS, _ONSETS, strict=True)), _ONSET_WORDS)
    )
    course = _chosen(context, data, "course", dict(zip(_COURSES, _COURSES, strict=True)), _COURSE_WORDS)
    first = _take(context, "tempo.", _ONSETS, onset, Origin("onset", str(data.get("onset"))))
    if told is not None and (first is None or (onset is None and first[0] == _GRADUAL)):
        first = _take(context, "tempo.", _ONSETS, onset_class(told), first[1] if first else Origin("history", ""))
    then = _take(context, "course.", _COURSES, course, Origin("course", str(data.get("course"))))
    origin = first[1] if first else then[1] if then else None
    return Tempo(
        cast("Onset | None", first[0] if first else None),
        cast("Course | None", then[0] if then else None),
        origin,
        days if days is not None else told,
    )


def _take(context: Context, family: str, values: tuple[str, ...], stated: str | None, where: Origin) -> tuple[str, Origin] | None:
    """Leave one item of a family in the history: the stated one, else the first that was said."""
    mine = [one for one in context.found.history if one.present and one.item.startswith(family) and one.item.removeprefix(family) in values]
    context.found.history = [one for one in context.found.history if one not in mine]
    if stated is None and not mine:
        return None
    value, origin = (stated, where) if stated is not None else (mine[0].item.removeprefix(family), mine[0].origin)
    if f"{family}{value}" in context.lexicon.history_ids:
        context.found.history.append(HistoryFinding(origin, None, f"{family}{value}"))
    return value, origin


def _history(findings: list[HistoryFinding]) -> tuple[HistoryFinding, ...]:
    """Each item once a side and level; what is affirmed anywhere is not denied by another line."""
    kept: dict[object, HistoryFinding] = {}
    for finding in findings:
        key = (finding.item, finding.side, finding.level, finding.past)
        if key not in kept or (finding.present and not kept[key].present):
            kept[key] = finding
    affirmed = {(finding.item, finding.past) for finding in kept.values() if finding.present}
    return tuple(finding for finding in kept.values() if finding.present or (finding.item, finding.past) not in affirmed)


def _scope(age: float | None, setting: str | None, context: Context) -> tuple[str, ...]:
    """What puts a case at the edge of what is modelled."""
    flags = [next((name for bound, name in _YOUNG if age is not None and age < bound), "")]
    flags += [setting if setting in {"postoperative", "obstetric"} else ""]
    flags += ["pregnant" if any(one.present and "pregnan" in one.item for one in context.found.history) else ""]
    return tuple(flag for flag in flags if flag)
