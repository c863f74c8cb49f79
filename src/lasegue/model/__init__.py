"""The model: wiring and knowledge made into hypotheses, priors and likelihood tables."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np

from lasegue.errors import ModelError
from lasegue.knowledge import Knowledge, load
from lasegue.knowledge.lesion import Lesion
from lasegue.knowledge.ready import ready, write_ready
from lasegue.model.joined import coarse
from lasegue.model.patterns import LOSSES, Block, Portion, block, segmental
from lasegue.model.rates import lookup
from lasegue.model.readings import Readings
from lasegue.model.rows import SETTINGS, SIDES, UNLISTED, Rows, build_rows, together
from lasegue.wiring import ANATOMY_SHARE, MAP_SHARE, MAPS, TYPICAL, Array, Wiring, wire

MODEL_VERSION: Final = "0.1.0"
INTACT: Final = "intact"
MOST_RATES: Final = 2048
"""Rates by lesion that are recalled; the knowledge has some hundreds."""
ROOMS: Final = ("wiring", "model", "case")
"""The rooms whose sources the model is made by."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything that inference needs. Patterns of the two `blocks` are numbered through, the segmental block first."""

    knowledge: Knowledge
    wiring: Wiring
    readings: Readings
    blocks: tuple[Portion, Portion]
    patterns: tuple[str, ...]
    owner: dict[str, str]
    lesions: tuple[Lesion, ...]
    rows: Rows
    coarse: Block
    together: Array
    map_: str | None

    def irritates(self) -> dict[str, float]:
        """The chance of tingling in its reach, by pattern. Shared: not to be changed."""
        return _irritates(self)

    def by_pattern(self, by: dict[str, float], base: float, spared: float) -> dict[str, float]:
        """A rate by pattern: that of the lesion it belongs to, `spared` on a side where nothing is hurt. Shared: not to be changed."""
        return _by_pattern(self, tuple(by.items()), base, spared)

    def by_lesion(self, by: dict[str, float], base: float) -> Array:
        """A rate by lesion, `base` where none is known: (lesions,). Shared: not to be changed."""
        return _by_lesion(self, tuple(by.items()), base)


Rates = tuple[tuple[str, float], ...]


@lru_cache(maxsize=8)
def _irritates(model: Model) -> dict[str, float]:
    by_lesion = {lesion.id: lesion.irritates for lesion in model.lesions}
    return {name: by_lesion[model.owner[name]] if name != INTACT else 0.0 for name in model.patterns}


@lru_cache(maxsize=MOST_RATES)
def _by_pattern(model: Model, by: Rates, base: float, spared: float) -> dict[str, float]:
    known, found = dict(by), {}
    for name in model.patterns:
        rate = lookup(known, model.owner[name]) if name != INTACT else spared
        found[name] = base if rate is None else rate
    return found


@lru_cache(maxsize=MOST_RATES)
def _by_lesion(model: Model, by: Rates, base: float) -> Array:
    known = dict(by)
    found = [lookup(known, lesion.id) for lesion in model.lesions]
    return np.array([base if rate is None else rate for rate in found])


def owners(lesions: tuple[Lesion, ...]) -> dict[str, str]:
    """Which lesion each pattern belongs to; every pattern but the intact one belongs to exactly one."""
    found: dict[str, str] = {}
    for lesion in lesions:
        for variant in (*lesion.one_sided, *lesion.both):
            for name in (variant.near, variant.far):
                if name != INTACT and found.setdefault(name, lesion.id) != lesion.id:
                    raise ModelError(f"pattern {name} belongs to {found[name]} and to {lesion.id}")
    return found


def build(knowledge: Knowledge, map_: str | None = None) -> Model:
    """The model of some knowledge; with `map_` the dermatome map is taken as known."""
    wiring = wire(knowledge)
    near_roots = [p for p in knowledge.patterns if segmental(p.acts)]
    others = [p for p in knowledge.patterns if not segmental(p.acts)]
    chosen = [MAPS.index(map_)] if map_ else list(range(len(MAPS)))
    maps_share = MAP_SHARE[chosen] / MAP_SHARE[chosen].sum()
    blocks = (
        block(knowledge, wiring, near_roots, slice(None), chosen, (ANATOMY_SHARE, maps_share)),
        block(knowledge, wiring, others, [TYPICAL], [0], (np.ones(1), np.ones(1))),
    )
    names = (*blocks[0].names, *blocks[1].names)
    rows = build_rows(knowledge, {name: k for k, name in enumerate(names)})
    return Model(
        knowledge=knowledge,
        wiring=wiring,
        readings=Readings(knowledge, wiring),
        blocks=blocks,
        patterns=names,
        owner=owners(knowledge.lesions),
        lesions=knowledge.lesions,
        rows=rows,
        coarse=coarse(blocks),
        together=together(knowledge, rows),
        map_=map_,
    )


def model(map_: str | None = None) -> Model:
    """The model of the knowledge in the package, made once."""
    return _packaged(map_)


@cache
def _packaged(map_: str | None) -> Model:
    return ready("model", ROOMS, lambda: build(load())) if map_ is None else build(load(), map_)


def prepare() -> None:
    """Keep the model for later starts; the build hook calls this."""
    write_ready("model", ROOMS, build(load()))


__all__ = ["INTACT", "LOSSES", "MODEL_VERSION", "SETTINGS", "SIDES", "UNLISTED", "Model", "build", "model", "prepare"]
