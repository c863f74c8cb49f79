"""How well notes are read: the findings read from the text of each case against those of its file.

Two findings are the same where they share a place (a skin site, a movement, a reflex, a test, a pain region), a side and a class of value:
grades within a broad band, loss, irritation or normal sensation, a reflex of one kind. A numb place and one that tingles are the
same where no modality was tested. Foot drop is weak dorsiflexion. What the text says
and the file lacks, and what the file holds and the text does not say, counts neither way: both lists are kept by hand, case by case.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from lasegue.evaluate.telling import felt, told
from lasegue.knowledge import load
from lasegue.names import packaged_lexicon
from lasegue.names.results import read_measure, read_result
from lasegue.notes import case_from_text
from lasegue.notes.naming import name_of, targets

CaseFile = Mapping[str, Any]
KINDS = ("power", "reflexes", "sensory", "tests", "pain", "sphincter", "investigations", "history")
_AS = {"power": "power", "reflexes": "reflex", "sensory": "sense", "tests": "test", "pain": "pain"}
_ALIKE = {"foot_drop:": "ankle_dorsiflexion", "steppage_gait:": "ankle_dorsiflexion"}
_NORMAL = frozenset({"normal", "negative", "full", "false"})
_LEADING = 0.5
_LARGE = 12
_NUMBERS = {"4+": 4.5, "4-": 3.75, "3+": 3.5, "3-": 2.75, "5-": 4.75}


@dataclass(frozen=True, slots=True)
class Item:
    """A finding as it is compared."""

    kind: str
    ids: frozenset[str]
    sides: frozenset[str]
    value: str
    shown: str
    exact: bool = False


@dataclass(slots=True)
class Tally:
    """Findings of one kind: those of the files that were read, those missed, those read and not in the file, and those set aside."""

    hit: int = 0
    missed: int = 0
    right: int = 0
    wrong: int = 0
    aside: int = 0

    @property
    def recall(self) -> float:
        """The share of the files' findings that were read."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def precision(self) -> float:
        """The share of the findings read that the files hold."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.hit + other.hit, self.missed + other.missed, self.right + other.right, self.wrong + other.wrong, self.aside + other.aside
        )


@dataclass(slots=True)
class CaseReading:
    """One case: its tallies and every finding that did not agree or was set aside."""

    id: str
    tallies: dict[str, Tally] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def unexplained(self) -> list[str]:
        """Findings that do not agree and of which nobody said why."""
        return [words for words in (*self.missed, *self.wrong) if words not in self.reasons]

    @property
    def stale(self) -> list[str]:
        """Reasons kept for findings that agree by now."""
        return [words for words in self.reasons if words not in {*self.missed, *self.wrong}]


@cache
def kept_lists() -> dict[str, dict[str, dict[str, str]]]:
    """By case: `text_only` and `file_only`, each a finding and why it counts neither way; `reasons`, why another does not agree."""
    text = (files("lasegue.evaluate") / "data" / "reading.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(text) or {}
    return found


def compare(case: CaseFile, found: CaseFile) -> CaseReading:
    """The findings read from a note against those of the case's file."""
    lists = kept_lists().get(str(case.get("id")), {})
    gold, mine = list(items(case)), list(items(found))
    result = CaseReading(str(case.get("id", "")), {kind: Tally() for kind in KINDS}, reasons=dict(lists.get("reasons", {})))
    for one in gold:
        told = any(agree(one, other) for other in mine) or (one.kind == "history" and felt(one.value, "not" in one.sides, found))
        _count(result, one, told, "file_only", lists)
    for one in mine:
        told = any(agree(other, one) for other in gold) or (one.kind == "history" and felt(one.value, "not" in one.sides, case))
        _count(result, one, told, "text_only", lists)
    return result


def _count(result: CaseReading, one: Item, told: bool, side: str, lists: Mapping[str, Mapping[str, str]]) -> None:
    """One finding of the file (`file_only`) or of the text (`text_only`) as agreed, set aside or not agreed."""
    tally = result.tallies[one.kind]
    in_file = side == "file_only"
    if told:
        tally.hit += in_file
        tally.right += not in_file
    elif one.shown in lists.get(side, {}):
        tally.aside += 1
        result.aside.append(f"only in the {'file' if in_file else 'text'}: {one.shown}: {lists[side][one.shown]}")
    else:
        tally.missed += in_file
        tally.wrong += not in_file
        (result.missed if in_file else result.wrong).append(one.shown)


