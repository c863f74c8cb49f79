"""Probabilities of rows and pairs, told as lesions on sides."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lasegue.assess.assessment import Ranked, RankedPair
from lasegue.inference import Posterior, root_marginals
from lasegue.model import Model

SHOWN = 0.001
"""A row or pair of this probability or more is listed; the others make up the rest."""
SAME = 12
"""Decimals in which probabilities differ: the last bits of a sum do not order rows."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows, pairs and what they leave out, which sum to 1; families by the first part of the id; roots by side."""

    rows: tuple[Ranked, ...]
    pairs: tuple[RankedPair, ...]
    rest: float
    families: tuple[tuple[str, float], ...]
    roots: dict[str, dict[str, float]]


def rank(model: Model, found: Posterior, unknown_side: bool) -> Ranking:
    """The ranking. Where no side is known, the sides of a lesion are one row whose side is null."""
    rows: dict[tuple[str, str | None], float] = {}
    keys = row_keys(model, unknown_side)
    for key, probability in zip(keys, found.probability.tolist(), strict=True):
        rows[key] = rows.get(key, 0.0) + probability
    pairs: dict[tuple[tuple[str, str | None], tuple[str, str | None]], float] = {}
    for pair, probability in zip(found.pairs, found.pair_probability, strict=True):
        both = keys[pair.first], keys[pair.second]
        pairs[both] = pairs.get(both, 0.0) + float(probability)
    listed = sorted(((k, p) for k, p in rows.items() if p >= SHOWN), key=lambda item: (-round(item[1], SAME), item[0][0], str(item[0][1])))
    listed_pairs = sorted(((k, p) for k, p in pairs.items() if p >= SHOWN), key=lambda item: (-round(item[1], SAME), str(item[0])))
    labels = {lesion.id: lesion.name for lesion in model.lesions}
    return Ranking(
        rows=tuple(Ranked(lesion, labels[lesion], side, p) for (lesion, side), p in listed),
        pairs=tuple(RankedPair(parts, p) for parts, p in listed_pairs),
        rest=max(0.0, 1.0 - sum(p for _, p in listed) - sum(p for _, p in listed_pairs)),
        families=_families(model, found),
        roots=_roots(model, found, unknown_side),
    )


@lru_cache(maxsize=16)
def row_keys(model: Model, unknown_side: bool) -> tuple[tuple[str, str | None], ...]:
    """Which lesion on which side each row of the model is told as."""
    rows = zip(model.rows.lesion, model.rows.side, strict=True)
    return tuple((model.lesions[k].id, None if unknown_side and side != "bilateral" else side) for k, side in rows)


def _families(model: Model, found: Posterior) -> tuple[tuple[str, float], ...]:
    names = [lesion.partition(".")[0] for lesion, _ in row_keys(model, False)]
    total = dict.fromkeys(names, 0.0)
    for name, probability in zip(names, found.probability.tolist(), strict=True):
        total[name] += probability
    total["pairs"] = float(np.sum(found.pair_probability))
    return tuple(sorted(total.items(), key=lambda item: (-item[1], item[0])))


def _roots(model: Model, found: Posterior, unknown: bool) -> dict[str, dict[str, float]]:
    sides = root_marginals(model, found)
    if unknown:
        return {"unknown": {root: max(sides["left"][root], sides["right"][root]) for root in sides["left"]}}
    return sides
