"""Layers that the knowledge alone gives: dermatomes by map, disagreement, one root, cutaneous nerves, key points, axial lines."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from lasegue.atlas.layers import Bars, Density, Lines, Marks, Point, Points, Zone, Zones
from lasegue.atlas.raster import SIDES, Key
from lasegue.atlas.theme import COLOURS, OCHRE, YELLOW
from lasegue.knowledge import Knowledge
from lasegue.knowledge.records import SkinSite

MAPS = {"consensus": "consensus", "foerster": "Foerster", "keegan_garrett": "Keegan and Garrett", "lee2008": "Lee 2008"}
RECONSTRUCTED = "Reconstructed from descriptions: shares good to about 0.15, borders soft."
ROOTS = ("T12", "L1", "L2", "L3", "L4", "L5", "S1", "S2", "S3", "S4", "S5")

# The embryological seams (Bolk; Sherrington; Keegan and Garrett), through the places that texts name for them.
_VENTRAL = (
    "genital_anterior",
    "upper_inner_thigh",
    "thigh_med_upper",
    "thigh_posteromed_mid",
    "popliteal_medial",
    "calf_posteromed",
    "medial_malleolus",
)
_DORSAL = (
    "buttock_sacral_medial",
    "buttock_central",
    "thigh_posterolat_mid",
    "knee_lateral",
    "leg_lat_upper",
    "leg_lat_mid",
    "leg_lat_lower",
)


def on_both_sides(values: dict[str, float], sides: Iterable[str] = SIDES) -> dict[Key, float]:
    """Values by site, laid on the given sides."""
    return {(side, site): value for side in sides for site, value in values.items() if value > 0}


def shares(site: SkinSite, map_id: str) -> dict[str, float]:
    """A site's roots as a map has them; where the map is silent the consensus stands in."""
    if map_id not in MAPS:
        raise ValueError(f"no map {map_id!r}; there are {', '.join(MAPS)}")
    return dict(site.maps.get(map_id) or site.maps["consensus"])


def root_share(knowledge: Knowledge, root: str, map_id: str = "consensus") -> dict[str, float]:
    """The root's share of every site."""
    return {s.id: shares(s, map_id).get(root, 0.0) for s in knowledge.skin_sites}


def nerve_share(knowledge: Knowledge, nerve: str) -> dict[str, float]:
    """The share of every site that runs in the nerve's own cutaneous branches or in those of its branches."""
    family = {nerve}
    while more := {n.id for n in knowledge.nerves if n.parent in family} - family:
        family |= more
    return {s.id: sum(w for b, w in s.branches.items() if knowledge.skin_branch[b].nerve in family) for s in knowledge.skin_sites}


def dermatomes(knowledge: Knowledge, map_id: str = "consensus") -> Zones:
    """Every root where it is the strongest, under one map."""
    zones = tuple(Zone(root, on_both_sides(root_share(knowledge, root, map_id)), root) for root in ROOTS)
    label = "Dermatomes, consensus" if map_id == "consensus" else f"Dermatomes after {MAPS[map_id]}"
    return Zones(label, zones, note=RECONSTRUCTED)


def root(knowledge: Knowledge, name: str, map_id: str = "consensus") -> Density:
    """One root's share of the skin, with overlap and soft edges."""
    if name not in ROOTS:
        raise ValueError(f"no root {name!r}; there are {', '.join(ROOTS)}")
    colour = COLOURS[ROOTS.index(name) % len(COLOURS)]
    if colour == YELLOW:
        colour = OCHRE  # alone on skin the yellow of the maps would hardly show
    return Density(
        f"{name}: share of the skin ({MAPS[map_id]})", on_both_sides(root_share(knowledge, name, map_id)), colour, note=RECONSTRUCTED
    )


