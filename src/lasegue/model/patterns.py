"""What every pattern leaves of every strand, at every loss.

Patterns that cut roots, rami or plexus see the person's anatomy and map; cuts of nerves and losses at the target do not,
so there are two blocks, and only the first carries those axes.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lasegue.knowledge import Knowledge
from lasegue.knowledge.lesion import Pattern, SidePattern
from lasegue.knowledge.records import Muscle
from lasegue.wiring import Array, Strands, Wiring
from lasegue.wiring.strands import REFLEX

LOSSES: Final = np.array([0.0, 0.30, 0.55, 0.80, 0.97])
"""Irritated, mild, moderate, severe, complete."""
MODALITIES: Final = ("light_touch", "pin_prick", "temperature", "vibration", "position")
SPHINCTER_NERVES: Final = ("inferior_rectal", "perineal", "nerve_to_levator_ani", "pelvic_splanchnic")
SEGMENTAL: Final = ("root.", "ganglion.", "ventral.", "dorsal.", "plexus.")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Patterns that share axes. `motor`, `needle`, `skin`, `potential`: kept (strands, patterns, losses); weights (maps, anatomies,
    strands).

    `modality` (patterns, modalities) scales sensory loss; `brisk` (patterns, reflexes) and `upgoing` (patterns,) are chances;
    `arc` (patterns, reflexes, losses) is what a reflex arc keeps beyond what its muscles and skin keep.
    """

    names: tuple[str, ...]
    motor: Array
    needle: Array
    skin: Array
    potential: Array
    motor_weight: Array
    skin_weight: Array
    anatomy_share: Array
    map_share: Array
    modality: Array
    brisk: Array
    upgoing: Array
    arc: Array

    @property
    def shape(self) -> tuple[int, int]:
        """How many patterns and losses."""
        return len(self.names), self.motor.shape[2]

    def muscle(self, strands: NDArray[np.intp], needle: bool) -> Array:
        """What some muscle strands keep, for the hand or for the needle: (strands, patterns, losses)."""
        return (self.needle if needle else self.motor)[strands]

    def site(self, strands: NDArray[np.intp], potential: bool) -> Array:
        """What some skin strands keep, or their sensory potential: (strands, patterns, losses)."""
        return (self.potential if potential else self.skin)[strands]

    def motor_kept(self, strands: NDArray[np.intp], shares: Array, needle: bool = False) -> Array:
        """What some muscle strands, by share, keep, for the hand or for the needle: (anatomies, patterns, losses)."""
        return mix(self.motor_weight[0][:, strands] * shares, self.muscle(strands, needle))

    def skin_kept(self, strands: NDArray[np.intp], shares: Array, potential: bool) -> Array:
        """What some skin strands, by share, keep, or their sensory potential: (maps, anatomies, patterns, losses)."""
        return mix(self.skin_weight[:, :, strands] * shares, self.site(strands, potential))

    def by_pattern(self, values: dict[str, float]) -> Array:
        """Values by pattern name as a vector (patterns,)."""
        return np.array([values[name] for name in self.names])

    def pick(self, keep: NDArray[np.intp]) -> "Focused":
        """Some of the patterns."""
        return Focused(self, keep)


class Based:
    """What reads like the block that it is made of, its `base`, in all that it does not say itself."""

    __slots__ = ()
    base: "Block | Based"

    @property
    def shape(self) -> tuple[int, int]:
        """How many patterns and losses."""
        return self.base.shape

    def by_pattern(self, values: dict[str, float]) -> Array:
        """Values by pattern name as a vector (patterns,)."""
        return self.base.by_pattern(values)

    @property
    def motor_weight(self) -> Array:
        """As the block's."""
        return self.base.motor_weight

    @property
    def skin_weight(self) -> Array:
        """As the block's."""
        return self.base.skin_weight

    @property
    def anatomy_share(self) -> Array:
        """As the block's."""
        return self.base.anatomy_share

    @property
    def map_share(self) -> Array:
        """As the block's."""
        return self.base.map_share

    @property
    def modality(self) -> Array:
        """As the block's."""
        return self.base.modality

    @property
    def brisk(self) -> Array:
        """As the block's."""
        return self.base.brisk

    @property
    def upgoing(self) -> Array:
        """As the block's."""
        return self.base.upgoing

    @property
    def arc(self) -> Array:
        """As the block's."""
        return self.base.arc


