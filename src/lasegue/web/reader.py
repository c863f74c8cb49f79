"""The note reader through the page: the note is read and forgotten."""

from typing import Any, Final

from fastapi import APIRouter, Response

from lasegue.notes import NoteFinding, case_from_text, read
from lasegue.notes.naming import name_of, targets
from lasegue.web.asked import ReadRequest
from lasegue.web.reply import reply

router = APIRouter()
_KINDS: Final = {"power": "power", "sensory": "sense", "reflexes": "reflex", "tests": "test", "pain": "pain"}


@router.post("/read", response_model=dict[str, Any])
def read_note(asked: ReadRequest) -> Response:
    """The findings of a note with their places in it, what was not used, and the case; what `case` holds already wins.

    `targets` of a finding are the ids of what it is about, by which a page finds its control; `span` counts characters, not bytes.
    """
    found = read(asked.text)
    told = found.as_dict()
    told["findings"] = [_with_targets(one) for one in found.findings]
    told["contradictions"] = [[_with_targets(one) for one in group] for group in found.contradictions]
    return reply({**told, "case": case_from_text(asked.text, asked.case) if asked.case else found.case})


def _with_targets(one: NoteFinding) -> dict[str, Any]:
    kind = _KINDS.get(one.kind)
    return {**one.as_dict(), "targets": sorted(targets(kind, name_of(kind, one.entry))) if kind else []}
