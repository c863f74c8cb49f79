"""Bedside tests and pain as people write them in case files, each with its opposite."""

import pytest

from lasegue.case import read_case
from lasegue.names import packaged_lexicon

LEXICON = packaged_lexicon()


def read_test(name, result, side="left"):
    case = read_case({"side": side, "tests": [{"test": name, "result": result}]}, lexicon=LEXICON, lenient=True)
    return {f"{one.test} {one.side or '-'} {one.value}" + (f" {one.number:g}" if one.number is not None else "") for one in case.tests}


def read_pain(site):
    case = read_case({"side": "left", "pain": [{"site": site}]}, lexicon=LEXICON, lenient=True)
    return {("+" if one.present else "-") + region for one in case.pain for region, _ in one.regions}


PRESENT = """
Romberg | present | romberg - positive
Romberg sign | absent | romberg - negative
orthostatic hypotension | present | orthostatic - positive
orthostatic hypotension | absent | orthostatic - negative
diplopia | present | optic_or_eye_signs - positive
optic neuritis | absent | optic_or_eye_signs - negative
lumbar tenderness | present | spinal_movement_painful - positive
paraspinal spasm | absent | spinal_movement_painful - negative
step-off | present | step_off - positive
step deformity | absent | step_off - negative
extensor lag | present | extensor_lag left positive
extensor lag | absent | extensor_lag left negative
unable to walk | present | cannot_stand - positive
unable to heel walk | present | heel_walk left positive
cannot stand on tiptoe | present | toe_walk left positive
anhidrosis | present | sweating_loss left positive
sweating | present | sweating_loss left negative
sweating | absent | sweating_loss left positive
loss of protective sensation | present | monofilament left positive
hip rotation painful | absent | hip_internal_rotation_limited left negative
irritable hip | present | hip_internal_rotation_limited left positive
hip rotation | absent | hip_internal_rotation_limited left positive
hip rotation | full | hip_internal_rotation_limited left negative
stooped gait | present | stooped_gait - positive
absent femoral pulse | present | pulse_femoral left positive
pulseless leg | absent | pulse_distal left negative
dorsalis pedis | absent | pulse_dorsalis_pedis left positive
dorsalis pedis | present | pulse_dorsalis_pedis left negative
bruit | present | bruit left positive
pulses | none | pulse_distal left positive
pulses | no pulse | pulse_distal left positive
pulses | present but reduced | pulse_distal left positive
pulses | weakly palpable | pulse_distal left positive
heel walk | no | heel_walk left positive
heel walk | able | heel_walk left negative
sacral sparing | absent | saddle_exam - positive
sacral sparing | present | saddle_exam - negative
vibration at the toes | lost | vibration_toe left positive
monofilament | not felt | monofilament left positive
monofilament | felt | monofilament left negative
tone | flaccid | flaccidity left positive
tone | normal | flaccidity left negative, spasticity left negative
"""

SIDES = """
SLR | positive on right | slr right positive
SLR | negative bilaterally | slr left negative, slr right negative
SLR | positive L 30, R 70 | slr left positive 30, slr right negative 70
SLR | R 80 L 40 | slr right negative 80, slr left positive 40
SLR | positive at 30 degrees left, negative right | slr left positive 30, slr right negative
SLR | left +ve, right -ve | slr left positive, slr right negative
SLR | R-, L+ | slr left positive, slr right negative
SLR | left and right positive | slr left positive, slr right positive
pulses | right absent, left present | pulse_distal right positive, pulse_distal left negative
heel walk | unable bilaterally | heel_walk left positive, heel_walk right positive
foot drop | bilateral | foot_drop left positive, foot_drop right positive
foot drop | absent on right, present left | foot_drop right negative, foot_drop left positive
foot drop | left only | foot_drop left positive
foot drop | complete | foot_drop left positive
calf wasting | bilateral | wasting_calf left positive, wasting_calf right positive
SLR | L>R |
SLR | bilateral |
"""

NUMBERS = """
SLR | 45 degrees | slr left positive 45
SLR | 80 | slr left negative 80
SLR | 30° | slr left positive 30
SLR | <60 | slr left positive
SLR | >70 | slr left negative
SLR | pain at 40 | slr left positive 40
SLR | pain at 80 | slr left equivocal 80
SLR | limited to 30 | slr left positive 30
SLR | negative to 90 | slr left negative 90
SLR 30 | positive | slr left positive 30
SLR at 20 | positive | slr left positive 20
SLR | 40/90 |
SLR | full | slr left negative
SLR | unable |
temperature | 39 | fever - positive 39
temperature | 37 | fever - negative 37
temperature | 101 | fever - positive 101
monofilament | 4/10 | monofilament left positive 4
monofilament | 10/10 | monofilament left negative 10
capillary refill | 4 s | capillary_refill left positive 4
capillary refill | 2 s | capillary_refill left negative 2
single leg heel raise | 3 reps vs 20 | single_leg_heel_raise left positive 3
sensory level | T10 | sensory_level - positive
sensory level | no level at T10 | sensory_level - negative
"""

