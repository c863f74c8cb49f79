"""What is told rather than tested: history, tempo, pain, sphincters, investigations, and which side the person complains of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np

from lasegue.case import wording
from lasegue.case.model import Case, HistoryFinding, InvestigationFinding, PainFinding, Power, SphincterFinding
from lasegue.knowledge.records import Fact, HistoryItem
from lasegue.model import MOST_RATES, Model, tables
from lasegue.model.causes import compressive, shared
from lasegue.model.rates import BOUND, FLOOR, SIGN_BOUND, bounded, shrunk
from lasegue.model.terms import MidTerm, MotorTerm, NeedleTerm, PotentialTerm, RateTerm, RowTerm
from lasegue.wiring import Array

Told = tuple[str, str | None, "MidTerm | RowTerm | RateTerm | MotorTerm | NeedleTerm | PotentialTerm", "Label"]
RIGHT_LEG: Final = 0.93
WRONG_LEG: Final = 0.02
ONE_OF_TWO: Final = 0.2
"""P(side complained of): people know which leg it is. A bilateral lesion may show on one side first, the more so the looser its
sides are coupled.
"""
STORY_BOUND: Final = 100.0
"""Items of one story depend on each other: together they weigh no more than two items that do not (judgement)."""
EXCLUSIVE: Final = ("tempo", "course")
"""Stories whose items are classes of one answer."""
LEVEL_BOUND: Final = 100.0
"""An item that names a level tells two things of one story, and may weigh as much as two."""
NECESSARY_BOUND: Final = 60.0
"""What a lesion cannot be without weighs more when it is told than what merely favours it."""
TEMPO_BOUND: Final = 30.0
"""How fast a thing came is part of what some lesions are: nothing that grows for months is a Guillain-Barré syndrome."""
ALL_BUT_SURE: Final = 0.99
STILL_FLACCID: Final = {"weeks": 0.4, "months": 0.08, "years": 0.04}
"""P(still flaccid) of what was flaccid at first, by how long ago it came, or how slowly (judgement)."""
OTHER_SIDE: Final = 0.5
"""On the side that a lesion spares, a sided item of the story is this much rarer than in the population."""
OF_A_NERVE: Final = frozenset({"mononeuropathy", "conduction_block", "nerve_swollen", "nerve_mass", "ganglion_cyst", "nerve_enhancement"})
"""Results that speak for the nerve that the report names, and little for any other."""
IMPLIED_BY: Final = {
    "disc_at_level": ("contact_at_level", "compression_at_level"),
    "contact_at_level": ("compression_at_level",),
}
"""Results of a scan, and those that imply them."""
FULL: Final = 4.75
MOSTLY: Final = 0.9
DELIVERY: Final = ("labour", "caesarean")
PARTS: Final = {"bladder": "detrusor", "bowel": "rectum_motor", "anal_tone": "external_anal_sphincter", "sexual_function": "erectile"}
"""The muscle that stands for each part."""
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
    yield from _stage(model, case)
    yield from _history(model, case)
    for number, pain in enumerate(case.pain):
        if not pain.past:
            key = f"{pain.origin.path}:{pain.side}:{number}"
            yield (
                key,
                None,
                RowTerm(key, _pain(model, pain, default), pain.present),
                Label(
                    pain.origin.path,
                    wording.told(pain),
                    "pain",
                    pain.side or default,
                    sources_of(model.knowledge.pain_region[r] for r, _ in pain.regions),
                ),
            )
    for sphincter in case.sphincter:
        if not sphincter.past:
            yield _sphincter(model, sphincter)
    for number, result in enumerate(_most_telling(case.investigations)):
        told = _investigation(model, case, result, number, default)
        if told:
            yield told


def sources_of(records: Iterable[Fact]) -> tuple[str, ...]:
    """The sources of several records, each once, in order."""
    return tuple(dict.fromkeys(source for record in records for source in record.sources))


def _affects(model: Model, side: str | None) -> Array:
    """Which rows hurt a side; without a side, all do: (rows,)."""
    return np.array([side is None or s in (side, "bilateral") for s in model.rows.side])


def _by_row(model: Model, by: dict[str, float], base: float, side: str | None, bound: float = BOUND) -> Array:
    """A rate by row, bounded; lower than the population's on a side that the row spares."""
    return _rates_by_row(model, tuple(by.items()), base, side, bound)


@lru_cache(maxsize=MOST_RATES)
def _rates_by_row(model: Model, by: tuple[tuple[str, float], ...], base: float, side: str | None, bound: float) -> Array:
    rates = model.by_lesion(dict(by), base)[model.rows.lesion]
    found = bounded(np.where(_affects(model, side), rates, OTHER_SIDE * base), base, bound)
    found.flags.writeable = False  # every case that tells this has the same
    return found


