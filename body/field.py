"""The body as one distance field: negative inside, about centimetres outside. Compiled with numba; development only."""

import math
from typing import Any, NamedTuple

import numba
import numpy as np

from body import shape as shapes
from body.shape import Array

jit = numba.njit(cache=True, fastmath=True)


class Body(NamedTuple):
    """Everything that `distance` looks up, as arrays."""

    limb: Array
    limb_axis: Array
    trunk: Array
    trunk_axis: Array
    foot: Array
    foot_axis: Array
    foot_place: Array
    buttock: Array
    toes: Array
    pads: Array
    heel: Array
    joins: Array
    with_trunk: float


def build(shape: dict[str, Any], with_trunk: bool = True) -> Body:
    """Tables for the shape; without the trunk it is one separate limb."""
    limb, trunk, foot = shapes.limb(shape), shapes.trunk(shape), shapes.foot(shape)
    turn = math.radians(shape["foot"]["turn"])
    place = np.array([*shape["foot"]["origin"], math.cos(turn), math.sin(turn), shape["foot"]["shear"]])
    buttock = np.array(
        [[*b["centre"], *b["axes"], math.cos(math.radians(b["tilt"])), math.sin(math.radians(b["tilt"]))] for b in shape["buttock"]]
    )
    j, bj = shape["joins"], shape["buttock_join"]
    joins = np.array([j["foot"], j["toe"], j["toes"], j["trunk"], j["mirror"], bj["medial"], bj["lateral"], bj["from"], bj["to"]])

    def axis(sleeve: shapes.Sleeve) -> Array:
        head = np.array([[sleeve.start, sleeve.step]])
        return np.ascontiguousarray(np.concatenate([head, sleeve.centre]))

    return Body(
        limb.radius,
        axis(limb),
        trunk.radius,
        axis(trunk),
        foot.radius,
        axis(foot),
        place,
        buttock,
        np.array([t["joints"] for t in shape["toes"]], float),
        np.array([t["pad"] for t in shape["toes"]], float),
        np.array([*shape["foot"]["heel"]["centre"], *shape["foot"]["heel"]["axes"]]),
        joins,
        float(with_trunk),
    )


@jit
def smin(a, b, k):
    """Smooth union (quadratic): `k` is the width of the joint."""
    h = max(k - abs(a - b), 0.0) / k
    return min(a, b) - h * h * k * 0.25


@jit
def sleeve(axis, radius, s, u, v):
    """Distance from a sleeve at `s` along its axis, in the plane (u, v) across it; the caps are rounded by the tables."""
    start, step = axis[0, 0], axis[0, 1]
    n = radius.shape[0]
    t = (s - start) / step
    past = 0.0
    if t < 0.0:
        past, t = -t * step, 0.0
    if t > n - 1.001:
        past, t = (t - (n - 1.001)) * step, n - 1.001
    i = int(t)
    f = t - i
    cu = axis[i + 1, 0] * (1 - f) + axis[i + 2, 0] * f
    cv = axis[i + 1, 1] * (1 - f) + axis[i + 2, 1] * f
    du, dv = u - cu, v - cv
    a = math.atan2(dv, du) * (180.0 / math.pi)
    if a < 0:
        a += 360.0
    j = int(a)
    g = a - j
    j = j % 360
    k = (j + 1) % 360
    r = (radius[i, j] * (1 - g) + radius[i, k] * g) * (1 - f) + (radius[i + 1, j] * (1 - g) + radius[i + 1, k] * g) * f
    d = math.sqrt(du * du + dv * dv) - r
    if past > 0.0:
        d = math.sqrt(max(d, 0.0) ** 2 + past * past)
    return d


@jit
def cone(px, py, pz, a, b):
    """Distance from a capsule with two radii."""
    bx, by, bz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    qx, qy, qz = px - a[0], py - a[1], pz - a[2]
    t = (qx * bx + qy * by + qz * bz) / (bx * bx + by * by + bz * bz)
    t = min(1.0, max(0.0, t))
    dx, dy, dz = qx - t * bx, qy - t * by, qz - t * bz
    return math.sqrt(dx * dx + dy * dy + dz * dz) - (a[3] + t * (b[3] - a[3]))