WORDS = """
Thompson test | no plantarflexion | thompson left positive
Thompson | foot does not move | thompson left positive
Thompson | plantar flexion present | thompson left negative
Thompson | absent |
gait | unable | cannot_stand - positive
gait | bedbound | cannot_stand - positive
gait | normal | gait_abnormal - negative
gait | high steppage | steppage_gait left positive
gait | antalgic, unsteady | antalgic_gait left positive, ataxic_gait - positive
gait | drags left foot | tripping left positive
gait | normal apart from limp | antalgic_gait left positive
gait | no limp | antalgic_gait left negative
SLR | leg pain below knee | slr left positive
SLR | no leg pain | slr left negative
SLR | back pain only | slr_back_pain_only left positive
FNST | groin pain | femoral_stretch left equivocal
FNST | anterior thigh pain | femoral_stretch left positive
Tinel | positive at fibular head | tinel_fibular left positive
Tinel | negative at fibular head | tinel_fibular left negative
Tinel at surgical scar | positive | operation_scar left positive
heel-toe walking | impaired | tandem_gait - positive
fasciculations thighs and arms | present | fasciculations_leg left positive, fasciculations_widespread - positive
fundi | papilloedema | raised_pressure_signs - positive
fundi | no papilloedema | raised_pressure_signs - negative
cranial nerves | facial palsy | facial_weakness - positive
knee examination | effusion | knee_effusion left positive
spine | tender L4 | spinal_percussion_tenderness - positive
spine | not tender | spinal_percussion_tenderness - negative
resisted hip abduction | painful | resisted_abduction_pain left positive
foot drop | no dorsiflexion | foot_drop left positive
facial weakness | no movement |
wasting of TA and EDB | present | wasting_anterior_compartment left positive, wasting_edb left positive
"""

PAIN = """
low back only, no leg pain | +low_back, -whole_leg
leg pain, no back pain | +whole_leg, -low_back
no low back pain; left leg | -low_back, +whole_leg
no back, buttock or leg pain | -low_back, -buttock, -whole_leg
neither back nor leg | -low_back, -whole_leg
not only back but leg | +low_back, +whole_leg
sciatica without back pain | +posterior_leg, -low_back
pain in leg not back | +whole_leg, -low_back
leg pain none | -whole_leg
back, no radiation to leg | +low_back, -whole_leg
buttock and thigh, not below knee | +buttock, +thigh, -lower_leg
thigh not beyond the knee | +thigh, -lower_leg
no pain except left buttock | +buttock
leg, no pain | -whole_leg
back > leg | +low_back, +whole_leg
back, leg | +low_back, +whole_leg
back leg | +posterior_leg
lat thigh | +lateral_thigh
post thigh | +posterior_thigh
lat calf | +lateral_leg
painless | -low_back, -whole_leg
none | -low_back, -whole_leg
dermatomal S1 | +zone_S1
ilioinguinal | +groin, +genital
over peroneal nerve | +lateral_leg, +foot_dorsum, +toes
from buttock down to ankle | +posterior_leg
inside leg | +medial_leg
"""


def rows(table):
    return [tuple(part.strip() for part in line.split("|")) for line in table.strip().splitlines()]


def wanted(text):
    return {part.strip() for part in text.split(",") if part.strip()}


@pytest.mark.parametrize(("name", "result", "read"), rows(PRESENT + SIDES.lstrip() + NUMBERS.lstrip() + WORDS.lstrip()))
def test_a_result_is_read(name, result, read):
    assert read_test(name, result) == wanted(read)


@pytest.mark.parametrize(("site", "read"), rows(PAIN))
def test_a_pain_is_read(site, read):
    assert read_pain(site) == wanted(read)


def test_a_side_in_the_result_that_contradicts_the_side_of_the_entry_is_said() -> None:
    case = read_case({"tests": [{"test": "SLR", "side": "left", "result": "positive on right"}]}, lexicon=LEXICON, lenient=True)
    assert [(one.side, one.value) for one in case.tests] == [("left", "positive")]
    assert case.unused


def test_a_rash_with_a_root_is_shingles_of_that_root() -> None:
    case = read_case({"side": "left", "tests": [{"test": "rash", "result": "vesicles L5 dermatome"}]}, lexicon=LEXICON)
    assert {one.test for one in case.tests} == {"zoster_rash"}
    assert {one.item for one in case.history} == {"zoster.L5"}


def test_words_of_a_site_tell_how_bad_the_pain_is() -> None:
    case = read_case({"side": "left", "pain": [{"site": "anterior thigh severe"}]}, lexicon=LEXICON)
    assert [one.severity for one in case.pain] == ["severe"]
