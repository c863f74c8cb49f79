"""What notes write in figures, letters and signs: grades, angles, counts, volumes, roots, sides, arrows and comparisons of sides."""

import re
from collections.abc import Callable, Iterable, Iterator

from lasegue.names.fold import plain
from lasegue.notes.mention import Mention

_GRADE = re.compile(
    r"(?<![\w./+<>=])(?P<lead>(?:mrc|grade|power|strength|gr|m)\s*(?:grade\s*)?)?(?P<first>[0-5](?:\.5)?)\s?(?P<sign>[+-](?![\d]))?"
    r"(?:\s*(?:to|-|–)\s*(?P<second>[0-5])(?P<sign2>[+-])?)?(?P<five>\s*(?:/\s*5|out\s+of\s+(?:5|five)))?(?P<sign3>[+-])?"
    r"(?![\w°%]|\s*(?:/|\.\d)|\s*(?:stones?|st|kgs?|lbs?|cm|mm|m|km|miles?|mins?|minutes?|hours?|hrs?|days?|nights?|weeks?|wks?|months?|mths?|years?"
    r"|yrs?|yo|units?|pints?|packs?|mg|g|ml|mls|litres?|levels?|times|children|secs?|seconds?)\b)"
)
_ROMAN = re.compile(r"(?<![\w/])(?P<roman>0|I{1,3}|IV|V)(?P<sign>[+-])?\s?/\s?V(?![\w/])")
_OF_FOUR = re.compile(r"(?<![\w./])(?P<count>[0-4])\+?\s?/\s?4\+?(?![\w/])")
_LETTER = re.compile(r"(?<![\w/])(?P<letter>[NFGPT])(?P<sign>[+-])(?!\w)")
# Where one muscle is graded by a letter with a sign, the other letters are grades too.
_BARE_LETTER = re.compile(r"(?<=\w\s)(?P<letter>[NFGPTZ])(?P<sign>)(?=\s*(?:[,;.]|$))")
_NORMAL = re.compile(r"(?:(?<=[a-z)]\s)|(?<=[A-Z]{2}\s)|(?<=[:=])|(?<=[:=-]\s))N(?=\s*(?:[,;./]|$))")
_PLUSES = re.compile(
    r"(?<![\w])[+-]ve\b|(?<![\w+])(?:\+{1,4}|\+/-|±|[-–−])(?=\s*(?:$|[,;.)/|]|(?:[lr]\b|left|right|both|b/l|bilat|on\b)))"
    r"|(?<=\s)\+{2,4}(?=\s)|(?:(?<=\b[ak]j\s)|(?<=jerk\s)|(?<=jerks\s)|(?<=reflex\s))\+(?=\s)"
)
_ANGLE = re.compile(
    r"(?:\b(?:at|to|reaches|@)\s+)?(?P<angle>\d{1,3})(?:\s*/\s*90)?\s*(?:°|deg\w*)|\b(?P<bare>[1-9]\d)(?=\s+(?:on\s+the\s+)?(?:left|right)\b)"
)
_TENSION = re.compile(r"\bx?-?slr\b|leg\s+rais|\blas[eè]gue", re.IGNORECASE)
_BARE_ANGLE = re.compile(
    r"(?<![\w./+-])(?P<angle>[1-9]\d)(?P<bare>)(?![\w/%.]|\s*(?:cm|mm|ml|kg|years?|y|yo|weeks?|months?|min\w*|s|secs?)\b|\.\d)"
)
_REPEATED = re.compile(r"\b(?:rais|repetition|reps|sit[\s-]to[\s-]stand)", re.IGNORECASE)
_COUNT = re.compile(
    r"\bx\s?(?P<times>\d{1,2})(?![\w/]|\s*(?:days?|weeks?|wks?|months?|years?|yrs?)\b)|\b(?P<reps>\d{1,2})\s+(?:repetitions?|reps|times|heel\s+raises)\b"
)
_SECONDS = re.compile(
    r"\bcap(?:illary)?\s+(?:refill|return)(?:\s+time)?[^\d\n]{0,12}(?P<seconds>\d{1,2})\s*(?:s|secs?|seconds?)\b", re.IGNORECASE
)
_ROOTS = re.compile(
    r"(?<![\w/])[LST](?:1[0-2]|[1-9])(?![a-z\d])(?:\s*(?:-|–|/|,|&|to|and|or)\s*(?:[LST]\s?)?(?:1[0-2]|[1-9])(?![\w/]|\.\d))*"
    r"(?:\s+(?:dermatom\w*|distrib\w*|areas?|territor\w+|myotom\w*|roots?|pattern))?",
    re.IGNORECASE,
)
_PVR = re.compile(
    r"\b(?:pvr|post[- ]?void(?:ing)?(?:\s+residual)?(?:\s+volume)?|residual(?:\s+(?:urine|volume))?|bladder\s+scan|catheter\w*\s+drained)"
    r"\D{0,40}?(?P<ml>\d{1,4})\s*(?:ml|mls|cc)?\b",
    re.IGNORECASE,
)
_SIDE_LETTER = re.compile(r"\bL\s*>\s*R\b|\bR\s*>\s*L\b|(?<![\w/'.])(?:\(?\b(?P<one>[LR])\b\)?)(?![\w'/]|\d)|\bb/?l\b")
# In a note without capitals.
_SMALL_SIDE = re.compile(r"(?<![\w/'.-])(?P<one>[lr])(?![\w'/-]|\.\w)")
_LIMB = re.compile(r"\b(?P<side>[RLB])?(?P<limb>LE|LL|UE|UL)s?\b")
_LIMBS = {
    "L": ({"power": "all leg muscles", "site": "whole leg", "pain": "leg"}, "lowerlimb"),
    "U": ({"power": "upper limbs", "site": "upper limb"}, "upperlimb"),
}
_COMPARED = re.compile(r"\b(?P<one>[RL])\s*(?P<sign>[<=])\s*[RL]\b(?!\s*[↓↑\d+])|\b[RL]\s*(?P<even>=)\s*[RL]\b")
_THAN = re.compile(
    r"\b(?:than|cf\.?|compared\s+(?:with|to)|versus|vs\.?)\s+(?:on\s+|in\s+|that\s+(?:on|of)\s+)?(?:the\s+)?"
    r"(?:right|left|[rl](?![\w.])|other(?:\s+side)?|opposite|contralateral)(?:\s+(?:side|leg|one|foot))?\b",
    re.IGNORECASE,
)
_TOUCH = re.compile(
    r"\bLT\b(?=\s*(?:[,&+/:↓]|and\b|PP\b|intact|reduced|normal|sensation|decreased|diminished|impaired|absent|over\b|preserved|lost|\.|$))"
    r"|(?:(?<=\bto\s)|(?<=\b[Rr]educed\s)|(?<=\b[Dd]ecreased\s)|(?<=\b[Dd]iminished\s)|(?<=↓\s)|(?<=\b[Ii]ntact\s))LT\b(?!\s+(?:ankle|knee)\s+(?:jerk|reflex))"
)
_ARROW = re.compile(r"(?P<arrow>[↓↑])[↓↑]?")
_ARROWS = {
    "↓": {"plantar": "normal", "sense": "reduced", "reflex": "reduced", "power": "weak", "test": "reduced", "sphincter": "reduced"},
    "↑": {"plantar": "upgoing", "reflex": "brisk"},
}
_TENDER = re.compile(r"\bTOP\b(?!\s+of\b)")
_BOTH_ENDS = re.compile(r"\bB\s?/\s?B\b")
_PREFIXED = re.compile(r"(?:^\s*|(?<=[,;:]\s))\+\s?(?=[a-z])", re.IGNORECASE)
_JOIN = re.compile(r"(?<=[a-z]\s)\+(?=\s[a-z])|&|→|->", re.IGNORECASE)
_OTHERWISE = re.compile(r"\bo/w\b", re.IGNORECASE)
_LISTED = re.compile(r"\((?P<sign>[+-])\)(?=\s*[a-z])", re.IGNORECASE)
_EQUAL = {"reflex": "normal", "test": "normal", "sense": "normal", "power": "normal"}
_LESS = {"reflex": "reduced", "sense": "reduced", "power": "weak"}
_WHOLLY = {"reflex": "normal", "power": "normal", "sense": "normal", "sphincter": "normal", "test": "negative"}
_DIAGNOSIS = re.compile(
    r"\s*(?:nerve\s+)?(?:root\s+(?:lesion|compression|irritation|entrapment)|radiculopath|lesion|palsy|disc|disk|vertebra|fracture)",
    re.IGNORECASE,
)
_DISC = re.compile(r"\b(?:at|disc|disk|level|levels|stenosis|from)\s*(?:the\s*)?$", re.IGNORECASE)
_LETTERS = {"N": "normal", "G": "4", "F": "3", "P": "2", "T": "1", "Z": "0"}
# Seconds beyond which the skin fills too slowly.
_SLOW_REFILL = 3
_ROMANS = {"0": "0", "I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_REFLEX_COUNT = {"0": "absent", "1": "reduced", "2": "normal", "3": "brisk", "4": "brisk"}
_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[-+±−–↓↑<=&→]")
Made = Iterable[Mention]


def figures(text: str) -> Iterator[Mention]:
    """What is written in figures, letters and signs; the first pattern to claim a place keeps it."""
    taken: list[tuple[int, int]] = []
    low = plain(text)
    for make, pattern, source in _wanted(text, low):
        for match in pattern.finditer(source):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                taken.append(match.span())
                yield from make(match)


def _wanted(text: str, low: str) -> Iterator[tuple[Callable[[re.Match[str]], Made], re.Pattern[str], str]]:
    """The patterns in the order in which they claim places; those that need a certain character or company only where it is there."""
    digits = _DIGIT.search(text) is not None
    signs = _SIGN.search(text) is not None
    yield from _figured(text, low) if digits else ()
    yield _aside, _THAN, text
    yield _limb, _LIMB, text
    yield from ((_touch, _TOUCH, text),) if "LT" in text else ()
    if digits:
        yield from _numbers(text, low)
    if "V" in text:
        yield _roman, _ROMAN, text
    if digits:
        yield _grade, _GRADE, low
    if signs and _LETTER.search(text):
        yield _letter, _LETTER, text
        yield _letter, _BARE_LETTER, text
    if "N" in text:
        yield _normal, _NORMAL, text
    yield from ((_both_ends, _BOTH_ENDS, text), (_otherwise, _OTHERWISE, low)) if "/" in text else ()
    yield from ((_tender, _TENDER, text),) if "TOP" in text else ()
    if signs:
        yield from ((_listed, _LISTED, text), (_prefixed, _PREFIXED, text), (_pluses, _PLUSES, low))
        yield from ((_arrow, _ARROW, text), (_compared, _COMPARED, text))
    yield _side, _SIDE_LETTER, text
    if text == text.lower():
        yield _side, _SMALL_SIDE, text
    yield from ((_join, _JOIN, text),) if signs else ()


def _figured(text: str, low: str) -> Iterator[tuple[Callable[[re.Match[str]], Made], re.Pattern[str], str]]:
    """Measurements that their words announce."""
    yield _volume, _PVR, low
    if "cap" in low:
        yield _seconds, _SECONDS, text
    if _REPEATED.search(low):
        yield _count, _COUNT, low


def _numbers(text: str, low: str) -> Iterator[tuple[Callable[[re.Match[str]], Made], re.Pattern[str], str]]:
    """Roots, angles and reflexes out of four."""
    yield _roots, _ROOTS, text
    yield _angle, _ANGLE, low
    if _TENSION.search(low):
        yield _angle, _BARE_ANGLE, low
    if "/" in text:
        yield _of_four, _OF_FOUR, low


def _volume(match: re.Match[str]) -> Made:
    yield Mention("volume", *match.span(), match.group(), data=match["ml"])


def _aside(match: re.Match[str]) -> Made:
    """The side that another is compared with, of which nothing is said."""
    yield Mention("aside", *match.span(), match.group())


def _limb(match: re.Match[str]) -> Made:
    kinds, data = _LIMBS[match["limb"][0]]
    start = match.start("limb")
    if match["side"]:
        side = {"L": "left", "R": "right"}.get(match["side"], "bilateral")
        yield Mention("side", match.start(), start, match["side"], data=side)
    yield Mention("target", start, match.end(), match.string[start : match.end()], kinds=dict(kinds), data=data)


def _touch(match: re.Match[str]) -> Made:
    """Light touch; elsewhere the same letters are the left side."""
    yield Mention("modality", *match.span(), match.group(), data="light touch")


def _seconds(match: re.Match[str]) -> Made:
    start = match.start("seconds")
    name = match.string[match.start() : start].strip(" :=<>")
    yield Mention("target", match.start(), match.start() + len(name), name, kinds={"test": "capillary refill"}, data="capillaryrefill")
    slow = int(match["seconds"]) > _SLOW_REFILL and "<" not in match.group()
    value = {"test": "positive" if slow else "negative"}
    yield Mention("value", start, match.end(), match.string[start : match.end()], value=value)


def _count(match: re.Match[str]) -> Made:
    yield Mention("angle", *match.span(), match.group(), data=f"count {match['times'] or match['reps']}")


def _roots(match: re.Match[str]) -> Made:
    after = _DIAGNOSIS.match(match.string, match.start() + len(match.group().removesuffix(" root").rstrip()))
    if after or (match.group()[-1].isdigit() and _DISC.search(match.string[max(0, match.start() - 30) : match.start()])):
        yield Mention("level", *match.span(), match.group())
        return
    named = not match.group()[-1].isdigit()
    bare = re.sub(r"\s+[a-z]+$", "", match.group(), flags=re.IGNORECASE) if named else match.group()
    if "myotom" in match.group().lower():
        yield Mention("target", *match.span(), bare, kinds={"power": f"{bare} myotome"})
        return
    kinds = {"site": f"{bare} dermatome", "pain": bare} | ({} if named else {"power": f"{bare} myotome"})
    yield Mention("target", *match.span(), bare, kinds=kinds)


def _angle(match: re.Match[str]) -> Made:
    yield Mention("angle", *match.span(), match.group(), data=f"angle {match['angle'] or match['bare']}")


def _of_four(match: re.Match[str]) -> Made:
    yield Mention("grade", *match.span(), match.group(), value={"reflex": _REFLEX_COUNT[match["count"]]})


def _roman(match: re.Match[str]) -> Made:
    grade = _ROMANS[match["roman"]] + (match["sign"] or "")
    yield Mention("grade", *match.span(), match.group(), value={"power": grade}, data="sure")


def _grade(match: re.Match[str]) -> Made:
    sign = match["sign"] or match["sign3"] or ""
    grade = f"{match['first']}{sign}" + (f"-{match['second']}{match['sign2'] or ''}" if match["second"] else "")
    sure = bool(match["five"] or match["lead"])
    reflex = _REFLEX_COUNT.get(match["first"], "")
    values = {"power": grade} | ({} if sure or match["second"] or not reflex else {"reflex": reflex})
    if sign == "+" and reflex and not sure:
        values["pulse"] = "present"
    yield Mention("grade", *match.span(), match.group(), value=values, data="sure" if sure else "")


def _letter(match: re.Match[str]) -> Made:
    yield Mention("grade", *match.span(), match.group(), value={"power": _LETTERS[match["letter"]] + match["sign"]})


def _normal(match: re.Match[str]) -> Made:
    yield Mention("value", *match.span(), match.group(), value=dict(_WHOLLY))


def _tender(match: re.Match[str]) -> Made:
    """ "TOP R GT": tender on palpation."""
    yield Mention("value", *match.span(), match.group(), value={"sign": "tenderness"}, data="tenderness")


def _both_ends(match: re.Match[str]) -> Made:
    """ "B/B": bladder and bowel."""
    yield Mention("target", *match.span(), match.group(), kinds={"sphincter": "bladder bowel"}, data="bladderbowel")


def _otherwise(match: re.Match[str]) -> Made:
    yield Mention("target", *match.span(), match.group(), kinds={"rest": ""}, data="otherwise")


def _join(match: re.Match[str]) -> Made:
    yield Mention("join", *match.span(), "and")


def _listed(match: re.Match[str]) -> Made:
    """ "(-) back pain, (+) numbness": each sign begins anew."""
    yield Mention("stop", *match.span(), ";")
    if match["sign"] == "-":
        yield Mention("not", *match.span(), match.group())


def _prefixed(match: re.Match[str]) -> Made:
    """ "+ SLR on the left": positive."""
    yield Mention("value", *match.span(), match.group(), value={"test": "positive"})


def _pluses(match: re.Match[str]) -> Made:
    word = match.group()
    count = word.count("+")
    if word.endswith("ve"):
        value = {"test": "positive" if count else "negative", "plantar": "upgoing" if count else "normal"}
        yield Mention("value", *match.span(), word, value=value)
        return
    reflex = "reduced" if word in {"+/-", "±"} else "absent" if not count else ("reduced", "normal", "brisk", "brisk")[count - 1]
    values = {
        "reflex": reflex,
        "pulse": "present" if count else "absent",
        "plantar": "upgoing" if count else "normal",
        "test": "positive" if count else "negative",
    }
    yield Mention("grade", *match.span(), word, value=values, data="plus")


def _arrow(match: re.Match[str]) -> Made:
    value = dict(_ARROWS[match["arrow"]])
    if len(match.group()) > 1:  # one arrow for each plantar response
        value = {"plantar": value["plantar"], "reflex": value["reflex"]}
    yield Mention("value", *match.span(), match.group(), value=value)


def _compared(match: re.Match[str]) -> Made:
    """ "R=L" is even; "R<L" is less on the right."""
    if match["sign"] == "<":
        yield Mention("side", *match.span(), match.group(), data="left" if match["one"] == "L" else "right")
        yield Mention("value", *match.span(), match.group(), value=dict(_LESS))
        return
    yield Mention("side", *match.span(), match.group(), data="bilateral")
    if match["sign"]:
        yield Mention("value", *match.span(), match.group(), value=dict(_EQUAL))


def _side(match: re.Match[str]) -> Made:
    side = {"L": "left", "R": "right"}.get((match.groupdict().get("one") or "").upper(), "bilateral")
    yield Mention("side", *match.span(), match.group(), data=side)
