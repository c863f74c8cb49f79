"""Free text of the history: recognised phrases, whether they are denied, their side and level, and what was not used."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lasegue.names.denials import NO, NO_AFTER, Said, denied
from lasegue.names.elsewhere import meant, only_organs
from lasegue.names.facts import Facts
from lasegue.names.fold import fold, spelt_out, tokens
from lasegue.names.levels import find_discs, split_roots
from lasegue.names.person import speaks_of_person
from lasegue.names.phrases import BREAKS, Hit, Phrases, Segment, segments
from lasegue.names.provocation import provocations
from lasegue.names.resolved import Match, Reading
from lasegue.names.sides import sides_in
from lasegue.names.tempo import find_duration
from lasegue.names.turns import turns_of_words

# Of these a denial says all ("no bladder or bowel trouble"); said without one, they do not tell what has changed.
_ONLY_DENIED = frozenset(
    "bladder|bladder function|bowel|bowel function|sphincter|micturition|saddle|saddle sensation|sexual|sexual function|erection"
    "|rash".split("|")
)
# Items that only say that there was one of a kind, and words in the ids of those that say which.
_VAGUE = {
    "recent_surgery": ("surgery", "arthroscopy", "caesarean", "lithotomy"),
    "fall_injury": ("recurrent_falls",),
    "injury": ("injury", "trauma", "accident", "fracture", "dislocation", "sprain"),
}
_LENGTH_WORDS = frozenset(
    "minute hour day night week month year decade few several many couple some over for last past within in ago about than more and to or "
    "one two three four five six seven eight nine ten twelve half".split()
)
_NOUNS = frozenset("pain numbness weakness tingling symptom trouble problem surgery disturbance dysfunction complaint swelling".split())
_RECOVERY = re.compile(r"^\s*(?:relief|recover\w*|improve\w*|resol\w*|loss)\b")
_SLOW = re.compile(r"slow(?:ed|ness|ing)?")
_WALKING = frozenset({"worse_walking", "claudication", "exercise_compartment", "neurogenic_claudication"})
_TOE_ON_WALKING = re.compile(r"\btoes?\s+(?:on|when|while|with|after)\s+walking\b")
_MIND = re.compile(r"\b(?:inattent|apath|confus|forget|withdrawn|indifferen|memory|thinking|drowsy)")
_ON_STAIRS = frozenset({"worse_stairs"})
"""What provokes on stairs may be pain or weakness; a phrase that knows which goes before."""
_ONE_FOOT = re.compile(r"\b(?:foot|sole|toe)\b")
_ONE_BUTTOCK = re.compile(r"^\W*(?:numb\s+(?:\w+\s+)?buttock|buttock\s+(?:\w+\s+)?numb)\W*$")
_BOTH = re.compile(r"\b(?:both|bilateral\w*|each|feet)\b")
_BACKGROUND = re.compile(r"\bback\b|\blbp\b|\blumbago\b|^\s*worse\b")
_NERVE_WORDS = re.compile(r"\bleg|\bfoot|\bfeet|\bweak|\bnumb|\btingl|\bsciatica|\bthigh|\bcalf")
_WORTH = re.compile(r"[^\W\d_]{3,}")
_DISC_WORDS = ("disc", "spondylo", "surgery", "stenosis", "discectomy", "fusion", "injection")


class History:
    """Reads free text of the history."""

    def __init__(self, facts: Facts) -> None:
        self._phrases = Phrases((name, item.id) for item in facts.history for name in (item.id, item.name, *item.names))
        self._ids = frozenset(item.id for item in facts.history)

    def read(self, text: str) -> Reading:
        """The phrases of one entry of the history."""
        text = spelt_out(text)
        parts = segments(text)
        said = self._said(text, parts)
        matches: list[Match] = []
        left: list[tuple[str, str]] = []
        named = {one.hit.item for one in said}
        for found in said:
            if _named_better(found.hit.item, named):
                continue
            stretch = _stretch(text, parts, found.segment)
            hit, why = meant(text, stretch, found.hit)
            if hit is None:
                left.append((text[found.hit.start : found.hit.end], why))
                continue
            one = replace(found, hit=hit)
            negated = denied(parts, said, one) if hit.denied is None else hit.denied
            words = text[one.hit.start : one.hit.end]
            if not negated and hit.item != "sphincters_normal" and (fold(words) in _ONLY_DENIED or only_organs(words)):
                left.append((words, "what of it is not said, not counted"))
                continue
            matches += self._levelled(one.hit, negated, _side(text, stretch), stretch, text)
        days, background, spans = _durations(text, parts)
        known = [*((hit.hit.start, hit.hit.end) for hit in said), *spans]
        left += _unread(text, parts, known)
        return Reading(tuple(dict.fromkeys(_last_course(matches))), days, background, tuple(left))

    def _said(self, text: str, parts: Sequence[Segment]) -> list[Said]:
        """Every phrase in its place. What provokes or eases counts before a shorter phrase that shares its words."""
        told = [Said(hit, place) for place, hit in provocations(parts) if hit.item in self._ids]
        said: list[Said] = []
        for place in range(len(parts)):
            mine = [one for one in told if one.segment == place]
            for hit in self._hits(text, parts, place):
                rivals = [one for one in mine if one.hit.start < hit.end and hit.start < one.hit.end]
                if all(_within(one.hit, hit) for one in rivals):
                    mine = [one for one in mine if one not in rivals]
                    said.append(Said(hit, place))
            said += mine
        said = self._across(parts, said)
        return _stopped(sorted(said, key=lambda one: one.hit.start))

    def _across(self, parts: Sequence[Segment], said: list[Said]) -> list[Said]:
        """The phrases, with those that go over a word such as "then": "left leg then right leg", "pain then weakness"."""
        for place, (one, then) in enumerate(pairwise(parts)):
            if then.words[0].text not in BREAKS:
                continue
            for hit in self._phrases.scan([*one.words, *then.words]):
                if hit.start < then.words[0].start < hit.end:
                    said = [other for other in said if other.hit.end <= hit.start or hit.end <= other.hit.start]
                    said.append(Said(hit, place))
        return said

    def _hits(self, text: str, parts: Sequence[Segment], place: int) -> list[Hit]:
        """The phrases of a segment. A bare duration is left to the reading of durations, which knows whose it is."""
        hits = [_reworded(text, hit) for hit in self._phrases.scan(parts[place].words) if not _misleading(text, hit)]
        hits += _shared_noun(parts[place], self._phrases)
        start, end = _stretch(text, parts, place)
        low = text[start:end].lower()
        hits += list(turns_of_words(low, start, self._ids, {hit.item for hit in hits}))
        return sorted(hits, key=lambda hit: hit.start)

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


def _last_course(matches: Sequence[Match]) -> list[Match]:
    """ "Better at first, now worse": of several words of course in one line the last is the course."""
    courses = [match for match in matches if match.item.startswith("course.") and not match.negated]
    return [match for match in matches if match not in courses[:-1]]


def _stopped(said: list[Said]) -> list[Said]:
    """ "Worse walking, relieved by standing": who walks is relieved by standing still, not by getting up from a chair."""
    items = {one.hit.item for one in said}
    if not items & _WALKING or "worse_sitting" in items:
        return said
    still = {"relief_sitting_toilet": "claudication_distance"}
    return [replace(one, hit=replace(one.hit, item=still.get(one.hit.item, one.hit.item))) for one in said]


def _within(inner: Hit, outer: Hit) -> bool:
    """Whether a phrase says all that another says, and more."""
    longer = outer.end - outer.start > inner.end - inner.start
    as_long = inner.denied is None and (outer.item == inner.item or inner.item in _ON_STAIRS)
    return outer.start <= inner.start and inner.end <= outer.end and (longer or as_long)


def _shared_noun(part: Segment, phrases: Phrases) -> list[Hit]:
    """ "Low back or thigh pain" is low back pain too: the first member borrows the noun of the second."""
    words = part.words
    found = []
    for place in range(1, len(words) - 2):
        noun = next((word for word in words[place + 2 : place + 4] if word.text in _NOUNS), None)
        if words[place].text not in {"or", "and", "nor"} or noun is None:
            continue
        for length in (3, 2, 1):
            own = words[max(place - length, 0) : place]
            whole = phrases.scan([*own, noun])
            if len(whole) == 1 and whole[0].start == own[0].start and whole[0].end == noun.end:
                found.append(Hit(whole[0].item, own[0].start, own[-1].end, 0))
                break
    return found


def _misleading(text: str, hit: Hit) -> bool:
    """Whether the same words say something else here: a bare length of time, or "no past history" before "of back pain"."""
    opens = text[hit.end :].lstrip().lower().startswith("of ")
    if opens and (hit.item == "family_neuropathy" or text[hit.start : hit.end].lower().startswith("no ")):
        return True
    if hit.item == "childhood_feet" and _TOE_ON_WALKING.search(text.lower()):
        return True
    if not hit.item.startswith("tempo."):
        return False
    words = text[hit.start : hit.end].lower()
    if _SLOW.fullmatch(words):
        return not _MIND.search(text.lower())
    return _bare(words) or _RECOVERY.match(text[hit.end :].lower()) is not None


def _reworded(text: str, hit: Hit) -> Hit:
    """A numb foot is not numb feet, and one who is slow and apathetic has no slow onset: the words are the same, what they say is not."""
    if hit.item.startswith("tempo.") and _SLOW.fullmatch(text[hit.start : hit.end].lower()):
        return replace(hit, item="cognition")
    own = text[hit.start : hit.end].lower()
    if hit.item == "feet_numb_first" and _ONE_FOOT.search(own) and not _BOTH.search(text.lower()):
        return replace(hit, item="sensory_symptoms")
    if hit.item == "saddle_numbness" and _ONE_BUTTOCK.search(own) and not _BOTH.search(text.lower()):
        return replace(hit, item="sensory_symptoms")
    return hit


def _named_better(item: str, named: set[str]) -> bool:
    """Whether an item of no named kind stands beside one that names it."""
    return any(word in other for other in named - {item} for word in _VAGUE.get(item, ()))


def _bare(phrase: str) -> bool:
    """Whether a phrase of tempo is only a length of time, which may belong to anything."""
    return all(word.text in _LENGTH_WORDS or word.text[0].isdigit() for word in tokens(phrase))


def _stretch(text: str, parts: Sequence[Segment], place: int) -> tuple[int, int]:
    """Where a segment begins and ends, its stops left out."""
    words = parts[place].words
    end = parts[place + 1].words[0].start if place + 1 < len(parts) else len(text)
    return words[0].start, end


def _side(text: str, stretch: tuple[int, int]) -> str | None:
    sides = sides_in(text[stretch[0] : stretch[1]])
    return sides.pop() if len(sides) == 1 else None


def _durations(text: str, parts: Sequence[Segment]) -> tuple[float | None, bool, list[tuple[int, int]]]:
    """The duration of the complaint (the longest that is stated), whether it is only background, and where durations stand.

    How long the back has hurt, or since when it got worse, counts only where nothing else is dated.
    """
    found: list[tuple[bool, float]] = []
    spans = []
    for place in range(len(parts)):
        start, end = _stretch(text, parts, place)
        duration = find_duration(text[start:end])
        if duration:
            clause = text[start:end].lower()
            found.append((_BACKGROUND.search(clause) is not None and not _NERVE_WORDS.search(clause), duration[0]))
            spans.append((start + duration[1][0], start + duration[1][1]))
    foremost = [days for background, days in found if not background]
    return max(foremost or [days for _, days in found], default=None), not foremost, spans


def _unread(text: str, parts: Sequence[Segment], known: Sequence[tuple[int, int]]) -> list[tuple[str, str]]:
    """Segments of which nothing was understood; the side, the level and who the patient is are understood without a phrase."""
    left = []
    for place in range(len(parts)):
        start, end = _stretch(text, parts, place)
        piece = text[start:end].strip(" ,;.:-()")
        if all(word.text in NO | NO_AFTER for word in parts[place].words):
            continue
        touched = any(begin < end and start < finish for begin, finish in known)
        if not touched and _WORTH.search(piece) and not (len(parts[place].words) <= 4 and speaks_of_person(piece)):
            left.append((piece, "not recognised"))
    return left
