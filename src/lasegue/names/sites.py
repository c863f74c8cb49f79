"""Places on the skin: single sites, regions, dermatomes, nerve territories, and lists of them as one patch."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lasegue.knowledge.records import SkinGroup
from lasegue.names import noise
from lasegue.names.facts import Facts
from lasegue.names.fold import fold, plain
from lasegue.names.grammar import is_excepting, parse, split_brackets, split_exception
from lasegue.names.index import Index
from lasegue.names.levels import LEG_ROOTS, split_roots
from lasegue.names.reach import below, span, without_asides
from lasegue.names.resolved import Resolved, Shares, scaled
from lasegue.names.shorthand import spelt_place
from lasegue.names.sides import split_side
from lasegue.names.toes import expand_digits

_REST = re.compile(
    r"^(?:all |the |every)?(?:other|rest|remaining|remainder|elsewhere|where else|otherwise|else)\b"
    r"(?!\s+(?:side|leg|foot|limb|lower limb|lower extremity|thigh|calf)\b)(?:\s+of)?(?:\s+the)?"
)
# How a third of a limb segment is written, and how the ids of the sites in it end.
_THIRDS = {"upper": "_upper", "proximal": "_upper", "mid": "_mid", "middle": "_mid", "lower": "_lower", "distal": "_lower"}
_COMPOUND = re.compile(r"^(antero|postero)[\s-]*(lateral|medial)\s+(.+)$")
_STEMS = {"antero": "anterior", "postero": "posterior"}
_DIGIT = re.compile(r"\b([1-5])\b")
_ORDINAL = {"1": "1st", "2": "2nd", "3": "3rd", "4": "4th", "5": "5th"}


@dataclass(frozen=True, slots=True)
class Patch:
    """Sites with shares that sum to 1; a place outside the leg has none."""

    sites: Shares
    label_root: str | None = None
    label_nerve: str | None = None
    rest: bool = False


class Sites:
    """Resolves places on the skin."""

    def __init__(self, facts: Facts) -> None:
        self.index = Index("site", [*facts.skin_groups, *facts.skin_sites])
        self._site_ids = frozenset(site.id for site in facts.skin_sites)
        self._groups = {group.id: group for group in facts.skin_groups}
        self._nerves = Index("nerve", facts.nerves)
        self._dermatomes = {group.root: group for group in facts.skin_groups if group.kind == "dermatome" and group.root}
        self._territories = {group.nerve: group for group in facts.skin_groups if group.kind == "territory" and group.nerve}

    def resolve(self, text: str) -> Resolved:
        """One patch for a wording, however many places it lists."""
        bare, side = split_side(text)
        kept, excepted = split_exception(spelt_place(bare))
        patches, unknown = self._parse(expand_digits(without_asides(kept)))
        if not patches or is_excepting(kept):
            raise self.index.unknown(text)
        shares = () if any(patch.rest and not patch.sites for patch in patches) else _together(patches)
        if excepted:
            shares = self._without(shares, excepted)
            if not shares:
                raise self.index.unknown(text)
        return Resolved(
            "site",
            text,
            shares,
            side,
            rest=any(patch.rest for patch in patches),
            label_root=_one(patch.label_root for patch in patches),
            label_nerve=_one(patch.label_nerve for patch in patches),
            leftover=tuple(unknown),
        )

    def _without(self, shares: Shares, excepted: str) -> Shares:
        """Shares less an exception; empty where the exception is not understood or takes nothing away, for then nothing is sure."""
        within = {site for site, _ in shares}
        part = next((name for name, sites in (("leg", "leg_med"), ("foot", "dorsum"), ("thigh", "thigh")) if _any(within, sites)), "")
        for words in (excepted, f"{excepted} strip", f"{excepted} {part}"):
            without, unknown = parse(expand_digits(words), self.find)
            gone = {site for patch in without for site, _ in patch.sites}
            if without and not unknown and gone & within:
                return scaled((site, share) for site, share in shares if site not in gone)
        return ()

    def _parse(self, text: str) -> tuple[list[Patch], list[str]]:
        """The members of a wording; a bracket that narrows what stands before it ("tibial territory (sole)") is what was meant."""
        patches, unknown = parse(text, self.find)
        outside, inside = split_brackets(text)
        if len(patches) == 1 and outside and inside:
            narrower, more = parse(" ".join(inside), self.find)
            sites = _together(narrower)
            if (
                not more
                and sites
                and not any(one.label_root for one in narrower)
                and {site for site, _ in sites} < {site for site, _ in patches[0].sites}
            ):
                return [Patch(sites, None, patches[0].label_nerve)], unknown
        return patches, unknown

    def find(self, text: str) -> Patch | None:
        """The patch of one place, or None."""
        text = spelt_place(text)
        if rest := _REST.match(plain(text).strip()):
            part = self._named(plain(text).strip()[rest.end() :])
            return Patch(part.sites if part else (), rest=True)
        return self._named(text) or self._reaching(text) or self._place(text)

    def _place(self, text: str) -> Patch | None:
        return self._dermatome(text) or self._territory(text) or self._cleaned(text) or self._compound(text)

    def _reaching(self, text: str) -> Patch | None:
        """ "From the knee down", "toes to mid-shin": all that lies on the way."""
        group = below(text)
        if group:
            return self._named(group)
        names = () if split_roots(text)[0] else span(text, lambda name: (self._named(name) or self._place(name)) is not None)
        patches = [patch for name in names if (patch := self._named(name) or self._place(name))]
        return Patch(_together(patches)) if patches else None

    def _named(self, text: str) -> Patch | None:
        identifier = self.index.find(text)
        if identifier is None:
            return None
        if identifier in self._site_ids and identifier not in self._groups:
            return Patch(((identifier, 1.0),))
        group = self._groups[identifier]
        labelled_root = group.root if group.kind == "dermatome" else None
        return Patch(scaled(group.sites.items()), labelled_root, group.nerve if group.kind == "territory" else None)

    def _dermatome(self, text: str) -> Patch | None:
        roots, rest = split_roots(text)
        words = noise.without(rest, noise.DERMATOME)
        found = [self._dermatomes[root] for root in roots if root in self._dermatomes]
        if not roots or (words and noise.is_list(rest)):
            return None
        if words:
            place = self._named(words) or self._cleaned(words)
            return _within(place, found, "+".join(roots)) if place else None
        if not found:
            trunk = self.index.find("trunk")
            return self._named("trunk") if trunk and not set(roots) & set(LEG_ROOTS) else None
        shares = scaled((site, share) for group in found for site, share in group.sites.items())
        return Patch(shares, "+".join(roots))

    def _territory(self, text: str) -> Patch | None:
        identifier = self._nerves.find(text) or self._nerves.find(noise.cleaned(text, noise.TERRITORY))
        group = self._territories.get(identifier) if identifier else None
        return Patch(scaled(group.sites.items()), label_nerve=identifier) if group else None

    def _cleaned(self, text: str) -> Patch | None:
        """Without words that change nothing, with digits as toes, and with a third of the segment picked out."""
        words = noise.cleaned(text, noise.SITE)
        if words and words != fold(text) and (patch := self._named(words)):
            return patch
        toes = _DIGIT.sub(lambda match: _ORDINAL[match.group()], words).replace("toe 1st", "hallux")
        if toes != words and (patch := self._named(toes) or self._named(f"{toes} toe")):
            return patch
        sole = words.replace("plantar", "sole")
        if sole != words and (patch := self._named(sole)):
            return patch
        thirds = [word for word in words.split() if word in _THIRDS]
        rest = " ".join(word for word in words.split() if word not in _THIRDS and word != "3rd")
        patch = (self._named(rest) or self._compound(rest)) if thirds and rest else None
        if patch is None:
            return None
        picked = scaled((site, share) for site, share in patch.sites if site.endswith(tuple(_THIRDS[word] for word in thirds)))
        return Patch(picked or patch.sites, patch.label_root, patch.label_nerve)

    def _compound(self, text: str) -> Patch | None:
        """ "Posterolateral knee" where no record has that name: what the two faces share, else both."""
        match = _COMPOUND.match(plain(text).strip())
        if not match:
            return None
        first = self._named(f"{_STEMS[match.group(1)]} {match.group(3)}")
        second = self._named(f"{match.group(2)} {match.group(3)}")
        if not first or not second:
            return first or second
        both = {site for site, _ in first.sites} & {site for site, _ in second.sites}
        return Patch(scaled(pair for pair in first.sites if pair[0] in both) or _together([first, second]))


def _within(place: Patch, dermatomes: Sequence[SkinGroup], label: str) -> Patch:
    """ "Lateral calf (L5 dermatome)" is the lateral calf; "L5 dermatome of the leg" is the examiner's label, as far as the leg goes."""
    shares = {site: share for group in dermatomes for site, share in group.sites.items()}
    inside = {site for site, _ in place.sites}
    within = scaled(pair for pair in shares.items() if pair[0] in inside)
    return Patch(within, label) if within and len(inside) > len(shares) else Patch(place.sites)


def _any(sites: Iterable[str], start: str) -> bool:
    return any(site.startswith(start) for site in sites)


def _one(labels: Iterable[str | None]) -> str | None:
    """The label of a list of patches: all must carry one, and then they are named together."""
    found = tuple(labels)
    named = [label for label in found if label]
    return "+".join(dict.fromkeys(named)) if named and len(named) == len(found) else None


def _together(patches: Iterable[Patch]) -> Shares:
    """One patch of several: each counts by the number of its sites, as a larger area does."""
    return scaled((site, share * max(len(patch.sites), 1)) for patch in patches for site, share in patch.sites)
