"""From names of movements, muscles, skin sites and reflexes to the strands that are read."""

from functools import lru_cache
from typing import Final

import numpy as np

from lasegue.knowledge import Knowledge
from lasegue.knowledge.records import Movement
from lasegue.model.reading import Reading
from lasegue.wiring import ROOTS, TYPICAL, Array, Strands, Wiring
from lasegue.wiring.strands import REFLEX

MOST_KEPT: Final = 4096
"""Readings of each kind that are recalled."""
OWN, LOST_TRACK = 0.75, 0.05
"""An examiner who writes "L5 dermatome" means that band, or a neighbour's with the rest, or neither. The shares are of the skin that is
read; .75 gives about what a mixture of .65 for the band and .15 for each neighbour would (judgement).
"""
OWN_RANGE = 0.85
"""Of "L2 to L4" an error by one level spoils less."""


def _background(mild: float, constitutional: float) -> Array:
    return np.array([1.0, constitutional, mild])


def _length_factor(length_cm: float, depth: float) -> float:
    """What a mild length-dependent neuropathy leaves at a given length of nerve."""
    return float(1.0 - depth / (1.0 + np.exp((90.0 - length_cm) / 4.0)))


def _reading(strands: Strands, targets: dict[str, float], background: Array, spared: float = 0.0) -> Reading:
    total = sum(targets.values()) / (1.0 - spared)
    rows, shares = [], []
    for target, share in targets.items():
        found = strands.rows[target]
        rows.append(found)
        shares.append(np.full(len(found), share / total))
    return Reading(np.concatenate(rows), np.concatenate(shares), background, spared)


