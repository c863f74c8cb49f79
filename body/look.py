"""Orthographic views of the field: depth, normals, openness and the silhouette's field, one array each."""

import math
from typing import NamedTuple

import numba
import numpy as np

from body.field import Body, distance, normal
from body.shape import Array


class Camera(NamedTuple):
    """Where a view looks from: `right` and `up` span the picture, `toward` points from the eye into it (cm)."""

    right: tuple[float, float, float]
    up: tuple[float, float, float]
    toward: tuple[float, float, float]
    left: float
    bottom: float
    width: float
    height: float
    near: float = -40.0
    far: float = 40.0


class Picture(NamedTuple):
    """What a view saw at each pixel, top row first."""

    hit: Array
    point: Array
    normal: Array
    open: Array
    edge: Array


@numba.njit(cache=True, fastmath=True)
def _march(b, o, dx, dy, dz, near, far):
    t, best = near, 1e9
    for _ in range(400):
        d = distance(b, o[0] + t * dx, o[1] + t * dy, o[2] + t * dz)
        best = min(best, d)
        if d < 0.002:
            break
        t += max(0.015, d * 0.6)
        if t > far:
            return t, best
    lo, hi = t - 0.3, t
    if distance(b, o[0] + hi * dx, o[1] + hi * dy, o[2] + hi * dz) < 0:
        for _ in range(14):
            m = 0.5 * (lo + hi)
            if distance(b, o[0] + m * dx, o[1] + m * dy, o[2] + m * dz) < 0:
                hi = m
            else:
                lo = m
    # Go on inside for the deepest value: its zero contour is the silhouette, smooth below the pixel.
    best, u = 1e9, t
    for _ in range(60):
        d = distance(b, o[0] + u * dx, o[1] + u * dy, o[2] + u * dz)
        best = min(best, d)
        if d < -0.4:
            break
        u += 0.05
    return hi, best


@numba.njit(cache=True, fastmath=True)
def _openness(b, p, n):
    total, weight = 0.0, 0.0
    for k in range(1, 7):
        h = 0.16 * 1.75**k
        d = distance(b, p[0] + h * n[0], p[1] + h * n[1], p[2] + h * n[2])
        total += (h - min(d, h)) / h * 0.8**k
        weight += 0.8**k
    return 1.0 - total / weight


@numba.njit(cache=True, fastmath=True)
def _fill(b, axes, frame, out):
    left, top, step, near, far = frame
    rows, cols = out.hit.shape
    for i in range(rows):
        for j in range(cols):
            o = (left + (j + 0.5) * step) * axes[0] + (top - (i + 0.5) * step) * axes[1]
            t, out.edge[i, j] = _march(b, o, axes[2, 0], axes[2, 1], axes[2, 2], near, far)
            if t < far:
                out.hit[i, j] = 1.0
                out.point[i, j] = o + t * axes[2]
                nx, ny, nz = normal(b, out.point[i, j, 0], out.point[i, j, 1], out.point[i, j, 2], 0.12)
                out.normal[i, j, 0], out.normal[i, j, 1], out.normal[i, j, 2] = nx, ny, nz
                out.open[i, j] = _openness(b, out.point[i, j], out.normal[i, j])


def take(b: Body, camera: Camera, step: float) -> Picture:
    """The view at `step` centimetres a pixel."""
    shape = math.ceil(camera.height / step), math.ceil(camera.width / step)
    out = Picture(np.zeros(shape), np.zeros((*shape, 3)), np.zeros((*shape, 3)), np.ones(shape), np.zeros(shape))
    axes = np.array([camera.right, camera.up, camera.toward], float)
    frame = (float(camera.left), float(camera.bottom + camera.height), float(step), float(camera.near), float(camera.far))
    _fill(b, axes, frame, out)
    return out


def tone(picture: Picture, camera: Camera, light: tuple[float, float, float] = (0.42, 0.40, 0.81)) -> Array:
    """Brightness 0 to 1: a soft light (across, high, facing), the sky, and darkness in hollows."""
    right, up, toward = (np.array(v, float) for v in (camera.right, camera.up, camera.toward))
    n = picture.normal
    across, high, facing = n @ right, n @ up, -(n @ toward)
    key = np.clip(light[0] * across + light[1] * high + light[2] * facing, 0, 1)
    rim = np.clip(facing, 0, 1) ** 0.6
    opened = np.clip(picture.open, 0, 1)
    result: Array = (0.60 * key + 0.30 * rim + 0.10) * (0.25 + 0.75 * opened**1.6)
    return result
