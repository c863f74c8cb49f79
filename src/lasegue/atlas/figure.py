"""The figure itself: skin, shading and lines of one view, drawn once and mirrored where it holds a single limb."""

from functools import cache
from typing import NamedTuple

import numpy as np

from lasegue.atlas import ink, raster, saddle
from lasegue.atlas.body import TONES, Path, asset
from lasegue.atlas.contour import thin
from lasegue.atlas.overlay import Canvas


class Window(NamedTuple):
    """The part of a view's plane that a plate shows, in centimetres."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Up and down."""
        return self.top - self.bottom


WHOLE = {
    "anterior": Window(-20.5, -1.0, 20.5, 106.6),
    "posterior": Window(-20.5, -1.0, 20.5, 106.6),
    "lateral": Window(-36.0, -1.0, 36.0, 106.6),
    "medial": Window(-37.0, -1.0, 37.0, 106.6),
    "dorsum": Window(-17.0, -15.0, 17.0, 8.6),
    "sole": Window(-17.0, -9.4, 17.0, 19.2),
    "saddle": Window(-15.5, -14.0, 15.5, 12.4),
}
REGIONS = {"foot": (-1.0, 17.0), "leg": (4.0, 48.0), "knee": (38.0, 62.0), "thigh": (46.0, 92.0), "gluteal": (74.0, 106.6)}


def window(view: str, region: str | None, sides: tuple[str, ...]) -> Window:
    """What a plate of the view shows: all of it, a region's height, one side's half."""
    whole = WHOLE[view]
    if region is not None:
        if region not in REGIONS or view not in ("anterior", "posterior", "lateral", "medial"):
            raise ValueError(f"no region {region!r} in the view {view}; standing views have {', '.join(REGIONS)}")
        whole = whole._replace(bottom=REGIONS[region][0], top=REGIONS[region][1])
    if len(sides) == 1:
        return _one_side(view, whole, sides[0])
    return whole


def _one_side(view: str, whole: Window, side: str) -> Window:
    """The window narrowed to the skin of one side; it ends at the midline, beyond which a strip of the other thigh would show."""
    r = raster.raster(view)
    v = r.top - (np.arange(r.skin.shape[0]) + 0.5) * r.step
    rows = (v > whole.bottom) & (v < whole.top)
    columns = np.flatnonzero((r.skin & (r.left_side == (side == "left")))[rows].any(axis=0))
    left, right = r.left + columns[0] * r.step - 1.0, r.left + (columns[-1] + 1) * r.step + 1.0
    return whole._replace(left=max(left, 0.0), right=right) if left + right > 0 else whole._replace(left=left, right=min(right, 0.0))


def _outline(view: str) -> list[Path]:
    return saddle.outline() if view == "saddle" else asset().paths(f"{view}.outline")


@cache
def _data(name: str, bottom: float, top: float, tolerance: float = 0.0) -> str:
    """Path data of those stored lines that reach between two heights (cm); written once for all plates.

    With a tolerance (hundredths of a centimetre) points that hardly bend the line are left out.
    """
    paths = [p for p in asset().paths(name) if p.points[:, 1].max() > bottom * 100 and p.points[:, 1].min() < top * 100]
    if tolerance:
        thinned = [(thin(p.points.astype(float), tolerance).round().astype(np.int64), p.closed) for p in paths]
        paths = [Path(points, closed) for points, closed in thinned if len(points) > 4]
    return ink.data(paths)


