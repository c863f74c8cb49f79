"""Places on the skin, movements, grades and findings as hurried hands write them."""

import pytest

from lasegue.case import read_case
from lasegue.knowledge import load
from lasegue.names import Lexicon

KNOWLEDGE = load()
LEXICON = Lexicon.from_knowledge(KNOWLEDGE)
GROUPS = {group.id: frozenset(group.sites) for group in KNOWLEDGE.skin_groups}


def skin(text):
    """Sites of group ids and site ids, joined by +; after a minus what is not among them."""
    kept, _, gone = text.partition(" - ")
    sites = [GROUPS.get(name, frozenset({name})) for name in kept.split(" + ")]
    return frozenset().union(*sites) - frozenset().union(*(GROUPS.get(name, frozenset({name})) for name in gone.split(" + ")))


def read(kind, **entry):
    return read_case({"side": "left", kind: [entry]}, lexicon=LEXICON, lenient=True)


@pytest.mark.parametrize(
    ("site", "wanted"),
    [
        ("lat thigh", "lateral_thigh"),
        ("ant. thigh", "anterior_thigh"),
        ("post thigh", "posterior_thigh"),
        ("lat calf", "lateral_leg"),
        ("lat aspect of calf", "lateral_leg"),
        ("med malleolus", "medial_malleolus"),
        ("dors foot", "dorsum"),
        ("lat border foot", "lateral_foot"),
        ("from the knee down", "leg_and_foot"),
        ("below the knee", "leg_and_foot"),
        ("below knee circumferentially", "leg_and_foot"),
        ("ankle down", "ankle_and_foot"),
        ("groin down", "whole_leg"),
        ("toes to mid-shin", "stocking.mid_calf"),
        ("foot to mid-calf", "stocking.mid_calf"),
        ("knee to ankle", "lower_leg"),
        ("lateral malleolus to 5th toe", "lateral_malleolus + lateral_foot + little_toe"),
        ("lateral calf to dorsum of foot", "lateral_leg + dorsum"),
        ("medial leg to medial malleolus", "medial_leg + medial_malleolus"),
        ("lateral leg below knee and dorsum of foot", "lateral_leg_and_dorsum"),
        ("below knee except medial", "leg_and_foot - territory.saphenous"),
        ("foot except sole", "foot - sole"),
        ("3/4 interspace", "web3"),
        ("1-2 web space", "web1"),
        ("1st/2nd toe webspace", "web1"),
        ("III/IV interspace", "web3"),
        ("2nd and 3rd web spaces", "web2 + web3"),
        ("lateral 2 toes", "fourth_toe + little_toe"),
        ("medial 3 1/2 toes, plantar", "hallux_plantar + toes2_3_plantar"),
        ("toes 1-3", "great_toe + second_toe + third_toe"),
        ("plantar surface of 3rd and 4th toes", "toes2_3_plantar + toe4_plantar"),
        ("small toes", "lesser_toes"),
        ("tips of toes", "toes"),
        ("anterior thigh just above the knee", "thigh_ant_lower"),
        ("lateral sural cutaneous", "branch.lateral_sural"),
        ("lateral cutaneous nerve of calf", "branch.lateral_sural"),
        ("sole including heel", "sole + heel"),
        ("left hemi-saddle", "saddle"),
        ("L5 level", "dermatome.L5"),
    ],
)
def test_a_place_is_the_skin_it_names(site, wanted):
    (found,) = read("sensory", site=site, finding="reduced").sense
    assert frozenset(one for one, _ in found.sites) == skin(wanted)
    assert found.side == "left"


@pytest.mark.parametrize(
    "site",
    ["foot except xyz", "sole sparing the instep", "foot spared", "above the ankle", "medial xyz thigh", "pain over heel", "post op scar"],
)
@pytest.mark.parametrize("finding", ["normal", "reduced", "present"])
def test_a_place_that_is_not_sure_is_left(site, finding):
    case = read("sensory", site=site, finding=finding)
    assert not case.sense
    assert not case.tests
    assert case.unused


