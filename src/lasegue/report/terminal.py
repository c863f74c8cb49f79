"""An assessment in the terminal: red flags first, then the answer, then why."""

from collections.abc import Iterable
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lasegue.assess import Assessment
from lasegue.assess.assessment import LIMITS, Because, Ranked
from lasegue.report.wording import URGENCY, chance, side, weight

SHOWN: Final = 4
"""Lesions listed one by one; the rest are told as one sum."""
REASONS: Final = 8
FELT: Final = 0.05
"""A weight below this is not worth a line."""
BAR: Final = 24
COLOUR: Final = {"emergency": "bold red", "same_day": "bold dark_orange", "urgent": "bold yellow", "routine": "bold"}


def write(found: Assessment, console: Console | None = None) -> None:
    """Print an assessment; without a terminal there is no colour and the width is fixed."""
    out = console or Console(highlight=False, soft_wrap=False)
    if found.id:
        out.print(Text(found.id, style="bold"))
    _flags(out, found)
    for note in found.scope:
        _paragraph(out, Text(f"Scope: {note.text}", style="bold"))
    if found.ranking:
        _ranking(out, found)
        _reasons(out, found)
    _unused(out, found)
    out.print()
    _paragraph(out, Text(LIMITS, style="dim"), 0)


def _paragraph(out: Console, text: Text, indent: int = 2) -> None:
    out.print(Padding(text, (0, 0, 0, indent)))


def _heading(out: Console, text: str) -> None:
    out.print()
    out.print(Text(text, style="bold"))


def _flags(out: Console, found: Assessment) -> None:
    out.print(Text("Red flags", style="bold"))
    for flag in found.red_flags:
        line = Text(URGENCY[flag["urgency"]], style=COLOUR[flag["urgency"]])
        line.append(f"  {flag['text']}", style="default")
        _paragraph(out, line)
        if flag.get("because"):
            _paragraph(out, Text(f"because of: {'; '.join(flag['because'])}", style="dim"), 4)
    if not found.red_flags:
        _paragraph(out, Text("None recorded."))
    if found.red_flags_not_asked:
        _paragraph(out, Text(f"Not asked: {', '.join(found.red_flags_not_asked)}. Not asked is not normal."))
    if found.red_flags and found.ranking:
        _paragraph(out, Text("The ranking below says where signs point; it does not lower these warnings.", style="dim"))


def _ranking(out: Console, found: Assessment) -> None:
    _heading(out, f"Where the lesion may be (for people seen in: {found.prior.replace('_', ' ')})")
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for row in _worth_listing(found.ranking):
        table.add_row(chance(row.probability), "█" * max(1, round(row.probability * BAR)), f"{row.label}, {side(row.side)}")
    out.print(Padding(table, (0, 0, 0, 2)))
    shown = _worth_listing(found.ranking)
    others = 1.0 - sum(row.probability for row in shown)
    _paragraph(out, Text(f"{chance(others)} something else; families: {_families(found)}"))
    for pair in found.pairs[:1]:
        if pair.probability >= 0.05:
            names = {row.lesion: row.label for row in found.ranking}
            parts = " with ".join(f"{names.get(lesion, lesion)} ({side(where)})" for lesion, where in pair.parts)
            _paragraph(out, Text(f"{chance(pair.probability)} two lesions together: {parts}"))
    if found.ranking[0].lesion.startswith("root."):
        _under_root(out, found)
    if found.explained is False:
        _paragraph(out, Text("No lesion that this program knows explains these findings.", style="bold"))


def _worth_listing(ranking: Iterable[Ranked]) -> list[Ranked]:
    best = list(ranking)[:SHOWN]
    return [row for n, row in enumerate(best) if n == 0 or row.probability >= 0.02]


def _families(found: Assessment) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {chance(p)}" for name, p in found.families if p >= 0.05)


def _under_root(out: Console, found: Assessment) -> None:
    discs = ", ".join(f"{d.level} {d.zone} {chance(d.probability)}" for d in found.discs[:2])
    reasons = ", ".join(f"{name.replace('_', ' ')} {chance(p)}" for name, p in found.causes[:2])
    _paragraph(out, Text(f"If a root: disc level that would fit {discs} (not a surgical level); cause {reasons}"))


def _reasons(out: Console, found: Assessment) -> None:
    if not found.because:
        return
    names = {row.lesion: row.label for row in found.ranking}
    first = found.because[0]
    _heading(out, f"Why {names.get(first.for_, first.for_)} rather than {names.get(first.against, first.against)}")
    felt = [b for b in found.because if abs(b.weight) >= FELT][:REASONS]
    for reason in felt or found.because[:1]:
        _paragraph(out, Text(f"{weight(reason.weight):17s} {_told(reason)}"))
    if found.misfits:
        _heading(out, "What does not fit")
        for misfit in found.misfits:
            where = f" ({misfit.side})" if misfit.side else ""
            _paragraph(out, Text(f"{misfit.finding}{where}: expected {chance(misfit.expected)}"))


def _told(reason: Because) -> str:
    return f"{reason.finding} ({reason.side})" if reason.side else reason.finding


def _unused(out: Console, found: Assessment) -> None:
    if found.unused:
        _heading(out, "Read but not used")
        for item in found.unused:
            _paragraph(out, Text(f"{item['path']}: {item['text']} ({item['why']})", style="dim"))
