"""One side of the body by brute force: the oracle's own wiring, survival and likelihoods.

What is shared with the engine is the definition of a finding: the tables P(value | kept), and the terms of a case with the
strands that they read. Paths, weights, survival and mixing are written a second time here, from what the records and the
docstrings say.

A side is an array over (motor loss, sensory loss, anatomy, map, background, reliability of power, of sensation).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import exp

import numpy as np
from numpy.typing import NDArray

from lasegue.knowledge import Knowledge
from lasegue.knowledge.lesion import Pattern
from lasegue.knowledge.records import Nerve
from lasegue.model import Model, tables
from lasegue.model.observe import SideTerm
from lasegue.model.patterns import MODALITIES, SPHINCTER_NERVES
from lasegue.model.terms import (
    ARC_FOR_BRISK,
    STATEMENT_TRUST,
    AbsentTestTerm,
    MidTerm,
    MotorTerm,
    NeedleTerm,
    PotentialTerm,
    RateTerm,
    Reading,
    ReflexTerm,
    SenseTerm,
    SomewhereTerm,
    StatementTerm,
)
from lasegue.wiring import ANATOMIES, ANATOMY_SHARE, MAP_SHARE, MAPS, ROOTS

Array = NDArray[np.float64]
LEVELS = (0.0, 0.30, 0.55, 0.80, 0.97)
PAIR_LEVELS = (0.0, 0.55, 0.80)
SCREEN_LEVELS = (0.55,)
FALLS_IN = (0, 1, 1, 2, 2)  # which level of a pair each of the five becomes
REASSURANCE = 0.25
TYPICAL = next(n for n, kind in enumerate(ANATOMIES) if kind == (1.0, 0.0))

# -- wiring ------------------------------------------------------------------------------------------------------------


def way(known: Knowledge, nerve: Nerve, goal: str, root: str, skin: bool) -> set[str]:
    """All segments that one root's fibres to a muscle or a cutaneous branch run through."""
    ramus = "dorsal" if nerve.plexus == "dorsal_ramus" else "ventral"
    crossed = {f"root.{root}", f"{ramus}.{root}"} | ({f"ganglion.{root}"} if skin else set())
    if nerve.plexus == "lumbar":
        crossed.add("plexus.lumbar")
    if nerve.plexus == "sacral":
        crossed.add("plexus.sacral")
        if root in ("L4", "L5"):
            crossed.add("plexus.lumbosacral_trunk")
    at, kind = nerve, "skin" if skin else "muscle"
    while True:
        for step in at.course:
            if getattr(step, kind) == goal:
                break
            if step.site:
                crossed.add(f"{at.id}.{step.site}")
        if at.parent is None:
            return crossed
        at, goal, kind = known.nerve[at.parent], at.id, "nerve"


def person(shares: Array, sharp: float, shift: float) -> Array:
    """Root shares of someone whose plexus stands `shift` lower and in whom one root leads by `sharp`."""
    moved = np.zeros(len(ROOTS))
    for r, share in enumerate(shares):
        to = min(max(r + int(np.sign(shift)), 0), len(ROOTS) - 1)
        moved[r] += share * (1 - abs(shift))
        moved[to] += share * abs(shift)
    moved = moved**sharp
    return moved / moved.sum() if moved.sum() > 0 else moved


def by_root(shares: dict[str, float]) -> Array:
    whole = sum(shares.values())
    return np.array([shares.get(root, 0.0) / whole for root in ROOTS])


def joint_shares(known: Knowledge, branches: dict[str, float], roots: Array) -> Array:
    """(branches, roots) with these margins, fitted over the roots that run in each branch; where none fits, all are allowed."""
    size = np.array(list(branches.values())) / sum(branches.values())
    cells = np.array([[float(root in known.skin_branch[b].roots) for root in ROOTS] for b in branches]) * (size > 0)[:, None]
    for r in range(len(ROOTS)):
        if cells[:, r].sum() == 0:
            cells[:, r] = size > 0
    cells *= roots > 0
    for b in range(len(size)):
        if cells[b].sum() == 0 and size[b] > 0:
            cells[b] = roots > 0
    for _ in range(200):
        columns = cells.sum(axis=0)
        cells *= np.where(columns > 0, roots / np.where(columns > 0, columns, 1.0), 0.0)
        lines = cells.sum(axis=1)
        cells *= np.where(lines > 0, size / np.where(lines > 0, lines, 1.0), 0.0)[:, None]
    return cells


