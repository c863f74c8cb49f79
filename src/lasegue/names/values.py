"""The values that findings take, as people write them: grades, sensory and reflex findings, modalities, results, words of time."""

import math
import re

from lasegue.errors import UnknownName
from lasegue.names.fold import compact, fold, plain
from lasegue.names.nearest import nearest
from lasegue.names.tables import table

GRADES = (0.0, 1.0, 2.0, 2.75, 3.0, 3.5, 3.75, 4.0, 4.5, 4.75, 5.0)
_SIGNED = {"3-": 2.75, "3+": 3.5, "4-": 3.75, "4+": 4.5, "5-": 4.75}
NOT_TESTED = "not tested"
_HIGHEST = 5.0

_UNTESTED = table("""
not tested: not tested, nt, n/t, untested, not examined, not assessed, not done, not recorded, unknown, not known, not available, n/a,
  not performed, unable to test, not testable, untestable, not documented, not stated, not asked, deferred, declined, refused
""")["not tested"]
_POWER = table("""
normal: normal, full, n, intact, strong, preserved, spared, unaffected, full power, full strength, normal power, normal strength, no
  weakness, not weak, unimpaired
weak: weak, reduced, weakness, impaired, decreased, diminished, mild weakness, slight weakness, slightly weak, mildly weak, moderate
  weakness, marked weakness, severe weakness, paresis, moderately weak, severely weak, markedly weak, very weak, subtle weakness,
  positive, abnormal, affected, mild, moderate, severe, decreased power, reduced power, poor, slight, subtle, profound weakness,
  profoundly weak, profound, weak against resistance, not full, less than full, unable, cannot, impossible
limited by pain: limited by pain, pain limited, pain inhibited, painful, inhibited by pain, pain, pain inhibition, limited because of
  pain, not testable because of pain, antalgic
give-way: give way, giving way, give way weakness, giveway, collapsing, cogwheel, breakaway, break away weakness, breakaway weakness,
  variable effort, poor effort, inconsistent
""")
_WORD_GRADES = table("""
0: paralysed, paralysis, plegia, plegic, absent, no movement, no contraction, nil, complete paralysis, no power, complete palsy,
  complete weakness, total paralysis, flail
1: trace, flicker, flicker only, trace contraction, flicker of contraction, flicker of movement
2: gravity eliminated, with gravity eliminated, movement with gravity eliminated
3: antigravity, antigravity only, against gravity, against gravity only
""")
SENSE = table("""
normal: normal, intact, preserved, n, spared, unaffected, unimpaired, no loss, no deficit, full, present, no sensory loss, no sensory
  deficit, not affected, unremarkable, no numbness, symmetrical, negative
reduced: reduced, decreased, diminished, impaired, hypoaesthesia, hypaesthesia, hypalgesia, hypoalgesia, dull, blunted, numb,
  numbness, deficit, mild loss, partial loss, slightly reduced, sensory loss, hypoesthetic, partially lost, less, poor, sensory
  deficit, dulled, patchy loss, mildly reduced, markedly reduced, severely reduced, positive, subjective numbness, deadness, dead,
  reduction, weak, down, low, slightly decreased, loss of sensation, hypesthesia, patchy, patchily reduced, reduced or absent, less than
  the other side, asymmetrical
absent: absent, lost, loss, anaesthesia, anaesthetic, nil, no sensation, complete loss, analgesia, zero, total loss, completely lost,
  completely numb, completely absent, gone, insensate
paraesthesia: paraesthesia, paraesthesiae, tingling, pins and needles, prickling, burning, altered, dysaesthesia, abnormal, altered
  sensation, abnormal sensation, strange, buzzing, crawling, formication, electric shocks, electric, stinging, tingle, tingly, hot,
  cold, coldness, subjective change, subjectively altered, intermittent tingling, paresthetic, dysaesthetic
hyperalgesia: hyperalgesia, allodynia, hyperaesthesia, hypersensitive, hypersensitivity, hyperpathia, increased, raised, tender,
  sensitive, oversensitive, hyperesthetic
""")
REFLEX = table("""
normal: normal, present, intact, preserved, n, 2, 2+, ++, 2/4, symmetrical, symmetric, equal, downgoing, down going, down, flexor,
  flexion, physiological, elicited, elicitable, normoactive, unremarkable, retained, spared, normal and symmetrical, unaffected, yes,
  2+/4
reduced: reduced, diminished, depressed, decreased, sluggish, 1, 1+, +, trace, hypoactive, weak, present with reinforcement, with
  reinforcement, only with reinforcement, hyporeflexia, hyporeflexic, +/-, ±, impaired, slightly reduced, slight, low, attenuated,
  1/4, 1+/4, less, barely present, markedly reduced, difficult to elicit
absent: absent, lost, 0, nil, -, not elicited, unelicitable, not elicitable, areflexia, areflexic, abolished, unobtainable, not
  obtained, not present, loss, none, 0/4, no, missing, gone, not obtainable, could not be elicited
brisk: brisk, increased, exaggerated, hyperactive, 3, 3+, +++, hyperreflexia, hyperreflexic, 4, 4+, ++++, very brisk, pathologically
  brisk, raised, crossed, heightened, 3/4, lively, enhanced, 4/4, 3+/4, 4+/4, hyperreactive
upgoing: upgoing, up going, extensor, extensor response, babinski, babinski positive, positive babinski, up, extension, dorsiflexion,
  extensor plantar, upgoing toe, up going plantar
mute: mute, equivocal, no response, indifferent, flat, unresponsive, silent, neutral, no movement
clonus: clonus, clonic, sustained clonus, unsustained clonus, with clonus, brisk with clonus, beats of clonus, clonus present
""")
MODALITIES = table("""
light_touch: light touch, touch, lt, cotton wool, soft touch, fine touch, tactile, monofilament, two point discrimination,
  superficial, superficial touch, brush, cotton, 10 g monofilament
pin_prick: pin prick, pinprick, pin, pp, pain, sharp, sharp blunt, sharp dull, pain sensation, prick, nociception, superficial pain,
  needle
temperature: temperature, temp, cold, hot, warm, thermal, heat, thermal sensation, cold sensation, cool
vibration: vibration, vib, vibratory, tuning fork, 128 hz, pallaesthesia, vibration sense, vibratory sense, pallesthesia
position: position, proprioception, joint position, joint position sense, jps, position sense, joint sense, kinaesthesia,
  proprioceptive
""")
_MODALITY_GROUPS = table("""
light_touch pin_prick temperature vibration position: all, all modalities, every modality
none: any, none, general, sensation, gross, unspecified, not specified, subjective
pin_prick temperature: spinothalamic, small fibre
vibration position: dorsal column, posterior column, deep, large fibre, deep sensation
light_touch pin_prick: superficial sensation
""")
_LIST = re.compile(r"\s*(?:[,;/&+]|\band\b|\bwith\b)\s*")


