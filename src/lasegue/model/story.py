"""What is told rather than tested: history, tempo, pain, sphincters, investigations, and which side the person complains of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from lasegue.case.model import Case, HistoryFinding, InvestigationFinding, PainFinding, SphincterFinding
from lasegue.knowledge.records import Fact, HistoryItem
from lasegue.model import Model, tables
from lasegue.model.rates import bounded, lookup
from lasegue.model.terms import MidTerm, MotorTerm, NeedleTerm, PotentialTerm, RateTerm, RowTerm
from lasegue.wiring import Array

Told = tuple[str, str | None, "MidTerm | RowTerm | RateTerm | MotorTerm | NeedleTerm | PotentialTerm", "Label"]
RIGHT_LEG: Final = 0.93
WRONG_LEG: Final = 0.02
ONE_OF_TWO: Final = 0.35
"""P(side complained of): people know which leg it is. A bilateral lesion may show on one side first, the more so the looser its sides are coupled."""
OTHER_SIDE: Final = 0.5
"""On the side that a lesion spares, a sided item of the story is this much rarer than in the population."""
EARLY_NEEDLE: Final = 0.25
"""What a needle EMG is worth before the third week."""
EMG_LATENCY_DAYS: Final = 21.0


@dataclass(frozen=True, slots=True)
class Label:
    """Where a term stands in the case file, how it was written, its kind, its side, and the sources of what is known of it."""

    path: str
    text: str
    kind: str
    side: str | None
    sources: tuple[str, ...] = ()


def story_terms(model: Model, case: Case, default: str) -> Iterator[Told]:
    """All terms of the told part, as (key, side, term, label)."""
    yield from _complaint(model, case)
    yield from _tempo(model, case)
    yield from _history(model, case)
    for number, pain in enumerate(case.pain):
        if not pain.past:
            key = f"{pain.origin.path}:{pain.side}:{number}"
            yield key, None, RowTerm(key, _pain(model, pain, default), pain.present), Label(pain.origin.path, pain.origin.text, "pain", pain.side or default, sources_of(model.knowledge.pain_region[r] for r, _ in pain.regions))
    for sphincter in case.sphincter:
        if not sphincter.past:
            yield _sphincter(model, sphincter)
    for number, result in enumerate(case.investigations):
        told = _investigation(model, case, result, number, default)
        if told:
            yield told


def sources_of(records: Iterable[Fact]) -> tuple[str, ...]:
    """The sources of several records, each once, in order."""
    return tuple(dict.fromkeys(source for record in records for source in record.sources))


def _affects(model: Model, side: str | None) -> Array:
    """Which rows hurt a side; without a side, all do: (rows,)."""
    return np.array([side is None or s in (side, "bilateral") for s in model.rows.side])


def _by_row(model: Model, by: dict[str, float], base: float, side: str | None) -> Array:
    """A rate by row, bounded; lower than the population's on a side that the row spares."""
    raw = [lookup(by, lesion.id) for lesion in model.lesions]
    rates = np.array([base if r is None else r for r in raw])[model.rows.lesion]
    return bounded(np.where(_affects(model, side), rates, OTHER_SIDE * base), base)


def _complaint(model: Model, case: Case) -> Iterator[Told]:
    if case.side is None:
        return
    one = ONE_OF_TWO * (1.0 - model.rows.coupling[model.rows.lesion])
    alone = np.array([RIGHT_LEG if s == case.side else WRONG_LEG for s in model.rows.side])
    both = np.array([s == "bilateral" for s in model.rows.side])
    rows = np.where(both, 1.0 - 2.0 * one, 1.0 - RIGHT_LEG - WRONG_LEG) if case.side == "bilateral" else np.where(both, one, alone)
    yield "side", None, RowTerm("side", rows), Label("side", case.side, "side", None)


def _tempo(model: Model, case: Case) -> Iterator[Told]:
    for part, value in (("tempo", case.tempo.onset), ("course", case.tempo.course)):
        item = model.knowledge.history_item.get(f"{part}.{value}") if value else None
        if item:
            path = "onset" if part == "tempo" else "course"
            rates = _by_row(model, item.by, item.base, None)
            yield path, None, RowTerm(path, rates), Label(path, str(value), "history", None, item.sources)


