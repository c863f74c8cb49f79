"""What could be asked, examined or ordered next: one candidate each, with the results that it can have."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from lasegue.case.model import (
    HistoryFinding,
    InvestigationFinding,
    Origin,
    Power,
    ReflexFinding,
    Sense,
    Side,
    TestFinding,
)
from lasegue.knowledge import Knowledge
from lasegue.knowledge.records import Investigation

PLACE: Final = "next"
"""The path of a finding that is not in the case."""
MOVEMENTS: Final = (
    "hip_flexion", "hip_extension", "hip_abduction", "hip_adduction", "knee_extension", "knee_flexion", "ankle_dorsiflexion",
    "ankle_plantarflexion", "ankle_inversion_plantarflexed", "ankle_eversion", "great_toe_extension", "toe_flexion",
)  # fmt: skip
SITES: Final = (
    "web1", "dorsum_3rd_mtp", "leg_lat_mid", "leg_med_mid", "medial_malleolus", "lateral_foot_5mt_base", "heel_plantar", "sole_central",
    "knee_patella", "thigh_ant_mid", "thigh_lat_mid", "thigh_med_mid", "thigh_post_mid", "upper_inner_thigh",
)  # fmt: skip
REFLEXES: Final = ("knee", "ankle", "medial_hamstring", "adductor", "plantar")
TESTS: Final = (
    "slr", "crossed_slr", "femoral_stretch", "trendelenburg", "heel_walk", "toe_walk", "single_leg_heel_raise", "single_leg_sit_to_stand",
    "hip_internal_rotation_limited", "log_roll", "faber", "trochanter_tenderness", "pulse_distal", "clonus", "spasticity", "sensory_level",
    "upper_limb_weakness", "fasciculations_widespread", "romberg", "hoover", "calf_tender", "tense_compartment", "thompson", "knee_effusion",
    "zoster_rash", "bending_forward_relieves", "vibration_toe", "pes_cavus", "fatigable_weakness", "piriformis_tests",
)  # fmt: skip
MUSCLES: Final = (
    "tibialis_anterior", "peroneus_longus", "tibialis_posterior", "extensor_hallucis_longus", "biceps_femoris_short", "semitendinosus",
    "gluteus_medius", "tensor_fasciae_latae", "gluteus_maximus", "gastrocnemius_medial", "soleus", "abductor_hallucis", "vastus_lateralis",
    "iliacus", "adductor_longus", "paraspinal_L3", "paraspinal_L4", "paraspinal_L5", "paraspinal_S1",
)  # fmt: skip
POTENTIALS: Final = ("snap_sural", "snap_superficial_peroneal", "snap_saphenous", "snap_lateral_femoral_cutaneous", "snap_medial_plantar")
RESULTS: Final = {
    "ncs_peroneal_motor": ("conduction_block", "a conduction block at the fibular neck", "no conduction block there"),
    "h_reflex": ("absent", "absent", "present"),
    "mri_lumbar": ("no_compression", "nothing compressed", "something compressed"),
    "mri_spine": ("normal", "normal", "something abnormal"),
    "mri_brain": ("normal", "normal", "something abnormal"),
    "mri_plexus": ("normal", "normal", "something abnormal"),
    "ct_abdomen_pelvis": ("iliopsoas_haematoma", "a haematoma of the iliopsoas", "none"),
    "ultrasound_nerve": ("nerve_swollen", "a swollen nerve", "none"),
    "xray_hip": ("normal", "normal", "something abnormal"),
    "abpi": ("low", "low", "normal"),
    "duplex_venous": ("thrombosis", "a thrombosis", "none"),
    "post_void_residual": ("high", "high", "normal"),
    "ck": ("raised", "raised", "normal"),
    "hba1c": ("raised", "raised", "normal"),
    "b12": ("low", "low", "normal"),
    "crp_esr": ("raised", "raised", "normal"),
    "coagulation": ("abnormal", "abnormal", "normal"),
}
"""The one result of each study that is reckoned with, and how it and its absence are told."""
NOT_ASKED: Final = frozenset({"uninformative", "labels", "imaging_told", "tempo", "course", "aid"})
"""Stories of no use as a question: they tell nothing, repeat what others thought, or are stated elsewhere in the case."""
ASKED_ELSEWHERE: Final = frozenset({"diabetes", "sphincters_normal", "painless"})
"""Diabetes changes what is expected of healthy nerves too, not only the ranking; the others are the absence of something else."""
INTIMATE: Final = frozenset({"anal_sphincter_squeeze", "bulbocavernosus", "anal_wink", "perianal"})
Ways: TypeAlias = tuple[tuple[str, tuple[int, ...]], ...]
POWER: Final[Ways] = (("weak", (1, 2, 3, 4, 5)), ("grade 3 or less", (2, 3, 4, 5)), ("grade 2 or less", (3, 4, 5)))
SENSE: Final[Ways] = (("reduced", (1, 2)), ("absent", (2,)))
REFLEX: Final[Ways] = (("reduced or absent", (1, 2)), ("absent", (2,)), ("brisk", (3,)))
PLANTAR: Final[Ways] = (("upgoing", (2,)), ("mute", (1,)))
GRADES: Final = ("5", "4", "3", "2", "1", "0")
HAND, PIN, HAMMER, WORD = 0.3, 0.3, 0.4, 0.3
"""Minutes of one movement, one patch of skin, one reflex, one question (judgement)."""
EARLY_NEEDLE: Final = "Needle EMG is uninformative before about three weeks."
EARLY_POTENTIAL: Final = "A sensory potential is uninformative before about ten days."
EDX, IMAGING = "electrodiagnosis", "imaging"
KINDS: Final = {"nerve_conduction": EDX, "needle_emg": EDX, "blood": "blood", "fluid": "blood"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing to do next. `form` says which records its results make, `subject` what they speak of.

    `told` says each of `values` in words. `ways` sum results up: a word, and the places of the values that it stands for.
    `early` is what to say of it, and `days` until when, while the complaint is young.
    """

    id: str
    kind: str
    form: str
    subject: str
    name: str
    values: tuple[str, ...]
    told: tuple[str, ...]
    ways: Ways
    minutes: float
    discomfort: float = 0.0
    how: str = ""
    sided: bool = True
    early: str = ""
    days: float = 0.0

    @property
    def chief(self) -> str:
        """The result whose chance the model knows; of two results the other one is what is left."""
        return self.values[self.ways[0][1][0]]

    @property
    def cost(self) -> float:
        """Minutes, and ten for each unit of discomfort."""
        return self.minutes + 10.0 * self.discomfort


