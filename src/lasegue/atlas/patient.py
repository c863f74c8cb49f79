"""Between painted skin and the words of a case file: an area becomes the findings that a clinician would write, and back."""

from collections.abc import Mapping
from typing import NamedTuple

from lasegue.atlas.pain import sites_of
from lasegue.atlas.raster import SIDES, Area, Key, Values, area_to_sites, merge, site_area
from lasegue.case import Case
from lasegue.knowledge import Knowledge

LEAST = 0.4  # a site counts as painted from this share on
GOOD = 0.55  # a wording fits when this much of painted and worded skin is common to both


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


def wordings(knowledge: Knowledge, painted: Mapping[str, float]) -> list[Wording]:
    """The fewest patches that say what is painted on one limb: the best fit first, then what it leaves over."""
    weight = {s: area**0.5 for s, area in sizes().items()}
    choices = _choices(knowledge)
    rest = {s: share for s, share in painted.items() if share >= LEAST}
    result: list[Wording] = []
    while rest and len(result) < 8:
        scored = [(round(_fit(rest, sites, weight), 6), words, sites) for words, sites in choices]
        fit, words, sites = max(scored, key=lambda row: (row[0], -len(row[2]), row[1]))
        if result and fit < GOOD:
            return result + [Wording(n, tuple(s), 1.0) for n, s in choices if len(s) == 1 and set(s) <= set(rest)]
        result.append(Wording(words, tuple(sorted(sites)), fit))
        rest = {s: share for s, share in rest.items() if s not in sites}
    return result


def findings(knowledge: Knowledge, covered: Values, finding: str = "reduced") -> list[dict[str, str]]:
    """Painted coverage as entries for `sensory` of a case file, each patch one observation; both sides alike are said once."""
    by_side = {side: {s: v for (where, s), v in covered.items() if where == side} for side in SIDES}
    said = {side: [w.words for w in wordings(knowledge, painted)] for side, painted in by_side.items()}
    both = [w for w in said["left"] if w in said["right"]]
    entries = [(w, "bilateral") for w in both]
    entries += [(w, side) for side in SIDES for w in said[side] if w not in both]
    return [{"site": words, "side": side, "finding": finding} for words, side in entries]


def area_to_findings(knowledge: Knowledge, painted: Mapping[str, Area], finding: str = "reduced") -> list[dict[str, str]]:
    """Areas painted in any number of views, {view: mask or polygon}, as entries for `sensory`."""
    return findings(knowledge, merge(area_to_sites(view, area) for view, area in painted.items()), finding)


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
