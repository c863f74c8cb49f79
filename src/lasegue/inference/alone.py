"""One finding by itself: how often a group of people shows it, whatever else is found in them."""

import numpy as np

from lasegue.inference.midline import midline_likelihood
from lasegue.inference.sides import Weighed, expected, weigh
from lasegue.model import Model
from lasegue.model.observe import SideTerm
from lasegue.model.terms import MidTerm
from lasegue.wiring import Array


class Alone:
    """P(one finding) in people whose variants have the given weight, (variants,), which sums to 1, under a background (3,)."""

    def __init__(self, model: Model, weight: Array, background: Array) -> None:
        self.model = model
        self.weight = weight
        self.background = background
        first = model.blocks[0].shape[0]
        self.states = {name: (part[:first], part[first:]) for name, part in _state_weights(model, weight, background).items()}

    def of_side(self, name: str, weighed: tuple[Weighed, ...]) -> float:
        """Of a finding on a side, from its likelihood in each block."""
        blocks = zip(weighed, self.model.blocks, self.states[name], strict=True)
        return sum(expected(term, block, part) for term, block, part in blocks if len(part))

    def of_term(self, name: str, term: SideTerm) -> float:
        """Of a finding on a side."""
        return self.of_side(name, tuple(weigh([term], block)[0] for block in self.model.blocks))

    def of_midline(self, term: MidTerm) -> float:
        """Of a finding in the midline: it hangs on the losses of the near side."""
        rows = self.model.rows
        severity = rows.severity[rows.lesion[rows.variant_row]]
        middle = np.broadcast_to(midline_likelihood(self.model, [term]), (*severity.shape, len(self.background)))
        return float(self.weight @ np.einsum("vab,vabc,c->v", severity, middle, self.background))


def _state_weights(model: Model, weight: Array, background: Array) -> dict[str, Array]:
    """P(pattern, motor loss, sensory loss, background) of each side, for variants of the given weight: (p, a, b, c)."""
    rows = model.rows
    severity = weight[:, None, None] * rows.severity[rows.lesion[rows.variant_row]]
    states = severity[0].size
    found = {}
    for name in ("left", "right"):
        pattern = np.where(rows.near_is_left == (name == "left"), rows.near, rows.far)
        place = pattern[:, None] * states + np.arange(states)
        by_pattern = np.bincount(place.ravel(), severity.ravel(), len(model.patterns) * states)
        found[name] = by_pattern.reshape(-1, *severity.shape[1:])[..., None] * background
    return found
