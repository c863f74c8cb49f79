"""What is asked and examined of a simulated patient, and how often it is written down."""

from dataclasses import dataclass
from typing import Final

from lasegue.case.model import Case, Side
from lasegue.knowledge import Knowledge
from lasegue.simulate.findings import Finding, examined, told

BOTH: Final = ("left", "right")
NOT_TESTED: Final = -1
POWER: Final = {
    "ankle_dorsiflexion": 0.95,
    "great_toe_extension": 0.85,
    "ankle_plantarflexion": 0.9,
    "knee_extension": 0.9,
    "hip_flexion": 0.8,
    "hip_abduction": 0.45,
    "ankle_inversion_plantarflexed": 0.35,
    "ankle_eversion": 0.45,
}
SENSATION: Final = {
    "thigh_anteromedial_mid": 0.55,
    "knee_medial_condyle": 0.6,
    "medial_malleolus": 0.75,
    "web1": 0.6,
    "dorsum_3rd_mtp": 0.8,
    "heel_lateral": 0.7,
    "thigh_post_mid": 0.35,
    "thigh_anterolat_mid": 0.4,
}
REFLEXES: Final = {"knee": 0.92, "ankle": 0.92, "plantar": 0.65}
SIGNS: Final = {"slr": 0.8, "femoral_stretch": 0.35, "foot_drop": 0.6}
SPHINCTERS: Final = {"bladder.dysfunction": ("bladder.normal", 0.75), "saddle_sensation.reduced": ("saddle_sensation.normal", 0.65)}
HISTORY: Final = {
    "diabetes": 1.0,
    "back_pain": 0.85,
    "cough_pain": 0.4,
    "neurogenic_claudication": 0.45,
    "leg_crossing": 0.25,
    "weight_loss": 0.4,
    "anticoagulant": 0.45,
    "hip_surgery": 0.4,
    "labour": 0.15,
    "feet_numb_first": 0.4,
    "arm_weakness": 0.35,
    "zoster": 0.15,
}
"""Each of another story. Diabetes is always known, for it changes what is healthy."""
PAINS: Final = {
    "low_back": 0.85,
    "buttock": 0.6,
    "groin": 0.4,
    "anterior_thigh": 0.5,
    "posterior_thigh": 0.5,
    "calf": 0.5,
    "lateral_leg": 0.45,
    "foot_dorsum": 0.45,
    "sole": 0.4,
}
TEMPO: Final = {"onset": 0.85, "course": 0.4}
ONSET_COLUMN: Final = "tempo.onset"
THOROUGH: Final = ((0.3, 0.6), (0.5, 1.0), (0.2, 1.5))
"""How thorough the note is: share of notes, and the factor on every chance of being written down."""
OTHER_SIDE: Final = 0.75
"""The side that is not complained of is written down this much less often."""


@dataclass(frozen=True, slots=True)
class Item:
    """One column of a cohort: a finding on one side or on none, and how often it is written down."""

    name: str
    finding: Finding
    side: Side
    written: float

    @property
    def follows(self) -> bool:
        """Whether it is asked of the side that is complained of."""
        return self.finding.kind == "pain" and self.finding.sided

    def case(self, code: int, side: Side) -> Case:
        """A case that holds this finding alone; `side` is that of an item that follows the complaint."""
        return Case(**self.finding.case(self.finding.values[code], side if self.follows else self.side, self.name))


def protocol(knowledge: Knowledge) -> tuple[Item, ...]:
    """The standard examination: what is found on each side, then what is found in the midline and told."""
    known = {(f.kind, f.id): f for f in (*examined(knowledge), *told(knowledge))}
    items = []
    for side in BOTH:
        for kind, table in (("power", POWER), ("sensation", SENSATION), ("reflex", REFLEXES), ("test", SIGNS)):
            items += [Item(f"{side}.{kind}.{name}", known[kind, name], side, share) for name, share in table.items()]
    for name, (normal, share) in SPHINCTERS.items():
        old = known["sphincter", name]
        finding = Finding("sphincter", name, old.name, old.values, sided=False, base=old.base, sources=old.sources, extra=(normal,))
        items.append(Item(f"sphincter.{name}", finding, None, share))
    for kind, table in (("tempo", TEMPO), ("history", HISTORY), ("pain", PAINS)):
        items += [Item(f"{kind}.{name}", known[kind, name], None, share) for name, share in table.items()]
    return tuple(items)
