"""The results of a suggested test as entries of a case file, so that a click enters what was found."""

from functools import cache
from typing import Any

from lasegue.case import Case, case_to_dict
from lasegue.case.model import Side
from lasegue.knowledge import load
from lasegue.suggest.candidates import Candidate, catalogue, finding

PARTS = ("power", "sensory", "reflexes", "tests", "history", "investigations")


@cache
def _candidates() -> dict[str, Candidate]:
    return {candidate.id: candidate for candidate in catalogue(load())}


def entries(candidate_id: str, side: Side) -> list[dict[str, Any]]:
    """What each result of a test puts into a case, several entries for a result where it speaks of both sides.

    The absent result of a study has no words in a case file, and so no entry.
    """
    candidate = _candidates()[candidate_id]
    found = []
    for value, told in zip(candidate.values, candidate.told, strict=True):
        if candidate.form == "result" and value != candidate.chief:
            continue
        fields: dict[str, Any] = finding(candidate, value, side)
        data = case_to_dict(Case(**fields))
        found += [{"result": told, "part": part, "entry": entry} for part in PARTS for entry in data.get(part, ())]
    return found
