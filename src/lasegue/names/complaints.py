"""The words of a clause that may say where a complaint is felt: "burning over the top of the foot", "the front of the thigh pain"."""

import re
from typing import Final

from lasegue.names.resolved import Match

_CLAUSE: Final = re.compile(r"[,;.:()/]|\bbut\b|\bthen\b|\bhowever\b|\bwithout\b|\bno\b|\bnot\b")
_ENDS: Final = re.compile(
    r"\b(?:after|when|while|whenever|during|for|since|worse|better|with|because|before|until|if|as|that|who|which|relieved|eased|made|brought|"
    r"started|began|begins|starts|every|first(?!\s+(?:web|toe|metatars\w*|inter\w*|ray))|most|mainly|sometimes|occasionally|comes|coming|came|has|had|is|was|were|wakes|waking|"
    r"on\s+(?:\w*ing|exertion|and\s+off|exercise|effort)|at\s+(?:night|rest|work|first|times|home|once|onset))\b",
    re.IGNORECASE,
)
_AND_THE_LIKE: Final = re.compile(r"^\s*(?:and|or|of|the|a|an|in|on|over|to)?\s*$", re.IGNORECASE)
_BESIDE: Final = re.compile(
    r"^\s*(?:(?:and|or)\s+)?(?:burning|tingling|numb\w*|pain\w*|ach\w+|pins\s+and\s+needles|prickling)\b", re.IGNORECASE
)
_LEADING: Final = re.compile(r"^\s*(?:of|in|on|over|at|along|across|around|into|to|down|affecting|involving|felt)\b", re.IGNORECASE)


def around(text: str, match: Match) -> tuple[str, str, str]:
    """What stands before a phrase, the phrase, and what stands after it, within its clause and up to a word that ends the place."""
    start, end = match.span
    stops = [stop.span() for stop in _CLAUSE.finditer(text)]
    begin = max((last for _, last in stops if last <= start), default=0)
    finish = min((first for first, _ in stops if first >= end), default=len(text))
    before, after = text[begin:start], text[end:finish]
    ended = _ENDS.search(after)
    opened = list(_ENDS.finditer(before))
    return before[opened[-1].end() :] if opened else before, text[start:end], after[: ended.start()] if ended else after


_PART_OF: Final = re.compile(r"^\s*(?:(?:one|a|the|left|right)\s+)?(?:side|half|part|patch|area)\s+of\s+(?:the\s+)?", re.IGNORECASE)


def place_in(words: str) -> str:
    """A place without the words that lead to it, be they another complaint felt there; empty where no word carries meaning."""
    bare = _PART_OF.sub("", _LEADING.sub("", _BESIDE.sub("", words))).strip()
    return "" if _AND_THE_LIKE.match(bare) else bare
