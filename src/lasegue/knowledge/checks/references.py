"""Rules about what a record points at."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from lasegue.knowledge.kinds import KINDS
from lasegue.knowledge.loader import Knowledge
from lasegue.knowledge.records import Fact, Rated

FIGURE_ID: Final = re.compile(r"[A-Z]\d{3}")
REPORT_KEYS: Final = {"base", "match", "mismatch"}
"""Keys of an investigation's rates that are not lesions."""
WHOLES: Final = {"muscles", "muscles.upper_motor", "muscles.proximal", "muscles.distal", "skin"}
"""What a pattern's `losses` may name besides single targets."""


def sources_exist(knowledge: Knowledge) -> Iterator[str]:
    """Every fact names sources, and each of them is known."""
    for kind, type_ in KINDS.items():
        if issubclass(type_, Fact):
            for record in getattr(knowledge, kind):
                if not record.sources:
                    yield f"{kind}: {record.id}: names no source"
                yield from (f"{kind}: {record.id}: unknown source {id_}" for id_ in record.sources if id_ not in knowledge.source)
    for figure in knowledge.evidence:
        if figure.source not in knowledge.source:
            yield f"evidence: {figure.id}: unknown source {figure.source}"


def figures_exist(knowledge: Knowledge) -> Iterator[str]:
    """A figure that is cited by id stands in the evidence; any other is a sentence that carries its own number."""
    for kind in KINDS:
        for record in getattr(knowledge, kind):
            for figure in getattr(record, "figures", ()):
                known = figure in knowledge.figure if FIGURE_ID.fullmatch(figure) else re.search(r"\d", figure) and " " in figure
                if not known:
                    yield f"{kind}: {record.id}: {figure!r} is neither the id of a figure nor one in words"


def lesion_keys(knowledge: Knowledge) -> set[str]:
    """Every lesion id, and every beginning of one that ends at a dot."""
    parts = [lesion.id.split(".") for lesion in knowledge.lesions]
    return {".".join(words[:n]) for words in parts for n in range(1, len(words) + 1)}


def _strangers(place: str, words: Iterable[str], known: Collection[str], what: str) -> Iterator[str]:
    return (f"{place}: {word} is no {what}" for word in words if word not in known)


def _motor(knowledge: Knowledge) -> Iterator[str]:
    for muscle in knowledge.muscles:
        yield from _strangers(f"muscles: {muscle.id}", [muscle.nerve], knowledge.nerve, "nerve")
        yield from _strangers(f"muscles: {muscle.id}", muscle.roots, knowledge.root, "root")
    for movement in knowledge.movements:
        yield from _strangers(f"movements: {movement.id}", movement.muscles, knowledge.muscle, "muscle")
    for group in knowledge.movement_groups:
        yield from _strangers(f"movement_groups: {group.id}", group.movements, knowledge.movement, "movement")
    for reflex in knowledge.reflexes:
        yield from _strangers(f"reflexes: {reflex.id}", reflex.effectors, knowledge.muscle, "muscle")
        yield from _strangers(f"reflexes: {reflex.id}", reflex.afferent_skin, knowledge.skin_branch, "skin branch")
    for test in knowledge.tests:
        yield from _strangers(f"tests: {test.id}", test.reads, {**knowledge.movement, **knowledge.muscle}, "movement or muscle")


def _skin(knowledge: Knowledge) -> Iterator[str]:
    for branch in knowledge.skin_branches:
        yield from _strangers(f"skin_branches: {branch.id}", [branch.nerve], knowledge.nerve, "nerve")
        yield from _strangers(f"skin_branches: {branch.id}", branch.roots, knowledge.root, "root")
    for site in knowledge.skin_sites:
        yield from _strangers(f"skin_sites: {site.id}", site.branches, knowledge.skin_branch, "skin branch")
        for map_, shares in site.maps.items():
            yield from _strangers(f"skin_sites: {site.id}: {map_}", shares, knowledge.root, "root")
    for group in knowledge.skin_groups:
        place = f"skin_groups: {group.id}"
        yield from _strangers(place, group.sites, knowledge.skin_site, "skin site")
        yield from _strangers(place, [group.root] if group.root else [], knowledge.root, "root")
        yield from _strangers(place, [group.nerve] if group.nerve else [], knowledge.nerve, "nerve")