@dataclass(frozen=True, slots=True, eq=False)
class Focused(Based):
    """Some patterns of a block. Reads like it, and copies nothing that is not read."""

    base: Block
    keep: NDArray[np.intp]

    @property
    def names(self) -> tuple[str, ...]:
        """The patterns' names."""
        return tuple(self.base.names[k] for k in self.keep.tolist())

    @property
    def shape(self) -> tuple[int, int]:
        """How many patterns and losses."""
        return len(self.keep), self.base.shape[1]

    def muscle(self, strands: NDArray[np.intp], needle: bool) -> Array:
        """As `Block.muscle`."""
        return (self.base.needle if needle else self.base.motor).take(strands, axis=0).take(self.keep, axis=1)

    def site(self, strands: NDArray[np.intp], potential: bool) -> Array:
        """As `Block.site`."""
        return (self.base.potential if potential else self.base.skin).take(strands, axis=0).take(self.keep, axis=1)

    def motor_kept(self, strands: NDArray[np.intp], shares: Array, needle: bool = False) -> Array:
        """As `Block.motor_kept`."""
        return mix(self.motor_weight[0][:, strands] * shares, self.muscle(strands, needle))

    def skin_kept(self, strands: NDArray[np.intp], shares: Array, potential: bool) -> Array:
        """As `Block.skin_kept`."""
        return mix(self.skin_weight[:, :, strands] * shares, self.site(strands, potential))

    def by_pattern(self, values: dict[str, float]) -> Array:
        """Values by pattern name as a vector (patterns,)."""
        return np.array([values[name] for name in self.names])

    def pick(self, keep: NDArray[np.intp]) -> "Focused":
        """Some of these patterns."""
        return Focused(self.base, self.keep[keep])

    @property
    def modality(self) -> Array:
        """As the block's, of these patterns."""
        return np.asarray(self.base.modality[self.keep])

    @property
    def brisk(self) -> Array:
        """As the block's, of these patterns."""
        return np.asarray(self.base.brisk[self.keep])

    @property
    def upgoing(self) -> Array:
        """As the block's, of these patterns."""
        return np.asarray(self.base.upgoing[self.keep])

    @property
    def arc(self) -> Array:
        """As the block's, of these patterns."""
        return np.asarray(self.base.arc[self.keep])


Portion = Block | Focused


def mix(weight: Array, kept: Array) -> Array:
    """Sum over strands: (..., k) with (k, p, x) gives (..., p, x)."""
    flat = weight @ kept.reshape(kept.shape[0], -1)
    return np.asarray(flat.reshape(*weight.shape[:-1], *kept.shape[1:]))


def segmental(pattern: Pattern) -> bool:
    """Whether a pattern cuts where roots are still apart, so that the person's anatomy matters."""
    return any(name.startswith(SEGMENTAL) for name in pattern.cuts)


def is_sphincter(muscle: Muscle) -> bool:
    """Whether a muscle serves continence or sexual function rather than the limb."""
    return muscle.nerve in SPHINCTER_NERVES


