"""The legend inside a plate: what every colour, number, mark and bar means."""

from typing import NamedTuple

from lasegue.atlas import ink
from lasegue.atlas.layers import Bars, Density, Layer, Lines, Marks, Points, Zones
from lasegue.atlas.overlay import MARK_COLOURS, ZONE_OPACITY, Canvas, zone_colour


class Legend(NamedTuple):
    """Drawn rows and the height they took, in hundredths of a centimetre."""

    body: str
    height: float


class Pen:
    """Writes rows downwards."""

    def __init__(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        self.canvas, self.x, self.y, self.width = canvas, x, y, width
        self.parts: list[str] = []

    def words(self, line: str, size: float, *, bold: bool = False, indent: float = 0.0, faint: bool = False) -> None:
        """A text, wrapped at words."""
        t = self.canvas.theme
        room = max(8, int((self.width - indent) / (size * 0.60)))
        for piece in wrap(line, room):
            self.y += size * 1.35
            more = {"font_weight": "bold"} if bold else {}
            self.parts.append(ink.text(piece, self.x + indent, self.y, size, t.faint if faint else t.ink, **more))

    def swatch(self, drawn: str, line: str) -> None:
        """A sample with its meaning."""
        u = self.canvas.unit
        self.parts.append(ink.tag("g", drawn, transform=f"translate({ink.number(self.x)},{ink.number(self.y + u * 0.42)})"))
        self.words(line, u * 0.8, indent=u * 1.9)
        self.y += u * 0.12


def wrap(line: str, room: int) -> list[str]:
    """Lines of at most `room` letters, broken between words."""
    result, current = [], ""
    for word in line.split():
        if current and len(current) + 1 + len(word) > room:
            result.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return [*result, current] if current else result


def _box(canvas: Canvas, paint: str, opacity: float) -> str:
    """A sample of a paint over skin, as the figure shows it."""
    u = canvas.unit
    size: dict[str, str | float] = {"width": u * 1.4, "height": u * 0.95}
    ground = ink.tag("rect", fill=canvas.theme.skin, **size)
    return ground + ink.tag("rect", fill=paint, fill_opacity=opacity, stroke=canvas.theme.line, stroke_width=u * 0.05, **size)


def _zones(layer: Zones, pen: Pen) -> None:
    for k, zone in enumerate(layer.zones):
        number = pen.canvas.labelled.get((layer.label, zone.name))
        if layer.numbered and number is None:
            continue
        name = f"{pen.canvas.prefix}h{k % 12}"
        if pen.canvas.theme.patterns:
            paint = pen.canvas.pattern(name, ink.hatch(name, k, pen.canvas.theme.faint, pen.canvas.unit / 18, pen.canvas.theme.skin))
            box = _box(pen.canvas, paint, 1.0)
        else:
            box = _box(pen.canvas, zone_colour(layer, k), ZONE_OPACITY)
        pen.swatch(box, f"{number}  {zone.name}" if layer.numbered else zone.name)


def _density(layer: Density, pen: Pen) -> None:
    u, t = pen.canvas.unit, pen.canvas.theme
    n = len(layer.levels)
    coat = 1 - (1 - t.area_opacity) ** (1 / n)
    step = min(u * 1.3, (pen.width - u) / n)
    boxes = []
    for k in range(n):
        x = k * step
        paint, opacity = (t.ink, 0.12 * (k + 1)) if t.patterns else (layer.colour, 1 - (1 - coat) ** (k + 1))
        boxes.append(
            ink.tag("rect", x=x, width=step, height=u * 0.9, fill=t.skin)
            + ink.tag("rect", x=x, width=step, height=u * 0.9, fill=paint, fill_opacity=opacity)
        )
    pen.parts.append(ink.tag("g", "".join(boxes), transform=f"translate({ink.number(pen.x)},{ink.number(pen.y + u * 0.4)})"))
    pen.y += u * 1.4
    pen.words(f"from {layer.levels[0]:.0%} to {layer.levels[-1]:.0%} and more", u * 0.7, faint=True)


def _marks(layer: Marks, pen: Pen) -> None:
    c = pen.canvas
    paint = c.theme.ink if c.theme.patterns else MARK_COLOURS[layer.kind]
    name = f"{c.prefix}m{layer.kind}"
    fill = c.pattern(name, ink.mark(name, layer.kind, paint, c.unit / 15))
    box = ink.tag("rect", width=c.unit * 1.4, height=c.unit * 0.95, fill=fill, stroke=paint, stroke_width=c.unit * 0.1)
    pen.swatch(ink.tag("rect", width=c.unit * 1.4, height=c.unit * 0.95, fill=c.theme.skin) + box, layer.label or layer.kind)


def _bars(layer: Bars, pen: Pen) -> None:
    u, t = pen.canvas.unit, pen.canvas.theme
    for name, value in layer.rows:
        pen.words(name, u * 0.72)
        full = pen.width * 0.92
        paint = t.ink if t.patterns else layer.colour
        pen.parts.append(ink.tag("rect", x=pen.x, y=pen.y + u * 0.18, width=full, height=u * 0.34, fill=t.faint, fill_opacity=0.25))
        pen.parts.append(ink.tag("rect", x=pen.x, y=pen.y + u * 0.18, width=full * min(max(value, 0.0), 1.0), height=u * 0.34, fill=paint))
        pen.y += u * 0.55


def _symbols(layer: Points | Lines, pen: Pen) -> None:
    u, t = pen.canvas.unit, pen.canvas.theme
    paint = t.ink if t.patterns or isinstance(layer, Points) else layer.colour
    if isinstance(layer, Points):
        drawn = ink.tag("circle", cx=u * 0.7, cy=u * 0.5, r=u * 0.26, fill=paint)
    else:
        dash = {"stroke_dasharray": f"{ink.number(u * 0.5)} {ink.number(u * 0.3)}"} if layer.dashed else {}
        drawn = ink.tag("line", x1=0, y1=u * 0.5, x2=u * 1.4, y2=u * 0.5, stroke=paint, stroke_width=u * 0.2, **dash)
    pen.swatch(drawn, layer.label)


def draw(layers: tuple[Layer, ...], canvas: Canvas, x: float, y: float, width: float) -> Legend:
    """The legend of all layers, from a corner downwards."""
    pen, u = Pen(canvas, x, y, width), canvas.unit
    for layer in layers:
        if not isinstance(layer, (Marks, Points, Lines)):
            pen.words(layer.label, u * 0.9, bold=True)
        if isinstance(layer, Zones):
            _zones(layer, pen)
        elif isinstance(layer, Density):
            _density(layer, pen)
        elif isinstance(layer, Marks):
            _marks(layer, pen)
        elif isinstance(layer, Bars):
            _bars(layer, pen)
        else:
            _symbols(layer, pen)
        if layer.note:
            pen.words(layer.note, u * 0.68, faint=True)
        pen.y += u * 0.6
    return Legend("".join(pen.parts), pen.y - y)
