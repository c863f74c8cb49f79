"""The body's shape, read from `shape.yaml` into the tables that the distance field looks up."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline, PchipInterpolator
from scipy.ndimage import gaussian_filter

HERE = Path(__file__).parent
Array = NDArray[np.float64]
ANGLES = 360


class Sleeve(NamedTuple):
    """A limb as radii about an axis: position along it, two centre coordinates, radius per degree."""

    start: float
    step: float
    centre: Array
    radius: Array


def load(path: Path = HERE / "shape.yaml") -> dict[str, Any]:
    """The shape as written."""
    with path.open(encoding="utf-8") as stream:
        shape: dict[str, Any] = yaml.safe_load(stream)
    return shape


def _resample(rows: Array, step: float) -> tuple[Array, Array]:
    s = np.arange(rows[0, 0], rows[-1, 0] + step / 2, step)
    return s, PchipInterpolator(rows[:, 0], rows[:, 1:], axis=0)(np.clip(s, rows[0, 0], rows[-1, 0]))


def _round(east: Array, north: Array, west: Array, south: Array, factors: Array) -> Array:
    """Radii at every degree from four half axes and four diagonal factors of the ellipse between them."""
    diagonal = [np.sqrt(2) * a * b / np.hypot(a, b) for a, b in ((east, north), (west, north), (west, south), (east, south))]
    knots = np.stack(
        [
            east,
            diagonal[0] * factors[:, 0],
            north,
            diagonal[1] * factors[:, 1],
            west,
            diagonal[2] * factors[:, 2],
            south,
            diagonal[3] * factors[:, 3],
            east,
        ],
        axis=1,
    )
    degrees = np.arange(ANGLES)
    # Splining the log keeps flat sections from overshooting; the ellipse itself is divided out first.
    phi = np.radians(degrees)
    c, s = np.cos(phi)[None], np.sin(phi)[None]
    a = np.where(c > 0, east[:, None], west[:, None])
    b = np.where(s > 0, north[:, None], south[:, None])
    ellipse = a * b / np.hypot(b * c, a * s)
    at = np.arange(0, 361, 45)
    base = np.concatenate([ellipse[:, ::45], ellipse[:, :1]], axis=1)
    ratio = CubicSpline(at, np.log(knots / base), axis=1, bc_type="periodic")(degrees)
    return ellipse * np.exp(ratio)


def _line(points: list[list[float]]) -> Array:
    """The stroke's polyline, splined so that it bends without corners."""
    pts = np.array(points if len(points) > 1 else [points[0], points[0]], float)
    if len(pts) < 3:
        return pts
    t = np.arange(len(pts), dtype=float)
    fine: Array = PchipInterpolator(t, pts, axis=0)(np.linspace(0, t[-1], 6 * (len(pts) - 1) + 1))
    return fine


def _stroke(s: Array, radius: Array, points: list[list[float]], flat: bool) -> Array:
    """Heights that one stroke adds, measured on the unrolled surface; the nearest piece of its line rules."""
    pts = _line(points)
    mean = np.interp(pts[:, 0], s, radius.mean(1))
    result, best = np.zeros_like(radius), np.full_like(radius, np.inf)
    degrees = np.arange(ANGLES)[None, :]
    for (s0, a0, h0, w0), (s1, a1, h1, w1), r in zip(pts[:-1], pts[1:], (mean[:-1] + mean[1:]) / 2, strict=True):
        turn = (degrees - a0 + 180) % 360 - 180
        u, v = s[:, None] - s0, np.radians(turn) * radius
        du, dv = s1 - s0, np.radians((a1 - a0 + 180) % 360 - 180) * r
        t = np.clip((u * du + v * dv) / max(du * du + dv * dv, 1e-9), 0, 1)
        d = np.hypot(u - t * du, v - t * dv) / (w0 + t * (w1 - w0))
        bell = np.exp(-(d**4)) if flat else np.exp(-(d**2))
        result = np.where(d < best, (h0 + t * (h1 - h0)) * bell, result)
        best = np.minimum(best, d)
    # Where two pieces meet on the inside of a bend the heights jump: a blur of about 3 mm closes the seam.
    along = 0.3 / (s[1] - s[0])
    across = np.degrees(0.3 / max(float(np.median(mean)), 1.0))
    blurred: Array = gaussian_filter(result, (along, across), mode=("nearest", "wrap"))
    return blurred


def _smooth_ends(sleeve_radius: Array, floor: float = 0.02) -> Array:
    return np.maximum(sleeve_radius, floor)


def _with_strokes(s: Array, radius: Array, strokes: dict[str, Any], mirror: bool) -> Array:
    total = np.zeros_like(radius)
    for stroke in strokes.values():
        added = _stroke(s, radius, stroke["points"], stroke.get("flat", False))
        if mirror:
            other = _stroke(s, radius, [[p[0], 180 - p[1], p[2], p[3]] for p in stroke["points"]], stroke.get("flat", False))
            added = np.where(np.abs(other) > np.abs(added), other, added)
        total += added
    return _smooth_ends(radius + total)


def limb(shape: dict[str, Any], step: float = 0.1) -> Sleeve:
    """Thigh, knee, leg and ankle."""
    s, v = _resample(np.array(shape["limb"], float), step)
    xm, xl, yp, ya = v[:, 0], v[:, 1], v[:, 2], v[:, 3]
    a, b = (xl - xm) / 2, (ya - yp) / 2
    radius = _round(a, b, a, b, v[:, 4:8])
    return Sleeve(float(s[0]), step, np.stack([(xl + xm) / 2, (ya + yp) / 2], 1), _with_strokes(s, radius, shape["limb_strokes"], False))


def trunk(shape: dict[str, Any], step: float = 0.1) -> Sleeve:
    """Pelvis and lower abdomen, symmetrical about the midline."""
    s, v = _resample(np.array(shape["trunk"], float), step)
    hx, b = v[:, 0], (v[:, 2] - v[:, 1]) / 2
    factors = np.stack([v[:, 3], v[:, 3], v[:, 4], v[:, 4]], 1)
    radius = _round(hx, b, hx, b, factors)
    centre = np.stack([np.zeros_like(s), (v[:, 2] + v[:, 1]) / 2], 1)
    return Sleeve(float(s[0]), step, centre, _with_strokes(s, radius, shape["trunk_strokes"], True))


def foot(shape: dict[str, Any], step: float = 0.05) -> Sleeve:
    """The foot without toes, along its own axis."""
    s, v = _resample(np.array(shape["foot"]["sections"], float), step)
    xm, xl, top, bottom = v[:, 0], v[:, 1], v[:, 2], v[:, 3]
    cx = (xm + xl) / 2 - 0.06 * (xl - xm)
    cz = bottom + 0.36 * (top - bottom)
    radius = _round(xl - cx, top - cz, cx - xm, cz - bottom, v[:, 4:8])
    return Sleeve(float(s[0]), step, np.stack([cx, cz], 1), _with_strokes(s, radius, shape["foot_strokes"], False))
