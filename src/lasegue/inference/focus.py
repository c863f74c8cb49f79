"""A few rows of the model alone: the same sums over fewer states, for reasons and intervals."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lasegue.model import Model
from lasegue.model.observe import Evidence
from lasegue.model.rows import Rows


def _rows(rows: Rows, keep: NDArray[np.intp], mine: NDArray[np.intp], numbers: NDArray[np.intp]) -> Rows:
    """`numbers` (patterns,) are those of the patterns that stay; a commonest variant that does not stay is looked at by nobody."""
    place = np.zeros(len(rows.side), dtype=np.intp)
    place[keep] = np.arange(len(keep))
    return replace(
        rows,
        lesion=rows.lesion[keep],
        side=tuple(rows.side[r] for r in keep.tolist()),
        prior={name: values[keep] for name, values in rows.prior.items()},
        variant_row=place[rows.variant_row[mine]],
        near=numbers[rows.near[mine]],
        far=numbers[rows.far[mine]],
        near_is_left=rows.near_is_left[mine],
        share=rows.share[mine],
        unnoticed=rows.unnoticed[keep],
        chief=(numbers[rows.chief[0][keep]], numbers[rows.chief[1][keep]]),
    )


def focus(model: Model, evidence: Evidence, keep: NDArray[np.intp], variants: NDArray[np.bool_] | None = None) -> tuple[Model, Evidence]:
    """The model and the evidence restricted to some rows, which keep their order, and to some of their `variants` where given."""
    rows = model.rows
    kept, there = np.zeros(len(rows.side), dtype=np.bool_), np.zeros(len(model.patterns), dtype=np.bool_)
    kept[keep] = True
    mine = np.flatnonzero(kept[rows.variant_row] & (True if variants is None else variants))
    there[rows.near[mine]] = there[rows.far[mine]] = True
    used = np.flatnonzero(there)
    first = len(model.blocks[0].names)
    parts = (used[used < first], used[used >= first] - first)
    numbers = np.zeros(len(there), dtype=np.intp)
    numbers[used] = np.arange(len(used))
    small = replace(
        model,
        blocks=(model.blocks[0].pick(parts[0]), model.blocks[1].pick(parts[1])),
        patterns=tuple(model.patterns[p] for p in used.tolist()),
        rows=_rows(rows, keep, mine, numbers),
    )
    told = replace(
        evidence,
        mid=[replace(term, when_kept=term.when_kept[keep]) for term in evidence.mid],
        rows=[replace(term, rows=term.rows[keep]) for term in evidence.rows],
    )
    return small, told
