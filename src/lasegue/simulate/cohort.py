"""Simulated patients: a lesion by its prior, a body that varies, an examiner who errs, a note that leaves things out.

Every value is drawn from the tables that inference reads, so that a probability that inference gives is right as often as it says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lasegue.case import Case
from lasegue.inference.posterior import DEFAULT_SETTING
from lasegue.model import LOSSES, UNLISTED, Model, model
from lasegue.simulate.findings import joined
from lasegue.simulate.population import SEXES, People, people
from lasegue.simulate.protocol import NOT_TESTED, ONSET_COLUMN, OTHER_SIDE, THOROUGH, Item
from lasegue.simulate.sampling import Ints, Tables, tables
from lasegue.simulate.states import States, addresses, draw_rows, draw_states, pick

COMPLAINTS: Final = ("left", "right", "bilateral")
DIABETES: Final = "history.diabetes"
AGE_BAND: Final = 10
FEWEST: Final = 200
"""Drawn at a time, so that what the model does not hold finds its like."""
Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Patients as columns. `columns` hold the code of each finding's value (-1 not tested); `values` says what the codes mean.

    `row` is the true row of the model, `kind` the kind of person (age and sex) in the setting's people. `motor` and `sensory` are
    the true shares of fibres lost on the near side, before the lesion's own share.
    """

    setting: str
    items: tuple[Item, ...]
    age: NDArray[np.int16]
    sex: NDArray[np.int8]
    complaint: Ints
    columns: dict[str, Codes]
    kind: Ints
    row: Ints
    motor: NDArray[np.float64]
    sensory: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.row)

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """What the codes of each column mean."""
        return {item.name: item.finding.values for item in self.items}


def draw(n: int, seed: int, setting: str = DEFAULT_SETTING, *, only: NDArray[np.bool_] | None = None) -> Cohort:
    """Simulated patients of a setting; with `only` (rows,) of some rows alone. The same seed gives the same patients."""
    rng = np.random.default_rng(seed)
    found = [_draw(rng, max(n, FEWEST), setting, only)]
    while sum(map(len, found)) < n:
        found.append(_draw(rng, FEWEST, setting, only))
    return _first(found, n)


def _draw(rng: np.random.Generator, n: int, setting: str, only: NDArray[np.bool_] | None) -> Cohort:
    """Patients out of `n`: those that are no longer met by the time their note gives are left out."""
    anatomy, drawn, group = model(), tables(), people(setting)
    kind, row = draw_rows(rng, group, n, only)
    states = draw_states(rng, anatomy, drawn, kind, row)
    columns = _columns(rng, anatomy, drawn, group, states)
    _mix_unlisted(rng, anatomy, group, states, columns)
    _leave_out(rng, drawn, states.complaint, columns)
    met = _met(rng, drawn, states, columns[ONSET_COLUMN])
    return Cohort(
        setting=setting,
        items=tuple(one.item for one in drawn.items),
        age=group.age[kind][met],
        sex=group.sex[kind][met],
        complaint=states.complaint[met],
        columns={name: codes[met] for name, codes in columns.items()},
        kind=kind[met],
        row=row[met],
        motor=LOSSES[states.motor][met],
        sensory=LOSSES[states.sensory][met],
    )


def _met(rng: np.random.Generator, drawn: Tables, states: States, onset: Codes) -> NDArray[np.bool_]:
    """Who is still seen with these patterns, each side asked, so long after an onset that is written down."""
    left, right = (np.where(onset == NOT_TESTED, 1.0, drawn.stage[onset, half.pattern]) for half in states.halves)
    return np.asarray(rng.random(len(onset)) < left * right)


def _first(parts: list[Cohort], n: int) -> Cohort:
    """The first `n` patients of several cohorts of one setting."""
    names = ("age", "sex", "complaint", "kind", "row", "motor", "sensory")
    patients: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts])[:n] for name in names}
    columns = {name: np.concatenate([part.columns[name] for part in parts])[:n] for name in parts[0].columns}
    return replace(parts[0], columns=columns, **patients)


def _columns(rng: np.random.Generator, anatomy: Model, drawn: Tables, group: People, states: States) -> dict[str, Codes]:
    """Every finding of every patient. Diabetes comes first, for it changes what is healthy."""
    rows = len(anatomy.rows.side)
    followed = np.where(states.complaint == COMPLAINTS.index("right"), rows, 0)
    told = {"w": states.row, "sw": states.row + followed}
    found = {one.item.name: one.draw(rng, told[one.axes]) for one in drawn.items if one.axes in told}
    background = _background(rng, group, states.kind, found[DIABETES])
    body = [addresses(anatomy, half, background) for half in states.halves]
    middle = ((states.variant * len(LOSSES) + states.motor) * len(LOSSES) + states.sensory) * 3 + background
    for one in drawn.items:
        if one.axes not in told:
            place = middle if one.axes == "vabc" else body[0 if one.item.side == "left" else 1][one.axes]
            found[one.item.name] = one.draw(rng, place)
    return {one.item.name: found[one.item.name] for one in drawn.items}


