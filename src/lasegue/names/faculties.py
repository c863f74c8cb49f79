"""Names of tests that tell of what a body can do. Present is normal of a pulse, and abnormal of wasting."""

from typing import Final

from lasegue.knowledge.records import Test
from lasegue.names.fold import fold

_WHOLLY: Final = frozenset(
    "heel_walk toe_walk single_leg_heel_raise single_leg_sit_to_stand tandem_gait gait_abnormal capillary_refill monofilament "
    "vibration_toe pulse_femoral pulse_popliteal pulse_dorsalis_pedis pulse_posterior_tibial pulse_distal".split()
)
"""Records of which every name without a word of loss tells of a faculty."""
_PARTLY: Final = frozenset(
    "ataxic_gait upper_limb_weakness dysarthria cerebellar_signs cognitive_change hip_internal_rotation_limited spinal_movement_painful "
    "single_leg_stance_pain sweating_loss respiratory_weakness saddle_exam flaccidity".split()
)
"""Records of which some names tell of a faculty, and others of its loss."""
_FACULTY: Final = frozenset(
    "movement range rom rotation balance stance stand standing power strength speech swallowing coordination cognition orientation "
    "sweating sweat breathing fvc capacity sparing tone".split()
)
_LOSS: Final = frozenset(
    "pain painful tender tenderness spasm lag loss lost unable cannot not no weak weakness limited limitation absent missing reduced slow "
    "delayed prolonged diminished decreased low poor impaired impairment difficulty difficult abnormal abnormality disturbance disorder "
    "irritable restricted deficit slurred slurring dry increased raised velocity spastic ataxia ataxic instability staggering stamping "
    "paradoxical unsteady failed impalpable".split()
)
DEEDS: Final = _FACULTY | frozenset(
    "walk walking raise rise hop hopping squat pulse refill sensation contraction squeeze vibration feeling plantarflexion dorsiflexion "
    "flexion extension plantar response movement move lift activity effort".split()
)
"""Words for what a body does; with "no" before them they tell of a loss."""


def tells_of_loss(name: str) -> bool:
    """Whether a name holds a word of loss: "absent pulse", "unable to walk", "pulseless leg"."""
    return any(word in _LOSS or word.endswith(("less", "plegia", "paresis")) for word in fold(name).split())


def is_faculty(test: Test, name: str) -> bool:
    """Whether a name, as it is written, is that of something a healthy person has or can do."""
    if tells_of_loss(name):
        return False
    if test.normal_means == "positive" or test.id in _WHOLLY:
        return True
    return test.id in _PARTLY and bool(_FACULTY & set(fold(name).split()))
