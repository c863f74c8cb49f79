"""Layers on the surface in three dimensions: colours that tell neighbours apart all round the limb, and lines that lie on the skin."""

from dataclasses import replace
from functools import cache

import numpy as np

from lasegue.atlas import mesh
from lasegue.atlas.body import NOTHING, Floats, asset
from lasegue.atlas.layers import Lines, Zones
from lasegue.atlas.theme import apart, colour

ABOVE = 0.12  # how far over the skin a line runs, in centimetres
STEPS = 12
NEAREST = 6


def _at_vertices(layer: Zones) -> Floats:
    """What every zone holds at the vertices of the left half: (vertices, zones)."""
    sites, weights = asset().array("mesh.sites").astype(np.int64), asset().array("mesh.weights").astype(float)
    table = np.zeros((NOTHING + 1, len(layer.zones)))
    for k, zone in enumerate(layer.zones):
        for (side, site), value in zone.values.items():
            if side == "left":
                table[asset().sites.index(site), k] = value
    mixed: Floats = np.einsum("pv,pvz->vz", weights, table[sites]) / weights.sum(axis=0)[:, None]
    return mixed


def coloured(layer: Zones) -> Zones:
    """The layer's zones that own skin, each with a colour; of a numbered layer no two neighbours share one."""
    values = _at_vertices(layer)
    owner = np.where(values.max(axis=1) > layer.least, values.argmax(axis=1), -1)
    shown = [k for k in range(len(layer.zones)) if (owner == k).any()]
    paints: dict[int, str] = {}
    if layer.numbered:
        met = owner[mesh.faces()[:, [[0, 1], [1, 2], [2, 0]]]].reshape(-1, 2)
        pairs = np.unique(met[(met[:, 0] != met[:, 1]) & (met >= 0).all(axis=1)], axis=0)
        beside: dict[int, set[int]] = {k: set() for k in shown}
        for a, b in pairs.tolist():
            beside[a].add(b)
            beside[b].add(a)
        paints = apart(beside)
    kept = (replace(layer.zones[k], colour=layer.zones[k].colour or paints.get(k) or colour(k)) for k in shown)
    return replace(layer, zones=tuple(kept))


def spot(name: str) -> tuple[float, float, float]:
    """Where a site's seed or a landmark lies on the left half: to the side, forward, up, in centimetres."""
    found = asset().seeds.get(name)
    x, y, z = (asset().landmarks[name] if found is None else found).tolist()
    return x, y, z


@cache
def _curve(names: tuple[str, ...]) -> Floats:
    p = np.array([spot(n) for n in (names[0], *names, names[-1])])
    parts = []
    for k in range(1, len(p) - 2):
        t = np.linspace(0, 1, STEPS, endpoint=k == len(p) - 3)[:, None]
        bend = (2 * p[k - 1] - 5 * p[k] + 4 * p[k + 1] - p[k + 2]) * t + (3 * p[k] - p[k - 1] - 3 * p[k + 1] + p[k + 2]) * t**2
        parts.append(p[k] + ((p[k + 1] - p[k - 1]) + bend) * t / 2)
    return _laid(np.concatenate(parts))


def _laid(run: Floats) -> Floats:
    """Points moved onto the skin: each onto the plane through the vertices nearest to it."""
    points, normals = mesh.points(), mesh.normals()
    for _ in range(3):
        gap = np.linalg.norm(points[None] - run[:, None], axis=2)
        near = np.argpartition(gap, NEAREST, axis=1)[:, :NEAREST]
        share = 1 / (np.take_along_axis(gap, near, axis=1) + 0.05) ** 2
        share /= share.sum(axis=1, keepdims=True)
        middle, out = np.einsum("nk,nkc->nc", share, points[near]), np.einsum("nk,nkc->nc", share, normals[near])
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        run = run - np.einsum("nc,nc->n", run - middle, out)[:, None] * out
    laid: Floats = run + ABOVE * out
    return laid


def curves(layer: Lines) -> tuple[Floats, ...]:
    """The layer's lines along the skin of the left half, smooth through their places: (points, 3) in centimetres."""
    return tuple(_curve(line) for line in layer.lines)
