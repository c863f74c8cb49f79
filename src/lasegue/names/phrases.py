"""Known phrases anywhere in free text: whole words, the longest first, none overlapping another."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lasegue.names.fold import Token, tokens

_FILLERS = frozenset(
    "her his their my your was were is are been be being has had have very quite rather some any this that these those also patient "
    "he she they it its there which who reported report noticed noted complained complain complaining described known significant "
    "left right lt rt l r previously especially particularly mainly mostly marked".split()
)
# Words that would lose their meaning with their ending: "left footed" is not "left foot".
_WHOLE = frozenset(
    "running footed handed sided legged based witness business during morning evening bed need cane march marching dieting wetting "
    "slipped stabbing cycling waking rapidly burning following".split()
)
# Stems that say the same of what eases a complaint and of what brings it on.
_ALIKE = dict.fromkeys(("eas", "reliev", "alleviat", "settl"), "relief") | dict.fromkeys(("aggravat", "exacerbat", "provok"), "worse")
_LINKS = frozenset("in on at with when while by to from over during for into upon onto through".split())
_SHORT = 3
_COMPOUND = 7
"""From so many letters on, two words may be one: "back ache" is "backache", but "in R" is no "INR"."""
_SIDES = frozenset({"left", "right"})
_IN_PLACE = frozenset("no not without never nolonger and or then".split())
"""Words that keep their place: "not painful" is not "pain not", nor "back and leg pain" "back pain and leg"."""
_LONGEST_BAG = 5


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word without the endings that only change its grammar: crossing and crossed, weakness and weak, suddenly and sudden."""
    if word in _WHOLE:
        return word
    for ending in ("ness", "ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def content(words: Iterable[Token]) -> list[Token]:
    """The words that carry meaning, stemmed, with their places."""
    stems = ((stem(word.text), word) for word in words if word.text not in _FILLERS)
    return [Token(_ALIKE.get(text, text), word.start, word.end) for text, word in stems]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: what it means and its places in the text; `denied` is None where the words around it decide."""

    item: str
    start: int
    end: int
    weight: int
    denied: bool | None = None


class Phrases:
    """A set of phrases, each with what it means."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, str] = {}
        self._whole: dict[str, str] = {}
        self._short: set[str] = set()
        self._alone: dict[str, str] = {}
        self._loose: dict[str, str] = {}
        self._bags: dict[frozenset[str], str | None] = {}
        self._longest = 0
        for name, item in names:
            self._add(name, item)
        self._exact_keys, self._loose_keys, self._whole_keys = sorted(self._exact), sorted(self._loose), sorted(self._whole)
        self._bag_words = frozenset(word for bag in self._bags for word in bag)

    def _add(self, name: str, item: str) -> None:
        every = [stem(word.text) for word in tokens(name)]
        words = [word.text for word in content(tokens(name))] or every
        if len(words) == 1 < len(every) or not _SIDES.isdisjoint(every):
            # "Previously well" is not "well", nor "left then right leg" "then leg": of such a name each word counts.
            self._whole.setdefault("".join(every), item)
            return
        if len(words) == 1:
            # Alone, "easing" is a course and "relief" is a remedy: only in company do they mean the same.
            words = every
            self._alone.setdefault(words[0], item)
        if not words:
            return
        if len(words) == 1:
            self._short.add(words[0])
        self._exact.setdefault("".join(words), item)
        self._longest = max(self._longest, len("".join(words)))
        bare = [word for word in words if word not in _LINKS]
        if len(bare) > 1:
            self._loose.setdefault("".join(bare), item)
            bag = frozenset(bare)
            if 1 < len(bag) <= _LONGEST_BAG and not bag & _IN_PLACE:
                self._bags[bag] = item if self._bags.get(bag, item) == item else None

    def scan(self, segment: Sequence[Token]) -> list[Hit]:
        """The phrases in one segment of text (a run of words without a stop between them), in order."""
        words = content(segment)
        every = [Token(stem(word.text), word.start, word.end) for word in segment]
        bare = [word for word in words if word.text not in _LINKS]
        alone = [Hit(self._alone[word], one.start, one.end, 10 * len(word)) for one in segment if (word := stem(one.text)) in self._alone]
        hits = [
            *self._runs(words, self._exact, self._exact_keys, 2),
            *self._runs(every, self._whole, self._whole_keys, 2),
            *self._runs(bare, self._loose, self._loose_keys, 1),
            *self._unordered(bare),
            *alone,
        ]
        chosen: list[Hit] = []
        for hit in sorted(hits, key=lambda one: (-one.weight, one.start)):
            if all(hit.end <= other.start or hit.start >= other.end for other in chosen):
                chosen.append(hit)
        return sorted(chosen, key=lambda one: one.start)

    def _runs(self, words: list[Token], known: dict[str, str], keys: list[str], bonus: int) -> list[Hit]:
        """The runs of words that are a phrase; a run that no phrase begins with is not followed further."""
        hits = []
        for first in range(len(words)):
            joined = ""
            for last in range(first, len(words)):
                joined += words[last].text
                place = bisect_left(keys, joined)
                if place == len(keys) or not keys[place].startswith(joined):
                    break
                if joined in known and (first == last or joined not in self._short or len(joined) >= _COMPOUND):
                    hits.append(Hit(known[joined], words[first].start, words[last].end, 10 * len(joined) + bonus))
        return hits

    def _unordered(self, words: list[Token]) -> list[Hit]:
        hits = []
        for first in range(len(words)):
            if words[first].text not in self._bag_words:
                continue
            for last in range(first + 2, min(first + _LONGEST_BAG, len(words)) + 1):
                run = words[first:last]
                if run[-1].text not in self._bag_words:
                    break
                bag = frozenset(word.text for word in run)
                item = self._bags.get(bag)
                if item is not None and len(bag) == len(run):
                    hits.append(Hit(item, run[0].start, run[-1].end, 10 * sum(len(word.text) for word in run)))
        return hits


_STOP = re.compile(r"[;:()\[\]\n]|\.(?!\d)|\?|!|\s-\s")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words between stops; `hard` is False where only a comma stands before it."""

    words: tuple[Token, ...]
    hard: bool


BREAKS = frozenset("but however although though then yet except until subsequently afterwards followed whereas apart admit endorse".split())
_COLON_JOINS = frozenset("deny denied denying no neg negative nil absent bladder bowel sphincter saddle urinary function mri gu".split())
"""Before a colon these belong to what follows: "denies: fever", "bladder: normal"."""


def segments(text: str) -> list[Segment]:
    """A text cut at its stops, commas and words such as "but" and "then"."""
    found: list[Segment] = []
    run: list[Token] = []
    hard, last = True, 0
    for word in tokens(text):
        between = text[last : word.start + 1]  # with what follows, for a point before a digit is no stop
        stop = bool(_STOP.search(between)) or word.text in BREAKS
        if stop and run and ":" in between and len(run) <= _SHORT and all(one.text in _COLON_JOINS for one in run):
            stop = False
        if run and (stop or "," in between):
            found.append(Segment(tuple(run), hard))
            run, hard = [], stop
        run.append(word)
        last = word.end
    if run:
        found.append(Segment(tuple(run), hard))
    return found
