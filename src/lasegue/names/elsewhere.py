"""Words that mean another thing in their clause: of another part, of the past, of somebody else, planned, or only warned of."""

import re
from dataclasses import replace
from typing import Final

from lasegue.names.phrases import Hit


def _words(*alternatives: str) -> re.Pattern[str]:
    """Any of some wordings, as whole words; a space stands for any space."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b".replace(" ", r"\s+"))


def _none_of(*beginnings: str) -> re.Pattern[str]:
    """A text in which none of some beginnings of words stands."""
    return re.compile(rf"^(?!.*(?:{'|'.join(beginnings)}))")


_RELATIVE: Final = re.compile(
    r"\b(?:mothers?|fathers?|brothers?|sisters?|uncles?|aunts?|cousins?|grandmothers?|grandfathers?|grandparents?|parents?|siblings?"
    r"|sons?|daughters?|nephews?|nieces?)\b"
    r"(?!\s+(?:of|to)\b)|\bfamily\s+history\s+of\b|\bfhx?\b(?:\s+of\b)?"
    r"|\b(?:husband|wife|spouse|partner|colleague|neighbou?r|workmate|room-?mate)\s+(?:recently\s+)?(?:is|has|had|with|got)\s+"
    r"(?:a\s+)?(?:\w+\s+)?$"
)
_IN_A_RELATIVE: Final = re.compile(
    r"^\s*in\s+(?:a|an|his|her|my|the|one|two|both|several)?\s*(?:mother|father|brothers?|sisters?|uncles?|aunts?|cousins?|parents?|siblings?"
    r"|grandmother|grandfather|family|relatives?)\b"
)
_UNSURE: Final = re.compile(
    r"\?|(?<!\bas )\bif\b|\brisk of\b|\bpossibl[ey]\b|\bsuspect\w*\b|\bsuspicion\b|\bquery\b|\brule out\b|\br/o\b|\bto exclude\b"
    r"|\bworried\b|\bfear\w*\b|\bin case\b|\bmay be\b|\bmight\b|\bwarned\b|\badvised (?:about|re|of|on)\b"
    r"|\bcounselled\b|\bconsented for\b|\bsafety[\s-]net\w*\b"
)
_DOUBTFUL: Final = re.compile(r"\bmay have\b|\bunsure\b")
_DOUBTFUL_AFTER: Final = re.compile(r"^\s*(?:is |was )?(?:not clear|unclear|uncertain|not certain|doubtful)\b")
_ALARMING: Final = frozenset("bladder_change bowel_change saddle_numbness sexual_change urinary_urgency weakness_symptom fever".split())
"""What warns counts where it is only doubtful."""
_QUERY: Final = re.compile(r"(?:^|[\s,;(])\?\s*$")
_PLANNED: Final = _words(
    "awaiting", "awaits", "waiting (?:for|list)", "listed for", "planned", "plans?", "offered", "declined", "declines", "refused",
    "refuses", "considering", "considered for", "due for", "scheduled", "booked", "cancelled",
)  # fmt: skip
_DONE_BY_OTHERS: Final = frozenset("spinal_surgery spinal_injection recent_surgery hip_surgery knee_surgery nerve_block".split())

_YEAR: Final = r"(?:19|20)\d\d"
_OLD: Final = _words("old", "residual", "pre-?existing", "childhood", "since birth", rf"(?:from|in) {_YEAR}")
_OLD_DEFICIT: Final = frozenset("weakness_symptom sensory_symptoms hands_numb grip_weak limp".split())
_OF_OLD: Final = re.compile(r"^\s*(?:from|since|after|due\s+to|because\s+of)\s+(?:an?\s+|the\s+)?(?:old|previous|earlier|childhood)\b")
_OLD_BACK: Final = _words("old", "lifelong", "constitutional", "usual", "always had")
_THEN: Final = _words(
    r"as a (?:student|child|teenager|young \w+|boy|girl|youth)", "in (?:his|her|the) (?:teens|twenties|thirties|forties|youth|past)",
    r"aged \d+", _YEAR, "(?:years?|yrs?|decades?) (?:ago|before|back|earlier|previously)", "(?:old|previous|former|known|earlier)",
    "bout of", "last (?:year|winter|summer|spring|autumn)", "other side",
)  # fmt: skip
_PRESENT_HISTORY: Final = re.compile(r"(?:\b(?:days?|weeks?|wks?|months?|mths?|years?|yrs?)['’]?|\d/(?:7|52|12))\s*$")
_CAUSES: Final = frozenset(
    "labour caesarean groin_surgery knee_surgery vein_surgery femoral_catheter lithotomy nerve_block neuraxial_block fall_injury "
    "road_accident injury ankle_sprain recent_surgery".split()
)
_LONG_AGO: Final = re.compile(
    r"^(?!.*\bsince\b).*\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|many|several)\s*"
    r"(?:years?|yrs?|decades?)\s+(?:ago|back|previously|earlier)\b|^(?!.*\bsince\b).*\b(?:19\d\d|20[01]\d)\b"
)
_EARLIER: Final = _words(_YEAR, "first", "previous", "last time")

_ELSEWHERE: Final[dict[str, re.Pattern[str]]] = {
    "zoster": _words(
        "chest", "arm", "face", "facial", "eye", "ophthalmic", "trigeminal", "thoracic", "neck", "vaccine", "vaccination", "vaccinated",
        "labialis", "cold sores?", "shoes?", "boots?", "sandals", "burns?", "plaster", "friction",
    ),
    "stroke": _words("conus", "cord", "spinal", "cauda", "intradural", r"[tl]\d{1,2}"),
    "neuraxial_block": _words(
        "haematoma", "hematoma", "collection", "abscess", "mass", "lipomatosis", "fat", r"metasta\w+", r"compress\w+", "protein", "cells?",
        "csf", "constituents", "opening pressure",
    ),
    "catheter": _words(
        "tip", "intrathecal", "epidural", "venous", "line", "cardiac", "coronary", r"angiograph\w+", "ablation", "dialysis", "pump",
        "femoral", "nerve",
    ),
    "crps": _words("crp", "esr"),
    "achilles_pop": _words("snaps?(?=.* (?:normal|absent|reduced|preserved|present|amplitude|low))", "sural", "ncs", "peroneal"),
    "labour": _words("deliveries", "births", "children", "pregnancies", "(?:first|second|third|fourth|last) child", r"para \d"),
    "emotional_stress": _words(r"stress (?:leak\w*|incontinence|fracture|urinary|echo|test|x-?ray|radiograph)"),
    "cough_pain": _words(
        r"leak\w*", r"wet\w*", r"incontinen\w+", r"dribbl\w+", r"urinat\w+", r"void\w*", "micturition", "pass(?:ing)? (?:urine|water)",
        "to go", "bladder",
    ),
    "course.improving": _words("blocks?", "epidural", "spinal", r"ana?esthe\w+"),
    "course.stable": _words("bladder", "bowels?", "sphincter", "urinary", r"reflex\w*", "sensation", "mri", "scan", "imaging", "function"),
    "spreading_redness": _words("red (?:flag|ring|car|cross|cells?)", "redflag"),
    "renal_failure": _words("dural", "spinal", "cord"),
    "injury": _words(r"traumatic (?:delivery|birth|labour|catheteri\w*)", "like a (?:blow|kick|knife|shot|bullet|punch|hit)"),
    "tempo.sudden": _words("urine", "leaks?", "gives? way", "giving way"),
    "tempo.years": _words("emg", "ncs", "changes?", "denervation", "neurogenic"),
    "worse_walking": _words(
        "unlimited", "unrestricted", "any distance", "without (?:stopping|pain|trouble|difficulty|symptoms)", "no limit", "freely"
    ),
    "feet_numb_first": _words("perineum", "saddle", "sitting on"),
    "sensory_symptoms": re.compile(
        r"^(?!.*(?:numb|tingl|burn|pins|sens|prick|feel|dead)).*\b(?:started|began|starts|begins|onset)\s+in\b"
    ),
    "leg_crossing": _words("cannot", "can't", "can not", "unable", r"difficult\w*", "impossible", "painful", "hurts?"),
    "squatting": _words(
        r"stop\w*", r"relie\w+", "eases?", "has to", "better", "cannot", "can't", "unable", "difficulty", "single[ -]leg", "pain"
    ),
    "running": _words("(?:cannot|can't|can not|unable to) run"),
    "cycling": _words(
        "better", "ok", "okay", "fine", "easy", "easier", "no problem", "no trouble", "unaffected", "without (?:pain|trouble)",
        "can (?:still )?cycle",
    ),
    "below_knee_pain": re.compile(
        _none_of(
            "pain", "ache", "aching", "radiat", "shoot", "sciatic", "sore", "hurt", "cramp", "burn", "electric", "sting", "stab", "neuralg",
        ).pattern
        + r"(?=.*(?:numb|tingl|cast|plaster|stocking|amputat|swell|swoll|bruis|weak|rash|paraly|palsy|power|flacc|drop|wast|sens"
        + r"|an[ae]+sth))"
    ),
    "pain_before_weakness": re.compile(
        _none_of("weak", "drop", "wast", "limp", "flop", "paral", "power", "lift", "buckl", "dead", "give", "gave", "thin").pattern
        + "|" + _none_of("pain", "ache", "aching", "sciatic", "sore", "hurt", "agony", "burn").pattern
    ),
    "anticoagulant": _words(r"(?:stopped|off|discontinued)(?=.*\b(?:weeks?|months?|years?)\b)", "no longer on"),
    "bilateral_leg_symptoms": _words("abpi", "abi", "palpable", "pulses", "reflexes", "scan", "duplex", "fasciotomy", "normal"),
    "fatigable": _words("pain", "ache", "aching", "burning", "heel", "foot"),
    "night_pain": re.compile(
        _words("wets", "enuresis", "jerks?", r"twitch\w*", "sweats", r"urin\w+").pattern
        + "|"
        + _none_of(
            "pain", "ach", "burn", "tingl", "numb", "hurt", "sore", "throb", "prick", "wors", "sever", "wak", "wok", "sleep", "sciat",
            "excru", "agon", "insomn", "nocturn",
        ).pattern
    ),
    "spinal_surgery": _words(
        "(?:peroneal|fibular|tibial|sciatic|femoral|pudendal|ulnar|median|carpal|tarsal|cubital)(?=.*decompress)",
        "nerve decompression", r"decompression (?:sickness|illness)", "gastric", "fasciotomy",
        "(?:ankle|toe|wrist|hip|knee|subtalar) fusion",
    ),
    "groin_pain": re.compile(
        _none_of("pain", "ach", "hurt", "sore", "burn", "shoot", "agon", "tender").pattern
        + r"(?=.*(?:numb|tingl|rash|wound|hernia|scar|catheter|puncture|bruise|haematoma|lump|line))"
    ),
    "bladder_change": _words(r"for (?:stress |urinary )?incontinence", "for retention of placenta", "fluid retention"),
    "tempo.days": _words("weight"),
    "footwear": _words("sensation", "feeling", "feels? like", "as if"),
    "calf_swelling": _words("nerves?", "fusiform", "roots?", "discs?", "cord", "optic", "face", "lips?", "joints?"),
    "nerve_block": _words(
        r"abolish\w*", "relieved", r"(?:gave|complete|temporary|partial|good|full|brief) (?:\w+ )?relief", "eased", "helped", "diagnostic"
    ),
    "steroid": _words(r"inject\w*", r"infiltrat\w*", "cream", "inhaler", "epidural"),
    "muscle_cramps": _words(r"exert\w*(?=.*(?:pain|stop|rest))", "crampy pain", r"cramping (?:calf )?pain"),
    "pelvic_radiation": re.compile(
        r"^(?!.*(?:pelv|spin|lumb|sacr|groin|aortic|abdom|cervi|prost|rect|uter|vulv|anal|semin|testi|bladder)).*"
        r"\b(?:breast|neck|lung|brain|axilla|larynx|mantle|chest)\b"
    ),
    "previous_sciatica": _words(r"incidental\w*", "not thought relevant", "not relevant", "asymptomatic", "no significance"),
    "gluteal_injection": _none_of("buttock", "glut", "hip", "inject", "thigh", "jab"),
    "diabetes": re.compile(r"a1c\D{0,8}(?:[3-5](?:\.\d+)?|6\.[0-4]|[23]\d|4[0-7])(?![\d.])"),
}  # fmt: skip
"""Where the clause says so, a word is of something else."""
_BY_LINE: Final = frozenset({"pain_before_weakness", "below_knee_pain", "fatigable"})
"""For these the whole line is asked."""

_REWORDED: Final[tuple[tuple[str, re.Pattern[str], str], ...]] = (
    (
        "neuraxial_block",
        re.compile(
            r"\bepidurals?\b(?=.*\b(?:sciatica|leg\s+pain|back|relief|helped|help|benefit|pain\s+clinic|good\s+for|x\s?\d|weeks)\b)"
            r"(?!.*\b(?:labour|labor|deliver\w+|caesarean|cesarean|operation|surgery|top[\s-]?up|catheter|anaesth\w+|anesth\w+|birth)\b)"
        ),
        "spinal_injection",
    ),
    ("vein_surgery", re.compile(r"\b(?:small|short|lesser)\s+saphenous\b|\bsaphenopopliteal\b"), "small_saphenous_surgery"),
    ("night_pain", re.compile(r"\bcramps?\b(?!.*\bpain)"), "muscle_cramps"),
    ("fall_injury", re.compile(r"\b(?:collapse|fall)\s+(?:of|at)\s+[tl]\d"), "vertebral_fracture"),
    ("fall_injury", re.compile(r"\bslip\s+(?:of|at|reduced)\b|\bslip\s+l\d"), "spondylolisthesis"),
    (
        "claudication_distance",
        _words("sits?", "sitting", "bends?", "bending", "leans?", "leaning", "squats?", "squatting", r"crouch\w*"),
        "eased_sitting",
    ),
    (
        "feet_numb_first",
        re.compile(r"\b(?:on|when|brings\s+on|after|during|while)\s+(?:\w+\s+)?(?:walk\w*|stand\w*|extension|\d+\s*m)\b|\bextension\b"),
        "neurogenic_claudication",
    ),
    (
        "knee_buckling",
        re.compile(r"\bpain\b(?=.*\b(?:down\s?stairs|stairs)\b)(?!.*\b(?:give|gives|gave|buckl\w*|weak\w*)\b)"),
        "worse_stairs",
    ),
)
"""An item, the clause in which it stands for another, and which."""
_ORGANS: Final = re.compile(r"^(?:bladder|bowels?|sphincters?|sexual|urinary|function|and|or|/|,|&|\s|micturition)+$")
_WELL: Final = re.compile(
    r"^\s*(?:is|are|was|were|function|functions|:|-|both|all|still|\s)*(?:normal|nad|ok|okay|working|fine|intact|preserved|unaffected"
    r"|not affected|unchanged|no change|undisturbed|spared|all right|alright|no problem)\b"
)


def only_organs(words: str) -> bool:
    """Whether a phrase names bladder, bowel or both and says nothing of them."""
    return _ORGANS.match(words.lower()) is not None


def meant(text: str, stretch: tuple[int, int], hit: Hit) -> tuple[Hit | None, str]:
    """The phrase as its clause, which is a stretch of the text, means it; or None and why it does not count."""
    clause, own = text[stretch[0] : stretch[1]].lower(), text[hit.start : hit.end].lower()
    before, after = text[stretch[0] : hit.start].lower(), text[hit.end : stretch[1]].lower()
    why = _not_stated(text, stretch, hit, before, after)
    if not why:
        hit = _instead(hit, own, before, after, clause)
        why = _of_else(hit, text.lower() if hit.item in _BY_LINE else clause) or _of_old(hit, own, before, after)
    return (None, why) if why else (hit, "")


def _not_stated(text: str, stretch: tuple[int, int], hit: Hit, before: str, after: str) -> str:
    if (_RELATIVE.search(before) or _IN_A_RELATIVE.match(after)) and hit.item != "family_neuropathy":
        return "about a relative, not counted"
    doubtful = hit.item not in _ALARMING and (_DOUBTFUL.search(before) or _DOUBTFUL_AFTER.match(after))
    unsure = _UNSURE.search(before) or _QUERY.search(text[: stretch[0]])
    if doubtful or unsure or text[hit.end : hit.end + 1] == "?":
        return "not stated as a fact, not counted"
    if hit.item in _DONE_BY_OTHERS and _PLANNED.search(before):
        return "planned and not done, not counted"
    return ""


def _instead(hit: Hit, own: str, before: str, after: str, clause: str) -> Hit:
    """The phrase, or the item that it stands for in this clause. "Six weeks' history of sciatica" is no earlier sciatica."""
    if hit.item == "previous_sciatica" and "history" in own and _PRESENT_HISTORY.search(before):
        return replace(hit, item="electric_pain")
    if hit.item == "electric_pain" and "sciatica" in own and _THEN.search(clause):
        return replace(hit, item="previous_sciatica")
    if hit.item in ("bladder_change", "bowel_change") and _ORGANS.match(own) and _WELL.match(after):
        return replace(hit, item="sphincters_normal", denied=False)
    other = next((instead for item, pattern, instead in _REWORDED if hit.item == item and pattern.search(clause)), hit.item)
    return hit if other == hit.item else replace(hit, item=other)


def _of_else(hit: Hit, said: str) -> str:
    pattern = _ELSEWHERE.get("zoster" if hit.item.startswith("zoster") else hit.item)
    return "of something else, not counted" if pattern is not None and pattern.search(said) else ""


def _of_old(hit: Hit, own: str, before: str, after: str) -> str:
    """What is told as old is no part of the present complaint."""
    clause = before + own + after
    old = (
        (hit.item in _CAUSES and _LONG_AGO.search(clause))
        or (hit.item in _OLD_DEFICIT and (_OLD.search(before) or _OF_OLD.match(after)))
        or (hit.item == "back_pain" and _OLD_BACK.search(before + own))
        or (hit.item == "stroke" and re.search(r"\bold\b", before + own))
    )
    if old:
        return "told as old, not counted"
    return "of an earlier time, not counted" if hit.item == "course.improving" and _EARLIER.search(clause) else ""