def items(case: CaseFile) -> Iterable[Item]:
    """The findings of a case, as they are compared."""
    for kind, as_kind in _AS.items():
        for entry in case.get(kind) or ():
            side = entry.get("side", case.get("side"))
            name = name_of(as_kind, entry) or str(entry.get("region", ""))
            for value in _values(as_kind, entry):
                shown = f"{kind}: {name} {side or '?'} {value}".strip()
                yield Item(kind, _ids(as_kind, name), _sides(side), value, shown, bool(entry.get("modality")))
    for part, value in (case.get("sphincter") or {}).items():
        parts: list[Any] = value if isinstance(value, list) else [value]
        for word in parts:
            said = word.get("finding") if isinstance(word, dict) else word
            yield Item(
                "sphincter", frozenset({part}), frozenset(), "normal" if said == "normal" else "abnormal", f"sphincter: {part} {said}"
            )
    for entry in case.get("investigations") or ():
        name = str(entry["test"]).lower()
        yield Item(
            "investigations",
            frozenset(name.replace("-", " ").split()) - {"lumbar", "spine", "the"},
            frozenset(),
            "",
            f"investigations: {entry['test']}",
        )
    for item, denied, words in told(case):
        yield Item(
            "history",
            frozenset({f"no {item}" if denied else item}),
            frozenset({"not"} if denied else ()),
            item,
            f"history: {words}: {'no ' if denied else ''}{item}",
        )


def _ids(kind: str, name: str) -> frozenset[str]:
    ids = targets(kind, name)
    if not ids:
        bare = name.split("(", maxsplit=1)[0].split(",", maxsplit=1)[0].strip()
        ids = targets(kind, bare) or frozenset({name.lower()})
    if kind == "pain":
        ids |= targets("sense", name) or targets("sense", name.split(",", maxsplit=1)[0])
    moved = {movement for one in ids for movement in _moves().get(one, ())} if kind == "power" else set()
    return ids | moved | {_ALIKE[one] for one in ids if one in _ALIKE}


@cache
def _moves() -> dict[str, tuple[str, ...]]:
    """The movements that each muscle leads."""
    found: dict[str, tuple[str, ...]] = {}
    for movement in load().movements:
        for muscle, share in movement.muscles.items():
            if share >= _LEADING * max(movement.muscles.values()):
                found[muscle] = (*found.get(muscle, ()), movement.id)
    return found


def _sides(side: object) -> frozenset[str]:
    return frozenset({"left", "right"}) if side == "bilateral" else frozenset({str(side)}) if side else frozenset()


def _values(kind: str, entry: Mapping[str, Any]) -> Iterable[str]:
    if kind == "power":
        return (_band(entry.get("grade")),)
    if kind == "sense":
        value = str(entry.get("finding"))
        return ("normal" if value == "normal" else "irritated" if value in {"paraesthesia", "hyperalgesia"} else "lost",)
    if kind == "reflex":
        return (str(entry.get("finding")),)
    if kind == "test":
        return (_result(entry),)
    return ("",)


def _result(entry: Mapping[str, Any]) -> str:
    """What a test showed: its angle where no result is stated, else positive or negative as the lexicon reads it for that test."""
    result = str(entry.get("result", "")).lower()
    if entry.get("angle") is not None and not result:
        return f"angle {entry['angle']:g}"
    name = str(entry.get("test", ""))
    known = packaged_lexicon().tests_by_id
    record = next((known[one.split(":")[0]] for one in sorted(targets("test", name)) if one.split(":")[0] in known), None)
    number = entry.get("value", entry.get("count"))
    if record and number is not None and not result:
        return read_measure(float(number), record) or "positive"
    read = read_result(result, record, name) if record and result else None
    if read is not None:
        return "negative" if read[0] == "negative" else "positive"
    return "negative" if result in _NORMAL else "positive"


def _band(grade: object) -> str:
    text = str(grade).strip().removesuffix("/5")
    if text in _NORMAL or text == "5":
        return "normal"
    try:
        number = _NUMBERS[text] if text in _NUMBERS else sum(map(float, text.split("-"))) / len(text.split("-"))
    except ValueError:
        return "weak"
    return "normal" if number >= 5 else "little" if number > 2.5 else "severe"


