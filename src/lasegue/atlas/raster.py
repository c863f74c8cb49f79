"""Between areas of a view and skin sites: every layer, brush and finding is one lookup in a raster."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from lasegue.atlas import saddle
from lasegue.atlas.body import BODY_VIEWS, NOTHING, Bools, Floats, Ints, Raster, asset

VIEWS = (*BODY_VIEWS, "saddle")
SIDES = ("left", "right")
OVER = 4  # pixels past the midline that a half keeps, so that no border runs along the midline itself
# Sites that a standing body hides.
HIDDEN = frozenset(("perianal", "perianal_outer", "perineum_mid", "genital_posterior", "genital_shaft"))
Key = tuple[str, str]
Values = Mapping[Key, float]
Area = Bools | Sequence[tuple[float, float]]


def raster(view: str) -> Raster:
    """The raster of a view; both sides, the patient's left and right as `left_side` says."""
    if view == "saddle":
        return saddle.raster()
    if view not in BODY_VIEWS:
        raise ValueError(f"no view {view!r}; there are {', '.join(VIEWS)}")
    return asset().raster(view)


@cache
def _reach(view: str) -> tuple[Raster, Bools]:
    """The raster with ids and weights carried a few pixels past the skin's edge: the outline cuts contours, not the pixels."""
    r = raster(view)
    ids, weights, known = r.ids.copy(), r.weights.copy(), r.skin.copy()
    for _ in range(6):
        before = known.copy()
        for axis, shift in ((1, 1), (1, -1), (2, 1), (2, -1)):
            moved = np.roll(before, shift, axis - 1) & ~known
            if axis == 1:
                moved[0 if shift == 1 else -1] = False
            else:
                moved[:, 0 if shift == 1 else -1] = False
            ids = np.where(moved, np.roll(ids, shift, axis), ids)
            weights = np.where(moved, np.roll(weights, shift, axis), weights)
            known = known | moved
    # Which neighbour came first must not tell left from right.
    half = ids.shape[2] // 2
    ids, weights = (np.concatenate([a[:, :, half:][:, :, ::-1], a[:, :, half:]], axis=2) for a in (ids, weights))
    return r._replace(ids=ids, weights=weights), known | known[:, ::-1]


def _table(values: Values) -> Floats:
    """Values by side (right, left) and site number."""
    sites = asset().sites
    table = np.zeros((2, NOTHING + 1))
    for (side, site), value in values.items():
        if side not in SIDES or site not in sites:
            raise ValueError(f"no such place on the skin: {side} {site}")
        table[int(side == "left"), sites.index(site)] = value
    return table


class Pixels(NamedTuple):
    """The pixels of a view that hold skin, or lie just past its edge, in one row: where they are, and which entries of a table they mix."""

    known: Bools
    entries: Ints
    weights: Floats


