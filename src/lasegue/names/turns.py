"""What a number or a fixed turn of words tells, beyond any phrase: "walks 50 m", "lost 9 kg", "falls x3", "legs weak", "pulses present"."""

import re
from collections.abc import Collection, Iterator

from lasegue.names.phrases import Hit

_WALKS = re.compile(
    r"\b(?:walk\w*|ambulat\w*|mobilis\w*)\b[^.;,]{0,30}?\b\d+\s*(?:m|metres?|meters?|yards?|yds|ft|blocks?|km|miles?|minutes?|mins?)\b"
    r"|\b\d+\s*(?:m|metres?|meters?|yards?|yds|blocks?)\s+(?:walk\w*|before|only|then)"
    r"|\bafter\s+(?:about\s+|only\s+)?\d+\s*(?:m|metres?|meters?|yards?|yds|blocks?)\b"
)
_COUNT = r"(?:\d+(?:\.\d+)?|a|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
_HEAVY = r"(?:kg|kilo\w*|lbs?|pounds?|stones?)"
_LOST_WEIGHT = re.compile(rf"\b(?:lost|losing|loss\s+of)\s+(?:\w+\s+)?{_COUNT}\s*{_HEAVY}\b|\b{_COUNT}\s*{_HEAVY}\s+(?:lost|lighter)\b")
_GAINED_WEIGHT = re.compile(
    rf"\b(?:gained|gaining|gain\s+of|put\s+on)\s+(?:\w+\s+)?{_COUNT}\s*{_HEAVY}\b|\b{_COUNT}\s*{_HEAVY}\s+(?:gained|heavier)\b"
)
_HIGH_BMI = re.compile(r"\bbmi\s*(?:of\s*|>\s*|is\s*)?(?:3\d|[4-7]\d)\b")
_LIFTED = re.compile(
    r"\b(?:lifted|lifting|after lifting|since lifting)\s+(?:a|an|some|heavy|something)\s+(?!leg|foot|thigh|arm|toe|knee|heel)\w+"
)
_AT_ONCE = re.compile(r"\bimmediate(?:ly)?\s+(?:\w+\s+){0,2}(?:pain|weak\w*|paralysis|palsy|foot\s+drop|numb\w*|loss|unable|could)\b")
_HIGH_CK = re.compile(r"\b(?:ck|creatine\s+kinase)\s*(?:of\s+|was\s+)?(?:[4-9]\d\d|\d{4,})\b")
_PASSED = re.compile(
    r"\b(?:recover\w*|resol\w*|gone|(?<!urine )(?<!stool )passed(?! (?:any |no )?(?:urine|water|stool|wind|flatus|blood))"
    r"|settled|back\s+to\s+normal|last(?:ed|ing))\b[^.;,]{0,20}?"
    r"(?:\d+|an?|one|two|three|few|several)\s*(?:min(?:ute)?s?|h|hrs?|hours?)\b"
)
_SPINAL = re.compile(
    r"\b(?:under|after|post|following|with|had|a|the)\s+(?:a\s+|the\s+)?spinal\b"
    r"(?!\s+(?:fusion|surg\w*|injur\w*|stenosis|team|tap|cord|tumou?r|op\w*|decompress\w*|fracture|infarct\w*|canal|haematoma|hematoma"
    r"|abscess|dural|muscular|metast\w*|disease|level|av|arter\w*|fluid|tender\w*|block|ana?esth\w*))"
)
_PULSES = re.compile(
    r"\bpulses?\s+(?:are\s+|is\s+|was\s+|were\s+|all\s+)?(?:present|palpable|felt|good|normal|intact|ok|fine|strong|full|easily\s+felt)\b"
    r"|\bfoot\s+(?:is\s+)?(?:warm|well\s+perfused)\b|\bgood\s+(?:foot\s+|pedal\s+)?pulses\b"
)
# What such words say; a pattern is tried where one of the words before it is there.
_FALLS = re.compile(
    r"\bfalls?\s*x\s*\d|\b(?:two|three|four|five|six|seven|eight|several|many|multiple|repeated|frequent|\d+)\s+falls\b"
    r"|\bfell\s+(?:twice|three\s+times|several\s+times|repeatedly)\b|\bfalls\s+(?:this|per|a|every|most|daily|weekly|once|twice|\d+\s+times)\b"
)
_BOTH_LEGS = re.compile(
    r"\b(?:weak|numb|heavy|dead|tired|stiff|tingling|burning|flaccid|limp|paralysed|floppy|useless|powerless|painful|aching)\s+"
    r"(?:legs|thighs|calves)\b|\b(?:both|bilateral(?:ly)?|each)\b[^.;,]{0,25}\b(?:legs?|feet|foot|thighs?|calves|quadriceps|soles|lower\s+limbs?)\b"
    r"|\ball\s+four\s+limbs\b|\b(?:quadri|tetra)(?:pares\w+|pleg\w+)\b|\bparaplegi[ac]\w*|\bparapar[ae]\w*|\beither\s+(?:leg|foot|knee|ankle)\b"
    r"|\b(?:legs|thighs|calves)\s+(?:are\s+|is\s+|feel\s+|felt\s+|go\s+|went\s+|became\s+|have\s+become\s+|going\s+)?"
    r"(?:weak|numb|heavy|dead|tired|tingl\w+|burn\w*|fail\w*)\b"
    r"|\b(?:first\s+)?(?:left|right)\b[^.;]{0,30}\b(?:then|later|now)\b\s+(?:the\s+)?(?:left|right)\s*"
    r"(?:leg|foot|side|thigh|calf|too|as\s+well|one)?$"
)
_NUMBERED = (
    ("weight_loss", ("lost", "losing", "loss", "lighter"), _LOST_WEIGHT),
    ("obesity", ("gain", "put on", "heavier"), _GAINED_WEIGHT),
    ("obesity", ("bmi",), _HIGH_BMI),
    ("lifting_onset", ("lift",), _LIFTED),
    ("worse_walking", ("walk", "ambulat", "mobilis", "before", "only", "then", "after"), _WALKS),
    ("recurrent_falls", ("fall", "fell"), _FALLS),
    (
        "bilateral_leg_symptoms",
        ("legs", "thighs", "calves", "then", "later", "now", "parap", "either", "both", "bilateral", "four limbs", "quadri", "tetra"),
        _BOTH_LEGS,
    ),
    ("tempo.sudden", ("immediate",), _AT_ONCE),
    ("myalgia", ("ck ", "creatine"), _HIGH_CK),
    ("neuraxial_block", ("spinal",), _SPINAL),
    ("transient_deficit", ("recover", "resol", "gone", "passed", "settled", "normal", "last"), _PASSED),
)


