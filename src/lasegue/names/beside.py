"""What stands beside a sphincter word and is no finding of its part: a residual volume, since when it is there, both parts at once."""

import re
from typing import Final

from lasegue.names.fold import plain
from lasegue.names.laboratory import millilitres

_NUMBER: Final = r"(?P<number>\d+(?:\.\d+)?)(?:\s*(?:-|to)\s*(?P<upper>\d+(?:\.\d+)?))?"
_UNIT: Final = r"(?P<unit>mls?|ccs?|millilit(?:re|er)s?|l|lit(?:re|er)s?)"
_ABOUT: Final = r"(?:\s*(?:volume|urine|of|was|is|at|showed|shows|about|approx(?:imately)?|over|under|around|>|<|=|:|~|≥|≤))*\s*"
_RESIDUAL: Final = re.compile(
    r"\b(?:pvr|post[\s-]?void(?:ing)?(?:\s+(?:residual|volume))?|residual|bladder\s+scan)" + _ABOUT + _NUMBER + r"\s*"
    r"(?:" + _UNIT + r"\b|(?![\d.,/%]|\s*(?:days?|hours?|h\b|weeks?|times|years?|am|pm)))(?:\s*(?:post[\s-]?void|residual|pvr))*"
)
"""A residual by its name; after it a bare number is millilitres."""
_SCANNED: Final = re.compile(
    _NUMBER + r"\s*" + _UNIT + r"\s+(?:on\s+)?(?:post[\s-]?void(?:\s+residual)?|residual(?:\s+(?:urine|volume))?|pvr)\b"
)
_DRAINED: Final = re.compile(r"\b(?:retention|retaining|catheter\w*|drained|draining|in-?out)\b")
_VOLUME: Final = re.compile(r"(?:\b(?:of|with|drained|draining)\s+)*(?<![\w.])" + _NUMBER + r"\s*" + _UNIT + r"\b(?!\s*(?:/|per\b))")
_BEFORE: Final = re.compile(r"\bpre[\s-]?void\w*")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}\b)")

_OLD: Final = re.compile(
    r"\b(?:long[\s-]?stand(?:ing)?|chronic(?:ally)?|life-?long|since\s+childhood|(?:for|over)\s+(?:many\s+|several\s+|\d+\s+)?years|for\s+decades)\b"
)
_NEW: Final = re.compile(
    r"\b(?:new(?:ly)?(?:\s+onset)?|acute(?:ly)?|recent(?:ly)?|sudden(?:ly)?|since\s+(?:yesterday|today|this\s+morning|last\s+night)|today|yesterday)\b"
)
_MORE: Final = re.compile(
    r"\b(?:now|worse\w*|worsening|chang\w+|increas\w+|not|no|never|but|acute\s+on|on\s+top|previous\w*|unknown|more)\b|[,;/&]|\band\b"
)
"""Beside these a word for old may speak of something else: "chronic constipation, now incontinent"."""
_BOTH_PARTS: Final = re.compile(
    r"\bdoubl[ey]\s+incontinen\w+|\bincontinen\w+\s+(?:of|to|for)\s+(?:both\s+)?(?:urine|bladder)\s+(?:and|&|\+)\s*(?:fa?eces|stools?|bowels?)"
    r"|\bincontinen\w+\s+(?:of|to|for)\s+(?:both\s+)?(?:fa?eces|stools?|bowels?)\s+(?:and|&|\+)\s*(?:urine|bladder)"
    r"|\burinary\s+(?:and|&|\+)\s*fa?ecal\s+incontinence|\bfa?ecal\s+(?:and|&|\+)\s*urinary\s+incontinence"
)
_DENIED: Final = re.compile(r"\b(?:no|not|never|without|den(?:y|ies|ied)|nil|nor|none|absent|negative)\b")
_REFLEX: Final = re.compile(
    r"\b(?P<name>anal\s+wink|(?:cutaneous\s+)?anal\s+(?:reflex|skin\s+reflex)|ano-?cutaneous(?:\s+reflex)?|bulbo-?cavernos\w+(?:\s+reflex)?|bcr)\b"
)


def take_residual(text: str) -> tuple[str, float | None]:
    """A bladder wording without the residual in it, and the residual in millilitres; of a range the upper end."""
    low = _THOUSANDS.sub("", plain(text))
    if _BEFORE.search(low):
        return text, None
    found = _RESIDUAL.search(low) or _SCANNED.search(low) or (_VOLUME.search(low) if _DRAINED.search(low) else None)
    if found is None or (found["unit"] is None and _DENIED.search(low)):
        return text, None
    number = millilitres(float(found["upper"] or found["number"]), found["unit"] or "")
    return f"{low[: found.start()]} {low[found.end() :]}".strip(" ,;:.()"), number


def take_since(text: str) -> tuple[str, str | None]:
    """A wording without its word of time, and `new` or `long_standing`.

    Old only where one thing alone is told: what is old lowers a warning.
    """
    low = plain(text)
    old, new = _OLD.search(low), _NEW.search(low)
    if old and not new and not _MORE.search(low):
        return f"{low[: old.start()]} {low[old.end() :]}".strip(" ,;:.()"), "long_standing"
    if new and not old and not _DENIED.search(low):
        return f"{low[: new.start()]} {low[new.end() :]}".strip(" ,;:.()"), "new"
    return text, None


def both_parts(text: str) -> bool:
    """ "Incontinent of urine and faeces": bladder and bowel at once."""
    low = plain(text)
    return bool(_BOTH_PARTS.search(low)) and not _DENIED.search(low)


def reflex_named(piece: str) -> tuple[str, str] | None:
    """A sacral reflex told among the words of tone, and the words about it: "no anal wink"."""
    found = _REFLEX.search(plain(piece))
    if found is None:
        return None
    return found["name"], " ".join(f"{piece[: found.start()]} {piece[found.end() :]}".split())
