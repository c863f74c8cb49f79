"""An assessment in the terminal: red flags first, then the answer, then why."""

from collections.abc import Iterable
from typing import Any, Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lasegue.assess import Assessment
from lasegue.assess.assessment import LIMITS, Because, Ranked
from lasegue.knowledge import load
from lasegue.report.wording import URGENCY, chance, side, weight

SHOWN: Final = 4
"""Lesions listed one by one; the rest are told as one sum."""
REASONS: Final = 8
FELT: Final = 0.05
"""A weight below this is not worth a line."""
RARE: Final = 0.02
"""A result that is less likely than this is not told."""
ASKED: Final = 6
"""Things that must be asked which are told with their reason; the others are named."""
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
    _must_ask(out, found)
    if found.ranking:
        _next(out, found)
        _would_change(out, found)
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
    if found.cannot_separate:
        _paragraph(out, Text(f"{found.cannot_separate}.", style="bold"))
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
    names = {lesion.id: lesion.name for lesion in load().lesions}
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


def _must_ask(out: Console, found: Assessment) -> None:
    if found.must_ask:
        _heading(out, "Must be asked or examined, whatever the ranking says")
        for item in found.must_ask[:ASKED]:
            _paragraph(out, Text(f"{item['finding']}: {item['why']}"))
        rest = "; ".join(item["finding"] for item in found.must_ask[ASKED:])
        if rest:
            _paragraph(out, Text(f"Also: {rest}."))


def _next(out: Console, found: Assessment) -> None:
    if not found.next_tests:
        return
    _heading(out, "What to ask and test next")
    names = {row.lesion: row.label for row in found.ranking}
    for test in found.next_tests:
        _paragraph(out, Text(f"{test['test']} ({_minutes(test['cost_minutes'])}). {test['why']}"))
        outcomes = _outcomes(test, names)
        if outcomes:
            _paragraph(out, Text(outcomes, style="dim"), 4)
        if test["note"]:
            _paragraph(out, Text(test["note"], style="dim"), 4)


def _minutes(minutes: float) -> str:
    return "under 1 min" if minutes < 1.0 else f"{minutes:.0f} min"


def _outcomes(test: dict[str, Any], names: dict[str, str]) -> str:
    """The leader after each result, where results that may well come leave different ones; each leader once, by its likeliest result."""
    likeliest: dict[str, dict[str, Any]] = {}
    for change in sorted(test["changes"], key=lambda c: -c["chance"]):
        if change["chance"] >= RARE:
            likeliest.setdefault(change["lesion"], change)
    told = [f"{c['result']}: {names.get(c['lesion'], c['lesion'])} {chance(c['probability'])}" for c in likeliest.values()]
    return "; ".join(told) if len(told) > 1 else ""


def _would_change(out: Console, found: Assessment) -> None:
    flip = found.would_change
    if flip is None:
        return
    _heading(out, "What would change my mind")
    names = {row.lesion: row.label for row in found.ranking}
    where = f" ({flip['side']})" if flip["side"] else ""
    change = f"were {flip['instead']} instead of {flip['was']}" if flip["instead"] else "had not been recorded"
    lead = f"{names.get(flip['lesion'], flip['lesion'])} would lead, {chance(flip['probability'])}"
    _paragraph(out, Text(f"If {flip['finding']}{where} {change}, {lead}."))


def _unused(out: Console, found: Assessment) -> None:
    if found.unused:
        _heading(out, "Read but not used")
        for item in found.unused:
            _paragraph(out, Text(f"{item['path']}: {item['text']} ({item['why']})", style="dim"))
