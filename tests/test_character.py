"""What gives a lesion its character: signs that the hand and the hammer must find, or must not, whatever else is changed."""

from functools import cache
from typing import Any

import pytest

from lasegue import localize
from lasegue.simulate import expected, expected_dict


@cache
def does(lesion: str) -> dict[str, Any]:
    return expected_dict(expected(lesion))


def jerk(lesion: str, reflex: str) -> float:
    """P(reduced or absent)."""
    found = next(one["probability"] for one in does(lesion)["reflexes"] if one["id"] == reflex)
    return float(found["absent"] + found["reduced"])


def weak(lesion: str, movement: str) -> float:
    found = next(one["probability"] for one in does(lesion)["power"] if one["id"] == movement)
    return float(sum(found[grade] for grade in "01234"))


def sign(lesion: str, test: str) -> float:
    return float(next(one["probability"]["positive"] for one in does(lesion)["tests"] if one["id"] == test))


@pytest.mark.parametrize("lesion", ["functional", "mimic.hip", "mimic.knee", "mimic.gluteal_tendinopathy", "mimic.hip_fracture"])
def test_will_and_pain_leave_the_jerks(lesion: str) -> None:
    assert jerk(lesion, "knee") < 0.12
    assert jerk(lesion, "ankle") < 0.15


@pytest.mark.parametrize(
    "lesion", ["polyneuropathy.acute_demyelinating", "polyneuropathy.chronic_demyelinating", "polyneuropathy.hereditary"]
)
def test_demyelination_takes_the_jerks(lesion: str) -> None:
    assert jerk(lesion, "ankle") > 0.6


@pytest.mark.parametrize("lesion", ["functional", "central.parasagittal", "central.spinal_cord", "mimic.hip_fracture"])
def test_wasting_is_of_muscles_whose_fibres_died(lesion: str) -> None:
    assert sign(lesion, "wasting_anterior_compartment") < 0.1
    assert sign("nerve.common_peroneal.fibular_neck", "wasting_anterior_compartment") > 0.2


def test_a_foot_that_cannot_be_lifted_drops() -> None:
    """Whoever cannot lift the foot against gravity in half of moderate peroneal palsies is seen to have a foot drop nearly as often."""
    assert sign("nerve.common_peroneal.fibular_neck", "foot_drop") > 0.3
    assert sign("root.S1", "foot_drop") < 0.05


def test_the_calf_is_weak_where_its_nerve_is_cut_and_strong_where_one_root_is() -> None:
    assert weak("nerve.tibial.popliteal_fossa", "ankle_plantarflexion") > 0.5
    assert weak("root.S1", "ankle_plantarflexion") < 0.2


def test_small_nerves_numb_their_own_skin() -> None:
    for lesion, place in (("nerve.saphenous.leg", "medial_leg"), ("nerve.ilioinguinal.inguinal_canal", "groin")):
        found = next(one["probability"]["normal"] for one in does(lesion)["groups"] if one["id"] == place)
        assert 1.0 - found > 0.15, lesion


def leading(case: dict[str, Any]) -> str:
    return str(localize(case)["ranking"][0]["lesion"])


def odds(case: dict[str, Any], lesion: str, rival: str) -> float:
    found = {lesion: 1e-6, rival: 1e-6}
    for row in localize(case)["ranking"]:
        found = {name: whole + row["probability"] * row["lesion"].startswith(name) for name, whole in found.items()}
    return found[lesion] / found[rival]


def test_one_metastasis_explains_three_coincidences() -> None:
    """Cancer, loss of weight and pain at night speak for a root together more than one by one."""
    findings = {
        "side": "left",
        "power": [{"movement": "hip flexion", "grade": "weak"}],
        "sensory": [{"site": "L2 dermatome", "finding": "reduced"}],
    }
    told = ["breast cancer", "weight loss", "pain at night"]
    bare = odds(findings, "root", "radiculoplexus_neuropathy")
    alone = [odds({**findings, "history": [one]}, "root", "radiculoplexus_neuropathy") / bare for one in told]
    together = odds({**findings, "history": told}, "root", "radiculoplexus_neuropathy") / bare
    assert together > 1.5 * alone[0] * alone[1] * alone[2]


def test_what_grew_for_months_is_no_guillain_barre_syndrome() -> None:
    case = {
        "side": "bilateral",
        "onset": "months",
        "power": [{"movement": "all leg muscles", "side": "bilateral", "grade": 3}],
        "reflexes": [{"reflex": name, "side": "bilateral", "finding": "absent"} for name in ("knee", "ankle")],
    }
    assert odds(case, "polyneuropathy.chronic_demyelinating", "polyneuropathy.acute_demyelinating") > 5


def test_a_block_is_thought_of_when_somebody_gave_one() -> None:
    case: dict[str, Any] = {
        "side": "left",
        "setting": "postoperative",
        "onset": "sudden",
        "power": [{"movement": "knee extension", "grade": 2}],
        "sensory": [{"site": "anterior thigh", "finding": "reduced"}],
    }
    assert leading(case).startswith("nerve.femoral")
    assert leading({**case, "history": ["femoral nerve block this morning"]}) == "mimic.regional_block"
    assert leading({**case, "history": ["the spinal anaesthetic had worn off by the evening"]}).startswith("nerve.femoral")


def test_a_level_on_the_trunk_is_read_from_the_place_of_numbness() -> None:
    case = {"side": "bilateral", "sensory": [{"site": "both legs up to the umbilicus", "side": "bilateral", "finding": "reduced"}]}
    assert leading(case) == "central.spinal_cord"


def test_what_came_slowly_is_past_a_flaccid_stage() -> None:
    case: dict[str, Any] = {
        "side": "bilateral",
        "power": [{"movement": "ankle plantarflexion", "side": "bilateral", "grade": "weak"}],
        "reflexes": [{"reflex": "ankle", "side": "bilateral", "finding": "absent"}],
        "sphincter": {"saddle_sensation": "reduced"},
    }
    sudden, slow = (odds({**case, "onset": onset}, "central.spinal_cord", "cauda_equina") for onset in ("hours", "years"))
    assert slow < sudden
    assert leading({**case, "onset": "years"}) != "central.spinal_cord"
