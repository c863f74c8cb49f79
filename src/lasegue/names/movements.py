"""Movements, the muscles that stand for them, groups of movements and myotomes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lasegue.errors import UnknownName
from lasegue.names import noise
from lasegue.names.facts import Facts
from lasegue.names.fold import fold, plain
from lasegue.names.grammar import is_excepting, parse, parse_members, split_brackets, split_exception
from lasegue.names.index import Index
from lasegue.names.levels import split_roots
from lasegue.names.resolved import Resolved, Shares, evenly, scaled
from lasegue.names.shorthand import spelt_movement
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
_SERVES = 0.1
_EVERYTHING = frozenset({"all", "everything", "all else", "all group", "all normal"})


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
        kept, excepted = split_exception(spelt_movement(bare))
        if excepted and fold(kept) in _EVERYTHING:
            kept = "all muscles"
        targets, unknown = self._parse(kept)
        if not targets or is_excepting(kept):
            raise self.index.unknown(text)
        if excepted:
            without, unknown_too = self._parse(excepted)
            if unknown_too:
                raise self.index.unknown(text)
            gone = {one for target in without for one, _ in (*target.movements, *target.muscles)}
            targets = [_less(target, gone) for target in targets]
        made = [
            Resolved("movement", text, target.movements, side, target.muscles, target.rest, target.label_root, vague=target.vague)
            for target in dict.fromkeys(targets)
        ]
        made[0] = replace(made[0], leftover=tuple(unknown))
        return tuple(made)

    def _parse(self, text: str) -> tuple[list[Target], list[str]]:
        """The targets of a wording. "L5 (EHL, ankle dorsiflexion)" is what stands in the bracket, with the root as the examiner's label;
        "hip flexors and knee extensors" are two, though a group has that name.
        """
        roots, rest = split_roots(text)
        outside, inside = split_brackets(rest)
        if roots and inside and not noise.without(outside, noise.MYOTOME):
            narrower, unknown = parse(" ".join(inside), self.find)
            if narrower and not unknown:
                return [self._labelled_with(target, roots) for target in narrower], []
        listed, unknown = parse_members(text, self.find) if noise.is_list(text) and not split_brackets(text)[1] else ([], [])
        single = not unknown and all(len((*one.movements, *one.muscles)) == 1 for one in listed)
        if single and len(set(listed)) > 1 and self.index.find(text) not in self._movement_ids:
            return listed, []
        return parse(text, self.find)

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
        text = spelt_movement(text)
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
        return self._myotome(text) or self._remainder(text) or self._beside_root(text)

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

    def _beside_root(self, text: str) -> Target | None:
        """ "L3 knee extension": the movement, with the root as the examiner's label."""
        roots, rest = split_roots(text)
        if not roots or not fold(rest) or noise.is_list(rest):
            return None
        target = self.find(rest)
        return self._labelled_with(target, roots) if target and (target.movements or target.muscles) and not target.rest else None

    def _labelled_with(self, target: Target, roots: tuple[str, ...]) -> Target:
        """A target with a label of roots, where one of them does serve it; a root that does not is a slip or speaks of something else."""
        named = {identifier for identifier, _ in target.muscles}
        moved = {identifier for identifier, _ in target.movements}
        named |= {muscle for one in self._facts.movements if one.id in moved for muscle in one.muscles}
        served = {root for one in self._facts.muscles if one.id in named for root, share in one.roots.items() if share >= _SERVES}
        return replace(target, label_root="+".join(roots)) if served & set(roots) else target

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
