"""What hurts a root, given that a root is hit: by age, by what the history tells, and by what imaging showed."""

from typing import Final

import numpy as np

from lasegue.case.model import Case
from lasegue.knowledge import Knowledge
from lasegue.knowledge.lesion import Cause
from lasegue.model.rows import age_band
from lasegue.wiring import Array

SEEN: Final = 0.7
"""P(imaging shows the cause | it is the cause)."""
MISSED: Final = 0.12
"""P(normal imaging | a cause that imaging shows)."""
MOST_SHARED: Final = 30.0
"""A story told by one cause weighs at most so much more than its items (judgement)."""
INCIDENTAL: Final = 0.3
"""P(imaging shows this | another cause)."""


def causes(knowledge: Knowledge, case: Case, imaging: bool = True) -> dict[str, float]:
    """P(cause | a root is hit, age, telling history, and `imaging` if it is to count), best first, summing to 1."""
    telling = {item for cause in knowledge.causes for item in cause.history}
    told = sorted({f.item.split(".")[0] for f in case.history if f.present} & telling)
    weight = {cause.id: _weight(knowledge, cause, case, told) * (_shown(cause, case) if imaging else 1.0) for cause in knowledge.causes}
    whole = sum(weight.values())
    return {name: value / whole for name, value in sorted(weight.items(), key=lambda item: (-item[1], item[0]))}


def compressive(knowledge: Knowledge, case: Case) -> float:
    """P(the cause is one that imaging shows | a root is hit), before imaging."""
    shares = causes(knowledge, case, imaging=False)
    return sum(shares[cause.id] for cause in knowledge.causes if cause.imaging)


def shared(knowledge: Knowledge, lesions: tuple[str, ...], told: dict[str, Array]) -> Array:
    """How much likelier the items of a story are together than one by one, because one cause brings several: (lesions,).

    `told` is P(item | lesion) of each item told, (lesions,) each. Cancer, loss of weight and pain at night are three coincidences under a
    root in general and one metastasis under a few.
    """
    total = np.ones(len(lesions))
    for cause in knowledge.causes:
        common = [item for item in cause.history if item in told]
        if len(common) > 1:
            share = np.array([cause.base if lesion.startswith("root.") else cause.also.get(lesion, 0.0) for lesion in lesions])
            lift = np.prod([cause.history[item] / told[item] for item in common], axis=0)
            total += share * (lift - 1.0)
    return np.clip(total, 1.0, MOST_SHARED)


def _weight(knowledge: Knowledge, cause: Cause, case: Case, told: list[str]) -> float:
    weight = cause.base * (cause.age[age_band(case.age)] if case.age is not None else 1.0)
    for item in told:
        general = knowledge.history_item[item].base if item in knowledge.history_item else 0.01
        weight *= cause.history.get(item, general)
    return weight


def _shown(cause: Cause, case: Case) -> float:
    weight = 1.0
    for result in {f.result for f in case.investigations if f.investigation.startswith(("mri_lumbar", "ct_lumbar"))}:
        weight *= MISSED if result == "normal" and cause.imaging else SEEN if result in cause.imaging else INCIDENTAL
    return weight
