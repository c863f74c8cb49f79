"""Layers of what is lost, by one lesion or on average over a ranking: wiring and patterns say what each site and movement keeps."""

from collections.abc import Iterable

import numpy as np

from lasegue.atlas.layers import Bars, Density
from lasegue.atlas.raster import SIDES, Key
from lasegue.errors import InputError
from lasegue.knowledge import Knowledge
from lasegue.knowledge.lesion import Lesion, Pattern
from lasegue.model.patterns import LOSSES, muscle_loss, skin_loss
from lasegue.wiring import MAPS, TYPICAL, Strands, Wiring

SEVERITIES = ("irritated", "mild", "moderate", "severe", "complete")
_INTACT = Pattern()


def _level(severity: str) -> float:
    if severity not in SEVERITIES:
        raise InputError(f"no severity {severity!r}; there are {', '.join(SEVERITIES)}")
    return float(LOSSES[SEVERITIES.index(severity)])


def _lost(wiring: Wiring, strands: Strands, pattern: Pattern, level: float, row: int) -> dict[str, float]:
    """What every target loses by the pattern's cuts."""
    kept = wiring.kept(strands, pattern.cuts, np.array([level]))[:, 0]
    weight = strands.weight[row, TYPICAL]
    return {name: 1.0 - float(weight[rows] @ kept[rows]) for name, rows in strands.rows.items()}


def _skin(knowledge: Knowledge, wiring: Wiring, pattern: Pattern, level: float, map_id: str) -> dict[str, float]:
    cut = _lost(wiring, wiring.skin, pattern, level, MAPS.index(map_id))
    there = {s.id: skin_loss(pattern, s.id, s.midline, s.length_cm) * level for s in knowledge.skin_sites}
    return {s.id: 1 - (1 - cut.get(s.id, 0.0)) * (1 - there[s.id]) for s in knowledge.skin_sites}


def _power(knowledge: Knowledge, wiring: Wiring, pattern: Pattern, level: float) -> dict[str, float]:
    cut = _lost(wiring, wiring.motor, pattern, level, 0)
    muscles = {m.id: 1 - (1 - cut.get(m.id, 0.0)) * (1 - muscle_loss(knowledge, pattern, m) * level) for m in knowledge.muscles}
    return {m.name: sum(share * muscles[k] for k, share in m.muscles.items()) for m in knowledge.movements}


def _patterns(knowledge: Knowledge, lesion: Lesion, side: str) -> list[tuple[str, Pattern, float]]:
    """How the lesion acts on each side, by variant, with the variant's share; a bilateral one is laid both ways round."""
    variants = lesion.both if side == "bilateral" else lesion.one_sided
    if side not in (*SIDES, "bilateral") or not variants:
        raise InputError(f"{lesion.id} has no form on the side {side!r}")
    total = sum(v.weight for v in variants)
    found = []
    for near_side, share in ((SIDES[0], 0.5), (SIDES[1], 0.5)) if side == "bilateral" else ((side, 1.0),):
        far_side = SIDES[1 - SIDES.index(near_side)]
        for variant in variants:
            for place, name in ((near_side, variant.near), (far_side, variant.far)):
                acts = knowledge.pattern[name].acts if name in knowledge.pattern else _INTACT
                found.append((place, acts, share * variant.weight / total))
    return found


def numbness(
    knowledge: Knowledge, wiring: Wiring, lesion_id: str, side: str, severity: str = "moderate", map_id: str = "consensus"
) -> dict[Key, float]:
    """The share of feeling that a lesion takes from every site, on average over its forms."""
    if lesion_id not in knowledge.lesion:
        raise InputError(f"no lesion {lesion_id!r}")
    result: dict[Key, float] = {}
    for place, pattern, share in _patterns(knowledge, knowledge.lesion[lesion_id], side):
        for site, lost in _skin(knowledge, wiring, pattern, _level(severity), map_id).items():
            result[place, site] = result.get((place, site), 0.0) + share * lost
    return result


def weakness(knowledge: Knowledge, wiring: Wiring, lesion_id: str, side: str, severity: str = "moderate") -> dict[Key, float]:
    """The share of every movement's fibres that a lesion takes, on average over its forms: {(side, movement): 0 to 1}."""
    result: dict[Key, float] = {}
    for place, pattern, share in _patterns(knowledge, knowledge.lesion[lesion_id], side):
        for name, lost in _power(knowledge, wiring, pattern, _level(severity)).items():
            result[place, name] = result.get((place, name), 0.0) + share * lost
    return result


def layers(knowledge: Knowledge, wiring: Wiring, lesion_id: str, side: str, severity: str = "moderate") -> tuple[Density, Bars]:
    """What a lesion takes away: its skin as a field, its movements as bars (the worse side of each)."""
    values = numbness(knowledge, wiring, lesion_id, side, severity)
    worst: dict[str, float] = {}
    for (_, name), lost in weakness(knowledge, wiring, lesion_id, side, severity).items():
        worst[name] = max(worst.get(name, 0.0), lost)
    rows = tuple(sorted(((n, v) for n, v in worst.items() if v >= 0.08), key=lambda row: (-row[1], row[0]))[:12])
    label = f"{knowledge.lesion[lesion_id].name}, {side}, {severity}"
    return Density(f"Feeling lost: {label}", values, note="On average over the lesion's forms."), Bars(
        "Movements: share of fibres lost", rows
    )


def expected(knowledge: Knowledge, wiring: Wiring, ranking: Iterable[tuple[str, str, float]], severity: str = "moderate") -> Density:
    """The posterior's expected numbness: every (lesion, side, probability) of a ranking takes its part."""
    total: dict[Key, float] = {}
    for lesion_id, side, probability in ranking:
        for key, lost in numbness(knowledge, wiring, lesion_id, side, severity).items():
            total[key] = total.get(key, 0.0) + probability * lost
    return Density(
        "Numbness expected from the ranking", total, levels=(0.05, 0.15, 0.25, 0.4, 0.55, 0.7), note=f"If what is ranked were {severity}."
    )
