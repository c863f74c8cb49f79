"""The findings with each of them left out in turn: only what it is a part of is worked out anew."""

import numpy as np

from lasegue.inference.midline import midline_likelihood
from lasegue.inference.posterior import Weighing, variant_likelihood
from lasegue.inference.sides import combine_blocks
from lasegue.model import Model
from lasegue.model.observe import Evidence
from lasegue.wiring import Array


def omissions(model: Model, evidence: Evidence, background: Array, weighed: Weighing) -> tuple[Array, Array]:
    """P(findings | row) with all findings, and without each, in their order: (rows,), (findings, rows).

    `weighed` are the evidence's own.
    """
    rows = model.rows
    sides = {name: combine_blocks(terms, model.blocks) for name, terms in weighed.items()}
    middle = midline_likelihood(model, evidence.mid)
    told = [term.rows for term in evidence.rows]
    every: Array = np.prod([np.ones(len(rows.side)), *told], axis=0)

    def of(left: Array, right: Array, mid: Array) -> Array:
        by_variant = variant_likelihood(model, left, right, mid, background) * rows.share
        return np.asarray(np.bincount(rows.variant_row, by_variant, len(every)), dtype=np.float64)

    body = of(sides["left"], sides["right"], middle)
    found = []
    for name, terms in weighed.items():
        for n in range(len(terms[0])):
            rest = combine_blocks(tuple([*some[:n], *some[n + 1 :]] for some in terms), model.blocks)
            both = {**sides, name: rest}
            found.append(every * of(both["left"], both["right"], middle))
    for n in range(len(evidence.mid)):
        mid = midline_likelihood(model, [*evidence.mid[:n], *evidence.mid[n + 1 :]])
        found.append(every * of(sides["left"], sides["right"], mid))
    found += [body * np.prod([np.ones(len(every)), *told[:n], *told[n + 1 :]], axis=0) for n in range(len(told))]
    return body * every, np.array(found).reshape(-1, len(every))
