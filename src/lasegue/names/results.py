"""Results of bedside tests: which words mean abnormal depends on whether the name tells of a sign or of a faculty."""

import re
from typing import Final

from lasegue.knowledge.records import Test
from lasegue.names.faculties import DEEDS, is_faculty, tells_of_loss
from lasegue.names.fold import fold, plain, spelt_out
from lasegue.names.levels import split_roots

# Positive and negative are about the test; present and absent are about what it is named after; abnormal and normal are about the patient;
# able, unable and lost tell of a faculty alone, full of a movement or of the extent of a sign.
_MEANINGS = {
    "positive": "positive pos yes true + ++ +++ elicited reproduced reproduces reproducible provoked provokes painful strongly",
    "negative": "negative neg no false - painless nil none symmetrical",
    "present": "present palpable felt visible seen detectable strong 2+ found retained good brisk_pulse audible",
    "absent": "absent impalpable not_palpable unpalpable undetectable",
    "lost": "lost missing gone",
    "able": "able possible managed manages",
    "unable": "unable impossible cannot not_possible failed fails bedbound non_ambulant non_ambulatory wheelchair",
    "full": "full",
    "free": "free unlimited unrestricted",
    "extent": "complete partial total",
    "normal": "normal unremarkable intact well okay ok fine clear preserved n unimpaired equal",
    "abnormal": "abnormal reduced weak weakly barely faintly impaired limited restricted poor diminished decreased delayed prolonged "
    "increased brisk raised difficult difficulty marked severe moderate mild slight unsteady high exaggerated tender swollen "
    "sluggish feeble faint 1+ asymmetrical wasted excessive low sustained slow thickened enlarged less smaller thinner",
    "equivocal": "equivocal borderline uncertain doubtful inconclusive indeterminate unclear questionable",
    "provoked": "aggravates aggravated worsens pain tingling paresthesia tenderness pins electric shock numbness symptom dysesthesia",
}
_LOOKUP = {word.replace("_", " "): meaning for meaning, words in _MEANINGS.items() for word in words.split()}
_FOLDED = {fold(word): meaning for word, meaning in _LOOKUP.items() if fold(word)}
_OPPOSITE = {
    "positive": "negative",
    "negative": "positive",
    "present": "absent",
    "absent": "present",
    "lost": "present",
    "able": "unable",
    "unable": "able",
    "full": "abnormal",
    "free": "abnormal",
    "extent": "",
    "normal": "abnormal",
    "abnormal": "normal",
    "equivocal": "equivocal",
    "provoked": "negative",
}
_NOT: Final = frozenset("not no without never nil denie".split())
_NONE: Final = frozenset({"no", "none", "nil"})
_QUALIFIERS = frozenset(
    "mildly slightly very on off in at both side test sign to with pain and but bilaterally markedly was is are for over only".split()
)
_HARMLESS: Final = frozenset(
    "difficulty problem abnormality deficit deficits weakness loss pain limitation asymmetry change delay tenderness restriction".split()
)
_PROVOKING: Final = frozenset({"tension", "tinel", "joint", "tender"})
"""Kinds of tests that look for the familiar pain: a result that names a pain is a positive one."""
_MOVED: Final = frozenset({"thompson"})
"""Tests that look for a movement, though their names do not say so."""
_LEG: Final = re.compile(r"\b(?:leg|calf|thigh|foot|toes?|below|buttock|sciatica|shin|ankle|knee|radicular|limb|dorsum|radiat\w*)\b")
_BACK: Final = re.compile(r"\b(?:back|lumbar|hamstrings?)\b")
_GROIN: Final = re.compile(r"\bgroin\b")
_RANK: Final = ("equivocal", "positive", "negative")


def read_result(value: object, test: Test, name: str) -> tuple[str, tuple[str, ...]] | None:
    """The value of a test (`positive` means abnormal) and the words left over; None where no word is understood."""
    if isinstance(value, bool):
        decided = _decide("positive" if value else "negative", test, name)
        return (decided, ()) if decided else None
    text = plain(spelt_out(str(value)))
    if test.id == "sensory_level" and split_roots(text)[0] and not _NOT & set(fold(text).split()):
        return "positive", ()
    whole = _LOOKUP.get(text.strip()) or _FOLDED.get(fold(text))
    if whole:
        decided = _alone(whole, text, test, name)
        return (decided, ()) if decided else None
    found, left = _scan(text, test, name)
    return (min(found, key=_RANK.index), left) if found else None


def is_result(text: str) -> bool:
    """Whether a wording is a single word of result: positive, normal, reduced."""
    return text.strip() in _LOOKUP or fold(text) in _FOLDED


def is_result_word(word: str) -> bool:
    """Whether a folded word says how a test came out, or stands around such words."""
    return word in _FOLDED or word in _QUALIFIERS or word in _NOT


def is_only_pain(result: str) -> bool:
    """Whether a result names a pain that was brought on, and says nothing else."""
    meanings = {_FOLDED[word] for word in fold(result).split() if word in _FOLDED}
    return meanings == {"provoked"}


def _alone(meaning: str, text: str, test: Test, name: str) -> str:
    """The value of one word that is the whole result. "None" of a pulse is none; of the Thompson test "absent" says too little."""
    said = fold(text)
    if said in _NONE and is_faculty(test, name):
        return "positive"
    if said == "yes" and is_faculty(test, name):
        return ""
    if test.id in _MOVED and meaning in {"present", "absent"}:
        return ""
    return _decide(meaning, test, name)


