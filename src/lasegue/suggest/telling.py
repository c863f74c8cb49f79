"""A suggestion in words, every number of them the model's own."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from lasegue.case.model import Case
from lasegue.model.numbered import numbered
from lasegue.suggest.candidates import Candidate
from lasegue.suggest.choosing import Weighed
from lasegue.suggest.gain import Scene
from lasegue.wiring import Array

RECENT: Final = frozenset({"sudden", "hours", "days"})
SAME: Final = 9
"""Decimals of a share of a hundred that count when it is rounded: the last bits of a sum do not."""
ALIKE: Final = 12
"""Decimals in which two lesions are further apart than two others."""
RIVALS: Final = 6
"""Lesions among which the two that a test separates best are looked for."""


@dataclass(frozen=True, slots=True)
class Change:
    """One possible result, how likely it is, and the leader that it would leave, with its probability among the single lesions in play."""

    result: str
    chance: float
    lesion: str
    side: str
    probability: float


def changes(scene: Scene, weighed: Weighed) -> tuple[Change, ...]:
    """What each result would leave."""
    table = weighed.joint / weighed.joint.sum()
    found = []
    for told, column in zip(weighed.candidate.told, table.T, strict=True):
        leader = int(np.argmax(column))
        lesion = scene.small.lesions[scene.small.rows.lesion[leader]]
        found.append(Change(told, float(column.sum()), lesion.id, scene.small.rows.side[leader], float(column[leader] / column.sum())))
    return tuple(found)


def why(scene: Scene, weighed: Weighed) -> str:
    """Which two lesions it separates best, weighed by how probable both are, and what each makes expect."""
    names, shares, expected = _by_lesion(scene, weighed)
    apart = shares[:, None] * shares[None, :] * np.abs(expected[:, :, None] - expected[:, None, :])
    way, one, two = np.unravel_index(int(np.argmax(np.round(apart, ALIKE))), apart.shape)
    word = weighed.candidate.ways[way][0]
    if one == two:
        return f"{_capital(word)} in {_of_hundred(expected[way, one])} with {_plain(names[one])}."
    high, low = (one, two) if expected[way, one] >= expected[way, two] else (two, one)
    return (
        f"{_capital(word)} in {_of_hundred(expected[way, high])} with {_plain(names[high])}, "
        f"in {_of_hundred(expected[way, low])} with {_plain(names[low])}."
    )


def _by_lesion(scene: Scene, weighed: Weighed) -> tuple[list[str], Array, Array]:
    """The names of the most probable lesions, their shares, and P(results of each way | lesion, findings): (ways, lesions)."""
    lesion = scene.small.rows.lesion
    kinds, place = numbered(lesion, len(scene.small.lesions))
    table = np.stack([np.bincount(place, values, len(kinds)) for values in weighed.joint.T], axis=1)
    whole = table.sum(axis=1)
    best = np.argsort(-np.round(whole / whole.sum(), ALIKE), kind="stable")[:RIVALS]
    ways = [table[best][:, list(values)].sum(axis=1) / whole[best] for _, values in weighed.candidate.ways]
    return [scene.small.lesions[kinds[n]].name for n in best], whole[best] / whole.sum(), np.stack(ways)


def note(case: Case, candidate: Candidate) -> str:
    """That a study is too early, where the complaint is known to be young or came of late."""
    if not candidate.early:
        return ""
    days = case.tempo.duration_days
    if days is not None:
        return f"{candidate.early} It began {_days(days)} ago." if days < candidate.days else ""
    return candidate.early if case.tempo.onset in RECENT else ""


def _days(days: float) -> str:
    whole = max(1, round(days))
    return "a day" if whole == 1 else f"{whole} days"


def _of_hundred(share: float) -> str:
    return f"{round(round(100 * share, SAME))} of 100"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain(name: str) -> str:
    """A lesion's name inside a sentence: "common peroneal nerve at ...", but "L5 radiculopathy"."""
    return name if name[1:2].isupper() or name[1:2].isdigit() else name[:1].lower() + name[1:]
