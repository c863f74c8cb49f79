"""Scores notes of which everything that is to be found was written down by hand: `has`, `may` and `told` of note_pages.yaml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from lasegue.evaluate.reading import Item, Tally, agree, items
from lasegue.names import packaged_lexicon
from lasegue.notes import read

_KEYS = {"power": ("movement", "grade"), "reflexes": ("reflex", "finding"), "sensory": ("site", "finding"), "tests": ("test", "result")}
_COVERS = {"bilateral": frozenset({"left", "right"}), "left": frozenset({"left"}), "right": frozenset({"right"})}


def pages(name: str = "note_pages") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text())
    return found


def entry(line: str) -> tuple[str, Any]:
    """A line "kind: name | value | side" as an entry of a case file."""
    kind, _, rest = line.partition(": ")
    name, value, side = ([part.strip() for part in rest.split("|")] + ["", ""])[:3]
    if kind == "sphincter":
        return kind, {name: value}
    if kind == "investigations":
        return kind, {"test": name}
    sided = {"side": side} if side else {}
    if kind == "pain":
        return kind, {"site": name, **sided}
    if value.startswith(("angle ", "count ")):
        key, _, number = value.partition(" ")
        return kind, {"test": name, key: float(number), **sided}
    first, second = _KEYS[kind]
    return kind, {first: name, second: value, **sided}


def expected(lines: Sequence[str]) -> list[Item]:
    return [one for line in lines for one in _item(line)]


def _item(line: str) -> list[Item]:
    kind, found = entry(line)
    return list(items({kind: found if kind == "sphincter" else [found]}))


def sides_agree(wanted: Item, found: Item) -> bool:
    """A side that is wanted must be read; bilateral is both."""
    return not wanted.sides or wanted.sides <= found.sides or (bool(found.sides) and found.sides <= wanted.sides)


@dataclass
class Page:
    """How one note was read."""

    text: str
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return not self.missed and not self.wrong


def _study_alike(one: Item, other: Item) -> bool:
    return one.kind == other.kind == "investigations" and bool(one.ids) and bool(other.ids)


def score(page: Mapping[str, Any]) -> Page:
    found = read(str(page["text"]))
    mine = [one for one in items({**found.case, **_now(found.case)}) if one.kind != "history"]
    mine += [one for one in _angles(found.case) if one not in mine]
    wanted, allowed = expected(page["has"]), expected(page.get("may", ()))
    result = Page(str(page["text"]))

    def tally(kind: str) -> Tally:
        return result.tallies.setdefault(kind, Tally())

    def same(one: Item, other: Item) -> bool:
        return (agree(one, other) or _study_alike(one, other)) and sides_agree(one, other)

    for one in wanted:
        if any(same(one, other) for other in mine):
            tally(one.kind).hit += 1
        else:
            tally(one.kind).missed += 1
            result.missed.append(one.shown)
    for one in mine:
        if any(same(other, one) for other in wanted):
            tally(one.kind).right += 1
        elif not any(agree(other, one) for other in allowed) and not _beside(one, found.case):
            tally(one.kind).wrong += 1
            result.wrong.append(one.shown)
    _person(page, found.case, result, tally("person"))
    _history(page, found.case, result, tally("history"))
    return result


def _angles(case: Mapping[str, Any]) -> list[Item]:
    """The angle of a test whose result is stated too: either is right, each only where it is wanted."""
    both = [one for one in case.get("tests", ()) if "result" in one and "angle" in one]
    return list(items({"tests": [{key: value for key, value in one.items() if key != "result"} for one in both]}))


def _beside(one: Item, case: Mapping[str, Any]) -> bool:
    """Whether a finding is the result or the angle of a test that has both."""
    return one.kind == "tests" and any(other.ids == one.ids and other.sides == one.sides for other in _angles(case))


def _now(case: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: [one for one in case.get(kind, ()) if not one.get("past")] for kind in ("power", "reflexes", "sensory", "tests", "pain")}


def _person(page: Mapping[str, Any], case: Mapping[str, Any], result: Page, tally: Tally) -> None:
    for key in ("age", "sex"):
        if key in page:
            hit = case.get(key) == page[key]
            tally.hit += hit
            tally.missed += not hit
            result.missed += [] if hit else [f"{key} {page[key]}"]
        if key in case:
            right = case[key] == page.get(key, case[key] if key == "sex" else None)
            tally.right += right
            tally.wrong += not right
            result.wrong += [] if right else [f"{key} {case[key]}"]


def _history(page: Mapping[str, Any], case: Mapping[str, Any], result: Page, tally: Tally) -> None:
    lexicon = packaged_lexicon()
    mine = {(one.item, one.negated) for line in case.get("history", ()) for one in lexicon.history(line).matches}
    for words in page.get("told", ()):
        wanted = {(one.item, one.negated) for one in lexicon.history(words).matches}
        assert wanted, words
        hit = bool(wanted & mine)
        tally.hit += hit
        tally.missed += not hit
        result.missed += [] if hit else [f"history: {words}"]


def totals(results: Sequence[Page]) -> dict[str, Tally]:
    """The tallies of all notes by kind; `all` is the findings of the examination together."""
    total: dict[str, Tally] = {}
    for one in results:
        for kind, tally in one.tallies.items():
            total[kind] = total.get(kind, Tally()) + tally
    return total | {"all": sum((tally for kind, tally in total.items() if kind not in {"person", "history"}), Tally())}


def report(results: Sequence[Page]) -> str:
    """Every note that was not read in full, and F1 by kind."""
    lines = []
    for one in results:
        if not one.right:
            lines += ["", one.text.strip(), *(f"   - {words}" for words in one.missed), *(f"   + {words}" for words in one.wrong)]
    lines += [
        f"{kind:16} F1 {one.f1:.3f} precision {one.precision:.3f} recall {one.recall:.3f} n {one.hit + one.missed}"
        for kind, one in sorted(totals(results).items())
    ]
    return "\n".join([*lines, f"notes read in full: {sum(one.right for one in results)} of {len(results)}"])
