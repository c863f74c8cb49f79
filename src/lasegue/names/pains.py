"""Where pain is felt: regions by name, by place on the skin, or by the root whose pain it is said to be."""

from collections.abc import Iterable

from lasegue.names.facts import Facts
from lasegue.names.fold import tokens
from lasegue.names.grammar import parse
from lasegue.names.index import Index
from lasegue.names.levels import split_roots
from lasegue.names.noise import cleaned as cleaned_of
from lasegue.names.noise import without
from lasegue.names.phrases import Phrases, segments
from lasegue.names.resolved import Resolved, evenly
from lasegue.names.sides import split_side
from lasegue.names.sites import Sites
from lasegue.names.tables import table

_NOISE = frozenset(
    "pain painful ache aching hurt radiating radiate radiation shooting down up to into along in from over burning sharp dull severe "
    "mild moderate sciatic referred travelling traveling spreading through around electric felt at on some constant intermittent "
    "dysesthetic neuropathic lancinating cramping cramp throbbing gnawing tight tightness pressure like shock band night rest "
    "stabbing deep aspect side region area distribution dermatome dermatomal dermatomic myotomal radicular and with root nerve only".split()
)
# How the id of a place on the skin begins, and the pain region there.
_PREFIXES = table("""
anterior_thigh: thigh_ant
medial_thigh: thigh_med
lateral_thigh: thigh_lat
posterior_thigh: thigh_post
lateral_hip: trochanter, lateral_hip
knee: knee
popliteal: popliteal
medial_leg: leg_med
shin_anterior: shin
lateral_leg: leg_lat
calf: calf, achilles
ankle_medial: medial_malleolus, ankle
ankle_lateral: lateral_malleolus
lateral_foot: dorsum_lateral, lateral_foot
foot_dorsum: dorsum
toes: web, toe
great_toe: hallux
foot: medial_foot
sole: ball, sole
heel: heel
sacrum_coccyx: buttock_sacral, coccyx
buttock: buttock, gluteal, ischial
genital: genital
perineum: saddle, peri
groin: suprapubic, inguinal, femoral_triangle, upper_inner
""")
# The longest prefix first: "thigh_post" before a shorter one that it begins with.
_BY_PREFIX = sorted(((prefix, region) for region, prefixes in _PREFIXES.items() for prefix in prefixes), key=lambda pair: -len(pair[0]))
_LIMB = frozenset({"leg", "limb", "lower", "foot", "thigh"})
_ROOT_REGIONS = 3
_LEAST_SHARE = 0.1
_UNSPECIFIED = "not further said"
"""Ends the names of regions that are told no closer; they hold a comma."""


class Pains:
    """Resolves pain wordings. Words left over are no error: they are handed back."""

    def __init__(self, facts: Facts, sites: Sites) -> None:
        self.index = Index("pain region", facts.pain_regions)
        self._regions = {region.id: region for region in facts.pain_regions}
        self._phrases = Phrases((name, region.id) for region in facts.pain_regions for name in (region.id, region.name, *region.names))
        self._sites = sites

    def resolve(self, text: str) -> Resolved:
        """The regions of a wording as one patch; `ids` is empty where none is understood."""
        bare, side = split_side(text)
        found, unknown = parse(bare, self._find)
        regions = [region for several in found for region in several]
        left: list[str] = []
        for piece in unknown:
            scanned = [hit.item for part in segments(piece) for hit in self._phrases.scan(part.words)]
            regions += scanned
            if not scanned and without(piece, _NOISE):
                left.append(piece)
        roots, _ = split_roots(bare)
        label = "+".join(roots) or None
        return Resolved("pain region", text, evenly(regions) if regions else (), side, label_root=label, leftover=tuple(left))

    def _find(self, text: str) -> tuple[str, ...] | None:
        if not without(text, _NOISE) and not split_roots(text)[0]:
            return self._own(text)
        cleaned = cleaned_of(text, _NOISE)
        listed = "," in text and _UNSPECIFIED not in text  # "back, leg" is not the back of the leg
        identifier = (None if listed else self.index.find(text)) or (self.index.find(cleaned) if cleaned else None)
        if identifier:
            return (identifier,)
        roots, rest = split_roots(text)
        if roots and not without(rest, _NOISE | _LIMB):
            return self._of_roots(roots) or None
        patch = self._sites.find(text) or (self._sites.find(cleaned) if cleaned else None)
        found = self._of_sites(patch.sites) if patch else ()
        return found or self._scanned(text)

    def _own(self, text: str) -> tuple[str, ...]:
        """The region of a wording made of describing words alone: none, unless that is a region's name."""
        identifier = self.index.find(text)
        return (identifier,) if identifier else ()

    def _scanned(self, text: str) -> tuple[str, ...] | None:
        """Regions within a longer wording, where every word that carries meaning belongs to one."""
        if not cleaned_of(text, frozenset()):
            return None
        hits = [hit for part in segments(text) for hit in self._phrases.scan(part.words)]
        free = [word.text for word in tokens(text) if not any(hit.start <= word.start < hit.end for hit in hits)]
        return tuple(hit.item for hit in hits) if hits and all(word in _NOISE for word in free) else None

    def _of_sites(self, sites: Iterable[tuple[str, float]]) -> tuple[str, ...]:
        """The regions of some skin, without those that have only a small share of it."""
        shares: dict[str, float] = {}
        for site, share in sites:
            region = next((region for prefix, region in _BY_PREFIX if site.startswith(prefix)), "")
            if region in self._regions:
                shares[region] = shares.get(region, 0.0) + share
        return tuple(region for region, share in shares.items() if share >= _LEAST_SHARE * sum(shares.values()))

    def _of_roots(self, roots: Iterable[str]) -> tuple[str, ...]:
        """The regions that pain of these roots favours most over leg complaints in general."""
        found: list[str] = []
        for root in roots:
            if f"zone_{root}" in self._regions:
                found.append(f"zone_{root}")
                continue
            ratios = {region.id: region.by.get(f"root.{root}", 0.0) / region.base for region in self._regions.values()}
            leading = sorted((region for region, ratio in ratios.items() if ratio > 1), key=lambda region: -ratios[region])
            found += leading[:_ROOT_REGIONS]
        return tuple(dict.fromkeys(found))