def at_muscle(known: Knowledge, acts: Pattern, name: str) -> float:
    """Share of a muscle that a pattern takes at the muscle itself: the largest of all that applies."""
    if name.startswith("reflex."):
        arc = known.reflex[name.removeprefix("reflex.")]
        return acts.arcs * sum(share * at_muscle(known, acts, effector) for effector, share in arc.effectors.items())
    muscle, lost = known.muscle[name], acts.losses
    if muscle.nerve in SPHINCTER_NERVES:
        return max(acts.sphincters, lost.get(name, 0.0))
    found = [lost.get(name, 0.0), lost.get("muscles", 0.0), lost.get("muscles.upper_motor", 0.0) * muscle.upper_motor]
    found += [lost.get("muscles.proximal", 0.0) * muscle.proximal, lost.get("muscles.distal", 0.0) * (1 - muscle.proximal)]
    found += [lost.get(f"movement.{m.id}", 0.0) for m in known.movements if m.muscles.get(name, 0.0) >= 0.05]
    if acts.length:
        found.append(acts.length.motor / (1 + exp((acts.length.from_cm - muscle.length_cm) / acts.length.width_cm)))
    return min(1.0, max(found))


def at_skin(known: Knowledge, acts: Pattern, name: str) -> float:
    """Share of a patch of skin that a pattern takes at the skin itself."""
    site = known.skin_site[name]
    found = [acts.losses.get(name, 0.0), acts.losses.get("skin.saddle" if site.midline else "skin", 0.0)]
    if acts.length:
        found.append(acts.length.sensory / (1 + exp((acts.length.from_cm - site.length_cm) / acts.length.width_cm)))
    return min(1.0, max(found))


# -- one side of the body ----


@dataclass(frozen=True)
class Hurt:
    """What one or two patterns do to one side. `x` is the place of a level, or of a pair of levels, first pattern first."""

    names: tuple[str, ...]
    acts: tuple[Pattern, ...]
    levels: tuple[float, ...]
    anatomies: tuple[int, ...]
    maps: tuple[int, ...]
    anatomy_share: Array
    map_share: Array

    @property
    def x(self) -> list[tuple[float, ...]]:
        return list(product(self.levels, repeat=len(self.acts)))


