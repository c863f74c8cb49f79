"""Case files through the page: opened, checked, described, and published ones to try."""

import math
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from lasegue.case import BadCase, case_schema, case_to_dict, read_case, read_cases
from lasegue.evaluate import benchmark
from lasegue.web import given
from lasegue.web.asked import CheckRequest, OpenRequest
from lasegue.web.reply import as_bytes, kept, reply

router = APIRouter()
EXAMPLES: Final = ("CPN-03", "S1-05", "CES-01")
"""A peroneal palsy, a root and an emergency, each from a published report."""


@router.post("/case/open", response_model=given.OpenAnswer)
def opened(asked: OpenRequest) -> Response:
    """The cases of a YAML, JSON or JSON Lines file; one that cannot be read has its faults beside it, and the others still open."""
    # The line break says that this is a text: the reader must never take it for the path of a file on this machine.
    return reply({"cases": [_opened(read) for read in read_cases(f"{asked.text}\n")]})


def _opened(read: Any) -> dict[str, Any]:
    if isinstance(read, BadCase):
        return {"id": read.id, "case": None, "errors": read.to_dict()["errors"]}
    return {"id": read.id, "case": _plain(case_to_dict(read)), "errors": []}


def _plain(value: Any) -> Any:
    """What JSON can say: YAML knows dates, infinities and keys that are no text."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, str | bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return str(value)


@router.post("/case/check", response_model=given.CheckAnswer)
def checked(asked: CheckRequest) -> Response:
    """Whether a case can be read; what would not count is listed."""
    case = read_case(asked.case, lenient=asked.lenient)
    return reply({"ok": True, "unused": [{"path": u.path, "text": u.text, "why": u.why} for u in case.unused]})


@router.get("/case/schema", response_model=dict[str, Any])
def schema(request: Request) -> Response:
    """The JSON Schema of a case file."""
    return kept(request, as_bytes(case_schema()))


@cache
def _examples() -> bytes:
    published = {case["id"]: case for case in benchmark()}
    return as_bytes({"examples": [_example(published[name]) for name in EXAMPLES]})


def _example(case: dict[str, Any]) -> dict[str, Any]:
    source, gold = case["meta"]["source"], case["gold"]
    return {
        "id": case["id"],
        "title": source["title"],
        "source": {key: source.get(key) for key in ("title", "year", "doi", "pmid", "url")},
        "case": {key: value for key, value in case.items() if key not in ("gold", "meta")},
        "answer": {key: gold.get(key) for key in ("lesions", "also_accept", "site", "side", "cause", "confirmed_by")},
    }


@router.get("/examples", response_model=given.ExamplesAnswer)
def examples(request: Request) -> Response:
    """Published cases to try, with where they were published and what was found in the end."""
    return kept(request, _examples())