def _complaint(model: Model, case: Case) -> Iterator[Told]:
    if case.side is None:
        return
    one = ONE_OF_TWO * (1.0 - model.rows.coupling[model.rows.lesion])
    alone = np.array([RIGHT_LEG if s == case.side else WRONG_LEG for s in model.rows.side])
    both = np.array([s == "bilateral" for s in model.rows.side])
    rows = np.where(both, 1.0 - 2.0 * one, 1.0 - RIGHT_LEG - WRONG_LEG) if case.side == "bilateral" else np.where(both, one, alone)
    yield (
        "side",
        None,
        RowTerm("side", rows),
        Label("side", f"symptoms on the {case.side} side" if case.side != "bilateral" else "symptoms on both sides", "side", None),
    )


def _tempo(model: Model, case: Case) -> Iterator[Told]:
    for part, value in (("tempo", case.tempo.onset), ("course", case.tempo.course)):
        item = model.knowledge.history_item.get(f"{part}.{value}") if value else None
        if item:
            path = "onset" if part == "tempo" else "course"
            rates = _by_row(model, item.by, item.base, None, TEMPO_BOUND)
            yield path, None, RowTerm(path, rates), Label(path, f"{path}: {value}", "history", None, item.sources)


def _stage(model: Model, case: Case) -> Iterator[Told]:
    """What came slowly is past the stage in which a lesion of cord, conus or brain is flaccid."""
    still = STILL_FLACCID.get(case.tempo.onset or "")
    for side in ("left", "right") if still is not None else ():
        key = f"stage:{side}"
        yield (
            key,
            side,
            RateTerm(key, _stage_rates(model, still)),
            Label("onset", f"{case.tempo.onset} old: past a flaccid stage", "history", side, ("judgement",)),
        )


@lru_cache(maxsize=MOST_RATES)
def _stage_rates(model: Model, still: float) -> dict[str, float]:
    """A form that strikes both sides is asked for on each, so it has the root of the rate. The rest has nothing to say to it."""
    acute = {pattern.id for pattern in model.knowledge.patterns if pattern.acts.acute}
    twice = {variant.near for lesion in model.lesions for variant in lesion.both if variant.near == variant.far}
    return {name: ALL_BUT_SURE * (1.0 if name not in acute else still**0.5 if name in twice else still) for name in model.patterns}


def _history(model: Model, case: Case) -> Iterator[Told]:
    """One term a story. Several items of one story are weighed as a block, within `STORY_BOUND`; of classes that exclude each other
    one speaks.
    """
    stories: dict[str, list[tuple[HistoryItem, HistoryFinding]]] = {}
    told_tempo = {"tempo"} if case.tempo.onset else set()
    for finding in case.history:
        item = model.knowledge.history_item[finding.item]
        if (
            finding.past
            or item.story in told_tempo
            or (item.id.startswith("course.") and case.tempo.course)
            or (finding.present and covered(item, case))
        ):
            continue
        story = item.story if item.story and finding.present else f"{item.id}:{finding.present}"
        if all(item.id != other.id for other, _ in stories.get(story, [])):
            stories.setdefault(story, []).append((item, finding))
    bearer, shared_by = _one_cause(model, case, [item for told in stories.values() for item, finding in told if finding.present])
    for number, (story, told) in enumerate(stories.items()):
        found = _story(model, case, number, told[:1] if story in EXCLUSIVE else told)
        yield _times(found, shared_by) if any(item.id == bearer for item, _ in told) else found


def _one_cause(model: Model, case: Case, told: list[HistoryItem]) -> tuple[str, Array]:
    """The item that bears what several items weigh together, because one cause brings them all, and what that is: (rows,)."""
    course = model.knowledge.history_item.get(f"course.{case.tempo.course}")
    items = {_as_causes_know_it(item): item for item in ([*told, course] if course else told)}
    brought = {name for cause in model.knowledge.causes if len(cause.history.keys() & items.keys()) > 1 for name in cause.history}
    bearers = [(item.base, item.id) for item in told if _as_causes_know_it(item) in brought]
    if not bearers:
        return "", np.ones(len(model.rows.side))
    rates = {name: model.by_lesion(item.by, item.base) for name, item in items.items()}
    return min(bearers)[1], shared(model.knowledge, tuple(lesion.id for lesion in model.lesions), rates)[model.rows.lesion]


