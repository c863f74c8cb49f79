"""Anything that the knowledge names, by any of its names."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from lasegue.errors import UnknownName
from lasegue.knowledge import KNOWLEDGE_VERSION, load
from lasegue.knowledge.records import Named, Record
from lasegue.names import fold, nearest
from lasegue.names.index import Index
from lasegue.simulate.cards import Card, card
from lasegue.simulate.naming import lesion_of


@cache
def _records() -> Mapping[str, Sequence[Record]]:
    known = load()
    return {
        "lesion": known.lesions,
        "root": known.roots,
        "nerve": known.nerves,
        "skin branch": known.skin_branches,
        "muscle": known.muscles,
        "movement": known.movements,
        "skin site": known.skin_sites,
        "skin group": known.skin_groups,
        "reflex": known.reflexes,
        "test": known.tests,
        "history": known.history,
        "pain region": known.pain_regions,
        "sphincter": known.sphincter,
        "investigation": known.investigations,
        "source": known.sources,
    }


@cache
def _indexes() -> dict[str, Index]:
    """An index for every kind that has names."""
    return {kind: Index(kind, [one for one in records if isinstance(one, Named)]) for kind, records in _records().items()}


def show(name: str) -> tuple[Card, ...]:
    """The card of everything that goes by a name: the record whose id it is, else all whose name or synonym it is. Raises UnknownName."""
    exact = [(kind, one) for kind, records in _records().items() for one in records if one.id == name]
    found = exact or _named(name) or _family(name)
    if not found:
        raise UnknownName(name, "name", lambda: _nearest(name))
    return tuple(card(kind, one) for kind, one in found)


def _named(name: str) -> list[tuple[str, Record]]:
    found = []
    for kind, index in _indexes().items():
        identifier = index.find(name)
        found += [(kind, one) for one in _records()[kind] if one.id == identifier]
    folded = fold(name)
    return found or [("source", one) for one in _records()["source"] if fold(one.id) == folded]


def _family(name: str) -> list[tuple[str, Record]]:
    """A family of lesions, such as nerve.common_peroneal, by its commonest member."""
    try:
        return [("lesion", lesion_of(name))]
    except UnknownName:
        return []


def _nearest(name: str) -> tuple[str, ...]:
    """The closest names, synonyms and ids, each as it is written."""
    known: dict[str, str] = {}
    for records in _records().values():
        for one in records:
            written = (one.name, *one.names) if isinstance(one, Named) else ()
            for word in (*written, one.id):
                known.setdefault(fold(word.replace("_", " ")), word)
    return nearest(fold(name), known)


def show_dict(cards: Sequence[Card]) -> dict[str, Any]:
    """The JSON object of `lasegue show NAME --json`."""
    return {
        "format": 1,
        "knowledge_version": KNOWLEDGE_VERSION,
        "found": [
            {
                "kind": one.kind,
                "id": one.id,
                "name": one.name,
                "names": list(one.names),
                "facts": one.facts,
                "figures": list(one.figures),
                "basis": one.basis or None,
                "confidence": one.confidence or None,
                "note": one.note or None,
                "conflicts": list(one.conflicts),
                "sources": list(one.sources),
            }
            for one in cards
        ],
    }