def _drawn(view: str, canvas: Canvas, weight: float) -> str:
    """Shading coats and lines of a view's drawing, one half."""
    t, a = canvas.theme, asset()
    stroke = {"fill": "none", "stroke": t.line, "stroke_linecap": "round", "stroke_linejoin": "round"}
    if view == "saddle":
        return ink.tag("path", d=ink.data(saddle.lines()), stroke_width=weight * 0.8, stroke_opacity=0.8, **stroke)
    heights = canvas.box[1] - 1, canvas.box[3] + 1
    tolerance = 7.0 if canvas.coarse > 1 else 0.0
    coats = [_data(f"{view}.tone{k}", *heights, tolerance) for k in range(0, TONES, canvas.coarse)]
    shade = "".join(ink.tag("path", d=d) for d in coats if d)
    clip = f"url(#{canvas.prefix}c-{view})"
    opacity = 1 - (1 - t.shade_opacity) ** canvas.coarse
    parts = [ink.tag("g", shade, fill=t.shade, fill_opacity=opacity, fill_rule="evenodd", clip_path=clip)]
    if view == "medial":
        d = _data("medial.cut", *heights)
        parts.append(
            ink.tag("path", d=d, fill=t.paper) + ink.tag("path", d=d, fill=_section(canvas), stroke=t.line, stroke_width=weight * 0.6)
        )
    parts.append(ink.tag("path", d=_data(f"{view}.edges", *heights), stroke_width=weight * 0.7, stroke_opacity=0.85, **stroke))
    parts += [ink.tag("path", d=ink.data(p), stroke_width=weight * heavy, stroke_opacity=0.7, **stroke) for heavy, p in a.creases(view)]
    return "".join(parts)


def _section(canvas: Canvas) -> str:
    """The paint of a cut surface: fine slanting lines, as in any section."""
    name = f"{canvas.prefix}section"
    line = ink.tag("path", d="M0,10L10,0M-1,1L1,-1M9,11L11,9", stroke=canvas.theme.cut, stroke_width=0.8, fill="none")
    scale = ink.number(canvas.unit / 20)
    drawn = ink.tag("pattern", line, id=name, patternUnits="userSpaceOnUse", width=10, height=10, patternTransform=f"scale({scale})")
    return canvas.pattern(name, drawn)


def _halved(view: str) -> bool:
    """Whether the drawing holds the left half alone and is mirrored for the right one."""
    return view != "saddle"


def _apart(view: str) -> bool:
    """Whether the outline, too, holds one limb."""
    return view != "saddle" and asset().one_limb(view)


def define(view: str, canvas: Canvas, weight: float) -> None:
    """Put the view's clip and drawing among the plate's definitions."""
    name = f"{canvas.prefix}c-{view}"
    if name in canvas.defs:
        return
    edge, drawn = f"{canvas.prefix}o-{view}", f"{canvas.prefix}f-{view}"
    canvas.defs[edge] = ink.tag("path", d=ink.data(_outline(view)), id=edge)
    canvas.defs[name] = ink.tag("clipPath", ink.tag("use", href=f"#{edge}"), id=name)
    if _apart(view):
        both = ink.tag("use", href=f"#{edge}") + ink.tag("use", href=f"#{edge}", transform="scale(-1,1)")
        canvas.defs[f"{name}2"] = ink.tag("clipPath", both, id=f"{name}2")
    cut = {"clip_path": canvas.half(view == "posterior")} if _halved(view) and not _apart(view) else {}
    canvas.defs[drawn] = ink.tag("g", _drawn(view, canvas, weight), id=drawn, **cut)


def compose(view: str, canvas: Canvas, weight: float) -> str:
    """Skin, the layers under the shading, the drawing, and the layers above, on the sides that show."""
    t, edge = canvas.theme, f"#{canvas.prefix}o-{view}"
    turned = {"left": "", "right": "scale(-1,1)"}  # the drawing holds the left half

    def used(reference: str, mirrored: bool, **more: str | float) -> str:
        if not mirrored:
            return ink.tag("use", href=reference, **more)
        ways = [({"transform": turned[s]} if turned[s] else {}) for s in canvas.sides]
        return "".join(ink.tag("use", href=reference, **more, **way) for way in ways)

    clip = f"url(#{canvas.prefix}c-{view}{'2' if _apart(view) else ''})"
    under = ink.tag("g", "".join(canvas.under), clip_path=clip) if canvas.under else ""
    line: dict[str, str | float] = {"fill": "none", "stroke": t.line, "stroke_width": weight, "stroke_linejoin": "round"}
    parts = [
        used(edge, _apart(view), fill=t.skin),
        under,
        used(f"#{canvas.prefix}f-{view}", _halved(view)),
        used(edge, _apart(view), **line),
    ]
    return "".join([*parts, *canvas.over])