class Readings:
    """Readings of one knowledge and its wiring. What is read again is the same reading, so that others may recall what they know of it."""

    def __init__(self, knowledge: Knowledge, wiring: Wiring) -> None:
        self.knowledge = knowledge
        self.wiring = wiring

    def muscles_of(self, shares: dict[str, float]) -> dict[str, float]:
        """Shares of muscles behind shares of movements and muscles."""
        found: dict[str, float] = {}
        for name, share in shares.items():
            movement = self.knowledge.movement.get(name)
            parts = movement.muscles if movement else {name: 1.0}
            whole = sum(parts.values())
            for muscle, part in parts.items():
                found[muscle] = found.get(muscle, 0.0) + share * part / whole
        return found

    def reserve(self, shares: dict[str, float]) -> float:
        """The reserve of movements and muscles, averaged by share; a muscle named alone has that of the movement it leads."""
        return _reserve(self, tuple(shares.items()))

    def _reserve(self, shares: dict[str, float]) -> float:
        whole = sum(shares.values())
        found = 0.0
        for name, share in shares.items():
            movement = self.knowledge.movement.get(name) or self._led_by(name)
            found += share * (movement.reserve if movement else 0.05)
        return round(found / whole, 2)

    def _led_by(self, muscle: str) -> Movement | None:
        best = max(self.knowledge.movements, key=lambda m: m.muscles.get(muscle, 0.0))
        return best if best.muscles.get(muscle, 0.0) > 0 else None

    def motor(self, shares: dict[str, float]) -> Reading:
        """Power of movements or muscles."""
        return _motor(self, tuple(shares.items()))

    def _motor(self, shares: dict[str, float]) -> Reading:
        muscles = self.muscles_of(shares)
        whole = sum(muscles.values())
        length = sum(self.knowledge.muscle[m].length_cm * s for m, s in muscles.items()) / whole
        return _reading(self.wiring.motor, muscles, _background(_length_factor(length, 0.35), 1.0 - 0.04 * (length > 83.0)))

    def skin(self, sites: dict[str, float], modalities: tuple[str, ...] = (), spared: float = 0.0) -> Reading:
        """Sensation over sites."""
        return _skin(self, tuple(sites.items()), modalities, spared)

    def _skin(self, sites: dict[str, float], modalities: tuple[str, ...], spared: float) -> Reading:
        whole = sum(sites.values())
        length = sum(self.knowledge.skin_site[s].length_cm * w for s, w in sites.items()) / whole
        deep = bool(modalities) and set(modalities) <= {"vibration", "position"}
        old = 0.62 if "vibration" in modalities and length > 88.0 else 1.0
        return _reading(self.wiring.skin, sites, _background(_length_factor(length, 0.65 if deep else 0.5), old), spared)

    def dermatome(self, label: str, modalities: tuple[str, ...]) -> Reading:
        """The examiner's label of one dermatome or of several ("L2+L3"): mostly those bands, sometimes a neighbour's, sometimes none."""
        named = [root for root in ROOTS if root in label.split("+")]
        own = OWN if len(named) == 1 else OWN_RANGE
        bands = dict.fromkeys(named, own / len(named))
        first, last = ROOTS.index(named[0]), ROOTS.index(named[-1])
        for other in ROOTS[max(first - 1, 0) : first] + ROOTS[last + 1 : last + 2]:
            bands[other] = (1.0 - LOST_TRACK - own) / 2
        scale = (1.0 - LOST_TRACK) / sum(bands.values())
        sites: dict[str, float] = {}
        for band, share in bands.items():
            group = next((g for g in self.knowledge.skin_groups if g.kind == "dermatome" and g.root == band), None)
            inside = group.sites if group else {}
            whole = sum(inside.values()) or 1.0
            for site, weight in inside.items():
                sites[site] = sites.get(site, 0.0) + share * scale * weight / whole
        return self.skin(sites, modalities, spared=LOST_TRACK)

    def reflex(self, name: str) -> tuple[Reading, Reading | None]:
        """Effector and, where it runs through the skin, afferent of a reflex."""
        return _reflex(self, name)

    def _reflex(self, name: str) -> tuple[Reading, Reading | None]:
        arc = self.knowledge.reflex[name]
        length = max(self.knowledge.muscle[m].length_cm for m in arc.effectors)
        mild = 0.45 if name == "ankle" else _length_factor(length, 0.3)
        constitutional = 0.25 if name == "ankle" else 1.0
        effector = _reading(self.wiring.motor, {f"{REFLEX}{name}": 1.0}, _background(mild, constitutional))
        if not arc.afferent_skin:
            return effector, None
        sites = self._sites_of_branches(arc.afferent_skin)
        return effector, _reading(self.wiring.skin, sites, _background(1.0, 1.0))

    def potential(self, branches: dict[str, float]) -> Reading:
        """A sensory potential, read on the branch's strands alone."""
        return _potential(self, tuple(branches.items()))

    def _potential(self, branches: dict[str, float]) -> Reading:
        rows = np.array([k for k, b in enumerate(self.wiring.skin.branches) if b in branches], dtype=np.intp)
        share = np.array([branches[self.wiring.skin.branches[k]] for k in rows])
        total = float((self.wiring.skin.weight[0, TYPICAL, rows] * share).sum())
        length = float(np.mean([self.knowledge.skin_site[self.wiring.skin.targets[k]].length_cm for k in rows]))
        return Reading(rows, share / total, _background(_length_factor(length, 0.7), 1.0 - 0.15 * (length > 85.0)))

    def _sites_of_branches(self, branches: dict[str, float]) -> dict[str, float]:
        """Sites that represent the branches: each branch's share spread over the sites where it leads."""
        found: dict[str, float] = {}
        for branch, share in branches.items():
            own = {s.id: s.branches[branch] for s in self.knowledge.skin_sites if s.branches.get(branch, 0.0) > 0}
            whole = sum(own.values()) or 1.0
            for site, part in own.items():
                found[site] = found.get(site, 0.0) + share * part / whole
        return found


Shares = tuple[tuple[str, float], ...]


@lru_cache(maxsize=MOST_KEPT)
def _motor(readings: Readings, shares: Shares) -> Reading:
    return readings._motor(dict(shares))


@lru_cache(maxsize=MOST_KEPT)
def _skin(readings: Readings, sites: Shares, modalities: tuple[str, ...], spared: float) -> Reading:
    return readings._skin(dict(sites), modalities, spared)


@lru_cache(maxsize=MOST_KEPT)
def _reflex(readings: Readings, name: str) -> tuple[Reading, Reading | None]:
    return readings._reflex(name)


@lru_cache(maxsize=MOST_KEPT)
def _potential(readings: Readings, branches: Shares) -> Reading:
    return readings._potential(dict(branches))


@lru_cache(maxsize=MOST_KEPT)
def _reserve(readings: Readings, shares: Shares) -> float:
    return readings._reserve(dict(shares))
