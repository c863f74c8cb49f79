"""The figure itself: skin, shading and lines of one view, drawn once and mirrored where it holds a single limb."""

from functools import cache
from typing import NamedTuple

import numpy as np

from lasegue.atlas import ink, raster, saddle
from lasegue.atlas.body import TONES, Path, asset
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
    """The window narrowed to the skin of one side."""
    r = raster.raster(view)
    v = r.top - (np.arange(r.skin.shape[0]) + 0.5) * r.step
    rows = (v > whole.bottom) & (v < whole.top)
    columns = np.flatnonzero((r.skin & (r.left_side == (side == "left")))[rows].any(axis=0))
    return whole._replace(left=r.left + columns[0] * r.step - 1.0, right=r.left + (columns[-1] + 1) * r.step + 1.0)


def _outline(view: str) -> list[Path]:
    return saddle.outline() if view == "saddle" else asset().paths(f"{view}.outline")


@cache
def _data(name: str) -> str:
    """Path data of stored lines; the same in every plate, so written once."""
    return ink.data(asset().paths(name))


def _drawn(view: str, canvas: Canvas, weight: float) -> str:
    """Shading coats and lines of a view's drawing."""
    t = canvas.theme
    stroke = {"fill": "none", "stroke": t.line, "stroke_linecap": "round", "stroke_linejoin": "round"}
    edge = ink.tag("use", href=f"#{canvas.prefix}o-{view}", stroke_width=weight, **stroke)
    a = asset()
    if view == "saddle":
        return ink.tag("path", d=ink.data(saddle.lines()), stroke_width=weight * 0.8, stroke_opacity=0.8, **stroke) + edge
    coats = [_data(f"{view}.tone{k}") for k in range(0, TONES, canvas.coarse)]
    shade = "".join(ink.tag("path", d=d) for d in coats if d)
    clip = f"url(#{canvas.prefix}c-{view})"
    parts = [
        ink.tag("g", shade, fill=t.shade, fill_opacity=1 - (1 - t.shade_opacity) ** canvas.coarse, fill_rule="evenodd", clip_path=clip)
    ]
    if view == "medial":
        parts.append(ink.tag("path", d=_data("medial.cut"), fill=t.cut, stroke=t.line, stroke_width=weight * 0.5))
    parts.append(ink.tag("path", d=_data(f"{view}.edges"), stroke_width=weight * 0.7, stroke_opacity=0.85, **stroke))
    parts += [ink.tag("path", d=ink.data(p), stroke_width=weight * heavy, stroke_opacity=0.7, **stroke) for heavy, p in a.creases(view)]
    return "".join([*parts, edge])


def _mirrored(view: str) -> bool:
    return view != "saddle" and asset().one_limb(view)


def define(view: str, canvas: Canvas, weight: float) -> None:
    """Put the view's clip and drawing among the plate's definitions."""
    name = f"{canvas.prefix}c-{view}"
    if name in canvas.defs:
        return
    edge = f"{canvas.prefix}o-{view}"
    canvas.defs[edge] = ink.tag("path", d=ink.data(_outline(view)), id=edge)
    canvas.defs[name] = ink.tag("clipPath", ink.tag("use", href=f"#{edge}"), id=name)
    both = ink.tag("use", href=f"#{edge}")
    if _mirrored(view):
        both += ink.tag("use", href=f"#{edge}", transform="scale(-1,1)")
    canvas.defs[f"{name}2"] = ink.tag("clipPath", both, id=f"{name}2")
    canvas.defs[f"{canvas.prefix}f-{view}"] = ink.tag("g", _drawn(view, canvas, weight), id=f"{canvas.prefix}f-{view}")


def compose(view: str, canvas: Canvas) -> str:
    """Skin, the layers under the shading, the drawing, and the layers above."""
    sides = "".join([ink.tag("use", href=f"#{canvas.prefix}f-{view}"),
                     ink.tag("use", href=f"#{canvas.prefix}f-{view}", transform="scale(-1,1)") if _mirrored(view) else ""])  # fmt: skip
    edge = f"#{canvas.prefix}o-{view}"
    skin = ink.tag("use", href=edge, fill=canvas.theme.skin)
    if _mirrored(view):
        skin += ink.tag("use", href=edge, fill=canvas.theme.skin, transform="scale(-1,1)")
    under = ink.tag("g", "".join(canvas.under), clip_path=f"url(#{canvas.prefix}c-{view}2)") if canvas.under else ""
    return skin + under + sides + "".join(canvas.over)