def _scan(text: str, test: Test, name: str) -> tuple[list[str], tuple[str, ...]]:
    """The values of the pieces of a result, and the pieces without one."""
    found: list[str] = []
    left: list[str] = []
    for piece in re.split(r"[,;(]|\bbut\b", text):
        value = _piece(piece, test, name)
        if value:
            found.append(value)
        elif piece.strip(" ).") and not all(word in _QUALIFIERS for word in fold(piece).split()):
            left.append(piece.strip(" )."))
    return found, tuple(left)


def _piece(piece: str, test: Test, name: str) -> str:
    """The value of one piece: its worst word; a word after "not" or "no" means its opposite."""
    words = fold(piece).split()
    at = next((place for place, word in enumerate(words) if word in _NOT), len(words))
    after = words[at + 1 :]
    if at < len(words) and DEEDS & set(after):
        return _without_deed(after, test, name)
    if test.id in _MOVED and DEEDS & set(words):
        return _faculty(words, test)
    meanings = [_FOLDED[word] for word in words[:at] if word in _FOLDED]
    denied = [_OPPOSITE[_FOLDED[word]] for word in after if word in _FOLDED]
    values = [value for meaning in (*meanings, *denied) if (value := _decide(meaning, test, name, piece))]
    if not values and at < len(words) and words[at] in {"no", "without", "nil", "denie"}:
        harmless = not is_faculty(test, name) or bool(_HARMLESS & set(after))
        return "negative" if harmless else ""
    return min(values, key=_RANK.index, default="")


def _without_deed(after: list[str], test: Test, name: str) -> str:
    """ "No movement", "no pulse": a loss where the test looks for the deed, else unclear. "No pain on movement" denies the pain."""
    first = next((word for word in after if word in DEEDS or word in _FOLDED or word in _HARMLESS), "")
    if first not in DEEDS:
        return _decide(_OPPOSITE.get(_FOLDED.get(first, ""), "negative"), test, name)
    lacking = is_faculty(test, name) or test.id in _MOVED or test.kind == "function"
    return "positive" if lacking else ""


def _faculty(words: list[str], test: Test) -> str:
    """ "Plantar flexion absent" where a movement is looked for."""
    lost = {"absent", "lost", "unable", "abnormal"}
    values = [
        "positive" if _FOLDED[word] in lost else "negative" for word in words if _FOLDED.get(word) in lost | {"present", "normal", "full"}
    ]
    return min(values, key=_RANK.index, default="")


def _decide(meaning: str, test: Test, name: str, piece: str = "") -> str:
    """Abnormal as `positive`, nothing where the meaning does not fit the test. An absent pulse is abnormal, absent wasting is not."""
    sure = {"": "", "equivocal": "equivocal", "negative": "negative", "normal": "negative", "abnormal": "positive"}
    if meaning == "positive":
        return "positive" if test.normal_means == "negative" else "negative"
    if meaning in sure:
        return sure[meaning]
    if meaning == "provoked":
        return _provoked(piece, test)
    faculty = test.kind != "tension" and is_faculty(test, name)
    if meaning in {"able", "unable", "lost"}:
        return _of_faculty(meaning, test, name, faculty=faculty)
    if meaning in {"full", "free", "extent"}:
        return _of_extent(meaning, test, piece, faculty=faculty)
    return "positive" if (meaning == "absent") == faculty else "negative"


def _of_extent(meaning: str, test: Test, piece: str, *, faculty: bool) -> str:
    """A full movement is normal, a full or partial sign is there."""
    moves = faculty or test.kind in {"tension", "joint"} or bool(DEEDS & set(fold(piece).split()))
    if meaning in {"full", "free"} and moves:
        return "negative" if test.id != "extensor_lag" else ""
    return "positive" if meaning != "free" and not faculty and test.kind not in _PROVOKING else ""


def _of_faculty(meaning: str, test: Test, name: str, *, faculty: bool) -> str:
    lack = faculty or (tells_of_loss(name) and bool(DEEDS & set(fold(name).split())))
    if meaning == "able":
        return "negative" if lack else ""
    if meaning == "unable":
        return "positive" if lack or test.kind in {"function", "gait"} else ""
    return "positive" if faculty else ""


def _provoked(piece: str, test: Test) -> str:
    """What a pain tells that a test brought on: of a tension test only pain of the leg counts."""
    if test.kind not in _PROVOKING and test.id != "single_leg_stance_pain":
        return ""
    if test.kind == "tension" and _BACK.search(piece) and not _LEG.search(piece):
        return "positive" if test.id in {"kemp", "slr_back_pain_only"} else "equivocal"
    return "equivocal" if test.id == "femoral_stretch" and _GROIN.search(piece) else "positive"


def only_back(result: str) -> bool:
    """Whether a result of a leg raise tells of pain in the back or of a tight hamstring, and of nothing further down."""
    words = set(fold(result).split())
    told = words & {"pain", "tight", "tightness", "painful", "ache", "limited", "stretch"}
    return bool(told and _BACK.search(plain(result))) and not _LEG.search(plain(result)) and not words & (_NOT | {"negative", "normal"})


_FAHRENHEIT: Final = 60
"""A body is never as warm as this in degrees Celsius."""


def read_measure(number: float, test: Test, sign: str = "") -> str | None:
    """What a number says by the test's own bound, with "<" or ">" before it; None where nothing is measured or it stays open."""
    if test.measure is None:
        return None
    if test.measure.unit == "°C" and number > _FAHRENHEIT:
        number = (number - 32) / 1.8
    below, bound = test.measure.positive == "below", test.measure.bound
    if sign == "<":
        return "positive" if below and number <= bound else "negative" if not below and number <= bound else None
    if sign == ">":
        return "negative" if below and number >= bound else "positive" if not below and number >= bound else None
    beyond = number < bound if below else number > bound
    return "positive" if beyond else "negative"
