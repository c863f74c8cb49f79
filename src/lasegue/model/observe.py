"""From a case to terms: every finding becomes one likelihood; what counts for nothing is said to be unused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

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
from lasegue.knowledge.records import Reflex, Test
from lasegue.model import MOST_RATES, Model, tables
from lasegue.model.called import by_nerve, by_roots
from lasegue.model.rates import SIGN_BOUND, bounded, unaffected
from lasegue.model.reading import Reading
from lasegue.model.story import Label, covered, sources_of, story_terms
from lasegue.model.terms import (
    AbsentTestTerm,
    MidTerm,
    MotorTerm,
    NeedleTerm,
    PotentialTerm,
    RateTerm,
    ReflexTerm,
    RowTerm,
    SenseTerm,
    SomewhereTerm,
    StatementTerm,
)
from lasegue.wiring import Array

SideTerm = MotorTerm | AbsentTestTerm | StatementTerm | SomewhereTerm | NeedleTerm | SenseTerm | PotentialTerm | ReflexTerm | RateTerm
Stated = HistoryFinding | PainFinding | SphincterFinding | InvestigationFinding
WIDE = 5
"""A normal finding over this many movements is a statement on the usual screen, not a test of each."""
BRISK = ("brisk", "clonus")
PAINLESS = ("painless", "little_pain", "pain_gone")
WITHOUT_PAIN = 0.3
"""How much rarer a tension test is positive where nothing hurts (judgement)."""
_OLD = "known to be old: no evidence about the present complaint"
PLANTAR_COLUMN = {"normal": 0, "mute": 1, "absent": 1, "reduced": 1, "upgoing": 2, "brisk": 2}


@dataclass(slots=True)
class Evidence:
    """All terms of a case, by side; `labels` say what each key was in the case file."""

    left: list[SideTerm] = field(default_factory=list)
    right: list[SideTerm] = field(default_factory=list)
    mid: list[MidTerm] = field(default_factory=list)
    rows: list[RowTerm] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)
    unused: list[tuple[str, str, str]] = field(default_factory=list)

    def side(self, name: str) -> list[SideTerm]:
        """The terms of the left or the right side."""
        return self.left if name == "left" else self.right

    def keys(self) -> tuple[str, ...]:
        """Every term's key, in order."""
        return tuple(term.key for term in (*self.left, *self.right, *self.mid, *self.rows))


def _sides_named(case: Case) -> set[str]:
    """The sides that findings of the examination and pain name."""
    named = [f.side for f in case.power] + [f.side for f in case.sense] + [f.side for f in case.reflexes]
    named += [f.side for f in case.tests] + [f.side for f in case.pain]
    return {side for side in named if side}


def symptomatic_side(case: Case) -> str:
    """The side that findings without a side are put on: the case's, or the only one named, or left as a stand-in for "unknown"."""
    if case.side in ("left", "right"):
        return str(case.side)
    named = _sides_named(case)
    return named.pop() if len(named) == 1 else "left"


def unknown_side(case: Case) -> bool:
    """Whether neither the case nor any finding names a side."""
    told = {f.side for f in case.history} | {f.side for f in case.investigations}
    return case.side is None and not _sides_named(case) and not told - {None}