@pytest.mark.parametrize(
    ("site", "finding", "wanted"),
    [
        ("dorsum of foot", "reduced bilaterally", {("left", "reduced", ()), ("right", "reduced", ())}),
        ("dorsum of foot", "reduced right", {("right", "reduced", ())}),
        ("dorsum of foot", "reduced left, normal right", {("left", "reduced", ()), ("right", "normal", ())}),
        ("sole", "reduced to pinprick", {("left", "reduced", ("pin_prick",))}),
        ("sole", "preserved pinprick", {("left", "normal", ("pin_prick",))}),
        ("toes", "loss of vibration", {("left", "absent", ("vibration",))}),
        ("toes", "no loss to pinprick", {("left", "normal", ("pin_prick",))}),
        ("sole", "normal pinprick, reduced vibration", {("left", "normal", ("pin_prick",)), ("left", "reduced", ("vibration",))}),
        ("sole", "patchy reduced", {("left", "reduced", ())}),
        ("sole", "50% of normal", {("left", "reduced", ())}),
        ("sole", "100%", {("left", "normal", ())}),
        ("sole", "0/10", {("left", "absent", ())}),
        ("sole", "decreased, dysaesthetic", {("left", "reduced", ()), ("left", "paraesthesia", ())}),
        ("soles", "reduced", {("left", "reduced", ()), ("right", "reduced", ())}),
        ("other foot", "normal", {("right", "normal", ())}),
        ("other side", "normal", {("right", "normal", ())}),
        ("contralateral leg", "reduced", {("right", "reduced", ())}),
        ("vibration at great toes", "absent", {("left", "absent", ("vibration",)), ("right", "absent", ("vibration",))}),
        ("numbness over the foot", "present", {("left", "reduced", ())}),
        ("numbness over the foot", "absent", {("left", "normal", ())}),
        ("altered sensation foot", "present", {("left", "paraesthesia", ())}),
        ("sensation over the foot", "present", {("left", "normal", ())}),
        ("sensation over the foot", "absent", {("left", "absent", ())}),
    ],
)
def test_sides_and_modalities_go_with_their_finding(site, finding, wanted):
    assert {(one.side, one.value, one.modalities) for one in read("sensory", site=site, finding=finding).sense} == wanted


@pytest.mark.parametrize("finding", ["not normal", "not reduced", "less pain", "almost normal", "normal except 5th toe", "reduced L > R"])
def test_a_finding_that_is_not_sure_is_left(finding):
    case = read("sensory", site="foot", finding=finding)
    assert not case.sense
    assert case.unused


@pytest.mark.parametrize(
    ("site", "finding", "level", "below"),
    [
        ("sensory level at umbilicus", "reduced", "positive", ""),
        ("nipple level", "absent", "positive", ""),
        ("umbilicus down", "reduced", "positive", "whole_leg"),
        ("waist down", "reduced", "positive", "whole_leg"),
        ("below T10", "normal", "negative", "whole_leg"),
        ("below L3", "reduced", None, " + ".join(f"dermatome.{root}" for root in "L3 L4 L5 S1 S2 S3 S4 S5".split())),
        ("L1 level", "reduced", "positive", " + ".join(f"dermatome.{root}" for root in "L1 L2 L3 L4 L5 S1 S2 S3 S4 S5".split())),
    ],
)
def test_a_level_takes_in_all_below_it(site, finding, level, below):
    case = read("sensory", site=site, finding=finding)
    assert [one.value for one in case.tests if one.test == "sensory_level"] == ([level] if level else [])
    assert frozenset(one for found in case.sense for one, _ in found.sites) == (skin(below) if below else frozenset())
    assert not any(found.label_root for found in case.sense)


@pytest.mark.parametrize(("value", "result"), [("reduced", "positive"), ("normal", "negative")])
def test_hands_beside_feet_are_told(value, result):
    case = read("sensory", site="hands and feet", finding=value)
    assert {(one.side, one.value) for one in case.sense} == {("left", value), ("right", value)}
    assert {(one.test, one.value) for one in case.tests} == {("upper_limb_sensory_loss", result)}


def test_the_other_side_of_a_case_without_a_side_is_not_known():
    case = read_case({"sensory": [{"site": "other leg", "finding": "normal"}]}, lexicon=LEXICON, lenient=True)
    assert not case.sense
    assert case.unused


def test_the_rest_of_a_part_is_that_part():
    case = read_case(
        {"side": "left", "sensory": [{"site": "great toe", "finding": "reduced"}, {"site": "rest of foot", "finding": "normal"}]},
        lexicon=LEXICON,
    )
    normal = next(one for one in case.sense if one.value == "normal")
    assert frozenset(one for one, _ in normal.sites) == GROUPS["foot"] - GROUPS["great_toe"]


