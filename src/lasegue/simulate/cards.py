"""What is known of one thing, as a card: its facts, where it lies in the wiring, its rates, and who says so."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from lasegue.knowledge import Knowledge, load
from lasegue.knowledge.lesion import Lesion
from lasegue.knowledge.records import (
    Fact,
    Investigation,
    Movement,
    Muscle,
    Nerve,
    Rated,
    Record,
    Reflex,
    Root,
    SkinBranch,
    SkinGroup,
    SkinSite,
    Source,
    Test,
)
from lasegue.model import SETTINGS
from lasegue.simulate.queries import (
    branch_shares,
    cut_of_nerve,
    fibres_of_nerve,
    led_by,
    movement_losses,
    reflex_losses,
    root_shares,
    roots_of_nerve,
    site_losses,
)
from lasegue.wiring import ROOTS
from lasegue.wiring.paths import muscle_path, skin_path

MOST: Final = 12
LEAST_LETTERS: Final = 4
"""A shorter synonym is too common a word to look for in the title of a conflict; the ids of roots are not."""
HALF: Final = 0.5


@dataclass(frozen=True, slots=True)
class Card:
    """One record shown: its kind, its facts by name, its synonyms, its basis, the sources spelled out and the published figures."""

    kind: str
    id: str
    name: str
    facts: dict[str, Any]
    names: tuple[str, ...] = ()
    basis: str = ""
    confidence: str = ""
    note: str = ""
    sources: tuple[dict[str, Any], ...] = ()
    figures: tuple[dict[str, Any], ...] = ()
    conflicts: tuple[dict[str, Any], ...] = ()


def card(kind: str, record: Record) -> Card:
    """The card of a record."""
    known = load()
    facts = {name: value for name, value in _MAKERS[kind](record, known).items() if value not in (None, "", [], {}, ())}
    if not isinstance(record, Fact):
        return Card(kind, record.id, record.id, facts)
    figures = tuple(_figure(known, name) for name in getattr(record, "figures", ()))
    return Card(
        kind,
        record.id,
        str(getattr(record, "name", record.id)),
        facts,
        tuple(getattr(record, "names", ())),
        record.basis,
        record.confidence,
        record.note,
        tuple(cited(known, record.sources)),
        figures,
        tuple(conflicting(known, record)),
    )


def conflicting(known: Knowledge, record: Fact) -> Iterable[dict[str, Any]]:
    """Conflicts between texts whose title names the record."""
    words = {record.id.replace("_", " ").rpartition(".")[2], str(getattr(record, "name", "")), *getattr(record, "names", ())}
    told = [re.escape(word) for word in words if len(word) >= LEAST_LETTERS or word in ROOTS]
    named = re.compile(rf"\b(?:{'|'.join(told)})\b", re.IGNORECASE) if told else None
    for conflict in known.conflicts:
        if named and named.search(conflict.title):
            positions = [{"holder": p.holder, "says": p.says} for p in conflict.positions]
            yield {
                "id": conflict.id,
                "title": conflict.title,
                "positions": positions,
                "evidence": conflict.evidence,
                "consensus": conflict.consensus,
                "sources": list(cited(known, conflict.sources)),
            }


def cited(known: Knowledge, sources: Iterable[str]) -> Iterable[dict[str, Any]]:
    """Sources spelled out."""
    for name in sources:
        source = known.source[name]
        entry = {"id": name, "cite": source.cite, "year": source.year, "doi": source.doi, "pmid": source.pmid, "access": source.access}
        yield {key: value for key, value in entry.items() if value is not None}


def _figure(known: Knowledge, name: str) -> dict[str, Any]:
    figure = known.figure[name]
    return {
        "id": name,
        "quantity": figure.quantity,
        "value": figure.value,
        "interval": figure.interval,
        "population": figure.population,
        "reference_standard": figure.reference_standard,
        "source": known.source[figure.source].cite if figure.source in known.source else figure.source,
        "basis": "secondary" if figure.secondary else "read" if figure.read else "remembered",
    }


def rounded(shares: dict[str, float], least: float = 0.05, most: int = MOST) -> dict[str, float]:
    """The largest shares, for reading."""
    return {name: round(share, 2) for name, share in list(shares.items())[:most] if share >= least}


def _root(root: Root, _: Knowledge) -> dict[str, Any]:
    cut = {f"root.{root.id}": 1.0}
    return {
        "plexus": root.plexus,
        "disc, paracentral": root.disc_paracentral,
        "disc, foraminal": root.disc_foraminal,
        "share of each movement": rounded(movement_losses(cut)),
        "skin sites it leads": list(led_by(root.id)),
        "share of each reflex arc": rounded(reflex_losses(cut)),
        "nerves it runs in": [n.id for n in load().nerves if root.id in roots_of_nerve(n.id)],
    }


def _nerve(nerve: Nerve, known: Knowledge) -> dict[str, Any]:
    muscles, branches = fibres_of_nerve(nerve.id)
    cut = cut_of_nerve(nerve)
    steps = [(step.site and f"[{step.site}]") or step.muscle or step.skin or step.nerve or "" for step in nerve.course]
    return {
        "roots": list(roots_of_nerve(nerve.id)),
        "plexus": nerve.plexus,
        "comes from": nerve.parent,
        "course, from the spine outwards": steps,
        "sites": {site.id: " ".join(filter(None, (site.label, site.mechanism and f"({site.mechanism})"))) for site in nerve.sites},
        "muscles": list(muscles),
        "skin branches": list(branches),
        "share of each movement": rounded(movement_losses(cut)) if cut else {},
        "skin mainly its own": list(rounded(site_losses(cut), HALF, 40)) if cut else [],
        "share of each reflex arc": rounded(reflex_losses(cut)) if cut else {},
        "lesions": [one.id for one in known.lesions if one.id.startswith(f"nerve.{nerve.id}.")],
    }


def _branch(branch: SkinBranch, known: Knowledge) -> dict[str, Any]:
    own = {s.id: s.branches[branch.id] for s in known.skin_sites if s.branches.get(branch.id, 0.0) > 0}
    return {
        "nerve": branch.nerve,
        "roots": list(branch.roots),
        "sites": rounded(dict(sorted(own.items(), key=lambda item: -item[1])), 0.0, 40),
        "path": list(skin_path(known, branch.id, branch.roots[0])),
        "sensory potential": branch.snap,
    }


def _muscle(muscle: Muscle, known: Knowledge) -> dict[str, Any]:
    roots = root_shares("motor", {muscle.id: 1.0})
    moves = {m.id: m.muscles[muscle.id] / sum(m.muscles.values()) for m in known.movements if muscle.id in m.muscles}
    return {
        "nerve": muscle.nerve,
        "roots": rounded(roots, 0.01),
        "path of its leading root": list(muscle_path(known, muscle.id, next(iter(roots)))),
        "movements": rounded(dict(sorted(moves.items(), key=lambda item: -item[1])), 0.0),
        "length of nerve, cm": muscle.length_cm,
    }


def _movement(movement: Movement, _: Knowledge) -> dict[str, Any]:
    return {
        "how": movement.how,
        "roots": rounded(root_shares("motor", movement.muscles)),
        "nerves": rounded(branch_shares("motor", movement.muscles)),
        "muscles": movement.muscles,
        "fibres that may go before the hand feels it": movement.reserve,
        "in the usual screen": "yes" if movement.usual_screen else "no",
    }


def _site(site: SkinSite, known: Knowledge) -> dict[str, Any]:
    return {
        "region": f"{site.region}, {site.view}",
        "key point of": site.key_point,
        "cutaneous branches": site.branches,
        "roots by map": site.maps,
        "roots, consensus": rounded(root_shares("skin", {site.id: 1.0})),
        "groups": [g.id for g in known.skin_groups if site.id in g.sites],
        "length of nerve, cm": site.length_cm,
    }


def _group(group: SkinGroup, _: Knowledge) -> dict[str, Any]:
    return {
        "kind of wording": group.kind,
        "root": group.root,
        "nerve": group.nerve,
        "sites": group.sites,
        "roots": rounded(root_shares("skin", group.sites)) if group.sites else {},
        "cutaneous branches": rounded(branch_shares("skin", group.sites)) if group.sites else {},
    }


def _reflex(reflex: Reflex, known: Knowledge) -> dict[str, Any]:
    lost = {root.id: reflex_losses({f"root.{root.id}": 1.0}).get(reflex.id, 0.0) for root in known.roots}
    return {
        "how": reflex.how,
        "kind of reflex": reflex.kind,
        "effectors": reflex.effectors,
        "afferent skin": reflex.afferent_skin,
        "roots": rounded(root_shares("motor", reflex.effectors)),
        "arc lost with the root": rounded(dict(sorted(lost.items(), key=lambda item: -item[1]))),
        "absent in healthy people over 60": reflex.absent_when_old,
    }


def _rates(record: Rated | Test) -> dict[str, Any]:
    rates = dict(sorted(record.by.items(), key=lambda item: -item[1]))
    return {"rate in people with leg complaints": record.base, "rate under lesions": rates}


def _rated(record: Rated, _: Knowledge) -> dict[str, Any]:
    told = {name: getattr(record, name, None) for name in ("story", "part")}
    lost = {f"rate with the supply {word}": getattr(record, f"when_{word}", None) for word in ("kept", "lost")}
    return {**told, **lost, **_rates(record)}


def _test(test: Test, _: Knowledge) -> dict[str, Any]:
    measure = test.measure
    reads = {"reads": test.reads, "positive when nothing is kept": test.when_weak, "positive when all is kept": test.when_strong}
    return {
        "how": test.how,
        "kind of test": test.kind,
        "positive": measure and f"{measure.quantity} {measure.positive} {measure.bound:g} {measure.unit}",
        **(reads if test.reads else {}),
        **(_rates(test) if test.by or not test.reads else {}),
        "population": test.population,
        "minutes": test.minutes,
        "discomfort": test.discomfort,
    }


def _lesion(lesion: Lesion, known: Knowledge) -> dict[str, Any]:
    variants = {"one side": lesion.one_sided, "both sides": lesion.both}
    acts = {
        f"variants, {where}": [
            f"{v.weight:g} {known.pattern[v.near].name}" + (f" / {known.pattern[v.far].name}" if v.far != "intact" else "") for v in found
        ]
        for where, found in variants.items()
    }
    used = {name for found in variants.values() for v in found for name in (v.near, v.far) if name != "intact"}
    cuts = {name: known.pattern[name].acts.cuts for name in sorted(used) if known.pattern[name].acts.cuts}
    return {
        "class of action": lesion.action,
        "attendances per 1,000 leg complaints": {setting: lesion.prior[setting] for setting in SETTINGS if setting in lesion.prior},
        "on both sides": lesion.bilateral,
        "severity (irritated, mild, moderate, severe, complete)": list(lesion.severity.levels),
        **acts,
        "cuts": cuts,
        "by age (under 30, 30, 50, 65, 80 and over)": [f"{times:g} times" for times in lesion.age],
        "share of men": lesion.male,
        "often confused with": list(lesion.confusions),
    }


def _investigation(study: Investigation, _: Knowledge) -> dict[str, Any]:
    return {
        "how": study.how,
        "kind of study": study.kind,
        "results": study.results,
        "minutes": study.minutes,
        "discomfort": study.discomfort,
    }


def _source(source: Source, known: Knowledge) -> dict[str, Any]:
    kinds = (
        "roots",
        "nerves",
        "skin_branches",
        "muscles",
        "movements",
        "reflexes",
        "skin_sites",
        "lesions",
        "history",
        "pain_regions",
        "tests",
    )
    citing = {kind: [one.id for one in getattr(known, kind) if source.id in one.sources] for kind in kinds}
    return {
        "cite": source.cite,
        "year": source.year,
        "doi": source.doi,
        "pmid": source.pmid,
        "how much of it was read": source.access,
        "remark": source.note,
        "cited by": {kind: names for kind, names in citing.items() if names},
        "figures taken from it": [f"{f.id}: {f.quantity} {f.value}" for f in known.evidence if f.source == source.id],
    }


_MAKERS: Final[dict[str, Callable[[Any, Knowledge], dict[str, Any]]]] = {
    "lesion": _lesion,
    "root": _root,
    "nerve": _nerve,
    "skin branch": _branch,
    "muscle": _muscle,
    "movement": _movement,
    "skin site": _site,
    "skin group": _group,
    "reflex": _reflex,
    "test": _test,
    "history": _rated,
    "pain region": _rated,
    "sphincter": _rated,
    "investigation": _investigation,
    "source": _source,
}
KINDS: Final = tuple(_MAKERS)
