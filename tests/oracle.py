"""The model once more, by brute force: every state of every hypothesis enumerated, nothing factorised.

Hypotheses, priors, both sides together, the midline, pairs and the open world; one side is in `oracle_sides`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from lasegue.case import Case
from lasegue.inference import Pair
from lasegue.knowledge import Knowledge
from lasegue.knowledge.lesion import Lesion
from lasegue.model import Model
from lasegue.model.observe import Evidence
from lasegue.model.rows import KIN, SPINAL
from oracle_sides import FALLS_IN, SCREEN_LEVELS, Array, Sides, told_by_midline


@dataclass(frozen=True)
class Form:
    """One variant of a row, by pattern names."""

    left: str
    right: str
    near_is_left: bool
    share: float


@dataclass(frozen=True)
class Row:
    lesion: Lesion
    side: str
    share: float
    forms: tuple[Form, ...]


def forms_of(lesion: Lesion, side: str) -> tuple[Form, ...]:
    ways: list[tuple[str, str, bool, float]] = []
    if side == "bilateral":
        for v in lesion.both:  # either side may be the near one
            ways += [(v.near, v.far, True, v.weight / 2), (v.far, v.near, False, v.weight / 2)]
    else:
        for v in lesion.one_sided:
            ways.append((v.near, v.far, True, v.weight) if side == "left" else (v.far, v.near, False, v.weight))
    whole = sum(weight for *_, weight in ways)
    return tuple(Form(left, right, near, weight / whole) for left, right, near, weight in ways)


def rows_of(known: Knowledge) -> list[Row]:
    rows = []
    for lesion in known.lesions:
        both = lesion.bilateral
        if not lesion.both:
            both = 0.0
        elif not lesion.one_sided:
            both = 1.0
        for side, share in (("left", (1 - both) / 2), ("right", (1 - both) / 2), ("bilateral", both)):
            if share > 0:
                rows.append(Row(lesion, side, share, forms_of(lesion, side)))
    return rows


def severity(lesion: Lesion) -> Array:
    """P(motor level, sensory level)."""
    table = np.zeros((5, 5))
    for level, share in enumerate(lesion.severity.levels):
        less = level - 2 if level >= 2 else 0
        for motor, sensory, part in (
            (level, level, 1 - lesion.severity.motor - lesion.severity.sensory),
            (level, less, lesion.severity.motor),
            (less, level, lesion.severity.sensory),
        ):
            table[motor, sensory] += share * part
    return table / table.sum()


def prior_of(rows: list[Row], case: Case, setting: str) -> Array:
    prior = np.array([row.share * row.lesion.prior[setting] for row in rows])
    for r, row in enumerate(rows):
        if case.age is not None:
            prior[r] *= np.interp(case.age, [22.0, 40.0, 57.0, 72.0, 86.0], row.lesion.age)
        if case.sex is not None:
            prior[r] *= 2 * (row.lesion.male if case.sex == "M" else 1 - row.lesion.male)
    return prior / prior.sum()


def backgrounds(case: Case) -> Array:
    age = 50.0 if case.age is None else case.age
    diabetes = any(f.item == "diabetes" and f.present for f in case.history)
    constitutional = np.interp(age, [45, 60, 70, 80, 90], [0.03, 0.10, 0.20, 0.28, 0.33])
    mild = np.interp(age, [40, 60, 75], [0.01, 0.04, 0.08]) + 0.2 * diabetes
    return np.array([1 - constitutional - mild, constitutional, mild])


def kin(lesion: str) -> str:
    first, _, rest = lesion.partition(".")
    if first == "nerve":
        nerve = rest.split(".")[0]
        return KIN.get(nerve, nerve)
    return SPINAL.get(first, lesion)


def may_meet(known: Knowledge, one: Row, two: Row) -> float:
    """How much oftener than by chance two rows meet; 0 if they cannot be two lesions."""
    a, b = one.lesion.id, two.lesion.id
    if a == b or {a, b} & {"unlisted", "none"}:
        return 0.0
    if kin(a) == kin(b) and {one.side, two.side} != {"left", "right"}:
        return 0.0
    times = 1.0
    for composite in known.composites:
        p, q = (f"{part}." for part in composite.parts)
        if any(f"{x}.".startswith(p) and f"{y}.".startswith(q) for x, y in ((a, b), (b, a))):
            times *= composite.times
    return times


# -- sums --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """P(row | findings), P(pair | findings) of the pairs asked for, and what they were made of."""

    probability: Array
    pair_probability: Array
    likelihood: Array
    pair_prior: Array
    pair_likelihood: Array
    population: dict[str, float]


class Oracle:
    """Brute force over one model's knowledge."""

    def __init__(self, model: Model) -> None:
        self.known = model.knowledge
        self.sides = Sides(model)
        self.rows = rows_of(model.knowledge)
        self.severity = {lesion.id: severity(lesion) for lesion in self.known.lesions}
        self.hurts = {name: self.sides.alone(name) for name in self.sides.acts}

    def posterior(self, case: Case, evidence: Evidence, setting: str, pairs: Sequence[Pair]) -> Found:
        """Every row, and these pairs."""
        self.sides.done.clear()
        prior, ground = prior_of(self.rows, case, setting), backgrounds(case)
        population = self.population(evidence, prior, ground)
        likelihood = self.row_likelihoods(evidence, ground)
        for r, row in enumerate(self.rows):
            if row.lesion.id == "unlisted":
                likelihood[r] = np.prod(list(population.values()))
        odds = np.array([self.pair_odds(prior, p.first, p.second) for p in pairs])
        both = np.array([self.pair_likelihood(evidence, ground, p.first, p.second) for p in pairs])
        whole = (prior * likelihood).sum() + (odds * both).sum()
        return Found(prior * likelihood / whole, odds * both / whole, likelihood, odds, both, population)

    def row_likelihoods(self, evidence: Evidence, ground: Array) -> Array:
        """P(findings | row): (rows,)."""
        left = {name: self.sides.side(evidence.left, hurt) for name, hurt in self.hurts.items()}
        right = {name: self.sides.side(evidence.right, hurt) for name, hurt in self.hurts.items()}
        halves = self._halves(evidence)
        found = np.zeros(len(self.rows))
        for r, row in enumerate(self.rows):
            chance = self.severity[row.lesion.id]
            same = np.eye(25).reshape(5, 5, 5, 5)
            joint = chance[:, :, None, None] * (row.lesion.coupling * same + (1 - row.lesion.coupling) * chance)
            for form in row.forms:
                near, far = (left[form.left], right[form.right]) if form.near_is_left else (right[form.right], left[form.left])
                middle = self._middle(evidence, halves, form, r)
                states = joint[..., None] * near[:, :, None, None] * far * middle[:, :, None, None] * ground
                found[r] += form.share * states.sum()
            for told in evidence.rows:
                found[r] *= told.rows[r]
        return found

    def _halves(self, evidence: Evidence) -> list[dict[str, Array]]:
        return [{name: self.sides.midline(term, hurt) for name, hurt in self.hurts.items()} for term in evidence.mid]

    def _middle(self, evidence: Evidence, halves: list[dict[str, Array]], form: Form, row: int) -> Array:
        kept = [np.stack([half[form.left], half[form.right]]) for half in halves]
        return told_by_midline(evidence.mid, kept, [float(term.when_kept[row]) for term in evidence.mid])

    def population(self, evidence: Evidence, prior: Array, ground: Array) -> dict[str, float]:
        """Each finding's own rate among all that is listed.

        Alone, a finding sees its side's severity only; near and far, severities have one distribution.
        """
        listed = np.array([row.lesion.id != "unlisted" for row in self.rows]) * prior
        listed /= listed.sum()
        found = {}
        for side in ("left", "right"):
            for term in evidence.side(side):
                rate = {name: (self.sides.side([term], hurt) * ground).sum(axis=2) for name, hurt in self.hurts.items()}
                found[term.key] = sum(
                    listed[r] * form.share * float((self.severity[row.lesion.id] * rate[getattr(form, side)]).sum())
                    for r, row in enumerate(self.rows)
                    for form in row.forms
                )
        for mid in evidence.mid:
            only = Evidence(mid=[mid])
            halves = self._halves(only)
            found[mid.key] = sum(
                listed[r]
                * form.share
                * float((self.severity[row.lesion.id][:, :, None] * self._middle(only, halves, form, r) * ground).sum())
                for r, row in enumerate(self.rows)
                for form in row.forms
            )
        for told in evidence.rows:
            found[told.key] = float((listed * told.rows).sum())
        return found

    # -- two lesions -------------------------------------------------------------------------------------------------------

    def pair_odds(self, prior: Array, first: int, second: int) -> float:
        """One of the two brought the person, the other lay there unnoticed."""
        one, two = self.rows[first], self.rows[second]
        lies = [row.share * row.lesion.prevalence for row in (one, two)]
        return float((prior[first] * lies[1] + prior[second] * lies[0]) * may_meet(self.known, one, two))

    def told(self, evidence: Evidence, first: int, second: int) -> float:
        """Each item of the story comes from the one or the other, with even odds."""
        return float(np.prod([(term.rows[first] + term.rows[second]) / 2 for term in evidence.rows]))

    def pair_likelihood(self, evidence: Evidence, ground: Array, first: int, second: int) -> float:
        """P(findings | both rows): severities of each lesion near and far, all variants of both, enumerated."""
        spread = [self._near_and_far(row) for row in (self.rows[first], self.rows[second])]
        cache: dict[tuple[str, str, str], Array] = {}
        total = 0.0
        for one, two in product(self.rows[first].forms, self.rows[second].forms):
            sides = []
            for name in ("left", "right"):
                key = (name, getattr(one, name), getattr(two, name))
                if key not in cache:
                    cache[key] = self.sides.side(evidence.side(name), self.sides.simple(key[1:])).reshape(3, 3, 3, 3, 3)
                sides.append(cache[key].transpose(0, 2, 1, 3, 4).reshape(9, 9, 3))
            middle = self._pair_middle(evidence, one, two, (first, second)).reshape(3, 3, 3, 3, 3).transpose(0, 2, 1, 3, 4).reshape(9, 9, 3)
            # axes: near and far severity of the first lesion, near and far of the second, background
            near_is_left = (one.near_is_left, two.near_is_left)
            left = sides[0].reshape(_places(list(near_is_left)))
            right = sides[1].reshape(_places([not near for near in near_is_left]))
            states = spread[0][:, :, None, None, None] * spread[1][:, :, None] * left * right * middle[:, None, :, None, :] * ground
            total += one.share * two.share * float(states.sum())
        return total * self.told(evidence, first, second)

    def _near_and_far(self, row: Row) -> Array:
        """P(near severity, far severity) at the three levels of a pair: (9, 9), motor level first."""
        chance = np.zeros((3, 3))
        for (a, b), share in np.ndenumerate(self.severity[row.lesion.id]):
            chance[FALLS_IN[a], FALLS_IN[b]] += share
        flat = chance.ravel()
        same = row.lesion.coupling
        return np.array([[p * (same * (n == m) + (1 - same) * q) for m, q in enumerate(flat)] for n, p in enumerate(flat)])

    def _pair_middle(self, evidence: Evidence, one: Form, two: Form, rows: tuple[int, int]) -> Array:
        kept = []
        for term in evidence.mid:
            halves = []
            for names in ((one.left, two.left), (one.right, two.right)):
                each = [self.sides.midline(term, self.sides.simple((name,))) for name in names]
                halves.append(np.outer(*each).ravel())
            kept.append(np.stack(halves))
        intact = [float(term.when_kept[list(rows)].mean()) for term in evidence.mid]
        return np.broadcast_to(told_by_midline(evidence.mid, kept, intact), (9, 9, 3))

    def screened(self, evidence: Evidence, prior: Array, first: int, second: int) -> float:
        """What the screening goes by: both in their commonest variant, whichever way round, at moderate loss without background."""
        odds = self.pair_odds(prior, first, second) * self.told(evidence, first, second)
        looks = []
        for row in (self.rows[first], self.rows[second]):
            form = max(row.forms, key=lambda form: form.share)
            looks.append([(form.left, form.right)] + ([(form.right, form.left)] if row.side == "bilateral" else []))
        best = 0.0
        for one, two in product(*looks) if odds > 0 else ():
            score = odds
            for side, names in zip(("left", "right"), zip(one, two, strict=True), strict=True):
                score *= float(self.sides.side(evidence.side(side), self.sides.simple(names, SCREEN_LEVELS))[0, 0, 0])
            best = max(best, score)
        return best


def _places(is_near: list[bool]) -> tuple[int, ...]:
    """Where a side's two severities stand among (near 1, far 1, near 2, far 2, background)."""
    return (*(size for near in is_near for size in ((9, 1) if near else (1, 9))), 3)