def finding(candidate: Candidate, value: str, side: Side) -> dict[str, tuple[Any, ...]]:
    """What a case holds more when a result is found, by field. A study's absent result has no words of its own."""
    origin = Origin(PLACE, candidate.name)
    where = side if candidate.sided else None
    subject = candidate.subject
    match candidate.form:
        case "power":
            return {"power": (Power(origin, where, "graded", float(value), ((subject, 1.0),)),)}
        case "sense":
            return {"sense": (Sense(origin, where, value, ((subject, 1.0),), ("pin_prick",), "tested"),)}  # type: ignore[arg-type]
        case "saddle":
            both: tuple[Side, ...] = ("left", "right")
            return {"sense": tuple(Sense(origin, s, value, ((subject, 1.0),), ("pin_prick",), "tested") for s in both)}  # type: ignore[arg-type]
        case "reflex":
            return {"reflexes": (ReflexFinding(origin, where, subject, value),)}  # type: ignore[arg-type]
        case "test":
            return {"tests": (TestFinding(origin, where, subject, value),)}  # type: ignore[arg-type]
        case "history":
            return {"history": (HistoryFinding(origin, None, subject, value == "yes"),)}
        case "needle":
            return {"investigations": (InvestigationFinding(origin, where, "needle_emg", value, muscle=subject),)}
    return {"investigations": (InvestigationFinding(origin, where, subject, value),)}


def catalogue(knowledge: Knowledge) -> Iterator[Candidate]:
    """All candidates."""
    yield from _bedside(knowledge)
    yield from _tests(knowledge)
    yield from _questions(knowledge)
    yield from _studies(knowledge)


