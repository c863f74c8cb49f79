"""A patient's own findings as marks on the skin: numbness, tingling and pain, each kind apart."""

from collections.abc import Iterable

from lasegue.atlas import Marks, territories
from lasegue.case import Case
from lasegue.knowledge import Knowledge, load
from lasegue.names.index import Index

Sites = dict[tuple[str, str], float]
NUMB = ("reduced", "absent")


def marks(case: Case) -> tuple[Marks, ...]:
    """One layer for each kind of finding that the case has; skin that hurts to touch is pain. What names no side is drawn on the left."""
    numb: Sites = {}
    tingling: Sites = {}
    pain: Sites = {}
    kinds = {"paraesthesia": tingling, "hyperalgesia": pain} | dict.fromkeys(NUMB, numb)
    for one in case.sense:
        if one.value in kinds:
            _lay(kinds[one.value], one.side, (site for site, _ in one.sites))
    for felt in case.pain:
        if felt.present:
            for region, _ in felt.regions:
                _lay(pain, felt.side, skin_of(load(), region))
    return territories.findings(numb, tingling, pain)


def _lay(values: Sites, side: str | None, sites: Iterable[str]) -> None:
    for site in sites:
        values[side or "left", site] = 1.0


def skin_of(known: Knowledge, region: str) -> tuple[str, ...]:
    """The skin over a region of pain: the group or site that goes by one of its names; none for pain off the plates."""
    record = known.pain_region[region]
    groups, sites = Index("group", known.skin_groups), Index("site", known.skin_sites)
    for name in (record.id.replace("_", " "), record.name, *record.names):
        group, site = groups.find(name), sites.find(name)
        if group:
            return tuple(known.skin_group[group].sites)
        if site:
            return (site,)
    return ()