class Observer:
    """Makes terms of one case's findings under one model."""

    def __init__(self, model: Model, case: Case) -> None:
        self.model = model
        self.case = case
        self.found = Evidence()
        self.default = symptomatic_side(case)
        self.irritates = model.irritates()

    def evidence(self) -> Evidence:
        """All terms of the case."""
        for power in self.case.power:
            self._add(power, "power", power.side, self._power(power))
        for sense in self._merged_senses():
            self._sense(sense)
        for reflex in self.case.reflexes:
            self._add(reflex, "reflex", reflex.side, self._reflex(reflex))
        for test in self._one_of_a_kind():
            self._test(test)
        stated: tuple[Stated, ...] = (*self.case.history, *self.case.pain, *self.case.sphincter, *self.case.investigations)
        for old in stated:
            if old.past:
                self.found.unused.append((old.origin.path, old.origin.text, _OLD))
        for said in self.case.history:
            if said.present and not said.past and covered(self.model.knowledge.history_item[said.item], self.case):
                self.found.unused.append((said.origin.path, said.origin.text, "the examination tells the same"))
        for key, side, term, label in story_terms(self.model, self.case, self.default):
            self._put(key, side, term, label)
        return self.found

    def _put(self, key: str, side: str | None, term: object, label: Label) -> None:
        self.found.labels[key] = label
        if isinstance(term, MidTerm):
            self.found.mid.append(term)
        elif isinstance(term, RowTerm):
            self.found.rows.append(term)
        else:
            self.found.side(side or self.default).append(term)  # type: ignore[arg-type]

    def _add(self, finding: Power | Sense | ReflexFinding | TestFinding, kind: str, side: str | None, make: object) -> None:
        if finding.past:
            self.found.unused.append((finding.origin.path, finding.origin.text, _OLD))
            return
        if make is None:
            return
        where = side or self.default
        key = f"{finding.origin.path}:{where}:{len(self.found.labels)}"
        term = make(key)  # type: ignore[operator]
        self._put(
            key,
            where,
            term,
            Label(finding.origin.path, told(finding), kind, None if isinstance(term, MidTerm | RowTerm) else where, self._facts(finding)),
        )

    def _facts(self, finding: Power | Sense | ReflexFinding | TestFinding) -> tuple[str, ...]:
        known = self.model.knowledge
        if isinstance(finding, Power):
            named = [known.movement.get(name) or known.muscle[name] for name, _ in (*finding.movements, *finding.muscles)]
            return sources_of(named[:1])
        if isinstance(finding, Sense):
            return sources_of([known.skin_site[name] for name, _ in finding.sites][:2])
        return sources_of([known.reflex[finding.reflex] if isinstance(finding, ReflexFinding) else known.test[finding.test]])

    # -- power ---------------------------------------------------------------------------------------------------------

    def _power(self, power: Power) -> object:
        shares = dict(power.movements) or dict(power.muscles)
        if not shares and not power.rest:
            self.found.unused.append((power.origin.path, power.origin.text, "no movement of the lower limb"))
            return None
        normal = power.value == "graded" and power.grade is not None and power.grade >= 5
        if normal and (power.rest or len(shares) >= WIDE):
            screen = self._screen(power, shares)
            if not screen:
                self.found.unused.append((power.origin.path, power.origin.text, "every movement of it is given by itself"))
                return None
            return lambda key: StatementTerm(key, screen)
        if power.rest:
            shares = {m.id: 1.0 for m in self.model.knowledge.movements if m.usual_screen}
        if power.vague:
            parts = tuple(self.model.readings.motor({name: 1.0}) for name in shares)
            table = _power_rows(power, self.model.readings.reserve(shares))[0]
            return lambda key: SomewhereTerm(key, parts, table)
        reading, reserve = self.model.readings.motor(shares), self.model.readings.reserve(shares)
        return lambda key: MotorTerm(key, reading, *_power_rows(power, reserve))

    def _screen(self, power: Power, shares: dict[str, float]) -> tuple[tuple[Reading, float], ...]:
        """The movements that the statement covers: those of the usual screen that no other finding names ("the leg is weak" names none)."""
        others = (p for p in self.case.power if p.side == power.side and p is not power and not p.vague)
        named = {m for p in others for m, _ in p.movements}
        covered = [m for m in self.model.knowledge.movements if m.usual_screen and m.id not in named and (power.rest or m.id in shares)]
        return tuple((self.model.readings.motor({m.id: 1.0}), m.reserve) for m in covered)

    # -- sensation -----------------------------------------------------------------------------------------------------

    def _merged_senses(self) -> Iterator[Sense]:
        """Findings of midline skin that were written for both sides, once; all others as they are."""
        seen: set[tuple[str, str]] = set()
        for sense in self.case.sense:
            if self._midline(sense):
                mark = (sense.origin.path, sense.value)
                if mark in seen:
                    continue
                seen.add(mark)
            yield sense

    def _midline(self, sense: Sense) -> bool:
        both = {s.side for s in self.case.sense if s.origin.path == sense.origin.path} == {"left", "right"}
        return both and all(self.model.knowledge.skin_site[s].midline for s, _ in sense.sites)

    def _sense(self, sense: Sense) -> None:
        if not sense.sites:
            self.found.unused.append((sense.origin.path, sense.origin.text, "no skin of the lower limb"))
            return
        root = sense.label_root
        readings = self.model.readings
        reading = readings.dermatome(root, sense.modalities) if root else readings.skin(dict(sense.sites), sense.modalities)
        if self._midline(sense):
            self._add(sense, "sensory", None, lambda key: self._saddle(key, sense, reading))
            return
        term = lambda key: SenseTerm(key, reading, sense.value, sense.source, sense.modalities, self.irritates)  # noqa: E731
        self._add(sense, "sensory", sense.side, term)
        if sense.value != "normal" and not sense.past:
            self._called(sense)

    def _called(self, sense: Sense) -> None:
        """The name that the examiner gave to the area tells what was thought of; the same name given twice tells it once."""
        if sense.label_nerve:
            key, rows = f"{sense.origin.path}:{sense.side}:territory", by_nerve(self.model, sense.label_nerve)
            told = f"called the territory of one nerve: {sense.origin.text}"
        elif sense.label_root:
            key, rows = f"called:{sense.label_root}", by_roots(self.model, sense.label_root)
            told = f"called by its roots: {sense.origin.text}"
        else:
            return
        if key not in self.found.labels:
            self._put(key, None, RowTerm(key, rows), Label(sense.origin.path, told, "sensory", None))

    def _saddle(self, key: str, sense: Sense, reading: Reading) -> MidTerm:
        if sense.value in ("paraesthesia", "hyperalgesia"):
            table = 0.5 * tables.numb() + 0.03
        else:
            table = tables.saddle()[tables.SENSE_VALUES.index(sense.value)]
        at_rest, at_worst = float(table[-1]), float(table[0])
        lost = (table - at_rest) / (at_worst - at_rest)
        kept = np.full(len(self.model.rows.side), at_rest)
        return MidTerm(key, reading, True, lost, at_worst, kept, at_rest, sense.value == "normal", sense.modalities)

    # -- reflexes and tests --------------------------------------------------------------------------------------------

    def _reflex(self, finding: ReflexFinding) -> object:
        arc = self.model.knowledge.reflex[finding.reflex]
        effector, afferent = self.model.readings.reflex(finding.reflex)
        column = [r.id for r in self.model.knowledge.reflexes].index(finding.reflex)
        if arc.kind == "plantar":
            return lambda key: ReflexTerm(key, effector, afferent, column, True, PLANTAR_COLUMN.get(finding.value, 2))
        rate = tables.lively(self._brisk()) if finding.value in BRISK else tables.LIVELY
        value = {"clonus": "brisk", "upgoing": "brisk", "mute": "absent"}.get(finding.value, finding.value)
        return lambda key: ReflexTerm(key, effector, afferent, column, False, tables.REFLEX_VALUES.index(value), habit(arc), rate)

    def _telling(self, finding: TestFinding) -> tuple[float, str, str]:
        """Sorts tests by how far they tell lesions apart, whatever their order in the file."""
        test = self.model.knowledge.test[finding.test]
        rates = (test.when_weak, test.when_strong) if test.reads else (test.base, *test.by.values())
        return min(rates) - max(rates), finding.test, finding.value

    def _brisk(self) -> int:
        """How many tendon reflexes are brisk."""
        tendons = {arc.id for arc in self.model.knowledge.reflexes if arc.kind == "tendon"}
        return sum(r.value in BRISK and not r.past and r.reflex in tendons for r in self.case.reflexes)

    def _one_of_a_kind(self) -> Iterator[TestFinding]:
        """Tests less those that tell the same twice.

        Signs that one entry names together ("popliteal and pedal pulses absent") are one observation: the most telling of each kind.
        Of tests that read the same muscles ("foot drop", "steppage gait") the most telling counts, and none beside a grade of that
        movement.
        """
        seen: set[tuple[object, ...]] = {
            (p.side or self.default, m)
            for p in self.case.power
            if p.value == "graded" and not p.past
            for m, share in p.movements
            if share > 0.9
        }
        for finding in sorted(self.case.tests, key=self._telling):
            if finding.past:
                yield finding
                continue
            test = self.model.knowledge.test[finding.test]
            where = finding.side or self.default
            chief = max(test.reads, key=lambda name: test.reads[name], default="")
            marks = (
                [(where, part) for part in finding.parts] or [(where, chief)] if test.reads else [(finding.origin.path, where, test.kind)]
            )
            if all(mark in seen for mark in marks):
                self.found.unused.append((finding.origin.path, finding.origin.text, "tells the same as another finding"))
                continue
            seen.update(marks)
            yield finding

    def _test(self, finding: TestFinding) -> None:
        test = self.model.knowledge.test[finding.test]
        if finding.value == "positive" and any(f.present and f.item in test.explained_by for f in self.case.history):
            self.found.unused.append((finding.origin.path, finding.origin.text, "to be expected after what happened"))
            return
        if finding.value == "equivocal":
            self.found.unused.append((finding.origin.path, finding.origin.text, "equivocal: counts neither way"))
            return
        positive = finding.value == "positive"
        by, base = self._where_nothing_hurts(test, finding)
        reads = {
            part: 1.0 for part in finding.parts if part in self.model.knowledge.muscle or part in self.model.knowledge.movement
        } or dict(test.reads)
        if test.reads:
            table = np.stack([tables.reading(test.threshold, test.when_weak, test.when_strong)] * 2)
            rate = self.model.by_pattern(test.by, 0.0, 0.0) if test.by else {}
            reading = self.model.readings.motor(reads)
            self._add(
                finding,
                "test",
                finding.side,
                lambda key: _read_test(MotorTerm(key, reading, table, rate, needle=test.kind == "wasting"), positive),
            )
        elif test.sided:
            self._add(finding, "test", finding.side, lambda key: RateTerm(key, self._sided_rate(by, base, positive)))
        else:
            self._add(finding, "test", None, lambda key: RowTerm(key, self._row_rate(test.by, test.base, positive), positive))

    def _where_nothing_hurts(self, test: Test, finding: TestFinding) -> tuple[dict[str, float], float]:
        """The test's rates. In a person without pain a tension test is mostly negative, and says so a second time."""
        hurts_not = any(f.present and not f.past and f.item in PAINLESS for f in self.case.history)
        if test.kind != "tension" or finding.value != "negative" or not hurts_not:
            return dict(test.by), test.base
        return {name: rate * WITHOUT_PAIN for name, rate in test.by.items()}, test.base * WITHOUT_PAIN

    def _sided_rate(self, by: dict[str, float], base: float, positive: bool) -> dict[str, float]:
        return _sided_rates(self.model, tuple(by.items()), base, positive)

    def _row_rate(self, by: dict[str, float], base: float, positive: bool) -> Array:
        found = bounded(self.model.by_lesion(by, base), base, SIGN_BOUND)[self.model.rows.lesion]
        return found if positive else 1.0 - found