@cache
def pixels(view: str, beyond_edge: bool = False, half: bool = False) -> Pixels:
    """The view's pixels in one row; `half` leaves out the side at negative u but for a rim of OVER pixels at the midline."""
    r, known = _reach(view) if beyond_edge else (raster(view), raster(view).skin)
    if half:
        known = known.copy()
        known[:, : known.shape[1] // 2 - OVER] = False
    entries = r.left_side[known].astype(np.int64)[None] * (NOTHING + 1) + r.ids[:, known]
    return Pixels(known, entries, r.weights[:, known])


def fields(view: str, many: Iterable[Values], *, beyond_edge: bool = False, half: bool = False) -> Floats:
    """Several sets of values as fields over the view's pixels in one row: (sets, pixels)."""
    p = pixels(view, beyond_edge, half)
    tables = np.stack([_table(values).ravel() for values in many], axis=1)
    mixed = np.zeros((p.entries.shape[1], tables.shape[1]))
    for entries, weights in zip(p.entries, p.weights, strict=True):
        mixed += np.take(tables, entries, axis=0) * weights[:, None]
    return np.ascontiguousarray(mixed.T)


def spread(view: str, row: Floats, nothing: float = 0.0, *, beyond_edge: bool = False, half: bool = False) -> Floats:
    """A row of pixels laid out over the view's plane, with a value where there is none."""
    known = pixels(view, beyond_edge, half).known
    plane = np.full(known.shape, nothing)
    plane[known] = row
    return plane


def symmetrical(values: Values) -> bool:
    """Whether left and right hold the same."""
    return all(values.get(("right" if side == "left" else "left", site), 0.0) == value for (side, site), value in values.items())


def field(view: str, values: Values, *, beyond_edge: bool = False) -> Floats:
    """The values as a smooth field over the view's plane: at each pixel the mean over its sites, by weight; 0 without skin."""
    return spread(view, fields(view, [values], beyond_edge=beyond_edge)[0], beyond_edge=beyond_edge)


def mask(view: str, area: Area) -> Bools:
    """The pixels of an area: a mask of the raster's shape, or a polygon in centimetres of the view's plane (u right, v up)."""
    r = raster(view)
    if isinstance(area, np.ndarray) and area.dtype == bool:
        if area.shape != r.skin.shape:
            raise ValueError(f"the mask of {view} has the shape {r.skin.shape}, not {area.shape}")
        return area
    corners = np.asarray(area, float)
    if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 3:
        raise ValueError("a polygon is three or more (u, v) corners")
    u = r.left + (np.arange(r.skin.shape[1]) + 0.5) * r.step
    v = (r.top - (np.arange(r.skin.shape[0]) + 0.5) * r.step)[:, None]
    inside = np.zeros(r.skin.shape, bool)
    for (u0, v0), (u1, v1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if v0 == v1:
            continue
        crosses = ((v0 > v) != (v1 > v)) & (u < (u1 - u0) * (v - v0) / (v1 - v0) + u0)
        inside ^= crosses
    return inside


def _totals(view: str, chosen: Bools) -> dict[Key, float]:
    r = raster(view)
    sites = asset().sites
    result: dict[Key, float] = {}
    for side in SIDES:
        here = chosen & r.skin & (r.left_side == (side == "left"))
        sums = np.bincount(r.ids[:, here].ravel(), r.weights[:, here].ravel(), NOTHING + 1)
        result.update({(side, site): float(sums[k]) for k, site in enumerate(sites) if sums[k] > 0})
    return result


@cache
def _whole() -> dict[Key, float]:
    """Each site's area in the view that shows most of it, in square centimetres; the hidden sites' own view is the saddle."""
    seen = {view: {key: n * raster(view).step ** 2 for key, n in _totals(view, raster(view).skin).items()} for view in VIEWS}
    return merge(seen.values()) | {key: n for key, n in seen["saddle"].items() if key[1] in HIDDEN}


def area_to_sites(view: str, area: Area) -> dict[Key, float]:
    """How much of each site an area covers: {(side, site): 0 to 1}, sites under 2 % left out.

    The whole of a site is what the view that shows most of it has, so that its rim, seen from another side, counts little.
    """
    part, whole, pixel = _totals(view, mask(view, area)), _whole(), raster(view).step ** 2
    shares = {key: min(1.0, part[key] * pixel / whole[key]) for key in part}
    return {key: share for key, share in shares.items() if share >= 0.02}


def patch(view: str, area: Area) -> dict[Key, float]:
    """The area as one observation: shares of its skin by site, summing to 1, sites under 2 % left out; empty off the skin."""
    part = _totals(view, mask(view, area))
    total = sum(part.values())
    kept = {key: amount for key, amount in part.items() if total and amount / total >= 0.02}
    rest = sum(kept.values())
    return {key: amount / rest for key, amount in kept.items()}


def merge(covered: Iterable[Values]) -> dict[Key, float]:
    """Coverage painted in several views: each site as the view that covers most of it has it."""
    result: dict[Key, float] = {}
    for values in covered:
        for key, value in values.items():
            result[key] = max(result.get(key, 0.0), value)
    return result


def sites_to_area(view: str, sites: Values | Iterable[Key], threshold: float = 0.5) -> Bools:
    """The pixels where the given sites (with values, or as a set) hold at least the threshold."""
    values = sites if isinstance(sites, Mapping) else dict.fromkeys(sites, 1.0)
    result: Bools = (field(view, values) >= threshold) & raster(view).skin
    return result


def site_area(view: str) -> dict[Key, float]:
    """Square centimetres of each site in a view's plane, where it is the strongest."""
    r = raster(view)
    result: dict[Key, float] = {}
    for side in SIDES:
        counts = np.bincount(r.ids[0][r.skin & (r.left_side == (side == "left"))], minlength=NOTHING + 1)
        result.update({(side, s): float(counts[k]) * r.step**2 for k, s in enumerate(asset().sites) if counts[k]})
    return result


def site_at(view: str, u: float, v: float) -> Key | None:
    """The strongest site at a point of the view's plane (cm), or None off the skin and above the last site."""
    r = raster(view)
    i, j = int((r.top - v) // r.step), int((u - r.left) // r.step)
    if not (0 <= i < r.skin.shape[0] and 0 <= j < r.skin.shape[1]):
        return None
    number = int(r.ids[0, i, j])
    if number >= len(asset().sites):
        return None
    return ("left" if r.left_side[i, j] else "right"), asset().sites[number]