@jit
def toe(px, py, pz, joints, pad):
    """One toe: three phalanges and its pad."""
    d = cone(px, py, pz, joints[0], joints[1])
    d = smin(d, cone(px, py, pz, joints[1], joints[2]), 0.3)
    d = smin(d, cone(px, py, pz, joints[2], joints[3]), 0.3)
    dx, dy, dz = px - pad[0], py - pad[1], pz - pad[2]
    return smin(d, math.sqrt(dx * dx + dy * dy * 0.8 + dz * dz) - pad[3] * 0.95, 0.35)


@jit
def ellipsoid(x, y, z, a, b, c):
    """Distance from an ellipsoid about the origin, good near its surface."""
    k0 = math.sqrt((x / a) ** 2 + (y / b) ** 2 + (z / c) ** 2)
    k1 = math.sqrt((x / a**2) ** 2 + (y / b**2) ** 2 + (z / c**2) ** 2)
    return k0 * (k0 - 1.0) / max(k1, 1e-6)


@jit
def ramp(x, low, high):
    """A smooth step from 0 to 1."""
    t = min(1.0, max(0.0, (x - low) / (high - low)))
    return t * t * (3.0 - 2.0 * t)


@jit
def foot_distance(b, x, y, z):
    """Foot with toes, cut by the floor."""
    place = b.foot_place
    qx, qy = x - place[0], y - place[1]
    fx, fy = qx * place[2] - qy * place[3], qx * place[3] + qy * place[2]
    slant = min(1.0, max(0.0, (fy - 2.0) / 8.0))
    d = sleeve(b.foot_axis, b.foot, fy + place[4] * slant * fx, fx, z) * 0.85
    if fy < 2.0:
        e = b.heel
        d = smin(d, ellipsoid(fx - e[0], fy - e[1], z - e[2], e[3], e[4], e[5]), 0.5)
    if fy > 6.0:
        t = 1e9
        for i in range(b.toes.shape[0]):
            t = smin(t, toe(fx, fy, z, b.toes[i], b.pads[i]), b.joins[2])
        d = smin(d, t, b.joins[1])
    k = 0.5
    h = max(k - abs(d - (0.02 - z)), 0.0) / k
    return max(d, 0.02 - z) + h * h * k * 0.25


@jit
def limb_distance(b, x, y, z):
    """One limb from the groin to the floor."""
    d = sleeve(b.limb_axis, b.limb, z, x, y)
    if z < 16.0:
        d = smin(d, foot_distance(b, x, y, z), b.joins[0])
    return d


@jit
def buttock_distance(b, x, y, z):
    """The gluteal mass of one side."""
    d = 1e9
    for i in range(b.buttock.shape[0]):
        e = b.buttock[i]
        qx, qy, qz = x - e[0], y - e[1], z - e[2]
        qx, qz = qx * e[6] - qz * e[7], qx * e[7] + qz * e[6]
        d = smin(d, ellipsoid(qx, qy, qz, e[3], e[4], e[5]), 4.0)
    return d


@jit
def half_distance(b, x, y, z):
    """One side of the body: limb and buttock."""
    d = limb_distance(b, x, y, z)
    if b.with_trunk > 0.5 and z > 70.0:
        t = ramp(x, b.joins[7], b.joins[8])
        d = smin(d, buttock_distance(b, x, y, z), b.joins[5] + t * (b.joins[6] - b.joins[5]))
    return d


@jit
def distance(b, x, y, z):
    """The whole body, both sides; `with_trunk` 0 leaves one limb."""
    if b.with_trunk < 0.5:
        return limb_distance(b, x, y, z)
    d = half_distance(b, abs(x), y, z)
    if z > 70.0:
        other = half_distance(b, -abs(x), y, z)
        d = smin(d, other, b.joins[4])
        # The groin keeps a crease; hip and upper buttock flow into the trunk.
        t, u = ramp(abs(x), 6.0, 16.0), ramp(z, 86.0, 99.0) * ramp(-y, -1.0, 7.0)
        d = smin(d, sleeve(b.trunk_axis, b.trunk, z, x, y), b.joins[3] + 5.0 * (t + u - t * u))
    return d


@jit
def normal(b, x, y, z, h):
    """Unit normal by central differences."""
    nx = distance(b, x + h, y, z) - distance(b, x - h, y, z)
    ny = distance(b, x, y + h, z) - distance(b, x, y - h, z)
    nz = distance(b, x, y, z + h) - distance(b, x, y, z - h)
    n = math.sqrt(nx * nx + ny * ny + nz * nz) + 1e-12
    return nx / n, ny / n, nz / n
