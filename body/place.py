"""Finding places on the skin: frames, landmarks, site seeds and lines, all from `landmarks.yaml`."""

from pathlib import Path
from typing import Any

import numba
import numpy as np
import yaml
from scipy.interpolate import CubicSpline

from body.field import Body, distance, normal
from body.shape import Array

HERE = Path(__file__).parent


def load(path: Path = HERE / "landmarks.yaml") -> dict[str, Any]:
    """The landmarks as written."""
    with path.open(encoding="utf-8") as stream:
        data: dict[str, Any] = yaml.safe_load(stream)
    return data


@numba.njit(cache=True)
def _exit(b, o, d, reach):
    """First place on the way out of the body from an inner point."""
    t = 0.0
    while t < reach and distance(b, o[0] + t * d[0], o[1] + t * d[1], o[2] + t * d[2]) < 0:
        t += 0.05
    lo, hi = t - 0.05, t
    for _ in range(30):
        m = 0.5 * (lo + hi)
        if distance(b, o[0] + m * d[0], o[1] + m * d[1], o[2] + m * d[2]) < 0:
            lo = m
        else:
            hi = m
    return o + hi * d


@numba.njit(cache=True)
def settle(b, p, steps):
    """Newton steps on to the skin from nearby places."""
    q = p.copy()
    for i in range(q.shape[0]):
        for _ in range(steps):
            x, y, z = q[i]
            h = 0.02
            f = distance(b, x, y, z)
            gx = (distance(b, x + h, y, z) - distance(b, x - h, y, z)) / (2 * h)
            gy = (distance(b, x, y + h, z) - distance(b, x, y - h, z)) / (2 * h)
            gz = (distance(b, x, y, z + h) - distance(b, x, y, z - h)) / (2 * h)
            g = max(gx * gx + gy * gy + gz * gz, 0.04)
            move = min(0.5, max(-0.5, f / g))
            q[i, 0] -= move * gx
            q[i, 1] -= move * gy
            q[i, 2] -= move * gz
    return q


@numba.njit(cache=True)
def normals(b, p, h):
    """Outward unit normals at points of the skin."""
    out = np.empty_like(p)
    for i in range(p.shape[0]):
        out[i, 0], out[i, 1], out[i, 2] = normal(b, p[i, 0], p[i, 1], p[i, 2], h)
    return out


def _axis(sleeve: Array, s: float) -> Array:
    start, step = sleeve[0]
    at = (s - start) / step
    rows = np.arange(len(sleeve) - 1)
    return np.array([np.interp(at, rows, sleeve[1:, c]) for c in (0, 1)])


def _from_foot(b: Body, x: float, y: float, z: float) -> Array:
    ox, oy, c, s, _ = b.foot_place
    return np.array([ox + c * x + s * y, oy - s * x + c * y, z])


def _unslant(b: Body, along: float, x: float) -> float:
    y = along
    for _ in range(20):
        y = along - b.foot_place[4] * min(1.0, max(0.0, (y - 2.0) / 8.0)) * x
    return y


def _toe_axis(b: Body, number: int, along: float) -> Array:
    joints = b.toes[number - 1][:, :3]
    lengths = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(joints, axis=0), axis=1))])
    return np.array([np.interp(along * lengths[-1], lengths, joints[:, c]) for c in range(3)])


def at(b: Body, frame: str, value: Any) -> Array:
    """The place on the skin that a frame and its numbers name."""
    if frame == "near":
        return settle(b, np.array([value], float), 40)[0]
    if frame == "web":
        p, q = _toe_axis(b, value, 0.42), _toe_axis(b, value + 1, 0.34 if value < 4 else 0.42)
        x, y = (p[:2] + q[:2]) / 2
        return _exit(b, _from_foot(b, x, y - 0.55, 0.9), np.array([0.0, 0.0, 1.0]), 4.0)
    if frame == "toe":
        number, along, angle = value
        a = np.radians(angle)
        inner = _toe_axis(b, int(number), along)
        _, _, c, s, _ = b.foot_place
        way = np.array([c * np.cos(a), -s * np.cos(a), np.sin(a)])
        return _exit(b, _from_foot(b, *inner), way, 3.0)
    s, a = value[0], np.radians(value[1])
    if frame == "foot":
        u, v = _axis(b.foot_axis, s)
        y = _unslant(b, s, u)
        _, _, c, n, _ = b.foot_place
        return _exit(b, _from_foot(b, u, y, v), np.array([c * np.cos(a), -n * np.cos(a), np.sin(a)]), 9.0)
    axis = b.limb_axis if frame == "limb" else b.trunk_axis
    u, v = _axis(axis, s)
    return _exit(b, np.array([u, v, s]), np.array([np.cos(a), np.sin(a), 0.0]), 24.0)


def landmarks(b: Body, data: dict[str, Any]) -> dict[str, Array]:
    """Every landmark's place."""
    return {name: at(b, *next(iter(spec.items()))) for name, spec in data["landmarks"].items()}


def seeds(b: Body, data: dict[str, Any]) -> dict[str, Array]:
    """Every site's seeds, in the order of the file."""
    known = landmarks(b, data)
    result: dict[str, Array] = {}
    for site, entries in data["sites"].items():
        places = []
        for entry in entries:
            if isinstance(entry, str):
                places.append(known[entry])
            elif isinstance(entry, dict):
                places.append(at(b, *next(iter(entry.items()))))
            else:
                first, last, share = entry
                middle = known[first] * (1 - share) + known[last] * share
                places.append(settle(b, middle[None], 60)[0])
        result[site] = np.array(places)
        known[site] = result[site][0]
    ring = np.array(data["beyond"], float)[::-1]
    angles = np.arange(-88, 90, 4.0)
    heights = np.interp(angles, ring[:, 0], ring[:, 1])
    result["beyond"] = np.array([at(b, "trunk", [h, a]) for h, a in zip(heights, angles, strict=True)])
    return result


def lines(b: Body, data: dict[str, Any]) -> list[tuple[str, float, Array]]:
    """Every line: name, weight, and its points on the skin."""
    result = []
    for name, line in data["lines"].items():
        knots = np.array([at(b, line["frame"], p) for p in line["points"]])
        t = np.arange(len(knots))
        dense = CubicSpline(t, knots)(np.linspace(0, t[-1], 12 * (len(knots) - 1) + 1))
        result.append((name, float(line["heavy"]), settle(b, dense, 4)))
    return result


def nails(b: Body, shape: dict[str, Any]) -> list[Array]:
    """The outline of each toenail on the skin, closed."""
    result = []
    for number, toe in enumerate(shape["toes"], start=1):
        nail = toe["nail"]
        joints = b.toes[number - 1]
        back = joints[2][:3] + (joints[3][:3] - joints[2][:3]) * nail["at"] * 0.6
        way = joints[3][:2] - joints[2][:2]
        way = way / np.linalg.norm(way)
        side = np.array([way[1], -way[0]])
        phi = np.linspace(0, 2 * np.pi, 49)
        # A rounded square: straight sides, round bed, nearly straight free edge.
        u = np.sign(np.cos(phi)) * np.abs(np.cos(phi)) ** 0.55 * nail["half"]
        v = np.sign(np.sin(phi)) * np.abs(np.sin(phi)) ** 0.6 * nail["length"] / 2
        points = []
        for a, c in zip(u, v + nail["length"] / 2, strict=True):
            x, y = back[:2] + a * side + c * way
            start = _from_foot(b, x, y, joints[3][2])
            points.append(_exit(b, start, np.array([0.0, 0.25, 1.0]) / np.hypot(0.25, 1.0), 3.0))
        result.append(np.array(points))
    return result
