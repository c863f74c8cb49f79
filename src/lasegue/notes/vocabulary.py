"""Every word that a note may use: the names of the lexicon and the cues of notes, as one table of folded phrases."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from lasegue.knowledge import load
from lasegue.names import Lexicon, compact, fold, packaged_lexicon

LONGEST = 8
# Words that join a subject to what is said of it: "the gait is ataxic" is "gait ataxic".
COPULAS = frozenset({"is", "are", "was", "were", "has", "been"})
_SHORTEST_MENDED = 5
# From this length a wrong letter is mended too.
_LONG = 8


@dataclass(slots=True)
class Entry:
    """What a phrase may be: `kinds` of target with the wording that the lexicon reads, `value` what it says of each kind, whole `facts`
    ("kind | name | value"), or a `cue`."""

    kinds: dict[str, str] = field(default_factory=dict)
    value: dict[str, str] = field(default_factory=dict)
    cue: str = ""
    data: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The table, the words that may be misspelt, and the patterns of what does not count."""

    entries: dict[str, Entry]
    mended: dict[str, str]
    known: frozenset[str]
    skipped: frozenset[str]
    not_counted: dict[str, re.Pattern[str]]
    past: re.Pattern[str]
    alone: frozenset[str]
    bare: frozenset[str]
    lexicon: Lexicon

    def mend(self, word: str) -> str:
        """A misspelt word as the one it is one letter away from; any other as it is."""
        if len(word) < _SHORTEST_MENDED or word in self.known:
            return word
        return next((found for part in _deletions(word) if (found := self.mended.get(part)) and _slip(word, found)), word)


def _slip(word: str, meant: str) -> bool:
    """Whether one word may be a slip for another: a letter more or less, two that changed places, in a long word a wrong one."""
    if len(word) != len(meant):
        return abs(len(word) - len(meant)) == 1 and max(len(word), len(meant)) > _SHORTEST_MENDED
    return len(word) >= _LONG or sorted(word) == sorted(meant)


def _deletions(word: str) -> list[str]:
    """The word and what is left of it when one letter goes."""
    return [word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))]


def _cues() -> Mapping[str, Any]:
    found: dict[str, Any] = yaml.safe_load((files("lasegue.notes") / "data" / "cues.yaml").read_text(encoding="utf-8"))
    return found


class _Maker:
    def __init__(self, by_words: Iterable[str]) -> None:
        self.by_words = frozenset(by_words)
        self.entries: dict[str, Entry] = {}
        self.words: set[str] = set()

    def entry(self, name: str) -> Entry:
        """The entry of a phrase, made where it is new."""
        words = fold(name).split()
        self.words.update(words)
        key = "".join(word for word in words if word not in COPULAS) or compact(name) or name
        return self.entries.setdefault(key, Entry())

    def names(self, kind: str, records: Iterable[Any]) -> None:
        """The names of one kind of record; the first record to claim a name keeps it."""
        for record in records:
            for name in (record.name, *record.names, record.id.replace("_", " ")):
                said_more = kind not in {"test", "study"} and self.by_words & set(name.lower().split())
                if len(compact(name)) > 1 and not said_more and not (kind == "site" and "joint" in name):
                    self.entry(name).kinds.setdefault(kind, record.id)


def _targets(maker: _Maker) -> None:
    known = load()
    maker.names("power", [*known.movements, *known.movement_groups, *known.muscles])
    maker.names("site", [*known.skin_groups, *known.skin_sites])
    maker.names("reflex", known.reflexes)
    maker.names("test", known.tests)
    maker.names("pain", known.pain_regions)
    maker.names("nerve", known.nerves)
    maker.names("study", known.investigations)


def _cue_words(maker: _Maker, cues: Mapping[str, Any]) -> None:
    for name in cues["not_names"]:
        maker.entries.pop(compact(name), None)
    for group in cues["values"]:
        for word in group["words"]:
            entry = maker.entry(str(word))
            entry.value = dict(group["means"])
            entry.kinds.clear()
    for kind, name, meaning in ((kind, name, meaning) for kind, names in cues["names"].items() for name, meaning in names.items()):
        if kind in {"other", "neuro"}:
            maker.entry(name).kinds.clear()
        maker.entry(name).kinds[kind] = meaning
    for group in cues["facts"]:
        for word in group["words"]:
            entry = maker.entry(str(word))
            entry.facts = tuple(group["says"])
            entry.kinds.clear()
    _plain_cues(maker, cues)


def _plain_cues(maker: _Maker, cues: Mapping[str, Any]) -> None:
    for cue in ("topics", "modalities", "sides"):
        for data, words in cues[cue].items():
            for word in words:
                entry = maker.entry(word)
                entry.cue, entry.data = (cue, data) if not entry.value or cue != "topics" else (entry.cue, entry.data)
    for cue in ("negations", "exceptions", "breaks", "joins"):
        for word in cues[cue]:
            maker.entry(word).cue = cue


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the package."""
    cues = _cues()
    maker = _Maker(cues["read_by_words"])
    _targets(maker)
    _cue_words(maker, cues)
    long = sorted(word for word in maker.words if len(word) >= _SHORTEST_MENDED and word.isalpha())
    spelled = {word for item in load().history for name in item.names for word in fold(name).split()} | {
        fold(word) for word in cues["ordinary"]
    }
    mended: dict[str, str] = {}
    for word in long:
        for part in _deletions(word):
            mended.setdefault(part, word)
    return Vocabulary(
        maker.entries,
        mended,
        frozenset(maker.words | spelled),
        frozenset(cues["skipped"]),
        {why: re.compile(pattern.lower()) for why, pattern in cues["not_counted"].items()},
        re.compile(cues["past"].lower()),
        frozenset(cues["stated_alone"]),
        frozenset(compact(word) for word in cues["bare"]),
        packaged_lexicon(),
    )