class Sides:
    """What every pattern, and every two patterns, say of one side's findings and of the midline's."""

    def __init__(self, model: Model) -> None:
        self.known, self.map_ = model.knowledge, model.map_
        self.acts = {p.id: p.acts for p in self.known.patterns}
        self.cells = {site.id: self._cells(site.branches, site.maps) for site in self.known.skin_sites}
        motor = model.wiring.motor
        self.motor = [self._muscle_strand(t, m, r) for t, m, r in zip(motor.targets, motor.branches, motor.roots, strict=True)]
        skin = model.wiring.skin
        self.skin = [self._skin_strand(t, b, r) for t, b, r in zip(skin.targets, skin.branches, skin.roots, strict=True)]
        self.weights = {kind: np.stack([w.T for _, _, w in strands]) for kind, strands in (("motor", self.motor), ("skin", self.skin))}
        self.done: dict[
            tuple[int, tuple[str, ...], tuple[float, ...]], tuple[SideTerm, Array]
        ] = {}  # holds the term, so that ids stay its own
        self.survivals: dict[tuple[str, str, tuple[float, ...]], Array] = {}

    def _cells(self, branches: dict[str, float], maps: dict[str, dict[str, float]]) -> list[Array]:
        return [joint_shares(self.known, branches, by_root(maps.get(m) or maps["consensus"])) for m in MAPS]

    def _muscle_strand(self, target: str, name: str, root: str) -> tuple[str, set[str], Array]:
        """Target, segments crossed and weight (maps, anatomies) of one strand: to a muscle, or to one effector of a reflex arc."""
        muscle, part, roots = self.known.muscle[name], 1.0, self.known.muscle[name].roots
        if target.startswith("reflex."):
            arc = self.known.reflex[target.removeprefix("reflex.")]
            part, roots = arc.effectors[name] / sum(arc.effectors.values()), arc.roots
        weight = [part * person(by_root(roots), *kind)[ROOTS.index(root)] for kind in ANATOMIES]
        return target, way(self.known, self.known.nerve[muscle.nerve], name, root, skin=False), np.array([weight] * len(MAPS))

    def _skin_strand(self, target: str, branch: str, root: str) -> tuple[str, set[str], Array]:
        place = list(self.known.skin_site[target].branches).index(branch)
        lines = [cells[place] for cells in self.cells[target]]
        weight = [[line.sum() * person(line, *kind)[ROOTS.index(root)] for kind in ANATOMIES] for line in lines]
        nerve = self.known.nerve[self.known.skin_branch[branch].nerve]
        return target, way(self.known, nerve, branch, root, skin=True), np.array(weight)

    def alone(self, name: str) -> Hurt:
        """One pattern at five levels; only if it cuts where roots are still apart does it see anatomy and map."""
        proximal = any(cut.split(".")[0] in ("root", "ganglion", "ventral", "dorsal", "plexus") for cut in self.acts[name].cuts)
        if not proximal:
            return self._hurt((name,), LEVELS, (TYPICAL,), (0,))
        maps = (MAPS.index(self.map_),) if self.map_ else tuple(range(len(MAPS)))
        return self._hurt((name,), LEVELS, tuple(range(len(ANATOMIES))), maps)

    def simple(self, names: tuple[str, ...], levels: tuple[float, ...] = PAIR_LEVELS) -> Hurt:
        """The patterns of a pair of lesions: the typical person, the first map, few levels."""
        return self._hurt(names, levels, (TYPICAL,), (MAPS.index(self.map_) if self.map_ else 0,))

    def _hurt(self, names: tuple[str, ...], levels: tuple[float, ...], people: tuple[int, ...], maps: tuple[int, ...]) -> Hurt:
        share, map_share = ANATOMY_SHARE[list(people)], MAP_SHARE[list(maps)]
        acts = tuple(self.acts[name] for name in names)
        return Hurt(names, acts, levels, people, maps, share / share.sum(), map_share / map_share.sum())

    def survival(self, kind: str, name: str, levels: tuple[float, ...]) -> Array:
        """What a pattern leaves of every strand: (levels, strands). A sensory `potential` does not see the roots."""
        key = (kind, name, levels)
        if key not in self.survivals:
            acts, strands = self.acts[name], self.motor if kind in ("motor", "needle") else self.skin
            at_target = at_muscle if kind in ("motor", "needle") else at_skin
            lost = {target: at_target(self.known, acts, target) for target in {target for target, _, _ in strands}}
            silent = kind in ("needle", "potential") and not acts.electric
            if silent:
                lost = dict.fromkeys(lost, 0.0)
            table = 1 - np.outer(levels, [lost[target] for target, _, _ in strands])
            for cut, share in acts.cuts.items():
                if not silent and not (kind == "potential" and cut.startswith("root.")):
                    table *= 1 - np.outer(levels, [share * (cut in crossed) for _, crossed, _ in strands])
            self.survivals[key] = table
        return self.survivals[key]

    def kept(self, reading: Reading, kind: str, hurt: Hurt) -> Array:
        """What is kept of a reading: (x, anatomies, maps)."""
        everyone = self.weights["motor" if kind in ("motor", "needle") else "skin"][reading.strands] * reading.shares[:, None, None]
        weight = everyone[:, list(hurt.anatomies)][:, :, list(hurt.maps)]
        left = self.survival(kind, hurt.names[0], hurt.levels)[:, reading.strands]
        if len(hurt.names) == 2:
            other = self.survival(kind, hurt.names[1], hurt.levels)[:, reading.strands]
            left = np.concatenate([one * other for one in left])
        return (weight[None] * left[:, :, None, None]).sum(axis=1) + reading.spared

    # axes of a factor: motor x, sensory x, anatomy, map, background, reliability of power, of sensation

    def factor(self, term: SideTerm, hurt: Hurt) -> Array:
        """P(finding | state), worked out once."""
        key = (id(term), hurt.names, hurt.levels)
        if key not in self.done:
            self.done[key] = (term, self._factor(term, hurt))
        return self.done[key][1]

    def _factor(self, term: SideTerm, hurt: Hurt) -> Array:
        if isinstance(term, RateTerm):
            return np.array(max(term.rate[name] for name in hurt.names)).reshape((1,) * 7)
        if isinstance(term, SenseTerm):
            return self._sense(term, hurt)
        if isinstance(term, ReflexTerm):
            return self._reflex(term, hurt)
        if isinstance(term, PotentialTerm):
            kept = self.kept(term.reading, "potential", hurt)[None, :, :, :, None] * term.reading.background
            table = tables.potential() if term.lost else 1 - tables.potential()
            return np.asarray(table[tables.index(kept)][..., None, None])
        return self._strength(term, hurt)

    def _strength(self, term: SideTerm, hurt: Hurt) -> Array:
        if isinstance(term, AbsentTestTerm):
            return 1 - self.factor(term.positive, hurt)
        if isinstance(term, MotorTerm):
            found = self._muscles([term.reading], term.table, hurt, "needle" if term.needle else "motor")
            rate = max(term.rate[name] for name in hurt.names) if term.rate else 0.0
            return 1 - (1 - found) * (1 - rate)
        if isinstance(term, StatementTerm):
            whole = np.ones((1,) * 7)
            for reading, reserve in term.readings:
                full = tables.power(reserve)[:, 5] + 0.6 * tables.power(reserve)[:, 4]
                whole = whole * self._muscles([reading], full, hurt)
            return STATEMENT_TRUST * whole + 1 - STATEMENT_TRUST
        if isinstance(term, SomewhereTerm):
            return self._muscles(list(term.readings), term.table, hurt)
        assert isinstance(term, NeedleTerm)
        table = term.informative * tables.denervation() + (1 - term.informative) * 0.1
        return self._muscles([term.reading], np.stack([table if term.denervated else 1 - table]), hurt, "needle")

    def _muscles(self, readings: list[Reading], by_reliability: Array, hurt: Hurt, kind: str = "motor") -> Array:
        """The weakest of some readings of muscles, through a table."""
        kept = np.min([self.kept(r, kind, hurt)[:, None, :, :, None] * r.background for r in readings], axis=0)
        return np.moveaxis(by_reliability[:, tables.index(kept)], 0, -1)[..., None]

    def _sense(self, term: SenseTerm, hurt: Hurt) -> Array:
        lost = (1 - self.kept(term.reading, "skin", hurt)) * loss_scale(hurt, term.modalities)
        at = tables.index((1 - lost)[None, :, :, :, None] * term.reading.background)
        irritated = max(term.irritates[name] for name in hurt.names) * (lost[-1] / LEVELS[-1])[None, None, :, :, None] * np.ones(at.shape)
        if term.value == "paraesthesia":
            return (0.05 + 0.85 * irritated)[..., None, None]
        if term.value == "hyperalgesia":
            return (0.02 + 0.40 * irritated)[..., None, None]
        if term.source == "reported" and term.value != "normal":
            return (1 - (1 - tables.numb()[at]) * (1 - 0.5 * irritated))[..., None, None]
        by_reliability = tables.sense()[:, ("normal", "reduced", "absent").index(term.value)]
        return np.moveaxis(by_reliability[:, at], 0, -1)[..., None, :]

    def _reflex(self, term: ReflexTerm, hurt: Hurt) -> Array:
        name = self.known.reflexes[term.column].id
        effector = self.kept(term.effector, "motor", hurt)[:, None]
        if term.afferent_skin is None:
            afferent = self.kept(term.effector, "motor", hurt)
        else:  # the first map speaks for all
            afferent = self.kept(term.afferent_skin, "skin", hurt)[:, :, :1]
        through = [np.prod([1 - act.reflex_losses.get(name, 0.0) * level for act, level in zip(hurt.acts, x, strict=True)]) for x in hurt.x]
        arc = effector * (afferent * np.array(through)[:, None, None])[None]
        arc = arc[..., None] * term.effector.background
        if term.plantar:
            change = max(act.upgoing for act in hurt.acts) * np.ones(arc.shape)
            plain, changed = tables.plantar()[term.value], tables.EXTENSOR[term.value]
        else:
            change = max(act.brisk.get(name, 0.0) for act in hurt.acts) * np.minimum(1.0, arc / ARC_FOR_BRISK)
            plain, changed = tables.reflex(term.habit, term.brisk_rate)[term.value], tables.EXAGGERATED[term.value]
        return ((1 - change) * plain[tables.index(arc)] + change * changed)[..., None, None]

    def side(self, terms: Sequence[SideTerm], hurt: Hurt) -> Array:
        """P(findings of one side | levels, background), summed over every state that the side has to itself: (motor x, sensory x, 3)."""
        size = len(hurt.x)
        state = np.ones((size, size, len(hurt.anatomies), len(hurt.maps), 3, 2, 2))
        for term in terms:
            state *= self.factor(term, hurt)
        state *= hurt.anatomy_share[:, None, None, None, None] * hurt.map_share[:, None, None, None]
        state *= np.array(tables.RELIABILITY_POWER)[:, None] * np.array(tables.RELIABILITY_SENSE)
        return np.asarray(state.sum(axis=(2, 3, 5, 6)))

    def midline(self, term: MidTerm, hurt: Hurt) -> Array:
        """What one pattern leaves of one half of the midline, in the typical person under the first map: (x,)."""
        kept = self.kept(term.reading, "skin" if term.skin else "motor", hurt)[:, hurt.anatomies.index(TYPICAL), 0]
        return 1 - (1 - kept) * loss_scale(hurt, term.modalities) if term.skin else kept


