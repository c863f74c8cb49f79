"""Contour lines of a grid (marching squares): closed, smooth between pixels, the same every time."""

import numpy as np

from lasegue.atlas.body import Floats, Ints

# For each case of corner signs (top left 1, top right 2, bottom right 4, bottom left 8): pairs of cell edges
# (0 top, 1 right, 2 bottom, 3 left).
_CASES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 10: ((0, 1), (2, 3)), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip
_EDGE = ((0, 0, 0), (0, 1, 1), (1, 0, 0), (0, 0, 1))  # row offset, column offset, 0 horizontal or 1 vertical


def _segments(inside: Ints, shape: tuple[int, int]) -> dict[int, int]:
    """From each crossed grid edge to the next one around the contour."""
    case = inside[:-1, :-1] + 2 * inside[:-1, 1:] + 4 * inside[1:, 1:] + 8 * inside[1:, :-1]
    following: dict[int, int] = {}
    for number, pairs in _CASES.items():
        rows, cols = np.nonzero(case == number)
        for first, last in pairs:
            ends = []
            for edge in (first, last):
                dr, dc, vertical = _EDGE[edge]
                ends.append((((rows + dr) * shape[1] + cols + dc) * 2 + vertical).tolist())
            following.update(zip(*ends, strict=True))
    return following


def _crossings(values: Floats, level: float, edges: Ints) -> Floats:
    """Where the level crosses each grid edge, as (column, row)."""
    vertical, cell = edges % 2, edges // 2
    row, col = cell // values.shape[1], cell % values.shape[1]
    a = values[row, col]
    b = values[row + vertical, col + 1 - vertical]
    t = np.clip((level - a) / np.where(a == b, 1.0, b - a), 0.0, 1.0)
    return np.stack([col + np.where(vertical == 1, 0.0, t), row + np.where(vertical == 1, t, 0.0)], axis=1)


def thin(points: Floats, tolerance: float) -> Floats:
    """Fewer points: each left out lies within the tolerance of the line that stays (Douglas and Peucker)."""
    keep = np.zeros(len(points), bool)
    keep[[0, -1]] = True
    stack = [(0, len(points) - 1)]
    while stack:
        a, b = stack.pop()
        if b - a < 2:
            continue
        inner, chord = points[a + 1 : b], points[b] - points[a]
        length = float(np.hypot(*chord))
        away = inner - points[a]
        gap = np.abs(away[:, 0] * chord[1] - away[:, 1] * chord[0]) / length if length > 1e-9 else np.hypot(away[:, 0], away[:, 1])
        k = int(np.argmax(gap))
        if gap[k] > tolerance:
            middle = a + 1 + k
            keep[middle] = True
            stack += [(a, middle), (middle, b)]
    return points[keep]


def contours(values: Floats, level: float, tolerance: float) -> list[Floats]:
    """Closed contours around what exceeds the level, in pixels (column, row of pixel centres)."""
    framed = np.pad(values, 1, constant_values=min(float(values.min()), level) - 1.0)
    following = _segments((framed > level).astype(np.int64), framed.shape)
    result = []
    while following:
        start, here = following.popitem()
        chain = [start]
        while here != start and here in following:
            chain.append(here)
            here = following.pop(here)
        points = _crossings(framed, level, np.array([*chain, start])) - 1.0
        if len(points) > 6:
            coarse = np.concatenate([points[:-1:2], points[-1:]]) if len(points) > 30 else points
            result.append(thin(coarse, tolerance))
    return result
