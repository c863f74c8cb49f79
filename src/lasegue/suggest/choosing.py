"""From many candidates to the few that are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from lasegue.suggest.candidates import EDX, IMAGING, Candidate
from lasegue.suggest.gain import Scene
from lasegue.wiring import Array

LEAST: Final = 0.01
SHOWN: Final = 8
AT_ONCE: Final = 5
"""Places for what can be asked or examined at once, so that studies are heard of too."""
MOST: Final = {"history": 2, EDX: 3, IMAGING: 2, "blood": 1}


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A candidate with its joint (rows, values) and its bits: all, and between classes of action."""

    candidate: Candidate
    joint: Array
    bits: float
    between: float

    @property
    def worth(self) -> float:
        """Bits for what it costs."""
        return self.bits / self.candidate.cost


def choose(scene: Scene, weighed: Iterable[Weighed], same: dict[str, frozenset[str]]) -> list[Weighed]:
    """The candidates to show, by what they are worth. `same` are the marks by which two tell the same."""
    order = sorted((w for w in weighed if _worth_telling(w)), key=lambda w: (-w.worth, w.candidate.id))
    order = _apart(order, same)
    at_once = _within([w for w in order if w.candidate.kind in ("bedside", "history")], AT_ONCE)
    studies = [*_needle_plan(scene, order), *(w for w in order if w.candidate.kind in (IMAGING, "blood"))]
    chosen = at_once + _within(sorted(studies, key=lambda w: -w.worth), SHOWN - len(at_once))
    rest = [w for w in order if w.candidate.kind == "bedside" and w not in chosen]
    chosen += rest[: SHOWN - len(chosen)]
    return sorted(chosen, key=lambda w: (-w.worth, w.candidate.id))


def _worth_telling(weighed: Weighed) -> bool:
    """Imaging and blood only where the result would change what is done."""
    return (weighed.between if weighed.candidate.kind in (IMAGING, "blood") else weighed.bits) >= LEAST


def _apart(order: list[Weighed], same: dict[str, frozenset[str]]) -> list[Weighed]:
    """Of several that tell the same, the one worth most."""
    seen: set[str] = set()
    kept = []
    for one in order:
        marks = same[one.candidate.id]
        if not marks & seen:
            kept.append(one)
            seen |= marks
    return kept


def _within(order: Iterable[Weighed], places: int) -> list[Weighed]:
    counts: dict[str, int] = {}
    kept: list[Weighed] = []
    for one in order:
        kind = one.candidate.kind
        if len(kept) < places and counts.get(kind, 0) < MOST.get(kind, places):
            counts[kind] = counts.get(kind, 0) + 1
            kept.append(one)
    return kept


def _needle_plan(scene: Scene, order: list[Weighed]) -> list[Weighed]:
    """The electrodiagnosis that tells most together: each further study by what it adds to those before it.

    For that choice alone the studies are taken as independent given the lesion; the bits told of each are its own.
    """
    open_ = [w for w in order if w.candidate.kind == EDX]
    plan: list[Weighed] = []
    known = scene.weight[:, None]  # (rows, results so far)
    while open_ and len(plan) < MOST[EDX]:
        added = _added(scene, known, open_)
        place = int(np.argmax([gain / one.candidate.cost for gain, one in zip(added, open_, strict=True)]))
        if added[place] < LEAST:
            break
        plan.append(best := open_.pop(place))
        rates = best.joint / best.joint.sum(axis=1, keepdims=True)
        known = (known[:, :, None] * rates[:, None, :]).reshape(len(known), -1)
    return plan


def _added(scene: Scene, known: Array, studies: list[Weighed]) -> list[float]:
    """What each study would add to the results so far; all have two results."""
    joints = np.stack([one.joint for one in studies])
    rates = joints / joints.sum(axis=2, keepdims=True)
    both = (known[None, :, :, None] * rates[:, :, None, :]).reshape(len(studies), len(known), -1)
    return [float(gain) for gain in scene.bits(both)[0] - scene.bits(known)[0]]
