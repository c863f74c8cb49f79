"""The model run forward, and two lesions side by side."""

from typing import Any

from fastapi import APIRouter, Response

from lasegue.simulate import compare, compare_dict, expected, expected_dict
from lasegue.web.asked import CompareRequest, SimulateRequest
from lasegue.web.reply import reply

router = APIRouter()


@router.post("/simulate", response_model=dict[str, Any])
def simulate(asked: SimulateRequest) -> Response:
    """What a lesion does, as `lasegue simulate --json` tells it; without a side it is on the left, or on both where it has no sides."""
    return reply(expected_dict(expected(asked.lesion, asked.side, asked.severity)))


@router.post("/compare", response_model=dict[str, Any])
def compare_two(asked: CompareRequest) -> Response:
    """What separates two lesions, as `lasegue compare --json` tells it, the most separating findings first."""
    found = compare_dict(compare(asked.first, asked.second, asked.side, asked.severity, same_picture=asked.same_picture))
    return reply({**found, "findings": found["findings"][: asked.limit]})
