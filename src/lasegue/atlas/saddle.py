"""The saddle as a schematic: seen from below with the front uppermost, keyed to the same sites. Sober, and never shown unless asked for."""

from functools import cache

import numpy as np

from lasegue.atlas.body import NOTHING, Floats, Ints, Path, Raster, asset
from lasegue.atlas.contour import contours

STEP, HALF_WIDTH, TOP, BOTTOM = 0.2, 19.0, 15.0, -15.0

# One side: centre (u, v), then the inner and outer radius of the ring or disc that seeds the site.
_SEEDS: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "genital_anterior": ((0.0, 9.2, 0.0, 0.8), (2.6, 8.2, 0.0, 0.6)),
    "genital_shaft": ((0.0, 4.9, 0.0, 0.7),),
    "genital_posterior": ((0.9, 1.8, 0.0, 0.5),),
    "perineum_mid": ((0.0, -1.1, 0.0, 0.2),),
    "perianal": ((0.0, -4.4, 0.0, 0.9),),
    "perianal_outer": ((0.0, -4.4, 2.0, 2.7),),
    "coccyx": ((0.0, -10.4, 0.0, 0.5),),
    "buttock_medial_cleft": ((3.0, -9.2, 0.0, 0.8),),
    "ischial_tuberosity": ((6.4, -5.0, 0.0, 1.0),),
    "saddle_inner_thigh": ((5.2, 0.4, 0.0, 0.8),),
    "upper_inner_thigh": ((5.0, 5.4, 0.0, 0.8),),
    "buttock_central": ((10.6, -9.6, 0.0, 1.0),),
    "gluteal_fold": ((11.4, -2.8, 0.0, 0.8),),
    "thigh_med_upper": ((12.2, 6.2, 0.0, 1.2),),
}


def _grid() -> tuple[Floats, Floats]:
    columns, rows = round(2 * HALF_WIDTH / STEP), round((TOP - BOTTOM) / STEP)
    u = -HALF_WIDTH + (np.arange(columns) + 0.5) * STEP
    v = TOP - (np.arange(rows) + 0.5) * STEP
    return np.broadcast_to(u, (rows, columns)), np.broadcast_to(v[:, None], (rows, columns))


def _ellipse(u: Floats, v: Floats, centre: tuple[float, float], radii: tuple[float, float]) -> Floats:
    result: Floats = (np.hypot((u - centre[0]) / radii[0], (v - centre[1]) / radii[1]) - 1) * min(radii)
    return result


def _join(a: Floats, b: Floats, width: float) -> Floats:
    h = np.maximum(width - np.abs(a - b), 0.0) / width
    result: Floats = np.minimum(a, b) - h * h * width / 4
    return result


def _ring(u: Floats, v: Floats, centre_u: float, centre_v: float, inner: float, outer: float) -> Floats:
    """Distance from a ring, or from a disc where the inner radius is 0."""
    away = np.hypot(u - centre_u, v - centre_v)
    result: Floats = np.maximum(np.maximum(away - outer, inner - away), 0.0)
    return result


@cache
def _shape() -> Floats:
    """Distance from the drawn skin: buttocks, inner thighs, pubis."""
    u, v = _grid()
    u = np.abs(u)
    t = np.clip(((u - 4.5) * 13.0 + (v - 1.0) * 5.5) / (13.0**2 + 5.5**2), 0, 1)
    thigh = np.hypot(u - 4.5 - 13.0 * t, v - 1.0 - 5.5 * t) - (5.4 + 0.6 * t)
    whole = _join(_ellipse(u, v, (6.4, -5.8), (7.4, 7.4)), thigh, 2.5)
    whole = _join(whole, _ellipse(u, v, (0.0, -9.0), (4.4, 4.4)), 1.5)
    return _join(whole, _ellipse(u, v, (0.0, 7.6), (5.2, 4.2)), 1.5)


@cache
def raster() -> Raster:
    """Site ids and weights of the schematic."""
    u, v = _grid()
    u = np.abs(u)
    distance = np.stack([np.min([_ring(u, v, *ring) for ring in rings], axis=0)
                         for rings in _SEEDS.values()])  # fmt: skip
    near = np.sort(distance, axis=0)[:2].sum(axis=0) + 0.05
    logit = -(distance**2) / (2 * (0.22 * near) ** 2)
    order = np.argsort(-logit, axis=0, kind="stable")[:4]
    weights = np.exp(np.take_along_axis(logit, order, axis=0) - logit.max(axis=0))
    weights /= weights.sum(axis=0)
    numbers = np.array([asset().sites.index(s) for s in _SEEDS], np.uint8)
    skin = _shape() < 0
    ids, amount = np.where(skin, numbers[order], NOTHING).astype(np.uint8), np.where(skin, weights, 0.0)
    half = ids.shape[2] // 2
    ids, amount = (np.concatenate([a[:, :, half:][:, :, ::-1], a[:, :, half:]], axis=2) for a in (ids, amount))
    return Raster(ids, amount, _grid()[0] > 0, -HALF_WIDTH, TOP, STEP)


def _path(points: list[tuple[float, float]] | Floats, closed: bool = False) -> Path:
    whole: Ints = np.round(np.asarray(points) * 100).astype(np.int64)
    return Path(whole, closed)


def _oval(centre: tuple[float, float], radii: tuple[float, float]) -> Path:
    t = np.linspace(0, 2 * np.pi, 49)
    return _path(np.stack([centre[0] + radii[0] * np.cos(t), centre[1] + radii[1] * np.sin(t)], axis=1), True)


@cache
def outline() -> list[Path]:
    """The skin's edge."""
    return [
        _path(np.stack([-HALF_WIDTH + (p[:, 0] + 0.5) * STEP, TOP - (p[:, 1] + 0.5) * STEP], axis=1), True)
        for p in contours(-_shape(), 0.0, 0.1)
    ]


@cache
def lines() -> list[Path]:
    """Cleft, groins, folds and the schematic ovals of anus and genitalia."""
    t = np.linspace(0, 1, 13)
    result = [
        _path([(0.0, -5.6), (0.0, -11.6)]),
        _oval((0.0, -4.4), (0.55, 0.75)),
        _oval((0.0, 2.9), (2.3, 3.6)),
        _oval((0.0, 5.0), (0.75, 1.0)),
    ]
    for sign in (1, -1):
        groin = np.stack([sign * (2.6 + 3.2 * t), 2.2 + 6.2 * t - 1.2 * t * (1 - t)], axis=1)
        fold = np.stack([sign * (3.6 + 9.4 * t), -1.6 - 1.0 * t - 2.6 * t * (1 - t)], axis=1)
        result += [_path(groin), _path(fold)]
    return result


def place(name: str, side: str) -> tuple[float, float] | None:
    """Where the schematic shows a site (cm)."""
    if name not in _SEEDS:
        return None
    u, v, inner, outer = _SEEDS[name][-1]
    across = u + (inner + outer) / 2 if inner else max(u, 0.25)
    return (across if side == "left" else -across), v
