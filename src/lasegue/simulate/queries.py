"""Questions to the wiring: what a cut takes from movements, skin and reflexes, and which roots and nerves serve a target."""

from functools import cache

import numpy as np

from lasegue.knowledge import Knowledge, load
from lasegue.knowledge.records import Nerve
from lasegue.wiring import ROOTS, TYPICAL, Array, Strands, Wiring, wire

Shares = dict[str, float]
LEAST = 0.005


@cache
def wiring() -> Wiring:
    """The wiring of the knowledge in the package."""
    return wire(load())


def _weights(strands: Strands, targets: Shares) -> tuple[list[int], Array]:
    """Strands of some targets, and the weight of each: typical anatomy, the consensus map."""
    whole = sum(targets.values())
    rows: list[int] = []
    weight: list[float] = []
    for target, share in targets.items():
        for k in strands.rows[target]:
            rows.append(int(k))
            weight.append(float(strands.weight[0, TYPICAL, k]) * share / whole)
    return rows, np.array(weight)


def kept_of(kind: str, targets: Shares, cuts: Shares) -> float:
    """What muscles (`kind` motor) or sites (`kind` skin), by share, keep under full cuts."""
    strands = wiring().motor if kind == "motor" else wiring().skin
    rows, weight = _weights(strands, targets)
    return float(weight @ wiring().kept(strands, cuts, np.ones(1))[rows, 0])


def _shares(names: tuple[str, ...], rows: list[int], weight: Array) -> Shares:
    found: Shares = {}
    for k, w in zip(rows, weight, strict=True):
        found[names[k]] = found.get(names[k], 0.0) + float(w)
    return dict(sorted(((name, w) for name, w in found.items() if w > LEAST), key=lambda item: -item[1]))


def root_shares(kind: str, targets: Shares) -> Shares:
    """Which roots serve some muscles or sites, largest first."""
    strands = wiring().motor if kind == "motor" else wiring().skin
    return _shares(strands.roots, *_weights(strands, targets))


def branch_shares(kind: str, targets: Shares) -> Shares:
    """Which nerves serve some muscles, or which cutaneous branches some sites, largest first."""
    if kind == "motor":
        motor = wiring().motor
        return _shares(tuple(load().muscle[name].nerve for name in motor.branches), *_weights(motor, targets))
    return _shares(wiring().skin.branches, *_weights(wiring().skin, targets))


def movement_losses(cuts: Shares) -> Shares:
    """Share of fibres that each movement loses under full cuts, largest first."""
    lost = {m.id: 1.0 - kept_of("motor", m.muscles, cuts) for m in load().movements}
    return dict(sorted(((name, share) for name, share in lost.items() if share > LEAST), key=lambda item: -item[1]))


def muscle_losses(cuts: Shares) -> Shares:
    """Share of fibres that each muscle loses under full cuts, largest first."""
    lost = {m.id: 1.0 - kept_of("motor", {m.id: 1.0}, cuts) for m in load().muscles}
    return dict(sorted(((name, share) for name, share in lost.items() if share > LEAST), key=lambda item: -item[1]))


def site_losses(cuts: Shares) -> Shares:
    """Share of fibres that each skin site loses under full cuts, largest first."""
    lost = {s.id: 1.0 - kept_of("skin", {s.id: 1.0}, cuts) for s in load().skin_sites}
    return dict(sorted(((name, share) for name, share in lost.items() if share > LEAST), key=lambda item: -item[1]))


def reflex_losses(cuts: Shares) -> Shares:
    """Share of its arc that each reflex loses under full cuts, largest first: effector and afferent together."""
    found: Shares = {}
    for reflex in load().reflexes:
        effector = kept_of("motor", reflex.effectors, cuts)
        afferent = kept_of("skin", _sites_of(load(), reflex.afferent_skin), cuts) if reflex.afferent_skin else effector
        found[reflex.id] = 1.0 - effector * afferent
    return dict(sorted(((name, share) for name, share in found.items() if share > LEAST), key=lambda item: -item[1]))


def _sites_of(known: Knowledge, branches: Shares) -> Shares:
    """Sites that stand for some branches: each branch's share over the sites that it serves."""
    found: Shares = {}
    for branch, share in branches.items():
        own = {s.id: s.branches[branch] for s in known.skin_sites if s.branches.get(branch, 0.0) > 0}
        for site, part in own.items():
            found[site] = found.get(site, 0.0) + share * part / sum(own.values())
    return found


def led_by(root: str) -> tuple[str, ...]:
    """Skin sites of which a root has the largest share, those most its own first."""
    led = {}
    for site in load().skin_sites:
        shares = root_shares("skin", {site.id: 1.0})
        if next(iter(shares), None) == root:
            led[site.id] = shares[root]
    return tuple(sorted(led, key=lambda site: -led[site]))


def cut_of_nerve(nerve: Nerve) -> Shares:
    """The cut that takes a nerve at its most proximal site, or the first site of what it comes from; empty where it has none."""
    site = next((step.site for step in nerve.course if step.site), None)
    return {f"{nerve.id}.{site}": 1.0} if site else {}


def fibres_of_nerve(nerve: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Muscles and cutaneous branches that a nerve and its branches supply."""
    known = load()
    below = {nerve}
    while more := {n.id for n in known.nerves if n.parent in below} - below:
        below |= more
    return tuple(m.id for m in known.muscles if m.nerve in below), tuple(b.id for b in known.skin_branches if b.nerve in below)


def roots_of_nerve(nerve: str) -> tuple[str, ...]:
    """Roots that run in a nerve, in order from the top."""
    known = load()
    muscles, branches = fibres_of_nerve(nerve)
    found = {root for m in muscles for root, share in known.muscle[m].roots.items() if share > LEAST}
    found |= {root for b in branches for root in known.skin_branch[b].roots}
    return tuple(root for root in ROOTS if root in found)


def root_text(shares: Shares, least: float = 0.05) -> str:
    """Shares in words: "L5 .60, L4 .30"."""
    return ", ".join(f"{name} {share:.2f}".replace(" 0.", " .") for name, share in shares.items() if share >= least)
