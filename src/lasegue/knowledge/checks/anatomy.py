"""Rules about the wiring that the records describe."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from lasegue.knowledge.loader import Knowledge
from lasegue.knowledge.records import Nerve, Shares

ROUNDING: Final = 0.002
MUSCLE_CM: Final = (5.0, 125.0)
REGION_CM: Final = {
    "groin": (25, 50),
    "buttock": (15, 45),
    "perineum": (25, 50),
    "thigh": (30, 65),
    "knee": (55, 80),
    "leg": (65, 100),
    "ankle": (85, 110),
    "heel": (95, 115),
    "foot_dorsum": (98, 130),
    "foot_medial": (95, 120),
    "foot_lateral": (95, 120),
    "sole": (98, 130),
}
"""How far from the cord, along the nerve, skin of a region can lie in an adult."""


def _shares(knowledge: Knowledge) -> Iterator[tuple[str, Shares]]:
    for muscle in knowledge.muscles:
        yield f"muscles: {muscle.id}: roots", muscle.roots
    for movement in knowledge.movements:
        yield f"movements: {movement.id}: muscles", movement.muscles
    for reflex in knowledge.reflexes:
        yield f"reflexes: {reflex.id}: effectors", reflex.effectors
        if reflex.afferent_skin:
            yield f"reflexes: {reflex.id}: afferent_skin", reflex.afferent_skin
    for site in knowledge.skin_sites:
        yield f"skin_sites: {site.id}: branches", site.branches
        yield from ((f"skin_sites: {site.id}: {name}", shares) for name, shares in site.maps.items())
    for group in knowledge.skin_groups:
        if group.sites:
            yield f"skin_groups: {group.id}: sites", group.sites
    for test in knowledge.tests:
        if test.reads:
            yield f"tests: {test.id}: reads", test.reads


def weights_sum_to_one(knowledge: Knowledge) -> Iterator[str]:
    """Shares of one target are positive and sum to 1."""
    for place, shares in _shares(knowledge):
        if abs(sum(shares.values()) - 1) > ROUNDING:
            yield f"{place} sum to {sum(shares.values()):.3f}"
        yield from (f"{place}: the share of {name} is {share}" for name, share in shares.items() if share <= 0)


def every_muscle_in_one_course(knowledge: Knowledge) -> Iterator[str]:
    """Each muscle, cutaneous branch and daughter nerve is met in one course, once, and that of the nerve that it names."""
    for kind, named in (
        ("muscle", {muscle.id: muscle.nerve for muscle in knowledge.muscles}),
        ("skin", {branch.id: branch.nerve for branch in knowledge.skin_branches}),
        ("nerve", {nerve.id: nerve.parent for nerve in knowledge.nerves if nerve.parent}),
    ):
        met = Counter((getattr(step, kind), nerve.id) for nerve in knowledge.nerves for step in nerve.course if getattr(step, kind))
        for id_, owner in named.items():
            where = [nerve for (target, nerve), times in met.items() for _ in range(times) if target == id_]
            if where != [owner]:
                yield f"nerves: {id_}: belongs to {owner}, is met in {', '.join(where) or 'no course'}"


def every_target_reachable(knowledge: Knowledge) -> Iterator[str]:
    """Going up from any nerve leads to the plexus, without going round in a circle."""
    for nerve in knowledge.nerves:
        passed: list[str] = []
        above: Nerve | None = nerve
        while above and above.id not in passed:
            passed.append(above.id)
            if above.parent and above.plexus != knowledge.nerve.get(above.parent, above).plexus:
                yield f"nerves: {above.id}: leaves another plexus than its parent {above.parent}"
            above = knowledge.nerve.get(above.parent) if above.parent else None
        if above:
            yield f"nerves: {nerve.id}: its parents go round in a circle: {' < '.join(passed)}"
        if not nerve.course:
            yield f"nerves: {nerve.id}: has no course"


def sites_stand_in_the_course(knowledge: Knowledge) -> Iterator[str]:
    """A place where a nerve is hurt is described once and met once, and each step of a course is one thing."""
    for nerve in knowledge.nerves:
        described, met = [site.id for site in nerve.sites], [step.site for step in nerve.course if step.site]
        if sorted(described) != sorted(met) or len(set(met)) < len(met):
            yield f"nerves: {nerve.id}: describes {described}, meets {met}"
        for step in nerve.course:
            if sum(thing is not None for thing in (step.site, step.muscle, step.skin, step.nerve)) != 1:
                yield f"nerves: {nerve.id}: a step of the course must be one thing"


def lengths_plausible(knowledge: Knowledge) -> Iterator[str]:
    """Lengths along the nerve fit an adult body."""
    for muscle in knowledge.muscles:
        if not MUSCLE_CM[0] <= muscle.length_cm <= MUSCLE_CM[1]:
            yield f"muscles: {muscle.id}: {muscle.length_cm} cm from the cord"
    for site in knowledge.skin_sites:
        if site.region not in REGION_CM:
            yield f"skin_sites: {site.id}: unknown region {site.region}"
        elif not REGION_CM[site.region][0] <= site.length_cm <= REGION_CM[site.region][1]:
            yield f"skin_sites: {site.id}: {site.length_cm} cm from the cord is not in the {site.region}"
