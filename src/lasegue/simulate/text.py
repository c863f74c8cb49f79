"""Plain text of what the room answers: good without colour and in a pipe."""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, Final

from lasegue.simulate.cards import Card
from lasegue.simulate.compare import Comparison, Separator, abnormal
from lasegue.simulate.expected import Expected, Likely, mean_grade

WIDTH: Final = 100
ABNORMAL: Final = 0.35
"""A finding is worth a line of text when it is abnormal at least this often."""
WEAKENED: Final = 0.4
RAISED: Final = 1.5
SIGN: Final = 0.3
LINES: Final = 12
SHOWN: Final = 24
PER_KIND: Final = {"sensation": 4, "group": 0, "pain": 5, "history": 5}
"""Of kinds whose members tell much the same, only so many stand in the text of a comparison."""


def percent(p: float) -> str:
    """A probability for reading: whole per cent, never 0 or 100."""
    return "<1 %" if p < 0.005 else ">99 %" if p > 0.995 else f"{100 * p:.0f} %"


def _block(title: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return ["", title, *(f"  {line}" for line in found)] if found else []


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")


def expected_text(found: Expected) -> str:
    """What a lesion does, for reading. What stays normal is summed up at the end of each part."""
    side = "each side" if found.side == "bilateral" else found.side
    lines = [f"{found.label} ({found.lesion}), {side}, {found.severity}"]
    lines += _block("Power: P(grade 0-2 / 3 / 4 / 5), mean grade, fibres kept", map(_power_line, _weak(found.of("power"))))
    spared = [one.finding.name.lower() for one in found.of("power") if one not in _weak(found.of("power"))]
    lines += [_wrapped(f"mostly strong: {', '.join(spared)}", "  ")] if spared else []
    sites = sorted((one for one in found.of("sensation") if one.abnormal >= ABNORMAL), key=lambda one: -one.abnormal)
    lines += _block("Sensation: P(reduced / absent)", map(_sense_line, sites[:LINES])) or ["", "Sensation: mostly normal everywhere"]
    wordings = sorted((one for one in found.of("group") if one.abnormal >= ABNORMAL), key=lambda one: -one.abnormal)
    lines += _block("As people word it: P(reduced / absent)", map(_sense_line, wordings[:6]))
    lines += _block("Reflexes", map(_reflex_line, found.of("reflex")))
    signs = sorted((one for one in found.of("test") if one.chances["positive"] >= SIGN), key=lambda one: -one.chances["positive"])
    lines += _block("Signs and tests, positive", (f"{one.finding.name}: {percent(one.chances['positive'])}" for one in signs[:LINES]))
    odd = [one for one in found.of("sphincter") if one.abnormal >= 0.1 and one.ratio >= RAISED]
    lines += _block("Sphincters", (f"{one.finding.name}: {percent(one.abnormal)}" for one in sorted(odd, key=lambda one: -one.abnormal)))
    lines += _block("Onset and course", (f"{one.finding.name}: {_values(one)}" for one in found.of("tempo")))
    for kind, title in (("history", "Typical history"), ("pain", "Typical pain")):
        raised = [one for one in found.of(kind) if one.ratio >= RAISED and one.chances["yes"] >= 0.05]
        lines += _block(
            f"{title}, and how much commoner than in leg complaints in general",
            map(_told_line, sorted(raised, key=lambda one: -one.ratio)[:LINES]),
        )
    lines += _block("On the other side", map(_other_line, found.other))
    return "\n".join(lines)


def _weak(power: Sequence[Likely]) -> list[Likely]:
    return sorted((one for one in power if one.abnormal >= WEAKENED), key=mean_grade)


def _power_line(one: Likely) -> str:
    p = one.chances
    low = percent(p["0"] + p["1"] + p["2"])
    parts = f"{low:>5} / {percent(p['3']):>5} / {percent(p['4']):>5} / {percent(p['5']):>5}"
    return f"{one.finding.name:<34} {parts}   {mean_grade(one):.1f}   {percent(one.kept or 0.0)}"


def _sense_line(one: Likely) -> str:
    return f"{one.finding.name:<46} {percent(one.chances['reduced']):>5} / {percent(one.chances['absent']):>5}"


def _values(one: Likely) -> str:
    return ", ".join(f"{value} {percent(p)}" for value, p in sorted(one.chances.items(), key=lambda item: -item[1]))


def _reflex_line(one: Likely) -> str:
    return f"{one.finding.name:<30} {_values(one)}"


def _told_line(one: Likely) -> str:
    return f"{one.finding.name}: {percent(one.chances['yes'])}, {one.ratio:.1f} times"


def _other_line(one: Likely) -> str:
    return f"{one.finding.name}: {_values(one)}"


def compare_text(found: Comparison, most: int = SHOWN) -> str:
    """What separates two lesions, for reading: the examination, then what is told."""
    one, two = (f"{label}, {side}" for label, side in zip(found.labels, found.sides, strict=True))
    given = f"Both taken to show: {found.given.name.lower()}." if found.given else "They share no loss of function that stands out."
    severity = f"both {found.severity}" if found.severity else "as severe as each tends to be"
    lines = [f"A  {one}", f"B  {two}", f"{given} Severity: {severity}.", "Weight: expected log10 likelihood ratio for the truth."]
    for title, examined in (("Examine", True), ("Ask", False)):
        chosen = _chosen([s for s in found.separators if s.examined == examined], most if examined else most // 2)
        heading = f"{title:<6}  {'':<46}      A       B   speaks for A when"
        lines += _block(heading, (line for s in chosen for line in _separator_lines(s)))
    return "\n".join(lines)


def _chosen(ranked: Sequence[Separator], most: int) -> list[Separator]:
    seen: dict[str, int] = {}
    chosen = []
    for one in ranked:
        kind = one.finding.kind
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= PER_KIND.get(kind, most) and one.weight >= 0.02:
            chosen.append(one)
    return chosen[:most]


def _separator_lines(one: Separator) -> list[str]:
    """The value that tells most, its chance in both, and how to look for it."""
    first, second = abnormal(one)
    what = "abnormal" if one.examined else "said"
    if one.finding.kind in ("tempo", "reflex"):
        first, second, what = one.first[one.telling], one.second[one.telling], one.telling
    for_first = what if first > second else f"not {what}"
    lines = [f"{one.weight:.2f}  {one.finding.name[:46]:<46} {percent(first):>6}  {percent(second):>6}   {for_first}"]
    if one.examined and one.finding.how:
        lines.append(_wrapped(one.finding.how, "      "))
    return lines


def table_text(found: dict[str, Any]) -> str:
    """A table for reading: one paragraph a line of the table, what is printed set beside what is worked out."""
    lines = [found["title"]]
    for line in found["lines"]:
        head, *rest = found["columns"]
        lines += ["", str(line[head])]
        lines += [_wrapped(f"{name.replace('_', ' ')}: {_told(line[name])}", "  ") for name in rest if line[name]]
    return "\n".join(lines)


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {_told(part)}" for name, part in value.items() if part not in (None, "", [], {}))
    if isinstance(value, list | tuple):
        return ", ".join(_told(part) for part in value)
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def show_text(cards: Sequence[Card]) -> str:
    """Cards for reading."""
    return "\n\n".join(_card(one) for one in cards)


def _card(one: Card) -> str:
    lines = [f"{one.name} ({one.kind} {one.id})"]
    lines += [_wrapped(f"{name}: {_told(value)}", "  ") for name, value in one.facts.items()]
    lines += [_wrapped(f"also written: {', '.join(one.names)}", "  ")] if one.names else []
    for figure in one.figures:
        interval = f" ({figure['interval']})" if figure["interval"] else ""
        lines.append(
            _wrapped(f"published: {figure['quantity']} {figure['value']}{interval}; {figure['population']}; {figure['source']}", "  ")
        )
    lines += [_wrapped(f"note: {one.note}", "  ")] if one.note else []
    for conflict in one.conflicts:
        said = "; ".join(f"{p['holder']}: {p['says']}" for p in conflict["positions"])
        lines.append(_wrapped(f"texts disagree: {conflict['title']} {said}. Lasegue goes by: {conflict['consensus']}", "  "))
    lines += [_wrapped(f"basis: {one.basis}, confidence {one.confidence}", "  ")] if one.basis else []
    lines += [_wrapped(f"source: {source['cite']}{_handle(source)}", "  ") for source in one.sources]
    return "\n".join(lines)


def _handle(source: dict[str, Any]) -> str:
    return f" doi:{source['doi']}" if "doi" in source else f" PMID {source['pmid']}" if "pmid" in source else ""
