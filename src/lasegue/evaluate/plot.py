"""The reliability plot, as SVG: share right against probability given, with Wilson intervals, and how many cases stand behind each point.

Everything is a presentation attribute with a literal value, so that the picture looks the same wherever it is embedded.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from lasegue.evaluate.calibration import Bin
from lasegue.evaluate.figures import wilson

WIDTH, HEIGHT = 480, 560
LEFT, TOP, SIDE = 72, 64, 376  # the square of the plot
BARS = 56  # height of the row of counts below it
INK, FAINT, GRID, MARK = "#1f2933", "#6b7785", "#e3e8ed", "#0b6e8a"
FONT = "Helvetica, Arial, sans-serif"


def _x(p: float) -> float:
    return round(LEFT + SIDE * p, 1)


def _y(p: float) -> float:
    return round(TOP + SIDE * (1 - p), 1)


def _text(x: float, y: float, words: str, *, size: int = 12, fill: str = INK, anchor: str = "middle", turn: bool = False) -> str:
    rotate = f' transform="rotate(-90 {x} {y})"' if turn else ""
    style = f'font-family="{FONT}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"'
    return f'<text x="{x}" y="{y}" {style}{rotate}>{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}" stroke-width="{width}"{dashes}/>'


def _frame() -> list[str]:
    ticks = [k / 5 for k in range(6)]
    rows = [_line(_x(0), _y(t), _x(1), _y(t), GRID) for t in ticks] + [_line(_x(t), _y(0), _x(t), _y(1), GRID) for t in ticks]
    rows += [_text(_x(0) - 8, _y(t) + 4, f"{t:.1f}", fill=FAINT, anchor="end") for t in ticks]
    rows += [_text(_x(t), _y(0) + 18, f"{t:.1f}", fill=FAINT) for t in ticks]
    rows.append(_line(_x(0), _y(0), _x(1), _y(1), FAINT, 1.2, "5 4"))
    rows.append(_text(_x(0.5), _y(0) + 38, "probability given to the first answer"))
    rows.append(_text(24, _y(0.5), "share of first answers that were right", turn=True))
    return rows


def _point(b: Bin, most: int) -> list[str]:
    low, high = wilson(b.right, b.n)
    x, radius = _x(b.confidence), round(4 + 5 * (b.n / most) ** 0.5, 1)
    return [
        _line(x, _y(low), x, _y(high), MARK, 1.6),
        _line(x - 4, _y(low), x + 4, _y(low), MARK, 1.6),
        _line(x - 4, _y(high), x + 4, _y(high), MARK, 1.6),
        f'<circle cx="{x}" cy="{_y(b.share)}" r="{radius}" fill="{MARK}" stroke="#ffffff" stroke-width="1.5"/>',
    ]


def _count(b: Bin, most: int) -> list[str]:
    base = HEIGHT - 12
    height = round((BARS - 24) * b.n / most, 1)
    left, width = _x(b.low) + 6, round(SIDE * (b.high - b.low) - 12, 1)
    return [
        f'<rect x="{left}" y="{round(base - height, 1)}" width="{width}" height="{height}" fill="{MARK}" fill-opacity="0.25"/>',
        _text(round(left + width / 2, 1), round(base - height - 4, 1), str(b.n), size=11, fill=FAINT),
    ]


def reliability_plot(table: Sequence[Bin], title: str = "Reliability", subtitle: str = "") -> str:
    """Draw a reliability table."""
    most = max((b.n for b in table), default=1)
    words = "; ".join(f"{b.low:.1f} to {b.high:.1f}: {b.right} of {b.n} right at mean probability {b.confidence:.2f}" for b in table)
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">',
        f"<title>{escape(title)}</title><desc>{escape(words)}</desc>",
        f'<rect x="0" y="0" width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(LEFT, 28, title, size=17, anchor="start"),
        _text(LEFT, 48, subtitle, size=12, fill=FAINT, anchor="start"),
        *_frame(),
        *(row for b in table for row in _point(b, most)),
        _text(LEFT - 8, HEIGHT - 16, "cases", size=11, fill=FAINT, anchor="end"),
        *(row for b in table for row in _count(b, most)),
        "</svg>",
    ]
    return "\n".join(rows) + "\n"