def _history(model: Model, case: Case) -> Iterator[Told]:
    """One term a story: of items that tell the same story, the one that moves the lesions furthest apart speaks for all."""
    stories: dict[str, list[tuple[float, int, HistoryFinding, Array]]] = {}
    told_tempo = {"tempo"} if case.tempo.onset else set()
    for number, finding in enumerate(case.history):
        item = model.knowledge.history_item[finding.item]
        if finding.past or item.story in told_tempo or (item.id.startswith("course.") and case.tempo.course):
            continue
        rates = _history_rows(model, item, finding)
        spread = float(np.ptp(np.log(rates)))
        story = item.story if item.story and finding.present else f"{item.id}:{finding.present}"
        stories.setdefault(story, []).append((spread, -number, finding, rates))
    for found in stories.values():
        _, number, finding, rates = max(found, key=lambda f: f[:2])
        key = f"{finding.origin.path}:{-number}"
        yield key, None, RowTerm(key, rates, finding.present), Label(finding.origin.path, finding.origin.text, "history", finding.side, model.knowledge.history_item[finding.item].sources)


def _history_rows(model: Model, item: HistoryItem, finding: HistoryFinding) -> Array:
    rates = _by_row(model, item.by, item.base, finding.side)
    if finding.level:
        named = set(finding.level.replace("-", "+").split("+"))
        meets = np.array([not lesion.id.startswith("root.") or bool(named & set(lesion.roots)) for lesion in model.lesions])
        rates = np.where(meets[model.rows.lesion], rates, bounded(OTHER_SIDE * item.base, item.base))
    return rates if finding.present else 1.0 - rates


def _pain(model: Model, pain: PainFinding, default: str) -> Array:
    """A patch of regions is one observation at their mean rate."""
    whole = sum(share for _, share in pain.regions)
    total = np.zeros(len(model.rows.side))
    for name, share in pain.regions:
        region = model.knowledge.pain_region[name]
        side = None if region.midline else pain.side or default
        total += share / whole * _by_row(model, region.by, region.base, side)
    return total if pain.present else 1.0 - total


def _sphincter(model: Model, finding: SphincterFinding) -> Told:
    item = model.knowledge.sphincter_item[finding.item]
    rates = _by_row(model, item.by, item.base, None) if item.by else np.full(len(model.rows.side), 0.0)
    other = np.where([lookup(item.by, lesion.id) is not None for lesion in model.lesions], 1.0, 0.0)[model.rows.lesion] * rates
    if item.part == "saddle_sensation":
        group = next(g for g in model.knowledge.skin_groups if g.kind == "saddle")
        reading, skin = model.readings.skin(dict(group.sites)), True
    else:
        muscles = {"bladder": "detrusor", "bowel": "rectum_motor", "anal_tone": "external_anal_sphincter", "sexual_function": "erectile"}
        reading, skin = model.readings.motor({muscles[item.part]: 1.0}), False
    table = item.when_kept + (item.when_lost - item.when_kept) * (1.0 - tables.KEPT)
    key = f"{finding.origin.path}:{finding.item}"
    return key, None, MidTerm(key, reading, skin, table, other, not item.abnormal), Label(finding.origin.path, finding.origin.text, "sphincter", None, item.sources)


def _investigation(model: Model, case: Case, finding: InvestigationFinding, number: int, default: str) -> Told | None:
    if finding.past:
        return None
    known = model.knowledge.investigation[finding.investigation]
    side = finding.side or default
    key = f"{finding.origin.path}:{side}:{number}"
    label = Label(finding.origin.path, finding.origin.text, "investigation", side, known.sources)
    if finding.muscle and finding.result in ("denervation", "normal", "reduced_recruitment", "abnormal"):
        days = case.tempo.duration_days
        informative = EARLY_NEEDLE if days is not None and days < EMG_LATENCY_DAYS else 1.0
        reading = model.readings.motor({finding.muscle: 1.0})
        return key, side, NeedleTerm(key, reading, finding.result != "normal", informative), label
    branches = {b.id: 1.0 for b in model.knowledge.skin_branches if b.snap and b.snap == known.id}
    if branches:
        return key, side, PotentialTerm(key, model.readings.potential(branches), finding.result != "normal"), label
    rates = known.results.get(finding.result)
    if rates is None:
        return None
    by = {name: rate for name, rate in rates.items() if name != "base"}
    rows = _by_row(model, by, rates.get("base", 0.2), None)
    return key, None, RowTerm(key, _at_level(model, rows, rates.get("base", 0.2), finding)), label


def _at_level(model: Model, rows: Array, base: float, finding: InvestigationFinding) -> Array:
    """A result at a disc level speaks for the roots that this level and zone reach, and is incidental for other roots."""
    if not finding.level:
        return rows
    reached = {
        root.id
        for root in model.knowledge.roots
        if (finding.zone in (None, "central", "paracentral") and root.disc_paracentral == finding.level)
        or (finding.zone in (None, "foraminal", "extraforaminal") and root.disc_foraminal == finding.level)
    }
    meets = np.array([not lesion.id.startswith("root.") or bool(reached & set(lesion.roots)) for lesion in model.lesions])
    return np.where(meets[model.rows.lesion], rows, base)