def _background(rng: np.random.Generator, group: People, kind: Ints, diabetes: Codes) -> Ints:
    edges = np.cumsum(group.background, axis=2)[diabetes, kind]
    return np.asarray((rng.random(len(kind))[:, None] >= edges[:, :-1]).sum(axis=1))


def _mix_unlisted(rng: np.random.Generator, anatomy: Model, group: People, states: States, columns: dict[str, Codes]) -> None:
    """What the model does not hold shows each finding at its rate in general: each comes from another patient of like age and sex."""
    unlisted = np.array([anatomy.lesions[k].id == UNLISTED for k in anatomy.rows.lesion])[states.row]
    like = group.age[states.kind] // AGE_BAND * 2 + group.sex[states.kind]
    for band in np.unique(like[unlisted]):
        takers = np.flatnonzero(unlisted & (like == band))
        donors = np.flatnonzero(~unlisted & (like == band))
        if not len(donors):
            donors = np.flatnonzero(~unlisted)
        if len(donors):
            for codes in columns.values():
                codes[takers] = codes[donors[rng.integers(len(donors), size=len(takers))]]


def _leave_out(rng: np.random.Generator, drawn: Tables, complaint: Ints, columns: dict[str, Codes]) -> None:
    """What the note does not say. It depends on the note and on the side complained of, never on what was found."""
    thorough = np.array([factor for _, factor in THOROUGH])[pick(rng, np.array([share for share, _ in THOROUGH]), len(complaint))]
    for one in drawn.items:
        item = one.item
        if item.written >= 1.0:
            continue
        chance = item.written * thorough
        if item.side:
            spared = complaint == COMPLAINTS.index("right" if item.side == "left" else "left")
            chance = np.where(spared, OTHER_SIDE * chance, chance)
        columns[item.name][rng.random(len(complaint)) >= chance] = NOT_TESTED


def cases(cohort: Cohort) -> Iterator[Case]:
    """Each patient as a case that inference reads; `gold` holds the true lesion and side."""
    anatomy = model()
    for number in range(len(cohort)):
        yield _case(cohort, anatomy, number)


def _case(cohort: Cohort, anatomy: Model, number: int) -> Case:
    side: Any = COMPLAINTS[cohort.complaint[number]]
    follows: Any = "right" if side == "right" else "left"
    codes = ((item, int(cohort.columns[item.name][number])) for item in cohort.items)
    parts = (i.finding.case(i.finding.values[c], follows if i.follows else i.side, i.name) for i, c in codes if c != NOT_TESTED)
    row = int(cohort.row[number])
    return joined(
        parts,
        id=f"simulated-{number}",
        age=float(cohort.age[number]),
        sex=SEXES[cohort.sex[number]],
        side=side,
        setting=cohort.setting,
        gold={"lesions": [anatomy.lesions[anatomy.rows.lesion[row]].id], "side": anatomy.rows.side[row]},
    )


def cohort_table(cohort: Cohort) -> dict[str, list[Any]]:
    """The cohort in words, one list a column: the person, what was found ("" is not tested), and the truth.

    What follows the complaint stands in the column of its side, that of the left where both legs are complained of.
    """
    anatomy = model()
    found: dict[str, list[Any]] = {
        "age": cohort.age.tolist(),
        "sex": [SEXES[s] for s in cohort.sex],
        "side": [COMPLAINTS[s] for s in cohort.complaint],
        "setting": [cohort.setting] * len(cohort),
    }
    right = cohort.complaint == COMPLAINTS.index("right")
    for item in cohort.items:
        words, codes = np.array([*item.finding.values, ""]), cohort.columns[item.name]
        sides = {f"left.{item.name}": ~right, f"right.{item.name}": right} if item.follows else {item.name: np.ones(len(cohort), bool)}
        found |= {name: words[np.where(here, codes, NOT_TESTED)].tolist() for name, here in sides.items()}
    found["true.lesion"] = [anatomy.lesions[k].id for k in anatomy.rows.lesion[cohort.row]]
    found["true.side"] = [anatomy.rows.side[r] for r in cohort.row]
    found["true.motor_loss"] = cohort.motor.tolist()
    found["true.sensory_loss"] = cohort.sensory.tolist()
    return found