def _as_causes_know_it(item: HistoryItem) -> str:
    """Causes know zoster, not of which root."""
    return "zoster" if item.id.startswith("zoster.") else item.id


def _times(told: Told, factor: Array) -> Told:
    key, side, term, label = told
    assert isinstance(term, RowTerm)
    return key, side, RowTerm(term.key, np.minimum(term.rows * factor, 1.0 - FLOOR), term.present), label


def _story(model: Model, case: Case, number: int, told: list[tuple[HistoryItem, HistoryFinding]]) -> Told:
    rates = [_history_rows(model, item, finding, _levels_of(case, item), _comes_from(case)) for item, finding in told]
    bases = [item.base if finding.present else 1.0 - item.base for item, finding in told]
    base = float(np.prod(bases))
    rows = (
        rates[0]
        if len(rates) == 1
        else np.clip(shrunk(np.prod(rates, axis=0), base, STORY_BOUND), base / STORY_BOUND, min(1.0, base * STORY_BOUND))
    )
    first = told[0][1]
    key = f"{first.origin.path}:{number}"
    text = "; ".join(dict.fromkeys(finding.origin.text if finding.present else f"no {finding.origin.text}" for _, finding in told))
    return (
        key,
        None,
        RowTerm(key, rows, first.present),
        Label(first.origin.path, text, "history", first.side, sources_of(i for i, _ in told)),
    )


def _comes_from(case: Case) -> str | None:
    """The setting; who has just been delivered comes from a delivery, whatever the setting."""
    delivered = any(finding.present and not finding.past and finding.item in DELIVERY for finding in case.history)
    return "obstetric" if delivered and case.setting != "postoperative" else case.setting


def _levels_of(case: Case, item: HistoryItem) -> str:
    """The roots and discs that the case names beside an item."""
    return "+".join(sorted({finding.level for finding in case.history if finding.level and finding.item == item.id}))


def covered(item: HistoryItem, case: Case) -> bool:
    """Whether the examination or the pain of this case tells the same as an item, and tells it better."""
    return bool(item.covered_by) and not there(case).isdisjoint(item.covered_by)


def there(case: Case) -> frozenset[str]:
    """What the examination and the pain of a case tell of, as `covered_by` of an item names it."""
    pains = [finding for finding in case.pain if not finding.past]
    parts = {finding.item.split(".")[0] for finding in case.sphincter if not finding.past}
    regions = {name for finding in pains for name, _ in finding.regions}
    found = [
        *(f"weak:{name}" for finding in case.power if _weak(finding) for name, share in finding.movements if share > MOSTLY),
        *(["power"] if not all(finding.past for finding in case.power) else []),
        *(["sensory"] if not all(finding.past for finding in case.sense) else []),
        *(["pain:any"] if pains else []),
        *(f"pain:{name}" for name in regions),
        *(f"sphincter:{name}" for name in parts),
    ]
    return frozenset(found)


def _weak(finding: Power) -> bool:
    graded = finding.value == "graded" and finding.grade is not None
    return not finding.past and (finding.value == "weak" or (graded and (finding.grade or 0.0) < FULL))


def _history_rows(model: Model, item: HistoryItem, finding: HistoryFinding, levels: str, setting: str | None) -> Array:
    """P(item | row); an item said of roots speaks for the lesions of those roots."""
    by = item.after if item.after and setting in item.after_in else item.by
    bound = NECESSARY_BOUND if item.necessary else TEMPO_BOUND if item.story in EXCLUSIVE else BOUND
    rates = _by_row(model, by, item.base, finding.side, bound)
    if levels:
        named = set(levels.replace("-", "+").split("+"))
        meets = np.array([not lesion.id.startswith("root.") or bool(named & set(lesion.roots)) for lesion in model.lesions])
        rates = np.where(meets[model.rows.lesion], _by_row(model, by, item.base, finding.side, LEVEL_BOUND), OTHER_SIDE * item.base)
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
    """A sphincter word: its rate with the supply intact, which some lesions raise (`by`), and with the supply lost."""
    item = model.knowledge.sphincter_item[finding.item]
    kept = model.by_lesion(item.by, item.when_kept)[model.rows.lesion]
    if item.part == "saddle_sensation":
        group = next(g for g in model.knowledge.skin_groups if g.kind == "saddle")
        reading, skin = model.readings.skin(dict(group.sites)), True
    else:
        reading, skin = model.readings.motor({PARTS[item.part]: 1.0}), False
    key = f"{finding.origin.path}:{finding.item}"
    term = MidTerm(key, reading, skin, tables.uncontrolled(), item.when_lost, kept, item.when_kept, not item.abnormal)
    return key, None, term, Label(finding.origin.path, wording.told(finding), "sphincter", None, item.sources)