def disagreement(knowledge: Knowledge) -> Density:
    """Where the maps disagree: the largest share of a site's fibres that two maps give to different roots."""
    values: dict[str, float] = {}
    for site in knowledge.skin_sites:
        maps = [m for k, m in site.maps.items() if k != "consensus"]
        apart = [sum(abs(a.get(r, 0.0) - b.get(r, 0.0)) for r in {*a, *b}) / 2 for a, b in combinations(maps, 2)]
        values[site.id] = max(apart, default=0.0)
    note = f"The largest share of fibres that two of the maps give to different roots. {RECONSTRUCTED}"
    return Density("Where the maps disagree", on_both_sides(values), "#882255", levels=(0.15, 0.3, 0.45, 0.6, 0.75), note=note)


def nerve(knowledge: Knowledge, name: str) -> Density:
    """One nerve's share of the skin."""
    record = knowledge.nerve[name]
    return Density(f"{record.name}: share of the skin", on_both_sides(nerve_share(knowledge, name)), "#009e73")


def branches(knowledge: Knowledge, *, numbered: bool = True) -> Zones:
    """Every cutaneous branch where it is the strongest, as a numbered key."""
    zones = [
        Zone(b.name, on_both_sides({s.id: s.branches.get(b.id, 0.0) for s in knowledge.skin_sites}), b.name)
        for b in knowledge.skin_branches
    ]
    note = "Territories overlap; each is shown where it is the strongest."
    return Zones("Cutaneous nerves", tuple(z for z in zones if z.values), numbered=numbered, note=note)


def root_key(knowledge: Knowledge, map_id: str = "consensus") -> Zones:
    """The same picture as `branches`, keyed by roots."""
    named = dermatomes(knowledge, map_id)
    zones = tuple(replace(z, colour=COLOURS[k]) for k, z in enumerate(named.zones))
    return Zones(named.label, zones, numbered=True, note=named.note)


def key_points(knowledge: Knowledge) -> Points:
    """The key sensory points of the international standards (ISNCSCI)."""
    points = tuple(Point(s.id, s.key_point) for s in knowledge.skin_sites if s.key_point)
    return Points("ISNCSCI key sensory points", points)


def axial_lines() -> Lines:
    """Ventral and dorsal axial line: seams where roots meet that are not neighbours."""
    note = "Across an axial line the neighbouring skin belongs to roots far apart; borders there are sharp, elsewhere they overlap."
    return Lines("Axial lines", (_VENTRAL, _DORSAL), note=note)


def spiral(knowledge: Knowledge) -> Zones:
    """One reading: bands that wind unbroken from the back around the limb to its front and inner side (Keegan and Garrett)."""
    named = dermatomes(knowledge, "keegan_garrett")
    return Zones("Reading 1: spiral bands from spine to toes", named.zones, note=f"Keegan and Garrett's reading. {RECONSTRUCTED}")


def semicircles(knowledge: Knowledge) -> Zones:
    """The other reading: serial patches about the axial lines, front ones from above down, hind ones from below up (Foerster)."""
    named = dermatomes(knowledge, "foerster")
    return Zones("Reading 2: serial patches about the axial lines", named.zones, note=f"Foerster's reading. {RECONSTRUCTED}")


def movements(knowledge: Knowledge, root_name: str, least: float = 0.15) -> Bars:
    """How much of each movement a root's fibres carry, the most first: what weakens when they are lost."""
    carried = {m.name: sum(w * knowledge.muscle[k].roots.get(root_name, 0.0) for k, w in m.muscles.items()) for m in knowledge.movements}
    rows = tuple(sorted(((n, v) for n, v in carried.items() if v >= least), key=lambda row: (-row[1], row[0]))[:12])
    return Bars(f"Movements: share carried by {root_name}", rows)


def findings(numb: dict[Key, float], tingling: dict[Key, float], pain: dict[Key, float]) -> tuple[Marks, ...]:
    """The patient's own findings, each kind with its own mark, never merged."""
    return tuple(m for m in (Marks("numbness", numb), Marks("tingling", tingling), Marks("pain", pain)) if m.values)
