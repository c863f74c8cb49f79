"""Rules about skin: maps against branches, groups against both."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from lasegue.knowledge.loader import Knowledge
from lasegue.knowledge.records import Shares

FIT: Final = 0.02
"""How much of the consensus may lack a branch that carries it: rounding."""
STRAY: Final = 0.25
"""How much of a historic map may be given to roots that run in no local branch."""
KNOWN_STRAYS: Final = {
    ("thigh_lat_upper", "keegan_garrett"),
    ("thigh_lat_mid", "keegan_garrett"),
    ("thigh_lat_lower", "keegan_garrett"),
    ("thigh_posterolat_mid", "keegan_garrett"),
    ("buttock_sacral_medial", "keegan_garrett"),
}
"""Places where that map draws bands over skin whose nerves do not hold the roots. The map stands as it is; this list must not grow."""
CORE: Final = 0.3
"""The share that a site needs to belong to a dermatome or a territory."""


def unserved(branches: Shares, roots: Shares, carried: dict[str, tuple[str, ...]]) -> float:
    """The largest share that some of the roots ask for and that the branches which may carry them do not have."""
    worst = 0.0
    for n in range(1, len(roots) + 1):
        for some in combinations(roots, n):
            room = sum(share for branch, share in branches.items() if set(some) & set(carried.get(branch, ())))
            worst = max(worst, sum(roots[root] for root in some) - room)
    return worst


def map_roots_run_in_branches(knowledge: Knowledge) -> Iterator[str]:
    """The consensus can be carried by the local branches; a historic map strays from them at the known places only."""
    carried = {branch.id: branch.roots for branch in knowledge.skin_branches}
    for site in knowledge.skin_sites:
        if "consensus" not in site.maps:
            yield f"skin_sites: {site.id}: has no consensus"
            continue
        lacking = unserved(site.branches, site.maps["consensus"], carried)
        if lacking > FIT:
            yield f"skin_sites: {site.id}: the branches cannot carry {lacking:.2f} of the consensus"
        present = {root for branch in site.branches for root in carried.get(branch, ())}
        for name, shares in site.maps.items():
            stray = sum(share for root, share in shares.items() if root not in present)
            if stray > STRAY and (site.id, name) not in KNOWN_STRAYS:
                yield f"skin_sites: {site.id}: {name} gives {stray:.2f} to roots that run in no local branch"


def dermatomes_follow_the_consensus(knowledge: Knowledge) -> Iterator[str]:
    """A dermatome holds exactly the sites of which its root has the core share."""
    for group in knowledge.skin_groups:
        if group.kind == "dermatome":
            if group.root is None:
                yield f"skin_groups: {group.id}: names no root"
                continue
            held = {site.id for site in knowledge.skin_sites if site.maps.get("consensus", {}).get(group.root, 0) >= CORE}
            if held != set(group.sites):
                yield f"skin_groups: {group.id}: differs from the consensus at {', '.join(sorted(held ^ set(group.sites)))}"


def territories_follow_the_branches(knowledge: Knowledge) -> Iterator[str]:
    """A territory names its nerve and holds only skin that a branch of that nerve, or of one that leaves it, supplies."""
    above = {nerve.id: nerve.parent for nerve in knowledge.nerves}
    nerves = {branch.id: branch.nerve for branch in knowledge.skin_branches}
    sites = {site.id: site.branches for site in knowledge.skin_sites}

    def within(branch: str, whole: str | None) -> bool:
        nerve: str | None = nerves.get(branch)
        for _ in above:
            if nerve is None or nerve == whole:
                break
            nerve = above.get(nerve)
        return nerve is not None and nerve == whole

    for group in knowledge.skin_groups:
        if group.kind == "territory":
            for site in group.sites:
                if not any(within(branch, group.nerve) for branch in sites.get(site, {})):
                    yield f"skin_groups: {group.id}: no branch of {group.nerve} reaches {site}"
