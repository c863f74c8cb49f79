"""What the wiring holds, and what a complete lesion leaves, in the typical person and by the consensus map."""

from functools import cached_property
from typing import Final

import numpy as np

from lasegue.errors import KnowledgeError
from lasegue.knowledge import Knowledge
from lasegue.knowledge.lesion import Lesion
from lasegue.model import Model, tables
from lasegue.model.patterns import Portion
from lasegue.model.reading import Reading
from lasegue.wiring import ROOTS, TYPICAL, Strands

Shares = dict[str, float]
COMPLETE: Final = -1
"""The last of the model's losses."""
TRUSTED: Final = 0
"""An examination done well, the first of the two reliabilities."""
ODD_NAMES: Final = "no muscle, movement, skin site or group is called {}"


class Bench:
    """Measures on one model. Every number is the model's own; nothing is set here."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @property
    def knowledge(self) -> Knowledge:
        """The facts under the model."""
        return self.model.knowledge

    # -- what is meant by a name ----------------------------------------------------------------------------------------

    def is_motor(self, target: str) -> bool:
        """Whether a name is a movement or a muscle; otherwise it must be skin."""
        return target in self.knowledge.movement or target in self.knowledge.muscle

    def name(self, target: str) -> str:
        """The display name of anything that a check names."""
        kinds = ("movement", "muscle", "skin_site", "skin_group", "reflex", "lesion", "nerve", "test", "pain_region")
        return next((getattr(self.knowledge, kind)[target].name for kind in kinds if target in getattr(self.knowledge, kind)), target)

    def sites(self, where: str) -> Shares:
        """Skin sites of a site's or a group's id, by share."""
        if where in self.knowledge.skin_site:
            return {where: 1.0}
        if where not in self.knowledge.skin_group:
            raise KnowledgeError([ODD_NAMES.format(where)])
        return dict(self.knowledge.skin_group[where].sites)

    def reading(self, target: str) -> Reading:
        """What is read when a target is tested."""
        return self.model.readings.motor({target: 1.0}) if self.is_motor(target) else self.model.readings.skin(self.sites(target))

    def strands(self, target: str) -> Strands:
        """The strands that a target's reading points into."""
        return self.model.wiring.motor if self.is_motor(target) else self.model.wiring.skin

    def weights(self, target: str) -> tuple[Strands, list[tuple[int, float]]]:
        """Each strand of a target with its share of the target; the shares sum to 1."""
        strands, reading = self.strands(target), self.reading(target)
        weight = strands.weight[0, TYPICAL, reading.strands] * reading.shares
        return strands, list(zip(reading.strands.tolist(), (weight / weight.sum()).tolist(), strict=True))

    # -- shares ---------------------------------------------------------------------------------------------------------

    def roots(self, target: str) -> Shares:
        """Shares of the roots in a target, largest first."""
        strands, weights = self.weights(target)
        return _ranked([(strands.roots[k], share) for k, share in weights])

    def reflex_roots(self, reflex: str) -> Shares:
        """Shares of the roots in a reflex's effectors, largest first."""
        effector, _ = self.model.readings.reflex(reflex)
        strands = self.model.wiring.motor
        weight = strands.weight[0, TYPICAL, effector.strands] * effector.shares
        return _ranked(list(zip([strands.roots[k] for k in effector.strands], (weight / weight.sum()).tolist(), strict=True)))

    def in_nerve(self, nerve: str, target: str) -> float:
        """Share of a target's fibres that run in a nerve or in what branches from it."""
        strands, weights = self.weights(target)
        return sum(share for k, share in weights if nerve in self._line(strands, k))

    def _line(self, strands: Strands, strand: int) -> list[str]:
        branch = strands.branches[strand]
        line = [(self.knowledge.skin_branch if strands is self.model.wiring.skin else self.knowledge.muscle)[branch].nerve]
        while parent := self.knowledge.nerve[line[-1]].parent:
            line.append(parent)
        return line

    def crossing(self, of: str, segment: str) -> float:
        """Share of all fibres to limb muscles or to skin that cross a segment whose name begins so."""
        columns = [column for name, column in self.model.wiring.segments.items() if name.startswith(segment)]
        if not columns:
            raise KnowledgeError([f"no segment of the wiring begins with {segment}"])
        total, crossed = 0.0, 0.0
        for target in self.limb_muscles if of == "muscles" else self.knowledge.skin_site:
            strands, weights = self.weights(target)
            total += sum(share for _, share in weights)
            crossed += sum(share for k, share in weights if strands.crosses[k, columns].any())
        return crossed / total

    @cached_property
    def limb_movements(self) -> tuple[str, ...]:
        """Movements of the limb, without the sphincters."""
        return tuple(m.id for m in self.knowledge.movements if m.in_limb and m.id != "anal_sphincter_squeeze")

    @cached_property
    def limb_muscles(self) -> tuple[str, ...]:
        """Muscles that take part in a movement of the limb."""
        used = {muscle for name in self.limb_movements for muscle in self.knowledge.movement[name].muscles}
        return tuple(muscle.id for muscle in self.knowledge.muscles if muscle.id in used)

    # -- after a lesion -------------------------------------------------------------------------------------------------

    def lesion(self, name: str) -> Lesion:
        """A lesion by id."""
        if name not in self.knowledge.lesion:
            raise KnowledgeError([f"no lesion is called {name}"])
        return self.knowledge.lesion[name]

    def _pattern(self, lesion: str) -> tuple[Portion, int]:
        """The commonest form of a lesion, on its own side."""
        known = self.lesion(lesion)
        chief = max(known.one_sided or known.both, key=lambda variant: variant.weight).near
        block = next(block for block in self.model.blocks if chief in block.names)
        return block, block.names.index(chief)

    def power_kept(self, lesion: str, target: str) -> float:
        """Share of a movement's or muscle's fibres that a complete lesion leaves."""
        block, pattern = self._pattern(lesion)
        kept = self.reading(target).motor(block)
        return float(kept[min(TYPICAL, len(kept) - 1), pattern, COMPLETE])

    def grade(self, target: str, kept: float) -> float:
        """The mean grade, on a scale that runs past 5 for a strong muscle, that a share of fibres produces."""
        return float(tables.strength(np.array([kept]), self.model.readings.reserve({target: 1.0}))[0])

    def skin_kept(self, lesion: str, where: str) -> float:
        """Share of feeling that a complete lesion leaves, in the modality that it hurts most."""
        block, pattern = self._pattern(lesion)
        kept = self.reading(where).skin(block)[0]
        scale = float(block.modality[pattern].max())
        return 1.0 - scale * (1.0 - float(kept[min(TYPICAL, len(kept) - 1), pattern, COMPLETE]))

    def numb(self, kept: float) -> float:
        """P(a careful examiner finds feeling reduced or absent)."""
        return float(1.0 - tables.sense()[TRUSTED, 0, tables.index(np.array([kept]))[0]])

    def reflex_lost(self, lesion: str, reflex: str) -> float:
        """P(a reflex is reduced or absent) under a complete lesion, brisk reflexes apart."""
        block, pattern = self._pattern(lesion)
        effector, skin = self.model.readings.reflex(reflex)
        motor = effector.motor(block)
        kept = float(motor[min(TYPICAL, len(motor) - 1), pattern, COMPLETE])
        if skin is not None:
            afferent = skin.skin(block)[0]
            kept *= float(afferent[min(TYPICAL, len(afferent) - 1), pattern, COMPLETE])
        column = [r.id for r in self.knowledge.reflexes].index(reflex)
        place = tables.index(np.array([kept * float(block.arc[pattern, column, COMPLETE])]))[0]
        return float(tables.reflex()[:2, place].sum())


def _ranked(pairs: list[tuple[str, float]]) -> Shares:
    total = dict.fromkeys(ROOTS, 0.0)
    for root, share in pairs:
        total[root] += share
    return dict(sorted(total.items(), key=lambda item: (-item[1], ROOTS.index(item[0]))))