def told_by_midline(terms: Sequence[MidTerm], halves: Sequence[Array], intact: Sequence[float]) -> Array:
    """P(midline findings | levels of the near side, background): (motor x, sensory x, 3).

    `halves` is what each term's left and right half keep, (2, x); the midline keeps their mean. `intact` is each finding's
    rate under this lesion while all is kept. Normal findings together are mixed with what they would be in the healthy.
    """
    told, normal, healthy = np.ones((1, 1, 3)), np.ones((1, 1, 3)), np.ones(3)
    for term, half, rate in zip(terms, halves, intact, strict=True):
        both = half.mean(axis=0)
        lost = term.lost[tables.index((both[None, :, None] if term.skin else both[:, None, None]) * term.reading.background)]
        found = rate * (1 - lost) + term.when_lost * lost
        if term.normal:
            lost = term.lost[tables.index(term.reading.background)]
            normal, healthy = normal * found, healthy * (term.healthy * (1 - lost) + term.when_lost * lost)
        else:
            told = told * found
    return np.asarray(told * ((1 - REASSURANCE) * normal + REASSURANCE * healthy))


def loss_scale(hurt: Hurt, modalities: tuple[str, ...]) -> float:
    """How far sensory loss shows in these modalities: their mean, or the worst where none is named; the worse of two patterns.

    Two patterns are taken modality by modality.
    """
    worst = [max(act.modality.get(m, 1.0) for act in hurt.acts) for m in MODALITIES]
    return float(np.mean([worst[MODALITIES.index(m)] for m in modalities])) if modalities else max(worst)