def _asked(knowledge: Knowledge) -> Iterator[str]:
    for flag in knowledge.red_flags:
        yield from _strangers(f"red_flags: {flag.id}", flag.ask, knowledge.question, "question")
    for cause in knowledge.causes:
        yield from _strangers(f"causes: {cause.id}", cause.history, knowledge.history_item, "history item")
    for presentation in knowledge.must_ask:
        yield from _strangers(f"must_ask: {presentation.id}", presentation.ask, knowledge.question, "question")


def _lesions(knowledge: Knowledge) -> Iterator[str]:
    for lesion in knowledge.lesions:
        place = f"lesions: {lesion.id}"
        patterns = [name for variant in (*lesion.one_sided, *lesion.both) for name in (variant.near, variant.far)]
        yield from _strangers(place, patterns, knowledge.pattern, "pattern")
        yield from _strangers(place, lesion.roots, knowledge.root, "root")
        yield from _strangers(place, lesion.confusions, lesion_keys(knowledge), "lesion")


def _ledger(knowledge: Knowledge) -> Iterator[str]:
    for claim in knowledge.claims:
        yield from _strangers(f"claims: {claim.id}", claim.roots, knowledge.root, "root")
        yield from _strangers(f"claims: {claim.id}", claim.answer_sources, knowledge.source, "source")
    for conflict in knowledge.conflicts:
        for position in conflict.positions:
            yield from _strangers(f"conflicts: {conflict.id}", position.claims, knowledge.claim, "claim")
            yield from _strangers(f"conflicts: {conflict.id}", [position.holder], {*knowledge.source, "studies"}, "source")


def ids_resolve(knowledge: Knowledge) -> Iterator[str]:
    """Every id that a record names stands in the kind that it should stand in."""
    for nerve in knowledge.nerves:
        place = f"nerves: {nerve.id}"
        yield from _strangers(place, [nerve.parent] if nerve.parent else [], knowledge.nerve, "nerve")
        yield from _strangers(place, [s.muscle for s in nerve.course if s.muscle], knowledge.muscle, "muscle")
        yield from _strangers(place, [s.skin for s in nerve.course if s.skin], knowledge.skin_branch, "skin branch")
        yield from _strangers(place, [s.nerve for s in nerve.course if s.nerve], knowledge.nerve, "nerve")
    yield from _motor(knowledge)
    yield from _skin(knowledge)
    yield from _lesions(knowledge)
    yield from _asked(knowledge)
    yield from _ledger(knowledge)


def rate_keys_are_lesions(knowledge: Knowledge) -> Iterator[str]:
    """A rate is given for a lesion or for a family of lesions."""
    known = lesion_keys(knowledge)
    for kind, type_ in KINDS.items():
        if issubclass(type_, Rated) or kind == "tests":
            for record in getattr(knowledge, kind):
                yield from _strangers(f"{kind}: {record.id}", record.by, known, "lesion")
    for study in knowledge.investigations:
        for result, rates in study.results.items():
            yield from _strangers(f"investigations: {study.id}: {result}", rates, known | REPORT_KEYS, "lesion")
    for composite in knowledge.composites:
        yield from _strangers(f"composites: {composite.id}", composite.parts, known, "lesion")


def segments(knowledge: Knowledge) -> set[str]:
    """The names of all places where the wiring can be cut."""
    spinal = {f"{part}.{root}" for part in ("root", "ganglion", "dorsal", "ventral") for root in knowledge.root}
    plexus = {"plexus.lumbar", "plexus.lumbosacral_trunk", "plexus.sacral"}
    return spinal | plexus | {f"{nerve.id}.{step.site}" for nerve in knowledge.nerves for step in nerve.course if step.site}


def cuts_are_segments(knowledge: Knowledge) -> Iterator[str]:
    """What a pattern cuts, loses or exaggerates exists."""
    cut = segments(knowledge)
    lost = WHOLES | {f"movement.{id_}" for id_ in knowledge.movement} | {f"skin.{id_}" for id_ in knowledge.skin_group}
    lost |= {*knowledge.muscle, *knowledge.skin_site}
    for pattern in knowledge.patterns:
        place = f"patterns: {pattern.id}"
        yield from _strangers(place, pattern.acts.cuts, cut, "segment of the wiring")
        yield from _strangers(place, pattern.acts.losses, lost, "target")
        yield from _strangers(place, {**pattern.acts.reflex_losses, **pattern.acts.brisk}, knowledge.reflex, "reflex")
