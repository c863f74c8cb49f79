"""Baseline: the decision flow of a set of revision notes (source doc_revision), with its key differentials, as questions in a fixed order.

The first question that is answered with yes names the lesion, and a second and third choice where the notes name rivals. A flow chart
has an order and no probabilities: the first choice is given 0.6, the second 0.25, the third 0.1, and what remains goes to `unlisted`.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from lasegue.case.model import Case
from lasegue.evaluate.baselines.picture import Picture, picture
from lasegue.evaluate.baselines.root_table import root_table

CHOICES = (0.6, 0.25, 0.1)
Lesions = tuple[str, ...]

PERONEAL = "nerve.common_peroneal.fibular_neck"
SCIATIC = "nerve.sciatic.buttock"
FEMORAL = "nerve.femoral.inguinal_ligament"
MERALGIA = "nerve.lateral_femoral_cutaneous.inguinal_ligament"
SPINE_OR_THIGH = frozenset(
    {"low_back", "buttock", "thigh", "posterior_thigh", "lateral_thigh", "posterolateral_thigh", "whole_leg", "posterior_leg"}
)
LATERAL_THIGH = frozenset({"thigh_lat_upper", "thigh_lat_mid", "thigh_lat_lower", "thigh_anterolat_mid", "trochanter"})
FEMORAL_SKIN = frozenset({"thigh_ant_upper", "thigh_ant_mid", "thigh_ant_lower", "thigh_anteromedial_mid", "leg_med_upper", "leg_med_mid"})
L5_PROXIMAL = frozenset({"hip_abduction", "ankle_inversion", "ankle_inversion_plantarflexed", "knee_flexion", "hip_extension"})
FOOT = frozenset({"ankle_dorsiflexion", "great_toe_extension", "toe_extension", "ankle_eversion"})
DROPS = frozenset({"foot_drop", "heel_walk", "steppage_gait"})
RELIEVED_BY_BENDING = frozenset({"bending_forward_relieves", "neurogenic_claudication"})
DIABETES = frozenset({"diabetes"})


def red_flags(p: Picture) -> Lesions:
    """Saddle and sphincters, or sphincters and both legs: cauda equina; with upper motor neuron signs the conus."""
    if not (p.bladder_or_bowel and (p.saddle or p.bilateral)):
        return ()
    return ("conus_medullaris", "cauda_equina") if p.upper_motor else ("cauda_equina", "conus_medullaris")


def upper_motor_neuron(p: Picture) -> Lesions:
    """An upgoing plantar or clonus is no root and no nerve."""
    return ("central.spinal_cord", "central.parasagittal") if p.upper_motor else ()


def claudication(p: Picture) -> Lesions:
    """Walking pain that bending relieves: stenosis."""
    return ("stenosis.lumbar",) if (p.positive | p.history) & RELIEVED_BY_BENDING else ()


def lateral_thigh_alone(p: Picture) -> Lesions:
    """A lateral thigh that is numb or burns, without weakness or reflex change."""
    if p.weak or p.weak_all_over or p.lost_reflexes:
        return ()
    felt = p.numb <= LATERAL_THIGH and (p.numb or p.pain & {"lateral_thigh", "anterolateral_thigh"})
    return (MERALGIA, "root.L2") if felt else ()


def foot_drop(p: Picture) -> Lesions:
    """Dorsiflexion: mixed with tibial signs the sciatic nerve; with proximal signs or back pain L5; otherwise the peroneal nerve."""
    if not ("ankle_dorsiflexion" in p.weak or p.positive & DROPS):
        return ()
    if "ankle_plantarflexion" in p.weak or "ankle" in p.lost_reflexes:
        return SCIATIC, "root.L5+S1"
    if p.weak & L5_PROXIMAL or p.pain & SPINE_OR_THIGH or "slr" in p.positive:
        return "root.L5", PERONEAL
    return PERONEAL, "root.L5"


def front_of_thigh(p: Picture) -> Lesions:
    """Quadriceps or knee jerk: diabetic amyotrophy, upper lumbar roots when the adductors are weak, otherwise the femoral nerve."""
    weak_thigh = "knee_extension" in p.weak or "wasting_quadriceps" in p.positive
    if not (weak_thigh or "knee" in p.lost_reflexes):
        return ()
    if p.history & DIABETES and p.pain and weak_thigh:
        return "radiculoplexus_neuropathy", FEMORAL, "root.L4"
    if "hip_adduction" in p.weak:
        return "root.L3", "root.L4", "plexus.lumbar"
    if weak_thigh and (p.numb & FEMORAL_SKIN or not p.pain & {"low_back"}):
        return FEMORAL, "root.L4", "root.L3"
    return "root.L4", "root.L3", FEMORAL


def reflexes(p: Picture) -> Lesions:
    """The ankle jerk lost is S1; a weak foot with both jerks kept is L5."""
    if "ankle" in p.lost_reflexes:
        return "root.S1", "root.L5+S1"
    return ("root.L5", PERONEAL) if p.weak & FOOT else ()


def _by_root(names: Counter[str]) -> Lesions:
    return tuple(f"root.{root}" for root, _ in names.most_common(len(CHOICES)))


def skin(p: Picture) -> Lesions:
    """The dermatome that holds most of what is numb."""
    table = root_table()
    named = [table.root_of_site(site) for site in sorted(p.numb)]
    return _by_root(Counter([*p.labels * len(p.numb), *(root for root in named if root)]))


def movement(p: Picture) -> Lesions:
    """The root that most weak movements share."""
    table = root_table()
    return _by_root(Counter(root for name in sorted(p.weak) for root in table.movements.get(name, ())))


def tension_and_pain(p: Picture) -> Lesions:
    """The root whose tension test is positive and in whose zone the pain runs."""
    table = root_table()
    found = Counter(root for name in sorted(p.pain) for root in table.pain.get(name, ()))
    found.update(root for name in sorted(p.positive & {"slr", "crossed_slr", "femoral_stretch"}) for root in table.tests[name])
    return _by_root(found)


FLOW: tuple[Callable[[Picture], Lesions], ...] = (
    red_flags,
    upper_motor_neuron,
    claudication,
    lateral_thigh_alone,
    foot_drop,
    front_of_thigh,
    reflexes,
    skin,
    movement,
    tension_and_pain,
)


def side_of(case: Case, p: Picture) -> str | None:
    """Both sides if both are affected, the one that is, or the side of the case."""
    return "bilateral" if p.bilateral else next(iter(p.sides), case.side)


def flow(case: Case) -> dict[str, Any]:
    """Answer a case by the decision flow; a case in which no question is answered with yes has nothing wrong with it."""
    p = picture(case)
    lesions = next((found for ask in FLOW if (found := ask(p))), ("none",))
    side = side_of(case, p)
    chosen = dict(zip(lesions, CHOICES, strict=False))
    rows = [{"lesion": lesion, "side": side, "probability": share} for lesion, share in chosen.items()]
    rows.append({"lesion": "unlisted", "side": side, "probability": 1 - sum(chosen.values())})
    return {"id": case.id, "ranking": sorted(rows, key=lambda row: -float(str(row["probability"]))), "pairs": []}