def agree(one: Item, other: Item) -> bool:
    """Whether two findings are the same."""
    if {one.kind, other.kind} == {"power", "tests"}:
        drop = one.ids & other.ids & {"ankle_dorsiflexion"}
        return (
            bool(drop)
            and _same_side(one, other)
            and "normal" not in {one.value, other.value}
            and "negative" not in {one.value, other.value}
        )
    if one.kind != other.kind or not (one.ids & other.ids or _elsewhere(one, other)) or not _same_side(one, other):
        return False
    if one.value == other.value:
        return True
    if one.kind == "sensory" and not one.exact and not other.exact:
        return "normal" not in {one.value, other.value}
    return one.kind == "power" and "normal" not in {one.value, other.value} and "weak" in {one.value, other.value}


def _elsewhere(one: Item, other: Item) -> bool:
    """Whether one says "normal elsewhere" and the other that the whole leg is normal."""
    return one.kind == "sensory" and "rest" in one.ids | other.ids and max(len(one.ids), len(other.ids)) > _LARGE


def _same_side(one: Item, other: Item) -> bool:
    return not one.sides or not other.sides or bool(one.sides & other.sides)


@dataclass(slots=True)
class TextReport:
    """The reading of every case, and how many cases localise right from text and from file, strictly and accepted."""

    cases: list[CaseReading]
    tallies: dict[str, Tally]
    localised: dict[str, dict[str, int]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        kinds = {
            kind: {"f1": one.f1, "precision": one.precision, "recall": one.recall, "findings": one.hit + one.missed, "aside": one.aside}
            for kind, one in self.tallies.items()
        }
        cases = [{"id": one.id, "missed": one.missed, "wrong": one.wrong, "aside": one.aside, "reasons": one.reasons} for one in self.cases]
        return {"kinds": kinds, "localised": self.localised, "cases": cases}

    def as_text(self, *, report: bool = True) -> str:
        """As a page; with `report` every finding that did not agree, and every one set aside, with the reason."""
        lines = [f"{'kind':16}{'F1':>7}{'precision':>11}{'recall':>8}{'findings':>10}{'aside':>7}"]
        lines += [
            f"{kind:16}{one.f1:7.3f}{one.precision:11.3f}{one.recall:8.3f}{one.hit + one.missed:10d}{one.aside:7d}"
            for kind, one in self.tallies.items()
        ]
        for source, figures in self.localised.items():
            lines.append(f"localised from {source}: " + ", ".join(f"{name} {count}" for name, count in figures.items()))
        for one in self.cases if report else ():
            if one.missed or one.wrong or one.aside:
                lines += [
                    "",
                    one.id,
                    *(f"  missed: {words}: {one.reasons.get(words, 'no reason kept')}" for words in one.missed),
                    *(f"  read, not in the file: {words}: {one.reasons.get(words, 'no reason kept')}" for words in one.wrong),
                ]
                lines += [f"  {words}" for words in one.aside]
        return "\n".join(lines) + "\n"


def evaluate_text(cases: Sequence[CaseFile], *, localize: Callable[[Any], Any] | None = None) -> TextReport:
    """Read the text of every case and compare; with `localize` also the first answers from text against those from the file.

    `localize` takes a case as its file has it, and gives an answer with the keys of `localize --json`.
    """
    told = [case for case in cases if case.get("text")]
    found = {str(case["id"]): case_from_text(str(case["text"])) for case in told}
    read_cases = [compare(case, found[str(case["id"])]) for case in told]
    tallies = {kind: sum((one.tallies[kind] for one in read_cases), Tally()) for kind in KINDS}
    report = TextReport(read_cases, tallies | {"all": sum(tallies.values(), Tally())})
    if localize is not None:
        report.localised = {
            "text": _localised(told, [found[str(case["id"])] for case in told], localize),
            "file": _localised(told, told, localize),
        }
    return report


def _localised(cases: Sequence[CaseFile], inputs: Sequence[CaseFile], localize: Callable[[Any], Any]) -> dict[str, int]:
    from lasegue.evaluate.evaluation import answers_to
    from lasegue.evaluate.scoring import score

    known = [
        dict(given) | {key: case[key] for key in ("id", "gold", "meta") if key in case} for case, given in zip(cases, inputs, strict=True)
    ]
    rows = score(answers_to(known, localize), known)
    return {"strict": sum(row.strict for row in rows), "accepted": sum(row.accepted for row in rows), "cases": len(rows)}