def muscle_loss(knowledge: Knowledge, pattern: Pattern, muscle: Muscle) -> float:
    """Share that a muscle loses at the target itself, at full severity."""
    if is_sphincter(muscle):
        return max(pattern.sphincters, pattern.losses.get(muscle.id, 0.0))
    found = [pattern.losses.get("muscles", 0.0), pattern.losses.get(muscle.id, 0.0)]
    found.append(pattern.losses.get("muscles.upper_motor", 0.0) * muscle.upper_motor)
    found.append(pattern.losses.get("muscles.proximal", 0.0) * muscle.proximal)
    found.append(pattern.losses.get("muscles.distal", 0.0) * (1.0 - muscle.proximal))
    for key, share in pattern.losses.items():
        if key.startswith("movement.") and knowledge.movement[key.removeprefix("movement.")].muscles.get(muscle.id, 0.0) >= 0.05:
            found.append(share)
    if pattern.length:
        found.append(pattern.length.motor * _reached(pattern, muscle.length_cm))
    return min(1.0, max(found))


def skin_loss(pattern: Pattern, site: str, midline: bool, length_cm: float) -> float:
    """Share that a skin site loses at the target itself, at full severity."""
    found = [pattern.losses.get(site, 0.0), pattern.losses.get("skin.saddle" if midline else "skin", 0.0)]
    if pattern.length:
        found.append(pattern.length.sensory * _reached(pattern, length_cm))
    return min(1.0, max(found))


def _reached(pattern: Pattern, length_cm: float) -> float:
    rule = pattern.length
    assert rule is not None
    return float(1.0 / (1.0 + np.exp((rule.from_cm - length_cm) / rule.width_cm)))


def _at_target(strands: Strands, losses: dict[str, float]) -> Array:
    """What losses at the targets leave: (strands, losses)."""
    share = np.array([losses.get(target, 0.0) for target in strands.targets])
    return np.asarray(1.0 - share[:, None] * LOSSES[None, :])


def _survival(knowledge: Knowledge, wiring: Wiring, pattern: Pattern) -> tuple[Array, Array, Array, Array]:
    lost = {m.id: muscle_loss(knowledge, pattern, m) for m in knowledge.muscles}
    arcs = {f"{REFLEX}{arc.id}": pattern.arcs * sum(lost[m] * share for m, share in arc.effectors.items()) for arc in knowledge.reflexes}
    muscles = _at_target(wiring.motor, lost | arcs)
    sites = _at_target(wiring.skin, {s.id: skin_loss(pattern, s.id, s.midline, s.length_cm) for s in knowledge.skin_sites})
    cut = wiring.kept(wiring.motor, pattern.cuts, LOSSES)
    potential = wiring.kept(wiring.skin, pattern.cuts, LOSSES, potential=True)
    return (
        cut * muscles,
        cut * muscles if pattern.electric else np.ones_like(cut),
        wiring.kept(wiring.skin, pattern.cuts, LOSSES) * sites,
        potential * sites if pattern.electric else np.ones_like(potential),
    )


def block(
    knowledge: Knowledge,
    wiring: Wiring,
    patterns: list[SidePattern],
    anatomies: slice | list[int],
    maps: slice | list[int],
    shares: tuple[Array, Array],
) -> Block:
    """The tables of some patterns, with the anatomies and maps that they see."""
    kept = [_survival(knowledge, wiring, p.acts) for p in patterns]
    motor, needle, skin, potential = (np.stack(part, axis=1) for part in zip(*kept, strict=True))
    reflexes = [r.id for r in knowledge.reflexes]
    return Block(
        names=tuple(p.id for p in patterns),
        motor=motor,
        needle=needle,
        skin=skin,
        potential=potential,
        motor_weight=wiring.motor.weight[:, anatomies],
        skin_weight=wiring.skin.weight[maps][:, anatomies],
        anatomy_share=shares[0],
        map_share=shares[1],
        modality=np.array([[p.acts.modality.get(m, 1.0) for m in MODALITIES] for p in patterns]),
        brisk=np.array([[p.acts.brisk.get(r, 0.0) for r in reflexes] for p in patterns]),
        upgoing=np.array([p.acts.upgoing for p in patterns]),
        arc=1.0 - np.array([[p.acts.reflex_losses.get(r, 0.0) for r in reflexes] for p in patterns])[..., None] * LOSSES,
    )
