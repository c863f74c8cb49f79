"""The hypotheses: one row per lesion and side, each with its variants, its severities and its prior."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.knowledge import Knowledge
from lasegue.knowledge.lesion import Lesion, Severity, Variant
from lasegue.model.patterns import LOSSES
from lasegue.wiring import Array

SETTINGS: Final = ("primary_care", "emergency", "specialist", "postoperative", "obstetric", "inpatient")
SIDES: Final = ("left", "right", "bilateral")
AGE_EDGES: Final = (30.0, 50.0, 65.0, 80.0)
UNLISTED: Final = "unlisted"
NOT_PAIRED: Final = (UNLISTED, "none")
KIN: Final = {
    **dict.fromkeys(("sciatic", "common_peroneal", "deep_peroneal", "superficial_peroneal"), "sciatic"),
    **dict.fromkeys(("tibial", "medial_plantar", "lateral_plantar", "interdigital", "sural"), "tibial"),
    **dict.fromkeys(("femoral", "saphenous"), "femoral"),
}
SPINAL: Final = {
    "root": "root",
    "cauda_equina": "root",
    "conus_medullaris": "root",
    "plexus": "plexus",
    "radiculoplexus_neuropathy": "plexus",
    "polyneuropathy": "polyneuropathy",
    "central": "central",
}


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows and variants as parallel arrays.

    `lesion` (rows,) indexes the lesions, `side` names it; `prior` maps a setting to (rows,), summing to 1. A variant has its
    row, the near and far pattern, which side is near, its share of the row. `severity`: (lesions, motor losses,
    sensory losses). `unnoticed` (rows,) is how often the lesion lies there in adults without having been noticed; `chief` is the
    left and the right pattern of each row's commonest variant.
    """

    lesion: NDArray[np.intp]
    side: tuple[str, ...]
    prior: dict[str, Array]
    variant_row: NDArray[np.intp]
    near: NDArray[np.intp]
    far: NDArray[np.intp]
    near_is_left: NDArray[np.bool_]
    share: Array
    severity: Array
    coupling: Array
    unnoticed: Array
    chief: tuple[NDArray[np.intp], NDArray[np.intp]]


def severity_table(severity: Severity) -> Array:
    """P(motor loss, sensory loss): (losses, losses). Fibres that suffer less stand two levels lower."""
    table = np.zeros((len(LOSSES), len(LOSSES)))
    even = 1.0 - severity.motor - severity.sensory
    for level, share in enumerate(severity.levels):
        lower = max(level - 2, 0)
        table[level, level] += share * even
        table[level, lower] += share * severity.motor
        table[lower, level] += share * severity.sensory
    return np.asarray(table / table.sum())


def _row_variants(lesion: Lesion, side: str) -> list[tuple[Variant, bool, float]]:
    """(variant, near is left, share) of one row; of a bilateral one, either side may be the near one, whose severity the midline has."""
    if side != "bilateral":
        return [(v, side == "left", v.weight) for v in lesion.one_sided]
    return [(v, left, v.weight / 2) for v in lesion.both for left in (True, False)]


def side_shares(lesion: Lesion) -> dict[str, float]:
    """How a lesion's prior is split among left, right and bilateral."""
    both = lesion.bilateral if lesion.both and lesion.one_sided else float(bool(lesion.both))
    return {"left": (1 - both) / 2, "right": (1 - both) / 2, "bilateral": both}


def build_rows(knowledge: Knowledge, patterns: dict[str, int]) -> Rows:
    """All rows in the order of the lesions, left, right, bilateral; sides that a lesion cannot take are left out."""
    heads: list[tuple[int, str]] = []
    variants: list[tuple[int, int, int, bool, float]] = []
    priors: list[list[float]] = []
    unnoticed: list[float] = []
    for number, lesion in enumerate(knowledge.lesions):
        for side, share in side_shares(lesion).items():
            if share <= 0:
                continue
            found = _row_variants(lesion, side)
            whole = sum(w for _, _, w in found)
            variants += [(len(heads), patterns[v.near], patterns[v.far], left, w / whole) for v, left, w in found]
            heads.append((number, side))
            priors.append([share * lesion.prior[s] for s in SETTINGS])
            unnoticed.append(share * lesion.prevalence)
    table = np.array(priors)
    tops = [max((v for v in variants if v[0] == r), key=lambda v: v[4]) for r in range(len(heads))]
    row, near, far, left, weight = (np.array(column) for column in zip(*variants, strict=True))
    return Rows(
        lesion=np.array([number for number, _ in heads], dtype=np.intp),
        side=tuple(side for _, side in heads),
        prior={s: table[:, k] / table[:, k].sum() for k, s in enumerate(SETTINGS)},
        variant_row=row.astype(np.intp),
        near=near.astype(np.intp),
        far=far.astype(np.intp),
        near_is_left=left.astype(np.bool_),
        share=weight.astype(np.float64),
        severity=np.stack([severity_table(lesion.severity) for lesion in knowledge.lesions]),
        coupling=np.array([lesion.coupling for lesion in knowledge.lesions]),
        unnoticed=np.array(unnoticed),
        chief=(
            np.array([near if left else far for _, near, far, left, _ in tops], dtype=np.intp),
            np.array([far if left else near for _, near, far, left, _ in tops], dtype=np.intp),
        ),
    )


def age_band(age: float) -> int:
    """Which of the five age bands an age falls in."""
    return int(np.searchsorted(AGE_EDGES, age, side="right"))


def age_factor(lesions: tuple[Lesion, ...], age: float) -> Array:
    """How an age multiplies each lesion's prior: (lesions,), interpolated between the middles of the bands."""
    middles = np.array([22.0, 40.0, 57.0, 72.0, 86.0])
    return np.array([np.interp(age, middles, lesion.age) for lesion in lesions])


def sex_factor(lesions: tuple[Lesion, ...], sex: str) -> Array:
    """How a sex multiplies each lesion's prior: (lesions,)."""
    male = np.array([lesion.male for lesion in lesions])
    return 2.0 * (male if sex == "M" else 1.0 - male)


def together(knowledge: Knowledge, rows: Rows) -> Array:
    """How much oftener than by chance two rows occur together; 0 where they cannot be two lesions: (rows, rows).

    Two sets of roots on one side are one set of roots, two places on one nerve one nerve, one lesion on both sides one bilateral lesion.
    """
    lesions = [knowledge.lesions[k] for k in rows.lesion]
    kin = np.array([[_kin(a.id) == _kin(b.id) for b in lesions] for a in lesions])
    apart = np.array([[{s, t} == {"left", "right"} for t in rows.side] for s in rows.side])
    same = rows.lesion[:, None] == rows.lesion[None, :]
    closed = np.array([lesion.id in NOT_PAIRED for lesion in lesions])
    table = np.where((kin & ~apart) | same | closed[:, None] | closed[None, :], 0.0, 1.0)
    for composite in knowledge.composites:
        first, second = (np.array([_under(lesion.id, part) for lesion in lesions]) for part in composite.parts)
        meets = (first[:, None] & second[None, :]) | (second[:, None] & first[None, :])
        table = np.where(meets, table * composite.times, table)
    return table


def _under(lesion: str, family: str) -> bool:
    return lesion == family or lesion.startswith(f"{family}.")


def _kin(lesion: str) -> str:
    """Lesions of one kin do not make a pair on one side: all roots; one nerve and its branches; all of a family otherwise."""
    parts = lesion.split(".")
    if parts[0] == "nerve":
        return KIN.get(parts[1], parts[1])
    return SPINAL.get(parts[0], lesion)
