"""What would change the answer: the one finding that, had it been otherwise, would put the lesion elsewhere.

Every finding is taken out in turn, and each other value that it might have had is put in its place, over the rows in play. Of
the changes that move the leading site the one counts whose new value is the most probable by all the other findings; where no
other value does, a finding without which the answer would be another. What is told has been worked out anew from the changed case.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from lasegue.case.model import (
    Case,
    HistoryFinding,
    InvestigationFinding,
    PainFinding,
    Power,
    ReflexFinding,
    Sense,
    SphincterFinding,
    TestFinding,
)
from lasegue.case.wording import told
from lasegue.inference.focus import focus
from lasegue.inference.outlook import Outlook, View, weigh_further, weigh_sides
from lasegue.inference.posterior import Posterior, case_background, population_rates, row_likelihood
from lasegue.model import UNLISTED, Model, tables
from lasegue.model.observe import Evidence, observe, only, without
from lasegue.model.terms import AbsentTestTerm, MotorTerm, NeedleTerm, PotentialTerm, RateTerm, ReflexTerm, RowTerm, SenseTerm
from lasegue.wiring import Array

IN_PLAY: Final = 1e-3
MOST_ROWS: Final = 24
"""Rows that a change may bring to the front: the probable ones."""
REACHABLE: Final = 1e-6
"""No single finding lifts a row of less to the front."""
TRIED: Final = 3
"""Changes that are worked out anew; one that then leaves the leader where it was is dropped."""
SAME: Final = 12
"""Decimals in which chances differ: the last bits of a sum do not order changes."""
PARTS: Final = ("power", "sense", "reflexes", "tests", "history", "pain", "sphincter", "investigations")
PLANTAR: Final = ("normal", "mute", "upgoing")
NEEDLE: Final = ("normal", "denervation")
POTENTIAL: Final = ("normal", "reduced")


@dataclass(frozen=True, slots=True)
class Flip:
    """One finding changed: `path` and `finding` say which, `was` and `instead` its values (`instead` is None where it is struck).

    `lesion` on `lesion_side` would then lead with `probability` among the single lesions. `chance` is how probable the other value is
    by the other findings; `case` is the changed case.
    """

    path: str
    finding: str
    side: str | None
    was: str
    instead: str | None
    lesion: str
    lesion_side: str
    probability: float
    chance: float
    case: Case


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """A record replaced by another, or struck where there is no other; `chance` orders the changes."""

    part: str
    records: tuple[Any, ...]
    instead: Any
    value: str | None
    chance: float


def flips(model: Model, case: Case, evidence: Evidence, found: Posterior) -> Flip | None:
    """The change of one finding that moves the leading site, or None where no one finding does."""
    found_so = _Search(model, evidence, found).changes(case)
    changes = sorted(found_so, key=lambda c: (c.value is None, -round(c.chance, SAME), c.records[0].origin.path))
    for change in changes[:TRIED]:
        flip = _worked_out(model, case, evidence, found, change)
        if flip:
            return flip
    return None


def _groups(case: Case, evidence: Evidence) -> Iterator[tuple[str, tuple[Any, ...], frozenset[str]]]:
    """The findings that count, with the keys of their terms. One written for both sides is one on each, unless it has no side."""
    by_path: dict[str, list[str]] = {}
    for key, label in evidence.labels.items():
        by_path.setdefault(label.path, []).append(key)
    for part in PARTS:
        found: dict[tuple[str, str | None], list[Any]] = {}
        for record in getattr(case, part):
            keys = by_path.get(record.origin.path, [])
            side = getattr(record, "side", None) if any(evidence.labels[key].side for key in keys) else None
            found.setdefault((record.origin.path, side), []).append(record)
        for (path, side), records in found.items():
            mine = frozenset(key for key in by_path.get(path, []) if side is None or evidence.labels[key].side in (None, side))
            if mine:
                yield part, tuple(records), mine


class _Search:
    """Changes of one finding among the rows in play; what one finding leaves of the others is weighed once for all its values."""

    def __init__(self, model: Model, evidence: Evidence, found: Posterior) -> None:
        order = np.argsort(-found.probability, kind="stable")[:MOST_ROWS]
        self.alive = np.sort(order[found.probability[order] >= IN_PLAY])
        self.small, self.heard = focus(model, evidence, self.alive)
        self.found = found
        self.leader = int(np.flatnonzero(self.alive == order[0])[0])
        self.unlisted = np.array([self.small.lesions[k].id == UNLISTED for k in self.small.rows.lesion])
        self.weights = weigh_sides(self.small, self.heard)
        self.view = View(self.small, self.heard, found.background, self.weights)

    def _head(self, rest: Evidence) -> Array:
        return np.asarray(self.found.prior[self.alive] * np.prod([np.ones(len(self.alive)), *(term.rows for term in rest.rows)], axis=0))

    def _moves(self, values: Array) -> bool:
        return _another(self.small, self.leader, int(np.argmax(values)))

    def changes(self, case: Case) -> Iterator[_Change]:
        """All that move the leading site."""
        for part, records, keys in _groups(case, self.heard):
            mine = only(self.heard, keys)
            yield from self._of(part, records, mine, self._left(mine, keys))

    def _left(self, mine: Evidence, keys: frozenset[str]) -> Outlook:
        """The outlook without a finding. What it leaves as it was needs no new sums."""
        rest = without(self.heard, keys)
        head = self._head(rest)
        sides = tuple(name for name in ("left", "right") if mine.side(name))
        if not mine.mid and len(sides) <= 1:
            return self.view.without(keys, sides[0], head) if sides else Outlook(self.view.weight * head, {})
        return View(self.small, rest, self.found.background, self.weights).ahead(head, sides)

    def _of(self, part: str, records: tuple[Any, ...], mine: Evidence, ahead: Outlook) -> Iterator[_Change]:
        """The changes of one finding."""
        share = float(np.prod([self.found.population[key] for key in mine.keys()]))  # noqa: SIM118
        everybody = self.found.prior[self.alive] * self.found.likelihood[self.alive] / share
        weight = np.where(self.unlisted, everybody, ahead.weight)
        if self._moves(weight):
            yield _Change(part, records, None, None, 0.0)
        if len(records) > 1 or len(mine.keys()) != 1:
            return
        for instead, value, term in _others(records[0], mine):
            values = np.where(self.unlisted, everybody * (1.0 - share), self._weigh(ahead, mine, term))
            if self._moves(values):
                yield _Change(part, records, instead, value, float(values.sum() / weight.sum()))

    def _weigh(self, ahead: Outlook, mine: Evidence, term: Any) -> Array:
        if isinstance(term, RowTerm):
            return np.asarray(ahead.weight * term.rows)
        return weigh_further(self.small, ahead, "left" if mine.left else "right", term)


def _another(model: Model, one: int, two: int) -> bool:
    """Whether two rows are different answers: no other place on one nerve, and no sets that share a root."""
    first, second = model.lesions[int(model.rows.lesion[one])], model.lesions[int(model.rows.lesion[two])]
    if first.id.startswith("root.") and second.id.startswith("root."):
        return not set(first.roots) & set(second.roots)
    return bool(first.id.split(".")[:2] != second.id.split(".")[:2])


def _others(record: Any, mine: Evidence) -> Iterator[tuple[Any, str, Any]]:
    """The other values that a finding might have had: the record, how the value is told, and the term."""
    term: Any = next(iter((*mine.left, *mine.right, *mine.mid, *mine.rows)))
    match record, term:
        case Power(value="graded"), MotorTerm() if record.grade is not None:
            yield from _grades(record, term)
        case Sense(), SenseTerm() if term.value in tables.SENSE_VALUES and term.source != "reported":
            yield from ((_valued(record, v), v, replace(term, value=v)) for v in tables.SENSE_VALUES if v != term.value)
        case ReflexFinding(), ReflexTerm():
            names = PLANTAR if term.plantar else tables.REFLEX_VALUES
            yield from ((_valued(record, v), v, replace(term, value=n)) for n, v in enumerate(names) if n != term.value)
        case InvestigationFinding(), NeedleTerm():
            value = NEEDLE[not term.denervated]
            yield replace(record, result=value), value, replace(term, denervated=not term.denervated)
        case InvestigationFinding(), PotentialTerm():
            value = POTENTIAL[not term.lost]
            yield replace(record, result=value), value, replace(term, lost=not term.lost)
        case TestFinding(), _:
            value = "negative" if record.value == "positive" else "positive"
            yield _valued(record, value), value, _turned(term)
        case ((HistoryFinding() | PainFinding()), RowTerm()) if "; " not in mine.labels[term.key].text:
            yield replace(record, present=not record.present), "no" if record.present else "yes", _turned(term)


def _valued(record: Any, value: str) -> Any:
    return replace(record, value=value)


def _grades(record: Power, term: MotorTerm) -> Iterator[tuple[Any, str, Any]]:
    """Other grades; a grade between bands has none."""
    grade_found = record.grade or 0.0
    band = 3 if 2.5 < grade_found < 3.6 else int(np.floor(grade_found + 0.26))
    others = [n for n in range(len(tables.BANDS)) if n != band]
    for grade, table in zip(others, term.others, strict=False):
        yield replace(record, grade=float(grade)), f"{grade}/5", replace(term, table=table)


def _turned(term: Any) -> Any:
    """The term of the opposite."""
    match term:
        case MotorTerm():
            return AbsentTestTerm(term.key, term)
        case AbsentTestTerm():
            return term.positive
        case RateTerm():
            return replace(term, rate={name: 1.0 - rate for name, rate in term.rate.items()})
    return replace(term, rows=1.0 - term.rows)


def _worked_out(model: Model, case: Case, evidence: Evidence, found: Posterior, change: _Change) -> Flip | None:
    """The changed case read and weighed anew, over every row that one finding could bring to the front."""
    record = change.records[0]
    records = [one for one in getattr(case, change.part) if not any(one is old for old in change.records)]
    if change.instead is not None:
        place = next(n for n, one in enumerate(getattr(case, change.part)) if one is record)
        records.insert(place, change.instead)
    more: dict[str, Any] = {change.part: tuple(records)}
    changed = replace(case, **more)
    heard = observe(model, changed)
    near = np.flatnonzero(found.probability >= REACHABLE)
    small, told_so = focus(model, heard, near)
    likelihood, _ = row_likelihood(small, told_so, case_background(changed))
    unlisted = np.array([model.lesions[model.rows.lesion[r]].id == UNLISTED for r in near])
    weight = found.prior[near] * np.where(unlisted, _population(model, evidence, heard, found), likelihood)
    best = int(np.argmax(weight))
    if not _another(model, int(np.argmax(found.probability)), int(near[best])):
        return None
    lesion = model.lesions[small.rows.lesion[best]]
    return Flip(
        path=record.origin.path,
        finding=record.origin.text or told(record),
        side=getattr(record, "side", None),
        was=_value(record),
        instead=change.value,
        lesion=lesion.id,
        lesion_side=small.rows.side[best],
        probability=float(weight[best] / weight.sum()),
        chance=change.chance,
        case=changed,
    )


def _population(model: Model, before: Evidence, after: Evidence, found: Posterior) -> float:
    """The population's rate of all that the changed case tells; what stands as before keeps its own."""
    known: dict[tuple[str, str, str | None], list[float]] = {}
    for key in before.keys():  # noqa: SIM118
        known.setdefault(_mark(before, key), []).append(found.population[key])
    rates, new = [], set()
    for key in after.keys():  # noqa: SIM118
        as_before = known.get(_mark(after, key))
        if as_before:
            rates.append(as_before.pop(0))
        else:
            new.add(key)
    return float(np.prod([*rates, *population_rates(model, only(after, frozenset(new)), found.prior, found.background).values()]))


def _mark(evidence: Evidence, key: str) -> tuple[str, str, str | None]:
    label = evidence.labels[key]
    return label.path, label.text, label.side


def _value(record: Any) -> str:
    """The value of a finding in a word."""
    match record:
        case Power():
            return f"{record.grade:g}/5" if record.grade is not None else record.value.replace("_", " ")
        case HistoryFinding() | PainFinding():
            return "yes" if record.present else "no"
        case SphincterFinding():
            return record.item.partition(".")[2].replace("_", " ")
        case InvestigationFinding():
            return record.result.replace("_", " ")
    return str(record.value)