def _table(values: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {compact(word) or plain(word).strip(): value for value, words in values.items() for word in words}


def _as_written(values: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Signs that folding would lose: "+", "-", "2+"."""
    return {plain(word): value for value, words in values.items() for word in words if not word.replace(" ", "").isalpha()}


_UNTESTED_KEYS = frozenset(compact(word) for word in _UNTESTED)
_POWER_KEYS, _SENSE_KEYS, _REFLEX_KEYS = _table(_POWER), _table(SENSE), _table(REFLEX)
_REFLEX_SIGNS = _as_written(REFLEX)
_MODALITY_KEYS = _table(MODALITIES)
_MODALITY_GROUP_KEYS = {
    compact(word): () if members == "none" else tuple(members.split()) for members, words in _MODALITY_GROUPS.items() for word in words
}
_GRADE_KEYS = {compact(word): float(grade) for grade, words in _WORD_GRADES.items() for word in words}
_MRC = re.compile(
    r"^(?:mrc|grade|power|strength|m)?\s*(?:grade\s*)?(?P<first>[0-9](?:\.[0-9]+)?)\s*(?P<sign>[+-])?"
    r"(?:\s*(?:-|to|/)\s*(?P<second>[0-9](?:\.[0-9]+)?)\s*(?P<sign2>[+-])?)?(?:\s*/\s*5)?\s*(?:mrc|power|strength)?$"
)
_OUT_OF_FIVE = re.compile(r"(?<=[0-9+-])\s*(?:/\s*5|(?:out\s+)?of\s+5)\b")
# "about 4", "at least 3", "weak (3-4)": what stands about a grade.
_ABOUT = re.compile(r"^(?:at\s+least|about|approximately|approx|around|roughly|maximum|[~>=≥]+)\s*|^(?:weak|reduced|weakness)\s*(?=\()")
_SHOWN_GRADES = {
    "normal": "normal",
    "weak": "weak",
    "limited by pain": "limited by pain",
    "give way": "give-way",
    "not tested": "not tested",
    "4+": "4+",
    "4/5": "4/5",
}


def is_untested(value: object) -> bool:
    """Whether a value says that nothing was tested."""
    return isinstance(value, str) and compact(value) in _UNTESTED_KEYS


def snap(grade: float) -> float:
    """The grade of the scale that is nearest; of two as near, the weaker."""
    return min(GRADES, key=lambda known: abs(known - grade))


def _signed(number: str, sign: str | None) -> float:
    grade = float(number)
    return _SIGNED.get(f"{number}{sign}", grade + (0.25 if sign == "+" else -0.25)) if sign else grade


_SIGN_IN_WORDS = re.compile(r"(?<=\d)\s*(plus|minus)\b")


def read_grade(value: object) -> float | str:
    """An MRC grade, or one of `weak`, `limited by pain`, `give-way` and `not tested`. Raises UnknownName."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if math.isfinite(value) and 0 <= value <= _HIGHEST:
            return snap(float(value))
        raise UnknownName(str(value), "grade (0 to 5)")
    text = _SIGN_IN_WORDS.sub(lambda sign: "+" if sign[1] == "plus" else "-", plain(str(value)).strip(" ."))
    if is_untested(text):
        return NOT_TESTED
    match = _MRC.match(text) or _MRC.match(_plainly(text))
    if match:
        return _written_grade(match.string, match)
    key = compact(text)
    if key in _GRADE_KEYS:
        return _GRADE_KEYS[key]
    word = _POWER_KEYS.get(key)
    if word is None:
        raise UnknownName(str(value), "grade", nearest(fold(text), _SHOWN_GRADES))
    return _HIGHEST if word == "normal" else word


def _plainly(text: str) -> str:
    """A grade without what stands about it: "about 4 of 5" is 4/5, "4/5 to 5/5" is 4-5, "weak (3-4)" is 3-4."""
    bare = _ABOUT.sub("", text).strip("() ")
    return _OUT_OF_FIVE.sub("", bare) if len(_OUT_OF_FIVE.findall(bare)) > 1 else _OUT_OF_FIVE.sub("/5", bare)


def _written_grade(text: str, match: re.Match[str]) -> float:
    """ "4+", "4/5", "3-4": of a range the middle."""
    first = _signed(match["first"], match["sign"])
    out_of_five = re.search(r"/\s*5(?![.\d])", text) is not None
    alone = match["second"] is None or (out_of_five and float(match["second"]) == _HIGHEST)
    ends = (first,) if alone else (first, _signed(match["second"], match["sign2"]))
    if max(ends) > _HIGHEST or ("/" in text and not out_of_five):
        raise UnknownName(text, "grade (0 to 5)")
    return snap(sum(ends) / len(ends))


def _choose(value: object, kind: str, keys: dict[str, str], names: dict[str, tuple[str, ...]]) -> str:
    text = str(value)
    found = keys.get(compact(text))
    if found is None:
        shown = [name.replace("_", " ") for name in (*names, NOT_TESTED)]
        raise UnknownName(text, kind, nearest(fold(text), dict(zip(shown, shown, strict=True))))
    return found


def read_sense(value: object) -> tuple[str, ...]:
    """What was found of sensation: one value or several ("reduced, tingling"). Raises UnknownName."""
    if is_untested(value):
        return (NOT_TESTED,)
    if compact(str(value)) in _SENSE_KEYS:
        return (_SENSE_KEYS[compact(str(value))],)
    pieces = [piece for piece in _LIST.split(plain(str(value))) if piece]
    return tuple(dict.fromkeys(_choose(piece, "sensory finding", _SENSE_KEYS, SENSE) for piece in pieces or [str(value)]))


_PLANTAR_SIGNS = {"positive": "upgoing", "negative": "normal", "absent": "mute", "up": "upgoing"}
_SUPERFICIAL_SIGNS = {"positive": "normal", "negative": "absent"}


def read_reflex(value: object, *, plantar: bool = False, superficial: bool = False) -> str:
    """What was found of a reflex. Raises UnknownName."""
    text = plain(str(value)).strip()
    if is_untested(text):
        return NOT_TESTED
    signs = _PLANTAR_SIGNS if plantar else _SUPERFICIAL_SIGNS if superficial else {}
    found = signs.get(text) or _REFLEX_SIGNS.get(text) or _choose(value, "reflex finding", _REFLEX_KEYS, REFLEX)
    return "mute" if plantar and found == "absent" else found


def read_modalities(value: object) -> tuple[str, ...]:
    """The modalities of a word or a list of words; "pinprick and light touch" is two. Raises UnknownName."""
    found: dict[str, None] = {}
    for text in value if isinstance(value, list) else [value]:
        for piece in _modality_words(str(text)):
            key = compact(piece)
            if key in _MODALITY_GROUP_KEYS:
                found |= dict.fromkeys(_MODALITY_GROUP_KEYS[key])
            else:
                found[_choose(piece, "modality", _MODALITY_KEYS, MODALITIES)] = None
    return tuple(found)


def _modality_words(text: str) -> list[str]:
    key = compact(text)
    if key in _MODALITY_KEYS or key in _MODALITY_GROUP_KEYS:
        return [text]
    return [piece for piece in _LIST.split(plain(text)) if piece] or [text]


_SINCE_WORDS = table("""
new: new, acute, recent, new onset, today, yesterday, just now
changed: changed, worse, worsened, worsening, changing, altered, different
long_standing: long standing, longstanding, old, chronic, years, always, unchanged, pre existing, preexisting, baseline, known,
  childhood, previous
""")
_SINCE_KEYS = _table(_SINCE_WORDS)


def read_since(value: str) -> str | None:
    """`new`, `changed` or `long_standing` where a text says so."""
    return _SINCE_KEYS.get(compact(value))
