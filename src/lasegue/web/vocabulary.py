"""Everything that can be entered, with all of its names, in one answer: a page searches it while somebody types."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response

from lasegue.knowledge import KNOWLEDGE_VERSION, Knowledge, load
from lasegue.knowledge.records import Named
from lasegue.model import MODEL_VERSION, model
from lasegue.simulate.bench import lesion_sides
from lasegue.web.reply import as_bytes, kept

router = APIRouter()
VALUES = {
    "grades": ["0", "1", "2", "3-", "3", "3+", "4-", "4", "4+", "5-", "5", "weak", "limited by pain", "give-way"],
    "sensory": ["normal", "reduced", "absent", "paraesthesia", "hyperalgesia"],
    "modalities": ["light touch", "pin prick", "temperature", "vibration", "position"],
    "reflex": ["normal", "reduced", "absent", "brisk", "clonus"],
    "plantar": ["normal", "mute", "upgoing"],
    "test": ["positive", "negative", "equivocal"],
    "source": ["tested", "reported"],
    "sides": ["left", "right", "bilateral"],
    "severities": ["irritated", "mild", "moderate", "severe", "complete"],
    "pain_severity": ["mild", "moderate", "severe"],
    "settings": ["primary_care", "emergency", "specialist", "postoperative", "obstetric", "inpatient"],
    "maps": ["foerster", "keegan_garrett", "lee2008", "consensus"],
    "onsets": ["sudden", "hours", "days", "weeks", "months", "years"],
    "courses": ["worsening", "stable", "improving", "fluctuating", "episodic"],
}
"""The words of a case file's closed values, in the order in which they are offered."""

FIRST = 12
"""A question of the history has dozens of wordings; so many come at once, all of them with /vocabulary/history."""


def _listed(records: Iterable[Named], *fields: str) -> list[dict[str, Any]]:
    """Records with their names and some of their fields."""
    return [{"id": r.id, "name": r.name, "names": list(r.names), **{name: getattr(r, name) for name in fields}} for r in records]


def _lesions() -> list[dict[str, Any]]:
    anatomy = model()
    made = _listed(anatomy.lesions, "action")
    return [{**one, "family": one["id"].partition(".")[0], "sides": list(lesion_sides(anatomy, one["id"]))} for one in made]


def _tests(known: Knowledge) -> list[dict[str, Any]]:
    made = _listed(known.tests, "kind", "how", "sided", "minutes", "discomfort")
    return [{**one, "measure": t.measure.quantity if t.measure else None} for one, t in zip(made, known.tests, strict=True)]


def _studies(known: Knowledge) -> list[dict[str, Any]]:
    made = _listed(known.investigations, "kind", "how")
    return [
        {
            **one,
            "results": list(i.results),
            "levelled": [name for name, rates in i.results.items() if "match" in rates],
            "measure": {"unit": i.measure.unit, "positive": i.measure.positive, "bound": i.measure.bound} if i.measure else None,
        }
        for one, i in zip(made, known.investigations, strict=True)
    ]


@cache
def content() -> bytes:
    """The whole vocabulary as JSON."""
    known = load()
    sphincter = [{**one, "word": one["id"].partition(".")[2].replace("_", " ")} for one in _listed(known.sphincter, "part", "abnormal")]
    return as_bytes(
        {
            "knowledge_version": KNOWLEDGE_VERSION,
            "model_version": MODEL_VERSION,
            "movements": _listed(known.movements, "how", "usual_screen", "in_limb"),
            "movement_groups": _listed(known.movement_groups, "movements", "rest"),
            "sites": _listed(known.skin_sites, "region", "view", "midline", "key_point"),
            "site_groups": _listed(known.skin_groups, "kind", "sites"),
            "reflexes": _listed(known.reflexes, "kind", "how", "midline"),
            "tests": _tests(known),
            "sphincter": sphincter,
            "history": [{**one, "names": one["names"][:FIRST]} for one in _listed(known.history)],
            "investigations": _studies(known),
            "pain_regions": _listed(known.pain_regions),
            "muscles": _listed(known.muscles, "nerve"),
            "nerves": _listed(known.nerves),
            "skin_branches": _listed(known.skin_branches),
            "roots": _listed(known.roots),
            "lesions": _lesions(),
            "sources": {s.id: {"cite": s.cite, "year": s.year, "doi": s.doi, "pmid": s.pmid} for s in known.sources},
            "values": VALUES,
        }
    )


@cache
def history_content() -> bytes:
    """All wordings of the history as JSON."""
    return as_bytes({"knowledge_version": KNOWLEDGE_VERSION, "history": _listed(load().history)})


@router.get("/vocabulary/history", response_model=dict[str, Any])
def history(request: Request) -> Response:
    """Every question of the history with all of its wordings."""
    return kept(request, history_content())


@router.get("/vocabulary", response_model=dict[str, Any])
def vocabulary(request: Request) -> Response:
    """Movements, sites, reflexes, tests, sphincter items, history, investigations, pain regions, muscles, nerves, roots, lesions."""
    return kept(request, content())
