"""The history as it is compared: items that the lexicon recognises, and what says the same as a finding of another kind.

Two histories agree in an item where both state it or both deny it. A complaint that the other side holds as a finding ("numb", "back
pain", "weak leg") is told there. Items that tell nothing of the lesion (occupation, habits, the course of care) are not compared.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lasegue.names import packaged_lexicon

# What any case may tell without a bearing on the lesion.
_IDLE = frozenset(
    {
        "occupation",
        "active_life",
        "common_conditions",
        "right_handed",
        "unremarkable_habits",
        "plain_course_of_care",
        "eased_or_worse_otherwise",
        "walking_aid",
        "cognition_normal",
    }
)
# Complaints and the parts of a case file that may hold the same as a finding.
_FELT_AS = {
    "back_pain": ("pain",),
    "leg_pain": ("pain",),
    "below_knee_pain": ("pain",),
    "groin_pain": ("pain",),
    "lateral_hip": ("pain", "tests"),
    "severe_pain": ("pain",),
    "electric_pain": ("pain",),
    "burning": ("sensory", "pain"),
    "sensory_symptoms": ("sensory",),
    "feet_numb_first": ("sensory",),
    "weakness_symptom": ("power", "tests"),
    "walking_difficulty": ("tests",),
    "knee_buckling": ("tests",),
    "trip_toes": ("tests",),
    "fasciculations": ("tests",),
    "muscle_wasting_noticed": ("tests",),
    "bladder_change": ("sphincter",),
    "bowel_change": ("sphincter",),
    "sphincters_normal": ("sphincter",),
    "saddle_numbness": ("sphincter", "sensory"),
    "cold_pale_foot": ("tests",),
    "calf_swelling": ("tests",),
}
_ALIKE = {"tempo.hours": "tempo.sudden", "bowel_change": "bladder_change", "sphincters_normal": "bladder_change"}
_DENYING = frozenset({"sphincters_normal"})


def told(case: Mapping[str, Any]) -> Iterator[tuple[str, bool, str]]:
    """The items of a case's history: the item, whether it is denied, and the words that tell it, each item once."""
    seen: set[tuple[str, bool]] = set()
    for line in case.get("history") or ():
        for one in packaged_lexicon().history(str(line)).matches:
            item = _ALIKE.get(one.item, one.item)
            denied = one.negated is not (one.item in _DENYING)
            if item not in _IDLE and (item, denied) not in seen:
                seen.add((item, denied))
                yield item, denied, str(line)


def felt(item: str, denied: bool, case: Mapping[str, Any]) -> bool:
    """Whether a case holds a complaint of the history as a finding, or what is denied as nothing found."""
    parts = _FELT_AS.get(item, ())
    return any(bool(case.get(part)) for part in parts) or (
        denied and item in {"back_pain", "leg_pain", "groin_pain"} and not case.get("pain")
    )
