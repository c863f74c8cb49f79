"""Colours of the plates as literal values: light, dark, and print (ink and patterns only)."""

from collections.abc import Mapping
from typing import NamedTuple


class Theme(NamedTuple):
    """Paper, ink, skin and the colours of layers; `patterns` draws areas with hatching instead of colour."""

    paper: str
    ink: str
    faint: str
    skin: str
    shade: str
    shade_opacity: float
    line: str
    cut: str
    area_opacity: float
    patterns: bool


THEMES = {
    "light": Theme("#ffffff", "#1f2328", "#5b636b", "#f8ebdf", "#83543f", 0.064, "#4a352c", "#d9cfc7", 0.80, False),
    "dark": Theme("#14171a", "#eef1f4", "#aab2ba", "#d9cdc3", "#2c1c16", 0.085, "#241813", "#6f665f", 0.78, False),
    "print": Theme("#ffffff", "#000000", "#333333", "#ffffff", "#000000", 0.030, "#000000", "#e8e8e8", 1.0, True),
}

# After Okabe and Ito (2008) and Paul Tol's muted scheme, ordered so that neighbours along the body differ in hue and lightness.
COLOURS = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#f0e442",
    "#882255",
    "#44aa99",
    "#aa4499",
    "#999933",
    "#332288",
)
YELLOW, OCHRE = "#f0e442", "#a67c00"
NUMBNESS, TINGLING, PAIN = "#0072b2", "#b8860b", "#c4430a"

# Hatches for print and for marks: line segments (x1, y1, x2, y2) or dots (x, y, r) in a tile of the given size.
HATCHES: tuple[tuple[float, tuple[tuple[float, ...], ...]], ...] = (
    (9.0, ((0, 9, 9, 0), (-1, 1, 1, -1), (8, 10, 10, 8))),
    (9.0, ((0, 0, 9, 9), (-1, 8, 1, 10), (8, -1, 10, 1))),
    (8.0, ((0, 4, 8, 4),)),
    (8.0, ((4, 0, 4, 8),)),
    (9.0, ((2.2, 2.2, 1.1), (6.7, 6.7, 1.1))),
    (11.0, ((0, 11, 11, 0), (0, 0, 11, 11))),
    (10.0, ((0, 5, 10, 5), (5, 0, 5, 10))),
    (5.0, ((0, 5, 5, 0), (-1, 1, 1, -1), (4, 6, 6, 4))),
    (5.0, ((0, 2.5, 5, 2.5),)),
    (5.5, ((1.4, 1.4, 0.8), (4.1, 4.1, 0.8))),
    (5.0, ((2.5, 0, 2.5, 5),)),
    (14.0, ((0, 14, 14, 0), (-1, 1, 1, -1), (13, 15, 15, 13))),
)


def theme(name: str) -> Theme:
    """The theme of that name."""
    if name not in THEMES:
        raise ValueError(f"no theme {name!r}; there are {', '.join(THEMES)}")
    return THEMES[name]


def colour(index: int) -> str:
    """A colour of the scheme; it repeats after the last."""
    return COLOURS[index % len(COLOURS)]


def apart(beside: Mapping[int, set[int]]) -> dict[int, str]:
    """Colours of the scheme in order, none the same as a neighbour's, by each one's number; `beside` has the neighbours of each."""
    paints: dict[int, str] = {}
    for place, k in enumerate(beside):
        taken = {paints[m] for m in beside[k] if m in paints}
        paints[k] = next((c for c in (colour(place + i) for i in range(len(COLOURS))) if c not in taken), colour(place))
    return paints
