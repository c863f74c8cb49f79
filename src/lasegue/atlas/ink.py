"""SVG text from paths: literal attributes only, whole numbers, no styles."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from lasegue.atlas.body import Floats, Ints, Path
from lasegue.atlas.theme import HATCHES


def tag(name: str, body: str = "", /, **attributes: str | float | int) -> str:
    """One element; underscores in attribute names become hyphens, a leading `href` stays as it is."""
    written = "".join(f" {key.rstrip('_').replace('_', '-')}={quoteattr(number(value))}" for key, value in attributes.items())
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def number(value: str | float | int) -> str:
    """A number as short as it can be, the same on every machine."""
    if isinstance(value, str):
        return value
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def text(words: str, x: float, y: float, size: float, fill: str, **more: str | float) -> str:
    """A line of text."""
    return tag("text", escape(words), x=x, y=y, font_size=size, fill=fill, font_family="DejaVu Sans, Helvetica, Arial, sans-serif", **more)


def data(paths: Iterable[Path]) -> str:
    """Path data in hundredths of a centimetre with the picture's y downwards: relative whole numbers, rounded at the corners.

    Each corner becomes the handle of a quadratic curve between the middles of its two sides, so few points draw a smooth line.
    """
    parts = []
    for points, closed in paths:
        p = points * np.array([1, -1])
        if closed:
            p = np.concatenate([p[:-1], p[:1]]) if (p[0] == p[-1]).all() else np.concatenate([p, p[:1]])
            middle = (p[:-1] + p[1:]) // 2
            handles, ends, start = p[1:], np.concatenate([middle[1:], middle[:1]]), middle[0]
        else:
            if len(p) < 3:
                parts.append(f"M{p[0, 0]},{p[0, 1]}l{_pair(*(p[-1] - p[0]).tolist()).lstrip()}")
                continue
            middle = (p[1:-2] + p[2:-1]) // 2
            handles, ends, start = p[1:-1], np.concatenate([middle, p[-1:]]), p[0]
        begins = np.concatenate([start[None], ends[:-1]])
        rows = np.concatenate([handles - begins, ends - begins], axis=1).tolist()
        curves = "".join(_pair(a, b) + _pair(c, d) for a, b, c, d in rows)
        parts.append(f"M{start[0]},{start[1]}q{curves.lstrip()}{'z' if closed else ''}")
    return "".join(parts)


def _pair(a: int, b: int) -> str:
    return f"{'' if a < 0 else ' '}{a}{'' if b < 0 else ' '}{b}"


def area(contours: Iterable[Floats], left: float, top: float, step: float) -> list[Path]:
    """Contours of a raster (column, row) as closed paths in hundredths of a centimetre."""
    result = []
    for contour in contours:
        points: Ints = np.round(np.stack([left + (contour[:, 0] + 0.5) * step, top - (contour[:, 1] + 0.5) * step], axis=1) * 100).astype(
            np.int64
        )
        if len(points) > 3:
            result.append(Path(points, True))
    return result


def hatch(identifier: str, index: int, colour: str, scale: float, ground: str = "") -> str:
    """A hatch as a pattern, `scale` in hundredths of a centimetre to the tile's unit; with a ground it covers what lies below."""
    size, marks = HATCHES[index % len(HATCHES)]
    drawn = [tag("rect", width=size, height=size, fill=ground)] if ground else []
    for mark in marks:
        if len(mark) == 3:
            drawn.append(tag("circle", cx=mark[0], cy=mark[1], r=mark[2], fill=colour))
        else:
            drawn.append(tag("line", x1=mark[0], y1=mark[1], x2=mark[2], y2=mark[3], stroke=colour, stroke_width=1.0))
    return tag(
        "pattern",
        "".join(drawn),
        id=identifier,
        patternUnits="userSpaceOnUse",
        width=size,
        height=size,
        patternTransform=f"scale({number(scale)})",
    )


def mark(identifier: str, kind: str, colour: str, scale: float) -> str:
    """The mark of a finding: rings for numbness, dots for tingling, slashes for pain."""
    if kind == "numbness":
        body = tag("circle", cx=4, cy=4, r=2.3, fill="none", stroke=colour, stroke_width=1.1)
    elif kind == "tingling":
        body = tag("circle", cx=2, cy=2, r=1.2, fill=colour) + tag("circle", cx=6, cy=6, r=1.2, fill=colour)
    else:
        body = tag("path", d="M0,8L8,0M-1,1L1,-1M7,9L9,7", fill="none", stroke=colour, stroke_width=1.7)
    return tag("pattern", body, id=identifier, patternUnits="userSpaceOnUse", width=8, height=8, patternTransform=f"scale({number(scale)})")
