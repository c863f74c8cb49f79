"""Results of bedside tests: which words mean abnormal depends on whether the name tells of a sign or of an ability."""

import re

from lasegue.knowledge.records import Test
from lasegue.names.fold import fold, plain

# Positive and negative are about the test; present and absent are about what it is named after; abnormal and normal are about the patient.
_MEANINGS = {
    "positive": "positive yes true + ++ +++ elicited reproduced reproduces reproducible provoked provokes painful strongly",
    "negative": "negative no false - painless nil none symmetrical unlimited free",
    "present": "present palpable felt visible seen detectable full strong 2+ found retained good brisk_pulse audible able possible",
    "absent": "absent impalpable lost not_palpable unpalpable unable impossible cannot not_possible missing undetectable failed fails",
    "normal": "normal unremarkable intact well okay ok fine clear preserved n unimpaired equal",
    "abnormal": "abnormal reduced weak impaired limited restricted poor diminished decreased delayed prolonged increased brisk raised "
    "difficult difficulty marked severe moderate mild slight unsteady restricted high exaggerated tender swollen sluggish feeble faint "
    "asymmetrical wasted excessive low sustained",
    "equivocal": "equivocal borderline uncertain doubtful inconclusive indeterminate unclear questionable",
}
_LOOKUP = {word.replace("_", " "): meaning for meaning, words in _MEANINGS.items() for word in words.split()}
_FOLDED = {fold(word): meaning for word, meaning in _LOOKUP.items() if fold(word)}
_ABILITY = frozenset(
    "walk walking raise rise stand standing stance hop hopping squat pulse refill power strength sensation movement range sweating "
    "contraction squeeze monofilament vibration step stair rotation romberg".split()
)
_QUALIFIERS = frozenset(
    "mildly slightly weakly very on off in at both side test sign to with pain and but bilaterally strongly markedly was is for".split()
)
_RANK = ("equivocal", "positive", "absent", "abnormal", "negative", "present", "normal")


def read_result(value: object, test: Test, name: str) -> tuple[str, tuple[str, ...]] | None:
    """The value of a test (`positive` means abnormal) and the words left over; None where no word is understood."""
    if isinstance(value, bool):
        meaning = "positive" if value else "negative"
        left: tuple[str, ...] = ()
    else:
        found, left = _scan(plain(str(value)))
        if not found:
            return None
        meaning = found
    return _decide(meaning, test, name), left


def _scan(text: str) -> tuple[str, tuple[str, ...]]:
    whole = _LOOKUP.get(text.strip()) or _FOLDED.get(fold(text))
    if whole:
        return whole, ()
    meanings: list[str] = []
    left: list[str] = []
    for piece in re.split(r"[,;(]|\bbut\b", text):
        meaning = _piece(piece)
        if meaning:
            meanings.append(meaning)
        elif piece.strip(" ).") and not all(word in _QUALIFIERS for word in fold(piece).split()):
            left.append(piece.strip(" )."))
    return (min(meanings, key=_RANK.index) if meanings else ""), tuple(left)


def _piece(piece: str) -> str:
    words = fold(piece).split()
    if not words:
        return ""
    negated = any(word in {"not", "no", "without", "never"} for word in words)
    found = [_FOLDED[word] for word in words if word in _FOLDED and word not in {"no", "not"}]
    if not found:
        return "negative" if negated and words[0] in {"no", "without"} else ""
    meaning = min(found, key=_RANK.index)
    opposite = {
        "positive": "negative",
        "negative": "positive",
        "present": "absent",
        "absent": "present",
        "normal": "abnormal",
        "abnormal": "normal",
        "equivocal": "equivocal",
    }
    return opposite[meaning] if negated else meaning


def _decide(meaning: str, test: Test, name: str) -> str:
    """Abnormal as `positive`. An absent pulse is abnormal, absent wasting is not."""
    if meaning in {"equivocal", "negative"}:
        return meaning
    if meaning == "positive":
        return "positive" if test.normal_means == "negative" else "negative"
    if meaning in {"normal", "abnormal"}:
        return "negative" if meaning == "normal" else "positive"
    words = {*fold(name).split(), *fold(test.name).split(), *fold(test.id).split()}
    ability = test.kind != "tension" and (test.normal_means == "positive" or bool(words & _ABILITY))
    return "positive" if (meaning == "absent") == ability else "negative"


def read_measure(number: float, test: Test) -> str | None:
    """What a number alone says, by the test's own bound; None where the test measures nothing."""
    if test.measure is None:
        return None
    beyond = number < test.measure.bound if test.measure.positive == "below" else number > test.measure.bound
    return "positive" if beyond else "negative"
