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
    "slr", "crossed_slr", "femoral_stretch", "trendelenburg", "heel_walk", "toe_walk", "single_leg_heel_raise",
    "single_leg_sit_to_stand", "hip_internal_rotation_limited", "log_roll", "faber", "trochanter_tenderness", "pulse_distal", "clonus",
    "spasticity", "sensory_level", "upper_limb_weakness", "fasciculations_widespread", "romberg", "hoover", "calf_tender",
    "tense_compartment", "thompson", "knee_effusion", "zoster_rash", "bending_forward_relieves", "vibration_toe", "pes_cavus",
    "fatigable_weakness", "piriformis_tests",
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
SIDES: Final[tuple[Side, ...]] = ("left", "right")
PRIVATE: Final = (4.0, 0.6)
"""Minutes and discomfort of an intimate examination, as of any examination of the saddle."""
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
    return _RECORDS[candidate.form](origin, candidate.subject, value, side if candidate.sided else None)


def _power(origin: Origin, name: str, value: str, side: Side) -> dict[str, tuple[Any, ...]]:
    return {"power": (Power(origin, side, "graded", float(value), ((name, 1.0),)),)}


def _sense(origin: Origin, name: str, value: Any, side: Side) -> dict[str, tuple[Any, ...]]:
    return {"sense": (Sense(origin, side, value, ((name, 1.0),), ("pin_prick",), "tested"),)}


def _saddle(origin: Origin, name: str, value: Any, _: Side) -> dict[str, tuple[Any, ...]]:
    return {"sense": tuple(one for side in SIDES for one in _sense(origin, name, value, side)["sense"])}


def _reflex(origin: Origin, name: str, value: Any, side: Side) -> dict[str, tuple[Any, ...]]:
    return {"reflexes": (ReflexFinding(origin, side, name, value),)}


def _test(origin: Origin, name: str, value: Any, side: Side) -> dict[str, tuple[Any, ...]]:
    return {"tests": (TestFinding(origin, side, name, value),)}


def _history(origin: Origin, name: str, value: str, _: Side) -> dict[str, tuple[Any, ...]]:
    return {"history": (HistoryFinding(origin, None, name, value == "yes"),)}


def _needle(origin: Origin, name: str, value: str, side: Side) -> dict[str, tuple[Any, ...]]:
    return {"investigations": (InvestigationFinding(origin, side, "needle_emg", value, muscle=name),)}


def _result(origin: Origin, name: str, value: str, side: Side) -> dict[str, tuple[Any, ...]]:
    return {"investigations": (InvestigationFinding(origin, side, name, value),)}


_RECORDS: Final = {
    "power": _power,
    "sense": _sense,
    "saddle": _saddle,
    "reflex": _reflex,
    "test": _test,
    "history": _history,
    "needle": _needle,
    "potential": _result,
    "result": _result,
}


def catalogue(knowledge: Knowledge) -> Iterator[Candidate]:
    """All candidates."""
    yield from _bedside(knowledge)
    yield from _tests(knowledge)
    yield from _questions(knowledge)
    yield from _studies(knowledge)


def _bedside(knowledge: Knowledge) -> Iterator[Candidate]:
    for name in (*MOVEMENTS, "anal_sphincter_squeeze"):
        movement = knowledge.movement[name]
        told = ("normal (5)", *GRADES[1:])
        cost = PRIVATE if name in INTIMATE else (HAND, 0.0)
        yield Candidate(f"power.{name}", "bedside", "power", name, movement.name, GRADES, told, POWER, *cost, movement.how)
    values = ("normal", "reduced", "absent")
    pin = "Compare pin prick with the same place on the other side."
    for name in SITES:
        text = f"Pin prick: {_small(knowledge.skin_site[name].name)}"
        yield Candidate(f"sense.{name}", "bedside", "sense", name, text, values, values, SENSE, PIN, 0.05, pin)
    pin, text = "By a trained clinician, with consent and a chaperone.", "Pin prick: beside the anus"
    yield Candidate("sense.perianal", "bedside", "saddle", "perianal", text, values, values, SENSE, *PRIVATE, pin, False)
    for name in (*REFLEXES, "anal_wink", "bulbocavernosus"):
        reflex = knowledge.reflex[name]
        plantar = reflex.kind == "plantar"
        found: tuple[str, ...] = ("normal", "mute", "upgoing") if plantar else ("normal", "reduced", "absent", "brisk")
        cost = PRIVATE if name in INTIMATE else (HAMMER, 0.0)
        ways, sided = PLANTAR if plantar else REFLEX, not reflex.midline
        yield Candidate(f"reflex.{name}", "bedside", "reflex", name, reflex.name, found, found, ways, *cost, reflex.how, sided)


def _tests(knowledge: Knowledge) -> Iterator[Candidate]:
    tinels = [test.id for test in knowledge.tests if test.kind == "tinel" and test.sided and test.minutes < 1.0]
    values = ("negative", "positive")
    for name in (*TESTS, *tinels):
        test = knowledge.test[name]
        cost = (test.minutes, test.discomfort)
        yield Candidate(f"test.{name}", "bedside", "test", name, test.name, values, values, _last("positive"), *cost, test.how, test.sided)


def _questions(knowledge: Knowledge) -> Iterator[Candidate]:
    values = ("no", "yes")
    for item in knowledge.history:
        if item.story in NOT_ASKED or item.id in ASKED_ELSEWHERE or item.id.startswith("zoster."):
            continue
        about = item.name
        for words in (", kind not named", ", place not named", ", root not named"):
            about = about.removesuffix(words)
        ask, how, ways = f"Ask: {about}", f"Ask about: {about}.", _last("told")
        yield Candidate(f"history.{item.id}", "history", "history", item.id, ask, values, values, ways, WORD, 0.0, how, False)


def _studies(knowledge: Knowledge) -> Iterator[Candidate]:
    needle = knowledge.investigation["needle_emg"]
    values = ("normal", "denervation")
    for name in MUSCLES:
        text, cost = f"Needle EMG: {_small(knowledge.muscle[name].name)}", (needle.minutes, needle.discomfort)
        ways = _last("denervated")
        yield Candidate(f"needle.{name}", EDX, "needle", name, text, values, values, ways, *cost, needle.how, True, EARLY_NEEDLE, 21.0)
    values = ("normal", "reduced")
    for name in POTENTIALS:
        study = knowledge.investigation[name]
        cost, ways = (study.minutes, study.discomfort), _last("reduced or absent")
        yield Candidate(name, EDX, "potential", name, study.name, values, values, ways, *cost, study.how, True, EARLY_POTENTIAL, 10.0)
    for name, (result, found, absent) in RESULTS.items():
        study = knowledge.investigation[name]
        kind = KINDS.get(study.kind, IMAGING)
        values, told, ways = (result, f"not {result}"), (found, absent), ((found, (0,)),)
        yield Candidate(name, kind, "result", name, study.name, values, told, ways, study.minutes, study.discomfort, study.how, kind == EDX)


def _last(word: str) -> Ways:
    """Of two values the second."""
    return ((word, (1,)),)


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]
