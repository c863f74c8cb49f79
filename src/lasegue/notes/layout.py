"""How a note is laid out: headings that hold over the lines below them, and tables with a column for each side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lasegue.notes.mention import Mention

_LIMB = r"(?:[\s-]*(?:side|leg|lower\s+limb|limb|foot|lower\s+extremity|LE|LL))?"
_SIDED = re.compile(
    rf"^\W*(?:on\s+the\s+)?(?P<side>left|right|lt|rt|both|bilateral|[lr](?=\s+(?:leg|lower|limb|foot|LE\b|LL\b))|[lr](?=LE\b|LL\b)){_LIMB}\s*(?::|-\s|$)",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"^[\W_]*(?P<what>[a-z]+(?:[ ][a-z]+){0,2})?[\W_]*?\(?\b(?P<one>right|left|rt|lt|r|l)\b[\W_]+\b(?P<two>right|left|rt|lt|r|l)\b[\W_]*$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\(\s*(?P<one>right|left|rt|lt|r|l)\s*[/:,]\s*(?P<two>right|left|rt|lt|r|l)\s*\)", re.IGNORECASE)
_SLASHED = re.compile(r"(?<![\w/])(?P<one>[0-5][+-]?|\+{1,4}|-)\s?/\s?(?P<two>[0-5][+-]?|\+{1,4}|-)(?![\w/])")
_SIDES = {"l": "left", "r": "right", "b": "bilateral"}
_VALUES = frozenset({"value", "grade", "angle"})
_LONGEST_HEADING = 40
Columns = tuple[str, str]


@dataclass(slots=True)
class Layout:
    """What the lines above say of the next one: the side and the topic of their headings, and the sides of a table's columns."""

    side: str | None = None
    topic: str | None = None
    columns: Columns | None = None
    slashed: bool = False

    def line(self, text: str, blank: bool) -> None:
        """Take note of a line before it is read; `blank` says whether an empty line stands before it."""
        if blank:
            self.topic, self.columns, self.slashed = None, None, False
        told = _SIDED.match(text)
        if told:
            self.side = _SIDES[told["side"][0].lower()]
            self.columns = None
        header = _HEADER.match(text) if len(text) < _LONGEST_HEADING else None
        pair = _PAIR.search(text) if "(" in text else None
        for found in (header, pair):
            if found and found["one"][0].lower() != found["two"][0].lower():
                self.columns = _SIDES[found["one"][0].lower()], _SIDES[found["two"][0].lower()]
                self.slashed = found is pair
        if self.columns and header:
            self.side = None

    def heading(self, items: Sequence[Mention], text: str) -> None:
        """A line that names a topic and nothing else is the heading of the lines below."""
        named = any(one.kind == "target" and "all reflexes" not in one.kinds.values() for one in items)
        if named or any(one.kind in {*_VALUES, "not", "fact"} for one in items) or len(text) > _LONGEST_HEADING:
            return
        topics = [one.data for one in items if one.kind == "topic"]
        if topics:
            self.topic = topics[0]

    def row(self, items: list[Mention], text: str, start: int) -> list[Mention]:
        """The mentions of a row with the side of each column before the value that stands in it."""
        if self.columns is None:
            return items
        pair = _PAIR.search(text) if "(" in text else None
        if pair:
            items = [one for one in items if not start + pair.start() <= one.start < start + pair.end()]
        if self.slashed:
            items = _parted(items, text, start)
        values = [one for one in items if one.kind in _VALUES]
        sides = [one for one in items if one.kind == "side"]
        if len(values) < 2 or len(values) % 2 or sides or not any(one.kind in {"target", "topic"} for one in items):
            return items
        found: list[Mention] = []
        for one in items:
            if one.kind in _VALUES:
                at = values.index(one)
                found.append(Mention("side", one.start, one.start, data=self.columns[at % 2]))
            if self.slashed or one.kind not in {"comma", "stop"}:
                found.append(one)
        return found


def _parted(items: Sequence[Mention], text: str, start: int) -> list[Mention]:
    """The values of "5/3" and "++/-" as two, where a note says that right and left stand on either side of the stroke."""
    found = list(items)
    for pair in _SLASHED.finditer(text):
        first, last = start + pair.start(), start + pair.end()
        found = [one for one in found if one.end <= first or one.start >= last]
        for name in ("one", "two"):
            mark, place = pair[name], start + pair.start(name)
            found.append(replace(_value(mark), start=place, end=place + len(mark), text=mark))
    return sorted(found, key=lambda one: (one.start, one.end))


def _value(mark: str) -> Mention:
    signs = mark.count("+") if not mark[0].isdigit() else int(mark[0])
    reflex = ("absent", "reduced", "normal", "brisk", "brisk", "")[signs]
    value = ({"power": mark} if mark[0].isdigit() else {}) | ({"reflex": reflex} if reflex else {})
    return Mention("grade", 0, 0, value=value, data="sure")
