"""Findings in the midline read both sides at once; those that only reassure are bounded."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from lasegue.model import Model
from lasegue.model.patterns import MODALITIES, Portion
from lasegue.model.terms import MidTerm
from lasegue.wiring import Array

REASSURANCE: Final = 0.25
"""Normal sacral findings together lower no lesion below this share of what they say of a healthy person."""


def coarse_kept(term: MidTerm, block: Portion) -> Array:
    """Kept by pattern and loss in the typical anatomy under the first map: (patterns, losses)."""
    middle = len(block.anatomy_share) // 2
    kept = (term.reading.skin(block)[0] if term.skin else term.reading.motor(block))[middle]
    if not term.skin:
        return np.asarray(kept)
    columns = [MODALITIES.index(m) for m in term.modalities]
    scale = block.modality[:, columns].mean(axis=1) if columns else block.modality.max(axis=1)
    return np.asarray(1.0 - (1.0 - kept) * scale[:, None])


def midline_product(terms: Sequence[MidTerm], kept: Sequence[Array], when_kept: Sequence[Array]) -> Array:
    """The product of all midline findings; the reassuring ones are mixed with what a healthy person would show."""
    telling: Array = np.ones(1)
    reassuring, healthy = np.ones(1), np.ones(1)
    for term, values, at_rest in zip(terms, kept, when_kept, strict=True):
        found = term.rate(values, at_rest)
        if term.normal:
            reassuring = reassuring * found
            healthy = healthy * term.rate(np.ones(1), term.healthy)
        else:
            telling = telling * found
    return np.asarray(telling * ((1 - REASSURANCE) * reassuring + REASSURANCE * healthy))


def midline_likelihood(model: Model, terms: Sequence[MidTerm]) -> Array:
    """P(midline findings | variant, motor loss, sensory loss, background): broadcasts against (variants, a, b, c).

    The midline keeps the mean of what its two sides keep.
    """
    kept, at_rest = [], []
    for term in terms:
        sides = np.concatenate([coarse_kept(term, block) for block in model.blocks])
        both = 0.5 * (sides[model.rows.near] + sides[model.rows.far])
        kept.append(both[:, None, :, None] if term.skin else both[:, :, None, None])
        at_rest.append(term.when_kept[model.rows.variant_row][:, None, None, None])
    return midline_product(terms, kept, at_rest)
