"""Full-text search over everything that has a page: names, synonyms, claims and conflicts."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from lasegue.knowledge import load
from lasegue.knowledge.records import Named
from lasegue.names import fold

EXACT, BEGINS, WORDS, TEXT = range(4)
"""How well something fits, the best first: its name, the beginning of its name, words of its name, words of its text."""


class _Page(NamedTuple):
    """One thing that can be found: its names as written and folded, and its text."""

    kind: str
    id: str
    name: str
    names: tuple[tuple[str, str], ...]
    text: str | None
    folded_text: str


def _named() -> Iterator[tuple[str, Named]]:
    known = load()
    kinds: dict[str, tuple[Any, ...]] = {
        "lesion": known.lesions,
        "root": known.roots,
        "nerve": known.nerves,
        "muscle": known.muscles,
        "movement": known.movements,
        "reflex": known.reflexes,
        "test": known.tests,
        "skin site": known.skin_sites,
        "skin group": known.skin_groups,
        "skin branch": known.skin_branches,
        "history": known.history,
        "pain region": known.pain_regions,
        "sphincter": known.sphincter,
        "investigation": known.investigations,
    }
    for kind, records in kinds.items():
        yield from ((kind, one) for one in records)


@cache
def _pages() -> tuple[_Page, ...]:
    known = load()
    pages = []
    for kind, one in _named():
        written = dict.fromkeys((one.name, one.id.replace("_", " ").replace(".", " "), *one.names))
        pages.append(_Page(kind, one.id, one.name, tuple((word, fold(word)) for word in written), None, ""))
    for claim in known.claims:
        pages.append(_Page("claim", claim.id, claim.id, ((claim.id, fold(claim.id)),), claim.text, fold(f"{claim.text} {claim.answer}")))
    for conflict in known.conflicts:
        text = f"{conflict.evidence} {conflict.consensus}"
        pages.append(
            _Page("conflict", conflict.id, conflict.title, ((conflict.title, fold(conflict.title)),), conflict.consensus, fold(text))
        )
    for source in known.sources:
        pages.append(_Page("source", source.id, source.id, ((source.id, fold(source.id)),), source.cite, fold(source.cite)))
    return tuple(pages)


def search(words: str, limit: int) -> list[dict[str, Any]]:
    """What fits the words, the best first; every word must be found, the last one may be the beginning of a word."""
    sought = fold(words)
    tokens = sought.split()
    if not tokens:
        return []
    fits = [(fit, n) for n, page in enumerate(_pages()) if (fit := _fit(page, sought, tokens))]
    ranked = sorted(fits, key=lambda one: (one[0][0], len(one[0][1]), one[1]))[:limit]
    return [
        {"kind": page.kind, "id": page.id, "name": page.name, "matched": matched, "text": page.text}
        for (_, matched), n in ranked
        for page in (_pages()[n],)
    ]


def _fit(page: _Page, sought: str, tokens: list[str]) -> tuple[int, str] | None:
    """How well a page fits, and by which of its names."""
    best: tuple[int, str] | None = None
    for written, folded in page.names:
        fit = EXACT if folded == sought else BEGINS if folded.startswith(sought) else WORDS if _holds(folded, tokens) else None
        if fit is not None and (best is None or (fit, len(written)) < (best[0], len(best[1]))):
            best = (fit, written)
    if best is None and page.folded_text and _holds(page.folded_text, tokens):
        return TEXT, page.name
    return best


def _holds(text: str, tokens: list[str]) -> bool:
    padded = f" {text}"
    return all(f" {token}" in padded for token in tokens)
