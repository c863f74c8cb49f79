"""The model run forward, and two lesions side by side."""

from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Response

from lasegue.simulate import compare, compare_dict, expected, expected_dict
from lasegue.web.asked import CompareRequest, SimulateRequest
from lasegue.web.reply import JSON, as_bytes

router = APIRouter()


def _sent(content: bytes) -> Response:
    return Response(content, headers={"Cache-Control": "no-store"}, media_type=JSON)


@lru_cache(maxsize=128)
def _simulated(lesion: str, side: str | None, severity: str) -> bytes:
    return as_bytes(expected_dict(expected(lesion, side, severity)))


@lru_cache(maxsize=128)
def _compared(first: str, second: str, side: str | None, severity: str | None, same_picture: bool, limit: int) -> bytes:
    found = compare_dict(compare(first, second, side, severity, same_picture=same_picture))
    return as_bytes({**found, "findings": found["findings"][:limit]})


@router.post("/simulate", response_model=dict[str, Any])
def simulate(asked: SimulateRequest) -> Response:
    """What a lesion does, as `lasegue simulate --json` tells it; without a side it is on the left, or on both where it has no sides."""
    return _sent(_simulated(asked.lesion, asked.side, asked.severity))


@router.post("/compare", response_model=dict[str, Any])
def compare_two(asked: CompareRequest) -> Response:
    """What separates two lesions, as `lasegue compare --json` tells it, the most separating findings first."""
    return _sent(_compared(asked.first, asked.second, asked.side, asked.severity, asked.same_picture, asked.limit))
