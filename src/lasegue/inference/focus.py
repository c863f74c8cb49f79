"""A few rows of the model alone: the same sums over fewer states, for reasons and intervals."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lasegue.model import Model
from lasegue.model.observe import Evidence
from lasegue.model.rows import Rows


def _placed(numbers: NDArray[np.intp], patterns: dict[int, int]) -> NDArray[np.intp]:
    return np.array([patterns.get(int(p), 0) for p in numbers], dtype=np.intp)


def _rows(rows: Rows, keep: NDArray[np.intp], mine: NDArray[np.intp], patterns: dict[int, int]) -> Rows:
    place = np.zeros(len(rows.side), dtype=np.intp)
    place[keep] = np.arange(len(keep))
    return replace(
        rows,
        lesion=rows.lesion[keep],
        side=tuple(rows.side[r] for r in keep),
        prior={name: values[keep] for name, values in rows.prior.items()},
        variant_row=place[rows.variant_row[mine]],
        near=np.array([patterns[int(p)] for p in rows.near[mine]], dtype=np.intp),
        far=np.array([patterns[int(p)] for p in rows.far[mine]], dtype=np.intp),
        near_is_left=rows.near_is_left[mine],
        share=rows.share[mine],
        unnoticed=rows.unnoticed[keep],
        chief=(_placed(rows.chief[0][keep], patterns), _placed(rows.chief[1][keep], patterns)),
    )


def focus(model: Model, evidence: Evidence, keep: NDArray[np.intp], variants: NDArray[np.bool_] | None = None) -> tuple[Model, Evidence]:
    """The model and the evidence restricted to some rows, which keep their order, and to some of their `variants` where given."""
    rows = model.rows
    mine = np.flatnonzero(np.isin(rows.variant_row, keep) & (True if variants is None else variants))
    used = np.unique(np.concatenate([rows.near[mine], rows.far[mine]]))
    first = len(model.blocks[0].names)
    parts = (used[used < first], used[used >= first] - first)
    names = {int(p): n for n, p in enumerate(used)}
    small = replace(
        model,
        blocks=(model.blocks[0].pick(parts[0]), model.blocks[1].pick(parts[1])),
        patterns=tuple(model.patterns[p] for p in used),
        rows=_rows(rows, keep, mine, names),
    )
    told = replace(
        evidence,
        mid=[replace(term, when_kept=term.when_kept[keep]) for term in evidence.mid],
        rows=[replace(term, rows=term.rows[keep]) for term in evidence.rows],
    )
    return small, told