@lru_cache(maxsize=MOST_RATES)
def _sided_rates(model: Model, by: tuple[tuple[str, float], ...], base: float, positive: bool) -> dict[str, float]:
    rates = model.by_pattern(dict(by), base, unaffected(dict(by), base))
    bound = bounded(np.array(list(rates.values())), base, SIGN_BOUND).tolist()
    return {name: value if positive else 1.0 - value for name, value in zip(rates, bound, strict=True)}


def habit(arc: Reflex) -> float:
    """How often healthy people lack a reflex; the ankle's absence is part of the background that both sides share."""
    return 0.0 if arc.id == "ankle" else round(max(0.0, arc.absent_when_old - 0.05), 2)


def _power_rows(power: Power, reserve: float) -> tuple[Array, dict[str, float], tuple[Array, ...]]:
    """P(this value | kept) by reliability, (2, GRID), no rate, and the same of the other grades. 5- lies half way between the bands
    4 and 5.
    """
    table = tables.power(reserve)
    if power.value != "graded":
        return table[:, tables.POWER_VALUES.index(power.value)], {}, ()
    grade = 5.0 if power.grade is None else power.grade
    if grade == 4.75:
        return 0.5 * (table[:, 4] + table[:, 5]), {}, ()
    band = 3 if 2.5 < grade < 3.6 else int(np.floor(grade + 0.26))
    return table[:, band], {}, tuple(table[:, other] for other in range(len(tables.BANDS)) if other != band)


def _read_test(term: MotorTerm, positive: bool) -> SideTerm:
    return term if positive else AbsentTestTerm(term.key, term)


def observe(model: Model, case: Case) -> Evidence:
    """Every finding of the case as a term of the model."""
    return Observer(model, case).evidence()


def without(evidence: Evidence, keys: frozenset[str]) -> Evidence:
    """The evidence without some of its findings."""
    return _kept(evidence, lambda key: key not in keys)


def only(evidence: Evidence, keys: frozenset[str]) -> Evidence:
    """Some of the evidence's findings alone."""
    return _kept(evidence, lambda key: key in keys)


def _kept(evidence: Evidence, keep: Callable[[str], bool]) -> Evidence:
    return Evidence(
        left=[t for t in evidence.left if keep(t.key)],
        right=[t for t in evidence.right if keep(t.key)],
        mid=[t for t in evidence.mid if keep(t.key)],
        rows=[t for t in evidence.rows if keep(t.key)],
        labels=evidence.labels,
    )
