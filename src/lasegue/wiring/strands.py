"""Strands: one root's fibres to one target along one path, with a weight in every anatomy and under every map."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.knowledge import Knowledge
from lasegue.wiring.paths import PREGANGLIONIC, ROOTS, muscle_path, skin_path
from lasegue.wiring.shares import ANATOMIES, MAPS, Array, N, fitted, root_vector, varied

REFLEX: Final = "reflex."
PRESENT: Final = 1e-12
"""A strand with no share in any anatomy or map is not drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Strands:
    """All strands to one kind of target.

    `targets`, `branches`, `roots`: names, one a strand. `crosses`: bool (strands, segments). `weight`: (maps, anatomies, strands),
    summing to 1 within a target; muscles know no map, so theirs has one. `rows` gives each target's strands,
    `group` numbers the branches of the targets, within which roots share.
    """

    targets: tuple[str, ...]
    branches: tuple[str, ...]
    roots: tuple[str, ...]
    crosses: NDArray[np.bool_]
    weight: Array
    rows: dict[str, NDArray[np.intp]]
    group: NDArray[np.intp]


def _assemble(found: list[tuple[str, str, str, Array, tuple[str, ...]]], segments: dict[str, int]) -> Strands:
    """Strands from (target, branch, root, weight (maps, anatomies), path)."""
    crosses = np.zeros((len(found), len(segments)), dtype=np.bool_)
    rows: dict[str, list[int]] = {}
    for k, (target, _, _, _, path) in enumerate(found):
        crosses[k, [segments[name] for name in path]] = True
        rows.setdefault(target, []).append(k)
    weight = np.moveaxis(np.stack([w for _, _, _, w, _ in found]), 0, -1)
    names = zip(*((t, b, r) for t, b, r, _, _ in found), strict=True)
    targets, branches, roots = (tuple(column) for column in names)
    numbers = {pair: n for n, pair in enumerate(dict.fromkeys(zip(targets, branches, strict=True)))}
    group = np.array([numbers[pair] for pair in zip(targets, branches, strict=True)], dtype=np.intp)
    return Strands(targets, branches, roots, crosses, weight, {t: np.array(k, dtype=np.intp) for t, k in rows.items()}, group)


def motor_strands(knowledge: Knowledge, segments: dict[str, int]) -> Strands:
    """Strands to every muscle, and to every reflex arc (`reflex.ID`): its own roots on the paths to its effector muscles."""
    found = []
    for muscle in knowledge.muscles:
        found += _muscle_strands(knowledge, muscle.id, muscle.id, varied(root_vector(muscle.roots)))
    for arc in knowledge.reflexes:
        shares = varied(root_vector(arc.roots))
        whole = sum(arc.effectors.values())
        for muscle_id, part in arc.effectors.items():
            found += _muscle_strands(knowledge, f"{REFLEX}{arc.id}", muscle_id, shares * part / whole)
    return _assemble(found, segments)


def _muscle_strands(knowledge: Knowledge, target: str, muscle: str, shares: Array) -> list[tuple[str, str, str, Array, tuple[str, ...]]]:
    """(target, muscle, root, weight (1, anatomies), path) for every root with a share in any anatomy."""
    return [
        (target, muscle, root, shares[None, :, r], muscle_path(knowledge, muscle, root))
        for r, root in enumerate(ROOTS)
        if shares[:, r].max() > PRESENT
    ]


def skin_joint(knowledge: Knowledge) -> tuple[list[tuple[str, ...]], Array]:
    """Branch names by site, and the fitted joint shares (sites, maps, branches, roots)."""
    names = [tuple(site.branches) for site in knowledge.skin_sites]
    widest = max(map(len, names))
    branches = np.zeros((len(names), widest))
    allowed = np.zeros((len(names), widest, N), dtype=np.bool_)
    roots = np.zeros((len(names), len(MAPS), N))
    for s, site in enumerate(knowledge.skin_sites):
        total = sum(site.branches.values())
        for b, (branch, share) in enumerate(site.branches.items()):
            branches[s, b] = share / total
            allowed[s, b] = [root in knowledge.skin_branch[branch].roots for root in ROOTS]
        roots[s] = [root_vector(site.maps.get(m) or site.maps["consensus"]) for m in MAPS]
    tables = len(names) * len(MAPS)
    joint = fitted(np.repeat(branches, len(MAPS), axis=0), roots.reshape(tables, N), np.repeat(allowed, len(MAPS), axis=0))
    return names, joint.reshape(len(names), len(MAPS), widest, N)


def skin_strands(knowledge: Knowledge, segments: dict[str, int]) -> Strands:
    """Strands to every skin site. Anatomy varies the roots inside a branch and leaves the branches' shares alone."""
    names, joint = skin_joint(knowledge)
    margin = joint.sum(axis=-1)
    weight = varied(joint) * margin[None, ..., None]
    found = []
    for s, site in enumerate(knowledge.skin_sites):
        for b, branch in enumerate(names[s]):
            for r, root in enumerate(ROOTS):
                share = weight[:, s, :, b, r].T
                if share.max() > PRESENT:
                    found.append((site.id, branch, root, share, skin_path(knowledge, branch, root)))
    return _assemble(found, segments)


def beyond_the_ganglion(segments: dict[str, int]) -> NDArray[np.bool_]:
    """Which segments a sensory nerve potential sees: all but the roots inside the spine."""
    return np.array([not name.startswith(f"{PREGANGLIONIC}.") for name in segments])


__all__ = ["ANATOMIES", "Strands", "beyond_the_ganglion", "motor_strands", "skin_strands"]