def _bedside(knowledge: Knowledge) -> Iterator[Candidate]:
    for name in (*MOVEMENTS, "anal_sphincter_squeeze"):
        movement = knowledge.movement[name]
        minutes, discomfort = (4.0, 0.6) if name in INTIMATE else (HAND, 0.0)
        told = ("normal (5)", *GRADES[1:])
        yield Candidate(f"power.{name}", "bedside", "power", name, movement.name, GRADES, told, POWER, minutes, discomfort, movement.how)
    values = ("normal", "reduced", "absent")
    pin = "Compare pin prick with the same place on the other side."
    for name in SITES:
        text = f"Pin prick: {_small(knowledge.skin_site[name].name)}"
        yield Candidate(f"sense.{name}", "bedside", "sense", name, text, values, values, SENSE, PIN, 0.05, pin)
    chaperone = "By a trained clinician, with consent and a chaperone."
    yield Candidate("sense.perianal", "bedside", "saddle", "perianal", "Pin prick: beside the anus", values, values, SENSE, 4.0, 0.6, chaperone, False)
    for name in (*REFLEXES, "anal_wink", "bulbocavernosus"):
        reflex = knowledge.reflex[name]
        minutes, discomfort = (4.0, 0.6) if name in INTIMATE else (HAMMER, 0.0)
        plantar = reflex.kind == "plantar"
        results = ("normal", "mute", "upgoing") if plantar else ("normal", "reduced", "absent", "brisk")
        yield Candidate(
            f"reflex.{name}", "bedside", "reflex", name, reflex.name, results, results, PLANTAR if plantar else REFLEX, minutes, discomfort, reflex.how, not reflex.midline
        )


def _tests(knowledge: Knowledge) -> Iterator[Candidate]:
    tinels = [test.id for test in knowledge.tests if test.kind == "tinel" and test.sided and test.minutes < 1.0]
    for name in (*TESTS, *tinels):
        test = knowledge.test[name]
        values = ("negative", "positive")
        yield Candidate(
            f"test.{name}", "bedside", "test", name, test.name, values, values, (("positive", (1,)),), test.minutes, test.discomfort, test.how, test.sided
        )


def _questions(knowledge: Knowledge) -> Iterator[Candidate]:
    for item in knowledge.history:
        if item.story in NOT_ASKED or item.id in ASKED_ELSEWHERE or item.id.startswith("zoster."):
            continue
        about = item.name.partition(", kind not named")[0].partition(", place not named")[0].partition(", root not named")[0]
        name, values = f"Ask: {about}", ("no", "yes")
        yield Candidate(f"history.{item.id}", "history", "history", item.id, name, values, values, (("told", (1,)),), WORD, 0.0, f"Ask about: {about}.", False)


def _studies(knowledge: Knowledge) -> Iterator[Candidate]:
    needle = knowledge.investigation["needle_emg"]
    for name in MUSCLES:
        text = f"Needle EMG: {_small(knowledge.muscle[name].name)}"
        told = ("normal", "denervation")
        yield Candidate(
            f"needle.{name}", EDX, "needle", name, text, told, told, (("denervated", (1,)),), needle.minutes, needle.discomfort, needle.how,
            True, EARLY_NEEDLE, 21.0,
        )  # fmt: skip
    for name in POTENTIALS:
        study = knowledge.investigation[name]
        values = ("normal", "reduced")
        yield Candidate(
            name, EDX, "potential", name, study.name, values, values, (("reduced or absent", (1,)),), study.minutes, study.discomfort, study.how,
            True, EARLY_POTENTIAL, 10.0,
        )  # fmt: skip
    for name, (result, found, absent) in RESULTS.items():
        study = knowledge.investigation[name]
        yield _study(study, result, found, absent)


def _study(study: Investigation, result: str, found: str, absent: str) -> Candidate:
    kind = KINDS.get(study.kind, IMAGING)
    return Candidate(
        study.id, kind, "result", study.id, study.name, (result, f"not {result}"), (found, absent), ((found, (0,)),), study.minutes, study.discomfort,
        study.how, kind == EDX,
    )  # fmt: skip


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]
