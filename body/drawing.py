"""From a picture to paths: silhouettes, nested tone contours and the lines where one part hides another."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, gaussian_filter, gaussian_filter1d
from skimage.measure import approximate_polygon, find_contours
from skimage.morphology import remove_small_objects, skeletonize

from body.look import Picture
from body.shape import Array

TONES = (0.36, 0.45, 0.53, 0.60, 0.66, 0.72, 0.775, 0.825, 0.87, 0.905, 0.94)


def _to_cm(path: Array, left: float, top: float, step: float) -> Array:
    return np.stack([left + (path[:, 1] + 0.5) * step, top - (path[:, 0] + 0.5) * step], axis=1)


def contours(values: Array, level: float, frame: tuple[float, float, float], tolerance: float, outside: float | None) -> list[Array]:
    """Contour lines in centimetres; with `outside` the picture is framed so that every line closes."""
    left, top, step = frame
    shift = 0
    if outside is not None:
        values, shift = np.pad(values, 1, constant_values=outside), 1
    result = []
    for path in find_contours(values, level):
        if len(path) < 8:
            continue
        simple = approximate_polygon(_to_cm(path - shift, left, top, step), tolerance)
        if len(simple) > 3:
            result.append(simple)
    return result


def silhouette(picture: Picture, frame: tuple[float, float, float]) -> list[Array]:
    """Closed outlines of what was seen."""
    return contours(-picture.edge, 0.0, frame, 0.016, -1.0)


def tones(picture: Picture, tone: Array, frame: tuple[float, float, float], form: tuple[float, float], part: slice) -> list[list[Array]]:
    """For each level the closed areas that are darker; they run past the silhouette and are clipped there.

    `form` is a blur and how much stronger small forms are drawn, `part` the columns that are kept.
    """
    blur, detail = form
    seen = picture.hit > 0
    near = distance_transform_edt(~seen, return_distances=False, return_indices=True)
    full = tone[tuple(near)]
    spread = gaussian_filter(full, blur / frame[2], mode="nearest")
    # Small forms (kneecap, tendons, crests) are drawn stronger than the light alone shows them, as an illustrator would.
    spread += detail * (spread - gaussian_filter(full, 6 * blur / frame[2], mode="nearest"))
    keep = distance_transform_edt(~seen) * frame[2] < 0.6
    field = np.where(keep, spread, 1.2)[:, part]
    frame = (frame[0] + part.indices(seen.shape[1])[0] * frame[2], *frame[1:])
    result = []
    for level in TONES:
        paths = [p for p in contours(-field, -level, frame, 0.06, -1.2) if _area(p) > 0.15]
        result.append(paths)
    return result


def _area(path: Array) -> float:
    x, y = path[:, 0], path[:, 1]
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2


def _chains(mask: NDArray[np.bool_]) -> list[list[tuple[int, int]]]:
    """Skeleton pixels strung into chains, longest runs first, branches cut."""
    left = {(int(i), int(j)) for i, j in np.argwhere(mask)}

    def around(p: tuple[int, int]) -> list[tuple[int, int]]:
        return [
            (p[0] + a, p[1] + b)
            for a, b in ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
            if (p[0] + a, p[1] + b) in left
        ]

    result = []
    while left:
        start = min((p for p in left), key=lambda p: (len(around(p)) != 1, p))
        chain, here = [start], start
        left.discard(start)
        while following := around(here):
            here = following[0]
            chain.append(here)
            left.discard(here)
        result.append(chain)
    return result


def _jumps(depth: Array, slope: Array, seen: NDArray[np.bool_], least: float) -> NDArray[np.bool_]:
    """Pixels whose neighbour lies much deeper than the skin's slope at either of the two explains."""
    mask = np.zeros_like(seen)
    for axis in (0, 1):
        for shift in (1, -1):
            beside = np.roll(depth, shift, axis) - depth
            gentle = np.minimum(np.roll(slope, shift, axis), slope)
            mask |= (beside > least) & (beside > 3.0 * gentle) & np.roll(seen, shift, axis)
    return mask & seen


def hidden_edges(picture: Picture, toward: Array, frame: tuple[float, float, float], jump: float, standing: bool) -> list[Array]:
    """Lines inside the silhouette where the depth jumps: one part stands before another."""
    depth, seen, step = picture.point @ toward, picture.hit > 0, frame[2]
    facing = np.clip(-(picture.normal @ toward), 0.05, 1)
    slope = step * np.sqrt(1 - facing**2) / facing
    inner = distance_transform_edt(seen) > 3
    mask = remove_small_objects(_jumps(depth, slope, seen, jump) & inner, max_size=8)
    paths = []
    for chain in _chains(skeletonize(mask)):
        points = _to_cm(np.array(chain, float), *frame)
        # In a standing view short lines are worth drawing between the toes only.
        if len(chain) * step < (3.0 if standing and points[:, 1].mean() > 2.0 else 0.6):
            continue
        smooth = gaussian_filter1d(points, 2.5, axis=0, mode="nearest")
        paths.append(approximate_polygon(smooth, 0.02))
    return paths


def visible(points: Array, picture: Picture, camera: Any, frame: tuple[float, float, float]) -> list[Array]:
    """The parts of a line on the skin that the view sees, in the picture's plane."""
    right, up, toward = (np.array(v, float) for v in (camera.right, camera.up, camera.toward))
    left, top, step = frame
    u, v, depth = points @ right, points @ up, points @ toward
    i, j = np.floor((top - v) / step).astype(int), np.floor((u - left) / step).astype(int)
    inside = (i >= 0) & (j >= 0) & (i < picture.hit.shape[0]) & (j < picture.hit.shape[1])
    i, j = np.clip(i, 0, picture.hit.shape[0] - 1), np.clip(j, 0, picture.hit.shape[1] - 1)
    seen = inside & (picture.hit[i, j] > 0) & (np.abs((picture.point @ toward)[i, j] - depth) < 0.25)
    flat = np.stack([u, v], axis=1)
    breaks = np.flatnonzero(np.diff(seen.astype(int))) + 1
    return [
        approximate_polygon(p, 0.01) for p, s in zip(np.split(flat, breaks), np.split(seen, breaks), strict=True) if s[0] and len(p) > 3
    ]
