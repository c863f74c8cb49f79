"""Between painted skin and the words of a case file: an area becomes the findings that a clinician would write, and back."""

from collections.abc import Mapping
from typing import NamedTuple

from lasegue.atlas.pain import sites_of
from lasegue.atlas.raster import SIDES, Area, Key, Values, area_to_sites, merge, site_area
from lasegue.case import Case
from lasegue.knowledge import Knowledge

LEAST = 0.4  # a site counts as painted from this share on
SCRAP = 0.25  # what is left over is worth a patch of its own from this part of the paint on


class Wording(NamedTuple):
    """One patch in words: the name that a case file understands, its sites, and how well it fits the paint (0 to 1)."""

    words: str
    sites: tuple[str, ...]
    fit: float


def sizes() -> dict[str, float]:
    """Square centimetres of each site where it shows best."""
    best = merge(site_area(view) for view in ("anterior", "posterior", "lateral", "medial", "dorsum", "sole", "saddle"))
    return {site: area for (side, site), area in best.items() if side == "left"}


def _choices(knowledge: Knowledge) -> list[tuple[str, frozenset[str]]]:
    """Every wording of a patch: single sites, then places, stockings and saddle; not territories, for skin names no nerve by itself."""
    singles = [(s.name, frozenset((s.id,))) for s in knowledge.skin_sites]
    kinds = ("region", "stocking", "saddle")
    groups = [(g.name, frozenset(g.sites)) for g in knowledge.skin_groups if g.kind in kinds and g.sites]
    return singles + groups


def _fit(painted: Mapping[str, float], sites: frozenset[str], weight: Mapping[str, float]) -> float:
    """Common skin over all skin of paint and wording together; small sites count as their square root, so that toes still matter."""
    both = sum(weight[s] * painted.get(s, 0.0) for s in sites)
    either = sum(weight[s] for s in sites) + sum(weight[s] * share for s, share in painted.items() if s not in sites)
    return both / either if either else 0.0


def wordings(knowledge: Knowledge, covered: Mapping[str, float]) -> list[Wording]:
    """The fewest patches that say what is painted on one limb: the best fit first, then what it leaves over, small scraps dropped."""
    area = sizes()
    weight = {s: a**0.5 for s, a in area.items()}
    amount = {s: share * area[s] for s, share in covered.items()}
    whole = sum(amount.values())
    # A small brush covers no site by much: then the site that holds most of the paint is meant.
    meant = {s for s, share in covered.items() if share >= LEAST or amount[s] >= whole / 2}
    rest = {s: 1.0 if s in meant else share for s, share in covered.items() if s in meant or share >= LEAST / 2}
    total = sum(weight[s] for s in meant)
    choices = _choices(knowledge)
    result: list[Wording] = []
    while meant and len(result) < 8 and (not result or sum(weight[s] for s in meant) >= SCRAP * total):
        scored = [(round(_fit(rest, sites, weight), 6), words, sites) for words, sites in choices]
        fit, words, sites = max(scored, key=lambda row: (row[0], -len(row[2]), row[1]))
        if not sites & meant:
            break
        result.append(Wording(words, tuple(sorted(sites)), fit))
        rest = {s: share for s, share in rest.items() if s not in sites}
        meant -= sites
    return result


# What an examiner touches on the way down a limb; whatever of it bears no paint is written as normal.
ELSEWHERE = (
    "anterior_thigh", "lateral_thigh", "medial_thigh", "posterior_thigh", "knee_patella", "medial_leg", "lateral_leg", "calf",
    "great_toe", "second_toe", "little_toe", "dorsum", "sole", "heel", "lateral_foot",
)  # fmt: skip


def _normal(knowledge: Knowledge, covered: Mapping[str, float]) -> list[str]:
    """The wordings of ELSEWHERE without paint."""
    choices = {g.id: (g.name, frozenset(g.sites)) for g in knowledge.skin_groups}
    choices.update({s.id: (s.name, frozenset((s.id,))) for s in knowledge.skin_sites})
    found = []
    for name in ELSEWHERE:
        words, sites = choices[name]
        if sum(covered.get(s, 0.0) for s in sites) / len(sites) < LEAST / 4:
            found.append(words)
    return found


def findings(
    knowledge: Knowledge, covered: Values, finding: str = "reduced", *, only: bool = False, tested: bool = False
) -> list[dict[str, str]]:
    """Painted coverage as entries for `sensory` of a case file, each patch one observation; both sides alike are said once.

    `only` says that the paint is all there is: the usual places without any are written as normal. `tested` marks what an
    examiner found, not what the patient told.
    """
    by_side = {side: {s: v for (where, s), v in covered.items() if where == side} for side in SIDES}
    said = {side: [(w.words, finding) for w in wordings(knowledge, painted)] for side, painted in by_side.items()}
    if only:
        for side, painted in by_side.items():
            said[side] += [(words, "normal") for words in _normal(knowledge, painted)]
    both = [entry for entry in said["left"] if entry in said["right"]]
    entries = [(entry, "bilateral") for entry in both] + [(e, side) for side in SIDES for e in said[side] if e not in both]
    entries.sort(key=lambda row: row[0][1] == "normal")
    source = {"source": "tested"} if tested else {}
    return [{"site": words, "side": side, "finding": how, **source} for (words, how), side in entries]


def area_to_findings(
    knowledge: Knowledge, painted: Mapping[str, Area], finding: str = "reduced", *, only: bool = False, tested: bool = False
) -> list[dict[str, str]]:
    """Areas painted in any number of views, {view: mask or polygon}, as entries for `sensory`."""
    covered = merge(area_to_sites(view, area) for view, area in painted.items())
    return findings(knowledge, covered, finding, only=only, tested=tested)


class Felt(NamedTuple):
    """What a case says of the skin, each kind for itself."""

    numbness: dict[Key, float]
    tingling: dict[Key, float]
    pain: dict[Key, float]


def felt(knowledge: Knowledge, case: Case) -> Felt:
    """A case's abnormal sensation and pain by site: a patch is laid on all of its sites. A finding without a side is laid on both."""
    result = Felt({}, {}, {})
    kinds = {"reduced": result.numbness, "absent": result.numbness, "paraesthesia": result.tingling, "hyperalgesia": result.pain}
    for sense in case.sense:
        if sense.value in kinds and not sense.past:
            _lay(kinds[sense.value], dict(sense.sites), sense.side)
    for pain in case.pain:
        if pain.present and not pain.past:
            for region, _ in pain.regions:
                _lay(result.pain, dict.fromkeys(sites_of(knowledge, region), 1.0), pain.side)
    return result


def _lay(values: dict[Key, float], sites: Mapping[str, float], side: str | None) -> None:
    most = max(sites.values(), default=0.0)
    for where in (side,) if side in SIDES else SIDES:
        for site, share in sites.items():
            # Of a weighted patch ("L5 dermatome") what carries a third of the most is drawn.
            if share >= most / 3:
                values[where, site] = 1.0
