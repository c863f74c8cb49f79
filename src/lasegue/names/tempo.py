"""How long a complaint has lasted, from free text. Only a duration that plainly speaks of the complaint is taken."""

import re

from lasegue.names.fold import plain

DAY, WEEK, MONTH, YEAR = 1.0, 7.0, 30.4, 365.25
_UNITS = (
    (re.compile(r"^(?:min(?:ute)?s?|secs?|seconds?)$"), 1 / 1440),
    (re.compile(r"^(?:h|hrs?|hours?|/24)$"), 1 / 24),
    (re.compile(r"^(?:d|days?|/7|nights?)$"), DAY),
    (re.compile(r"^(?:w|wks?|weeks?|/52)$"), WEEK),
    (re.compile(r"^(?:m|mo|mos|mths?|months?|/12)$"), MONTH),
    (re.compile(r"^(?:y|yrs?|years?|decades?)$"), YEAR),
)
_NUMBERS = "a an one two three four five six seven eight nine ten eleven twelve".split()
_WORDS = {word: float(max(place - 1, 1)) for place, word in enumerate(_NUMBERS)} | {
    "couple of": 2.0,
    "a couple of": 2.0,
    "few": 3.0,
    "a few": 3.0,
    "several": 4.0,
    "many": 6.0,
    "half a": 0.5,
}
_COUNT = (
    r"(?P<count>\d+(?:\.\d+)?|(?:a\s+)?(?:few|couple\s+of)|half\s+a|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|several|many)"
)
_UNIT = r"(?P<unit>/(?:52|12|7|24)|min(?:ute)?s?|hours?|hrs?|h|days?|nights?|d|weeks?|wks?|w|months?|mths?|mo|m|years?|yrs?|y|decades?)"
_DURATION = re.compile(rf"(?<![\w./]){_COUNT}(?:\s*(?:-|to|or)\s*(?P<upto>\d+(?:\.\d+)?))?(?:(?<=\d)[\s-]*|[\s-]+){_UNIT}(?![\w/])")
_BARE_UNIT = re.compile(
    r"\b(?:for|over|within|in)\s+(?:the\s+)?(?:past\s+|last\s+|many\s+|some\s+)?(?P<unit>minutes|hours|days|weeks|months|years|decades)\b"
)
_DAY_NUMBER = re.compile(r"^\s*(?:on\s+)?day\s+(?P<count>\d+)\b")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter"
_SINCE = (
    (re.compile(r"\bsince\s+(?:early\s+)?(?:childhood|birth|infancy|adolescence|teens|youth)\b|\blifelong\b"), 20 * YEAR),
    (re.compile(r"\bsince\s+(?:yesterday|last\s+night)\b"), DAY),
    (re.compile(r"\b(?:since|started|began)\s+(?:on\s+)?(?:last\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"), 3 * DAY),
    (re.compile(rf"\bsince\s+(?:early\s+|late\s+|mid[\s-]?|last\s+)?(?:{_MONTHS})\b(?!\s*(?:19|20)\d\d)"), 4 * MONTH),
    (re.compile(r"\bsince\s+(?:this\s+morning|today|waking)\b|\bwoke\s+(?:up\s+)?with\b"), 0.3),
)
_COMPLAINT = re.compile(
    r"\b(?:course|relaps\w*|remit\w*|pain\w*|ache|aching|numb\w*|tingl\w*|pa?r[ae]+sth[ae]+sia\w*|weak\w*|foot[\s-]?drop|drop|symptom\w*|complaint\w*|sciatica|lbp|backache"
    r"|burning|limp\w*|dragg\w*|unstead\w*|progress\w*|worse\w*|onset|start\w*|began|begin\w*|develop\w*|gradual\w*|insidious"
    r"|increas\w*|came\s+on|set\s+in|built\s+up|evol\w*|deteriorat\w*|trip\w*|gait|claudication|cramp\w*|sensory|sensation|falls?|fell|falling|clums\w*|stiff\w*|twitch\w*|fasciculat\w*|wast\w*|thin\w*"
    r"|incontinen\w*|retention|urgency|hesitan\w*|constipat\w*|erectile|buckl\w*|gives?\s+way|spread\w*|swell\w*)\b"
)
# "2 months right leg weakness": the complaint follows its duration within a few words, and nothing but a complaint.
_LEADS = re.compile(rf"^(?:\s+[\w/-]+){{0,5}}?\s+(?:{_COMPLAINT.pattern})")
_EXPOSED = re.compile(r"\b(?:after|following|post|smok\w*|diabet\w*|rest|immobil\w*|treatment|therapy)\b")
_BEFORE = re.compile(
    r"(?:\b(?:for|over|past|last|previous|x|lasting|within|duration(?:\s+of)?|since|these|present|about|approximately|around|some|the|nearly|almost|of|persist\w*)\s*)+$"
)
# What every wording of a duration holds one of.
_TIMED = re.compile(r"\d|min|hour|hr|day|night|week|wk|month|mth|year|yr|decade|since|lifelong|woke")
_DISTANCE = re.compile(r"\bclaudic\w*|\bwalk\w*|\bdistance\b|\bmetres?\b|\bstop\w*|\b(?:2[5-9]|[3-9]\d|\d{3,})\s*m\b")
"""Beside these an "m" is a metre."""
_HISTORY = re.compile(r"^[\s-]*(?:'s?\s*)?(?:long\s+)?(?:history|hx|duration|story)\b")
_AGO = re.compile(r"^\s*(?:ago|earlier|before|previously|back)\b")
_BEGAN = re.compile(r"\b(?:start\w*|began|begun|onset|notic\w*|develop\w*|first)\b")
_OTHER = re.compile(r"^\s*(?:after|post|following|old|of\s+age|pregnan|gestation|postpartum|into|before|prior|apart|per|a\s+day|daily)\b")
_FRAME = re.compile(r"\b(?:for|about|approximately|over|ago|the|past|last|history|duration|of|x|around|nearly|almost|since)\b|[\s~<>.,-]")
_OF = re.compile(r"^\s*(?:of|with)\s+(?P<what>[\w\s-]{1,60})")


