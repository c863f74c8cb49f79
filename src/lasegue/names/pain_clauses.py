"""The clauses of a pain wording: where it hurts and where it does not. "Low back only, no leg pain" is one of each."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lasegue.names.fold import plain

_MARK: Final = (
    r"(?:no|not|neither|without|nil|never|denies|denied|denying|negative\s+for|absence\s+of|nor)\b"
    r"(?!\s+(?:only|just|merely|constant\w*|severe|always|relieved|improv\w+|sure|clear\w*|specified|further))"
)
"""Words that deny what follows; "not only" and "not constant" deny no place."""
_DENIAL: Final = re.compile(rf"^(?:and\s+|but\s+|with\s+)?{_MARK}\s*")
_STARTS: Final = re.compile(rf"\b(?:with\s+)?(?={_MARK})")
_NONE_AFTER: Final = re.compile(r"[\s:-]+(?:none|nil|absent|denied|negative|-ve)$")
_STOP: Final = re.compile(r"\s*(?:[;.](?!\d)|\bbut\b|\bhowever\b)\s*")
_COMMA: Final = re.compile(r"\s*,\s*")
_EXCEPT: Final = re.compile(r"\b(?:except(?:ing)?(?:\s+for)?|apart\s+from|other\s+than|save\s+for)\b")
_NOUN: Final = re.compile(r"\b(?:pain|ache|aches|symptoms?|radiation|sciatica|backache)\b")
_COMPARED: Final = re.compile(r"\s*[<>]+=?\s*(?![\d\s=])")
_PAIN_ALONE: Final = re.compile(r"(?:any\s+|at\s+all\s+)*(?:pain(?:ful)?|aches?|hurt(?:ing)?)(?:\s+(?:at\s+all|anywhere|there|now))?")
_NOWHERE: Final = re.compile(
    r"(?:none|nil|absent|denied|negative|nothing|pain\s*-?\s*(?:free|less)|(?:no|nil|without|denies|denied)(?:\s+any)?\s+pain(?:\s+(?:at\s+all|anywhere))?)\.?"
)
_RADIATION: Final = re.compile(
    r"^(?:any\s+)?(?:radiation|referral|spread(?:ing)?|radiating)(?:\s+(?:of\s+pain|pain))?(?:\s+(?:to|into|in|down)\b)?\s*"
)
_FURTHER: Final = re.compile(
    r"^(?:(?:going|passing|extending|radiating|radiation)\s+)?(?:below|beyond|past|distal\s+to|further\s+than)\s+(?:the\s+)?knees?\b"
)
_BEFORE: Final = r"(?=\.?\s+(?:upper\s+|lower\s+)?(?:thigh|calf|leg|knee|shin|ankle|foot|hip|buttock|heel|malleol|toe|groin)\w*)\.?"
_SHORT: Final = tuple(
    (re.compile(rf"\b{short}\b{_BEFORE}"), full)
    for short, full in (
        ("lat", "lateral"),
        ("med", "medial"),
        ("ant", "anterior"),
        ("post", "posterior"),
        ("prox", "proximal"),
        ("dist", "distal"),
    )
)


@dataclass(frozen=True, slots=True)
class Clauses:
    """Where it hurts, in one wording, and each place where it does not; `nowhere` denies all pain."""

    felt: str
    denied: tuple[str, ...] = ()
    nowhere: bool = False


def clauses(text: str) -> Clauses:
    """A wording of pain cut at its denials."""
    low = plain(text).strip()
    if _NOWHERE.fullmatch(low):
        return Clauses("", nowhere=True)
    felt: list[str] = []
    denied: list[str] = []
    for stretch in _STOP.split(spelt(low)):
        _read_stretch(stretch, felt, denied)
    if felt and any(_PAIN_ALONE.fullmatch(one) for one in denied):
        return Clauses("", (*felt, *(one for one in denied if not _PAIN_ALONE.fullmatch(one))))
    return Clauses(", ".join(felt), tuple(denied))


def spelt(text: str) -> str:
    """Short directions in full, and a sign of comparison as a comma: "back > lat thigh" is two places."""
    for short, full in _SHORT:
        text = short.sub(full, text)
    return _COMPARED.sub(", ", text)


def _read_stretch(stretch: str, felt: list[str], denied: list[str]) -> None:
    """The pieces of a stretch between stops. A denial goes over to the next of a list until a noun or a new clause ends it."""
    over = False
    for listed in _COMMA.split(stretch):
        for piece in _cut(listed):
            mark = _DENIAL.match(piece)
            words = piece[mark.end() :].strip() if mark else piece
            said = _NONE_AFTER.search(words)
            if mark or said or over:
                kept, *spared = _EXCEPT.split(_NONE_AFTER.sub("", words))
                denied += [] if spared and _PAIN_ALONE.fullmatch(kept.strip()) else [_place(kept)]
                felt += [one.strip() for one in spared if one.strip()]
                over = bool(mark) and not spared and not _NOUN.search(words)
            else:
                felt.append(piece)


def _cut(text: str) -> list[str]:
    """A piece cut before each of its denials."""
    starts = [match.start() for match in _STARTS.finditer(text)]
    edges = [0, *(start for start in starts if start), len(text)]
    pieces = (text[first:last] for first, last in pairwise(edges))
    return [cleaned for piece in pieces if (cleaned := re.sub(r"\s+(?:and|or)$", "", piece.strip(" ()")).strip())]


def _place(words: str) -> str:
    """The place that a denial speaks of: "not beyond the knee" speaks of the leg below it."""
    bare = words.strip(" ()")
    if _FURTHER.match(bare):
        return "below the knee"
    radiated = _RADIATION.match(bare)
    if radiated and not bare[radiated.end() :]:
        return "radiation"
    inner = bare[radiated.end() :] if radiated else bare
    return "below the knee" if _FURTHER.match(inner) else inner
