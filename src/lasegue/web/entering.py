"""The results of a suggested test as entries of a case file, so that a click enters what was found."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from lasegue.case import Case, case_to_dict, read_case
from lasegue.case.model import Side
from lasegue.knowledge import load
from lasegue.suggest.candidates import Candidate, catalogue, finding

PARTS = ("power", "sensory", "reflexes", "tests", "investigations")


@cache
def _candidates() -> dict[str, Candidate]:
    return {candidate.id: candidate for candidate in catalogue(load())}


@cache
def entries(candidate_id: str, side: Side) -> tuple[dict[str, Any], ...]:
    """What each result of a test puts into a case, several entries for a result where it speaks of both sides.

    The absent result of a study has no words in a case file, and so no entry.
    """
    candidate = _candidates()[candidate_id]
    return tuple(
        {"result": told, "part": part, "entry": entry}
        for value, told in zip(candidate.values, candidate.told, strict=True)
        if candidate.form != "result" or value == candidate.chief
        for part, entry in _entries(candidate, value, side)
    )


def _entries(candidate: Candidate, value: str, side: Side) -> Iterator[tuple[str, Any]]:
    if candidate.form == "history":
        yield "history", _wording(candidate.subject, value == "yes")
        return
    fields: dict[str, Any] = finding(candidate, value, side)
    data = case_to_dict(Case(**fields))
    yield from ((part, entry) for part in PARTS for entry in data.get(part, ()))


def _wording(item: str, present: bool) -> str:
    """How the history says it: the first of its names that is understood as just that, else the words of its id."""
    record = load().history_item[item]
    for name in (record.name, *record.names):
        text = name if present else f"no {name}"
        read = read_case({"history": [text]})
        if [(one.item, one.present) for one in read.history] == [(item, present)] and not read.unused:
            return text
    words = item.replace("_", " ").replace(".", " ")
    return words if present else f"no {words}"
