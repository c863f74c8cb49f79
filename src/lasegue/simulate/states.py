"""The hidden state of simulated patients: lesion, variant, severity, anatomy, map, reliability of the examination, background."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.model import Model
from lasegue.model.tables import RELIABILITY_POWER, RELIABILITY_SENSE
from lasegue.simulate.population import People
from lasegue.simulate.sampling import LOSSES, Ints, Tables, sizes
from lasegue.wiring import Array

PAIR: Final = LOSSES * LOSSES


def pick(rng: np.random.Generator, share: Array, count: int) -> Ints:
    """Places by their share."""
    edges: Array = np.cumsum(share)
    return np.asarray(np.minimum(np.searchsorted(edges / edges[-1], rng.random(count), side="right"), len(share) - 1))


def pick_within(rng: np.random.Generator, group: Ints, edges: Array) -> Ints:
    """One column for each of `group`, by the cumulated shares of its line: `edges` (groups, columns), each line ending at 1."""
    groups, columns = edges.shape
    flat = (edges + np.arange(groups)[:, None]).ravel()
    place = np.searchsorted(flat, group + rng.random(len(group)), side="right")
    return np.asarray(np.minimum(place - group * columns, columns - 1))


def lines(table: Array) -> Array:
    """Each line cumulated and ending at exactly 1."""
    edges = np.cumsum(table, axis=1)
    return np.asarray(edges / edges[:, -1:])


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """One side of every patient: pattern, motor and sensory loss, and the latents of that side."""

    pattern: Ints
    motor: Ints
    sensory: Ints
    anatomy: Ints
    map: Ints
    power: Ints
    sense: Ints


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """Every hidden thing of the patients. `motor` and `sensory` are the losses of the near side, which the midline shares."""

    kind: Ints
    row: Ints
    variant: Ints
    motor: Ints
    sensory: Ints
    complaint: Ints
    halves: tuple[Half, Half]


def draw_rows(rng: np.random.Generator, group: People, count: int, only: NDArray[np.bool_] | None) -> tuple[Ints, Ints]:
    """Kind of person and row together; `only` some rows, where given."""
    if only is None:
        kind = pick(rng, group.share, count)
        return kind, pick_within(rng, kind, lines(group.prior))
    joint = group.share[:, None] * group.prior * only[None, :]
    place = pick(rng, joint.ravel(), count)
    return place // joint.shape[1], place % joint.shape[1]


def draw_states(rng: np.random.Generator, anatomy: Model, tables: Tables, kind: Ints, row: Ints) -> States:
    """All hidden states of patients of known rows."""
    rows = anatomy.rows
    count = len(row)
    table = np.zeros((len(rows.side), int(np.bincount(rows.variant_row).max())))
    first = np.searchsorted(rows.variant_row, np.arange(len(rows.side)))
    table[rows.variant_row, np.arange(len(rows.variant_row)) - first[rows.variant_row]] = rows.share
    variant = first[row] + pick_within(rng, row, lines(table))
    lesion = rows.lesion[row]
    severities = lines(rows.severity.reshape(len(rows.severity), PAIR))
    near = pick_within(rng, lesion, severities)
    far = np.where(rng.random(count) < rows.coupling[lesion], near, pick_within(rng, lesion, severities))
    is_left = rows.near_is_left[variant]
    halves = []
    for left in (True, False):
        mine = is_left == left
        pattern = np.where(mine, rows.near[variant], rows.far[variant])
        halves.append(_half(rng, tables, pattern, np.where(mine, near, far)))
    edges = tables.complaint[:, row]
    complaint = (rng.random(count)[None, :] >= edges[:-1]).sum(axis=0)
    return States(kind, row, variant, near // LOSSES, near % LOSSES, complaint.astype(np.intp), (halves[0], halves[1]))


def _half(rng: np.random.Generator, tables: Tables, pattern: Ints, loss: Ints) -> Half:
    count = len(pattern)
    return Half(
        pattern=pattern,
        motor=loss // LOSSES,
        sensory=loss % LOSSES,
        anatomy=pick(rng, tables.anatomy_share, count),
        map=pick(rng, tables.map_share, count),
        power=(rng.random(count) >= RELIABILITY_POWER[0]).astype(np.intp),
        sense=(rng.random(count) >= RELIABILITY_SENSE[0]).astype(np.intp),
    )


def addresses(anatomy: Model, half: Half, background: Ints) -> dict[str, Ints]:
    """Where each patient's state of one side stands in the tables of sided findings, by their axes."""
    first, second = sizes(anatomy)
    segmental = half.pattern < first["p"]
    place = {
        "d": np.where(segmental, half.map, 0),
        "g": np.where(segmental, half.anatomy, 0),
        "p": np.where(segmental, half.pattern, half.pattern - first["p"]),
        "a": half.motor,
        "b": half.sensory,
        "c": background,
    }
    found = {}
    for axes in ("rgpac", "rdgpbc", "gpabc", "p"):
        where = place | {"r": half.sense if "d" in axes else half.power}
        one, two = (_address(axes, size, where) for size in (first, second))
        offset = int(np.prod([first[axis] for axis in axes]))
        found[axes] = np.where(segmental, one, two + offset)
    return found


def _address(axes: str, size: dict[str, int], place: dict[str, Ints]) -> Ints:
    total = np.zeros(1, dtype=np.intp)
    for axis in axes:
        total = total * size[axis] + place[axis]
    return total


__all__ = ["Half", "States", "addresses", "draw_rows", "draw_states", "pick"]
