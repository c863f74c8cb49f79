"""Layers drawn into a view's plane: areas under the shading, marks, labels and lines above it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from lasegue.atlas import ink, raster, saddle
from lasegue.atlas.body import Bools, Floats, Ints, asset
from lasegue.atlas.contour import contours
from lasegue.atlas.layers import Density, Layer, Lines, Marks, Points, Zones
from lasegue.atlas.theme import NUMBNESS, PAIN, TINGLING, Theme, apart, colour

MARK_COLOURS = {"numbness": NUMBNESS, "tingling": TINGLING, "pain": PAIN}
TOLERANCE = 0.16
ZONE_OPACITY = 0.62


@dataclass
class Canvas:
    """What a plate collects while its layers are drawn.

    `unit` is a text's height in hundredths of a centimetre; `coarse` 2 leaves out every other coat of shading; `box` is the
    part of the plane that shows (left, bottom, right, top in cm).
    """

    prefix: str
    theme: Theme
    unit: float
    sides: tuple[str, ...] = raster.SIDES
    coarse: int = 1
    box: tuple[float, float, float, float] = (-99.0, -99.0, 99.0, 999.0)
    labelled: dict[tuple[str, str], int] = field(default_factory=dict)
    halves: int = 0
    defs: dict[str, str] = field(default_factory=dict)
    under: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)

    def pattern(self, name: str, drawn: str) -> str:
        """Keep a pattern once; its paint."""
        self.defs.setdefault(name, drawn)
        return f"url(#{name})"

    def half(self, negative: bool = False, over: int = 0) -> str:
        """The clip that keeps what lies to one side of the midline, and of opaque paint a little over it so that no seam shows."""
        name = f"{self.prefix}half{'n' if negative else ''}{over or ''}"
        rect = ink.tag("rect", x=-20000 if negative else -over, y=-20000, width=20000, height=40000)
        return self.pattern(name, ink.tag("clipPath", rect, id=name))


def place(view: str, name: str, side: str) -> tuple[float, float] | None:
    """Where a view shows a site or landmark."""
    return saddle.place(name, side) if view == "saddle" else asset().place(view, name, side)


def _paths(view: str, values: Floats, level: float) -> str:
    """Path data of what exceeds the level, in a plane of the view."""
    r = raster.raster(view)
    rows, cols = np.flatnonzero((values > level).any(axis=1)), np.flatnonzero((values > level).any(axis=0))
    if not len(rows):
        return ""
    top, left = max(int(rows[0]) - 2, 0), max(int(cols[0]) - 2, 0)
    part = values[top : rows[-1] + 3, left : cols[-1] + 3]
    # A hair below the level, so that skin that holds exactly the level is not speckled by rounding.
    found = contours(part, level - 1e-3, TOLERANCE)
    return ink.data(ink.area(found, r.left + left * r.step, r.top - top * r.step, r.step))


def _both(view: str, drawn: str, half: bool, canvas: Canvas, over: int = 0) -> str:
    """What was drawn; a half also mirrored, each half cut at the midline, and only on the sides that show."""
    if not half:
        return drawn
    canvas.halves += 1
    name, at_right = f"{canvas.prefix}y{canvas.halves}", "right" if view == "posterior" else "left"
    drawn = ink.tag("g", drawn, id=name, clip_path=canvas.half(over=over))
    if at_right not in canvas.sides:
        return ink.tag("g", drawn, transform="scale(-1,1)")
    return drawn + (ink.tag("use", href=f"#{name}", transform="scale(-1,1)") if len(canvas.sides) == 2 else "")


def _symmetrical(canvas: Canvas, *many: raster.Values) -> bool:
    """Whether one half may be drawn and mirrored; hatches may not, for their slant is what tells them apart."""
    return not canvas.theme.patterns and all(raster.symmetrical(values) for values in many)


def density(view: str, layer: Density, canvas: Canvas) -> None:
    """Nested bands: each level adds a coat."""
    half = _symmetrical(canvas, layer.values)
    row = raster.fields(view, [layer.values], beyond_edge=True, half=half)[0]
    values = raster.spread(view, row, beyond_edge=True, half=half)
    coat = 1 - (1 - canvas.theme.area_opacity) ** (1 / len(layer.levels))
    bands = []
    for k, level in enumerate(layer.levels):
        d = _paths(view, values, level)
        if not d:
            continue
        if canvas.theme.patterns:
            if k % 2 == 0:
                index = (0, 1, 7)[k // 2 % 3]
                paint = canvas.pattern(
                    f"{canvas.prefix}h{index}", ink.hatch(f"{canvas.prefix}h{index}", index, canvas.theme.ink, canvas.unit / 12)
                )
                bands.append(ink.tag("path", d=d, fill=paint, stroke=canvas.theme.ink, stroke_width=4))
        else:
            bands.append(ink.tag("path", d=d))
    if bands and canvas.theme.patterns:
        canvas.under.append(_both(view, ink.tag("g", "".join(bands), fill_rule="evenodd"), half, canvas))
    elif bands:
        group = ink.tag("g", "".join(bands), fill=layer.colour, fill_opacity=coat, fill_rule="evenodd")
        canvas.under.append(_both(view, group, half, canvas))


def zone_colour(layer: Zones, index: int) -> str:
    """A zone's colour: its own, or the scheme's."""
    return layer.zones[index].colour or colour(index)


def within(view: str, box: tuple[float, float, float, float]) -> Bools:
    """The pixels of a view that lie in a box of its plane."""
    r = raster.raster(view)
    u = r.left + (np.arange(r.skin.shape[1]) + 0.5) * r.step
    v = r.top - (np.arange(r.skin.shape[0]) + 0.5) * r.step
    inside: Bools = ((u > box[0]) & (u < box[2])) & ((v > box[1]) & (v < box[3]))[:, None]
    return inside


def present(view: str, layer: Zones, box: tuple[float, float, float, float]) -> Zones:
    """The layer without the zones that own nothing in the box of the view."""
    half = all(raster.symmetrical(z.values) for z in layer.zones) and box[0] < 0 < box[2]
    rows = raster.fields(view, [z.values for z in layer.zones], half=half)
    seen = within(view, box)[raster.pixels(view, False, half).known] & (rows.max(axis=0) > layer.least)
    owner = np.where(seen, rows.argmax(axis=0), -1)
    owners = np.bincount(owner[seen], minlength=len(layer.zones)) * (2 if half else 1)
    paints = _apart(raster.spread(view, owner, -1, half=half).astype(np.int16), owners > 12) if layer.numbered else {}
    kept = [replace(z, colour=z.colour or paints.get(k) or colour(k)) for k, z in enumerate(layer.zones) if owners[k] > 12]
    return replace(layer, zones=tuple(kept))


def _apart(owner: NDArray[np.int16], shown: Bools) -> dict[int, str]:
    """Colours in order, none beside itself: neighbours within a few pixels differ."""
    n = len(shown)
    beside: dict[int, set[int]] = {int(k): set() for k in np.flatnonzero(shown)}
    touching = np.zeros((n, n), bool)
    for axis in (0, 1):
        for reach in (1, 4):
            a, b = (owner[reach:], owner[:-reach]) if axis == 0 else (owner[:, reach:], owner[:, :-reach])
            met = (a != b) & (a >= 0) & (b >= 0)
            touching[a[met], b[met]] = True
    for x, y in np.argwhere(touching | touching.T).tolist():
        if x in beside and y in beside:
            beside[x].add(y)
    return apart(beside)


def _margins(view: str, layer: Zones, half: bool) -> Iterator[tuple[int, Floats]]:
    """Each zone that owns skin in the view, with the plane of how far it exceeds every other one."""
    rows = raster.fields(view, [z.values for z in layer.zones], beyond_edge=True, half=half)
    order = np.sort(np.concatenate([rows, np.full((2, rows.shape[1]), layer.least)]), axis=0)
    best, second, owner = order[-1], order[-2], rows.argmax(axis=0)
    for k in range(len(layer.zones)):
        # A tie goes to the first, and neither is left out nor painted twice.
        margin = np.where(owner == k, rows[k] - second + 2e-3, rows[k] - best - 2e-3)
        margin[best <= layer.least] = -1.0
        if (margin > 0).any():
            yield k, raster.spread(view, margin, -1.0, beyond_edge=True, half=half)


# Zones are grown a little and painted opaque one over the other in a translucent group: where three meet no sliver stays bare.
GROWN = 0.03


def zones(view: str, layer: Zones, canvas: Canvas) -> None:
    """Territories where each is the strongest, with its name or number at the widest place of either side."""
    if not layer.zones:
        return
    patterns, drawn = canvas.theme.patterns, []
    half = _symmetrical(canvas, *(z.values for z in layer.zones))
    for k, margin in _margins(view, layer, half):
        d = _paths(view, margin, -GROWN)
        if patterns:
            name = f"{canvas.prefix}h{k % 12}"
            drawn.append(ink.tag("path", d=d, fill=canvas.pattern(name, _zone_hatch(name, k, canvas))))
        else:
            drawn.append(ink.tag("path", d=d, fill=zone_colour(layer, k)))
        zone = layer.zones[k]
        key = (layer.label, zone.name)
        number = canvas.labelled.get(key, len(canvas.labelled) + 1)
        if _label(view, margin, str(number) if layer.numbered else zone.key or zone.name, canvas, half):
            canvas.labelled[key] = number
    edge: dict[str, str | float] = {"stroke": canvas.theme.line, "stroke_width": canvas.unit * 0.045, "fill_rule": "evenodd"}
    both = _both(view, ink.tag("g", "".join(drawn), **edge), half, canvas, over=4)
    canvas.under.append(ink.tag("g", both, opacity=1.0 if patterns else ZONE_OPACITY))


def _zone_hatch(name: str, index: int, canvas: Canvas) -> str:
    return ink.hatch(name, index, canvas.theme.faint, canvas.unit / 18, canvas.theme.skin)


def _label(view: str, margin: Floats, words: str, canvas: Canvas, half: bool) -> bool:
    """Words at the widest place of either side; whether there was room for any."""
    r = raster.raster(view)
    done = False
    spot: tuple[tuple[int, int], int] | None
    found: tuple[tuple[int, int], int] | None = None
    middle = r.skin.shape[1] // 2
    for side in canvas.sides:
        if half and done and found is not None:  # the mirror of the other side's place
            (i, j), room = found
            spot = (i, r.skin.shape[1] - 1 - j), room
        else:
            whole = np.concatenate([margin[:, middle:][:, ::-1], margin[:, middle:]], axis=1) if half else margin
            spot = widest((whole > 0) & r.skin & (r.left_side == (side == "left")) & within(view, canvas.box))
        if spot is None or spot[1] * r.step < 0.35:
            continue
        found = spot
        (i, j), room = spot
        size = min(canvas.unit, max(canvas.unit * 0.55, room * r.step * 100 * 1.1))
        x, y = (r.left + (j + 0.5) * r.step) * 100, -(r.top - (i + 0.5) * r.step) * 100
        if abs(x) < size * max(0.8, 0.34 * len(words)) and len(canvas.sides) == 2:
            # The two sides' labels would run into one another: one stands for both.
            if done:
                continue
            x = 0.0
        canvas.over.append(halo(words, x, y + size * 0.36, size, canvas))
        done = True
    return done


def widest(area: Bools) -> tuple[tuple[int, int], int] | None:
    """The middle of the largest square that fits into the area, and half its side; None if the area is a sliver."""
    rows, cols = np.flatnonzero(area.any(axis=1)), np.flatnonzero(area.any(axis=0))
    if not len(rows):
        return None
    part = area[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1].astype(np.int64)
    sums = np.pad(part, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)

    def fits(half: int) -> Ints:
        side = 2 * half + 1
        if side > min(part.shape):
            return np.zeros((0, 2), np.int64)
        held = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
        return np.argwhere(held == side * side)

    low, high = 0, min(part.shape) // 2 + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if len(fits(middle)) else (low, middle)
    found = fits(low)
    i, j = found[len(found) // 2]
    return (int(rows[0]) + int(i) + low, int(cols[0]) + int(j) + low), low


def halo(words: str, x: float, y: float, size: float, canvas: Canvas, anchor: str = "middle") -> str:
    """Words that stay legible on any colour: dark on a light rim."""
    return ink.text(words, x, y, size, "#101418", text_anchor=anchor, font_weight="bold", stroke="#ffffff", stroke_width=size * 0.22,
                    stroke_linejoin="round", paint_order="stroke")  # fmt: skip


def marks(view: str, layer: Marks, canvas: Canvas) -> None:
    """The patient's findings: an outlined area with the kind's mark."""
    half = _symmetrical(canvas, layer.values)
    row = raster.fields(view, [layer.values], beyond_edge=True, half=half)[0]
    d = _paths(view, raster.spread(view, row, beyond_edge=True, half=half), layer.threshold)
    if not d:
        return
    paint = canvas.theme.ink if canvas.theme.patterns else MARK_COLOURS[layer.kind]
    name = f"{canvas.prefix}m{layer.kind}"
    fill = canvas.pattern(name, ink.mark(name, layer.kind, paint, canvas.unit / 15))
    clip = f"url(#{canvas.prefix}c-{view}{'2' if view != 'saddle' and asset().one_limb(view) else ''})"
    drawn = ink.tag("path", d=d, fill=paint, fill_opacity=0.14) + ink.tag(
        "path", d=d, fill=fill, stroke=paint, stroke_width=canvas.unit * 0.12
    )
    canvas.over.append(ink.tag("g", _both(view, drawn, half, canvas), fill_rule="evenodd", clip_path=clip))


def points(view: str, layer: Points, canvas: Canvas) -> None:
    """Dots with their labels."""
    paint = canvas.theme.ink if canvas.theme.patterns else layer.colour
    for point in layer.points:
        for side in point.sides:
            spot = place(view, point.name, side) if side in canvas.sides else None
            if spot is None:
                continue
            x, y = spot[0] * 100, -spot[1] * 100
            if abs(x) < canvas.unit * 0.5 and side != point.sides[0] and point.sides[0] in canvas.sides:
                continue  # at the midline one label stands for both sides
            canvas.over.append(
                ink.tag("circle", cx=x, cy=y, r=canvas.unit * 0.26, fill=paint, stroke="#ffffff", stroke_width=canvas.unit * 0.1)
            )
            canvas.over.append(halo(point.text, x + canvas.unit * 0.42, y + canvas.unit * 0.28, canvas.unit * 0.8, canvas, "start"))


def lines(view: str, layer: Lines, canvas: Canvas) -> None:
    """Lines through the places that the view shows, smooth between them."""
    paint = canvas.theme.ink if canvas.theme.patterns else layer.colour
    dash = {"stroke_dasharray": f"{ink.number(canvas.unit * 0.5)} {ink.number(canvas.unit * 0.3)}"} if layer.dashed else {}
    for side in (s for s in layer.sides if s in canvas.sides):
        for line in layer.lines:
            run: list[tuple[float, float]] = []
            for spot in [*(place(view, name, side) for name in line), None]:
                if spot is not None:
                    run.append(spot)
                    continue
                if len(run) > 1:
                    canvas.over.append(ink.tag("path", d=_smooth(run), fill="none", stroke=paint, stroke_width=canvas.unit * 0.2, **dash))
                run = []


def _smooth(run: list[tuple[float, float]]) -> str:
    """A Catmull-Rom curve through the places."""
    p = np.array([run[0], *run, run[-1]]) * np.array([100.0, -100.0])
    parts = [f"M{ink.number(p[1, 0])},{ink.number(p[1, 1])}"]
    for k in range(1, len(p) - 2):
        a, b = p[k] + (p[k + 1] - p[k - 1]) / 6, p[k + 1] - (p[k + 2] - p[k]) / 6
        parts.append("C" + " ".join(f"{ink.number(q[0])},{ink.number(q[1])}" for q in (a, b, p[k + 1])))
    return "".join(parts)


def draw(view: str, layer: Layer, canvas: Canvas) -> None:
    """One layer in one view; bars stand in the legend and draw nothing here."""
    if isinstance(layer, Density):
        density(view, layer, canvas)
    elif isinstance(layer, Zones):
        zones(view, layer, canvas)
    elif isinstance(layer, Marks):
        marks(view, layer, canvas)
    elif isinstance(layer, Points):
        points(view, layer, canvas)
    elif isinstance(layer, Lines):
        lines(view, layer, canvas)
