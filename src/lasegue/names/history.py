"""Free text of the history: recognised phrases, whether they are denied, their side and level, and what was not used."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lasegue.names.facts import Facts
from lasegue.names.levels import find_discs, split_roots
from lasegue.names.person import speaks_of_person
from lasegue.names.phrases import Hit, Phrases, Segment, segments
from lasegue.names.resolved import Match, Reading
from lasegue.names.sides import sides_in
from lasegue.names.tempo import find_duration

_NO = frozenset("no not denied deny denying without never nil negative free neither nor absence lack lacking absent".split())
_NO_AFTER = frozenset("denied absent excluded none nil negative no never".split())
_DENIAL = frozenset("deny denied denying nor neither or".split())
_UNLIKE_NOUNS = frozenset(
    "worse eased relieved better aggravated progressive sudden gradual worsening acute improving now only started developed".split()
)
_RELATIVE = re.compile(
    r"\b(?:mother|father|brother|sister|uncle|aunt|cousin|grandmother|grandfather|grandparent|parents?|siblings?)\b"
    r"(?!\s+(?:of|to)\b)"
)
_UNSURE = re.compile(
    r"\?|\bif\b|\brisk of\b|\bpossibl[ey]\b|\bsuspect\w*\b|\bquery\b|\brule out\b|\bto exclude\b|\bworried\b|\bfear\w*\b"
    r"|\bin case\b|\bmay be\b|\bmight\b"
)
_WORTH = re.compile(r"[^\W\d_]{3,}")
_DISC_WORDS = ("disc", "spondylo", "surgery", "stenosis", "discectomy", "fusion", "injection")


@dataclass(frozen=True, slots=True)
class _Said:
    """A phrase in its place: which segment holds it."""

    hit: Hit
    segment: int


class History:
    """Reads free text of the history."""

    def __init__(self, facts: Facts) -> None:
        self._phrases = Phrases((name, item.id) for item in facts.history for name in (item.id, item.name, *item.names))
        self._ids = frozenset(item.id for item in facts.history)

    def read(self, text: str) -> Reading:
        """The phrases of one entry of the history."""
        parts = segments(text)
        said = [_Said(hit, place) for place, part in enumerate(parts) for hit in self._phrases.scan(part.words)]
        matches: list[Match] = []
        left: list[tuple[str, str]] = []
        for one in said:
            stretch = _stretch(text, parts, one.segment)
            why = _unsure(text, stretch, one.hit)
            if why:
                left.append((text[one.hit.start : one.hit.end], why))
                continue
            negated = _negated(parts, said, one)
            matches += self._levelled(one.hit, negated, _side(text, stretch), stretch, text)
        days, spans = _durations(text, parts)
        known = [*((hit.hit.start, hit.hit.end) for hit in said), *spans]
        left += _unread(text, parts, known)
        return Reading(tuple(dict.fromkeys(matches)), days, tuple(left))

    def _levelled(self, hit: Hit, negated: bool, side: str | None, stretch: tuple[int, int], text: str) -> list[Match]:
        """The phrase with the root or disc named beside it; an item that exists per root becomes the item of that root."""
        nearby = text[stretch[0] : stretch[1]]
        roots, _ = split_roots(nearby)
        discs = find_discs(nearby)
        family = hit.item.split(".")[0]
        per_root = [root for root in roots if f"{family}.{root}" in self._ids]
        if per_root and hit.item.startswith("zoster"):
            return [Match(f"{family}.{root}", negated, side, (hit.start, hit.end), root) for root in per_root]
        if discs and any(word in hit.item for word in _DISC_WORDS):
            return [Match(hit.item, negated, side, (hit.start, hit.end), disc) for disc in discs]
        return [Match(hit.item, negated, side, (hit.start, hit.end), "+".join(roots) or None)]


def _stretch(text: str, parts: Sequence[Segment], place: int) -> tuple[int, int]:
    """Where a segment begins and ends, its stops left out."""
    words = parts[place].words
    end = parts[place + 1].words[0].start if place + 1 < len(parts) else len(text)
    return words[0].start, end


def _side(text: str, stretch: tuple[int, int]) -> str | None:
    sides = sides_in(text[stretch[0] : stretch[1]])
    return sides.pop() if len(sides) == 1 else None


def _unsure(text: str, stretch: tuple[int, int], hit: Hit) -> str:
    """Why a phrase does not count: it is about a relative, or only supposed."""
    before = text[stretch[0] : hit.start].lower()
    if _RELATIVE.search(before):
        return "about a relative, not counted"
    if _UNSURE.search(before) or text[hit.end : hit.end + 1] == "?":
        return "not stated as a fact, not counted"
    return ""


def _denials(part: Segment, hits: Sequence[Hit]) -> list[int]:
    """Where the words stand that deny what follows; one within a phrase ("no response to …") is part of the phrase."""
    return [word.end for word in part.words if word.text in _NO and not any(hit.start <= word.start < hit.end for hit in hits)]


def _negated(parts: Sequence[Segment], said: Sequence[_Said], one: _Said) -> bool:
    here = [other.hit for other in said if other.segment == one.segment]
    part = parts[one.segment]
    denials = [end for end in _denials(part, here) if end <= one.hit.start]
    if denials:
        return not _ended_by_and(part, denials[-1], one.hit)
    after = [word.text for word in part.words if word.start >= one.hit.end]
    if after and (after[0] in _NO_AFTER or after[:2] == ["ruled", "out"] or after[-1] in {"absent", "denied", "excluded"}):
        return True
    if one.segment + 1 < len(parts):
        following = [word.text for word in parts[one.segment + 1].words]
        if len(following) == 1 and following[0] in _NO_AFTER and here[-1] == one.hit:
            return True
    return _denied_in_list(parts, said, one)


def _ended_by_and(part: Segment, denial: int, hit: Hit) -> bool:
    """ "No back pain and worse at night": after "and" a denial goes on only over a bare noun that ends the clause."""
    between = [word for word in part.words if denial <= word.start < hit.start]
    if not any(word.text == "and" for word in between):
        return False
    denier = next(word.text for word in part.words if word.end == denial)
    if denier in _DENIAL:
        return False
    inside = [word.text for word in part.words if hit.start <= word.start < hit.end]
    bare = between[-1].text == "and" and part.words[-1].end == hit.end
    return not bare or inside[0] in _UNLIKE_NOUNS


def _denied_in_list(parts: Sequence[Segment], said: Sequence[_Said], one: _Said) -> bool:
    """ "No back pain, bladder or bowel trouble": a denial reaches over commas to the member after "or", or over a bare list if denied."""
    first = one.segment
    while first > 0 and not parts[first].hard:
        first -= 1
        if not _denials(parts[first], [other.hit for other in said if other.segment == first]):
            continue
        last = one.segment
        while last + 1 < len(parts) and not parts[last + 1].hard and not _opens_anew(parts[last + 1]):
            last += 1
        reach = parts[first + 1 : last + 1]
        if any(_opens_anew(part) for part in parts[first + 1 : one.segment + 1]):
            return False
        joined = any(word.text in {"or", "nor"} for part in parts[one.segment : last + 1] for word in part.words)
        denied = any(word.text in {"deny", "denied", "denying"} for word in parts[first].words)
        return joined or (denied and all(len(part.words) <= 5 for part in reach))
    return False


def _opens_anew(part: Segment) -> bool:
    """Whether a segment after a comma starts a statement of its own."""
    return part.words[0].text in _UNLIKE_NOUNS or any(
        word.text in {"has", "had", "with", "is", "was", "now", "but", "develop", "developed"} for word in part.words[:3]
    )


def _durations(text: str, parts: Sequence[Segment]) -> tuple[float | None, list[tuple[int, int]]]:
    """The duration of the complaint, the longest that is stated, and where durations stand."""
    found: list[float] = []
    spans = []
    for place in range(len(parts)):
        start, end = _stretch(text, parts, place)
        duration = find_duration(text[start:end])
        if duration:
            found.append(duration[0])
            spans.append((start + duration[1][0], start + duration[1][1]))
    return max(found, default=None), spans


def _unread(text: str, parts: Sequence[Segment], known: Sequence[tuple[int, int]]) -> list[tuple[str, str]]:
    """Segments of which nothing was understood; the side, the level and who the patient is are understood without a phrase."""
    left = []
    for place in range(len(parts)):
        start, end = _stretch(text, parts, place)
        piece = text[start:end].strip(" ,;.:-()")
        touched = any(begin < end and start < finish for begin, finish in known)
        if not touched and _WORTH.search(piece) and not (speaks_of_person(piece) and len(parts[place].words) <= 4):
            left.append((piece, "not recognised"))
    return left
