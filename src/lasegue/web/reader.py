"""The note reader through the page: the note is read and forgotten."""

from typing import Any

from fastapi import APIRouter, Response

from lasegue.notes import case_from_text, read
from lasegue.web.asked import ReadRequest
from lasegue.web.reply import reply

router = APIRouter()


@router.post("/read", response_model=dict[str, Any])
def read_note(asked: ReadRequest) -> Response:
    """The findings of a note with their places in it, what was not used, and the case; what `case` holds already wins."""
    found = read(asked.text)
    return reply({**found.as_dict(), "case": case_from_text(asked.text, asked.case) if asked.case else found.case})