def _most_telling(found: Sequence[InvestigationFinding]) -> Iterator[InvestigationFinding]:
    """Of one report on one level, what the rest of it implies is left out: a disc that touches a root is one finding, not two."""
    seen = {(one.origin.path, one.investigation, one.level, one.side, one.result) for one in found}
    for one in found:
        implied_by = IMPLIED_BY.get(one.result, ())
        if not any((one.origin.path, one.investigation, one.level, one.side, other) in seen for other in implied_by):
            yield one


def _investigation(model: Model, case: Case, finding: InvestigationFinding, number: int, default: str) -> Told | None:
    if finding.past:
        return None
    known = model.knowledge.investigation[finding.investigation]
    side = finding.side or default
    key = f"{finding.origin.path}:{side}:{number}"
    label = Label(finding.origin.path, wording.told(finding), "investigation", side, known.sources)
    if finding.muscle and finding.result in ("denervation", "normal", "reduced_recruitment", "abnormal"):
        days = case.tempo.duration_days
        informative = EARLY_NEEDLE if days is not None and days < EMG_LATENCY_DAYS else 1.0
        reading = model.readings.motor({finding.muscle: 1.0})
        return key, side, NeedleTerm(key, reading, finding.result != "normal", informative), label
    branches = {b.id: 1.0 for b in model.knowledge.skin_branches if b.snap and f"snap_{b.snap}" == known.id}
    if branches:
        return key, side, PotentialTerm(key, model.readings.potential(branches), finding.result != "normal"), label
    rates = known.results.get(finding.result)
    if rates is None:
        return None
    unsided = replace(label, side=finding.side)  # blood and a scan of the spine are of no side unless the report says so
    return key, None, RowTerm(key, _result_rows(model, case, rates, finding)), unsided


def _result_rows(model: Model, case: Case, rates: dict[str, float], finding: InvestigationFinding) -> Array:
    """P(result | row). At a named root or level it speaks (`match`) for the roots that are named or reached, and little (`mismatch`)
    for others.
    """
    base = rates["base"]
    rows = _by_row(model, {name: rate for name, rate in rates.items() if name not in ("base", "match", "mismatch")}, base, None, SIGN_BOUND)
    if finding.nerve and finding.result in OF_A_NERVE:
        rows = np.where(_elsewhere(model, finding.nerve), OTHER_SIDE * base, rows)
    reached = _reached(model, finding)
    if not reached:
        return _as_far_as_it_shows(model, case, rows, base, finding)
    told = [
        None if not lesion.id.startswith("root.") else rates.get("match") if reached & set(lesion.roots) else rates.get("mismatch", base)
        for lesion in model.lesions
    ]
    at_level = np.array([np.nan if rate is None else rate for rate in told])[model.rows.lesion]
    return np.where(np.isnan(at_level), rows, bounded(np.nan_to_num(at_level, nan=base), base, SIGN_BOUND))


def _elsewhere(model: Model, nerve: str) -> Array:
    """Which rows are lesions of another nerve than this one or its branches: (rows,)."""
    known = model.knowledge.nerve
    names = [lesion.id.split(".")[1] if lesion.id.startswith("nerve.") else nerve for lesion in model.lesions]
    mine = np.array([nerve == name or (name in known and known[name].parent == nerve) for name in names])
    return np.asarray(~mine[model.rows.lesion])


def _reached(model: Model, finding: InvestigationFinding) -> set[str]:
    """The roots that an investigation names, or that its level and zone reach."""
    if finding.root:
        return set(finding.root.split("+")) & {root.id for root in model.knowledge.roots}
    return {
        root.id
        for root in model.knowledge.roots
        if finding.level
        and (
            (finding.zone in (None, "central", "paracentral") and root.disc_paracentral == finding.level)
            or (finding.zone in (None, "foraminal", "extraforaminal") and root.disc_foraminal == finding.level)
        )
    }


def _as_far_as_it_shows(model: Model, case: Case, rows: Array, base: float, finding: InvestigationFinding) -> Array:
    """Imaging of the spine tells of a root only as far as its cause can be seen; zoster and diabetes leave it normal."""
    if not finding.investigation.startswith(("mri_lumbar", "ct_lumbar")):
        return rows
    visible = compressive(model.knowledge, case)
    roots = np.array([lesion.id.startswith("root.") for lesion in model.lesions])[model.rows.lesion]
    return np.where(roots, visible * rows + (1.0 - visible) * base, rows)