@pytest.mark.parametrize(
    ("movement", "wanted"),
    [
        ("knee ext", {("knee_extension", None)}),
        ("hip flex", {("hip_flexion", None)}),
        ("hip flex/ext", {("hip_flexion", None), ("hip_extension", None)}),
        ("hip ER", {("hip_external_rotation", None)}),
        ("hip add", {("hip_adduction", None)}),
        ("add longus", {("adductor_longus", None)}),
        ("ankle inv/ev", {("ankle_inversion", None), ("ankle_eversion", None)}),
        ("great toe ext", {("great_toe_extension", None)}),
        ("big toe DF", {("great_toe_extension", None)}),
        ("ext hallucis longus", {("great_toe_extension", None)}),
        ("flex dig longus", {("flexor_digitorum_longus", None)}),
        ("ankle and great toe DF", {("ankle_dorsiflexion", None), ("great_toe_extension", None)}),
        ("great toe and ankle dorsiflexion", {("ankle_dorsiflexion", None), ("great_toe_extension", None)}),
        ("ankle dorsi", {("ankle_dorsiflexion", None)}),
        ("plantar flex", {("ankle_plantarflexion", None)}),
        ("evert", {("ankle_eversion", None)}),
        ("toes up", {("toe_extension", None)}),
        ("L5 (EHL)", {("great_toe_extension", "L5")}),
        ("L5 (ankle dorsiflexion, EHL)", {("ankle_dorsiflexion", "L5"), ("great_toe_extension", "L5")}),
        ("L3/4 (quadriceps)", {("knee_extension", "L3+L4")}),
        ("hip flexion L2", {("hip_flexion", "L2")}),
        ("L5 (quadriceps)", {("knee_extension", None)}),
        ("hip flexors and knee extensors", {("hip_flexion", None), ("knee_extension", None)}),
        ("superior gluteal muscles", {("hip_abduction", None)}),
        ("abd hallucis", {("abductor_hallucis", None)}),
    ],
)
def test_a_short_movement_is_the_movement(movement, wanted):
    found = read("power", movement=movement, grade=3).power
    assert {(one, target.label_root) for target in found for one, _ in (*target.movements, *target.muscles)} == wanted
    assert {target.grade for target in found} == {3.0}


@pytest.mark.parametrize("movement", ["ankle xyz", "great toe xyz", "all except xyz", "knee circling"])
def test_a_joint_beside_unknown_words_is_no_movement(movement):
    case = read("power", movement=movement, grade=5)
    assert not case.power
    assert case.unused


@pytest.mark.parametrize(
    ("grade", "wanted"),
    [
        ("3/5 left, 5/5 right", {("left", 3.0), ("right", 5.0)}),
        ("L 3 R 5", {("left", 3.0), ("right", 5.0)}),
        ("3/5 (R 5/5)", {("left", 3.0), ("right", 5.0)}),
        ("normal right, weak left", {("right", 5.0), ("left", None)}),
        ("4/5 bilaterally", {("left", 4.0), ("right", 4.0)}),
        ("5 throughout", {("left", 5.0)}),
        ("slightly reduced 4+/5", {("left", 4.5)}),
        ("4 (pain)", {("left", None)}),
        ("impossible", {("left", None)}),
        ("not 5/5", set()),
        ("5/5 bilaterally except left", set()),
        ("was 2/5, now 4/5", set()),
        ("complete", set()),
        ("good", set()),
    ],
)
def test_grades_are_read_by_side(grade, wanted):
    assert {(one.side, one.grade) for one in read("power", movement="dorsiflexion", grade=grade).power} == wanted


@pytest.mark.parametrize(
    ("movement", "grade", "sides", "tests"),
    [
        ("right side", 5, {"right"}, set()),
        ("other leg", 5, {"right"}, set()),
        ("paraparesis", 4, {"left", "right"}, set()),
        ("legs", 3, {"left", "right"}, set()),
        ("quadriparesis", "3", {"left", "right"}, {("upper_limb_weakness", "positive")}),
        ("arms and legs", 5, {"left", "right"}, {("upper_limb_weakness", "negative")}),
        ("thigh", 3, {"left"}, set()),
        ("heel walking", "unable", set(), {("heel_walk", "positive")}),
        ("heel walking", "normal", set(), {("heel_walk", "negative")}),
        ("facial muscles", 4, set(), {("facial_weakness", "positive")}),
        ("finger abduction", 3, set(), {("upper_limb_weakness", "positive")}),
        ("shoulder abduction", 5, set(), {("upper_limb_weakness", "negative")}),
    ],
)
def test_power_of_more_than_one_movement(movement, grade, sides, tests):
    case = read("power", movement=movement, grade=grade)
    assert {one.side for one in case.power} == sides
    assert {(one.test, one.value) for one in case.tests} == tests
