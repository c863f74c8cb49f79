"""Rules about ids and names."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from lasegue.knowledge.kinds import KINDS
from lasegue.knowledge.loader import Knowledge
from lasegue.knowledge.records import Named

MAY_BE_EMPTY: Final = {"retired"}
SHARED: Final = (("movements", "movement_groups"), ("skin_sites", "skin_groups"))
"""Kinds that one word of a case file may mean: a name must not lie in both."""


def folded(name: str) -> str:
    """A name as the check compares it: small letters, and one blank for anything that is neither letter nor figure."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


def spoken(record: Named) -> set[str]:
    """All names of a record, folded."""
    return {folded(name) for name in (record.name, *record.names)}


def every_kind_is_filled(knowledge: Knowledge) -> Iterator[str]:
    """Every kind has its file, and records in it."""
    for kind in KINDS:
        if kind not in MAY_BE_EMPTY and not getattr(knowledge, kind):
            yield f"{kind}: the file is missing or empty"


def ids_unique(knowledge: Knowledge) -> Iterator[str]:
    """An id stands once in its kind."""
    for kind in KINDS:
        for id_, times in Counter(record.id for record in getattr(knowledge, kind)).items():
            if times > 1:
                yield f"{kind}: {id_}: stands {times} times"


def _twice(place: str, records: Iterable[Named]) -> Iterator[str]:
    first: dict[str, str] = {}
    for record in records:
        part = getattr(record, "part", "")  # "normal" may be said of the bladder and of the bowel
        for name in sorted(spoken(record)):
            if first.setdefault(f"{part} {name}", record.id) != record.id:
                yield f"{place}: {record.id}: the name {name!r} also means {first[f'{part} {name}']}"


def names_unambiguous(knowledge: Knowledge) -> Iterator[str]:
    """A name means one record of its kind, and one record of the kinds that share a field of the case file."""
    shared = {kind for kinds in SHARED for kind in kinds}
    for kind, type_ in KINDS.items():
        if issubclass(type_, Named) and kind not in shared:
            yield from _twice(kind, getattr(knowledge, kind))
    for kinds in SHARED:
        yield from _twice(" + ".join(kinds), (record for kind in kinds for record in getattr(knowledge, kind)))


def retired_ids_stay_free(knowledge: Knowledge) -> Iterator[str]:
    """A retired id is not used again, and what replaces it exists."""
    for gone in knowledge.retired:
        if gone.kind not in KINDS:
            yield f"retired: {gone.id}: there is no kind {gone.kind}"
            continue
        living = {record.id for record in getattr(knowledge, gone.kind)}
        if gone.id in living:
            yield f"retired: {gone.id}: is in use in {gone.kind}"
        if gone.replaced_by not in living:
            yield f"retired: {gone.id}: {gone.replaced_by} is not in {gone.kind}"
