"""One side of the body: the likelihood of its findings in every state that the side can be in.

Given pattern, losses, anatomy and background, findings are independent; so a side is a product of terms, summed over
what no other side shares: reliability of the examination (r), map (d) and anatomy (g).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from lasegue.model import tables
from lasegue.model.joined import Tables
from lasegue.model.observe import SideTerm
from lasegue.model.patterns import Portion
from lasegue.model.terms import PotentialTerm, RateTerm, ReflexTerm, SenseTerm
from lasegue.wiring import Array

POWER_TRUST = np.array(tables.RELIABILITY_POWER)
SENSE_TRUST = np.array(tables.RELIABILITY_SENSE)


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A term with its likelihood in one block, by the axes that it sees."""

    key: str
    axes: str
    values: Array


def weigh(terms: Iterable[SideTerm], block: Tables) -> list[Weighed]:
    """Every term's likelihood in a block."""
    found = []
    for term in terms:
        axes = (
            "rdgpbc"
            if isinstance(term, SenseTerm | PotentialTerm)
            else "gpabc"
            if isinstance(term, ReflexTerm)
            else "p"
            if isinstance(term, RateTerm)
            else "rgpac"
        )
        found.append(Weighed(term.key, axes, term.likelihood(block)))
    return found


def product(weighed: Iterable[Weighed], axes: str) -> Array | None:
    """The product of all terms with these axes, or None where there is none."""
    values = [w.values for w in weighed if w.axes == axes]
    if not values:
        return None
    total = values[0]
    for value in values[1:]:
        total = total * value
    return total


def combine(weighed: list[Weighed], block: Tables) -> Array:
    """P(findings of the side | pattern, motor loss, sensory loss, background): (p, a, b, c)."""
    parts: list[tuple[Array, str]] = [(block.anatomy_share, "g")]
    motor = product(weighed, "rgpac")
    if motor is not None:
        parts.append((np.tensordot(POWER_TRUST, motor, 1), "gpac"))
    sense = product(weighed, "rdgpbc")
    if sense is not None:
        share = np.multiply.outer(SENSE_TRUST, block.map_share).ravel()
        parts.append(((share @ sense.reshape(len(share), -1)).reshape(sense.shape[2:]), "gpbc"))
    arcs = product(weighed, "gpabc")
    if arcs is not None:
        parts.append((arcs, "gpabc"))
    rate = product(weighed, "p")
    patterns, losses = block.shape
    whole = np.ones((patterns, losses, losses, 3))
    if len(parts) > 1:
        whole = whole * _contract(parts)
    return whole if rate is None else whole * rate[:, None, None, None]


def _contract(parts: list[tuple[Array, str]]) -> Array:
    """Sum the product over anatomies: (p, a, b, c), with axes of length 1 where no part sees them."""
    share = parts[0][0]
    total = share[:, None, None, None, None]
    for values, axes in parts[1:]:
        total = total * (values[:, :, :, None, :] if axes == "gpac" else values[:, :, None, :, :] if axes == "gpbc" else values)
    return np.asarray(total.sum(axis=0))


def weigh_blocks(terms: list[SideTerm], blocks: tuple[Portion, Portion]) -> tuple[list[Weighed], ...]:
    """Every term's likelihood in each block."""
    return tuple(weigh(terms, block) for block in blocks)


def combine_blocks(weighed: tuple[list[Weighed], ...], blocks: tuple[Portion, Portion]) -> Array:
    """P(findings of the side | state) over the patterns of both blocks: (patterns, a, b, c)."""
    return np.concatenate([combine(terms, block) for terms, block in zip(weighed, blocks, strict=True)])


def side_likelihood(terms: list[SideTerm], blocks: tuple[Portion, Portion]) -> Array:
    """As `combine_blocks`, from the terms."""
    return combine_blocks(weigh_blocks(terms, blocks), blocks)


def expected(weighed: Weighed, block: Portion, weight: Array) -> float:
    """The mean of a term's likelihood over the states of a block, which have the given weight: (p, a, b, c)."""
    match weighed.axes:
        case "rgpac":
            by_trust = np.tensordot(POWER_TRUST, weighed.values, 1)
            return float(np.tensordot(block.anatomy_share, by_trust, 1).ravel() @ weight.sum(axis=2).ravel())
        case "rdgpbc":
            share = SENSE_TRUST[:, None, None] * block.map_share[:, None] * block.anatomy_share
            by_state = share.ravel() @ weighed.values.reshape(share.size, -1)
            return float(by_state @ weight.sum(axis=1).ravel())
        case "gpabc":
            return float(np.tensordot(block.anatomy_share, weighed.values, 1).ravel() @ weight.ravel())
    return float(weighed.values @ weight.sum(axis=(1, 2, 3)))
