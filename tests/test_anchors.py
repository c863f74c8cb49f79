"""Marginal anchors: what the whole model must say where the literature says how often things are so.

None of them is a published case. Each test names its figures; tolerances are .10 absolute, .05 for the foot drop of specialists.
"""

from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest

from lasegue.case import read_case
from lasegue.inference import Posterior, disc_roots, discs, posterior
from lasegue.model import model
from lasegue.model.observe import observe
from lasegue.simulate import cases, draw

MOVEMENTS = (
    "hip flexion", "hip extension", "hip abduction", "hip adduction", "knee extension", "knee flexion", "ankle dorsiflexion",
    "ankle plantarflexion", "inversion in plantarflexion", "ankle eversion", "great toe extension", "great toe flexion",
    "toe extension", "toe flexion",
)  # fmt: skip
SKIN = (
    "anterior thigh", "lateral thigh", "medial thigh", "posterior thigh", "medial leg", "lateral leg", "calf", "dorsum of foot",
    "first web space", "sole", "heel", "lateral foot", "great toe", "perineum",
)  # fmt: skip


def found(case: dict[str, Any], setting: str = "specialist") -> Posterior:
    read = read_case(case)
    return posterior(model(), read, observe(model(), read), setting)


def shares(result: Posterior, parts: int = 1) -> Counter[str]:
    total: Counter[str] = Counter()
    for row, probability in enumerate(result.probability):
        total[".".join(model().lesions[model().rows.lesion[row]].id.split(".")[:parts])] += float(probability)
    return total


@cache
def foot_drop(setting: str) -> tuple[Counter[str], Counter[str]]:
    result = found({"tests": [{"test": "foot drop", "result": "positive"}]}, setting)
    return shares(result), shares(result, 2)


def test_foot_drop_alone_is_split_as_in_three_series() -> None:
    """Three series (n = 155, 61, 217): peroneal .31 to .46, root .20 to .34, polyneuropathy .12 to .18, sciatic .05 to .06."""
    families, sites = foot_drop("specialist")
    peroneal = sites["nerve.common_peroneal"] + sites["nerve.deep_peroneal"]
    assert 0.31 - 0.05 <= peroneal <= 0.46 + 0.05
    assert 0.20 - 0.05 <= families["root"] <= 0.34 + 0.05
    assert 0.12 - 0.05 <= families["polyneuropathy"] <= 0.18 + 0.05
    assert sites["nerve.sciatic"] <= 0.06 + 0.05
    assert families["plexus"] + families["radiculoplexus_neuropathy"] <= 0.15 + 0.05
    assert families["motor_neuron_disease"] <= 0.04 + 0.05


def test_primary_care_sees_more_roots_and_fewer_palsies() -> None:
    assert foot_drop("primary_care")[0]["root"] > foot_drop("specialist")[0]["root"]
    assert foot_drop("primary_care")[1]["nerve.common_peroneal"] < foot_drop("specialist")[1]["nerve.common_peroneal"]


def test_radicular_pain_alone_is_a_root_and_not_a_level() -> None:
    """Root family .6 to .8, L5 and S1 within 2 to 1."""
    result = found({"side": "left", "pain": [{"site": "buttock"}, {"site": "leg"}]})
    families, sites = shares(result), shares(result, 2)
    assert 0.6 <= families["root"] <= 0.8
    assert 0.5 <= sites["root.L5"] / sites["root.S1"] <= 2.0


def test_healthy_and_seventy() -> None:
    """A person of 70 without complaints in whom everything was examined and is normal: nothing, or no nerve, in more than .8."""
    healthy = {
        "age": 70,
        "history": ["no pain", "no back pain", "no numbness", "no weakness"],
        "power": [{"movement": m, "side": "bilateral", "grade": 5} for m in MOVEMENTS],
        "sensory": [
            {"site": s, "side": "bilateral", "modality": m, "finding": "normal"} for s in SKIN for m in ("light touch", "pin prick")
        ],
        "reflexes": [{"reflex": r, "side": "bilateral", "finding": "normal"} for r in ("knee", "ankle", "plantar")],
        "tests": [{"test": t, "side": "bilateral", "result": "negative"} for t in ("SLR", "femoral stretch", "Trendelenburg", "FADIR")],
    }
    families = shares(found(healthy))
    assert families["none"] + families["mimic"] > 0.8