def onset_class(days: float) -> str:
    """The onset that a duration in days stands for."""
    bounds = ((1.0, "hours"), (7.0, "days"), (8 * WEEK, "weeks"), (2 * YEAR, "months"))
    return next((name for bound, name in bounds if days < bound), "years")


def _days(count: str, upto: str | None, unit: str) -> float:
    """The length in days; of a range the middle."""
    number = _WORDS.get(" ".join(count.split()))
    low = float(count) if number is None else number
    high = float(upto) if upto else low
    scale = next(days for pattern, days in _UNITS if pattern.match(unit))
    return (low + high) / 2 * (scale * 10 if unit.startswith("decade") else scale)


def whole_duration(text: str) -> float | None:
    """The days of a text that is a duration and nothing else ("3 weeks", "2/52")."""
    low = plain(text).strip(" .~")
    match = _DURATION.search(low)
    if match and not _FRAME.sub("", low[: match.start()] + low[match.end() :]):
        return _days(match["count"], match["upto"], match["unit"])
    return None


def _about_complaint(before: str, after: str) -> bool:
    """Whether the words before and after a duration make it the complaint's."""
    if _OTHER.match(after):
        return False
    history = _HISTORY.match(after)
    following = _OF.match(after[history.end() :] if history else after)
    if history or following:
        return following is None or _COMPLAINT.search(following["what"]) is not None
    if _AGO.match(after):
        return _BEGAN.search(before) is not None
    if not before.strip(" ,-"):
        return not after.strip(" ,-.") or (_LEADS.match(after) is not None and not _EXPOSED.search(after))
    return _dated(before, after)


def _dated(before: str, after: str) -> bool:
    """Whether a duration closes a complaint ("numbness 3 days") or is joined to one ("weak for 3 days")."""
    ends = list(_COMPLAINT.finditer(before))
    if ends and not before[ends[-1].end() :].strip(" ,x-") and not after.strip(" ,-."):
        return True
    return _BEFORE.search(before) is not None and (bool(ends) or _COMPLAINT.search(after) is not None)


def find_duration(clause: str) -> tuple[float, tuple[int, int]] | None:
    """The duration of the complaint that a clause states, in days, and where it stands."""
    low = plain(clause)
    return _dated_within(low) if _TIMED.search(low) else None


def _dated_within(low: str) -> tuple[float, tuple[int, int]] | None:
    whole = whole_duration(low)
    if whole is not None:
        return whole, (0, len(low))
    for pattern, days in _SINCE:
        if since := pattern.search(low):
            return days, since.span()
    for match in _DURATION.finditer(low):
        if match["unit"] == "m" and _DISTANCE.search(low):
            continue
        if _about_complaint(low[: match.start()], low[match.end() :]):
            return _days(match["count"], match["upto"], match["unit"]), match.span()
    numbered = _DAY_NUMBER.search(low)
    if numbered and not _OTHER.match(low[numbered.end() :]):
        return float(numbered["count"]), numbered.span()
    bare = _BARE_UNIT.search(low)
    if bare and (_COMPLAINT.search(low) or bare.group() == low.strip(" .,")):
        return _days("few", None, bare["unit"]), bare.span()
    return None
