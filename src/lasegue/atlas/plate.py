"""Plates: a view with layers, legend and side labels as one SVG text. Literal attributes only; the same call gives the same bytes."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from lasegue.atlas import figure, ink, legend, overlay, raster
from lasegue.atlas.figure import Window
from lasegue.atlas.layers import Bars, Layer, Marks, Zones
from lasegue.atlas.overlay import Canvas
from lasegue.atlas.theme import Theme
from lasegue.atlas.theme import theme as theme_named


class Picture(str):
    """A plate: SVG text that a notebook shows inline."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)


VIEW_NAMES = {
    "anterior": "Front of the legs", "posterior": "Back of the legs and buttocks", "lateral": "Outer side of the legs",
    "medial": "Inner side of the legs", "dorsum": "Dorsum of the feet", "sole": "Soles", "saddle": "Saddle (schematic, seen from below)",
}  # fmt: skip
_SHEET = (
    ("anterior", 0.0, 0.0),
    ("posterior", 42.0, 0.0),
    ("lateral", 84.0, 0.0),
    ("medial", 157.0, 0.0),
    ("dorsum", 2.0, 119.0),
    ("sole", 44.0, 116.0),
)


def plate(  # noqa: PLR0913 - each is a choice of its own, by name
    view: str,
    *,
    theme: str = "light",
    layers: Sequence[Layer] = (),
    region: str | None = None,
    sides: Sequence[str] = raster.SIDES,
    title: str = "",
    prefix: str = "",
    coarse: bool = False,
    legend: bool = True,
) -> Picture:
    """An SVG of one view, or of `all` views but the saddle, with the layers over it.

    `region` (foot, leg, knee, thigh, gluteal) enlarges a part of a standing view; `prefix` keeps ids apart when several plates
    share a page; `coarse` shades with half as many coats, for pages of many plates; without `legend` the plate is the figure
    alone, for pages that say themselves what its colours mean.
    """
    chosen = tuple(s for s in raster.SIDES if s in sides)
    if not chosen or set(sides) - set(raster.SIDES):
        raise ValueError("sides are left, right or both")
    if view != "all" and view not in raster.VIEWS:
        raise ValueError(f"no view {view!r}; there are {', '.join(raster.VIEWS)} and all")
    look = theme_named(theme)
    if view == "all":
        return Picture(_sheet(look, tuple(layers), title, prefix or "all-"))
    window = figure.window(view, region, chosen)
    name = title or (f"{VIEW_NAMES[view]}: {region}" if region else VIEW_NAMES[view])
    canvas = Canvas(prefix or f"{view}-{region or 'whole'}-", look, _unit(window), chosen, coarse=2 if coarse else 1)
    return Picture(_single(view, window, canvas, tuple(layers), name, legend))


def _unit(window: Window) -> float:
    """Text height: a share of the plate, in hundredths of a centimetre."""
    return 100 * max(window.height / 44, window.width / 36)


def _single(view: str, window: Window, canvas: Canvas, layers: tuple[Layer, ...], name: str, explained: bool) -> str:
    u = canvas.unit
    layers = tuple(overlay.present(view, x, window) if isinstance(x, Zones) else x for x in layers)
    body = _panel(view, window, canvas, layers)
    x, y, w, h = window.left * 100, -window.top * 100, window.width * 100, window.height * 100
    aside = 15 * u if layers and explained else 0.0
    drawn = legend.draw(layers, canvas, x + w + u, y, aside - 1.5 * u) if aside else legend.Legend("", 0.0)
    size = min(u * 1.15, max(u * 0.75, (w + aside - u) / (0.70 * len(name))))
    head = ink.text(name, x + u * 0.5, y - u * 0.8, size, canvas.theme.ink, font_weight="bold")
    across = max(w + aside, 0.70 * size * len(name) + u)
    box = (x, y - 2.4 * u, across, max(h + 1.9 * u, drawn.height + u) + 2.4 * u)
    return _document(canvas, name, layers, box, head + body + drawn.body, 9.0)


def _panel(view: str, window: Window, canvas: Canvas, layers: tuple[Layer, ...]) -> str:
    """One view cut to its window, with the side labels below."""
    canvas.under, canvas.over, canvas.box = [], [], window
    for layer in layers:
        overlay.draw(view, layer, canvas)
    weight = canvas.unit * 0.085
    figure.define(view, canvas, weight)
    name = f"{canvas.prefix}w-{view}"
    x, y, w, h = window.left * 100, -window.top * 100, window.width * 100, window.height * 100
    canvas.defs[name] = ink.tag("clipPath", ink.tag("rect", x=x, y=y, width=w, height=h), id=name)
    seen = ink.tag("g", figure.compose(view, canvas, weight), clip_path=f"url(#{name})")
    left_at_right = view != "posterior"
    size = canvas.unit * 0.85
    labels = []
    for side in canvas.sides:
        at_right = (side == "left") == left_at_right
        middle = x + w / 2 if len(canvas.sides) == 1 else x + w * (0.75 if at_right else 0.25)
        labels.append(ink.text(f"patient's {side}", middle, y + h + size * 1.3, size, canvas.theme.faint, text_anchor="middle"))
    return seen + "".join(labels)


def _sheet(look: Theme, layers: tuple[Layer, ...], title: str, prefix: str) -> str:
    """All standing views and the feet on one sheet, one legend."""
    canvas = Canvas(prefix, look, 210.0, coarse=2)
    parts = []
    for view, right, down in _SHEET:
        window = figure.WHOLE[view]
        scale = 1.15 if view in ("dorsum", "sole") else 1.0
        dx, dy = right * 100 - scale * window.left * 100, down * 100 + scale * window.top * 100
        canvas.unit = 210.0 / scale
        panel = _panel(view, window, canvas, tuple(x for x in layers if not isinstance(x, Bars)))
        parts.append(ink.tag("g", panel, transform=f"translate({ink.number(dx)},{ink.number(dy)}) scale({ink.number(scale)})"))
    canvas.unit = 210.0
    drawn = legend.draw(layers, canvas, 9000.0, 11600.0, 9000.0) if layers else legend.Legend("", 0.0)
    name = title or "The lower body from every side"
    head = ink.text(name, 100, -200, 300, look.ink, font_weight="bold")
    height = max(15300.0, 11600.0 + drawn.height + 200) + 700
    return _document(canvas, name, layers, (0.0, -700.0, 23200.0, height), head + "".join(parts) + drawn.body, 7.0)


def _document(canvas: Canvas, name: str, layers: tuple[Layer, ...], box: tuple[float, float, float, float], body: str, scale: float) -> str:
    """The whole text: title and description for readers that cannot see, definitions, paper, drawing."""
    p = canvas.prefix
    x, y, w, h = (round(v) for v in box)
    names = [layer.label or (layer.kind if isinstance(layer, Marks) else "") for layer in layers]
    about = "; ".join(f"{label} ({layer.note})" if layer.note else label for label, layer in zip(names, layers, strict=True))
    told = f"{name}. Sides are the patient's. {'Layers: ' + about if about else 'Skin without layers'}."
    head = f'<title id="{p}title">{escape(name)}</title><desc id="{p}desc">{escape(told)}</desc>'
    paper = ink.tag("rect", x=x - 200, y=y - 200, width=w + 400, height=h + 400, fill=canvas.theme.paper)
    size = f'width="{ink.number(w / 100 * scale)}" height="{ink.number(h / 100 * scale)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {w} {h}" {size} role="img" aria-labelledby="{p}title {p}desc">'
        f"{head}<defs>{''.join(canvas.defs.values())}</defs>{paper}{body}</svg>\n"
    )