def test_absent_ankle_jerks_of_the_old_raise_nothing() -> None:
    """Ankle jerks are absent in 23 % of healthy people over 60: alone they move no root by more than a little."""
    plain = {"age": 78, "reflexes": [{"reflex": "knee", "side": "bilateral", "finding": "normal"}]}
    absent = {"age": 78, "reflexes": [*plain["reflexes"], {"reflex": "ankle", "side": "bilateral", "finding": "absent"}]}
    before, after = shares(found(plain)), shares(found(absent))
    assert after["root"] <= before["root"] + 0.02
    assert after["cauda_equina"] < 0.01


@pytest.mark.parametrize("setting", ["specialist", "emergency"])
def test_suspected_cauda_equina(setting: str) -> None:
    """Of those suspected for bladder symptoms with back pain 10 to 30 % have it (19 % in the largest series)."""
    families = shares(
        found({"pain": [{"site": "low back"}, {"site": "leg", "side": "left"}], "sphincter": {"bladder": "hesitancy"}}, setting)
    )
    both = families["cauda_equina"] + families["conus_medullaris"]
    assert 0.02 <= both <= 0.40


def test_operated_levels() -> None:
    """Operated discs, central and paracentral: L4-5 57 %, L5-S1 41 %; upper levels up to 15 % in referral series."""
    result = found({"side": "left", "pain": [{"site": "buttock"}, {"site": "leg"}], "history": ["back pain"]})
    levels: Counter[str] = Counter()
    for disc in discs(model(), read_case({}), disc_roots(model(), result)["left"]):
        if disc.zone in ("central", "paracentral"):
            levels[disc.level] += disc.probability
    whole = levels.total()
    assert levels["L4-L5"] / (levels["L4-L5"] + levels["L5-S1"]) == pytest.approx(0.57 / 0.98, abs=0.10)
    assert levels["L3-L4"] / whole < 0.15


def test_hip_abduction_separates_root_from_peroneal_nerve() -> None:
    """With a weak tibialis anterior, hip abduction was weak in .86 of radiculopathies and .04 of peroneal palsies (Jeon 2013)."""
    drop = {"side": "left", "power": [{"movement": "ankle dorsiflexion", "grade": 2}]}
    weak = {"side": "left", "power": [*drop["power"], {"movement": "hip abduction", "grade": "weak"}]}
    before, after = shares(found(drop), 2), shares(found(weak), 2)
    odds_before = before["root.L5"] / before["nerve.common_peroneal"]
    odds_after = after["root.L5"] / after["nerve.common_peroneal"]
    assert 5 <= odds_after / odds_before <= 60


def test_l5_and_s1_are_hard_to_tell_apart() -> None:
    """The clinician's call of L5 and S1 had areas under the curve of .67 and .66 (Iversen 2013): on simulated patients .60 to .80."""
    rows = model().rows
    names = np.array([model().lesions[k].id for k in rows.lesion])
    cohort = draw(300, 5, only=np.isin(names, ["root.L5", "root.S1"]) & (np.array(rows.side) != "bilateral"))
    scores, truth = [], []
    for case, row in zip(cases(cohort), cohort.row, strict=True):
        sites = shares(posterior(model(), case, observe(model(), case), "specialist"), 2)
        scores.append(sites["root.L5"] / (sites["root.L5"] + sites["root.S1"]))
        truth.append(names[row] == "root.L5")
    mine, other = np.array(scores)[truth], np.array(scores)[~np.array(truth)]
    area = float(np.mean(mine[:, None] > other[None, :]))
    assert 0.60 <= area <= 0.85
