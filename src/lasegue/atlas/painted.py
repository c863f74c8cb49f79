"""What somebody painted, as findings: which sites a brush meant, seen over all views together."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from lasegue.atlas.body import Bools
from lasegue.atlas.raster import SIDES, Area, Key, area_to_sites, mask, merge, raster
from lasegue.errors import InputError

MEANT: Final = 0.4
"""A site is meant when so much of it is covered; where none is, the one that is covered most."""


def from_runs(view: str, runs: Iterable[int]) -> Bools:
    """The mask of a view from runs of its pixels, row by row: start, length, start, length. Raises InputError outside the view."""
    plane = raster(view).skin
    mask = np.zeros(plane.size, bool)
    numbers = list(runs)
    if len(numbers) % 2:
        raise InputError("runs are pairs of a start and a length")
    for start, length in zip(numbers[::2], numbers[1::2], strict=True):
        if start + length > plane.size:
            raise InputError(f"a run of {length} from {start} on leaves the {plane.size} pixels of the view {view}")
        mask[start : start + length] = True
    return mask.reshape(plane.shape)


def coverage(areas: Iterable[tuple[str, Area]]) -> dict[Key, float]:
    """How much of each site is covered; areas of one view add up, and each site is taken from the view that covers most of it."""
    by_view: dict[str, Bools] = {}
    for view, area in areas:
        painted = mask(view, area)
        by_view[view] = by_view[view] | painted if view in by_view else painted
    return merge(area_to_sites(view, area) for view, area in by_view.items())


def meant(covered: dict[Key, float]) -> dict[str, tuple[str, ...]]:
    """The sites that were meant on each side, the most covered first; a side that was not painted is left out."""
    found: dict[str, tuple[str, ...]] = {}
    for side in SIDES:
        here = sorted(((share, site) for (s, site), share in covered.items() if s == side), key=lambda one: (-one[0], one[1]))
        whole = [site for share, site in here if share >= MEANT]
        if here:
            found[side] = tuple(whole or [here[0][1]])
    return found
