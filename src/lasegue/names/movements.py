"""Movements, the muscles that stand for them, groups of movements and myotomes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lasegue.errors import UnknownName
from lasegue.names import noise
from lasegue.names.facts import Facts
from lasegue.names.fold import fold, plain
from lasegue.names.grammar import parse, split_exception
from lasegue.names.index import Index
from lasegue.names.levels import split_roots
from lasegue.names.resolved import Resolved, Shares, evenly, scaled
from lasegue.names.sides import split_side

_AGENTS = {
    "flexor": "flexion",
    "extensor": "extension",
    "abductor": "abduction",
    "adductor": "adduction",
    "evertor": "eversion",
    "everter": "eversion",
    "invertor": "inversion",
    "inverter": "inversion",
    "dorsiflexor": "dorsiflexion",
    "plantarflexor": "plantarflexion",
    "rotator": "rotation",
    "flexing": "flexion",
    "extending": "extension",
}
_REST = re.compile(r"^(?:all |the |every)?(?:other|rest|remaining|remainder|elsewhere|otherwise|else)\b")
_MYOTOME_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Target:
    """One thing tested by hand: movements or muscles with shares."""

    movements: Shares = ()
    muscles: Shares = ()
    rest: bool = False
    label_root: str | None = None
    vague: bool = False


class Movements:
    """Resolves movements and muscles."""

    def __init__(self, facts: Facts) -> None:
        self.index = Index("movement", [*facts.movements, *facts.movement_groups])
        self._muscles = Index("muscle", facts.muscles)
        self._movement_ids = frozenset(movement.id for movement in facts.movements)
        self._groups = {group.id: group for group in facts.movement_groups}
        self._rest = next((group for group in facts.movement_groups if group.rest), None)
        self._facts = facts

    def members(self, text: str) -> tuple[Resolved, ...]:
        """Every member of a wording as a target of its own: "EHL and EDB" are two things tested."""
        bare, side = split_side(text)
        kept, excepted = split_exception(bare)
        targets, unknown = parse(kept, self.find)
        if not targets:
            raise self.index.unknown(text)
        if excepted:
            without, unknown_too = parse(excepted, self.find)
            unknown = [*unknown, *unknown_too]
            gone = {one for target in without for one, _ in (*target.movements, *target.muscles)}
            targets = [_less(target, gone) for target in targets]
        made = [
            Resolved("movement", text, target.movements, side, target.muscles, target.rest, target.label_root, vague=target.vague)
            for target in dict.fromkeys(targets)
        ]
        made[0] = replace(made[0], leftover=tuple(unknown))
        return tuple(made)

    def resolve(self, text: str) -> Resolved:
        """One target for a wording, whatever it lists."""
        members = self.members(text)
        first = members[0]
        if len(members) == 1:
            return first
        movements = scaled(pair for member in members for pair in member.ids)
        muscles = () if movements else scaled(pair for member in members for pair in member.muscles)
        return Resolved("movement", text, movements, first.side, muscles, any(member.rest for member in members), leftover=first.leftover)

    def find(self, text: str) -> Target | None:
        """The target of one name, or None."""
        for words in _readings(text):
            identifier = self.index.find(words)
            if identifier in self._movement_ids:
                return Target(((identifier, 1.0),))
            if identifier is not None:
                labelled = "+".join(split_roots(text)[0]) if "myotome" in identifier else ""
                return replace(self._group(identifier), label_root=labelled or None)
            muscle = self._muscles.find(words)
            if muscle is not None:
                return Target(muscles=((muscle, 1.0),))
        return self._myotome(text) or self._remainder(text)

    def muscle(self, text: str) -> tuple[str, ...]:
        """The muscles that a wording names, through a movement's leading muscle where the movement has the name."""
        try:
            members = self.members(text)
        except UnknownName:
            return ()
        named = [muscle for member in members for muscle, _ in member.muscles]
        moved = {identifier for member in members for identifier, _ in member.ids}
        leading = [
            max(movement.muscles, key=movement.muscles.__getitem__)
            for movement in self._facts.movements
            if movement.id in moved and movement.muscles
        ]
        return tuple(dict.fromkeys([*named, *leading]))

    def _group(self, identifier: str) -> Target:
        group = self._groups[identifier]
        return Target(evenly(group.movements) if group.movements else (), rest=group.rest, vague=group.vague)

    def _remainder(self, text: str) -> Target | None:
        if self._rest is None or not _REST.match(plain(text).strip()):
            return None
        return Target(evenly(self._rest.movements) if self._rest.movements else (), rest=True)

    def _myotome(self, text: str) -> Target | None:
        roots, rest = split_roots(text)
        if not roots or noise.without(rest, noise.MYOTOME):
            return None
        label = "+".join(roots)
        groups = [identifier for root in roots if (identifier := self.index.find(f"{root} myotome"))]
        if groups:
            return Target(evenly(one for group in groups for one, _ in self._group(group).movements), label_root=label)
        shares = {muscle.id: sum(muscle.roots.get(root, 0.0) for root in roots) for muscle in self._facts.muscles}
        muscles = scaled((muscle, share) for muscle, share in shares.items() if share >= _MYOTOME_SHARE)
        return Target(muscles=muscles, label_root=label) if muscles else None


def _readings(text: str) -> Iterable[str]:
    """The words as written, without those that change nothing, and with the doer named by the deed."""
    words = fold(text)
    yield words
    cleaned = noise.cleaned(text, noise.POWER)
    if cleaned and cleaned != words:
        yield cleaned
    deeds = " ".join(_AGENTS.get(word, word) for word in (cleaned or words).split())
    if deeds != cleaned:
        yield deeds


def _less(target: Target, gone: set[str]) -> Target:
    movements = scaled(pair for pair in target.movements if pair[0] not in gone)
    muscles = scaled(pair for pair in target.muscles if pair[0] not in gone)
    return Target(movements, muscles, target.rest, target.label_root, target.vague)
