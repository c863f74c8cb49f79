"""How a target's fibres are shared among roots: the maps, the half shift of the plexus, and the leading root of this person."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.wiring.paths import ROOTS

Array = NDArray[np.float64]
N = len(ROOTS)
SHARPNESS: Final = (0.6, 1.0, 2.5)
"""Exponents on root shares: how far one root leads in this person."""
SHARPNESS_SHARE: Final = (0.25, 0.45, 0.30)
SHIFT: Final = (-0.5, 0.0, 0.5)
"""Half a root up (prefixed), none, half a root down (postfixed)."""
SHIFT_SHARE: Final = (0.14, 0.72, 0.14)
"""27.9 % of legs were pre- or postfixed (Phillips and Park 1991)."""
ANATOMIES: Final = tuple((sharp, shift) for sharp in SHARPNESS for shift in SHIFT)
ANATOMY_SHARE: Final = np.array([p * q for p in SHARPNESS_SHARE for q in SHIFT_SHARE])
TYPICAL: Final = ANATOMIES.index((1.0, 0.0))
MAPS: Final = ("consensus", "foerster", "keegan_garrett", "lee2008")
MAP_SHARE: Final = np.array([0.40, 0.20, 0.15, 0.25])


def root_vector(shares: dict[str, float]) -> Array:
    """Shares by root name as a vector over `ROOTS`."""
    vector = np.zeros(N)
    for root, share in shares.items():
        vector[ROOTS.index(root)] += share
    return np.asarray(vector / vector.sum())


def shifted(shares: Array, shift: float) -> Array:
    """Half of each root's share moved to the neighbour above (shift -0.5) or below (+0.5); the ends keep theirs. Shape (..., roots)."""
    if shift == 0.0:
        return shares
    moved = np.zeros_like(shares)
    if shift < 0:
        moved[..., :-1] = shares[..., 1:]
        moved[..., 0] += shares[..., 0]
    else:
        moved[..., 1:] = shares[..., :-1]
        moved[..., -1] += shares[..., -1]
    return (1 - abs(shift)) * shares + abs(shift) * moved


def varied(shares: Array) -> Array:
    """Shares (..., roots) under every anatomy: (anatomies, ..., roots), each summing to 1 (0 where there were none)."""
    kinds = []
    for sharp, shift in ANATOMIES:
        powered = shifted(shares, shift) ** sharp
        total = powered.sum(axis=-1, keepdims=True)
        kinds.append(np.divide(powered, total, out=np.zeros_like(powered), where=total > 0))
    return np.stack(kinds)


def fitted(branches: Array, roots: Array, allowed: NDArray[np.bool_], rounds: int = 200) -> Array:
    """Joint shares (tables, branches, roots) with the given margins by proportional fitting over the allowed cells.

    A root that runs in none of the allowed branches is allowed in all of them: the map says so, the nerves do not.
    Branch margins (tables, branches) hold exactly; root margins (tables, roots) as far as the allowed cells let them.
    """
    present = branches[:, :, None] > 0
    orphan = ~(allowed & present).any(axis=1, keepdims=True)
    cells = np.where((allowed | orphan) & present, 1.0, 0.0) * (roots[:, None, :] > 0)
    cells = np.where((cells.sum(axis=2, keepdims=True) == 0) & present & (roots[:, None, :] > 0), 1.0, cells)
    for _ in range(rounds):
        columns = cells.sum(axis=1, keepdims=True)
        cells = cells * np.divide(roots[:, None, :], columns, out=np.zeros_like(columns), where=columns > 0)
        lines = cells.sum(axis=2, keepdims=True)
        cells = cells * np.divide(branches[:, :, None], lines, out=np.zeros_like(lines), where=lines > 0)
    return cells