_IN_VAIN = re.compile(
    r"\b(?:ivig|immunoglobulins?|plasma\s+exchange|steroids?|prednisolone)\b.{0,15}\b(?:without|no|little)\s+"
    r"(?:benefit|effect|response|help|improvement)\b"
)
_SPARED = r"(?:is\s+|are\s+)?(?:normal|fine|spared|unaffected|not\s+affected|not\s+involved|strong)\b"
_DENIED = (
    ("cold_pale_foot", _PULSES),
    ("arm_weakness", re.compile(rf"\b(?:arms?|upper\s+limbs?)\s+{_SPARED}")),
    ("hands_numb", re.compile(rf"\bhands?\s+{_SPARED}")),
    ("face_speech", re.compile(rf"\bface\s+{_SPARED}")),
    ("fever", re.compile(r"\bafebrile\b|\bapyrexi\w*|\btemperature\s+normal\b")),
    ("immune_treatment_helped", _IN_VAIN),
    (
        "bilateral_leg_symptoms",
        re.compile(
            rf"\b(?:right|left|that|affected)\s+(?:leg|side|foot)\s+only\b|\bunilateral\b|\bone-?\s?sided\b|\bone\s+leg\s+only\b|\bother\s+leg\s+{_SPARED}"
        ),
    ),
    ("family_neuropathy", re.compile(r"\bfamily\s+history\s+(?:is\s+)?(?:negative|nil|none|unremarkable|non-?contributory)\b")),
)
"""What such words deny."""


def turns_of_words(low: str, start: int, known: Collection[str], told: Collection[str]) -> Iterator[Hit]:
    """What a clause in lower case, which stands at `start`, tells by number or turn of words. `told` has been found already."""
    for item, hints, pattern in _NUMBERED:
        found = pattern.search(low) if any(word in low for word in hints) else None
        if found and item in known and item not in told:
            yield Hit(item, start + found.start(), start + found.end(), 0)
    for item, pattern in _DENIED:
        if found := pattern.search(low):
            yield Hit(item, start + found.start(), start + found.end(), 0, True)
